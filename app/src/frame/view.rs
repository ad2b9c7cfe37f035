//! The frame.

use shared::api::Who;
use shared::calendar::Timestamp;

use super::address::Place;
use super::model::{Frame, Msg};
use super::roles::{SETTINGS, role, ways as ways_of};
use crate::element::{Child, Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{draw_key, field, target_value};
use crate::page::{Context, Shown};
use crate::widgets::chrome::{footer, language, theme};

/// `content` inside its frame.
pub(super) fn around(head: Element, content: Element, lang: Lang) -> Element {
    let skip = el("a").class("skip").attr("href", "#main").with(lang.pick("跳到正文", "Skip to content"));
    el("div")
        .class("page")
        .with(skip)
        .with(head)
        .with(el("main").id("main").class("wrap account").attr("tabindex", "-1").with(content))
        .with(footer(lang))
}

impl Shown for Frame {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        head(self, context, to)
    }

    fn title(&self, _: Lang) -> String {
        String::new()
    }
}

/// The frame's head: the sandbox's clock, the header, and the pages beside this one.
fn head(frame: &Frame, context: &Context, to: &Sink<Msg>) -> Element {
    let name = context.lang.pick("沙箱", "Sandbox");
    let sandbox = el("section").class("sandbox").attr("aria-label", name);
    el("div")
        .class("head")
        .with(sandbox.flag("hidden", !context.sandbox).maybe(context.sandbox.then(|| clock(frame, context, to))))
        .with(header(frame, context, to))
        .with(ways(frame, context))
}

fn clock(frame: &Frame, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let now = el("span")
        .class("sandbox-now")
        .with(lang.pick("沙箱时间 ", "Sandbox "))
        .with(el("time").attr("datetime", context.now.to_string()).with(date_time(context.now, lang)));
    let summary = el("summary").with(lang.pick("拨快时钟", "Set forward"));
    let set = el("details").class("menu").with(summary).with(clock_panel(frame, context.now, lang, to));
    el("div").class("wrap sandbox-row").with(now).with(set)
}

fn clock_panel(frame: &Frame, now: Timestamp, lang: Lang, to: &Sink<Msg>) -> Element {
    let busy = frame.setting.waits();
    let days = [1_i64, 7, 30].map(|days| {
        let words = match days {
            1 => lang.pick("1 天".to_owned(), "1 day".to_owned()),
            _ => lang.pick(format!("{days} 天"), format!("{days} days")),
        };
        el("button")
            .class("button is-quiet is-small")
            .attr("type", "button")
            .sends("click", to, move || Msg::Days(days, draw_key()))
            .with(words)
    });
    let typing = to.clone();
    let input = el("input")
        .id("clock-day")
        .attr("type", "date")
        .attr("aria-describedby", "clock-said")
        .typed(frame.day.clone())
        .on("input", move |event| typing.send(Msg::Day(target_value(&event))));
    let setting = to.clone();
    let form = el("form")
        .class("menu-form")
        .on("submit", move |event| {
            event.prevent_default();
            setting.send(Msg::ToDay(now, draw_key()));
        })
        .with(field("clock-day", lang.pick("拨到某日零点", "To the start of a day"), input))
        .with(
            el("button")
                .class("button is-small")
                .attr("type", "submit")
                .state("aria-busy", busy)
                .with(lang.pick("拨到这天", "Set")),
        );
    let said = if busy {
        Some((
            false,
            lang.pick("正在拨快时钟，到期的事项会依次处理…", "Place the clock; what falls due is done in its order…")
                .to_owned(),
        ))
    } else if frame.day_wrong {
        Some((
            true,
            lang.pick(
                "请选择今天之后的日期；时钟不能往回拨。",
                "Choose a day after today. The clock does not go back.",
            )
            .to_owned(),
        ))
    } else {
        frame.setting.failure().map(|failure| (true, failure.sentence(lang)))
    };
    let said = said.map(|(wrong, sentence)| el("span").class(if wrong { "wrong" } else { "quiet" }).with(sentence));
    let lead = lang.pick(
        "试用到期、提醒和关单不用等：往前拨，到期的事项立即发生。",
        "No need to wait for expiry, notices or closing orders: set the clock forward and they happen.",
    );
    el("div")
        .class("menu-panel")
        .with(el("p").class("fine").with(lead))
        .with(
            el("div")
                .class("menu-days")
                .attr("role", "group")
                .attr("aria-label", lang.pick("拨快", "Set forward by"))
                .all(days),
        )
        .with(form)
        .with(el("p").id("clock-said").class("menu-said").attr("role", "status").maybe(said))
}

fn header(frame: &Frame, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let home = el("a").attr("href", "/").with(lang.pick("全部应用", "All apps"));
    let nav = el("nav").class("top-nav").attr("aria-label", lang.pick("商店", "Store")).with(home);
    let account: Option<Element> = match (&context.who, frame.place) {
        (Some(who), _) => Some(menu(frame, who, context, to)),
        (None, Place::SignIn) => None,
        (None, _) => Some(el("a").class("tool").attr("href", "/sign-in").with(lang.pick("登录", "Sign in"))),
    };
    let through = to.clone();
    let switch = Sink::new(move |switch| through.send(Msg::Switch(switch)));
    let tools = el("div").class("top-tools").with(language(lang, &switch)).with(theme(lang, &switch)).maybe(account);
    let row = el("div")
        .class("wrap top-row")
        .with(el("a").class("brand").attr("href", "/").with("Quotient"))
        .with(nav)
        .with(tools);
    el("header").class("top").with(row)
}

fn menu(frame: &Frame, who: &Who, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let name = el("span").class("menu-name").with(who.name.clone());
    let summary = el("summary")
        .class("tool")
        .attr("aria-label", [lang.pick("账户：", "Account: "), &who.name].concat())
        .with(person())
        .with(name);
    let link = |href: &'static str, words: &'static str| el("li").with(el("a").attr("href", href).with(words));
    let first = ways_of(who.role).iter().take(2).map(|way| link(way.path, way.name(lang)));
    let mut links: Vec<_> = first.collect();
    links.push(link(SETTINGS.path, SETTINGS.name(lang)));
    if who.demo {
        links.push(link("/sign-in", lang.pick("切换演示账号", "Switch demo account")));
    }
    let leave = |everywhere: bool, words: &'static str| {
        let button = el("button")
            .class("link")
            .attr("type", "button")
            .state("aria-busy", frame.leaving.waits())
            .sends("click", to, move || Msg::Leave { everywhere, key: draw_key() })
            .with(words);
        el("li").with(button)
    };
    links.push(leave(false, lang.pick("退出登录", "Sign out")));
    links.push(leave(true, lang.pick("退出所有设备", "Sign out everywhere")));
    let failed = frame
        .leaving
        .failure()
        .map(|failure| el("p").class("wrong").attr("role", "alert").with(failure.sentence(lang)));
    let panel = el("div")
        .class("menu-panel is-right")
        .with(el("p").class("menu-who").with(who.organisation.name.clone()))
        .with(el("p").class("fine").with([role(who.role, lang), " · ", &who.email].concat()))
        .with(el("ul").class("menu-links").all(links))
        .maybe(failed);
    el("details").class("menu").with(summary).with(panel)
}

fn person() -> Element {
    let head = el("circle").attr("cx", "10").attr("cy", "7").attr("r", "3.25").attr("class", "icon-line");
    let body = el("path").attr("d", "M3.5 17c.8-3.4 3.3-5 6.5-5s5.7 1.6 6.5 5").attr("class", "icon-line");
    el("svg")
        .attr("viewBox", "0 0 20 20")
        .attr("width", "20")
        .attr("height", "20")
        .attr("aria-hidden", "true")
        .with(head)
        .with(body)
}

/// The person's pages beside each other, around one of them.
fn ways(frame: &Frame, context: &Context) -> Element {
    let lang = context.lang;
    let ways = context.role().map_or(&[][..], ways_of);
    let shown = ways.iter().any(|way| way.leads_to(&frame.path));
    let pages = ways.iter().filter(|_| shown).map(|way| {
        let words: Child = match frame.unread {
            n if way.counts && n > 0 => format!("{} {n}", way.name(lang)).into(),
            _ => way.name(lang).into(),
        };
        let current = way.leads_to(&frame.path).then_some("page");
        el("a").attr("href", way.path).maybe_attr("aria-current", current).with(words)
    });
    let row = el("div").class("wrap ways-row").all(pages);
    el("nav").class("ways").attr("aria-label", lang.pick("我的账户", "My account")).flag("hidden", !shown).with(row)
}

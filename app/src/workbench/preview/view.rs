//! The preview: how it is looked at above, then the page that is seen.

use shared::api::{Organisation, OrganisationKind, Role, Who};

use super::model::{Msg, Persona, Preview, Width};
use super::running::{NotRunning, Running};
use crate::account::service::change;
use crate::element::{Element, Sink, el};
use crate::format::date;
use crate::i18n::Lang;
use crate::page::Context;
use crate::page::parts::target_value;
use crate::storefront::product;
use crate::widgets::radios::{Choice, Radios, radios};

impl Preview {
    /// Shows it. Every id begins with `preview-`, but for those of the store's own component.
    pub fn view(&self, lang: Lang, to: &Sink<Msg>) -> Element {
        el("div")
            .class("preview")
            .with(el("div").class("preview-tools").all(tools(self, lang, to)))
            .with(el("p").class("preview-said").attr("role", "status").all(said(self, lang)))
            .with(
                el("div")
                    .class("preview-scroll")
                    .attr("tabindex", "0")
                    .attr("role", "region")
                    .attr("aria-label", lang.pick("预览", "Preview"))
                    .with(frame(self, lang, to)),
            )
            .maybe(self.case(lang).map(|case| keep(case, lang, to)))
    }
}

fn tools(model: &Preview, lang: Lang, to: &Sink<Msg>) -> Vec<Element> {
    let named = |names: &[&str]| -> Vec<Choice> {
        names
            .iter()
            .map(|name| Choice { value: (*name).to_owned(), label: (*name).to_owned(), more: Vec::new() })
            .collect()
    };
    let personas = Persona::ALL.map(|persona| persona_name(persona, lang));
    let personas = Radios {
        id: "preview-persona".to_owned(),
        label: lang.pick("以谁的视角", "As seen by").to_owned(),
        name: "preview-persona".to_owned(),
        class: "choices preview-choices",
        choices: named(&personas),
        chosen: Persona::ALL.iter().position(|persona| *persona == model.persona).unwrap_or(0),
        note: None,
    };
    let widths = Radios {
        id: "preview-width".to_owned(),
        label: lang.pick("屏幕", "Screen").to_owned(),
        name: "preview-width".to_owned(),
        class: "choices preview-choices",
        choices: named(&[lang.pick("手机", "Phone"), lang.pick("桌面", "Desktop")]),
        chosen: usize::from(model.width == Width::Desktop),
        note: None,
    };
    let day = if model.day.is_empty() { day(model) } else { model.day.clone() };
    let sink = to.clone();
    let day = el("input")
        .id("preview-day")
        .attr("type", "date")
        .attr("max", "9000-12-31")
        .typed(day)
        .on("change", move |event| sink.send(Msg::Day(target_value(&event))));
    let day = labelled("preview-day", lang.pick("哪一天", "On"), day);
    let mut all = vec![
        radios(personas, to, |index| Msg::Persona(Persona::ALL[index])),
        radios(widths, to, |index| Msg::Width(if index == 0 { Width::Phone } else { Width::Desktop })),
        day,
    ];
    if model.persona != Persona::NewBuyer {
        all.push(days(model, lang, to));
    }
    all
}

/// `2026-11-21`: the day that is looked at.
fn day(model: &Preview) -> String {
    model.at().to_string().chars().take(10).collect()
}

fn days(model: &Preview, lang: Lang, to: &Sink<Msg>) -> Element {
    let shown = match (&model.running, model.days.is_empty()) {
        (Some(Ok(running)), true) => running.days.to_string(),
        _ => model.days.clone(),
    };
    let sink = to.clone();
    let input = el("input")
        .id("preview-days")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .typed(shown)
        .on("input", move |event| sink.send(Msg::Days(target_value(&event))));
    let (name, unit) = match model.persona {
        Persona::Trying => (lang.pick("已试用", "Tried for"), lang.pick("天", "days")),
        _ => (lang.pick("已使用", "Used for"), lang.pick("天", "days")),
    };
    labelled("preview-days", name, el("span").class("preview-days").with(input).with(el("span").with(unit)))
}

fn labelled(id: &'static str, name: &'static str, input: Element) -> Element {
    let label = el("label").class("label").attr("for", id).with(name);
    el("div").class("field preview-field").with(el("div").class("field-head").with(label)).with(input)
}

fn persona_name(persona: Persona, lang: Lang) -> &'static str {
    match persona {
        Persona::NewBuyer => lang.pick("新客户", "New buyer"),
        Persona::Renewing => lang.pick("续费", "Renewing"),
        Persona::Changing => lang.pick("扩容、升级", "Expanding"),
        Persona::Trying => lang.pick("试用中", "On trial"),
    }
}

/// What is being looked at, in a sentence.
fn said(model: &Preview, lang: Lang) -> Vec<Element> {
    let mut sentences: Vec<String> = Vec::new();
    match &model.running {
        None => {}
        Some(Ok(running)) => sentences.push(runs(model, running, lang)),
        Some(Err(why)) => sentences.push(not_running(*why, lang).to_owned()),
    }
    if model.ordered {
        let sentence =
            lang.pick("这里只是预览，不会生成报价和订单。", "This is a preview: nothing is quoted or ordered.");
        sentences.push(sentence.to_owned());
    }
    sentences.into_iter().map(|sentence| el("span").with(sentence)).collect()
}

fn runs(model: &Preview, running: &Running, lang: Lang) -> String {
    let (since, end, edition) = (date(running.since, lang), date(running.end, lang), &running.edition);
    if model.persona == Persona::Trying {
        let gone = running.end <= model.at();
        return if gone {
            lang.pick(
                format!("“{edition}”的试用已于 {end} 结束。购买后恢复使用。"),
                format!("The trial of “{edition}” ended on {end}. Bought now it goes on."),
            )
        } else {
            lang.pick(
                format!(
                    "“{edition}”{since} 开始试用，{end} 到期。现在购买，立即转为正式服务，剩余试用时间不保留。"
                ),
                format!(
                    "A trial of “{edition}” from {since} to {end}. Bought now it turns into a paid service at once; the \
                     rest of the trial is gone."
                ),
            )
        };
    }
    let by = if running.by_draft {
        lang.pick(
            "已发布的版本不售卖此配置，这里按草稿的价格购买。",
            " What is published does not sell this: it was bought at the draft’s prices.",
        )
    } else {
        ""
    };
    lang.pick(
        format!("假设客户于 {since} 购买了“{edition}”，{end} 到期；选择的内容与“新客户”视角相同。{by}"),
        format!("Bought on {since}: “{edition}”, until {end}, as selected by the new buyer.{by}"),
    )
}

fn not_running(why: NotRunning, lang: Lang) -> &'static str {
    match why {
        NotRunning::NotForSale => lang.pick(
            "“新客户”视角中选择的内容无法购买，请先在那里改正。",
            "What the new buyer selected cannot be bought: correct it there first.",
        ),
        NotRunning::OneTime => lang
            .pick("按次售卖的商品没有试用、续费和变更。", "What is bought once is neither tried, renewed nor changed."),
        NotRunning::NoTrial => lang.pick(
            "所选版本不提供试用。请在“新客户”视角中选择可试用的版本，或为它设置试用时长。",
            "The selected edition has no trial: select another one as new buyer, or give it one.",
        ),
        NotRunning::TooFar => lang.pick("日期超出范围。", "That day is beyond the calendar."),
    }
}

fn frame(model: &Preview, lang: Lang, to: &Sink<Msg>) -> Element {
    let class = match model.width {
        Width::Phone => "preview-frame is-phone",
        Width::Desktop => "preview-frame is-desktop",
    };
    let content = match (model.persona, &model.running, &model.product) {
        (Persona::Renewing | Persona::Changing, Some(Ok(running)), _) => Some(service(model, running, lang, to)),
        (Persona::Trying, Some(Ok(_)), Some(product)) | (Persona::NewBuyer, _, Some(product)) => {
            let sink = to.clone();
            let to_product = Sink::new(move |message| sink.send(Msg::Product(message)));
            Some(product::view::desk(product, lang, &to_product, model.compared, vec![compare(model, lang, to)]))
        }
        _ => None,
    };
    el("div").class(class).maybe(content)
}

fn compare(model: &Preview, lang: Lang, to: &Sink<Msg>) -> Element {
    let compared = model.compared;
    let words = if compared {
        lang.pick("收起版本对比", "Hide the comparison")
    } else {
        lang.pick("显示版本对比", "Compare editions")
    };
    let toggle = el("button")
        .class("link")
        .attr("type", "button")
        .state("aria-expanded", compared)
        .sends("click", to, move || Msg::Compare(!compared))
        .with(words);
    el("p").class("part").with(toggle)
}

fn service(model: &Preview, running: &Running, lang: Lang, to: &Sink<Msg>) -> Element {
    let Some(desk) = running.change.desk.here() else { return el("div") };
    let context = Context { lang, now: model.at(), who: Some(buyer()), sandbox: false, oidc: false, payee: None };
    let sink = to.clone();
    let to_change = Sink::new(move |message| sink.send(Msg::Change(message)));
    el("div").class("change-page").all(change::parts(&running.change, desk, &context, &to_change))
}

/// Who looks at a service to change it: only an enterprise's administrator can.
fn buyer() -> Who {
    let organisation = Organisation { id: String::new(), name: String::new(), kind: OrganisationKind::Enterprise };
    Who {
        id: String::new(),
        name: String::new(),
        email: String::new(),
        role: Role::BuyerAdmin,
        organisation,
        demo: false,
    }
}

fn keep(case: shared::golden::Case, lang: Lang, to: &Sink<Msg>) -> Element {
    let name = case.name.clone();
    let words = lang.pick("把这个价格记为用例", "Keep this price as a golden case");
    let button = el("button")
        .class("link")
        .attr("type", "button")
        .sends("click", to, move || Msg::Keep(Box::new(case.clone())))
        .with(words);
    el("p").class("preview-keep").with(button).with(el("span").class("fine").with(name))
}

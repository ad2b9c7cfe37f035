//! The page: the form, and beside it what follows from it.

mod cases;
mod charge;
mod charges;
mod edition;
mod editions;
mod fields;
mod prices;
mod publish;
mod rules;
mod sites;
mod told;

use shared::api::Role;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, KeyboardEvent};

use self::fields::Fields;
use super::{Bench, Editor, Msg, Part, Side};
use crate::browser;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, link, loaded, said, titled};
use crate::page::{Context, Shown};

impl Shown for Editor {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.bench, context.lang, |bench| view(bench, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        let name = self.bench.here().map(|bench| bench.text.name.as_str());
        titled(&[name.unwrap_or_default(), lang.pick(" 销售配置", " sales configuration")].concat())
    }
}

fn view(bench: &Bench, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let fields = Fields::new(bench, lang, to);
    let part = match bench.part {
        Part::Editions => editions::view(&fields),
        Part::Charges => charges::view(&fields),
        Part::Upgrades => rules::upgrades(&fields),
        Part::Rules => rules::view(&fields),
        Part::Cases => cases::view(&fields),
        Part::Sites => sites::view(&fields),
        Part::Publish => publish::view(&fields),
    };
    let keys = to.clone();
    let form = el("section")
        .class("bench-form")
        .attr("aria-label", lang.pick("销售配置", "Sales configuration"))
        .with(parts(bench, lang, to))
        .with(part);
    let beside_title = lang.pick("预览与检查", "Preview and checks");
    let side = el("section")
        .class("bench-side")
        .attr("aria-labelledby", "bench-side")
        .with(el("h2").id("bench-side").class("sr").with(beside_title))
        .with(sides(bench, lang, to))
        .with(beside(bench, lang, to));
    let class = if bench.side == Side::Form { "bench is-form" } else { "bench is-side" };
    el("div")
        .id("bench")
        .class(class)
        // Whatever is clicked in it, its keys are heard.
        .attr("tabindex", "-1")
        .on("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            let message = match (event.key().to_lowercase().as_str(), event.shift_key()) {
                ("z", false) => Msg::Undo,
                ("z", true) | ("y", _) => Msg::Redo,
                ("s", _) => Msg::Save(draw_key()),
                _ => return,
            };
            event.prevent_default();
            keys.send(message);
        })
        .with(head(bench, context, to))
        .with(told::view(bench, lang, to))
        .with(el("div").class("bench-desk").with(form).with(side))
}

fn head(bench: &Bench, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let crumb =
        el("p").class("crumb").with(el("a").attr("href", "/console/products").with(lang.pick("商品", "Products")));
    let state = match (&bench.draft, bench.unsaved()) {
        (_, true) => lang.pick("有未保存的修改（本机已暂存）", "Not saved (kept in this browser)").to_owned(),
        (Some(mark), false) => lang.pick(
            format!("草稿已保存 · 第 {} 次 · {}", mark.version, mark.by),
            format!("Draft saved · {} · {}", mark.version, mark.by),
        ),
        (None, false) if bench.published.is_some() => lang.pick("与售卖中的版本相同", "As it is for sale").to_owned(),
        (None, false) => lang.pick("还没有保存过", "Never saved").to_owned(),
    };
    let (undo, redo) = bench.history.can();
    let step = |words: &'static str, can: bool, message: fn() -> Msg| {
        button("button is-quiet", words, false, to, message).flag("disabled", !can)
    };
    let owner = context.role() == Some(Role::IsvOwner);
    let why = (!owner).then(|| {
        el("p").class("notice").with(lang.pick(
            "只有服务商负责人能保存和发布；您可以在这里试算。",
            "Only the vendor's owner saves and publishes; you can try things out here.",
        ))
    });
    let save =
        button("button", lang.pick("保存草稿", "Save draft"), bench.saving.waits(), to, || Msg::Save(draw_key()))
            .attr("id", "save")
            .attr("title", "Ctrl + S")
            .flag("disabled", !owner || !bench.unsaved());
    let chosen = to.clone();
    let file = el("input").id("import").class("sr").attr("type", "file").attr("accept", ".json,application/json").on(
        "change",
        move |event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let chosen = chosen.clone();
            spawn_local(async move {
                if let Some(bytes) = browser::chosen_file(input).await {
                    chosen.send(Msg::File(bytes));
                }
            });
        },
    );
    let import = el("label").class("button is-quiet").attr("for", "import").with(lang.pick("导入", "Import"));
    let export = button("button is-quiet", lang.pick("导出", "Export"), false, to, || Msg::Export);
    let tools = el("div")
        .class("bench-tools")
        .with(step(lang.pick("撤销", "Undo"), undo, || Msg::Undo))
        .with(step(lang.pick("重做", "Redo"), redo, || Msg::Redo))
        .with(file)
        .with(import)
        .with(export)
        .with(save);
    el("header")
        .class("bench-head")
        .with(
            el("div")
                .with(crumb)
                .with(el("h1").with(bench.text.name.clone()))
                .with(el("p").class("form-quiet").attr("role", "status").with(state))
                .maybe(
                    bench
                        .published
                        .is_some()
                        .then(|| link(["/p/", &bench.slug].concat(), lang.pick("在商店查看", "See it in the store"))),
                ),
        )
        .with(tools)
        .maybe(why)
        .with(said(&bench.saving, lang.pick("正在保存…", "Saving…"), lang))
}

/// What stands beside the form. While the form is not valid it follows from the last one that was.
fn beside(bench: &Bench, lang: Lang, to: &Sink<Msg>) -> Element {
    let old = bench.checked.offer.is_none() && matches!(bench.side, Side::Preview | Side::Changes | Side::Form);
    let shown = match bench.side {
        // On a wide screen the preview stands beside the form.
        Side::Form | Side::Preview => bench.preview.view(lang, &into(to, Msg::Preview)),
        Side::Findings => bench.findings.view(lang, &into(to, Msg::Findings)),
        Side::Changes => bench.changes.view(lang, &into(to, Msg::Changes)),
    };
    let why = old.then(|| {
        let n = bench.checked.wrong.len();
        let words = if bench.checked.last.is_some() {
            lang.pick(
                format!("有 {n} 处需要改正，下面是最近一次有效的内容。"),
                format!("{n} to be corrected; this is what was valid last."),
            )
        } else {
            lang.pick(
                "填好版本、周期和价格后，这里就是买家看到的选购界面。",
                "Once editions, terms and prices are filled in, this is what buyers see.",
            )
            .to_owned()
        };
        el("p").class("form-quiet bench-old").attr("role", "status").with(words)
    });
    let class = if old { "bench-beside is-old" } else { "bench-beside" };
    el("div").class(class).with(el("div").maybe(why)).with(shown)
}

fn into<M: 'static>(to: &Sink<Msg>, into: fn(M) -> Msg) -> Sink<M> {
    let to = to.clone();
    Sink::new(move |message| to.send(into(message)))
}

/// The parts of the form.
fn parts(bench: &Bench, lang: Lang, to: &Sink<Msg>) -> Element {
    let failing = bench.checked.failing();
    let mark = |n: usize| (n > 0).then(|| el("span").class("bench-count").with(n.to_string()));
    let tab = |part: Part, words: &'static str, count: Option<Element>| {
        el("button")
            .attr("type", "button")
            .maybe_attr("aria-current", (bench.part == part).then_some("true"))
            .sends("click", to, move || Msg::Part(part))
            .with(words)
            .maybe(count)
    };
    el("nav")
        .class("bench-tabs")
        .attr("aria-label", lang.pick("配置内容", "Parts of the configuration"))
        .with(tab(Part::Editions, lang.pick("版本与价格", "Editions"), None))
        .with(tab(Part::Charges, lang.pick("计费项", "Charges"), None))
        .with(tab(Part::Rules, lang.pick("售卖与优惠", "Selling and offers"), None))
        .with(tab(Part::Upgrades, lang.pick("升级", "Upgrades"), None))
        .with(tab(Part::Cases, lang.pick("用例", "Cases"), mark(failing)))
        .with(tab(Part::Sites, lang.pick("嵌入网站", "Embed"), None))
        .with(tab(Part::Publish, lang.pick("发布", "Publish"), None))
}

/// What stands beside the form.
fn sides(bench: &Bench, lang: Lang, to: &Sink<Msg>) -> Element {
    let counts = bench.findings.counts();
    let count = |n: usize, class: &'static str| (n > 0).then(|| el("span").class(class).with(n.to_string()));
    let mark = count(counts.errors, "bench-count").or_else(|| count(counts.warnings, "bench-count is-mild"));
    let tab = |side: Side, class: &'static str, words: &'static str, count: Option<Element>| {
        el("button")
            .class(class)
            .attr("type", "button")
            .maybe_attr("aria-current", (bench.side == side).then_some("true"))
            .sends("click", to, move || Msg::Side(side))
            .with(words)
            .maybe(count)
    };
    el("nav")
        .class("bench-tabs")
        .attr("aria-label", lang.pick("旁边显示", "Beside the form"))
        .with(tab(Side::Form, "bench-to-form", lang.pick("编辑", "Edit"), None))
        .with(tab(Side::Preview, "", lang.pick("预览", "Preview"), None))
        .with(tab(Side::Findings, "", lang.pick("检查", "Findings"), mark))
        .with(tab(Side::Changes, "", lang.pick("变化", "Changes"), None))
}

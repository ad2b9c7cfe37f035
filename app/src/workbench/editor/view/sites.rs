//! The configurator on an ISV's own site: which sites may show it, and what they put into their page.

use super::fields::Fields;
use crate::browser;
use crate::element::{Element, el};
use crate::page::parts::{button, draw_key, said, target_value};
use crate::workbench::editor::Msg;

/// What stands in the tag until it is copied: there it is this market's address.
const MARKET: &str = "https://…";

pub(super) fn view(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let sites = &bench.sites;
    let intro = lang.pick(
        "把选购界面放到贵公司自己的网站：访客在那里选配置、看实时报价，点“立即购买”后回到本市场结算。只有下面列出的网站可以显示它。",
        "Put the configurator on your own site: visitors configure and see the price there, and buy here. Only the sites listed below can show it.",
    );
    let (typed, submit) = (fields.to.clone(), fields.to.clone());
    let area = el("textarea")
        .id("sites")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .attr("placeholder", "https://www.example.com")
        .attr("aria-describedby", "sites-said")
        .state("aria-invalid", !sites.wrong().is_empty())
        .typed(sites.typed.clone())
        .on("input", move |event| typed.send(Msg::Sites(target_value(&event))));
    let wrong = sites.wrong().iter().map(|violation| {
        let line = violation.at.strip_prefix("/origins/").and_then(|n| n.parse::<usize>().ok());
        let line = line.map(|n| lang.pick(format!("第 {} 行：", n + 1), format!("Line {}: ", n + 1)));
        el("p")
            .class("wrong")
            .with([line.unwrap_or_default().as_str(), lang.pick(&violation.zh, &violation.en)].concat())
    });
    let label = el("label")
        .class("label")
        .attr("for", "sites")
        .with(lang.pick("允许的网站（每行一个）", "Allowed sites, one a line"));
    let note = el("div").id("sites-said").class("field-said").all(wrong);
    let set = el("button")
        .class("button")
        .attr("type", "submit")
        .flag("disabled", !sites.changed())
        .state("aria-busy", sites.submit.waits())
        .with(lang.pick("保存网站", "Save"));
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::SetSites(draw_key()));
        })
        .with(el("div").class("entry-field").with(label).with(area).with(note))
        .with(el("div").class("tools").with(set))
        .with(said(&sites.submit, lang.pick("正在保存…", "Saving…"), lang));
    let copy =
        button("form-add", lang.pick("复制代码", "Copy"), false, fields.to, || Msg::CopyTag(browser::origin()));
    let copied = sites.copied.map(|copied| {
        if copied {
            lang.pick("已复制", "Copied")
        } else {
            lang.pick("浏览器不允许复制，请手动选择", "The browser does not allow it: select it by hand")
        }
    });
    let tag = el("div")
        .class("form-group")
        .with(el("p").class("form-label").with(lang.pick("放进网页的代码", "What goes into the page")))
        .with(el("pre").class("form-tag").attr("tabindex", "0").with(bench.tag(MARKET)))
        .with(
            el("div")
                .class("form-row is-low")
                .with(copy)
                .with(el("span").class("form-quiet").attr("role", "status").maybe(copied)),
        );
    let unlisted = bench.published.is_none().then(|| {
        el("p")
            .class("notice")
            .with(lang.pick("商品上架后才能在网站上显示。", "It can be shown once the product is listed."))
    });
    el("div").class("form-part").with(el("p").class("form-quiet").with(intro)).maybe(unlisted).with(form).with(tag)
}

//! What surrounds every page: skip link, header with the two switches, footer.

use crate::element::{Element, Sink, el};
use crate::i18n::Lang;

/// What the header switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// To this language.
    Language(Lang),
    /// Between light and dark.
    Theme,
}

/// `content` inside the page's frame.
pub fn framed(lang: Lang, content: Element, to: &Sink<Switch>) -> Element {
    let skip = el("a").class("skip").attr("href", "#main").with(lang.pick("跳到正文", "Skip to content"));
    el("div")
        .class("page")
        .with(skip)
        .with(header(lang, to))
        .with(el("main").id("main").class("wrap").attr("tabindex", "-1").with(content))
        .with(footer(lang))
}

/// `content` alone, in a frame on somebody else's site.
pub fn alone(content: Element) -> Element {
    el("div").class("embed").with(el("main").id("main").class("wrap").with(content))
}

/// The switch to the other language.
pub fn language(lang: Lang, to: &Sink<Switch>) -> Element {
    let other = lang.other();
    let switch = to.clone();
    el("a")
        .id("language")
        .class("tool")
        .attr("href", ["?lang=", other.code()].concat())
        .attr("lang", other.tag())
        .attr("hreflang", other.tag())
        .on("click", move |event| {
            event.prevent_default();
            switch.send(Switch::Language(other));
        })
        .with(lang.pick("English", "中文"))
}

/// The switch between light and dark.
pub fn theme(lang: Lang, to: &Sink<Switch>) -> Element {
    el("button")
        .id("theme")
        .class("tool tool-icon")
        .attr("type", "button")
        .attr("aria-label", lang.pick("切换深浅主题", "Switch between light and dark"))
        .sends("click", to, || Switch::Theme)
        .with(half_moon())
}

fn header(lang: Lang, to: &Sink<Switch>) -> Element {
    let home = el("a").attr("href", "/").with(lang.pick("全部应用", "All apps"));
    let nav = el("nav").class("top-nav").attr("aria-label", lang.pick("商店", "Store")).with(home);
    let account = el("a").class("tool").attr("href", "/account").with(lang.pick("我的", "Account"));
    let row = el("div")
        .class("wrap top-row")
        .with(el("a").class("brand").attr("href", "/").with("Quotient"))
        .with(nav)
        .with(el("div").class("top-tools").with(account).with(language(lang, to)).with(theme(lang, to)));
    el("header").class("top").with(row)
}

fn half_moon() -> Element {
    let ring = el("circle").attr("cx", "10").attr("cy", "10").attr("r", "7").attr("class", "icon-line");
    let half = el("path").attr("d", "M10 3a7 7 0 0 1 0 14z").attr("class", "icon-fill");
    el("svg")
        .attr("viewBox", "0 0 20 20")
        .attr("width", "20")
        .attr("height", "20")
        .attr("aria-hidden", "true")
        .with(ring)
        .with(half)
}

/// What stands below every page.
pub fn footer(lang: Lang) -> Element {
    let sentence = lang.pick(
        "价格精确到分，含税；页面与服务器用同一份规则计算。",
        "Prices are exact to the fen and include tax; page and server compute them by the same rules.",
    );
    el("footer").class("foot").with(el("div").class("wrap").with(el("p").with(sentence)))
}

//! Pages without content of their own: on the way, and not to be had.

use crate::browser;
use crate::client::Failure;
use crate::element::{Element, el};
use crate::i18n::Lang;
use crate::route::Route;

/// A page on its way: its outline, in its dimensions.
pub fn loading(route: &Route, lang: Lang) -> Element {
    let class = match route {
        Route::Product(_) | Route::Embedded(_) => "skeleton is-product",
        Route::Quotation(_) => "skeleton is-sheet",
        Route::Home | Route::Unknown => "skeleton is-home",
    };
    let bone = |class: &'static str| el("span").class(class);
    el("div")
        .class(class)
        .attr("aria-busy", "true")
        .with(el("div").class("sr").attr("role", "status").with(el("h1").with(lang.pick("正在载入…", "Loading…"))))
        .with(bone("bone is-title"))
        .with(bone("bone is-line"))
        .with(el("div").class("bones").all((0..3).map(|_| bone("bone is-block"))))
}

/// What went wrong, and the way on.
pub fn failed(failure: &Failure, lang: Lang) -> Element {
    let gone = match failure {
        Failure::NotFound => true,
        Failure::Refused(refused) => refused.status == 404,
        Failure::Unreachable | Failure::Unreadable => false,
    };
    let title = if gone {
        lang.pick("没有这个页面", "No such page")
    } else {
        lang.pick("页面没有载入", "The page did not load")
    };
    let retry = (!gone).then(|| {
        el("button")
            .class("button")
            .attr("type", "button")
            .on("click", |_| browser::reload())
            .with(lang.pick("重试", "Try again"))
    });
    let all = el("a").class("link").attr("href", "/").with(lang.pick("查看全部应用", "See all apps"));
    el("div")
        .class("plain")
        .with(el("h1").with(title))
        .with(el("p").class("lead").with(failure.sentence(lang)))
        .with(el("p").class("plain-ways").maybe(retry).with(all))
}

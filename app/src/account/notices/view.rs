//! The page.

use shared::api::Notice;

use super::model::{Msg, Notices};
use crate::account::page::Context;
use crate::account::parts::{button, draw_key, empty, link, loaded, wrong};
use crate::account::route::Route;
use crate::account::words::notice;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;

/// Shows the page.
pub(super) fn view(model: &Notices, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&model.notices, lang, |notices| {
        let page = el("div").class("notices-page").with(el("h1").with(lang.pick("通知", "Notices")));
        if notices.is_empty() {
            let sentence = lang.pick(
                "还没有通知。服务开通、即将到期、改价和退款等事项会通知到这里。",
                "No notices yet. You are told here when services open or are about to end, and of changed prices and money returned.",
            );
            return page.with(empty(
                sentence,
                Some(link(Route::Services.path(), lang.pick("查看我的服务", "See my services"))),
            ));
        }
        let failed = model.failed.as_ref().map(|failure| wrong(failure.sentence(lang)));
        page.with(el("div").attr("role", "status").maybe(failed))
            .with(el("ul").class("notice-list").all(notices.iter().map(|it| one(it, lang, to))))
    })
}

fn one(it: &Notice, lang: Lang, to: &Sink<Msg>) -> Element {
    let (sentence, about) = notice(&it.kind, lang);
    let words = match &about {
        Route::Order(_) => lang.pick("查看订单", "See the order"),
        _ => lang.pick("查看服务", "See the service"),
    };
    let when = el("time").attr("datetime", it.at.to_string()).with(date_time(it.at, lang));
    let id = it.id.clone();
    let read = (!it.read).then(|| {
        button("link", lang.pick("标为已读", "Mark as read"), false, to, move || Msg::Read(id.clone(), draw_key()))
    });
    let unread = (!it.read).then(|| el("span").class("unread").with(lang.pick("未读", "Unread")));
    let meta = el("p").class("notice-meta").with(when).with(link(about.path(), words)).maybe(read);
    el("li").class(if it.read { "is-read" } else { "" }).with(el("p").maybe(unread).with(sentence)).with(meta)
}

//! The page.

use shared::api::{Notice, Role};

use super::model::{Msg, Notices};
use super::words::{About, notice, path};
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, link, loaded, titled, wrong};
use crate::page::{Context, Shown};
use crate::trade::search::{more, stale};

impl Shown for Notices {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("通知", "Notices"))
    }
}

fn view(model: &Notices, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&model.search.found, lang, |notices| {
        let page = el("div").class("notices-page").with(el("h1").with(lang.pick("通知", "Notices")));
        if notices.is_empty() {
            return page.with(nothing(model, context));
        }
        let failed = model.failed.as_ref().map(|failure| wrong(failure.sentence(lang)));
        let sending = to.clone();
        let in_list = Sink::new(move |message| sending.send(Msg::Search(message)));
        let all = notices.iter().any(|it| !it.read && marks(context)).then(|| {
            let words = lang.pick("全部标为已读", "Mark all as read");
            el("p").class("notice-all").with(button("link", words, false, to, || Msg::ReadAll(draw_key())))
        });
        page.maybe(all)
            .with(el("div").attr("role", "status").maybe(failed))
            .with(el("ul").class("notice-list").all(notices.iter().map(|it| one(it, model.under, context, to))))
            .with(stale(&model.search, lang, &in_list))
            .with(more(&model.search, lang.pick("更早的通知", "Older notices"), &in_list))
    })
}

/// What will stand here, and the way to what it will be about.
fn nothing(model: &Notices, context: &Context) -> Element {
    let lang = context.lang;
    let buys = matches!(context.role(), Some(Role::BuyerAdmin | Role::BuyerFinance) | None);
    let (sentence, path, words) = if buys {
        (
            lang.pick(
                "还没有通知。服务开通、即将到期、改价和退款等事项会通知到这里。",
                "No notices yet. You are told here when services open or are about to end, and of changed prices and money returned.",
            ),
            "/services",
            lang.pick("查看我的服务", "See my services"),
        )
    } else {
        (
            lang.pick(
                "还没有通知。新订单、待开通的服务、转账和金额不符的付款会通知到这里。",
                "No notices yet. You are told here of new orders, of services to open, of transfers, and of payments of a wrong amount.",
            ),
            "/orders",
            lang.pick("查看订单", "See the orders"),
        )
    };
    empty(sentence, Some(link([model.under, path].concat(), words)))
}

/// An auditor changes nothing, not even that.
fn marks(context: &Context) -> bool {
    context.role() != Some(Role::Auditor)
}

fn one(it: &Notice, under: &str, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (sentence, about) = notice(&it.kind, lang);
    let words = match &about {
        About::Order(id) => &*[lang.pick("查看订单 ", "See the order "), id].concat(),
        About::Service(id) => &*[lang.pick("查看服务 ", "See the service "), id].concat(),
        About::Review(_) => lang.pick("查看评价", "See the review"),
        About::Complaint(_) => lang.pick("查看投诉", "See the complaint"),
        About::Refund(_) => lang.pick("查看退款", "See the refund"),
        About::Invoices(_) => lang.pick("查看发票", "See the invoice"),
        About::Settlements => lang.pick("查看结算单", "See the settlements"),
    };
    let when = el("time").attr("datetime", it.at.to_string()).with(date_time(it.at, lang));
    let id = it.id.clone();
    let read = (!it.read && marks(context)).then(|| {
        button("link", lang.pick("标为已读", "Mark as read"), false, to, move || Msg::Read(id.clone(), draw_key()))
    });
    let unread = (!it.read).then(|| el("span").class("unread").with(lang.pick("未读", "Unread")));
    let meta = el("p").class("notice-meta").with(when).with(link(path(&about, under), words.to_owned())).maybe(read);
    el("li").class(if it.read { "is-read" } else { "" }).with(el("p").maybe(unread).with(sentence)).with(meta)
}

//! The pages.

use shared::aftersale::OfflineRefund;
use shared::api::{Filed, RecordQuery, Refund, RefundQuery, RefundStateName};
use shared::orders::RefundState;

use super::{Msg, OfflineRefunds, Refunds};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, state, tabs, titled};
use crate::page::search::{Search, Searched};
use crate::page::{Context, Page, Shown};
use crate::trade::aftersale::offline::{self, offline_outcome, offline_state, offline_states};
use crate::trade::aftersale::refund::{left, refund_state, refund_states};
use crate::trade::records::Of;
use crate::trade::search::{by_product, by_state, by_text, more, none, stale, tally, tools};
use crate::trade::words::State;

impl Shown for Refunds {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(&self.search, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("退款", "Refunds"))
    }
}

impl Shown for OfflineRefunds {
    fn view(&self, context: &Context, to: &Sink<<Self as Page>::Msg>) -> Element {
        offline_view(&self.search, context.lang, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("线下退款", "Offline refunds"))
    }
}

/// The page's beginning; `here` is its address.
fn under_tabs(here: &Route, lang: Lang) -> Element {
    let name = lang.pick("退款", "Refunds");
    let pages = [(Route::Refunds, name), (Route::OfflineRefunds, lang.pick("线下退款", "Offline refunds"))];
    let tabs = tabs(name, pages.map(|(route, words)| (route.path(), words, route == *here)));
    el("div").class("orders-page").with(el("h1").with(name)).with(tabs)
}

fn view(search: &Search<RefundQuery>, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&search.found, lang, |refunds| {
        let page = under_tabs(&Route::Refunds, lang);
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有退款。支付后 10 天内，可以在订单里申请全额退款。",
                "No refunds yet. Within 10 days of its payment an order can be refunded from its page.",
            );
            let orders = link(Route::Orders.path(), lang.pick("查看我的订单", "See my orders"));
            return page.with(empty(sentence, Some(orders)));
        }
        let RefundQuery { order, state, .. } = &search.query;
        let number = number("order", order.as_ref(), lang, to);
        let states = by_state(refund_states(lang), state.map_or("", RefundStateName::as_str), lang, to);
        let rows = refunds.iter().map(|refund| row(refund, context));
        page.with(tools(number.into_iter().chain([states]), tally(search, found(refunds.len(), lang), lang)))
            .with(stale(search, lang, to))
            .with(el("ul").class("rows").state("aria-busy", search.busy).all(rows))
            .with(more(search, lang.pick("更早的退款", "Older refunds"), to))
            .with(no_match(refunds.is_empty(), lang, to))
    })
}

fn offline_view(
    search: &Search<Of<offline::OfflineRefunds>>,
    lang: Lang,
    to: &Sink<<OfflineRefunds as Page>::Msg>,
) -> Element {
    loaded(&search.found, lang, |refunds| {
        let page = under_tabs(&Route::OfflineRefunds, lang);
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有线下退款。与服务商商定部分退款后，由服务商登记，您在这里看到并在订单里确认收到。",
                "No offline refunds yet. What you agree on with a vendor is recorded by it, shows here, and is confirmed on its order.",
            );
            return page.with(empty(sentence, None));
        }
        let RecordQuery { number: order, product, state: chosen, .. } = &search.query.query;
        let fields = number("number", order.as_ref(), lang, to).into_iter();
        let product = by_product(search, product.as_ref(), lang, to);
        let states = by_state(offline_states(lang), chosen.as_deref().unwrap_or_default(), lang, to);
        let rows = refunds.iter().map(|refund| offline_row(refund, lang));
        page.with(tools(fields.chain(product).chain([states]), tally(search, found(refunds.len(), lang), lang)))
            .with(stale(search, lang, to))
            .with(el("ul").class("rows").state("aria-busy", search.busy).all(rows))
            .with(more(search, lang.pick("更早的退款", "Older refunds"), to))
            .with(no_match(refunds.is_empty(), lang, to))
    })
}

fn number<L: 'static>(name: &'static str, typed: Option<&String>, lang: Lang, to: &Sink<Searched<L>>) -> [Element; 2] {
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    by_text(name, lang.pick("订单号", "Order number"), hint, typed, to)
}

fn found(count: usize, lang: Lang) -> String {
    match count {
        1 => lang.pick("1 笔退款".to_owned(), "1 refund".to_owned()),
        n => lang.pick(format!("{n} 笔退款"), format!("{n} refunds")),
    }
}

fn no_match<L: 'static>(nothing: bool, lang: Lang, to: &Sink<Searched<L>>) -> Element {
    let sentence = lang.pick("没有符合条件的退款。", "No refund matches.");
    none(nothing, sentence, lang.pick("查看全部退款", "See all refunds"), to)
}

fn row(refund: &Refund, context: &Context) -> Element {
    let lang = context.lang;
    let what = match &refund.state {
        RefundState::Reviewing { answer_until } => {
            let left = left(*answer_until, context.now, lang);
            lang.pick(format!("服务商处理还剩 {left}"), format!("{left} left for the vendor to answer"))
        }
        _ => refund.reason.clone(),
    };
    let way = line(Route::Refund(refund.id.clone()).path(), &refund.product_name, what)
        .with(side(&refund.order, date_time(refund.asked_at, lang)))
        .with(standing(refund_state(&refund.state, lang)))
        .with(el("span").class("row-amount").with(yuan(refund.amount)));
    el("li").with(way)
}

fn offline_row(filed: &Filed<OfflineRefund>, lang: Lang) -> Element {
    let refund = &filed.record;
    let way = line(Route::Order(refund.order.clone()).path(), &filed.product_name, refund.note.clone())
        .with(side(&refund.order, offline_outcome(refund, lang)))
        .with(standing(offline_state(&refund.state, lang)))
        .with(el("span").class("row-amount").with(yuan(refund.amount)));
    el("li").with(way)
}

fn line(href: String, product: &str, what: String) -> Element {
    let main = el("span")
        .class("row-main")
        .with(el("span").class("row-name").with(product.to_owned()))
        .with(el("span").class("row-what").with(what));
    el("a").class("row").attr("href", href).with(main)
}

fn side(number: &str, when: String) -> Element {
    el("span")
        .class("row-side")
        .with(el("span").class("row-number").with(number.to_owned()))
        .with(el("span").class("row-what").with(when))
}

fn standing((class, words): State) -> Element {
    state(class, words)
}

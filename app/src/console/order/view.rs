//! The page.

use shared::api::{self, Role};
use shared::orders::{CancelWhy, Method, OrderKind, OrderState};

use super::after_sale::after_sale;
use super::model::{Msg, Order};
use super::reprice::{form, open};
use crate::console::route::{Route, UNDER};
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{link, loaded, state, titled, wrong};
use crate::page::{Context, Shown};
use crate::trade::order::{amounts, facts, history, services};
use crate::trade::words::order_state;

impl Shown for Order {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.order, context.lang, |order| page(self, order, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        titled(&[lang.pick("订单 ", "Order "), &self.id].concat())
    }
}

fn page(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (class, words) = order_state(order, lang);
    let customer = order.customer.as_ref().map(|customer| el("span").class("quiet").with(customer.name.clone()));
    let crumb = el("p").class("crumb").with(link(Route::Orders.path(), lang.pick("订单", "Orders")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(order.product_name.clone()))
        .with(el("p").class("head-state").with(state(class, words)).maybe(customer));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("订单进展", "Where the order stands"))
        .with(el("p").class("now-said").attr("role", "status").with(standing(order, context)))
        .with(el("div").maybe(mismatched(order, lang)))
        .with(services(order, UNDER, lang))
        .all(steps(model, order, context, to));
    let left = el("div").with(amounts(order, lang)).with(history(order, lang));
    let detail = el("div").class("order-detail").with(left).with(facts(order, lang));
    el("div")
        .class("order-page")
        .with(head)
        .with(now)
        .with(detail)
        .with(el("div").maybe(after_sale(model, order, context, to)))
        .with(voices(order, lang))
}

/// The ways to what the buyer said of it.
fn voices(order: &api::Order, lang: Lang) -> Element {
    let way = |route: &Route, words: &'static str| {
        el("li").with(link([&route.path(), "?number=", &order.id].concat(), words))
    };
    el("ul")
        .class("now-links")
        .with(way(&Route::Reviews, lang.pick("这笔订单的评价", "Its review")))
        .with(way(&Route::Complaints, lang.pick("这笔订单的投诉", "Its complaints")))
}

fn standing(order: &api::Order, context: &Context) -> String {
    let lang = context.lang;
    match order.state {
        OrderState::Unpaid { closes_at } if order.method == Method::Transfer => {
            let closes = date_time(closes_at, lang);
            let (missing, received) = order.transfer.as_ref().map_or((yuan(order.amount.due()), None), |due| {
                (yuan(due.missing), (due.received > shared::money::Fen::ZERO).then(|| yuan(due.received)))
            });
            match received {
                Some(received) => lang.pick(
                    format!("等待转账：已到 {received}，还差 {missing}。{closes} 前未补足则关闭，已到款项退回。"),
                    format!("Waiting for a transfer: {received} has arrived, {missing} is missing. Unless the rest comes before {closes}, the order closes and the money goes back."),
                ),
                None => lang.pick(
                    format!("等待转账 {missing}。{closes} 前未到账则自动关闭。"),
                    format!("Waiting for a transfer of {missing}. Unless it comes before {closes}, the order closes by itself."),
                ),
            }
        }
        OrderState::Unpaid { closes_at } => {
            let closes = date_time(closes_at, lang);
            lang.pick(
                format!("等待买方支付。{closes} 前未付则自动关闭。"),
                format!("Waiting for the buyer to pay. Unpaid on {closes}, it closes by itself."),
            )
        }
        OrderState::Paid { at } if order.kind == OrderKind::Trial => {
            let at = date_time(at, lang);
            lang.pick(
                format!("{at} 申请试用，待开通。试用期从开通时起算。"),
                format!("Asked for on {at}, to be opened. The trial's days run from then on."),
            )
        }
        OrderState::Paid { at } => {
            let at = date_time(at, lang);
            lang.pick(format!("{at} 已支付，服务待开通。"), format!("Paid on {at}; its services are to be opened."))
        }
        OrderState::Fulfilled { at, .. } => {
            let at = date_time(at, lang);
            lang.pick(format!("{at} 全部开通。"), format!("All opened on {at}."))
        }
        OrderState::Cancelled { why, .. } => ended(why, lang).to_owned(),
        OrderState::Refunded { at, .. } => {
            let at = date_time(at, lang);
            lang.pick(format!("{at} 退款获准，订单已撤销。"), format!("Undone on {at}, when its refund was approved."))
        }
    }
}

const fn ended(why: CancelWhy, lang: Lang) -> &'static str {
    match (why, lang) {
        (CancelWhy::ByBuyer, Lang::Zh) => "买方已取消订单。",
        (CancelWhy::ByBuyer, Lang::En) => "The buyer cancelled the order.",
        (CancelWhy::NotPaid, Lang::Zh) => "逾期未付，订单已自动关闭；之后到账的款项须退回。",
        (CancelWhy::NotPaid, Lang::En) => {
            "Not paid in time: the order closed by itself. Money that comes now goes back."
        }
        (CancelWhy::NoLongerAllowed, Lang::Zh) => "款项到达时所订内容已不可购买，订单已关闭，款项须退回。",
        (CancelWhy::NoLongerAllowed, Lang::En) => {
            "When the money came, this could no longer be bought. The order is closed and the money goes back."
        }
        (CancelWhy::Superseded, Lang::Zh) => "买方对同一服务下了更新的订单，本订单已由它取代并关闭。",
        (CancelWhy::Superseded, Lang::En) => "A newer order of the buyer's on the same service took this one's place.",
        (CancelWhy::ServiceChanged, Lang::Zh) => "同一服务的另一笔订单先完成了支付，本订单已关闭。",
        (CancelWhy::ServiceChanged, Lang::En) => {
            "Another order on the same service was paid first, so this one was closed."
        }
        (CancelWhy::RefundAsked, Lang::Zh) => "买方申请了该商品的退款，未支付的订单已关闭。",
        (CancelWhy::RefundAsked, Lang::En) => "The buyer asked for a refund of the product, so this order was closed.",
    }
}

/// A notification of another amount: it paid nothing.
fn mismatched(order: &api::Order, lang: Lang) -> Option<Element> {
    let notified = yuan(order.mismatched?);
    let due = yuan(order.amount.due());
    Some(wrong(lang.pick(
        format!("支付渠道通知过 {notified}，与订单金额 {due} 不符，没有入账。请与支付渠道核对这笔款项，确属误付的由渠道退回。"),
        format!("The provider notified a payment of {notified} for an order of {due}. It paid nothing. Check it with the provider, who returns what was taken by mistake."),
    )))
}

/// What the reader may do about it, or who may.
fn steps(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let mut steps = Vec::new();
    if order.method == Method::Transfer && matches!(context.role(), Some(Role::Operator | Role::Auditor)) {
        let path = [&Route::Transfers.path(), "?find=", &order.id].concat();
        steps.push(el("p").with(link(path, lang.pick("查看这笔转账", "See the transfer"))));
    }
    if order.kind == OrderKind::Trial {
        return steps;
    }
    let who = match context.role() {
        Some(Role::IsvOwner) if open(order) => {
            steps.push(form(model, order, lang, to));
            None
        }
        Some(Role::IsvOwner) if model.done => Some(lang.pick(
            "已改价，订单随之付清，价格不能再改。",
            "The price was changed and the order paid by that; its price is final.",
        )),
        Some(Role::IsvSupport) if open(order) => {
            Some(lang.pick("改价由服务商负责人操作。", "Only the vendor's owner changes prices."))
        }
        Some(Role::Operator | Role::Auditor) if open(order) => Some(lang.pick(
            "价格只能由服务商更改，平台在这里只读。",
            "Only the vendor changes its price. The operator reads here.",
        )),
        _ => None,
    };
    steps.extend(who.map(|sentence| el("p").class("fine").with(sentence)));
    steps
}

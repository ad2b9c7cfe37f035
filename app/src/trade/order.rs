//! What an order is, in its parts.

use shared::api::{self, Moved, Way};
use shared::calendar::Timestamp;
use shared::orders::{CancelWhy, Method, OrderKind, OrderState};

use super::aftersale;
use super::lines::lines;
use super::words::{method, order_amount, order_kind, order_picks};
use crate::element::{Element, el};
use crate::format::{date_time, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{fact, link};
use crate::storefront::lines::row;
use crate::storefront::product::compare::days;

/// The ways to its services, which stand under this address.
pub fn services(order: &api::Order, under: &str, lang: Lang) -> Element {
    let count = order.services.len();
    let one = |(index, id): (usize, &String)| {
        let words = match (count, lang) {
            (1, Lang::Zh) => "查看服务".to_owned(),
            (1, Lang::En) => "See the service".to_owned(),
            (_, Lang::Zh) => format!("查看第 {} 个服务", index + 1),
            (_, Lang::En) => format!("See service {}", index + 1),
        };
        el("li").with(link([under, "/services/", id].concat(), words))
    };
    el("ul").class("now-links").all(order.services.iter().enumerate().map(one))
}

/// What makes up the amount, and both prices where the ISV changed it.
pub fn amounts(order: &api::Order, lang: Lang) -> Element {
    let lines = order.quote.as_ref().map(|quote| {
        let lines = lines(quote, &[], &order.names, &order.selection, lang).into_iter().map(row);
        el("ul").class("lines").all(lines)
    });
    let each = order.quote.as_ref().filter(|quote| quote.count > 1).map(|quote| {
        let product = format!("{} × {}", yuan(quote.instance_price), quote.count);
        el("p").class("sheet-each").with(el("span").with(lang.pick("每个", "Each"))).with(el("span").with(product))
    });
    let repriced = order.amount.repriced.as_ref().map(|repriced| {
        let was = el("p")
            .class("sheet-each")
            .with(el("span").with(lang.pick("原价", "Quoted")))
            .with(el("s").with(yuan(order.amount.quoted)));
        let at = date_time(repriced.at, lang);
        let why = lang.pick(
            format!("服务商于 {at} 改价：{}", repriced.reason),
            format!("Changed by the vendor on {at}: {}", repriced.reason),
        );
        el("div").class("repriced").with(was).with(el("p").class("fine").with(why))
    });
    let name = match order.state {
        OrderState::Unpaid { .. } => lang.pick("应付", "To be paid"),
        OrderState::Cancelled { .. } => lang.pick("金额", "Amount"),
        OrderState::Paid { .. } | OrderState::Fulfilled { .. } | OrderState::Refunded { .. } => {
            lang.pick("实付", "Paid")
        }
    };
    let total = el("p")
        .class("big-total")
        .with(el("span").id("total-name").with(name))
        .with(el("output").attr("aria-labelledby", "total-name").with(order_amount(order, lang)));
    el("section")
        .class("order-amounts")
        .attr("aria-label", lang.pick("金额明细", "What makes up the amount"))
        .maybe(lines)
        .maybe(each)
        .maybe(repriced)
        .with(total)
}

/// The money that moved for it one way: each when, and what.
fn money(order: &api::Order, wanted: Way, lang: Lang) -> impl Iterator<Item = (Timestamp, String)> {
    let moved = order.money.iter().filter(move |moved| moved.way == wanted);
    moved.map(move |Moved { at, way, amount, method: by }| {
        let amount = yuan(*amount);
        let words = match (way, by) {
            (Way::Arrived, _) => {
                let by = method(*by, lang);
                lang.pick(format!("到账 {amount}（{by}）"), format!("{amount} arrived ({})", by.to_lowercase()))
            }
            (Way::Returned, Method::Transfer) => {
                lang.pick(format!("转账退回 {amount}"), format!("{amount} returned by bank transfer"))
            }
            (Way::Returned, Method::Sandbox) => {
                lang.pick(format!("原路退回 {amount}"), format!("{amount} returned the way it came"))
            }
        };
        (*at, words)
    })
}

/// Why it was cancelled, in a few words.
fn ended(why: CancelWhy, lang: Lang) -> &'static str {
    match why {
        CancelWhy::ByBuyer => lang.pick("买方取消", "Cancelled by the buyer"),
        CancelWhy::NotPaid => lang.pick("逾期未付，自动关闭", "Not paid in time, closed automatically"),
        CancelWhy::NoLongerAllowed => lang.pick("所订内容已不可购买，关闭", "Can no longer be bought, closed"),
        CancelWhy::Superseded => lang.pick("由更新的订单取代，关闭", "Closed for a newer order"),
        CancelWhy::ServiceChanged => {
            lang.pick("服务已由另一笔订单变更，关闭", "Closed as another order changed the service")
        }
        CancelWhy::RefundAsked => lang.pick("买方申请退款，随之关闭", "Closed as a refund was asked for"),
    }
}

/// What happened to it, in its order.
pub fn history(order: &api::Order, lang: Lang) -> Element {
    let trial = order.kind == OrderKind::Trial;
    let quoted = yuan(order.amount.quoted);
    let placed = if trial {
        lang.pick("申请试用", "Trial asked for").to_owned()
    } else {
        lang.pick(format!("下单，{quoted}"), format!("Placed at {quoted}"))
    };
    let mut events: Vec<(Timestamp, String)> = vec![(order.placed_at, placed)];
    if let Some(repriced) = &order.amount.repriced {
        let (to, why) = (yuan(repriced.amount), &repriced.reason);
        events.push((repriced.at, lang.pick(format!("改价为 {to}：{why}"), format!("Repriced to {to}: {why}"))));
    }
    events.extend(money(order, Way::Arrived, lang));
    let paid = |at: Timestamp, opened: Option<Timestamp>| {
        let paid = (!trial).then(|| (at, lang.pick("付清", "Paid").to_owned()));
        paid.into_iter().chain(opened.map(|at| (at, lang.pick("全部开通", "All opened").to_owned())))
    };
    match order.state {
        OrderState::Unpaid { .. } => {}
        OrderState::Paid { at } => events.extend(paid(at, None)),
        OrderState::Fulfilled { paid_at, at } => events.extend(paid(paid_at, Some(at))),
        OrderState::Cancelled { at, why } => events.push((at, ended(why, lang).to_owned())),
        OrderState::Refunded { paid_at, fulfilled_at, at, .. } => {
            events.extend(paid(paid_at, fulfilled_at));
            events.push((at, lang.pick("退款获准，订单撤销", "Refund approved, undone").to_owned()));
        }
    }
    events.extend(money(order, Way::Returned, lang));
    // What happened in the same second stays in the order of its kind.
    events.sort_by_key(|(at, _)| at.unix());
    aftersale::history(events, lang)
}

/// What it is.
pub fn facts(order: &api::Order, lang: Lang) -> Element {
    let mut facts = vec![
        fact(lang.pick("订单号", "Number"), order.id.clone()),
        fact(lang.pick("类型", "Kind"), order_kind(order.kind, lang)),
        fact(lang.pick("套餐版本", "Edition"), order.names.edition.clone()),
    ];
    if let Some(sold) = order.selection.term {
        facts.push(fact(lang.pick("购买时长", "Term"), term(sold, lang)));
    }
    facts.push(fact(lang.pick("购买个数", "Count"), order.selection.count.to_string()));
    if let Some(quote) = order.quote.as_ref().filter(|quote| quote.gift_days > 0) {
        facts.push(fact(lang.pick("赠送时长", "Free on top"), days(quote.gift_days, lang)));
    }
    facts.extend(order_picks(order).into_iter().map(|(name, value)| fact(name, value)));
    facts.push(fact(lang.pick("服务商", "Vendor"), order.vendor.clone()));
    if let Some(customer) = &order.customer {
        facts.push(fact(lang.pick("客户", "Customer"), customer.name.clone()));
    }
    if order.kind != OrderKind::Trial {
        facts.push(fact(lang.pick("支付方式", "Payment"), method(order.method, lang)));
    }
    facts.push(fact(lang.pick("下单时间", "Placed"), date_time(order.placed_at, lang)));
    el("section")
        .class("order-facts")
        .attr("aria-label", lang.pick("订单信息", "About the order"))
        .with(el("dl").class("facts").all(facts))
}

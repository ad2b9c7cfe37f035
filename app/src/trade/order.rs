//! What an order is, in its parts.

use shared::api;
use shared::orders::{OrderKind, OrderState};

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

//! What a service is, in its parts.

use shared::api;
use shared::calendar::Timestamp;
use shared::catalog::PriceKind;
use shared::lifecycle::{Segment, SegmentKind};
use shared::money::Fen;
use shared::orders::ServiceState;

use super::words::{days_left, service_picks};
use crate::element::{Element, el};
use crate::format::{date, date_time, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{fact, link};
use crate::storefront::product::compare::days;

/// The number that counts: the days that are left.
pub fn left(service: &api::Service, now: Timestamp, lang: Lang) -> Option<Element> {
    let runs = matches!(service.state, ServiceState::Provisioning { .. } | ServiceState::Active { .. });
    let end = service.end.filter(|_| runs)?;
    let name = el("span").id("left-name").with(lang.pick("剩余", "Left"));
    let output = el("output").attr("aria-labelledby", "left-name").with(days(days_left(end, now), lang));
    let until = el("span").class("quiet").with([lang.pick("至 ", "until "), &date_time(end, lang)].concat());
    Some(el("p").class("big-left").with(name).with(output).with(until))
}

/// The stretches of time that were paid for.
pub fn segments(segments: &[Segment], lang: Lang) -> Element {
    let head =
        [lang.pick("时段", "Stretch"), lang.pick("起", "From"), lang.pick("止", "Until"), lang.pick("价值", "Worth")];
    let head = head.map(|words| el("th").attr("scope", "col").with(words));
    let rows = segments.iter().map(|segment| {
        let kind = match segment.kind {
            SegmentKind::Paid(PriceKind::New, sold) => [lang.pick("新购 ", "Purchase, "), &term(sold, lang)].concat(),
            SegmentKind::Paid(PriceKind::Renew, sold) => [lang.pick("续费 ", "Renewal, "), &term(sold, lang)].concat(),
            SegmentKind::Trial => lang.pick("试用", "Trial").to_owned(),
        };
        let gift = (segment.gift_days > 0).then(|| {
            let gift = days(segment.gift_days, lang);
            el("span").class("row-what").with(lang.pick(format!("含赠送 {gift}"), format!("{gift} of it free")))
        });
        el("tr")
            .with(el("th").attr("scope", "row").with(kind).maybe(gift))
            .with(el("td").with(date(segment.start, lang)))
            .with(el("td").with(date(segment.end, lang)))
            .with(el("td").class("is-amount").with(yuan(segment.paid)))
    });
    let table = el("table").class("segments").with(el("thead").with(el("tr").all(head))).with(el("tbody").all(rows));
    el("div").with(el("h2").id("segments-title").with(lang.pick("服务时段", "What was paid for"))).with(
        el("div")
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-labelledby", "segments-title")
            .with(table),
    )
}

/// What it is; its order stands under this address.
pub fn facts(service: &api::Service, under: &str, lang: Lang) -> Element {
    let mut facts = vec![
        fact(lang.pick("服务编号", "Number"), service.id.clone()),
        fact(lang.pick("套餐版本", "Edition"), service.names.edition.clone()),
    ];
    facts.extend(service_picks(service).into_iter().map(|(name, value)| fact(name, value)));
    facts.push(fact(lang.pick("服务商", "Vendor"), service.vendor.clone()));
    if let Some(customer) = &service.customer {
        facts.push(fact(lang.pick("客户", "Customer"), customer.name.clone()));
    }
    if service.trial.is_none() {
        facts.push(fact(lang.pick("累计实付", "Paid in all"), yuan(service.paid)));
        if service.refunded > Fen::ZERO {
            facts.push(fact(lang.pick("其中已退款", "Of it refunded"), yuan(service.refunded)));
        }
    }
    facts.push(fact(
        lang.pick("订单", "Order"),
        link([under, "/orders/", &service.order].concat(), service.order.clone()),
    ));
    el("section")
        .class("order-facts")
        .attr("aria-label", lang.pick("服务信息", "About the service"))
        .with(el("dl").class("facts").all(facts))
}

//! Renewals and changes of services, told to both databases: the use cases as the HTTP handlers call them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join;
use serde_json::{Value, json};
use server::failure::Failure;
use server::store::products::{NewProduct, Publish};
use server::usecases::audit;
use shared::api::{Order, ServiceDetail};
use shared::calendar::Offset;
use shared::orders::{CancelWhy, NoticeKind, OrderKind, OrderState, ReturnWhy, ServiceState};

use super::store::fresh_database;
use super::support::{example, now};
use super::trade::{Bench, asked, code};

/// WeCom's product: 1000 yuan for 365 days; twice as much for the bigger edition, a tenth for the small one.
const WECOM: &str = r#"{"sale_mode": "subscription", "day_count": "fixed", "change_modes": ["co_term", "re_term"],
    "upgrades": [{"from": "standard", "to": "big"}, {"from": "big", "to": "small"}],
    "editions": [
      {"code": "standard", "name": "标准版", "terms": ["P1M", "P1Y", "P3Y"],
       "price": {"new": {"month": "100", "year": "1000"}, "renew": {"month": "100", "year": "1000"}}},
      {"code": "big", "name": "大版", "terms": ["P1Y"],
       "price": {"new": {"year": "2000"}, "renew": {"year": "2000"}}},
      {"code": "small", "name": "小版", "terms": ["P1M"],
       "price": {"new": {"month": "10"}, "renew": {"month": "10"}}},
      {"code": "gone", "name": "已下架", "hidden": true, "terms": ["P1Y"],
       "price": {"new": {"year": "1"}, "renew": {"year": "1"}}}]}"#;

/// A key that no other request has.
fn key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Bench {
    /// Puts [`WECOM`]'s product on sale.
    pub(crate) async fn sell_wecom(&self) {
        let product = NewProduct {
            slug: "wecom".to_owned(),
            visible: true,
            text: json!({"name": "企微", "intro": "", "vendor": "云帆", "category": "办公"}).to_string(),
            config: WECOM.to_owned(),
        };
        self.store.write(Publish { product, at: now() }).await.expect("published");
        self.market.refresh().await.expect("refreshed");
    }

    pub(crate) async fn quoted(&self, body: &Value) -> Result<Value, Failure> {
        let issued = self.market.quote(Some(&self.buyer), body.to_string().as_bytes(), None).await?;
        Ok(serde_json::from_str(&issued.body).expect("a quotation"))
    }

    pub(crate) async fn place_quote(&self, quote: &Value, more: &Value) -> Result<Order, Failure> {
        let mut body = json!({"quote": quote["id"], "method": "sandbox", "agreement": 1});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let body = body.to_string();
        let made = self.market.place_order(&self.buyer, asked(&key(), body.as_bytes()), body.as_bytes()).await?;
        Ok(serde_json::from_str(&made.body).expect("an order"))
    }

    /// Has the sandbox's provider take the money for an order.
    pub(crate) async fn pay(&self, order: &Order) -> Order {
        let payment = self.payment(&order.id, &key()).await;
        self.play(&payment, "pay").await;
        self.order(&order.id).await
    }

    /// Quotes and places.
    pub(crate) async fn ordered(&self, body: &Value) -> Order {
        let quote = self.quoted(body).await.expect("a quotation");
        self.place_quote(&quote, &json!({"accept_forfeit": quote["forfeited"]})).await.expect("placed")
    }

    /// Quotes, places and pays.
    pub(crate) async fn bought(&self, body: &Value) -> Order {
        let order = self.ordered(body).await;
        let paid = self.pay(&order).await;
        assert!(matches!(paid.state, OrderState::Paid { .. } | OrderState::Fulfilled { .. }), "{paid:?}");
        paid
    }

    /// Buys one and has it opened; returns the service's id.
    pub(crate) async fn running(&self, body: &Value) -> String {
        let order = self.bought(body).await;
        let id = order.services[0].clone();
        self.market.mark_opened(&self.operator, asked(&key(), b""), &id).await.expect("opened");
        id
    }

    pub(crate) async fn detail(&self, id: &str) -> ServiceDetail {
        self.market.service(&self.buyer, id).await.expect("the service")
    }

    pub(crate) async fn clean(&self) {
        let report = audit(&self.store, Offset::CHINA).await.expect("audited");
        assert!(report.is_clean(), "{report}");
    }
}

/// The seed's example with so many users, as a change that keeps the end.
pub(crate) fn expanded(service: &str, users: u32) -> Value {
    let mut selection = example()["selection"].clone();
    selection["quantities"]["yonghushu"] = json!(users);
    selection.as_object_mut().expect("a selection").remove("term");
    json!({"subscription": service, "intent": "change", "mode": "co_term", "selection": selection})
}

pub(crate) fn renewed(service: &str, term: &str) -> Value {
    json!({"subscription": service, "intent": "renew", "term": term})
}

pub(crate) fn wecom(edition: &str, term: &str) -> Value {
    let selection = json!({"edition": edition, "term": term, "quantities": {}, "options": {}});
    json!({"product": "wecom", "selection": selection})
}

pub(crate) fn anew(service: &str, edition: &str, term: &str) -> Value {
    let selection = json!({"edition": edition, "term": term, "quantities": {}, "options": {}});
    json!({"subscription": service, "intent": "change", "mode": "re_term", "selection": selection})
}

async fn story(bench: &Bench) {
    bench.sell_wecom().await;
    expanded_on_the_150th_day(bench).await;
    wecoms_example(bench).await;
    renewals_move_the_end_and_its_notice(bench).await;
    what_takes_away_is_confirmed(bench).await;
    nothing_due_takes_no_payment(bench).await;
    Box::pin(paying_later_gains_nothing(bench)).await;
    the_newer_order_takes_the_older_ones_place(bench).await;
    Box::pin(a_change_races_a_renewal(bench)).await;
    late_renewals_begin_when_they_are_paid(bench).await;
    refused(bench).await;
    not_for_sale_any_more(bench).await;
    bench.clean().await;
}

/// 208.00 for 10 people, 308.00 for 20: 100.00 × 215 / 365 days left, rounded up.
async fn expanded_on_the_150th_day(bench: &Bench) {
    let id = bench.running(&example()).await;
    bench.advance("P150D").await;
    let quote = bench.quoted(&expanded(&id, 20)).await.expect("a quotation");
    assert_eq!((quote["due"].as_str(), quote["credit"].as_str()), (Some("58.91"), Some("0.00")));
    assert_eq!(quote["end"], "2027-01-01T10:00:00+08:00");
    assert_eq!(quote["lines"][0]["why"]["left_seconds"], 215 * 86_400);
    let order = bench.place_quote(&quote, &json!({})).await.expect("placed");
    assert_eq!((order.kind, order.on.as_ref().map(|on| on.subscription.as_str())), (OrderKind::Expansion, Some(&*id)));
    let order = bench.pay(&order).await;
    assert!(matches!(order.state, OrderState::Fulfilled { .. }), "an open service is changed at once: {order:?}");
    let detail = bench.detail(&id).await;
    assert_eq!(detail.service.subscription.quantities["yonghushu"], 20);
    assert_eq!((detail.service.paid.to_string(), detail.service.order), ("266.91".into(), order.id.clone()));
    // 208.00 × 215 / 365 rounded down, and what was paid for the change.
    assert_eq!(detail.service.subscription.segments[0].paid.to_string(), "181.43");
    assert_eq!(detail.history.len(), 2);
    assert_eq!(detail.sold.revision, 1);
    bench.clean().await;
}

/// 1000 yuan, 365 days, 100 left: credit 273.97 (W, rule L6).
async fn wecoms_example(bench: &Bench) {
    let id = bench.running(&wecom("standard", "P1Y")).await;
    bench.advance("P265D").await;
    let quote = bench.quoted(&anew(&id, "standard", "P1Y")).await.expect("a quotation");
    assert_eq!(
        (quote["instance_price"].as_str(), quote["credit"].as_str(), quote["due"].as_str()),
        (Some("1000.00"), Some("273.97"), Some("726.03"))
    );
    let order = bench.place_quote(&quote, &json!({})).await.expect("placed");
    assert_eq!(order.kind, OrderKind::Extension);
    let order = bench.pay(&order).await;
    let detail = bench.detail(&id).await;
    assert_eq!(detail.service.end.expect("an end").since(order.placed_at), 365 * 86_400);
    assert_eq!(detail.service.subscription.segments[0].paid.to_string(), "1000.00");
    bench.clean().await;
}

async fn renewals_move_the_end_and_its_notice(bench: &Bench) {
    let id = bench.running(&wecom("standard", "P1M")).await;
    let told_of = async |bench: &Bench| {
        let told = bench.told(&bench.buyer).await;
        told.into_iter()
            .filter(|kind| matches!(kind, NoticeKind::ServiceEnds { service, .. } if *service == id))
            .count()
    };
    let first_end = bench.detail(&id).await.service.end.expect("an end");
    let order = bench.bought(&renewed(&id, "P1M")).await;
    assert_eq!(order.kind, OrderKind::Renewal);
    let end = bench.detail(&id).await.service.end.expect("an end");
    assert_eq!(end.since(first_end), 31 * 86_400);
    bench.advance("P31D").await;
    assert_eq!(told_of(bench).await, 0, "the end has moved");
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Active { .. }));
    bench.advance("P24D").await;
    assert_eq!(told_of(bench).await, 1);
    // Told of this end; a change that keeps it says nothing again.
    let selection = json!({"edition": "big", "quantities": {}, "options": {}});
    let upgrade = json!({"subscription": id, "intent": "change", "mode": "co_term", "selection": selection});
    assert_eq!(bench.bought(&upgrade).await.kind, OrderKind::Upgrade);
    bench.advance("P1D").await;
    assert_eq!(told_of(bench).await, 1, "one notice for each end");
    bench.bought(&renewed(&id, "P1Y")).await;
    bench.advance("P7D").await;
    assert_eq!(told_of(bench).await, 1);
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Active { .. }));
    bench.clean().await;
}

/// Forfeited credit, and a service that ends earlier, are confirmed by their amount (rule O1).
async fn what_takes_away_is_confirmed(bench: &Bench) {
    let id = bench.running(&wecom("big", "P1Y")).await;
    let quote = bench.quoted(&anew(&id, "small", "P1M")).await.expect("a quotation");
    assert_eq!((quote["forfeited"].as_str(), quote["due"].as_str()), (Some("1990.00"), Some("0.00")));
    for wrong in [json!({}), json!({"accept_forfeit": "0.00"}), json!({"accept_forfeit": "1989.99"})] {
        let refused = bench.place_quote(&quote, &wrong).await.expect_err("refused");
        assert_eq!(code(&refused), "forfeit_not_accepted", "{wrong}");
    }
    let order = bench.place_quote(&quote, &json!({"accept_forfeit": "1990.00"})).await.expect("placed");
    assert!(matches!(order.state, OrderState::Fulfilled { .. }), "nothing is due: {order:?}");
    let service = bench.detail(&id).await.service;
    assert_eq!((service.forfeited.to_string(), service.subscription.edition), ("1990.00".into(), "small".into()));
    // Shortened without a forfeit: what is forfeited is nothing, and that is confirmed.
    let id = bench.running(&wecom("standard", "P3Y")).await;
    bench.advance("P1094D").await;
    bench.bought(&renewed(&id, "P1Y")).await;
    bench.advance("P364D").await;
    let quote = bench.quoted(&anew(&id, "standard", "P1Y")).await.expect("a quotation");
    assert_eq!(quote["forfeited"], "0.00");
    bench.clean().await;
}

async fn nothing_due_takes_no_payment(bench: &Bench) {
    let id = bench.running(&example()).await;
    // 9 people cost 108 a year, 10 cost 100: more for nothing, from 5.
    let quote = bench.quoted(&example()).await.expect("a quotation");
    assert_eq!(quote["due"], "208.00");
    bench.advance("P10D").await;
    let mut fewer = example();
    fewer["selection"]["quantities"]["yonghushu"] = json!(9);
    let nine = bench.running(&fewer).await;
    let quote = bench.quoted(&expanded(&nine, 10)).await.expect("a quotation");
    assert_eq!(quote["due"], "0.00");
    let order = bench.place_quote(&quote, &json!({})).await.expect("placed");
    assert!(matches!(order.state, OrderState::Fulfilled { .. }), "{order:?}");
    assert_eq!(bench.detail(&nine).await.service.subscription.quantities["yonghushu"], 10);
    let refused = bench.quoted(&expanded(&id, 10)).await.expect_err("refused");
    assert!(matches!(&refused, Failure::InvalidSelection(found) if found[0].code == "nothing_changes"), "{refused:?}");
    bench.clean().await;
}

/// A change that keeps the end is due as of its payment: the rest goes back (rule O2).
async fn paying_later_gains_nothing(bench: &Bench) {
    let id = bench.running(&wecom("standard", "P1Y")).await;
    let selection = json!({"edition": "big", "quantities": {}, "options": {}});
    let upgrade = json!({"subscription": id, "intent": "change", "mode": "co_term", "selection": selection});
    let order = bench.ordered(&upgrade).await;
    assert_eq!(order.amount.due().to_string(), "1000.00");
    bench.market.clock().advance(Duration::from_hours(23));
    let paid = bench.pay(&order).await;
    // 1000.00 × (365 × 24 − 23) / (365 × 24), rounded up.
    assert_eq!(paid.amount.due().to_string(), "997.38");
    assert_eq!(paid.amount.quoted.to_string(), "1000.00");
    let told = bench.told(&bench.buyer).await;
    let over = |kind: &NoticeKind| {
        matches!(kind, NoticeKind::MoneyReturned { order, amount, why: ReturnWhy::Over }
            if *order == paid.id && amount.to_string() == "2.62")
    };
    assert!(told.iter().any(over), "{told:?}");
    // One that begins a new term begins it when it is placed.
    let order = bench.ordered(&anew(&id, "big", "P1Y")).await;
    bench.market.clock().advance(Duration::from_hours(23));
    let paid = bench.pay(&order).await;
    assert_eq!(bench.detail(&id).await.service.end.expect("an end").since(paid.placed_at), 365 * 86_400);
    // Once the service has ended a change is not allowed any more: the money goes back.
    let id = bench.running(&wecom("standard", "P1M")).await;
    bench.advance("P30DT12H").await;
    let upgrade = json!({"subscription": id, "intent": "change", "mode": "co_term",
        "selection": {"edition": "big", "quantities": {}, "options": {}}});
    let order = bench.ordered(&upgrade).await;
    bench.market.clock().advance(Duration::from_hours(13));
    let after = bench.pay(&order).await;
    assert!(matches!(after.state, OrderState::Cancelled { why: CancelWhy::NoLongerAllowed, .. }), "{after:?}");
    bench.clean().await;
}

async fn the_newer_order_takes_the_older_ones_place(bench: &Bench) {
    let id = bench.running(&example()).await;
    let first = bench.ordered(&expanded(&id, 20)).await;
    let payment = bench.payment(&first.id, &key()).await;
    let second = bench.ordered(&expanded(&id, 30)).await;
    let superseded = bench.order(&first.id).await;
    assert!(matches!(superseded.state, OrderState::Cancelled { why: CancelWhy::Superseded, .. }), "{superseded:?}");
    // What is on its way for it comes back.
    bench.play(&payment, "pay").await;
    let told = bench.told(&bench.buyer).await;
    let back = |kind: &NoticeKind| matches!(kind, NoticeKind::MoneyReturned { order, why: ReturnWhy::Superseded, .. } if *order == first.id);
    assert!(told.iter().any(back), "{told:?}");
    bench.pay(&second).await;
    assert_eq!(bench.detail(&id).await.service.subscription.quantities["yonghushu"], 30);
    // What was quoted before is quoted afresh.
    let id = bench.running(&example()).await;
    let quote = bench.quoted(&expanded(&id, 20)).await.expect("a quotation");
    bench.bought(&renewed(&id, "P1Y")).await;
    match bench.place_quote(&quote, &json!({})).await.expect_err("refused") {
        Failure::ServiceChanged(fresh, 1) => assert_eq!(fresh.lines.len(), 2, "a line for each segment"),
        other => panic!("{other:?}"),
    }
    bench.clean().await;
}

/// Both are placed; the first that is paid wins, the other is told and gets its money back.
async fn a_change_races_a_renewal(bench: &Bench) {
    for first in [true, false] {
        let id = bench.running(&example()).await;
        let renewal = bench.ordered(&renewed(&id, "P1Y")).await;
        let change = bench.ordered(&expanded(&id, 20)).await;
        let unpaid = bench.order(&renewal.id).await;
        assert!(matches!(unpaid.state, OrderState::Unpaid { .. }), "they do not take each other's place: {unpaid:?}");
        let (winner, loser) = if first { (&renewal, &change) } else { (&change, &renewal) };
        let payment = bench.payment(&loser.id, &key()).await;
        bench.pay(winner).await;
        let lost = bench.order(&loser.id).await;
        assert!(matches!(lost.state, OrderState::Cancelled { why: CancelWhy::ServiceChanged, .. }), "{lost:?}");
        bench.play(&payment, "pay").await;
        let told = bench.told(&bench.buyer).await;
        let back = |kind: &NoticeKind| matches!(kind, NoticeKind::MoneyReturned { order, why: ReturnWhy::ServiceChanged, .. } if *order == loser.id);
        assert!(told.iter().any(back), "{told:?}");
    }
    // Paid at once by two people.
    for _ in 0..10 {
        let id = bench.running(&example()).await;
        let renewal = bench.ordered(&renewed(&id, "P1Y")).await;
        let change = bench.ordered(&expanded(&id, 20)).await;
        let payments = (bench.payment(&renewal.id, &key()).await, bench.payment(&change.id, &key()).await);
        Box::pin(join(bench.play(&payments.0, "pay"), bench.play(&payments.1, "pay"))).await;
        let (renewal, change) = (bench.order(&renewal.id).await, bench.order(&change.id).await);
        let won = [&renewal, &change].map(|order| matches!(order.state, OrderState::Fulfilled { .. }));
        let lost = [&renewal, &change]
            .map(|order| matches!(order.state, OrderState::Cancelled { why: CancelWhy::ServiceChanged, .. }));
        assert!(won[0] != won[1] && lost[0] != lost[1], "{renewal:?} {change:?}");
    }
    bench.clean().await;
}

async fn late_renewals_begin_when_they_are_paid(bench: &Bench) {
    let id = bench.running(&wecom("standard", "P1M")).await;
    bench.advance("P33D").await;
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Expired { .. }));
    bench.bought(&renewed(&id, "P1M")).await;
    let service = bench.detail(&id).await.service;
    assert!(matches!(service.state, ServiceState::Active { .. }));
    let end = service.end.expect("an end");
    assert_eq!(end.since(bench.market.clock().now()), 31 * 86_400);
    // Ordered in time by transfer, and paid when it would have closed: it waits for that.
    bench.advance("P38D").await;
    let quote = bench.quoted(&renewed(&id, "P1M")).await.expect("a quotation");
    let order = bench.place_quote(&quote, &json!({"method": "transfer"})).await.expect("placed");
    bench.advance("P3D").await;
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Expired { .. }), "it waits");
    bench.confirm(&order.id, "100.00", &key()).await;
    let service = bench.detail(&id).await.service;
    assert!(matches!(service.state, ServiceState::Active { .. }), "{service:?}");
    // Too late: closed.
    bench.advance("P31D").await;
    bench.advance("P7DT1S").await;
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Closed { .. }));
    let refused = bench.quoted(&renewed(&id, "P1M")).await.expect_err("refused");
    assert!(matches!(&refused, Failure::InvalidSelection(found) if found[0].code == "renewal_too_late"), "{refused:?}");
    bench.clean().await;
}

/// Every refusal by its code.
async fn refused(bench: &Bench) {
    let id = bench.running(&example()).await;
    let team = bench.running(&wecom("standard", "P3Y")).await;
    let small = bench.running(&wecom("small", "P1M")).await;
    let unopened = bench.bought(&example()).await.services[0].clone();
    let with = |pointer: &str, value: Value| {
        let mut body = expanded(&id, 20);
        *body.pointer_mut(pointer).expect("a place") = value;
        body
    };
    let mut bigger = anew(&team, "big", "P1Y");
    bigger["selection"]["term"] = json!("P1M");
    let table = [
        (with("/selection/quantities/yonghushu", json!(9)), "downgrade_not_allowed", "/selection/quantities/yonghushu"),
        (with("/selection/quantities/yonghushu", json!(10)), "nothing_changes", "/selection"),
        (with("/selection/edition", json!("nothing")), "edition_not_for_sale", "/selection/edition"),
        (anew(&team, "gone", "P1Y"), "edition_not_for_sale", "/selection/edition"),
        (anew(&small, "standard", "P1Y"), "upgrade_not_allowed", "/selection/edition"),
        (bigger, "term_not_sold", "/selection/term"),
        (renewed(&team, "P3Y"), "renewal_too_far", "/term"),
        (renewed(&id, "P3Y"), "term_not_sold", "/term"),
        (expanded(&unopened, 20), "subscription_not_active", "/subscription"),
    ];
    for (body, expected, at) in table {
        let refused = bench.quoted(&body).await.expect_err(expected);
        let Failure::InvalidSelection(found) = &refused else { panic!("{expected}: {refused:?}") };
        let found: Vec<(&str, &str)> = found.iter().map(|it| (it.code.as_str(), it.at.as_str())).collect();
        assert_eq!(found, [(expected, at)], "{body}");
    }
    let mut other_total = renewed(&id, "P1Y");
    other_total["expected_total"] = json!("207.99");
    assert_eq!(code(&bench.quoted(&other_total).await.expect_err("refused")), "price_mismatch");
    let mut stale = renewed(&id, "P1Y");
    stale["revision"] = json!(2);
    assert_eq!(code(&bench.quoted(&stale).await.expect_err("refused")), "quote_stale");
    for (name, value) in [("mode", json!("co_term")), ("count", json!(2)), ("intent", json!("refund"))] {
        let mut odd = renewed(&id, "P1Y");
        odd[name] = value;
        assert_eq!(code(&bench.quoted(&odd).await.expect_err("refused")), "malformed", "{name}");
    }
    // Foreign looks like nonexistent; and who is not signed in, or buys nothing, is told so.
    let body = renewed(&id, "P1Y").to_string();
    let foreign = bench.market.quote(Some(&bench.other), body.as_bytes(), None).await.expect_err("refused");
    assert_eq!(code(&foreign), "service_not_found");
    let visitor = bench.market.quote(None, body.as_bytes(), None).await.expect_err("refused");
    assert_eq!(code(&visitor), "sign_in_required");
    let isv = bench.market.quote(Some(&bench.isv), body.as_bytes(), None).await.expect_err("refused");
    assert_eq!(code(&isv), "not_allowed");
    bench.clean().await;
}

/// A product that takes no new purchases is renewed and changed all the same (rule P8).
async fn not_for_sale_any_more(bench: &Bench) {
    let id = bench.running(&wecom("standard", "P1Y")).await;
    let product = NewProduct {
        slug: "wecom".to_owned(),
        visible: false,
        text: json!({"name": "企微", "intro": "", "vendor": "云帆", "category": "办公"}).to_string(),
        config: WECOM.to_owned(),
    };
    let early = bench.quoted(&renewed(&id, "P1Y")).await.expect("a quotation");
    bench.store.write(Publish { product, at: bench.market.clock().now() }).await.expect("published");
    bench.market.refresh().await.expect("refreshed");
    match bench.place_quote(&early, &json!({})).await.expect_err("refused") {
        Failure::QuoteStale(_, revision) => assert_eq!(revision, 2),
        other => panic!("{other:?}"),
    }
    bench.bought(&renewed(&id, "P1Y")).await;
    assert_eq!(bench.detail(&id).await.service.subscription.segments.len(), 2);
    assert_eq!(bench.detail(&id).await.sold.revision, 2);
}

#[tokio::test]
async fn the_story_of_changes_on_sqlite() {
    Box::pin(story(&Bench::open(None).await)).await;
}

#[tokio::test]
async fn the_story_of_changes_on_postgresql() {
    let Some(address) = fresh_database("changes").await else { return };
    Box::pin(story(&Bench::open(Some(&address)).await)).await;
}

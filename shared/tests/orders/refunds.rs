//! Refunds, and random histories with them (rules L14, O4, V3).

use proptest::prelude::*;

use shared::money::Fen;
use shared::orders::{
    Approval, Invoicing, Method, OrderState, PaidOutside, RefundFacts, RefundState, RefundTerms, Refused, Service,
    ServiceState, may_ask_refund,
};

use crate::changes::running;
use crate::desk::{fen, ten_users};
use crate::shop::{Shop, Want};

const DAY: i64 = 86_400;

fn facts(shop: &Shop, order: &str) -> RefundFacts {
    let order = &shop.orders[order];
    RefundFacts {
        last_turn: shop.last().and_then(|order| order.turn),
        services: shop.services_of(order),
        ..RefundFacts::default()
    }
}

#[test]
fn o4_who_may_ask_when() {
    let (mut shop, id) = running();
    let first = shop.services[&id].order.clone();
    let may = |shop: &Shop, change: &dyn Fn(&mut RefundFacts)| {
        let mut facts = facts(shop, &first);
        change(&mut facts);
        may_ask_refund(&shop.orders[&first], &facts, shop.now)
    };
    let terms = may(&shop, &|_| {}).expect("it may");
    let until = shop.orders[&first].paid_at().and_then(|at| at.plus_seconds(10 * DAY));
    let amount = shop.orders[&first].amount.due();
    let whole = RefundTerms { amount, via: Method::Sandbox, review: true, until, ends: None, unpaid: 0 };
    assert_eq!(terms, whole);
    assert_eq!(may(&shop, &|facts| facts.invoicing = Invoicing::Issued), Err(Refused::RefundInvoiced));
    assert_eq!(may(&shop, &|facts| facts.invoicing = Invoicing::Open), Err(Refused::RefundInvoiceOpen));
    assert_eq!(may(&shop, &|facts| facts.outside = PaidOutside::Recorded), Err(Refused::RefundOfflineOpen));
    assert_eq!(may(&shop, &|facts| facts.outside = PaidOutside::Confirmed), Err(Refused::RefundOffline));
    assert_eq!(may(&shop, &|facts| facts.under_review = true), Err(Refused::RefundUnderReview));
    assert_eq!(may(&shop, &|facts| facts.last_turn = Some(2)), Err(Refused::RefundNotLast));
    shop.later(10 * DAY);
    assert_eq!(may(&shop, &|_| {}), Ok(whole), "10 × 24 h");
    shop.later(1);
    assert_eq!(may(&shop, &|_| {}), Err(Refused::RefundTooLate));
    // Before all that its buyer could do something about, and would for nothing.
    let mended: [fn(&mut RefundFacts); 3] = [
        |facts| facts.invoicing = Invoicing::Open,
        |facts| facts.outside = PaidOutside::Recorded,
        |facts| facts.last_turn = Some(9),
    ];
    for wrong in mended {
        assert_eq!(may(&shop, &wrong), Err(Refused::RefundTooLate));
    }
    let unopened = |facts: &mut RefundFacts| facts.services[0].opened = None;
    let at_once = RefundTerms { review: false, until: None, ..whole };
    assert_eq!(may(&shop, &unopened), Ok(at_once), "long after, if it was never opened");
    let (end, renewal) = (shop.services[&id].end(), shop.order(&id, &Want::Renew("P1Y")).expect("placed"));
    shop.pay(&renewal);
    let of_renewal = may_ask_refund(&shop.orders[&renewal], &facts(&shop, &renewal), shop.now).expect("it may");
    assert_eq!((of_renewal.ends, of_renewal.unpaid), (end, 0), "the service ends as before the renewal");
    let unpaid = shop.order(&id, &Want::Renew("P1Y")).expect("placed");
    let facts = facts(&shop, &unpaid);
    assert_eq!(may_ask_refund(&shop.orders[&unpaid], &facts, shop.now), Err(Refused::RefundNotPaid));
}

#[test]
fn o4_72_hours_without_an_answer_are_a_yes() {
    let (mut shop, id) = running();
    let refund = shop.ask(&shop.services[&id].order.clone()).expect("asked for");
    shop.later(3 * DAY - 1);
    assert!(matches!(shop.refunds[&refund].state, RefundState::Reviewing { .. }));
    shop.later(1);
    assert!(matches!(shop.refunds[&refund].state, RefundState::Refunding { by: Approval::NoAnswer, .. }));
    assert_eq!(shop.approve(&refund), Err(Refused::RefundNotReviewing));
    shop.later(1);
    assert!(matches!(shop.refunds[&refund].state, RefundState::Refunded { .. }));
    assert!(matches!(shop.services[&id].state, ServiceState::Closed { .. }));
}

#[test]
fn o4_the_refund_of_the_last_of_ten_expansions_restores_the_ninth_exactly() {
    let (mut shop, id) = running();
    let mut before = shop.services[&id].clone();
    for n in 1..=10 {
        shop.later(12 * DAY + 77);
        before = shop.services[&id].clone();
        let order = shop.order(&id, &Want::CoTerm(10 + n, "standard")).expect("placed");
        shop.pay(&order);
    }
    shop.later(9 * DAY);
    let last = shop.last().expect("a last").id.clone();
    let paid = shop.orders[&last].amount.due();
    let refund = shop.ask(&last).expect("asked for");
    shop.approve(&refund).expect("approved");
    let after = shop.services[&id].clone();
    assert_eq!(after.refunded, paid);
    assert_eq!(Service { paid: before.paid, refunded: Fen::ZERO, ..after }, before);
}

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Happening {
    Buy,
    Renew(usize, bool),
    Expand(usize, u32),
    Anew(usize, u32, bool),
    Upgrade(usize, bool),
    Pay(usize),
    Ask,
    Approve,
    Open(usize),
    Wait(i64),
}

fn happening() -> impl Strategy<Value = Happening> {
    let which = 0..4_usize;
    prop_oneof![
        1 => Just(Happening::Buy),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, year)| Happening::Renew(which, year)),
        4 => (which.clone(), 1..40_u32).prop_map(|(which, more)| Happening::Expand(which, more)),
        3 => (which.clone(), 0..40_u32, any::<bool>()).prop_map(|(which, more, year)| Happening::Anew(which, more, year)),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, keep)| Happening::Upgrade(which, keep)),
        7 => which.clone().prop_map(Happening::Pay),
        3 => Just(Happening::Ask),
        3 => Just(Happening::Approve),
        3 => which.prop_map(Happening::Open),
        5 => prop_oneof![0..3600_i64, 0..2 * DAY, 0..40 * DAY, 0..400 * DAY].prop_map(Happening::Wait),
    ]
}

fn happen(shop: &mut Shop, happening: &Happening) {
    let pick = |shop: &Shop, which: usize| {
        let count = shop.services.len().max(1);
        shop.services.keys().nth(which % count).cloned()
    };
    let users = |shop: &Shop, id: &str| shop.services[id].subscription.quantities.get("users").copied().unwrap_or(10);
    let wanted = match *happening {
        Happening::Renew(which, year) => {
            pick(shop, which).map(|id| (id, Want::Renew(if year { "P1Y" } else { "P1M" })))
        }
        Happening::Expand(which, more) => {
            pick(shop, which).map(|id| (id.clone(), Want::CoTerm(users(shop, &id) + more, "standard")))
        }
        Happening::Anew(which, more, year) => pick(shop, which).map(|id| {
            let term = if year { "P1Y" } else { "P1M" };
            (id.clone(), Want::ReTerm(users(shop, &id) + more, "standard", term))
        }),
        Happening::Upgrade(which, true) => pick(shop, which).map(|id| (id, Want::CoTerm(0, "plain"))),
        Happening::Upgrade(which, false) => pick(shop, which).map(|id| (id, Want::ReTerm(0, "plain", "P1Y"))),
        _ => None,
    };
    if let Some((id, want)) = wanted {
        drop(shop.order(&id, &want));
        return;
    }
    match *happening {
        Happening::Buy => drop(shop.buy(ten_users(1), "208.00")),
        Happening::Pay(which) => {
            let unpaid: Vec<String> = shop.unpaid().map(|order| order.id.clone()).collect();
            if let Some(id) = unpaid.get(which % unpaid.len().max(1)) {
                shop.pay(id);
            }
        }
        Happening::Ask => {
            if let Some(id) = shop.last().map(|order| order.id.clone()) {
                drop(shop.ask(&id));
            }
        }
        Happening::Approve => approve(shop),
        Happening::Open(which) => {
            if let Some(id) = pick(shop, which) {
                drop(shop.open_service(&id));
            }
        }
        Happening::Wait(seconds) => shop.later(seconds),
        _ => {}
    }
}

/// What a refund puts back, it puts back exactly.
fn approve(shop: &mut Shop) {
    let reviewing = shop.refunds.values().find(|it| matches!(it.state, RefundState::Reviewing { .. }));
    let Some((id, order)) = reviewing.map(|it| (it.id.clone(), shop.orders[&it.order].clone())) else { return };
    if shop.approve(&id).is_err() {
        return;
    }
    for service in &order.services {
        let service = &shop.services[service];
        match &order.before {
            Some(before) => {
                assert_eq!(service.subscription, before.subscription);
                assert_eq!((service.forfeited, &service.order), (before.forfeited, &before.order));
            }
            None => assert!(matches!(service.state, ServiceState::Closed { .. })),
        }
    }
    assert!(matches!(shop.orders[&order.id].state, OrderState::Refunded { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn l14_money_is_conserved_over_any_history(happenings in prop::collection::vec(happening(), 0..60)) {
        let (mut shop, _) = running();
        for happening in &happenings {
            happen(&mut shop, happening);
        }
        // Ten years later all has ended, and everything that was paid in is accounted for.
        shop.later(3653 * DAY);
        // What was approved last has been sent a second later.
        shop.later(1);
        prop_assert_eq!(shop.unpaid().count(), 0);
        for service in shop.services.values() {
            prop_assert!(matches!(service.state, ServiceState::Closed { .. }), "{:?}", service);
            prop_assert_eq!(service.paid, service.consumed + service.forfeited + service.refunded);
        }
        for order in shop.orders.values() {
            prop_assert_eq!(order.kept, fen("0.00"), "{:?}", order);
        }
    }
}

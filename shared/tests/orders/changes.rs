//! Renewals and changes as orders (rules L3, L6–L9, O1, O2).

use shared::lifecycle::{ChangeMode, change};
use shared::money::Fen;
use shared::orders::{CancelWhy, OrderKind, OrderState, Outcome, ReturnWhy, ServiceState};
use shared::pricing::RawSelection;

use crate::desk::{fen, ten_users};
use crate::shop::{Shop, Want};

const DAY: i64 = 86_400;

/// 208.00 a year for ten users, paid and opened.
pub(crate) fn running() -> (Shop, String) {
    let mut shop = Shop::open();
    let order = shop.buy(ten_users(1), "208.00").expect("placed");
    shop.pay(&order);
    let service = shop.orders[&order].services[0].clone();
    shop.open_service(&service).expect("opened");
    (shop, service)
}

#[test]
fn l7_ten_expansions_on_ten_days_are_the_evaluators_chain_to_the_fen() {
    let (mut shop, id) = running();
    let mut evaluated = shop.services[&id].subscription.clone();
    let mut paid = fen("208.00");
    for n in 1..=10_u32 {
        shop.later(17 * DAY + 12_345 + i64::from(n));
        let users = 10 + n * n;
        let raw = RawSelection { quantities: vec![("users", Some(i64::from(users)))], ..evaluated.as_raw() };
        let quote = change(&shop.offer, &evaluated, &raw, ChangeMode::CoTerm, shop.now, None).expect("a quote");
        paid = paid + quote.due;
        let order = shop.order(&id, &Want::CoTerm(users, "standard")).expect("placed");
        assert_eq!(shop.orders[&order].amount.quoted, quote.due);
        assert!(matches!(shop.pay(&order), Outcome::Settled { excess: Fen::ZERO }));
        evaluated = quote.after[0].clone();
        assert_eq!(shop.services[&id].subscription, evaluated, "{n}");
        assert_eq!(shop.services[&id].paid, paid, "{n}");
    }
}

#[test]
fn an_order_is_called_what_it_does() {
    for (want, kind) in [
        (Want::Renew("P1Y"), OrderKind::Renewal),
        (Want::CoTerm(11, "standard"), OrderKind::Expansion),
        (Want::ReTerm(11, "standard", "P1Y"), OrderKind::Expansion),
        (Want::ReTerm(10, "standard", "P1Y"), OrderKind::Extension),
        (Want::ReTerm(0, "plain", "P1Y"), OrderKind::Upgrade),
        (Want::CoTerm(0, "plain"), OrderKind::Upgrade),
    ] {
        let (mut shop, id) = running();
        shop.later(DAY);
        let order = shop.order(&id, &want).expect("placed");
        assert_eq!(shop.orders[&order].kind, kind);
        assert_eq!(shop.orders[&order].on.as_ref().expect("a service").service, id);
    }
}

#[test]
fn o2_what_is_evaluated_again_at_payment() {
    // A change that keeps the end: as of its payment; the rest goes back.
    let (mut shop, id) = running();
    let order = shop.order(&id, &Want::CoTerm(20, "standard")).expect("placed");
    assert_eq!(shop.orders[&order].amount.due(), fen("100.00"));
    shop.later(DAY / 2);
    // 100.00 × 364.5 / 365, rounded up.
    assert_eq!(shop.pay(&order), Outcome::Settled { excess: fen("0.13") });
    assert_eq!(shop.orders[&order].amount.due(), fen("99.87"));
    assert_eq!(shop.orders[&order].amount.reduced, Some(fen("99.87")));

    // A new term: as of its placing.
    let (mut shop, id) = running();
    shop.later(DAY);
    let order = shop.order(&id, &Want::ReTerm(20, "standard", "P1Y")).expect("placed");
    let placed = shop.now;
    shop.later(DAY / 2);
    assert!(matches!(shop.pay(&order), Outcome::Settled { excess: Fen::ZERO }));
    assert_eq!(shop.services[&id].subscription.segments[0].start, placed);

    // … also where what there was has ended meanwhile: it was not consumed after all.
    let (mut shop, id) = running();
    shop.later(365 * DAY - 3600);
    let order = shop.order(&id, &Want::ReTerm(20, "standard", "P1Y")).expect("placed");
    shop.later(7200);
    assert!(matches!(shop.services[&id].state, ServiceState::Expired { .. }));
    assert!(matches!(shop.pay(&order), Outcome::Settled { .. }));
    assert!(matches!(shop.services[&id].state, ServiceState::Active { .. }));

    // A change that keeps an end that has passed is not allowed any more.
    let (mut shop, id) = running();
    shop.later(365 * DAY - 3600);
    let order = shop.order(&id, &Want::CoTerm(1000, "standard")).expect("placed");
    shop.later(7200);
    let Outcome::Returned { why, .. } = shop.pay(&order) else { panic!("it goes back") };
    assert_eq!(why, ReturnWhy::NoLongerAllowed);

    // A renewal: in time if it was placed in time, from its payment on if that was late.
    let (mut shop, id) = running();
    shop.later(372 * DAY - 60);
    let order = shop.order(&id, &Want::Renew("P1M")).expect("placed in time");
    shop.later(3600);
    assert!(matches!(shop.services[&id].state, ServiceState::Expired { .. }), "it waits for what was ordered");
    assert!(matches!(shop.pay(&order), Outcome::Settled { .. }));
    assert_eq!(shop.services[&id].subscription.segments[0].start, shop.now);
    // Had it not been paid, the service would have closed with the order.
    let (mut shop, id) = running();
    shop.later(372 * DAY - 60);
    shop.order(&id, &Want::Renew("P1M")).expect("placed in time");
    shop.later(DAY);
    assert!(matches!(shop.services[&id].state, ServiceState::Closed { .. }));
}

#[test]
fn o2_the_newer_takes_the_olders_place_and_the_first_paid_wins() {
    let (mut shop, id) = running();
    let first = shop.order(&id, &Want::CoTerm(20, "standard")).expect("placed");
    let renewal = shop.order(&id, &Want::Renew("P1Y")).expect("placed");
    let second = shop.order(&id, &Want::ReTerm(30, "standard", "P1Y")).expect("placed");
    let why = |shop: &Shop, id: &str| match shop.orders[id].state {
        OrderState::Cancelled { why, .. } => Some(why),
        _ => None,
    };
    assert_eq!((why(&shop, &first), why(&shop, &renewal)), (Some(CancelWhy::Superseded), None));
    assert!(matches!(shop.pay(&first), Outcome::Returned { why: ReturnWhy::Superseded, .. }));
    assert!(matches!(shop.pay(&second), Outcome::Settled { .. }));
    assert_eq!(why(&shop, &renewal), Some(CancelWhy::ServiceChanged));
    assert!(matches!(shop.pay(&renewal), Outcome::Returned { why: ReturnWhy::ServiceChanged, .. }));
}

#[test]
fn o1_what_takes_away_is_confirmed_by_its_amount() {
    let (mut shop, id) = running();
    let big = shop.order(&id, &Want::CoTerm(1000, "standard")).expect("placed");
    shop.pay(&big);
    // 1.00 a year for what is worth thousands.
    let order = shop.order(&id, &Want::ReTerm(0, "plain", "P1Y")).expect("the shop confirms what is quoted");
    assert!(matches!(shop.orders[&order].state, OrderState::Fulfilled { .. }), "nothing is due");
    assert_eq!(shop.services[&id].forfeited, shop.services[&id].paid - fen("1.00"));
}

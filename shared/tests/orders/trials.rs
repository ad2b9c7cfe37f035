//! Trials (rule L13).

use std::collections::BTreeMap;

use shared::lifecycle::{ExtraTrial, SegmentKind, TrialTerms};
use shared::money::Fen;
use shared::orders::{
    Access, Effect, Method, NewTrial, NoticeKind, Order, OrderKind, OrderState, Outcome, Refused, Service,
    ServiceState, access, begin_trial, close_service, expire, extra_trial, fulfil, notice_end, opened,
};

use crate::desk::{Desk, NOON, at, fen, new_order, once, seed, ten_users};

const DAY: i64 = 86_400;

fn new_trial(edition: &str, options: &[(&str, &str)]) -> NewTrial {
    NewTrial {
        order: "T".to_owned(),
        enterprise: "buyer".to_owned(),
        isv: "isv".to_owned(),
        product: "data".to_owned(),
        revision: 1,
        edition: edition.to_owned(),
        options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        agreement: 1,
    }
}

pub(crate) fn begun(edition: &str, options: &[(&str, &str)]) -> (Order, Service) {
    let step = begin_trial(new_trial(edition, options), false, &seed(), at(NOON)).expect("a trial");
    let service = step.effects.into_iter().find_map(|effect| match effect {
        Effect::Create(service) => Some(service),
        _ => None,
    });
    (step.after, service.expect("a service"))
}

fn standard() -> Service {
    begun("standard", &[("model", "WAP")]).1
}

/// Opened, after so many seconds.
fn running(service: Service, seconds: i64) -> (Service, Vec<Effect>) {
    let step = opened(service, at(NOON).plus_seconds(seconds).expect("in range")).expect("opened");
    (step.after, step.effects)
}

#[test]
fn l13_edition_and_options_are_picked_and_quantities_are_the_minimum() {
    let (order, service) = begun("standard", &[("model", "WAP")]);
    assert_eq!((order.kind, order.state), (OrderKind::Trial, OrderState::Paid { at: at(NOON) }));
    assert_eq!((order.amount.due(), order.selection.term), (Fen::ZERO, None));
    assert_eq!((service.id.as_str(), order.services.as_slice()), ("T-1", &["T-1".to_owned()][..]));
    assert_eq!(service.subscription.quantities, BTreeMap::from([("users".to_owned(), 5)]));
    assert_eq!(service.subscription.options, BTreeMap::from([("model".to_owned(), "WAP".to_owned())]));
    assert!(service.subscription.trial && service.subscription.segments.is_empty());
    assert_eq!(service.trial, Some(TrialTerms { days: 7, extra: ExtraTrial::Offered { days: 3 } }));
}

#[test]
fn l13_what_cannot_be_tried() {
    let (seed, once) = (seed(), once());
    let model = [("model", "WAP")];
    let trial =
        |offer, edition, options, taken| begin_trial(new_trial(edition, options), taken, offer, at(NOON)).map(|_| ());
    assert_eq!(trial(&seed, "plain", &[], false), Err(Refused::TrialNotOffered));
    assert_eq!(trial(&seed, "standard", &model, true), Err(Refused::TrialTaken));
    let found = |answer| match answer {
        Err(Refused::Selection(violations)) => violations.into_iter().map(|wrong| (wrong.code, wrong.at)).collect(),
        _ => Vec::new(),
    };
    let one = |code: &str, place: &str| vec![(code.to_owned(), place.to_owned())];
    assert_eq!(found(trial(&seed, "standard", &[], false)), one("charge_missing", "/selection/options/model"));
    assert_eq!(
        found(trial(&seed, "standard", &[("model", "PC")], false)),
        one("option_unknown", "/selection/options/model")
    );
    assert_eq!(found(trial(&seed, "gone", &[], false)), one("edition_not_for_sale", "/selection/edition"));
    assert_eq!(found(trial(&seed, "no", &[], false)), one("edition_not_for_sale", "/selection/edition"));
    assert_eq!(trial(&once, "standard", &[], false), Err(Refused::TrialNotOffered), "sold for good");
}

#[test]
fn l13_it_starts_when_opened_and_lasts_its_days() {
    let (order, service) = begun("standard", &[("model", "WAP")]);
    let (service, _) = running(service, 3 * DAY);
    let end = at(NOON).plus_seconds(10 * DAY).expect("in range");
    assert_eq!(service.end(), Some(end));
    let [segment] = service.subscription.segments.as_slice() else { panic!("one segment") };
    assert_eq!((segment.kind, segment.paid, segment.term_seconds), (SegmentKind::Trial, Fen::ZERO, 7 * DAY));
    assert_eq!(access(&service, end.plus_seconds(-1).expect("in range")), Access::Usable { until: Some(end) });
    let fulfilled = fulfil(&order, &[service], end).expect("its service is open");
    assert_eq!(fulfilled.effects, [], "nothing is payable");
}

#[test]
fn l5_a_short_trial_is_noticed_at_its_start_a_longer_one_7_days_before_its_end() {
    for (edition, options, days) in [("standard", &[("model", "WAP")][..], 0), ("long", &[][..], 23)] {
        let (service, effects) = running(begun(edition, options).1, 0);
        let when = at(NOON).plus_seconds(days * DAY).expect("in range");
        let due: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Due(due) => Some((due.at, due.work.to_string())),
                _ => None,
            })
            .collect();
        let end = service.end().expect("an end");
        assert_eq!(due, [(when, "notice_end:T-1".to_owned()), (end, "expire:T-1".to_owned())], "{edition}");
        let told = notice_end(service.clone(), when).expect(edition);
        let [Effect::Notify(notice)] = &told.effects[..] else { panic!("{edition}") };
        assert_eq!(notice.kind, NoticeKind::TrialEnds { service: "T-1".to_owned(), end });
        assert_eq!(notice_end(service.clone(), when.plus_seconds(-1).expect("in range")), None, "{edition}");
    }
}

#[test]
fn l13_one_extra_trial_after_the_end_and_until_it_closes() {
    let (service, _) = running(standard(), 0);
    let end = service.end().expect("an end");
    let extra = |service: &Service, seconds| extra_trial(service.clone(), end.plus_seconds(seconds).expect("in range"));
    assert_eq!(extra(&service, -1).map(|_| ()), Err(Refused::ExtraTrialNotNow));
    // Whether or not the expiry has been noted.
    let expired = expire(service.clone(), end).expect("the end").after;
    for service in [&service, &expired] {
        for seconds in [0, 7 * DAY] {
            let taken = extra(service, seconds).expect("in time").after;
            let now = end.plus_seconds(seconds).expect("in range");
            assert_eq!(taken.state, ServiceState::Active { since: now });
            assert_eq!(taken.end(), now.plus_seconds(3 * DAY));
            assert_eq!(taken.subscription.segments.len(), 2);
            assert!(matches!(access(&taken, now), Access::Usable { .. }));
            assert_eq!(extra(&taken, seconds).map(|_| ()), Err(Refused::ExtraTrialTaken));
        }
        assert_eq!(extra(service, 7 * DAY + 1).map(|_| ()), Err(Refused::ExtraTrialNotNow));
    }
    let closed = close_service(expired, None, end.plus_seconds(7 * DAY + 1).expect("in range")).expect("closed").after;
    assert_eq!(extra(&closed, 7 * DAY + 1).map(|_| ()), Err(Refused::ExtraTrialNotNow));
    let (long, _) = running(begun("long", &[]).1, 0);
    assert_eq!(extra(&long, 30 * DAY).map(|_| ()), Err(Refused::ExtraTrialNotOffered));
    assert_eq!(extra(&standard(), 0).map(|_| ()), Err(Refused::ExtraTrialNotNow), "not begun");
}

/// Buys two while `trial` stands, and pays at noon.
fn bought(trial: Service) -> Desk {
    let new = new_order(ten_users(2), "416.00", Method::Sandbox);
    let mut desk = Desk::placed_with(seed(), new, Some(trial));
    let settled = desk.receive("t", fen("416.00"), Method::Sandbox);
    assert_eq!(settled, Ok(Outcome::Settled { excess: Fen::ZERO }));
    desk
}

/// The trial, opened so many days before noon.
fn opened_before(days: i64) -> Service {
    running(standard(), -days * DAY).0
}

#[test]
fn l13_buying_turns_the_same_service_into_a_paid_one_at_once() {
    let expired = |service: Service| expire(service, at(NOON)).expect("it has ended").after;
    let still = |service: &Service| service.state;
    // The trial → the state of the paid service.
    let provisioning = standard();
    let trying = opened_before(3);
    let ended = opened_before(14);
    let cases = [
        (provisioning.clone(), still(&provisioning)),
        (trying.clone(), still(&trying)),
        (expired(opened_before(7)), ServiceState::Active { since: at(NOON) }),
        // 7 × 24 h after its end, to the second.
        (expired(ended), ServiceState::Active { since: at(NOON) }),
    ];
    for (trial, state) in cases {
        let was_open = trial.opened.is_some();
        let mut desk = bought(trial);
        assert_eq!(desk.order.services, ["T-1", "A-2"]);
        let service = &desk.services["T-1"];
        assert_eq!((service.state, service.trial, service.order.as_str()), (state, None, "A"));
        assert_eq!((service.paid, service.subscription.quantities["users"]), (fen("208.00"), 10));
        assert_eq!(service.end(), Some(at("2027-01-01T12:00:00+08:00")));
        assert!(!service.subscription.trial);
        assert_eq!(matches!(access(service, at(NOON)), Access::Usable { .. }), was_open);
        // The order waits for what is not open yet.
        assert!(matches!(desk.order.state, OrderState::Paid { .. }));
        for id in ["T-1", "A-2"] {
            if desk.services[id].opened.is_none() {
                desk.serve(id, opened).expect("opened");
            }
        }
        assert!(matches!(desk.order.state, OrderState::Fulfilled { .. }));
        assert_eq!(extra_trial(desk.services["T-1"].clone(), desk.now).map(|_| ()), Err(Refused::ExtraTrialNotOffered));
    }
}

#[test]
fn l13_a_closed_trial_stays_closed() {
    // More than 7 × 24 h after its end, whether or not its close has been noted.
    let mut late = opened_before(14);
    late.subscription.segments[0].end = late.subscription.segments[0].end.plus_seconds(-1).expect("in range");
    let noted =
        close_service(expire(late.clone(), at(NOON)).expect("ended").after, None, at(NOON)).expect("closed").after;
    for trial in [late, noted] {
        let desk = bought(trial.clone());
        assert_eq!(desk.order.services, ["A-1", "A-2"]);
        assert_eq!(desk.services["T-1"], trial);
    }
}

#[test]
fn a_trial_that_runs_is_fulfilled_as_it_is_paid() {
    let new = new_order(ten_users(1), "208.00", Method::Sandbox);
    let mut desk = Desk::placed_with(seed(), new, Some(opened_before(3)));
    desk.receive("t", fen("208.00"), Method::Sandbox).expect("paid");
    assert_eq!(desk.order.state, OrderState::Fulfilled { paid_at: desk.now, at: desk.now });
    // Another enterprise's trial is nobody's business.
    let foreign = Service { enterprise: "other".to_owned(), ..opened_before(3) };
    let new = new_order(ten_users(1), "208.00", Method::Sandbox);
    let mut desk = Desk::placed_with(seed(), new, Some(foreign));
    desk.receive("t", fen("208.00"), Method::Sandbox).expect("paid");
    assert_eq!(desk.order.services, ["A-1"]);
}

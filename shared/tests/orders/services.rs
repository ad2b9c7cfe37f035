//! Opening, notices, expiry, close and access (rules L1, L4, L5, V7).

use shared::calendar::Timestamp;
use shared::orders::{
    Access, Due, DueWork, Effect, Method, NoticeKind, OrderState, Refused, ServiceState, WhyNot, access, any_usable,
    close_service, expire, notice_end, opened,
};

use crate::desk::{Desk, NOON, at, fen, for_good, once};

/// Paid at noon of 1 January 2026, for a year.
fn paid() -> Desk {
    let mut desk = Desk::seed(Method::Sandbox);
    desk.receive("t", fen("208.00"), Method::Sandbox).expect("paid");
    desk
}

const END: &str = "2027-01-01T12:00:00+08:00";

fn plus(instant: &str, seconds: i64) -> Timestamp {
    at(instant).plus_seconds(seconds).expect("in range")
}

#[test]
fn l1_a_service_is_opened_once() {
    let mut desk = paid();
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Not(WhyNot::NotOpened));
    desk.later(60);
    desk.serve("A-1", opened).expect("opened");
    assert_eq!(desk.services["A-1"].state, ServiceState::Active { since: desk.now });
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Usable { until: Some(at(END)) });
    assert!(matches!(desk.order.state, OrderState::Fulfilled { .. }));
    assert_eq!(desk.balance("payable:isv"), -20_800);
    assert_eq!(desk.serve("A-1", opened), Err(Refused::ServiceNotProvisioning));
}

#[test]
fn l4_l5_the_work_that_the_end_brings() {
    let desk = paid();
    let due = |work: DueWork, when| Due { at: when, work };
    assert_eq!(
        desk.due[1..],
        [
            due(DueWork::NoticeEnd("A-1".to_owned()), plus(END, -7 * 86_400)),
            due(DueWork::Expire("A-1".to_owned()), at(END)),
            due(DueWork::NotOpened("A".to_owned()), plus(NOON, 86_400))
        ]
    );
    let service = &desk.services["A-1"];
    assert_eq!(notice_end(service.clone(), plus(END, -7 * 86_400 - 1)), None);
    let told = notice_end(service.clone(), plus(END, -7 * 86_400)).expect("7 days before");
    let [Effect::Notify(notice)] = &told.effects[..] else { panic!("one notice") };
    assert_eq!(notice_end(told.after, plus(END, -86_400)), None, "once for each end");
    assert_eq!(notice.kind, NoticeKind::ServiceEnds { service: "A-1".to_owned(), end: at(END) });
    assert_eq!(notice_end(service.clone(), at(END)), None, "it has ended");
}

#[test]
fn l4_expiry_at_the_end_and_close_more_than_7_days_later() {
    let mut desk = paid();
    desk.serve("A-1", opened).expect("opened");
    let expired =
        |desk: &mut Desk| desk.serve("A-1", |service, now| expire(service, now).ok_or(Refused::OrderNotUnpaid));
    let closed = |desk: &mut Desk| {
        desk.serve("A-1", |service, now| close_service(service, None, now).ok_or(Refused::OrderNotUnpaid))
    };
    desk.now = plus(END, -1);
    assert!(expired(&mut desk).is_err());
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Usable { until: Some(at(END)) });
    desk.now = at(END);
    // The end of its time decides, not whether the due work has been done.
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Not(WhyNot::Expired { at: at(END) }));
    expired(&mut desk).expect("the end");
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Not(WhyNot::Expired { at: at(END) }));
    assert_eq!((desk.balance("consumed:A-1"), desk.balance("remaining:A-1")), (-20_800, 0));
    assert!(expired(&mut desk).is_err(), "once");
    let week = plus(END, 7 * 86_400);
    let last = desk.due.last().expect("due work");
    assert_eq!((last.at, &last.work), (plus(END, 7 * 86_400 + 1), &DueWork::CloseService("A-1".to_owned())));
    desk.now = week;
    assert!(closed(&mut desk).is_err(), "at 7 × 24 h it can still be renewed");
    desk.later(1);
    closed(&mut desk).expect("a second later");
    let state = ServiceState::Closed { at: plus(END, 7 * 86_400 + 1) };
    assert_eq!(desk.services["A-1"].state, state);
    assert_eq!(access(&desk.services["A-1"], desk.now), Access::Not(WhyNot::Closed { at: desk.now }));
    assert!(closed(&mut desk).is_err(), "once");
}

#[test]
fn a_paid_term_runs_out_unopened() {
    let mut desk = paid();
    desk.now = at(END);
    assert_eq!(desk.serve("A-1", opened), Err(Refused::ServiceNotProvisioning));
    desk.serve("A-1", |service, now| Ok(expire(service, now).expect("the end"))).expect("expired");
    assert_eq!(desk.services["A-1"].state, ServiceState::Expired { at: at(END) });
    assert!(matches!(desk.order.state, OrderState::Paid { .. }));
}

#[test]
fn v7_an_enterprise_can_use_a_product_if_it_can_use_any_service_of_it() {
    let mut desk = Desk::placed(once(), for_good(2), "214.00", Method::Sandbox);
    desk.receive("t", fen("214.00"), Method::Sandbox).expect("paid");
    assert!(!any_usable(desk.services.values(), desk.now));
    assert!(!any_usable([], desk.now));
    desk.serve("A-2", opened).expect("opened");
    assert!(any_usable(desk.services.values(), desk.now));
    assert_eq!(access(&desk.services["A-2"], at("2999-01-01T00:00:00Z")), Access::Usable { until: None });
    assert_eq!(expire(desk.services["A-2"].clone(), at("2999-01-01T00:00:00Z")), None);
}

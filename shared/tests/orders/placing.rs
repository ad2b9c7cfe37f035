//! Placing, repricing, cancelling and closing (rules O1, O2, L2).

use shared::lifecycle::SegmentKind;
use shared::money::Fen;
use shared::orders::{
    CancelWhy, DueWork, Method, NoticeKind, OrderState, Outcome, Recipient, Refused, Settling, cancel, close, pay_by,
    place, reprice,
};

use crate::desk::{Desk, NOON, at, fen, for_good, free, new_order, once, seed, ten_users};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn to_isv() -> Recipient {
    Recipient::Organisation("isv".to_owned())
}

#[test]
fn o1_an_expired_or_wrong_quotation_makes_no_order() {
    let offer = seed();
    let with = Settling::first(&offer);
    let placed = |new, seconds| place(new, &with, at(NOON).plus_seconds(seconds).expect("in range"));
    let new = || new_order(ten_users(1), "208.00", Method::Sandbox);
    assert!(placed(new(), 899).is_ok());
    assert_eq!(placed(new(), 900).map(|_| ()), Err(Refused::QuoteExpired));
    let wrong = new_order(ten_users(1), "207.99", Method::Sandbox);
    assert_eq!(placed(wrong, 0).map(|_| ()), Err(Refused::AmountMismatch));
    let mut few = ten_users(1);
    few.quantities.insert("users".to_owned(), 4);
    let Err(Refused::Selection(violations)) = placed(new_order(few, "148.00", Method::Sandbox), 0) else {
        panic!("four users are too few")
    };
    let found: Vec<_> = violations.iter().map(|wrong| (wrong.code.as_str(), wrong.at.as_str())).collect();
    assert_eq!(found, [("quantity_below_minimum", "/selection/quantities/users")]);
}

#[test]
fn o2_an_order_closes_24_hours_after_placing_and_7_days_where_it_is_paid_by_transfer() {
    for (method, seconds) in [(Method::Sandbox, DAY), (Method::Transfer, 7 * DAY)] {
        let mut desk = Desk::seed(method);
        let closes_at = at(NOON).plus_seconds(seconds).expect("in range");
        assert_eq!(desk.order.state, OrderState::Unpaid { closes_at });
        let due: Vec<_> = desk.due.iter().map(|due| (due.at, due.work.clone())).collect();
        assert_eq!(due, [(closes_at, DueWork::CloseOrder("A".to_owned()))]);
        desk.later(seconds - 1);
        assert_eq!(close(desk.order.clone(), desk.now), None, "a second early");
        desk.later(1);
        // In that very second nothing else can be done any more, whether or not the due work was.
        for refused in [
            desk.step(|order, _, now| cancel(order, now)),
            desk.step(|order, _, now| pay_by(order, Method::Transfer, now)),
            desk.step(|order, with, now| reprice(order, fen("1.00"), "a", with, now)),
        ] {
            assert_eq!(refused, Err(Refused::OrderNotUnpaid));
        }
        desk.later(5 * HOUR);
        desk.step(|order, _, now| Ok(close(order, now).expect("due"))).expect("closes");
        assert_eq!(desk.order.state, OrderState::Cancelled { at: closes_at, why: CancelWhy::NotPaid });
        let told = NoticeKind::OrderClosed { order: "A".to_owned(), why: CancelWhy::NotPaid };
        assert!(desk.told.contains(&(Recipient::Organisation("buyer".to_owned()), told)));
        assert_eq!(close(desk.order.clone(), desk.now), None, "once");
    }
}

#[test]
fn o2_416_for_two_repriced_to_400_01_makes_200_01_and_200() {
    let mut desk = Desk::placed(seed(), ten_users(2), "416.00", Method::Sandbox);
    desk.step(|order, with, now| reprice(order, fen("400.01"), " 老客户优惠 ", with, now)).expect("repriced");
    let repriced = desk.order.amount.repriced.clone().expect("both prices stay visible");
    assert_eq!((desk.order.amount.quoted, repriced.amount), (fen("416.00"), fen("400.01")));
    assert_eq!(repriced.reason, "老客户优惠");
    assert_eq!(desk.receive("t", fen("416.00"), Method::Sandbox), Ok(Outcome::Mismatch { expected: fen("400.01") }));
    let paid = desk.receive("u", fen("400.01"), Method::Sandbox);
    assert_eq!(paid, Ok(Outcome::Settled { excess: Fen::ZERO }));
    let services: Vec<_> =
        desk.services.values().map(|service| (service.id.as_str(), service.paid.to_string())).collect();
    assert_eq!(services, [("A-1", "200.01".to_owned()), ("A-2", "200.00".to_owned())]);
    assert_eq!(desk.order.services, ["A-1", "A-2"]);
    for service in desk.services.values() {
        let [segment] = service.subscription.segments.as_slice() else { panic!("one segment") };
        assert_eq!((segment.paid, segment.start), (service.paid, desk.now));
        assert_eq!(segment.end, at("2027-01-01T12:00:00+08:00"));
        assert!(matches!(segment.kind, SegmentKind::Paid(..)));
    }
}

#[test]
fn o2_repricing_has_its_limits() {
    let mut desk = Desk::seed(Method::Sandbox);
    let long = "长".repeat(201);
    for (amount, reason, refused) in [
        ("208.00", "same", Refused::RepriceAmountInvalid),
        ("-0.01", "below", Refused::RepriceAmountInvalid),
        ("10000000000000.01", "above", Refused::RepriceAmountInvalid),
        ("1.00", "", Refused::RepriceReasonInvalid),
        ("1.00", " \n", Refused::RepriceReasonInvalid),
        ("1.00", &long, Refused::RepriceReasonInvalid),
    ] {
        let amount: Fen = serde_json::from_value(amount.into()).unwrap_or(Fen::new(Fen::LIMIT.fen() + 1));
        assert_eq!(desk.step(|order, with, now| reprice(order, amount, reason, with, now)), Err(refused));
    }
    let longest = "长".repeat(200);
    desk.step(|order, with, now| reprice(order, Fen::LIMIT, &longest, with, now)).expect("the limits themselves");
    desk.step(|order, with, now| reprice(order, fen("208.00"), "back", with, now)).expect("and back");
    desk.receive("t", fen("208.00"), Method::Sandbox).expect("paid");
    let late = desk.step(|order, with, now| reprice(order, fen("1.00"), "late", with, now));
    assert_eq!(late, Err(Refused::OrderNotUnpaid));
}

#[test]
fn what_costs_nothing_is_paid_at_once() {
    let desk = Desk::placed(seed(), free(), "0.00", Method::Transfer);
    assert_eq!(desk.order.state, OrderState::Paid { at: desk.now });
    assert_eq!((desk.events.len(), desk.services.len()), (0, 1));
    assert!(!desk.due.iter().any(|due| matches!(due.work, DueWork::CloseOrder(_))));

    let mut desk = Desk::seed(Method::Sandbox);
    desk.step(|order, with, now| reprice(order, Fen::ZERO, "gift", with, now)).expect("repriced");
    assert_eq!(desk.order.state, OrderState::Paid { at: desk.now });
    assert!(desk.told.contains(&(to_isv(), NoticeKind::OrderPaid { order: "A".to_owned(), amount: Fen::ZERO })));

    // A part had arrived: it goes back.
    let mut desk = Desk::seed(Method::Transfer);
    desk.receive("t", fen("8.00"), Method::Transfer).expect("kept");
    desk.step(|order, with, now| reprice(order, Fen::ZERO, "gift", with, now)).expect("repriced");
    assert_eq!(desk.order.state, OrderState::Paid { at: desk.now });
    assert_eq!(desk.sent_back, [(fen("8.00"), Method::Transfer, None)]);
}

#[test]
fn repriced_down_to_what_has_arrived_it_is_paid() {
    let mut desk = Desk::seed(Method::Transfer);
    desk.receive("t", fen("200.00"), Method::Transfer).expect("kept");
    desk.step(|order, with, now| reprice(order, fen("199.99"), "rounded", with, now)).expect("repriced");
    assert_eq!(desk.order.state, OrderState::Paid { at: desk.now });
    assert_eq!(desk.sent_back, [(fen("0.01"), Method::Transfer, None)]);
}

#[test]
fn o2_what_can_no_longer_be_bought_is_cancelled_even_where_nothing_was_to_be_paid() {
    let mut desk = Desk::seed(Method::Sandbox);
    desk.offer.editions.remove(0);
    desk.step(|order, with, now| reprice(order, Fen::ZERO, "gift", with, now)).expect("repriced");
    assert_eq!(desk.order.state, OrderState::Cancelled { at: desk.now, why: CancelWhy::NoLongerAllowed });
    let told = NoticeKind::OrderClosed { order: "A".to_owned(), why: CancelWhy::NoLongerAllowed };
    assert!(desk.told.contains(&(Recipient::Organisation("buyer".to_owned()), told)));
}

#[test]
fn another_method_lengthens_the_time_to_pay_and_never_cuts_it() {
    let mut desk = Desk::seed(Method::Sandbox);
    let week = OrderState::Unpaid { closes_at: at(NOON).plus_seconds(7 * DAY).expect("in range") };
    desk.later(HOUR);
    desk.step(|order, _, now| pay_by(order, Method::Transfer, now)).expect("by transfer");
    assert_eq!(desk.order.state, week);
    assert!(
        desk.told
            .iter()
            .any(|(to, kind)| { *to == Recipient::Operator && matches!(kind, NoticeKind::TransferExpected { .. }) })
    );
    desk.step(|order, _, now| pay_by(order, Method::Sandbox, now)).expect("and back");
    assert_eq!((desk.order.state, desk.order.method), (week, Method::Sandbox));
    desk.step(|order, _, now| pay_by(order, Method::Transfer, now)).expect("by transfer");
    desk.receive("t", fen("1.00"), Method::Transfer).expect("kept");
    let begun = desk.step(|order, _, now| pay_by(order, Method::Sandbox, now));
    assert_eq!(begun, Err(Refused::TransferBegun));
    desk.step(|order, _, now| pay_by(order, Method::Transfer, now)).expect("it is so already");
}

#[test]
fn l2_what_is_bought_for_good_has_no_segments_and_no_end() {
    let mut desk = Desk::placed(once(), for_good(3), "321.00", Method::Sandbox);
    desk.step(|order, with, now| reprice(order, fen("320.00"), "round", with, now)).expect("repriced");
    desk.receive("t", fen("320.00"), Method::Sandbox).expect("paid");
    let paid: Vec<_> = desk.services.values().map(|service| service.paid.to_string()).collect();
    assert_eq!(paid, ["106.67", "106.67", "106.66"]);
    for service in desk.services.values() {
        assert!(service.one_time() && service.end().is_none());
        assert_eq!(service.subscription.quantities["users"], 7);
    }
    assert!(!desk.due.iter().any(|due| !matches!(due.work, DueWork::CloseOrder(_) | DueWork::NotOpened(_))));
    for id in ["A-1", "A-2", "A-3"] {
        assert!(matches!(desk.order.state, OrderState::Paid { .. }));
        desk.later(1);
        desk.serve(id, shared::orders::opened).expect("opened");
    }
    assert_eq!(desk.order.state, OrderState::Fulfilled { paid_at: at(NOON), at: desk.now });
    assert_eq!((desk.balance("consumed:A-1"), desk.balance("remaining:A-1")), (-10_667, 0));
    assert_eq!(desk.balance("payable:isv"), -32_000);
}

//! What money that arrives does: each row of the payment table (rules O2, O3).

use shared::money::Fen;
use shared::orders::{
    CancelWhy, Method, NoticeKind, OrderState, Outcome, Recipient, Refused, ReturnWhy, cancel, close, opened,
};
use shared::pricing::SelectionFile;

use crate::desk::{Desk, fen, ten_users};

const DAY: i64 = 86_400;

/// Where the order stands when the money comes.
#[derive(Clone, Copy, Debug)]
enum Standing {
    Unpaid,
    /// A transfer of 60.00 is there.
    ShortBy148,
    Paid,
    Fulfilled,
    Cancelled,
    /// Its closing second has come, but nobody has closed it.
    Due,
    Closed,
    /// Its edition is gone from the offer.
    NotAllowed,
}

fn standing(standing: Standing, method: Method) -> Desk {
    let mut desk = Desk::seed(method);
    match standing {
        Standing::Unpaid => {}
        Standing::ShortBy148 => {
            let kept = desk.receive("first", fen("60.00"), Method::Transfer);
            assert_eq!(kept, Ok(Outcome::Kept { missing: fen("148.00") }));
        }
        Standing::Paid => drop(desk.receive("first", fen("208.00"), method)),
        Standing::Fulfilled => {
            desk.receive("first", fen("208.00"), method).expect("paid");
            desk.serve("A-1", opened).expect("opened");
        }
        Standing::Cancelled => desk.step(|order, _, now| cancel(order, now)).expect("cancelled"),
        Standing::Due => desk.later(7 * DAY),
        Standing::Closed => {
            desk.later(7 * DAY);
            desk.step(|order, _, now| Ok(close(order, now).expect("due"))).expect("closed");
        }
        Standing::NotAllowed => {
            desk.offer.editions.remove(0);
        }
    }
    desk
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Unpaid,
    Paid,
    Fulfilled,
    Cancelled(CancelWhy),
}

fn end(desk: &Desk) -> End {
    match desk.order.state {
        OrderState::Unpaid { .. } => End::Unpaid,
        OrderState::Paid { .. } => End::Paid,
        OrderState::Fulfilled { .. } => End::Fulfilled,
        OrderState::Cancelled { why, .. } => End::Cancelled(why),
        OrderState::Refunded { .. } => panic!("nobody asked for a refund"),
    }
}

fn settled(excess: &str) -> Outcome {
    Outcome::Settled { excess: fen(excess) }
}

fn returned(amount: &str, why: ReturnWhy) -> Outcome {
    Outcome::Returned { amount: fen(amount), why }
}

#[test]
fn o3_every_case_has_its_end() {
    use End::{Cancelled, Fulfilled, Paid, Unpaid};
    use Method::{Sandbox, Transfer};
    use ReturnWhy::{AlreadyPaid, Closed, NoLongerAllowed};
    let mismatch = Outcome::Mismatch { expected: fen("208.00") };
    let kept = |missing| Outcome::Kept { missing: fen(missing) };
    let (closed, by_buyer) = (Cancelled(CancelWhy::NotPaid), Cancelled(CancelWhy::ByBuyer));
    let gone = Cancelled(CancelWhy::NoLongerAllowed);
    // The order, the money and its way → what becomes of it, the order's end, what goes back, what is kept.
    let cases = [
        (Standing::Unpaid, "208.00", Sandbox, settled("0.00"), Paid, "0.00", "0.00"),
        (Standing::Unpaid, "207.99", Sandbox, mismatch, Unpaid, "0.00", "0.00"),
        (Standing::Unpaid, "208.01", Sandbox, mismatch, Unpaid, "0.00", "0.00"),
        (Standing::Paid, "208.00", Sandbox, returned("208.00", AlreadyPaid), Paid, "208.00", "0.00"),
        (Standing::Paid, "1.00", Sandbox, mismatch, Paid, "0.00", "0.00"),
        (Standing::Fulfilled, "208.00", Sandbox, returned("208.00", AlreadyPaid), Fulfilled, "208.00", "0.00"),
        (Standing::Cancelled, "208.00", Sandbox, returned("208.00", ReturnWhy::Cancelled), by_buyer, "208.00", "0.00"),
        (Standing::Due, "208.00", Sandbox, returned("208.00", Closed), closed, "208.00", "0.00"),
        (Standing::Closed, "208.00", Sandbox, returned("208.00", Closed), closed, "208.00", "0.00"),
        (Standing::Closed, "1.00", Sandbox, mismatch, closed, "0.00", "0.00"),
        (Standing::NotAllowed, "208.00", Sandbox, returned("208.00", NoLongerAllowed), gone, "208.00", "0.00"),
        (Standing::Unpaid, "208.00", Transfer, settled("0.00"), Paid, "0.00", "0.00"),
        (Standing::Unpaid, "208.01", Transfer, settled("0.01"), Paid, "0.01", "0.00"),
        (Standing::Unpaid, "207.99", Transfer, kept("0.01"), Unpaid, "0.00", "207.99"),
        (Standing::ShortBy148, "148.00", Transfer, settled("0.00"), Paid, "0.00", "0.00"),
        (Standing::ShortBy148, "150.00", Transfer, settled("2.00"), Paid, "2.00", "0.00"),
        (Standing::ShortBy148, "100.00", Transfer, kept("48.00"), Unpaid, "0.00", "160.00"),
        (Standing::ShortBy148, "208.00", Sandbox, settled("60.00"), Paid, "60.00", "0.00"),
        (Standing::Paid, "1.00", Transfer, returned("1.00", AlreadyPaid), Paid, "1.00", "0.00"),
        (Standing::Cancelled, "5.00", Transfer, returned("5.00", ReturnWhy::Cancelled), by_buyer, "5.00", "0.00"),
        (Standing::Due, "208.00", Transfer, returned("208.00", Closed), closed, "208.00", "0.00"),
        (Standing::Closed, "300.00", Transfer, returned("300.00", Closed), closed, "300.00", "0.00"),
        (Standing::NotAllowed, "300.00", Transfer, returned("300.00", NoLongerAllowed), gone, "300.00", "0.00"),
        (Standing::NotAllowed, "100.00", Transfer, kept("108.00"), Unpaid, "0.00", "100.00"),
    ];
    for (stands, amount, via, outcome, ends, back, kept) in cases {
        let what = format!("{stands:?} {amount} {via:?}");
        let mut desk = standing(stands, if matches!(stands, Standing::ShortBy148) { Method::Transfer } else { via });
        let before = desk.sent_back.len();
        assert_eq!(desk.receive("t", fen(amount), via), Ok(outcome), "{what}");
        assert_eq!(end(&desk), ends, "{what}");
        let gone: i64 = desk.sent_back[before..].iter().map(|(amount, ..)| amount.fen()).sum();
        assert_eq!((Fen::new(gone), desk.order.kept), (fen(back), fen(kept)), "{what}");
        let told = |wanted: fn(&NoticeKind) -> bool| desk.told.iter().any(|(_, kind)| wanted(kind));
        assert_eq!(told(|kind| matches!(kind, NoticeKind::MoneyReturned { .. })), back != "0.00", "{what}");
        let shown = desk
            .told
            .iter()
            .any(|(to, kind)| *to == Recipient::Operator && matches!(kind, NoticeKind::AmountMismatch { .. }));
        assert_eq!(shown, outcome == mismatch, "{what}");

        // And once more, twice: nothing.
        let told = desk.told.len();
        for _ in 0..2 {
            assert_eq!(desk.receive("t", fen(amount), via), Ok(Outcome::Duplicate), "{what}");
        }
        assert_eq!((end(&desk), desk.told.len()), (ends, told), "{what}");
    }
}

#[test]
fn a_short_transfer_goes_back_when_the_order_ends() {
    let mut desk = standing(Standing::ShortBy148, Method::Transfer);
    desk.receive("second", fen("40.00"), Method::Transfer).expect("kept");
    desk.later(7 * DAY);
    desk.step(|order, _, now| Ok(close(order, now).expect("due"))).expect("closed");
    assert_eq!(desk.sent_back, [(fen("100.00"), Method::Transfer, None)]);
    let told = NoticeKind::TransferToReturn { order: "A".to_owned(), amount: fen("100.00") };
    assert!(desk.told.contains(&(Recipient::Operator, told)));

    let mut desk = standing(Standing::ShortBy148, Method::Transfer);
    desk.step(|order, _, now| cancel(order, now)).expect("cancelled");
    assert_eq!(desk.sent_back, [(fen("60.00"), Method::Transfer, None)]);
    assert_eq!(end(&desk), End::Cancelled(CancelWhy::ByBuyer));
}

#[test]
fn the_last_second_before_closing_is_in_time() {
    let mut desk = Desk::seed(Method::Sandbox);
    desk.later(DAY - 1);
    assert_eq!(desk.receive("t", fen("208.00"), Method::Sandbox), Ok(settled("0.00")));
    assert_eq!(desk.services["A-1"].subscription.segments[0].start, desk.now, "the term starts at payment");
}

#[test]
fn a_notification_that_was_wrong_can_be_put_right() {
    let mut desk = Desk::seed(Method::Sandbox);
    let wrong = Ok(Outcome::Mismatch { expected: fen("208.00") });
    assert_eq!(desk.receive("t", fen("2.08"), Method::Sandbox), wrong);
    assert_eq!(desk.receive("t", fen("208.00"), Method::Sandbox), Ok(settled("0.00")));
    assert_eq!(desk.receive("t", fen("208.00"), Method::Sandbox), Ok(Outcome::Duplicate));
    assert_eq!(desk.receive("t", fen("2.08"), Method::Sandbox), Ok(Outcome::Duplicate));
}

#[test]
fn a_transfer_and_a_notification_of_one_number_are_two_movements() {
    let mut desk = Desk::seed(Method::Transfer);
    assert_eq!(desk.receive("1", fen("8.00"), Method::Transfer), Ok(Outcome::Kept { missing: fen("200.00") }));
    assert_eq!(desk.receive("1", fen("208.00"), Method::Sandbox), Ok(settled("8.00")));
    assert_eq!(desk.receive("1", fen("8.00"), Method::Transfer), Ok(Outcome::Duplicate));
}

#[test]
fn money_names_the_movement_that_it_is_sent_back_from() {
    let mut desk = standing(Standing::Paid, Method::Sandbox);
    desk.receive("again", fen("208.00"), Method::Sandbox).expect("returned");
    assert_eq!(desk.sent_back, [(fen("208.00"), Method::Sandbox, Some("again".to_owned()))]);
}

#[test]
fn no_money_is_refused() {
    let mut desk = Desk::seed(Method::Transfer);
    for amount in [0, -1, Fen::LIMIT.fen() + 1] {
        assert_eq!(desk.receive("t", Fen::new(amount), Method::Transfer), Err(Refused::AmountInvalid));
    }
    assert_eq!(desk.receive("t", Fen::LIMIT, Method::Transfer).map(|_| ()), Ok(()));
}

#[test]
fn each_of_a_hundred_services_has_its_share() {
    let selection: SelectionFile = ten_users(100);
    let mut desk = Desk::placed(crate::desk::seed(), selection, "20800.00", Method::Sandbox);
    desk.receive("t", fen("20800.00"), Method::Sandbox).expect("paid");
    assert_eq!(desk.services.len(), 100);
    assert!(desk.services.values().all(|service| service.paid == fen("208.00")));
}

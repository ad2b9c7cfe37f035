//! Rule O8.

use proptest::prelude::*;
use shared::aftersale::Refused;
use shared::calendar::Offset;
use shared::money::Fen;
use shared::orders::ledger::Event;
use shared::orders::{Effect, OrderState};
use shared::settlement::{Line, LineKind, Month, Statement, StatementState, Turnover, closes_at, lines};

use super::{at, order, paid, unpaid};

fn line(kind: LineKind, amount: i64) -> Line {
    Line { order: "A".to_owned(), kind, at: at(0), amount: Fen::new(amount) }
}

fn january() -> Month {
    "2026-01".parse().expect("a month")
}

#[test]
fn o8_a_refund_after_settlement_carries_into_the_next_months() {
    let months = [
        (vec![line(LineKind::Fulfilled, 20_800)], 20_800, 0),
        // Settled in January, refunded in February, with one smaller order: the rest waits.
        (vec![line(LineKind::Refunded, 20_800), line(LineKind::Fulfilled, 5_000)], 0, 15_800),
        (vec![], 0, 15_800),
        (vec![line(LineKind::Fulfilled, 20_000)], 4_200, 0),
    ];
    let (mut month, mut carried) = (january(), Fen::ZERO);
    for (lines, payable, carries) in months {
        let statement = Statement::open("isv", month, Turnover::of(&lines), carried);
        assert_eq!((statement.payable().fen(), statement.carried().fen()), (payable, carries), "{month}");
        (month, carried) = (month.next(), statement.carried());
    }
}

#[test]
fn o8_months_are_of_the_markets_time_and_payable_by_the_end_of_the_next() {
    let statement = Statement::open("isv", january(), Turnover::of(&[]), Fen::ZERO);
    let by = |offset: &str| {
        let offset: Offset = offset.parse().expect("an offset");
        statement.payable_by(offset).expect("in range").to_string()
    };
    assert_eq!((by("+08:00"), by("-05:30")), ("2026-02-28T23:59:59+08:00".into(), "2026-02-28T23:59:59-05:30".into()));
    let closes = closes_at(january(), Offset::CHINA).expect("in range");
    assert_eq!(closes.to_string(), "2026-02-01T01:00:00+08:00");
}

#[test]
fn o8_a_month_closes_once_and_is_paid_out_once() {
    let open = Statement::open("isv", january(), Turnover::of(&[line(LineKind::Fulfilled, 20_800)]), Fen::ZERO);
    assert_eq!(open.clone().pay_out("B1", at(31)), Err(Refused::MonthOpen));
    let closed = open.close(at(31)).expect("closed").after;
    assert_eq!(closed.clone().close(at(32)), None);
    for reference in ["", " ", &"1".repeat(65), "a\nb"] {
        assert_eq!(closed.clone().pay_out(reference, at(40)), Err(Refused::ReferenceInvalid), "{reference}");
    }
    let paid = closed.pay_out(" B1 ", at(40)).expect("paid");
    let Effect::Post(entry) = &paid.effects[0] else { panic!("{:?}", paid.effects) };
    assert_eq!(entry.event(), Event::PaidOut);
    assert_eq!(entry.canonical(), r#"["paid_out",[["payable:isv",20800],["paid_out:isv",-20800]]]"#);
    let expected = StatementState::PaidOut { closed_at: at(31), at: at(40), reference: "B1".to_owned() };
    assert_eq!(paid.after.state, expected);
    assert_eq!(paid.after.pay_out("B2", at(41)), Err(Refused::PaidOut));
    let nothing = Statement::open("isv", january(), Turnover::of(&[line(LineKind::Refunded, 1)]), Fen::ZERO);
    let nothing = nothing.close(at(31)).expect("closed").after;
    assert_eq!(nothing.pay_out("B1", at(40)), Err(Refused::NothingPayable));
}

#[test]
fn o8_only_what_was_fulfilled_counts() {
    for order in unpaid().into_iter().chain([paid()]) {
        assert_eq!(lines(&order), []);
    }
    let fulfilled = order(OrderState::Fulfilled { paid_at: at(0), at: at(3) });
    let expected = Line { order: "A".to_owned(), kind: LineKind::Fulfilled, at: at(3), amount: Fen::new(20_800) };
    assert_eq!(lines(&fulfilled), [expected]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Over any months: what was payable, less what is still carried, is what was fulfilled less what was refunded.
    #[test]
    fn o8_no_fen_is_lost_over_the_months(
        months in prop::collection::vec(prop::collection::vec((any::<bool>(), 1..1_000_000_i64), 0..6), 1..24),
    ) {
        let (mut month, mut carried, mut payable, mut sum) = (january(), Fen::ZERO, 0, 0);
        for amounts in months {
            let kind = |refund| if refund { LineKind::Refunded } else { LineKind::Fulfilled };
            let lines: Vec<Line> = amounts.iter().map(|&(refund, amount)| line(kind(refund), amount)).collect();
            sum += amounts.iter().map(|&(refund, amount)| if refund { -amount } else { amount }).sum::<i64>();
            let statement = Statement::open("isv", month, Turnover::of(&lines), carried);
            prop_assert!(statement.payable() == Fen::ZERO || statement.carried() == Fen::ZERO);
            prop_assert!(statement.payable() >= Fen::ZERO && statement.carried() >= Fen::ZERO);
            payable += statement.payable().fen();
            (month, carried) = (month.next(), statement.carried());
        }
        prop_assert_eq!(payable - carried.fen(), sum);
    }
}

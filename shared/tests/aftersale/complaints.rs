//! Rules O7 and O10.

use proptest::prelude::*;
use shared::aftersale::{
    Beside, Complaint, ComplaintState, OfflineRefund, OfflineState, Outcome, Refused, complain, confirm, confirmed,
    decide, decline, may_record, paid_outside, record, reply, take_back,
};
use shared::money::Fen;
use shared::orders::{Effect, PaidOutside, Recipient, Step};

use super::{at, paid, unpaid};

fn made() -> Step<Complaint> {
    complain("c".to_owned(), " 服务多次中断，客服不回应。 ", &paid(), &[], at(1)).expect("a complaint")
}

fn told<T>(step: &Step<T>) -> Vec<String> {
    let whom = |effect: &Effect| match effect {
        Effect::Notify(notice) => Some(match &notice.to {
            Recipient::Operator => "operator".to_owned(),
            Recipient::Organisation(id) => id.clone(),
        }),
        _ => None,
    };
    step.effects.iter().filter_map(whom).collect()
}

#[test]
fn o7_a_complaint_is_answered_once_and_decided_once_and_those_concerned_are_told() {
    let step = made();
    assert_eq!(told(&step), ["operator", "isv"]);
    let again = complain("d".to_owned(), "又中断", &paid(), std::slice::from_ref(&step.after), at(1));
    assert_eq!(again, Err(Refused::ComplaintExists));
    let answered = reply(step.after, "已修复。", at(2)).expect("answered");
    assert_eq!(told(&answered), ["buyer", "operator"]);
    assert_eq!(reply(answered.after.clone(), "已修复。", at(2)), Err(Refused::Answered));
    let closed = decide(answered.after, Outcome::Upheld, "服务商须补偿。", at(3)).expect("closed");
    assert_eq!(told(&closed), ["buyer", "isv"]);
    let closed = closed.after;
    assert_eq!(decide(closed.clone(), Outcome::Dismissed, "改判", at(4)), Err(Refused::ComplaintNotOpen));
    assert_eq!(take_back(closed.clone(), at(4)), Err(Refused::ComplaintNotOpen));
    assert_eq!(reply(closed.clone(), "不服", at(4)), Err(Refused::ComplaintNotOpen));
    assert!(complain("d".to_owned(), "又中断", &paid(), &[closed], at(5)).is_ok(), "a decided one is no hindrance");
}

#[test]
fn o7_it_can_be_taken_back_and_decided_without_an_answer() {
    let back = take_back(made().after, at(2)).expect("taken back");
    assert_eq!(told(&back), ["operator", "isv"]);
    assert_eq!(back.after.state, ComplaintState::Withdrawn { at: at(2) });
    let decided = decide(made().after, Outcome::Settled, "双方已和解。", at(2)).expect("decided").after;
    assert!(decided.answer.is_none());
    for text in ["", " ", &"长".repeat(1001)] {
        assert_eq!(complain("c".to_owned(), text, &paid(), &[], at(1)), Err(Refused::TextInvalid));
        assert_eq!(reply(made().after, text, at(2)), Err(Refused::TextInvalid));
        assert_eq!(decide(made().after, Outcome::Upheld, text, at(2)), Err(Refused::TextInvalid));
    }
}

#[test]
fn o10_refusals() {
    let recorded = |amount| record("o".to_owned(), Fen::new(amount), "部分退款", &paid(), &Beside::only(&[]), at(1));
    for amount in [0, -1, 20_801, i64::MAX] {
        assert_eq!(recorded(amount), Err(Refused::OfflineAmountInvalid), "{amount}");
    }
    for order in unpaid() {
        assert_eq!(
            record("o".to_owned(), Fen::new(1), "退", &order, &Beside::only(&[]), at(1)),
            Err(Refused::OrderNotPaid)
        );
    }
    assert_eq!(
        record("o".to_owned(), Fen::new(1), " ", &paid(), &Beside::only(&[]), at(1)),
        Err(Refused::ReasonInvalid)
    );
    let first = recorded(20_800).expect("recorded");
    assert_eq!(told(&first), ["buyer"]);
    let second =
        record("p".to_owned(), Fen::new(1), "退", &paid(), &Beside::only(std::slice::from_ref(&first.after)), at(1));
    assert_eq!(second, Err(Refused::OfflineExists));
    let reviewed = Beside { refund_reviewed: true, ..Beside::only(&[]) };
    let while_reviewed = record("p".to_owned(), Fen::new(1), "退", &paid(), &reviewed, at(1));
    assert_eq!(while_reviewed, Err(Refused::RefundUnderReview));
    assert_eq!(paid_outside(std::slice::from_ref(&first.after)), PaidOutside::Recorded);
    let had = confirm(first.after.clone(), at(2)).expect("confirmed").after;
    assert_eq!(paid_outside(std::slice::from_ref(&had)), PaidOutside::Confirmed);
    assert_eq!(may_record(&paid(), &Beside::only(&[had])), Err(Refused::OfflineAmountInvalid), "nothing is left");
    let declined = decline(first.after, "没有收到", at(2)).expect("declined");
    assert_eq!(confirm(declined.after.clone(), at(3)), Err(Refused::OfflineNotOpen));
    assert_eq!(paid_outside(&[declined.after]), PaidOutside::None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// No more is confirmed than was paid, and the ledger has exactly that, on the order alone.
    #[test]
    fn o10_no_more_than_was_paid(amounts in prop::collection::vec((-5..30_000_i64, any::<bool>()), 0..12)) {
        let (mut refunds, mut posted): (Vec<OfflineRefund>, i64) = (Vec::new(), 0);
        for (day, (amount, agreed)) in (1..).zip(amounts) {
            let before = confirmed(&refunds).fen();
            let made = record(day.to_string(), Fen::new(amount), "部分退款", &paid(), &Beside::only(&refunds), at(day));
            prop_assert_eq!(made.is_ok(), amount > 0 && before + amount <= 20_800);
            let Ok(made) = made else { continue };
            prop_assert_eq!(confirmed(&refunds).fen(), before, "what is only recorded counts for nothing");
            let step = if agreed { confirm(made.after, at(day)) } else { decline(made.after, "没有收到", at(day)) };
            let step = step.expect("said");
            for effect in &step.effects {
                let Effect::Post(entry) = effect else { continue };
                for posting in entry.postings() {
                    prop_assert_eq!(posting.account.owner().id(), "A");
                    posted += posting.fen.fen().max(0);
                }
            }
            prop_assert_eq!(matches!(step.after.state, OfflineState::Confirmed { .. }), agreed);
            refunds.push(step.after);
        }
        prop_assert_eq!(posted, confirmed(&refunds).fen());
        prop_assert!(posted <= 20_800);
    }
}

//! Rule O6.

use shared::aftersale::{Refused, Review, Which, answer, follow_up, review};
use shared::orders::{Order, OrderKind, OrderState, Step};

use super::{at, order, paid, unpaid};

fn reviewed(stars: i64) -> Step<Review> {
    review("r".to_owned(), stars, " 好用 ", &paid(), &[], at(1)).expect("a review")
}

#[test]
fn o6_a_paid_purchase_is_reviewed_once() {
    let first = reviewed(5).after;
    assert_eq!((first.first.stars.count(), first.first.text.as_str()), (5, "好用"));
    let again = review("s".to_owned(), 5, "好", &paid(), std::slice::from_ref(&first), at(1));
    assert_eq!(again, Err(Refused::Reviewed));
    for order in unpaid() {
        assert_eq!(review("r".to_owned(), 5, "好", &order, &[], at(1)), Err(Refused::OrderNotPaid));
        assert_eq!(follow_up(first.clone(), 5, "好", &order, at(1)), Err(Refused::OrderNotPaid));
    }
    for kind in [OrderKind::Trial, OrderKind::Renewal] {
        let other = Order { kind, ..paid() };
        assert_eq!(review("r".to_owned(), 5, "好", &other, &[], at(1)), Err(Refused::NotAPurchase), "{kind:?}");
    }
    for stars in [0, 6, -1, 257, i64::MAX] {
        assert_eq!(review("r".to_owned(), stars, "好", &paid(), &[], at(1)), Err(Refused::StarsInvalid), "{stars}");
    }
    for text in ["", "  ", &"长".repeat(501)] {
        assert_eq!(review("r".to_owned(), 1, text, &paid(), &[], at(1)), Err(Refused::TextInvalid), "{text}");
    }
    assert!(review("r".to_owned(), 1, &"长".repeat(500), &paid(), &[], at(1)).is_ok());
}

#[test]
fn o6_it_is_added_to_once_and_each_is_answered_once() {
    let first = reviewed(3).after;
    assert_eq!(answer(first.clone(), Which::FollowUp, "谢谢", at(2)), Err(Refused::NothingToAnswer));
    let answered = answer(first, Which::First, "谢谢", at(2)).expect("answered").after;
    assert!(!answered.waits());
    assert_eq!(answer(answered.clone(), Which::First, "谢谢", at(2)), Err(Refused::Answered));
    let fulfilled = order(OrderState::Fulfilled { paid_at: at(0), at: at(1) });
    let added = follow_up(answered, 1, "变慢了", &fulfilled, at(3)).expect("added").after;
    assert!(added.waits(), "what was added waits for an answer");
    assert_eq!(follow_up(added.clone(), 1, "变慢了", &fulfilled, at(3)), Err(Refused::Reviewed));
    let answered = answer(added, Which::FollowUp, "已修复", at(4)).expect("answered").after;
    assert!(!answered.waits());
    assert_eq!(answer(answered, Which::FollowUp, "已修复", at(4)), Err(Refused::Answered));
}

//! What money that arrives does to an order (rule O3).
//!
//! | what arrives                                   | the order is         | ends in           | the money                          |
//! | ---------------------------------------------- | -------------------- | ----------------- | ---------------------------------- |
//! | a movement that was counted before             | any                  | `Duplicate`       | was dealt with then                |
//! | a notification of a wrong amount               | any                  | `Mismatch`        | pays nothing; the operator is told |
//! | the same notification again                    | any                  | `Duplicate`       | –                                  |
//! | the amount                                     | unpaid               | `Settled`         | pays the order                     |
//! | a transfer that, with what is kept, is more    | unpaid               | `Settled`         | pays it; the excess goes back      |
//! | a transfer that, with what is kept, is less    | unpaid               | `Kept`            | waits for the rest until it closes |
//! | … and the order closes or is cancelled         | –                    | –                 | goes back                          |
//! | the amount, but it can no longer be bought     | unpaid → cancelled   | `Returned`        | goes back                          |
//! | any                                            | cancelled or closed  | `Returned`        | goes back                          |
//! | any                                            | paid, also refunded  | `Returned`        | goes back                          |
//!
//! An order whose closing second has come is closed first, whether or not the work that was due has been done.

use super::end::{give_back, return_why};
use super::ledger::received;
use super::notice::{tell, tell_operator};
use super::place::close;
use super::settle::{Settled, settle_if_covered};
use super::{Effect, Method, Movement, NoticeKind, Order, OrderState, Refused, ReturnWhy, Settling, Step};
use crate::calendar::Timestamp;
use crate::money::Fen;

/// Money that arrived for an order, as the provider notified it or the operator confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The provider's number for the movement, or that of the operator's confirmation; unique with its method.
    pub transaction: String,
    /// How much, above zero.
    pub amount: Fen,
    /// How it came.
    pub via: Method,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The order is paid by it; so much of it was too much and went back.
    Settled {
        /// Zero where it was exact.
        excess: Fen,
    },
    /// It is kept until the rest arrives or the order closes.
    Kept {
        /// What is still to come.
        missing: Fen,
    },
    /// It went back, with what was kept.
    Returned {
        /// How much.
        amount: Fen,
        /// Why.
        why: ReturnWhy,
    },
    /// The provider notified of another amount than the order's. It paid nothing.
    Mismatch {
        /// The order's amount.
        expected: Fen,
    },
    /// It was known already; nothing changed.
    Duplicate,
}

/// Takes in money that arrived at `at` (see the table above). Refused: an amount that is no amount (`amount_invalid`).
pub fn receive(
    order: Order,
    money: &Money,
    with: &Settling<'_>,
    at: Timestamp,
) -> Result<(Outcome, Step<Order>), Refused> {
    if money.amount <= Fen::ZERO || money.amount > Fen::LIMIT {
        return Err(Refused::AmountInvalid);
    }
    let known = |movement: &Movement| {
        let same = movement.transaction == money.transaction && movement.via == money.via;
        same && (movement.counted || movement.amount == money.amount)
    };
    if order.movements.iter().any(known) {
        return Ok((Outcome::Duplicate, Step { after: order, effects: Vec::new() }));
    }
    let mut step = match close(order.clone(), at) {
        Some(closed) => closed,
        None => Step { after: order, effects: Vec::new() },
    };
    let expected = step.after.amount.due();
    let counted = money.via == Method::Transfer || money.amount == expected;
    let transaction = money.transaction.clone();
    step.after.movements.push(Movement { transaction, via: money.via, amount: money.amount, counted });
    if !counted {
        step.effects.push(mismatch(&step.after, money, at));
        return Ok((Outcome::Mismatch { expected }, step));
    }
    let why = match step.after.state {
        OrderState::Unpaid { closes_at } => return Ok((unpaid(&mut step, money, closes_at, with, at), step)),
        OrderState::Paid { .. } | OrderState::Fulfilled { .. } | OrderState::Refunded { .. } => ReturnWhy::AlreadyPaid,
        OrderState::Cancelled { why, .. } => return_why(why),
    };
    step.effects.extend(received(&step.after.id, money.amount).map(Effect::Post));
    give_back(&mut step, money.amount, why, Some((money.via, &money.transaction)), at);
    Ok((Outcome::Returned { amount: money.amount, why }, step))
}

fn unpaid(step: &mut Step<Order>, money: &Money, closes_at: Timestamp, with: &Settling<'_>, at: Timestamp) -> Outcome {
    // What goes back is of this movement alone only where nothing was kept before it.
    let nothing_kept = step.after.kept == Fen::ZERO;
    let transaction = nothing_kept.then_some((money.via, money.transaction.as_str()));
    match settle_if_covered(step, money.amount, transaction, with, at) {
        Settled::Paid { excess } => Outcome::Settled { excess },
        Settled::NoLongerAllowed { returned } => {
            Outcome::Returned { amount: returned, why: ReturnWhy::NoLongerAllowed }
        }
        Settled::Missing(missing) => {
            let order = &step.after;
            let kind = NoticeKind::TransferShort { order: order.id.clone(), received: order.kept, missing, closes_at };
            step.effects.push(tell(&order.enterprise, at, kind));
            Outcome::Kept { missing }
        }
    }
}

fn mismatch(order: &Order, money: &Money, at: Timestamp) -> Effect {
    let kind = NoticeKind::AmountMismatch {
        order: order.id.clone(),
        transaction: money.transaction.clone(),
        expected: order.amount.due(),
        notified: money.amount,
    };
    tell_operator(at, kind)
}

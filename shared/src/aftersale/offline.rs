//! Refunds that buyer and ISV agree on between them (线下退款, rule O10).

use serde::{Deserialize, Serialize};

use super::{Beside, Refused, paid_for, said};
use crate::calendar::Timestamp;
use crate::money::Fen;
use crate::orders::{Effect, NoticeKind, Order, PaidOutside, Step, ledger, tell};

/// The longest note or reason, in characters.
const MOST_TEXT: usize = 200;

/// What was agreed on of an order. The ISV pays it by itself: neither the order nor settlement change by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineRefund {
    /// Its id.
    pub id: String,
    /// The order.
    pub order: String,
    /// The enterprise that is paid.
    pub enterprise: String,
    /// The ISV that pays.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// How much.
    pub amount: Fen,
    /// What was agreed on, in the ISV's words.
    pub note: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Where it stands.
    pub state: OfflineState,
}

/// Where it stands.
///
/// ```text
/// recorded → confirmed | declined
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum OfflineState {
    /// The buyer has still to say whether that is so.
    Recorded,
    /// The buyer has the money.
    Confirmed {
        /// When that was said.
        at: Timestamp,
    },
    /// The buyer says that it is not so.
    Declined {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

/// Whether an offline refund of an order can be recorded, and of how much at most; the page asks here too.
pub fn may_record(order: &Order, beside: &Beside<'_, OfflineRefund>) -> Result<Fen, Refused> {
    let paid = paid_for(order).ok_or(Refused::OrderNotPaid)?;
    if beside.others.iter().any(|other| other.state == OfflineState::Recorded) {
        return Err(Refused::OfflineExists);
    }
    // Both would be paid: what is agreed on now and, after 72 hours without an answer, the whole amount.
    if beside.refund_reviewed {
        return Err(Refused::RefundUnderReview);
    }
    let left = paid - confirmed(beside.others);
    if left > Fen::ZERO { Ok(left) } else { Err(Refused::OfflineAmountInvalid) }
}

/// The ISV records what was agreed on: of one paid order, together with what was confirmed before no more than was paid; one
/// at a time.
pub fn record(
    id: String,
    amount: Fen,
    note: &str,
    order: &Order,
    beside: &Beside<'_, OfflineRefund>,
    at: Timestamp,
) -> Result<Step<OfflineRefund>, Refused> {
    let most = may_record(order, beside)?;
    if amount <= Fen::ZERO || amount > most {
        return Err(Refused::OfflineAmountInvalid);
    }
    let note = said(note, MOST_TEXT).ok_or(Refused::ReasonInvalid)?;
    let kind = NoticeKind::OfflineRecorded { order: order.id.clone(), amount };
    let effects = vec![tell(&order.enterprise, at, kind)];
    let after = OfflineRefund {
        id,
        order: order.id.clone(),
        enterprise: order.enterprise.clone(),
        isv: order.isv.clone(),
        product: order.product.clone(),
        amount,
        note,
        at,
        state: OfflineState::Recorded,
    };
    Ok(Step { after, effects })
}

/// What of an order was refunded outside the market, as its refund sees it.
pub fn paid_outside(refunds: &[OfflineRefund]) -> PaidOutside {
    if refunds.iter().any(|refund| refund.state == OfflineState::Recorded) {
        PaidOutside::Recorded
    } else if confirmed(refunds) > Fen::ZERO {
        PaidOutside::Confirmed
    } else {
        PaidOutside::None
    }
}

/// What was confirmed of an order in all.
pub fn confirmed(refunds: &[OfflineRefund]) -> Fen {
    let confirmed = refunds.iter().filter(|refund| matches!(refund.state, OfflineState::Confirmed { .. }));
    confirmed.fold(Fen::ZERO, |sum, refund| sum + refund.amount)
}

/// The buyer has the money.
pub fn confirm(mut refund: OfflineRefund, at: Timestamp) -> Result<Step<OfflineRefund>, Refused> {
    recorded(&refund)?;
    refund.state = OfflineState::Confirmed { at };
    let entry = ledger::refunded_offline(&refund.order, refund.amount);
    let mut effects: Vec<Effect> = entry.map(Effect::Post).into_iter().collect();
    let kind = NoticeKind::OfflineConfirmed { order: refund.order.clone(), amount: refund.amount };
    effects.push(tell(&refund.isv, at, kind));
    Ok(Step { after: refund, effects })
}

/// The buyer says that it is not so, and why in 1 to 200 characters.
pub fn decline(mut refund: OfflineRefund, reason: &str, at: Timestamp) -> Result<Step<OfflineRefund>, Refused> {
    recorded(&refund)?;
    let reason = said(reason, MOST_TEXT).ok_or(Refused::ReasonInvalid)?;
    let kind = NoticeKind::OfflineDeclined { order: refund.order.clone(), reason: reason.clone() };
    let effects = vec![tell(&refund.isv, at, kind)];
    refund.state = OfflineState::Declined { at, reason };
    Ok(Step { after: refund, effects })
}

fn recorded(refund: &OfflineRefund) -> Result<(), Refused> {
    (refund.state == OfflineState::Recorded).then_some(()).ok_or(Refused::OfflineNotOpen)
}

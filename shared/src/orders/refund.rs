//! Refunds (退款, rules O4, V3): asked for, reviewed, sent back; what an order did is undone as soon as it is approved.
//!
//! ```text
//! reviewing → withdrawn
//! reviewing → rejected
//! reviewing → refunding → refunded
//! ```
//!
//! Where the services were not opened within 24 hours nobody reviews, and where nothing was paid nothing is sent.

use serde::{Deserialize, Serialize};

use super::end::end_other;
use super::ledger::{refunded, returned};
use super::notice::{tell, tell_operator};
use super::refund_terms::OPENED_WITHIN;
use super::step::{due, later};
use super::undo::{reverse, undone};
use super::{
    AskRefund, CancelWhy, DueWork, Effect, Method, NoticeKind, Order, OrderState, RefundFacts, Refused, SendBack,
    Service, Step, may_ask_refund,
};
use crate::calendar::{DAY, Timestamp};
use crate::money::Fen;

/// For how long the ISV may take to answer.
const ANSWERED_WITHIN: i64 = 3 * DAY;
/// The longest reason, in characters.
const MOST_REASON: usize = 200;

/// A refund of an order's whole amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id: its order's, `-R` and a number.
    pub id: String,
    /// The order.
    pub order: String,
    /// The enterprise that asks.
    pub enterprise: String,
    /// Which of its members asks, by name.
    pub applicant: String,
    /// The ISV that answers.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// What was paid for the order.
    pub amount: Fen,
    /// How it was paid, and is sent back.
    pub via: Method,
    /// Why, in the buyer's words.
    pub reason: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Where it stands.
    pub state: RefundState,
}

/// Where a refund stands (rule O4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RefundState {
    /// 审核中.
    Reviewing {
        /// The second in which no answer is a yes.
        answer_until: Timestamp,
    },
    /// 已取消: the buyer took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// 退款中: approved, the order is undone, the money is on its way.
    Refunding {
        /// Since when.
        since: Timestamp,
        /// By whom it was approved.
        by: Approval,
    },
    /// 退款成功.
    Refunded {
        /// When it was approved.
        approved_at: Timestamp,
        /// When the money was sent.
        at: Timestamp,
        /// By whom it was approved.
        by: Approval,
    },
    /// 审核不通过.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why, in the ISV's words.
        reason: String,
    },
}

/// By whom, or by what, a refund was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// The ISV.
    Isv,
    /// The ISV did not answer within 72 hours.
    NoAnswer,
    /// It took no review: not all services were opened within 24 hours (rule V3).
    NotOpened,
}

/// What a refund is asked for with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// Its id.
    pub id: String,
    /// Who asks, by name.
    pub applicant: String,
    /// Why: 1 to 200 characters.
    pub reason: String,
}

/// The buyer asks for an order's amount back (rule O4): within 10 × 24 h of its payment, not invoiced, and only for the last
/// unrefunded order of the product. The `unpaid` orders of the product end. What was not opened within 24 h is approved at once.
pub fn ask_refund(
    new: NewRefund,
    order: &Order,
    facts: &RefundFacts,
    unpaid: &[Order],
    at: Timestamp,
) -> Result<Step<Refund>, Refused> {
    let terms = may_ask_refund(order, facts, at)?;
    let reason = reason(&new.reason)?;
    let answer_until = later(at, ANSWERED_WITHIN);
    let refund = Refund {
        id: new.id,
        order: order.id.clone(),
        enterprise: order.enterprise.clone(),
        applicant: new.applicant,
        isv: order.isv.clone(),
        product: order.product.clone(),
        amount: terms.amount,
        via: terms.via,
        reason,
        asked_at: at,
        state: RefundState::Reviewing { answer_until },
    };
    let ended = unpaid.iter().flat_map(|order| end_other(order.clone(), CancelWhy::RefundAsked, at));
    let mut effects: Vec<Effect> = ended.collect();
    if !terms.review {
        let mut step = approved(refund, order, &facts.services, Approval::NotOpened, at);
        effects.append(&mut step.effects);
        return Ok(Step { after: step.after, effects });
    }
    let (id, order, amount) = (refund.id.clone(), refund.order.clone(), refund.amount);
    effects.push(due(answer_until, DueWork::AnswerRefund(id.clone())));
    effects.push(tell(&refund.isv, at, NoticeKind::RefundAsked { refund: id, order, amount, answer_until }));
    Ok(Step { after: refund, effects })
}

fn reason(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    let fits = (1..=MOST_REASON).contains(&text.chars().count());
    fits.then(|| text.to_owned()).ok_or(Refused::RefundReasonInvalid)
}

/// Whether it is under review at `at`: once its 72 hours are over, no answer was a yes, whether or not that work is done.
fn reviewing(refund: &Refund, at: Timestamp) -> Result<(), Refused> {
    match refund.state {
        RefundState::Reviewing { answer_until } if at < answer_until => Ok(()),
        _ => Err(Refused::RefundNotReviewing),
    }
}

/// The buyer takes it back while it is under review.
pub fn withdraw_refund(mut refund: Refund, at: Timestamp) -> Result<Step<Refund>, Refused> {
    reviewing(&refund, at)?;
    refund.state = RefundState::Withdrawn { at };
    let kind = NoticeKind::RefundWithdrawn { refund: refund.id.clone(), order: refund.order.clone() };
    Ok(Step { effects: vec![tell(&refund.isv, at, kind)], after: refund })
}

/// The ISV does not refund, and says why in 1 to 200 characters.
pub fn reject_refund(mut refund: Refund, why: &str, at: Timestamp) -> Result<Step<Refund>, Refused> {
    reviewing(&refund, at)?;
    let reason = reason(why)?;
    refund.state = RefundState::Rejected { at, reason: reason.clone() };
    let kind = NoticeKind::RefundRejected { refund: refund.id.clone(), order: refund.order.clone(), reason };
    Ok(Step { effects: vec![tell(&refund.enterprise, at, kind)], after: refund })
}

/// The ISV refunds: `order`, with its `services`, is undone.
pub fn approve_refund(
    refund: Refund,
    order: &Order,
    services: &[Service],
    at: Timestamp,
) -> Result<Step<Refund>, Refused> {
    reviewing(&refund, at)?;
    Ok(approved(refund, order, services, Approval::Isv, at))
}

/// Due work: 72 hours without an answer are a yes (rule O4). `None` where it was answered, or is not due.
pub fn answer_for_isv(refund: Refund, order: &Order, services: &[Service], at: Timestamp) -> Option<Step<Refund>> {
    let RefundState::Reviewing { answer_until } = refund.state else { return None };
    // Written in the market's civil time of now: it may have been another one when the refund was asked for.
    let until = answer_until.in_offset(at.offset()).unwrap_or(answer_until);
    (until <= at).then(|| approved(refund, order, services, Approval::NoAnswer, until))
}

/// Undoes the order: its services are as before it, and what was paid is owed to the buyer.
fn approved(mut refund: Refund, order: &Order, services: &[Service], by: Approval, at: Timestamp) -> Step<Refund> {
    let mut order = order.clone();
    let shares = order.shares();
    let of_order = || order.services.iter().zip(&shares);
    let mut effects: Vec<Effect> =
        services.iter().filter_map(|service| reverse(service, order.before.as_ref())).collect();
    let isv = matches!(order.state, OrderState::Fulfilled { .. }).then_some(order.isv.as_str());
    let shared = of_order().map(|(id, share)| (id.as_str(), *share));
    effects.extend(refunded(&order.id, refund.amount, shared, isv).map(Effect::Post));
    for (id, share) in of_order() {
        let Some(service) = services.iter().find(|service| service.id == *id) else { continue };
        let step = undone(service.clone(), &order, *share, at);
        effects.push(Effect::Update(step.after));
        effects.extend(step.effects);
    }
    let (id, amount) = (refund.id.clone(), refund.amount);
    let told = |order: &str| NoticeKind::RefundApproved { refund: id.clone(), order: order.to_owned(), amount, by };
    effects.extend([&order.enterprise, &order.isv].map(|whom| tell(whom, at, told(&order.id))));
    if let Some(paid_at) = order.paid_at() {
        let fulfilled_at = match order.state {
            OrderState::Fulfilled { at, .. } => Some(at),
            _ => None,
        };
        order.state = OrderState::Refunded { paid_at, fulfilled_at, at };
    }
    refund.state = RefundState::Refunding { since: at, by };
    if amount == Fen::ZERO {
        refund.state = RefundState::Refunded { approved_at: at, at, by };
    } else {
        order.kept = amount;
        effects.push(match refund.via {
            Method::Sandbox => Effect::AskRefund(AskRefund {
                refund: refund.id.clone(),
                order: order.id.clone(),
                amount,
                via: refund.via,
            }),
            Method::Transfer => tell_operator(
                at,
                NoticeKind::RefundToSend { refund: refund.id.clone(), order: order.id.clone(), amount },
            ),
        });
    }
    effects.push(Effect::UpdateOrder(Box::new(order)));
    Step { after: refund, effects }
}

/// The money has been sent: the provider notified so with its number for the movement and the amount, or the operator says so.
/// `None` where that is known already. A notification of another amount changes nothing; the operator is told.
pub fn refund_sent(
    mut refund: Refund,
    mut order: Order,
    notified: Option<(&str, Fen)>,
    at: Timestamp,
) -> Result<Option<Step<Refund>>, Refused> {
    let (approved_at, by) = match refund.state {
        RefundState::Refunding { since, by } => (since, by),
        RefundState::Refunded { .. } => return Ok(None),
        _ => return Err(Refused::RefundNotRefunding),
    };
    if let Some((transaction, amount)) = notified.filter(|(_, amount)| *amount != refund.amount) {
        let (transaction, expected) = (transaction.to_owned(), refund.amount);
        let kind = NoticeKind::AmountMismatch { order: order.id, transaction, expected, notified: amount };
        return Ok(Some(Step { after: refund, effects: vec![tell_operator(at, kind)] }));
    }
    refund.state = RefundState::Refunded { approved_at, at, by };
    order.kept = Fen::ZERO;
    let back = SendBack {
        order: order.id.clone(),
        amount: refund.amount,
        via: refund.via,
        transaction: notified.map(|(transaction, _)| transaction.to_owned()),
    };
    let (id, amount) = (refund.id.clone(), refund.amount);
    let kind = NoticeKind::RefundSent { refund: id, order: order.id.clone(), amount };
    let mut effects: Vec<Effect> = returned(&order.id, amount).map(Effect::Post).into_iter().collect();
    effects.push(Effect::SendBack(back));
    effects.push(tell(&order.enterprise, at, kind));
    effects.push(Effect::UpdateOrder(Box::new(order)));
    Ok(Some(Step { after: refund, effects }))
}

/// Due work: 24 hours after its payment the buyer is told where not all of the order's services have been opened (rule V3).
pub fn not_opened(order: &Order, services: &[Service], at: Timestamp) -> Option<Effect> {
    let paid_at = order.paid_at()?;
    let waiting = services.iter().any(|service| service.opened.is_none());
    let told = tell(&order.enterprise, at, NoticeKind::NotOpenedInTime { order: order.id.clone() });
    (waiting && at.since(paid_at) >= OPENED_WITHIN).then_some(told)
}

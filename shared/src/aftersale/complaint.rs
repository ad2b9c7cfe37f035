//! Complaints (投诉, rule O7).

use serde::{Deserialize, Serialize};

use super::{Answer, Refused, said};
use crate::calendar::Timestamp;
use crate::orders::{Effect, NoticeKind, Order, Step, tell, tell_operator};

/// The longest text of a complaint, an answer or a finding, in characters.
const MOST_TEXT: usize = 1000;

/// What an enterprise complains of to the operator, about the ISV of one of its orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Its id.
    pub id: String,
    /// The order that it is about.
    pub order: String,
    /// The enterprise that complains.
    pub enterprise: String,
    /// The ISV that it complains of.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// What it complains of.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What the ISV says to it, once.
    pub answer: Option<Answer>,
    /// Where it stands.
    pub state: ComplaintState,
}

/// Where a complaint stands.
///
/// ```text
/// open → withdrawn | closed
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ComplaintState {
    /// The operator has still to decide, whether or not the ISV has answered.
    Open,
    /// The buyer took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The operator has decided.
    Closed {
        /// When.
        at: Timestamp,
        /// For whom.
        outcome: Outcome,
        /// Why, for both sides to read.
        finding: String,
    },
}

/// How the operator decides a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The buyer is right (成立).
    Upheld,
    /// The ISV did nothing wrong (不成立).
    Dismissed,
    /// The two have agreed (已和解).
    Settled,
}

/// The buyer complains of an order's ISV. One complaint of an order is open at a time (`others`: all there are of it).
pub fn complain(
    id: String,
    text: &str,
    order: &Order,
    others: &[Complaint],
    at: Timestamp,
) -> Result<Step<Complaint>, Refused> {
    if others.iter().any(|other| other.state == ComplaintState::Open) {
        return Err(Refused::ComplaintExists);
    }
    let text = said(text, MOST_TEXT).ok_or(Refused::TextInvalid)?;
    let kind = || NoticeKind::ComplaintMade { order: order.id.clone() };
    let effects = vec![tell_operator(at, kind()), tell(&order.isv, at, kind())];
    let after = Complaint {
        id,
        order: order.id.clone(),
        enterprise: order.enterprise.clone(),
        isv: order.isv.clone(),
        product: order.product.clone(),
        text,
        at,
        answer: None,
        state: ComplaintState::Open,
    };
    Ok(Step { after, effects })
}

/// The ISV says what it has to say, once, while it is open.
pub fn reply(mut complaint: Complaint, text: &str, at: Timestamp) -> Result<Step<Complaint>, Refused> {
    still_open(&complaint)?;
    if complaint.answer.is_some() {
        return Err(Refused::Answered);
    }
    let text = said(text, MOST_TEXT).ok_or(Refused::TextInvalid)?;
    complaint.answer = Some(Answer { text, at });
    let kind = || NoticeKind::ComplaintAnswered { order: complaint.order.clone() };
    let effects = vec![tell(&complaint.enterprise, at, kind()), tell_operator(at, kind())];
    Ok(Step { after: complaint, effects })
}

/// The buyer takes it back.
pub fn take_back(mut complaint: Complaint, at: Timestamp) -> Result<Step<Complaint>, Refused> {
    still_open(&complaint)?;
    complaint.state = ComplaintState::Withdrawn { at };
    let kind = || NoticeKind::ComplaintWithdrawn { order: complaint.order.clone() };
    let effects = vec![tell_operator(at, kind()), tell(&complaint.isv, at, kind())];
    Ok(Step { after: complaint, effects })
}

/// The operator decides, and says why.
pub fn decide(
    mut complaint: Complaint,
    outcome: Outcome,
    finding: &str,
    at: Timestamp,
) -> Result<Step<Complaint>, Refused> {
    still_open(&complaint)?;
    let finding = said(finding, MOST_TEXT).ok_or(Refused::TextInvalid)?;
    let told = |whom: &str| -> Effect {
        tell(
            whom,
            at,
            NoticeKind::ComplaintClosed { order: complaint.order.clone(), outcome, finding: finding.clone() },
        )
    };
    let effects = vec![told(&complaint.enterprise), told(&complaint.isv)];
    complaint.state = ComplaintState::Closed { at, outcome, finding };
    Ok(Step { after: complaint, effects })
}

fn still_open(complaint: &Complaint) -> Result<(), Refused> {
    (complaint.state == ComplaintState::Open).then_some(()).ok_or(Refused::ComplaintNotOpen)
}

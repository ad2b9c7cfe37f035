//! Whether an order can be refunded, and what its refund would do (rules O4, O5, O10, V3). The page shows it before it is
//! asked for; asking holds to it.

use serde::{Deserialize, Serialize};

use super::step::later;
use super::{Method, Order, OrderKind, Refused, Service};
use crate::calendar::{DAY, Timestamp};
use crate::money::Fen;

/// For how long after its payment an order can be refunded.
const ASKED_WITHIN: i64 = 10 * DAY;
/// After how long a service that was not opened is refunded without review (rule V3).
pub(super) const OPENED_WITHIN: i64 = DAY;

/// What of an order's invoice stands in the way of its refund (rules O4, O5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invoicing {
    /// Nothing.
    #[default]
    None,
    /// One was asked for and neither issued nor withdrawn nor rejected.
    Open,
    /// One was issued.
    Issued,
}

/// What of an order was refunded outside the market (rule O10). A refund is of the whole amount: what the buyer already has
/// would come a second time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaidOutside {
    /// Nothing.
    #[default]
    None,
    /// The ISV says so, and the buyer has still to say whether that is so.
    Recorded,
    /// The buyer has it.
    Confirmed,
}

/// What else decides about a refund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundFacts {
    /// The turn of the enterprise's last settled order of the product that was not refunded.
    pub last_turn: Option<u32>,
    /// A refund of the product is under review.
    pub under_review: bool,
    /// How the order's invoice stands.
    pub invoicing: Invoicing,
    /// What of it was refunded outside the market.
    pub outside: PaidOutside,
    /// The order's services.
    pub services: Vec<Service>,
    /// How many unpaid orders of the product the enterprise has.
    pub unpaid: u32,
}

/// What a refund that is asked for now would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundTerms {
    /// What comes back: all that was paid for the order.
    pub amount: Fen,
    /// How it was paid, and is sent back.
    pub via: Method,
    /// The ISV reviews it; else it is approved at once (rule V3).
    pub review: bool,
    /// The last second in which it can be asked for; where it takes no review, it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The end that the service goes back to; none where the order's services are closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
    /// How many unpaid orders of the product end when it is asked for.
    pub unpaid: u32,
}

/// Whether the refund of `order` can be asked for at `at`, and what it would do.
pub fn may_ask_refund(order: &Order, facts: &RefundFacts, at: Timestamp) -> Result<RefundTerms, Refused> {
    let paid_at = order.paid_at().filter(|_| order.kind != OrderKind::Trial).ok_or(Refused::RefundNotPaid)?;
    if facts.under_review {
        return Err(Refused::RefundUnderReview);
    }
    // First: who asks too late need not withdraw or give back anything before being told so.
    let waited = at.since(paid_at);
    let review = waited < OPENED_WITHIN || facts.services.iter().all(|service| service.opened.is_some());
    if review && waited > ASKED_WITHIN {
        return Err(Refused::RefundTooLate);
    }
    match facts.invoicing {
        Invoicing::None => {}
        Invoicing::Open => return Err(Refused::RefundInvoiceOpen),
        Invoicing::Issued => return Err(Refused::RefundInvoiced),
    }
    match facts.outside {
        PaidOutside::None => {}
        PaidOutside::Recorded => return Err(Refused::RefundOfflineOpen),
        PaidOutside::Confirmed => return Err(Refused::RefundOffline),
    }
    if order.turn.is_none() || order.turn != facts.last_turn {
        return Err(Refused::RefundNotLast);
    }
    let before = order.before.as_ref().and_then(|before| before.subscription.segments.last());
    Ok(RefundTerms {
        amount: order.amount.due(),
        via: paid_via(order),
        review,
        until: review.then(|| later(paid_at, ASKED_WITHIN)),
        ends: before.map(|segment| segment.end),
        unpaid: facts.unpaid,
    })
}

/// The way that the money came which settled the order.
fn paid_via(order: &Order) -> Method {
    order.movements.iter().find(|movement| movement.counted).map_or(order.method, |movement| movement.via)
}

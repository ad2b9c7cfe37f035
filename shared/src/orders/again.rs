//! A settled order, computed again from what it says of itself: for audits.

use super::settle::purchased;
use super::{Intent, Order, OrderKind, OrderState, ServiceState, When, quote_on};
use crate::calendar::Timestamp;
use crate::catalog::Offer;
use crate::lifecycle::{ChangeMode, Subscription};
use crate::money::Fen;

/// What an order came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// What was paid for it.
    pub amount: Fen,
    /// What each of its services had then, in their order.
    pub after: Vec<Subscription>,
}

/// What a settled order came to on the offer of its revision, and what it made of its services; `None` where it is not settled,
/// is a trial, or could not have been settled so.
pub fn settled_again(order: &Order, offer: &Offer) -> Option<Again> {
    let paid_at = match order.state {
        OrderState::Paid { at } => at,
        OrderState::Fulfilled { paid_at, .. } | OrderState::Refunded { paid_at, .. } => paid_at,
        OrderState::Unpaid { .. } | OrderState::Cancelled { .. } => return None,
    };
    if order.kind == OrderKind::Trial {
        return None;
    }
    let agreed = order.amount.repriced.as_ref().map_or(order.amount.quoted, |repriced| repriced.amount);
    let Some(on) = &order.on else {
        let quote = purchased(offer, &order.selection, paid_at, Some(agreed)).ok()?;
        return Some(Again { amount: agreed, after: quote.after });
    };
    let evaluate = |paid: Option<Fen>| {
        // It stood then as it had to.
        let state = ServiceState::Active { since: order.placed_at };
        let when = When { placed: order.placed_at, paid: paid_at };
        quote_on(offer, &state, &on.subscription, on.intent, &order.selection.as_raw(), when, paid).ok()
    };
    let amount = match on.intent {
        Intent::Change { mode: ChangeMode::CoTerm } => evaluate(None)?.due.min(agreed),
        Intent::Change { mode: ChangeMode::ReTerm } | Intent::Renew => agreed,
    };
    Some(Again { amount, after: evaluate(Some(amount))?.after })
}

/// A quotation on a service, computed again: what it says is due as of `issued_at`.
pub fn quoted_again(
    on: &super::OnService,
    selection: &crate::pricing::SelectionFile,
    offer: &Offer,
    issued_at: Timestamp,
) -> Option<crate::lifecycle::Quote> {
    let state = ServiceState::Active { since: issued_at };
    quote_on(offer, &state, &on.subscription, on.intent, &selection.as_raw(), When::both(issued_at), None).ok()
}

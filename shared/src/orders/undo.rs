//! A renewal or a change of a service, and its undoing when it is refunded (rules L9, O4).
//!
//! Invariant (rule L14): while a service runs, what remains of what was paid in is what stands as paid on its segments. So
//! what a step consumes follows: it is the rest.

use serde::{Deserialize, Serialize};

use super::ledger::{changed, consumed, credited, reversed};
use super::notice::tell;
use super::step::{due, later};
use super::{DueWork, Effect, Intent, NoticeKind, Order, Service, ServiceState, Step, close_service, expire};
use crate::calendar::Timestamp;
use crate::lifecycle::{GRACE_SECONDS, Quote, Subscription};
use crate::money::Fen;

/// What a service was before an order renewed or changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The order that it was last paid with.
    pub order: String,
    /// Where it stood.
    pub state: ServiceState,
    /// What it had.
    pub subscription: Subscription,
    /// What had been consumed.
    pub consumed: Fen,
    /// What had been forfeited.
    pub forfeited: Fen,
    /// The end that its buyer had been told of last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Timestamp>,
}

impl Service {
    fn before(&self) -> Before {
        Before {
            order: self.order.clone(),
            state: self.state,
            subscription: self.subscription.clone(),
            consumed: self.consumed,
            forfeited: self.forfeited,
            noticed: self.noticed,
        }
    }

    /// The service as `quote` leaves it, for which `paid` was paid at `at`; what it was before; and what goes into the ledger
    /// before and after that payment.
    pub(super) fn changed_by(
        self,
        order: &str,
        intent: Intent,
        quote: &Quote,
        paid: Fen,
        at: Timestamp,
    ) -> Option<Applied> {
        let subscription = quote.after.first()?.clone();
        let on_segments: Fen = subscription.segments.iter().fold(Fen::ZERO, |sum, segment| sum + segment.paid);
        let kept = on_segments - paid;
        let (credit, delivered) = (kept + quote.forfeited, self.remaining() - kept - quote.forfeited);
        let (first, last) = match intent {
            Intent::Renew => (consumed(&self.id, delivered), None),
            Intent::Change { .. } => {
                (credited(&self.id, credit, delivered), changed(&self.id, credit, quote.forfeited))
            }
        };
        let before = self.before();
        let mut service = self.bought(order, subscription, paid, at);
        service.consumed = service.consumed + delivered;
        service.forfeited = service.forfeited + quote.forfeited;
        Some(Applied { service, before, first, last })
    }
}

/// A service that was renewed or changed.
pub(super) struct Applied {
    pub(super) service: Service,
    pub(super) before: Before,
    /// Goes into the ledger before the payment.
    pub(super) first: Option<super::ledger::Entry>,
    /// Goes into the ledger after the payment.
    pub(super) last: Option<super::ledger::Entry>,
}

/// Takes back what the service has consumed and forfeited since the order that is undone: then its share of what was paid
/// remains whole, to be refunded.
pub(super) fn reverse(service: &Service, before: Option<&Before>) -> Option<Effect> {
    let (were_consumed, were_forfeited) = before.map_or((Fen::ZERO, Fen::ZERO), |it| (it.consumed, it.forfeited));
    reversed(&service.id, service.consumed - were_consumed, service.forfeited - were_forfeited).map(Effect::Post)
}

/// The service without `order`, of which it had `share`: as it was before, or closed where the order made it. What its time
/// has brought meanwhile happens at once.
pub(super) fn undone(mut service: Service, order: &Order, share: Fen, at: Timestamp) -> Step<Service> {
    service.refunded = service.refunded + share;
    let Some(before) = &order.before else {
        (service.consumed, service.forfeited) = (Fen::ZERO, Fen::ZERO);
        if let ServiceState::Closed { .. } = service.state {
            return Step { after: service, effects: Vec::new() };
        }
        service.state = ServiceState::Closed { at };
        let told = [&service.enterprise, &service.isv];
        let kind = || NoticeKind::ServiceClosed { service: service.id.clone() };
        let effects = told.map(|whom| tell(whom, at, kind())).to_vec();
        return Step { after: service, effects };
    };
    let (state, end) = (service.state, service.end());
    service.order.clone_from(&before.order);
    service.subscription = before.subscription.clone();
    (service.consumed, service.forfeited, service.noticed) = (before.consumed, before.forfeited, before.noticed);
    service.state = match (before.state, service.opened) {
        (ServiceState::Provisioning { .. }, Some(since)) => ServiceState::Active { since },
        (state, _) => state,
    };
    let ended_already = matches!(state, ServiceState::Expired { .. } | ServiceState::Closed { .. });
    if ended_already && end == service.end() {
        let mut effects = Vec::new();
        service.state = state;
        service.consume(&mut effects);
        return Step { after: service, effects };
    }
    let mut step = Step { after: service, effects: Vec::new() };
    if let Some(expired) = expire(step.after.clone(), at) {
        step.after = expired.after;
        step.effects.extend(expired.effects);
    }
    if let Some(closed) = close_service(step.after.clone(), None, at) {
        step.after = closed.after;
        step.effects.extend(closed.effects);
    }
    match step.after.state {
        ServiceState::Provisioning { .. } | ServiceState::Active { .. } => {
            let work: Vec<Effect> = step.after.end_work().collect();
            step.effects.extend(work);
        }
        ServiceState::Expired { .. } => {
            let closes_at = step.after.end().map_or(at, |end| later(end, GRACE_SECONDS + 1));
            step.effects.push(due(closes_at, DueWork::CloseService(step.after.id.clone())));
        }
        ServiceState::Closed { .. } => {}
    }
    step
}

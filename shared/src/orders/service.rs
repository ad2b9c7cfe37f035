//! A service from its payment, or the beginning of its trial, to its close (rules L1, L4, L5, L13).

use serde::{Deserialize, Serialize};

use super::ledger::consumed;
use super::notice::tell;
use super::step::{due, later};
use super::{DueWork, Effect, NoticeKind, Refused, Step};
use crate::calendar::{DAY, Timestamp};
use crate::lifecycle::{ExtraTrial, GRACE_SECONDS, Subscription, TrialTerms, extended};
use crate::money::Fen;

/// How long before its end a service's buyer is told (rule L5).
const NOTICE_SECONDS: i64 = 7 * DAY;

/// A bought instance and where it stands.
///
/// Its id is its first order's id, a hyphen and its number in that order, from 1 on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// The order that it was last paid, or begun, with.
    pub order: String,
    /// The product's slug.
    pub product: String,
    /// The id of the enterprise whose it is.
    pub enterprise: String,
    /// The id of the ISV that opens it.
    pub isv: String,
    /// Where it stands.
    pub state: ServiceState,
    /// When it was first opened.
    pub opened: Option<Timestamp>,
    /// What it has. Without segments where it was bought for good (rule L2), and where a trial waits to be opened.
    pub subscription: Subscription,
    /// What a trial was begun with; `None` for what was paid.
    pub trial: Option<TrialTerms>,
    /// What was paid in for it in all.
    pub paid: Fen,
    /// What of it has been consumed.
    pub consumed: Fen,
    /// What of it changes have lost (rule L8).
    #[serde(default)]
    pub forfeited: Fen,
    /// What of it was refunded (rule O4).
    #[serde(default)]
    pub refunded: Fen,
    /// The end that its buyer was told of last (rule L5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Timestamp>,
}

/// Where a service stands (rule L1).
///
/// ```text
/// provisioning → active → expired → closed
/// provisioning → expired      its paid term ran out before it was opened
/// expired → active            renewed or bought, or given an extra trial, in time
/// expired → provisioning      the same, but it was never opened
/// any → closed                its first purchase was refunded, or a renewal without which it would have closed
/// any → as before an order    that order was refunded (O4)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ServiceState {
    /// 开通中: to be opened by the ISV.
    Provisioning {
        /// Since when.
        since: Timestamp,
    },
    /// 已开通.
    Active {
        /// Since when, this time.
        since: Timestamp,
    },
    /// 已过期: access is cut; it can still be renewed.
    Expired {
        /// The end of its last segment.
        at: Timestamp,
    },
    /// 已关闭, for good: the ISV releases what it holds.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Service {
    /// The end of its last segment; `None` where it has none.
    pub fn end(&self) -> Option<Timestamp> {
        self.subscription.end()
    }

    /// Bought for good (按次).
    pub fn one_time(&self) -> bool {
        self.trial.is_none() && self.subscription.segments.is_empty()
    }

    /// Whether it is closed at `at`, or has to be (rule L4): its end lies more than 7 × 24 h back.
    pub fn is_closed(&self, at: Timestamp) -> bool {
        matches!(self.state, ServiceState::Closed { .. }) || self.end().is_some_and(|end| at.since(end) > GRACE_SECONDS)
    }

    /// When its buyer is to be told of its end (rule L5): 7 days before it, or as its last segment starts.
    fn notice_at(&self) -> Option<Timestamp> {
        self.subscription.segments.last().map(|last| last.start.max(later(last.end, -NOTICE_SECONDS)))
    }

    /// The work that its end brings.
    pub(super) fn end_work(&self) -> impl Iterator<Item = Effect> {
        let notice = self.notice_at().map(|at| due(at, DueWork::NoticeEnd(self.id.clone())));
        let expiry = self.end().map(|end| due(end, DueWork::Expire(self.id.clone())));
        notice.into_iter().chain(expiry)
    }

    /// What is paid makes it what it is from now on, a trial too (rule L13). It must not be closed.
    pub(super) fn bought(mut self, order: &str, subscription: Subscription, paid: Fen, at: Timestamp) -> Self {
        order.clone_into(&mut self.order);
        self.subscription = subscription;
        self.trial = None;
        self.paid = self.paid + paid;
        if matches!(self.state, ServiceState::Expired { .. }) {
            self.state = match self.opened {
                Some(_) => ServiceState::Active { since: at },
                None => ServiceState::Provisioning { since: at },
            };
        }
        self
    }

    /// What of the money that was paid in has not been consumed, forfeited or refunded (rule L14). While it runs, that is what
    /// stands as paid on its segments.
    pub fn remaining(&self) -> Fen {
        self.paid - self.consumed - self.forfeited - self.refunded
    }

    /// Takes what remains of what was paid as consumed.
    pub(super) fn consume(&mut self, effects: &mut Vec<Effect>) {
        let remaining = self.remaining();
        effects.extend(consumed(&self.id, remaining).map(Effect::Post));
        self.consumed = self.consumed + remaining;
    }

    /// The segment that a trial begins with `days` from `at` on, and the work that it brings.
    fn try_for(&mut self, days: u32, at: Timestamp, effects: &mut Vec<Effect>) {
        if let Some(subscription) = extended(&self.subscription, days, at) {
            self.subscription = subscription;
            effects.extend(self.end_work());
        }
    }
}

/// The ISV, or the operator, has opened the service (rule L1). A trial's days run from now on (rule L13); what was bought
/// for good is delivered now.
pub fn opened(mut service: Service, at: Timestamp) -> Result<Step<Service>, Refused> {
    let provisioning = matches!(service.state, ServiceState::Provisioning { .. });
    if !provisioning || service.end().is_some_and(|end| end <= at) {
        return Err(Refused::ServiceNotProvisioning);
    }
    service.state = ServiceState::Active { since: at };
    service.opened = Some(at);
    let mut effects = vec![tell(&service.enterprise, at, NoticeKind::ServiceOpened { service: service.id.clone() })];
    if let Some(trial) = service.trial {
        service.try_for(trial.days, at, &mut effects);
    } else if service.one_time() {
        service.consume(&mut effects);
    }
    Ok(Step { after: service, effects })
}

/// Due work: the notice that the service ends (rule L5), once for each end. `None` where it has ended or is closed, its end
/// has moved since, or its buyer was told of that end.
pub fn notice_end(mut service: Service, at: Timestamp) -> Option<Step<Service>> {
    let runs = matches!(service.state, ServiceState::Provisioning { .. } | ServiceState::Active { .. });
    let end = service.end().filter(|end| runs && at < *end && service.noticed != Some(*end))?;
    let since = service.notice_at().filter(|notice_at| *notice_at <= at)?;
    service.noticed = Some(end);
    let id = service.id.clone();
    let kind = match service.trial {
        Some(_) => NoticeKind::TrialEnds { service: id, end },
        None => NoticeKind::ServiceEnds { service: id, end },
    };
    let effects = vec![tell(&service.enterprise, since, kind)];
    Some(Step { after: service, effects })
}

/// Due work: the service ends with its last segment (rule L4); `None` where it has ended already or not yet.
pub fn expire(mut service: Service, at: Timestamp) -> Option<Step<Service>> {
    let running = matches!(service.state, ServiceState::Provisioning { .. } | ServiceState::Active { .. });
    let end = service.end().filter(|end| running && *end <= at)?;
    service.state = ServiceState::Expired { at: end };
    let mut effects = Vec::new();
    service.consume(&mut effects);
    effects.push(due(later(end, GRACE_SECONDS + 1), DueWork::CloseService(service.id.clone())));
    let (trial, renewable_until) = (service.trial.is_some(), later(end, GRACE_SECONDS));
    let kind = NoticeKind::ServiceExpired { service: service.id.clone(), trial, renewable_until };
    effects.push(tell(&service.enterprise, end, kind));
    Some(Step { after: service, effects })
}

/// Due work: more than 7 × 24 h after its end an expired service is closed for good (rule L4); `None` where it is closed
/// already or not yet. A renewal that was placed in time may still be paid: `renewable_until` is when the last such order
/// closes, and the service waits for that (rule O2).
pub fn close_service(mut service: Service, renewable_until: Option<Timestamp>, at: Timestamp) -> Option<Step<Service>> {
    let ServiceState::Expired { .. } = service.state else { return None };
    service.is_closed(at).then_some(())?;
    if let Some(until) = renewable_until.filter(|until| at < *until) {
        let effects = vec![due(until, DueWork::CloseService(service.id.clone()))];
        return Some(Step { after: service, effects });
    }
    service.state = ServiceState::Closed { at };
    let told = [&service.enterprise, &service.isv];
    let effects = told.map(|whom| tell(whom, at, NoticeKind::ServiceClosed { service: service.id.clone() })).to_vec();
    Some(Step { after: service, effects })
}

/// The extra trial: once, after the trial has ended and until it closes, from now on (rule L13).
pub fn extra_trial(mut service: Service, at: Timestamp) -> Result<Step<Service>, Refused> {
    let terms = service.trial.ok_or(Refused::ExtraTrialNotOffered)?;
    let days = match terms.extra {
        ExtraTrial::Offered { days } => days,
        ExtraTrial::NotOffered => return Err(Refused::ExtraTrialNotOffered),
        ExtraTrial::Taken => return Err(Refused::ExtraTrialTaken),
    };
    let ended = service.end().is_some_and(|end| end <= at);
    if !ended || service.is_closed(at) {
        return Err(Refused::ExtraTrialNotNow);
    }
    service.trial = Some(TrialTerms { extra: ExtraTrial::Taken, ..terms });
    service.state = ServiceState::Active { since: at };
    let mut effects = Vec::new();
    service.try_for(days, at, &mut effects);
    Ok(Step { after: service, effects })
}

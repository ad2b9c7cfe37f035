//! The access check (rule V7): may this service be used now?

use serde::{Deserialize, Serialize};

use super::{Service, ServiceState};
use crate::calendar::Timestamp;

/// Whether a service can be used at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can.
    Usable {
        /// Until when, if it does not change; `None`: for good.
        until: Option<Timestamp>,
    },
    /// It cannot.
    Not(WhyNot),
}

/// Why a service cannot be used now (rule V7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum WhyNot {
    /// It has not been opened yet.
    NotOpened,
    /// It has ended.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// It has been closed for good.
    Closed {
        /// When.
        at: Timestamp,
    },
}

/// Whether `service` can be used at `now`. The end of its time decides, not whether the work that is due then has been done.
pub fn access(service: &Service, now: Timestamp) -> Access {
    if let ServiceState::Closed { at } = service.state {
        return Access::Not(WhyNot::Closed { at });
    }
    let end = service.end();
    if let Some(at) = end.filter(|end| *end <= now) {
        return Access::Not(WhyNot::Expired { at });
    }
    match service.opened {
        Some(_) => Access::Usable { until: end },
        None => Access::Not(WhyNot::NotOpened),
    }
}

/// Whether an enterprise can use at least one of its services of a product (rule V7).
pub fn any_usable<'a>(services: impl IntoIterator<Item = &'a Service>, now: Timestamp) -> bool {
    services.into_iter().any(|service| matches!(access(service, now), Access::Usable { .. }))
}

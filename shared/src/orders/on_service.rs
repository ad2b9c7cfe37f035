//! What an order is made on that renews or changes a service, and what that comes to (rules L3, L7–L12, O2).

use serde::{Deserialize, Serialize};

use super::{Order, OrderKind, Service, ServiceState};
use crate::calendar::Timestamp;
use crate::catalog::Offer;
use crate::json::At;
use crate::lifecycle::{ChangeMode, Quote, Subscription, change, renew_as_placed};
use crate::money::Fen;
use crate::pricing::{RawSelection, SelectionFile};
use crate::violation::{Problem, Violation};

/// What is wanted of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "intent", rename_all = "snake_case")]
pub enum Intent {
    /// A further term (续费).
    Renew,
    /// Another selection, or the same for a new term (扩容, 升级, 变更付费方案).
    Change {
        /// Whether the end stays.
        mode: ChangeMode,
    },
}

/// The service that a quotation, or an order, renews or changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnService {
    /// Its id.
    pub service: String,
    /// What is wanted of it.
    #[serde(flatten)]
    pub intent: Intent,
    /// As it was when it was quoted; the order holds only while it is so.
    pub subscription: Subscription,
}

impl Intent {
    /// What an order is called that does this to a service which has `had`.
    pub fn kind(self, had: &Subscription, selection: &SelectionFile) -> OrderKind {
        let same_picks = had.quantities == selection.quantities && had.options == selection.options;
        match self {
            Self::Renew => OrderKind::Renewal,
            Self::Change { .. } if had.edition != selection.edition => OrderKind::Upgrade,
            Self::Change { mode: ChangeMode::ReTerm } if same_picks => OrderKind::Extension,
            Self::Change { .. } => OrderKind::Expansion,
        }
    }

    /// One takes the place of the other while both are unpaid: the last of them is what the buyer wants.
    pub const fn supersedes(self, other: Self) -> bool {
        matches!((self, other), (Self::Renew, Self::Renew) | (Self::Change { .. }, Self::Change { .. }))
    }
}

/// When something is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// When it was, or would be, ordered.
    pub placed: Timestamp,
    /// When it is, or would be, paid.
    pub paid: Timestamp,
}

impl When {
    /// Both at once: for a quotation.
    pub const fn both(at: Timestamp) -> Self {
        Self { placed: at, paid: at }
    }
}

/// What `intent` comes to for a service in `state` that has `subscription`; the page, a quotation and an order all ask here.
///
/// A change by `re_term` begins when it is placed, all else when it is paid (rule O2). Violations stand at `/selection/…`,
/// `/subscription/…`, `/mode` and `/term`.
pub fn quote_on(
    offer: &Offer,
    state: &ServiceState,
    subscription: &Subscription,
    intent: Intent,
    selection: &RawSelection<'_>,
    when: When,
    paid: Option<Fen>,
) -> Result<Quote, Vec<Violation>> {
    let quote = match intent {
        Intent::Renew => renew_as_placed(offer, subscription, selection.term.flatten(), when.placed, when.paid, paid),
        Intent::Change { mode: ChangeMode::CoTerm } => {
            change(offer, subscription, selection, ChangeMode::CoTerm, when.paid, paid)
        }
        Intent::Change { mode: ChangeMode::ReTerm } => {
            change(offer, subscription, selection, ChangeMode::ReTerm, when.placed, paid)
        }
    };
    let quote = quote.map_err(|violations| violations.into_iter().map(at_its_service).collect::<Vec<_>>())?;
    // What has not been opened cannot be changed (rule L12); what was refunded is closed before its end.
    let standing = match (state, intent) {
        (ServiceState::Closed { .. }, _) | (ServiceState::Provisioning { .. }, Intent::Change { .. }) => false,
        (ServiceState::Provisioning { .. } | ServiceState::Active { .. } | ServiceState::Expired { .. }, _) => true,
    };
    let refusal = || vec![Violation::new(At::ROOT.key("subscription"), &Problem::SubscriptionNotActive)];
    standing.then_some(quote).ok_or_else(refusal)
}

/// An evaluator's request says when; a market's does not.
fn at_its_service(mut violation: Violation) -> Violation {
    if violation.at == "/at" {
        "/subscription".clone_into(&mut violation.at);
    }
    violation
}

impl OnService {
    /// What the order comes to, settled at `at` on the service as it stands then; `None` where the service is not what was
    /// quoted any more.
    pub(super) fn evaluate(
        &self,
        offer: &Offer,
        service: Option<&Service>,
        order: &Order,
        at: Timestamp,
        paid: Option<Fen>,
    ) -> Option<Result<Quote, Vec<Violation>>> {
        let service = service.filter(|service| self.holds(service))?;
        let when = When { placed: order.placed_at, paid: at };
        let selection = order.selection.as_raw();
        Some(quote_on(offer, &service.state, &service.subscription, self.intent, &selection, when, paid))
    }

    /// The service is still what was quoted.
    pub fn holds(&self, service: &Service) -> bool {
        service.id == self.service && service.subscription == self.subscription
    }

    /// Whether what is quoted takes something away that its buyer has to confirm (rule O1): credit that is forfeited, or time.
    pub fn takes_away(&self, quote: &Quote) -> bool {
        quote.forfeited > Fen::ZERO || quote.end < self.subscription.end()
    }
}

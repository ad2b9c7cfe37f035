//! Services, trials and the access check.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Customer, Names, Order};
use crate::calendar::Timestamp;
use crate::lifecycle::{Subscription, TrialTerms};
use crate::money::Fen;
use crate::orders::{ServiceState, WhyNot};

/// A service, as its buyer, its ISV and the operator see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// The order that it was last paid, or begun, with.
    pub order: String,
    /// The product's slug.
    pub product: String,
    /// The product's name.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// Where it stands.
    pub state: ServiceState,
    /// What it has. Without segments where it was bought for good, and where a trial waits to be opened.
    pub subscription: Subscription,
    /// The words that belong to the codes in the subscription.
    pub names: Names,
    /// What was paid in for it in all: consumed, remaining, refunded and forfeited (rule L14).
    pub paid: Fen,
    /// What of it was refunded.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub refunded: Fen,
    /// What of it changes have lost.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub forfeited: Fen,
    /// When it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Timestamp>,
    /// The end of its last segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
    /// What a trial was begun with; absent once it has been bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<TrialTerms>,
    /// The ISV's own words; for the ISV.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The enterprise whose it is; for the ISV and the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
}

#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so; smaller than two pointers only there")
)]
fn is_nothing(amount: &Fen) -> bool {
    *amount == Fen::ZERO
}

/// A service with everything that renewing and changing it is quoted from: [`crate::orders::quote_on`] says the same in the page
/// and on the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceDetail {
    /// The service.
    #[serde(flatten)]
    pub service: Service,
    /// What is sold now.
    pub sold: Sold,
    /// The orders that led to it or changed it, the latest first; those that are unpaid or under review among them.
    pub history: Vec<Order>,
    /// The server's time, in the marketplace's offset.
    pub now: Timestamp,
}

/// What is sold now of a service's product, also where it takes no new purchases.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sold {
    /// The number of the configuration.
    pub revision: u32,
    /// The configuration, to be read by [`crate::catalog::Offer::parse`].
    pub config: Box<RawValue>,
    /// The version of the product's agreement that holds.
    pub agreement: u32,
    /// A refund of the product is under review: nothing is ordered until it has ended (rule O4).
    pub under_review: bool,
}

/// Services, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceList {
    /// Those that match.
    pub services: Vec<Service>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which services (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceQuery {
    /// The id, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The product's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ServiceStateName>,
    /// For the ISV and the operator: the enterprise's id, or a part of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// For the ISV: a part of the note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The states of a service by name, to search by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceStateName {
    /// See [`ServiceState::Provisioning`].
    Provisioning,
    /// See [`ServiceState::Active`].
    Active,
    /// See [`ServiceState::Expired`].
    Expired,
    /// See [`ServiceState::Closed`].
    Closed,
}

impl ServiceStateName {
    /// The name, as it is searched by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Closed => "closed",
        }
    }
}

/// Sets the ISV's note on a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteRequest {
    /// At most 500 characters; empty takes it away.
    pub note: String,
}

/// Begins a trial (rule L13) → 201 [`Service`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialRequest {
    /// The product's slug.
    pub product: String,
    /// What is tried.
    pub selection: TrialSelection,
}

/// What is picked for a trial. Quantities are not: they are the minimum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialSelection {
    /// The edition's code.
    pub edition: String,
    /// By charge key.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

/// Which services' access is asked for (rule V7): `service`, or `enterprise` and `product`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessQuery {
    /// A service's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// An enterprise's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    /// A product's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

/// The answer to an access check (rule V7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAnswer {
    /// At least one of the services can be used now.
    pub usable: bool,
    /// Every service that was asked for.
    pub services: Vec<Access>,
}

/// What an ISV's app may let the users of a service do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The service's id.
    pub service: String,
    /// It can be used now.
    pub usable: bool,
    /// Until when; absent where it does not end, or cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// A trial.
    pub trial: bool,
    /// The edition's code.
    pub edition: String,
    /// By charge key.
    pub quantities: BTreeMap<String, u32>,
    /// By charge key.
    pub options: BTreeMap<String, String>,
    /// Why it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
    /// Where its buyer can renew it or buy it anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_at: Option<String>,
}

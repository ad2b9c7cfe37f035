//! Who asks.

use shared::api::{OrganisationKind, Role, Scope, Who};

use crate::store::tenant::Tenant;

/// Somebody who is signed in, or a machine with a member's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The member.
    pub who: Who,
    /// What a machine's token is good for; `None` for a person, who may do all that the role may.
    pub scopes: Option<Vec<Scope>>,
}

impl Caller {
    /// What the member may do.
    pub fn role(&self) -> Role {
        self.who.role
    }

    /// The tenant.
    pub fn organisation(&self) -> &str {
        &self.who.organisation.id
    }

    /// The kind of tenant.
    pub fn kind(&self) -> OrganisationKind {
        self.who.organisation.kind
    }

    /// Whose orders, services and records the caller may see.
    pub fn tenant(&self) -> Tenant<'_> {
        match self.kind() {
            OrganisationKind::Enterprise => Tenant::Enterprise(self.organisation()),
            OrganisationKind::Isv => Tenant::Isv(self.organisation()),
            OrganisationKind::Operator => Tenant::Market,
        }
    }
}

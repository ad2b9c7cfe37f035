//! Who looks at the console in its tests.

use shared::api::{Organisation, OrganisationKind, Role, Who};

use crate::page::{Context, samples};

/// What somebody of this role knows.
pub(super) fn context(role: Role) -> Context {
    let kind = match role {
        Role::IsvOwner | Role::IsvSupport => OrganisationKind::Isv,
        Role::Operator | Role::Auditor => OrganisationKind::Operator,
        Role::BuyerAdmin | Role::BuyerFinance => OrganisationKind::Enterprise,
    };
    let organisation = Organisation { id: "o".into(), name: "示例服务商".into(), kind };
    let who = Who { id: "m".into(), name: "陈建国".into(), email: "a@b.c".into(), role, organisation, demo: true };
    Context { who: Some(who), ..samples::context() }
}

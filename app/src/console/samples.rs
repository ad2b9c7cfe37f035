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

/// November of an ISV as JSON: its state, what was fulfilled, refunded, deducted, is payable and carried, and further fields.
pub(super) fn month_json(
    state: &str,
    [fulfilled, refunded, deducted, payable, carried]: [&str; 5],
    more: &str,
) -> String {
    format!(
        r#"{{"id":"2026-11-v1","isv":{{"id":"v1","name":"示例服务商"}},"month":"2026-11","fulfilled":"{fulfilled}",
        "refunded":"{refunded}","deducted":"{deducted}","payable":"{payable}","carried":"{carried}",
        "payable_by":"2026-12-31T23:59:59+08:00","state":{state}{more}}}"#
    )
}

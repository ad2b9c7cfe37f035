//! What tests of pages begin with.

use shared::api::{Organisation, OrganisationKind, Role, Who};
use shared::calendar::Timestamp;

use super::submit::Key;
use super::{Context, Effect, Request};
use crate::client::{Failure, Refused};
use crate::i18n::Lang;

/// An instant.
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// An administrator in the sandbox.
pub(crate) fn context() -> Context {
    let organisation =
        Organisation { id: "e1".into(), name: "示例企业".into(), kind: OrganisationKind::Enterprise };
    let who = Who {
        id: "m1".into(),
        name: "王敏".into(),
        email: "admin@example.com".into(),
        role: Role::BuyerAdmin,
        organisation,
        demo: true,
    };
    Context {
        lang: Lang::Zh,
        now: instant("2026-11-21T10:00:00+08:00"),
        who: Some(who),
        sandbox: true,
        oidc: false,
        payee: None,
    }
}

/// A key.
pub(crate) fn key(text: &str) -> Key {
    Key(text.to_owned())
}

/// A refusal with this status.
pub(crate) fn refused(status: u16) -> Failure {
    let (zh, en) = ("不行，请改。".to_owned(), "No. Mend it.".to_owned());
    Failure::Refused(Box::new(Refused { status, zh, en, violations: Vec::new(), total: None }))
}

/// The one request among the effects.
pub(crate) fn request<M>(effects: Vec<Effect<M>>) -> Request<M> {
    let mut asked: Vec<_> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Ask(request) => Some(request),
            _ => None,
        })
        .collect();
    assert_eq!(asked.len(), 1, "one request");
    asked.remove(0)
}

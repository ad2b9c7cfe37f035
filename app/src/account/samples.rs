//! What the tests of the account's pages begin with.

use shared::api::{Organisation, OrganisationKind, Role, Who};
use shared::calendar::Timestamp;

use super::page::{Context, Effect, Request};
use super::submit::Key;
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
    Context { lang: Lang::Zh, now: instant("2026-11-21T10:00:00+08:00"), who: Some(who), sandbox: true }
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

/// An order for two of the seed's example, as JSON, with further fields.
pub(crate) fn order_json(state: &str, more: &str) -> String {
    let order = r#"{"id":"o1","kind":"purchase","product":"data-analytics-2","product_name":"数据分析软件","vendor":"示例服务商","revision":1,
        "selection":{"edition":"standard","term":"P1Y","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP"},"count":2},
        "names":{"edition":"标准版","charges":[{"key":"yonghushu","name":"用户数","unit":"人"},{"key":"xinghao","name":"型号","unit":""}]},
        "quoted":"416.00","state":STATE,"placed_at":"2026-11-21T10:00:00+08:00","method":"sandbox"MORE}"#;
    order.replace("STATE", state).replace("MORE", more)
}

/// A service of it, as JSON, with a state, segments, and further fields.
pub(crate) fn service_json(state: &str, segments: &str, more: &str) -> String {
    let service = r#"{"id":"o1-1","order":"o1","product":"data-analytics-2","product_name":"数据分析软件","vendor":"示例服务商","state":STATE,
        "subscription":{"edition":"standard","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP"},"trial":TRIAL,"anchor_day":21,"segments":[SEGMENTS]},
        "names":{"edition":"标准版","charges":[{"key":"yonghushu","name":"用户数","unit":"人"},{"key":"xinghao","name":"型号","unit":""}]},
        "paid":"208.00"MORE}"#;
    let trial = if more.contains("\"trial\"") { "true" } else { "false" };
    service.replace("STATE", state).replace("TRIAL", trial).replace("SEGMENTS", segments).replace("MORE", more)
}

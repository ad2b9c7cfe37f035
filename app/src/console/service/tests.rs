//! Opening by hand, and the vendor's note.

use shared::api::Role;

use super::{Msg, Service};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, request};
use crate::page::submit::Submit;
use crate::page::{Effect, Page, Shown};
use crate::trade::samples::service_json;

const WAITING: &str = r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#;
const ACTIVE: &str = r#"{"is":"active","since":"2026-11-21T11:00:00+08:00"}"#;
const MORE: &str = r#","note":"先开通","customer":{"id":"e1","name":"示例企业"}"#;

fn html(model: &Service, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(state: &str) -> Service {
    let mut model = Service::new("o1-1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/services/o1-1");
    model.update((asked.then)(Ok(service_json(state, "", MORE))));
    model
}

#[test]
fn it_is_marked_as_opened_once_by_those_who_may() {
    let mut model = loaded(WAITING);
    for role in [Role::IsvOwner, Role::IsvSupport, Role::Operator] {
        assert!(html(&model, role).contains("标记为已开通"), "{role:?}");
    }
    let auditor = html(&model, Role::Auditor);
    assert!(!auditor.contains("<button") && auditor.contains("审计账号只读"), "{auditor}");
    let asked = request(model.update(Msg::Open(key("a"))));
    assert_eq!((asked.path.as_str(), asked.key.clone()), ("/api/services/o1-1/opened", Some(key("a"))));
    assert!(model.update(Msg::Open(key("b"))).is_empty(), "a double click");
    let opened = (asked.then)(Ok(service_json(ACTIVE, "", MORE)));
    model.update(opened);
    let shown = html(&model, Role::IsvOwner);
    assert!(shown.contains("客户可以使用") && !shown.contains("标记为已开通"), "{shown}");
}

#[test]
fn a_note_is_kept_as_typed_and_what_was_typed_meanwhile_is_not_called_kept() {
    let mut model = loaded(ACTIVE);
    assert_eq!(model.note, "先开通");
    assert!(!html(&model, Role::Operator).contains("备注"), "notes are the vendor's own");
    model.update(Msg::Note("已电话确认".into()));
    let asked = request(model.update(Msg::Keep(key("a"))));
    assert_eq!(asked.body.as_deref(), Some(r#"{"note":"已电话确认"}"#));
    model.update(Msg::Note("已电话确认，下周再问".into()));
    model.update((asked.then)(Ok(service_json(ACTIVE, "", r#","note":"已电话确认""#))));
    assert!(!model.noted && model.changed());
    let asked = request(model.update(Msg::Keep(key("b"))));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(matches!(model.noting, Submit::Unanswered(..)));
    assert!(html(&model, Role::IsvSupport).contains("再次点击不会重复提交"));
}

#[test]
fn a_note_that_is_too_long_is_not_sent() {
    let mut model = loaded(ACTIVE);
    model.update(Msg::Note("字".repeat(501)));
    assert!(matches!(model.update(Msg::Keep(key("a"))).as_slice(), [Effect::Focus("note")]));
    assert!(html(&model, Role::IsvOwner).contains("超出 1 个字"));
}

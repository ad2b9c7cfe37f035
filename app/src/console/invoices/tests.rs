//! The vendor's owner issues with a number or rejects with a reason; others read.

use shared::api::Role;

use super::{Invoices, Msg};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, request};
use crate::page::{Effect, Page, Shown};
use crate::trade::aftersale::samples::invoice_json;

fn html(model: &Invoices, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn open(state: &str) -> Invoices {
    let mut model = Invoices::new("number=o1");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/invoices?number=o1");
    model.update((asked.then)(Ok(format!(r#"{{"invoices":[{}]}}"#, invoice_json(state)))));
    model
}

#[test]
fn issuing_shows_what_is_written_on_it_and_takes_a_number() {
    let mut model = open(r#"{"is":"open"}"#);
    model.update(Msg::Open(Some("i1".into())));
    let shown = html(&model, Role::IsvOwner);
    for part in ["上海晨光贸易有限公司", "91330100799655058B", "增值税专用发票", "fapiao@enterprise.example", "¥416.00"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for unfit in ["", "号码", "2631 2000"] {
        model.update(Msg::Typed(unfit.into()));
        assert!(matches!(model.update(Msg::Answer(key("a"))).as_slice(), [Effect::Focus("answer")]), "{unfit}");
    }
    model.update(Msg::Typed(" 26312000000123456789 ".into()));
    let asked = request(model.update(Msg::Answer(key("a"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/invoices/i1/issue", Some(r#"{"number":"26312000000123456789"}"#))
    );
    let issued = r#"{"is":"issued","at":"2026-11-21T10:00:00+08:00","number":"26312000000123456789"}"#;
    let effects = model.update((asked.then)(Ok(invoice_json(issued))));
    assert!(matches!(effects.as_slice(), [Effect::Recount, Effect::Focus("done")]));
    let shown = html(&model, Role::IsvOwner);
    assert!(shown.contains("已标记为开具，号码 26312000000123456789") && !shown.contains("aria-expanded"), "{shown}");
}

#[test]
fn rejecting_takes_a_reason_and_is_sent_once() {
    let mut model = open(r#"{"is":"open"}"#);
    model.update(Msg::Open(Some("i1".into())));
    model.update(Msg::Typed("2631".into()));
    model.update(Msg::Reject(true));
    assert!(
        matches!(model.update(Msg::Answer(key("a"))).as_slice(), [Effect::Focus("answer")]),
        "a number is no reason"
    );
    model.update(Msg::Typed("税号与抬头不符".into()));
    let asked = request(model.update(Msg::Answer(key("a"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/invoices/i1/reject", Some(r#"{"reason":"税号与抬头不符"}"#))
    );
    assert!(model.update(Msg::Answer(key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, Role::IsvOwner).contains("再次点击不会重复提交"));
}

#[test]
fn others_read_and_are_told_who_issues() {
    for (role, says) in [
        (Role::IsvSupport, "由服务商负责人开具"),
        (Role::Operator, "发票由服务商开具"),
        (Role::Auditor, "发票由服务商开具"),
    ] {
        let shown = html(&open(r#"{"is":"open"}"#), role);
        assert!(shown.contains(says) && !shown.contains("aria-expanded"), "{role:?}: {shown}");
    }
}

//! The vendor answers once, the operator decides once, the auditor reads (rule O7).

use shared::aftersale::Outcome;
use shared::api::Role;

use super::{Complaints, Msg};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, refused, request};
use crate::page::search::Searched;
use crate::page::{Effect, Page, Shown};
use crate::trade::samples::complaint_json;

const OPEN: &str = r#"{"is":"open"}"#;
const CLOSED: &str = r#"{"is":"closed","at":"2026-11-24T10:00:00+08:00","outcome":"dismissed","finding":"已核实无误"}"#;
const ANSWER: &str = r#"{"text":"已修复","at":"2026-11-23T10:00:00+08:00"}"#;

fn html(model: &Complaints, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(query: &str, rows: &str) -> Complaints {
    let mut model = Complaints::new(query);
    let asked = request(model.begin());
    model.update((asked.then)(Ok(format!(r#"{{"complaints":[{rows}]}}"#))));
    model
}

#[test]
fn o7_the_vendor_answers_once() {
    let mut model = loaded("", &complaint_json(OPEN, "null"));
    assert!(html(&model, Role::IsvSupport).contains("回应：订单 o1"));
    assert!(matches!(model.update(Msg::Open(Some("c1".into()))).as_slice(), [Effect::Focus("text")]));
    assert!(!html(&model, Role::IsvSupport).contains("type=\"radio\""), "vendors decide nothing");
    assert!(matches!(model.update(Msg::Answer(key("a"))).as_slice(), [Effect::Focus("text")]), "without a text");
    model.update(Msg::Typed("已修复".into()));
    let asked = request(model.update(Msg::Answer(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/complaints/c1/answer", Some(r#"{"text":"已修复"}"#))
    );
    model.update((asked.then)(Ok(complaint_json(OPEN, ANSWER))));
    let shown = html(&model, Role::IsvSupport);
    assert!(shown.contains("待平台裁定") && !shown.contains("aria-expanded"), "{shown}");
}

#[test]
fn o7_the_operator_decides_with_an_outcome_and_a_reason() {
    let mut model = loaded("", &complaint_json(OPEN, ANSWER));
    model.update(Msg::Open(Some("c1".into())));
    model.update(Msg::Typed("已核实无误".into()));
    assert!(model.update(Msg::Decide(key("a"))).is_empty());
    assert!(html(&model, Role::Operator).contains("请选择结论。"));
    model.update(Msg::Outcome(Outcome::Dismissed));
    let asked = request(model.update(Msg::Decide(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/complaints/c1/close", Some(r#"{"outcome":"dismissed","finding":"已核实无误"}"#))
    );
    assert!(model.update(Msg::Decide(key("c"))).is_empty(), "a double click");
    model.update((asked.then)(Err(Failure::Unreachable)));
    let asked = request(model.update(Msg::Decide(key("d"))));
    assert_eq!(asked.key, Some(key("b")));
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, Role::Operator).contains("不行，请改。"));
    let asked = request(model.update(Msg::Decide(key("e"))));
    model.update((asked.then)(Ok(complaint_json(CLOSED, ANSWER))));
    let shown = html(&model, Role::Operator);
    assert!(shown.contains("平台裁定：投诉不成立") && shown.contains("已核实无误"), "{shown}");
    assert!(!shown.contains("aria-expanded"));
}

#[test]
fn o9_complaints_are_searched_and_the_auditor_only_reads() {
    let mut model = loaded("number=o1", &complaint_json(OPEN, "null"));
    let shown = html(&model, Role::Auditor);
    assert!(shown.contains("审计账号只读") && !shown.contains("aria-expanded"), "{shown}");
    for (name, text, query) in
        [("number", "", ""), ("state", "closed", "?state=closed"), ("customer", "a", "?customer=a&state=closed")]
    {
        let asked = request(model.update(Msg::Search(Searched::By(name, text.into()))));
        assert_eq!(asked.path, ["/api/complaints", query].concat());
    }
    assert!(html(&loaded("", ""), Role::IsvOwner).contains("没有投诉。"));
    assert!(html(&loaded("state=open", ""), Role::Operator).contains("没有符合条件的投诉"));
}

//! One complaint is open at a time; what everybody said is read in its order (rule O7).

use super::{Complaint, Msg};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Effect, Page, Shown};
use crate::trade::samples::{complaint_json, order_json};

const PAID: &str = r#"{"is":"paid","at":"2026-11-21T10:00:00+08:00"}"#;
const OPEN: &str = r#"{"is":"open"}"#;
const ANSWER: &str = r#"{"text":"已修复","at":"2026-11-23T10:00:00+08:00"}"#;

fn html(model: &Complaint) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

fn loaded(complaints: &str) -> Complaint {
    let mut model = Complaint::new("o1".into());
    let answers = [order_json(PAID, ""), format!(r#"{{"complaints":[{complaints}]}}"#)];
    for (effect, answer) in model.begin().into_iter().zip(answers) {
        let Effect::Ask(asked) = effect else { panic!("only questions") };
        model.update((asked.then)(Ok(answer)));
    }
    model
}

#[test]
fn o7_a_complaint_is_sent_once_and_then_waits() {
    let mut model = loaded(&complaint_json(OPEN, "null").replace("\"o1\"", "\"o10\""));
    assert!(html(&model).contains("提交投诉"), "another order's complaint is not its own");
    assert!(matches!(model.update(Msg::Send(key("a"))).as_slice(), [Effect::Focus("text")]));
    model.update(Msg::Typed("打不开".into()));
    let asked = request(model.update(Msg::Send(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/orders/o1/complaint", Some(r#"{"text":"打不开"}"#))
    );
    assert!(model.update(Msg::Send(key("c"))).is_empty(), "a double click");
    model.update((asked.then)(Err(Failure::Unreachable)));
    let asked = request(model.update(Msg::Send(key("d"))));
    assert_eq!(asked.key, Some(key("b")));
    model.update((asked.then)(Ok(complaint_json(OPEN, "null"))));
    let shown = html(&model);
    for part in ["等待服务商回应", "贵企业投诉", "打不开", "撤回投诉"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("<form"), "one is open at a time");
}

#[test]
fn o7_an_open_one_is_taken_back_after_a_question() {
    let mut model = loaded(&complaint_json(OPEN, ANSWER));
    assert!(html(&model).contains("服务商已回应，等待平台裁定") && html(&model).contains("已修复"));
    assert!(matches!(model.update(Msg::Ask(true)).as_slice(), [Effect::Focus("keep")]));
    let asked = request(model.update(Msg::TakeBack(key("a"))));
    assert_eq!(asked.path, "/api/complaints/c1/withdraw");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model).contains("不行，请改。"));
    let asked = request(model.update(Msg::TakeBack(key("b"))));
    model.update((asked.then)(Ok(complaint_json(r#"{"is":"withdrawn","at":"2026-11-24T10:00:00+08:00"}"#, ANSWER))));
    let shown = html(&model);
    assert!(shown.contains("企业撤回了投诉") && shown.contains("再次投诉"), "{shown}");
}

#[test]
fn o7_a_decision_is_read_with_its_reason() {
    let closed = r#"{"is":"closed","at":"2026-11-24T10:00:00+08:00","outcome":"upheld","finding":"服务确实中断"}"#;
    let shown = html(&loaded(&complaint_json(closed, "null")));
    for part in ["已结案：投诉成立", "平台裁定：投诉成立", "服务确实中断", "再次投诉"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

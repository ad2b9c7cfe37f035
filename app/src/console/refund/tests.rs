//! The vendor's owner answers, the operator sends what came by transfer, everybody else reads and is told who does.

use shared::api::Role;

use super::model::Asked;
use super::{Msg, Refund};
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, refused, request};
use crate::page::{Effect, Page, Shown};
use crate::trade::aftersale::samples::refund_json;

const REVIEWING: &str = r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#;
const REFUNDING: &str = r#"{"is":"refunding","since":"2026-11-21T09:30:00+08:00","by":"isv"}"#;
const MORE: &str = r#","customer":{"id":"e1","name":"示例企业"}"#;

fn html(model: &Refund, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn open(state: &str, via: &str) -> Refund {
    let mut model = Refund::new("o1-R1".into());
    let asked = request(model.begin());
    let refund = refund_json(state, MORE).replace(r#""via":"sandbox""#, &format!(r#""via":"{via}""#));
    model.update((asked.then)(Ok(refund)));
    model
}

#[test]
fn approving_says_what_it_does_before_it_is_done() {
    let mut model = open(REVIEWING, "sandbox");
    let shown = html(&model, Role::IsvOwner);
    for part in ["还剩 71 小时", "示例企业", "买错了版本", "同意退款", "不同意", "/console/orders/o1"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(model.update(Msg::Do(key("a"))).is_empty(), "nothing was asked about");
    model.update(Msg::Ask(Some(Asked::Approve)));
    assert!(html(&model, Role::IsvOwner).contains("不能撤回：¥416.00 全额退给企业"));
    let asked = request(model.update(Msg::Do(key("a"))));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/refunds/o1-R1/approve", None));
    model.update((asked.then)(Ok(refund_json(REFUNDING, MORE))));
    assert!(html(&model, Role::IsvOwner).contains("支付渠道正在退回 ¥416.00"));
}

#[test]
fn rejecting_takes_a_reason() {
    let mut model = open(REVIEWING, "sandbox");
    model.update(Msg::Ask(Some(Asked::Reject)));
    assert!(matches!(model.update(Msg::Do(key("a"))).as_slice(), [Effect::Focus("reason")]));
    model.update(Msg::Reason("已交付并培训".into()));
    let asked = request(model.update(Msg::Do(key("a"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/refunds/o1-R1/reject", Some(r#"{"reason":"已交付并培训"}"#))
    );
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, Role::IsvOwner).contains("不行，请改。"));
}

#[test]
fn others_are_told_who_answers() {
    for (role, says) in [
        (Role::IsvSupport, "由服务商负责人处理"),
        (Role::Operator, "平台在这里只读"),
        (Role::Auditor, "平台在这里只读"),
    ] {
        let shown = html(&open(REVIEWING, "sandbox"), role);
        assert!(shown.contains(says) && !shown.contains("first-step"), "{role:?}: {shown}");
    }
}

#[test]
fn what_came_by_transfer_the_operator_sends_back() {
    let mut model = open(REFUNDING, "transfer");
    assert!(html(&model, Role::IsvOwner).contains("待平台以银行转账退回"));
    assert!(!html(&model, Role::IsvOwner).contains("标记为已汇出"));
    assert!(html(&model, Role::Auditor).contains("审计账号只读"));
    assert!(!html(&open(REFUNDING, "sandbox"), Role::Operator).contains("标记为已汇出"));
    model.update(Msg::Ask(Some(Asked::Sent)));
    assert!(html(&model, Role::Operator).contains("向示例企业汇出 ¥416.00"));
    let asked = request(model.update(Msg::Do(key("a"))));
    assert_eq!(asked.path, "/api/refunds/o1-R1/sent");
}

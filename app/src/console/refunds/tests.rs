//! Both lists are searched by what rule O9 names.

use shared::api::Role;

use super::{Msg, OfflineRefunds, Refunds};
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::request;
use crate::page::search::Searched;
use crate::page::{Page, Shown};
use crate::trade::aftersale::samples::{offline_json, refund_json};

fn html<P: Shown>(model: &P, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

#[test]
fn refunds_are_found_by_order_applicant_and_state_with_the_time_that_is_left() {
    let mut model = Refunds::new("applicant=%E7%8E%8B");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/refunds?applicant=%E7%8E%8B");
    let state = r#"{"is":"reviewing","answer_until":"2026-11-21T11:30:00+08:00"}"#;
    let refund = refund_json(state, r#","customer":{"id":"e1","name":"示例企业"}"#);
    model.update((asked.then)(Ok(format!(r#"{{"refunds":[{refund}]}}"#))));
    let shown = html(&model, Role::IsvOwner);
    for part in ["/console/refunds/o1-R1", "还剩 1 小时 30 分", "示例企业", "王敏", "买错了版本", "1 笔退款"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Msg::By("state", "refunding".into())));
    assert_eq!(asked.path, "/api/refunds?applicant=%E7%8E%8B&state=refunding");
    model.update((asked.then)(Ok(r#"{"refunds":[]}"#.into())));
    assert!(html(&model, Role::Operator).contains("没有符合条件的退款"));
    let mut model = Refunds::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"refunds":[]}"#.into())));
    assert!(html(&model, Role::IsvOwner).contains("72 小时内处理"));
    assert!(html(&model, Role::Auditor).contains("全市场的退款"));
}

#[test]
fn offline_refunds_lead_to_their_orders() {
    let mut model = OfflineRefunds::new("");
    let asked = request(model.begin());
    let declined = r#"{"is":"declined","at":"2026-11-21T09:40:00+08:00","reason":"没有收到"}"#;
    model.update((asked.then)(Ok(format!(r#"{{"offline_refunds":[{}]}}"#, offline_json(declined)))));
    let shown = html(&model, Role::Operator);
    for part in ["/console/orders/o1", "企业已否认", "没有收到", "¥50.00", "1 笔线下退款"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Searched::By("customer", "示例".into())));
    assert_eq!(asked.path, "/api/offline-refunds?customer=%E7%A4%BA%E4%BE%8B");
}

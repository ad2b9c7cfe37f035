//! Both lists: searched as the server does, with the clock where one runs; nothing, nothing found and failing are told apart.

use super::{Msg, OfflineRefunds, Refunds};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, request};
use crate::page::search::Searched;
use crate::page::{Page, Shown};
use crate::trade::aftersale::samples::{offline_json, refund_json};

const REVIEWING: &str = r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#;

fn html<P: Shown>(model: &P) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

#[test]
fn refunds_are_found_by_order_and_state() {
    let mut model = Refunds::new("state=reviewing");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/refunds?state=reviewing");
    model.update((asked.then)(Ok(format!(r#"{{"refunds":[{}]}}"#, refund_json(REVIEWING, "")))));
    let shown = html(&model);
    for part in ["/account/refunds/o1-R1", "还剩 71 小时", "1 笔退款", "审核中", "¥416.00", "/account/refunds/offline"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Msg::By("order", "o1".into())));
    assert_eq!(asked.path, "/api/refunds?order=o1&state=reviewing");
    model.update((asked.then)(Ok(r#"{"refunds":[]}"#.into())));
    assert!(html(&model).contains("没有符合条件的退款"));
    let asked = request(model.update(Msg::All));
    model.update((asked.then)(Ok(r#"{"refunds":[]}"#.into())));
    assert!(html(&model).contains("还没有退款"));
    let mut model = Refunds::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model).contains("无法连接服务器"));
}

#[test]
fn offline_refunds_lead_to_their_orders() {
    let mut model = OfflineRefunds::new("number=o1&nonsense=1");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/offline-refunds?number=o1");
    let list = format!(r#"{{"offline_refunds":[{}]}}"#, offline_json(r#"{"is":"recorded"}"#));
    model.update((asked.then)(Ok(list)));
    let shown = html(&model);
    for part in ["/account/orders/o1", "待企业确认", "¥50.00", "开通延误补偿"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Searched::By("state", "declined".into())));
    assert_eq!(asked.path, "/api/offline-refunds?number=o1&state=declined");
}

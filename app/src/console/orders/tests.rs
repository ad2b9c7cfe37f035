//! The search has all that rule O9 names; what is repriced or was paid wrongly is seen in the list.

use shared::api::Role;

use super::{Msg, Orders};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{refused, request};
use crate::page::{Page, Shown};
use crate::trade::samples::order_json;

const UNPAID: &str = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;
const MORE: &str = r#","customer":{"id":"e1","name":"示例企业"},"mismatched":"1.00",
    "repriced":{"amount":"400.01","reason":"老客户","at":"2026-11-21T11:00:00+08:00"}"#;

fn html(model: &Orders, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

#[test]
fn orders_are_searched_by_number_customer_product_and_state() {
    let mut model = Orders::new("customer=%E7%A4%BA%E4%BE%8B&lang=en&nonsense=1");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/orders?customer=%E7%A4%BA%E4%BE%8B", "what is no search counts as nothing");
    model.update((asked.then)(Ok(format!(r#"{{"orders":[{}]}}"#, order_json(UNPAID, MORE)))));
    let shown = html(&model, Role::IsvOwner);
    for part in
        ["/console/orders/o1", "示例企业", "¥400.01", "<s class=\"row-was\">¥416.00</s>", "有付款金额不符", "1 个订单"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for (name, text, query) in [
        ("number", " o1 ", "customer=%E7%A4%BA%E4%BE%8B&number=o1"),
        ("customer", "", "number=o1"),
        ("state", "unpaid", "number=o1&state=unpaid"),
        ("product", "p", "number=o1&product=p&state=unpaid"),
    ] {
        let asked = request(model.update(Msg::By(name, text.into())));
        assert_eq!(asked.path, ["/api/orders?", query].concat());
    }
    assert!(model.update(Msg::By("state", "settled".into())).is_empty(), "no such state");
}

#[test]
fn an_empty_market_an_empty_search_and_a_failure_are_three_things() {
    let mut model = Orders::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"orders":[]}"#.into())));
    assert!(html(&model, Role::IsvOwner).contains("贵公司的应用"));
    assert!(html(&model, Role::Auditor).contains("全市场的订单"));
    let asked = request(model.update(Msg::By("number", "x".into())));
    model.update((asked.then)(Ok(r#"{"orders":[]}"#.into())));
    assert!(html(&model, Role::IsvOwner).contains("没有符合条件的订单"));
    let asked = request(model.update(Msg::All));
    model.update((asked.then)(Err(refused(503))));
    assert!(html(&model, Role::IsvOwner).contains("不行，请改。"), "what is shown is not what is searched for");
    let mut model = Orders::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, Role::IsvOwner).contains("无法连接服务器"));
}

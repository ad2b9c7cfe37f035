//! The search has all that rule O9 names; a customer leads to what it bought.

use shared::api::Role;

use super::{Customers, Msg};
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::request;
use crate::page::{Page, Shown};

const ONE: &str = r#"{"customers":[{"id":"e&1","name":"示例企业","contacts":[{"name":"王敏","mail":"wang@e.example"}],
    "services":2,"orders":3,"paid":"416.00","latest":"2026-11-21T10:00:00+08:00"}]}"#;

fn html(model: &Customers) -> String {
    model.view(&context(Role::IsvOwner), &Sink::nowhere()).html()
}

#[test]
fn a_customer_leads_to_its_orders_and_services() {
    let mut model = Customers::new("");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/customers");
    model.update((asked.then)(Ok(ONE.into())));
    let shown = html(&model);
    for part in [
        r#"href="/console/orders?customer=e%261""#,
        r#"href="/console/services?customer=e%261&amp;state=active""#,
        "mailto:wang@e.example",
        "王敏",
        "¥416.00",
        "3 个订单",
        "2 项服务",
        "2026年11月21日",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for (name, text, path) in [
        ("name", "示例", "/api/customers?name=%E7%A4%BA%E4%BE%8B"),
        ("contact", "王", "/api/customers?contact=%E7%8E%8B&name=%E7%A4%BA%E4%BE%8B"),
        ("id", "e", "/api/customers?contact=%E7%8E%8B&id=e&name=%E7%A4%BA%E4%BE%8B"),
    ] {
        assert_eq!(request(model.update(Msg::By(name, text.into()))).path, path);
    }
}

#[test]
fn nobody_bought_yet_and_nobody_matches_are_two_things() {
    let mut model = Customers::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"customers":[]}"#.into())));
    assert!(html(&model).contains("还没有客户"));
    let asked = request(model.update(Msg::By("name", "x".into())));
    model.update((asked.then)(Ok(r#"{"customers":[]}"#.into())));
    assert!(html(&model).contains("没有符合条件的客户"));
}

use shared::api::Role;

use super::Sales;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::request;
use crate::page::{Page, Shown};

fn html(months: &str, products: &str) -> String {
    let mut model = Sales::default();
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/sales");
    model.update((asked.then)(Ok(format!(r#"{{"months":[{months}],"products":[{products}]}}"#))));
    model.view(&context(Role::IsvOwner), &Sink::nowhere()).html()
}

fn month(month: &str, [purchases, renewals, changes, refunded]: [&str; 4], orders: u32) -> String {
    format!(
        r#"{{"month":"{month}","purchases":"{purchases}","renewals":"{renewals}","changes":"{changes}",
        "refunded":"{refunded}","orders":{orders}}}"#
    )
}

#[test]
fn each_bar_has_its_number_beside_it() {
    let months = [
        month("2026-10", ["100.00", "0.00", "0.00", "0.00"], 1),
        month("2026-11", ["100.00", "60.00", "40.00", "10.00"], 3),
    ]
    .join(",");
    let product = r#"{"slug":"a","name":"甲","paid":"300.00","refunded":"10.00","orders":4,"services":2}"#;
    let shown = html(&months, product);
    for part in [
        "¥300.00",
        "2026年10月",
        "¥200.00",
        "3 个订单 · 新购 ¥100.00 · 续费 ¥60.00 · 扩容与升级 ¥40.00 · 退款 −¥10.00",
        r#"width="50.0%""#,
        "/console/orders?product=a",
        "2 项服务使用中",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn where_nothing_was_sold_the_page_says_what_belongs_there() {
    assert!(html(&month("2026-11", ["0.00"; 4], 0), "").contains("还没有销售"));
}

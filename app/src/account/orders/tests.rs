//! The search is what the server answers to, and the address has it.

use super::{Msg, Orders};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, request};
use crate::page::{Effect, Page, Request, Shown};
use crate::trade::samples::order_json;

const UNPAID: &str = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;

fn list(count: usize) -> String {
    format!(r#"{{"orders":[{}]}}"#, vec![order_json(UNPAID, ""); count].join(","))
}

fn html(model: &Orders) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

/// The query that was written into the address, and the request.
fn searched(effects: Vec<Effect<Msg>>) -> (String, Request<Msg>) {
    let query = effects.iter().find_map(|effect| match effect {
        Effect::Query(query) => Some(query.clone()),
        _ => None,
    });
    (query.expect("an address"), request(effects))
}

#[test]
fn what_is_searched_for_stands_in_the_address_and_in_the_request() {
    let mut model = Orders::new("");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/orders");
    model.update((asked.then)(Ok(list(2))));
    assert!(html(&model).contains("2 个订单") && html(&model).contains("数据分析软件</option>"));
    let (query, asked) = searched(model.update(Msg::By("number", " o1 ".into())));
    assert_eq!((query.as_str(), asked.path.as_str()), ("number=o1", "/api/orders?number=o1"));
    model.update(Msg::By("product", "data-analytics-2".into()));
    let (query, _) = searched(model.update(Msg::By("state", "unpaid".into())));
    assert_eq!(query, "number=o1&product=data-analytics-2&state=unpaid");
    assert_eq!(Orders::new(&query).search.query, model.search.query, "a copied address searches for the same");
    assert!(model.update(Msg::By("state", "unpaid".into())).is_empty());
}

#[test]
fn an_answer_that_was_overtaken_is_not_shown() {
    let mut model = Orders::new("");
    let slow = request(model.begin());
    let (_, quick) = searched(model.update(Msg::By("state", "paid".into())));
    model.update((quick.then)(Ok(list(1))));
    model.update((slow.then)(Ok(list(3))));
    assert!(html(&model).contains("1 个订单"));
}

#[test]
fn nothing_ordered_nothing_found_and_nothing_heard_are_three_things() {
    let mut model = Orders::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(list(0))));
    assert!(html(&model).contains("还没有订单"));
    let mut model = Orders::new("number=x");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(list(0))));
    assert!(html(&model).contains("没有符合条件的订单"));
    let (_, asked) = searched(model.update(Msg::All));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model).contains("无法连接服务器") && html(&model).contains("重试"));
}

#[test]
fn older_orders_are_added_below_once_and_not_to_another_search() {
    let part = |count: usize, next: &str| list(count).replace("]}", &format!(r#"],"next":"{next}"}}"#));
    let mut model = Orders::new("state=unpaid");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(part(2, "1795228800.o1"))));
    assert!(html(&model).contains("更早的订单") && html(&model).contains("已显示最新的 2 个订单"));
    let more = request(model.update(Msg::More));
    assert_eq!(more.path, "/api/orders?state=unpaid&after=1795228800.o1");
    assert!(model.update(Msg::More).is_empty(), "a double click");
    model.update((more.then)(Err(Failure::Unreachable)));
    assert!(html(&model).contains("无法连接服务器") && html(&model).contains("更早的订单"));
    let more = request(model.update(Msg::More));
    model.update((more.then)(Ok(list(3))));
    assert!(html(&model).contains("5 个订单") && !html(&model).contains("更早的订单"));
    assert!(model.update(Msg::More).is_empty(), "there are no more");

    let mut model = Orders::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(part(2, "1.a"))));
    let more = request(model.update(Msg::More));
    let (_, other) = searched(model.update(Msg::By("state", "paid".into())));
    model.update((more.then)(Ok(list(3))));
    model.update((other.then)(Ok(list(1))));
    assert!(html(&model).contains("1 个订单"), "what was asked for before is not added");
}

#[test]
fn a_place_in_the_list_is_not_part_of_the_address() {
    let mut model = Orders::new("state=paid&after=1.a&limit=1");
    assert_eq!(request(model.begin()).path, "/api/orders?state=paid");
}

//! Reviews are searched by what rule O9 names, and each of the two opinions is answered once (rule O6).

use shared::aftersale::Which;
use shared::api::Role;

use super::{Msg, Reviews};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, refused, request};
use crate::page::search::Searched;
use crate::page::{Effect, Page, Shown};

fn filed(first: &str, later: &str) -> String {
    format!(
        r#"{{"id":"r1","order":"o1","enterprise":"e1","isv":"v1","product":"data-analytics-2",
        "first":{{"stars":4,"text":"好用","at":"2026-11-22T10:00:00+08:00","answer":{first}}},
        "follow_up":{{"stars":5,"text":"更好用","at":"2026-11-23T10:00:00+08:00","answer":{later}}},
        "product_name":"数据分析软件","vendor":"示例服务商","customer":{{"id":"e1","name":"示例企业"}}}}"#
    )
}

const THANKS: &str = r#"{"text":"谢谢","at":"2026-11-24T10:00:00+08:00"}"#;

fn html(model: &Reviews, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(query: &str, rows: &str) -> Reviews {
    let mut model = Reviews::new(query);
    let asked = request(model.begin());
    model.update((asked.then)(Ok(format!(r#"{{"reviews":[{rows}]}}"#))));
    model
}

#[test]
fn o6_each_opinion_is_answered_once() {
    let mut model = loaded("", &filed(THANKS, "null"));
    assert_eq!(html(&model, Role::IsvSupport).matches("aria-expanded").count(), 1, "the first is answered");
    let effects = model.update(Msg::Open(Some(("r1".into(), Which::FollowUp))));
    assert!(matches!(effects.as_slice(), [Effect::Focus("answer")]));
    assert!(matches!(model.update(Msg::Send(key("a"))).as_slice(), [Effect::Focus("answer")]), "without a text");
    model.update(Msg::Typed("多谢".into()));
    let asked = request(model.update(Msg::Send(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/reviews/r1/answer", Some(r#"{"to":"follow_up","text":"多谢"}"#))
    );
    assert!(model.update(Msg::Send(key("c"))).is_empty(), "a double click");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, Role::IsvSupport).contains("不行，请改。"));
    let asked = request(model.update(Msg::Send(key("d"))));
    model.update((asked.then)(Ok(filed(THANKS, THANKS))));
    let shown = html(&model, Role::IsvSupport);
    assert!(!shown.contains("aria-expanded") && shown.matches("谢谢").count() == 2, "{shown}");
}

#[test]
fn o9_reviews_are_searched_by_customer_product_and_whether_they_are_answered() {
    let mut model = loaded("number=o1", &filed("null", "null"));
    let shown = html(&model, Role::IsvOwner);
    for part in ["示例企业", "/console/orders/o1", "4 星（满分 5 星）", "追评", "1 条评价"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for (name, text, query) in [
        ("number", "", ""),
        ("customer", "示例", "?customer=%E7%A4%BA%E4%BE%8B"),
        ("customer", "", ""),
        ("state", "unanswered", "?state=unanswered"),
        ("product", "p", "?product=p&state=unanswered"),
    ] {
        let asked = request(model.update(Msg::Search(Searched::By(name, text.into()))));
        assert_eq!(asked.path, ["/api/reviews", query].concat());
    }
}

#[test]
fn the_operator_reads_and_an_empty_market_and_a_failure_are_said() {
    let shown = html(&loaded("", &filed("null", "null")), Role::Operator);
    assert!(shown.contains("平台在这里只读") && !shown.contains("aria-expanded"), "{shown}");
    assert!(html(&loaded("", ""), Role::IsvOwner).contains("还没有评价"));
    assert!(html(&loaded("state=answered", ""), Role::IsvOwner).contains("没有符合条件的评价"));
    let mut model = Reviews::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, Role::IsvOwner).contains("无法连接服务器"));
}

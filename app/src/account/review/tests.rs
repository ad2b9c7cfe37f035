//! A review is written once, added to once, and never where rule O6 has none: then the page says why.

use shared::api::Role;

use super::{Msg, Review};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::aftersale::samples::review_json;
use crate::trade::samples::order_json;

const PAID: &str = r#"{"is":"paid","at":"2026-11-21T10:00:00+08:00"}"#;

const LATER: &str = r#"{"stars":5,"text":"更好用了","at":"2026-12-22T10:00:00+08:00","answer":null}"#;

fn html(model: &Review) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

/// The page of an order in this state, with these reviews of orders whose numbers begin alike.
fn loaded(order: &str, reviews: &str) -> Review {
    let mut model = Review::new("o1".into());
    let asked: Vec<_> = model
        .begin()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Ask(request) => Some(request),
            _ => None,
        })
        .collect();
    let paths: Vec<&str> = asked.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/api/orders/o1", "/api/reviews?number=o1"]);
    for (request, answer) in asked.into_iter().zip([order.to_owned(), format!(r#"{{"reviews":[{reviews}]}}"#)]) {
        model.update((request.then)(Ok(answer)));
    }
    model
}

#[test]
fn o6_a_purchase_is_reviewed_with_stars_and_words() {
    let mut model = loaded(&order_json(PAID, ""), &review_json("null").replace("\"o1\"", "\"o10\""));
    assert!(html(&model).contains("写评价"), "another order's review is not its own");
    assert!(model.update(Msg::Send(key("a"))).is_empty());
    assert!(html(&model).contains("请选择 1 至 5 星。"));
    model.update(Msg::Stars(4));
    for none in ["", "  ", &"长".repeat(501)] {
        model.update(Msg::Typed(none.into()));
        assert!(matches!(model.update(Msg::Send(key("a"))).as_slice(), [Effect::Focus("text")]), "{none}");
    }
    model.update(Msg::Typed(" 好用 ".into()));
    let asked = request(model.update(Msg::Send(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/orders/o1/review", Some(r#"{"stars":4,"text":"好用"}"#))
    );
    assert!(model.update(Msg::Send(key("c"))).is_empty(), "a double click");
    model.update((asked.then)(Err(Failure::Unreachable)));
    let asked = request(model.update(Msg::Send(key("d"))));
    assert_eq!(asked.key, Some(key("b")));
    model.update((asked.then)(Ok(review_json("null"))));
    let shown = html(&model);
    for part in ["已发表", "/p/data-analytics-2#reviews", "4 星（满分 5 星）", "服务商回复", "追加评价"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn o6_it_is_added_to_once() {
    let mut model = loaded(&order_json(PAID, ""), &review_json("null"));
    model.update(Msg::Stars(5));
    model.update(Msg::Typed("更好用了".into()));
    let asked = request(model.update(Msg::Send(key("a"))));
    assert_eq!(asked.path, "/api/reviews/r1/follow-up");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model).contains("不行，请改。"));
    let asked = request(model.update(Msg::Send(key("b"))));
    model.update((asked.then)(Ok(review_json(LATER))));
    let shown = html(&model);
    assert!(shown.contains("更好用了") && shown.contains("每个订单可评价一次、追评一次"), "{shown}");
    assert!(!shown.contains("<form"));
}

#[test]
fn where_there_is_no_review_the_page_says_why() {
    let unpaid = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;
    let renewal = order_json(PAID, "").replace("\"purchase\"", "\"renewal\"");
    for (order, why) in [(order_json(unpaid, ""), "订单尚未支付"), (renewal, "只有新购订单可以评价")] {
        let shown = html(&loaded(&order, ""));
        assert!(shown.contains(why) && !shown.contains("<form"), "{why}: {shown}");
    }
    let model = loaded(&order_json(PAID, ""), "");
    let mut who = context().who.expect("somebody");
    who.role = Role::BuyerFinance;
    let finance = Context { who: Some(who), ..context() };
    let shown = model.view(&finance, &Sink::nowhere()).html();
    assert!(shown.contains("评价由企业管理员填写") && !shown.contains("<form"), "{shown}");
}

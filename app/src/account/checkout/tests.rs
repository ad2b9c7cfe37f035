//! A quotation becomes one order, whatever is clicked and however often the network fails.

use shared::api::Signed;
use shared::money::Fen;

use super::{Again, Checkout, Intend, Msg};
use crate::client::{Failure, Refused};
use crate::element::Sink;
use crate::page::samples::{context, instant, key, refused, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::storefront::quotation::tests::confirmed;
use crate::trade::samples::order_json;

fn signed() -> String {
    let confirmed = confirmed();
    let document = serde_json::to_string(&confirmed).expect("JSON");
    serde_json::to_string(&Signed { confirmed, document, signature: "s".into(), key_id: "k".into() }).expect("JSON")
}

const UNPAID: &str = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;

/// The page with its quotation and the product's terms.
fn open() -> Checkout {
    let mut model = Checkout::new("a1".into(), true);
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/quotes/a1");
    let asked = request(model.update((asked.then)(Ok(signed()))));
    assert_eq!(asked.path, "/api/products/data-analytics-2");
    model.update((asked.then)(Ok(r#"{"slug":"x","agreement":3,"config":{}}"#.into())));
    model
}

fn html(model: &Checkout, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn issued() -> Context {
    Context { now: confirmed().issued_at, ..context() }
}

#[test]
fn the_order_is_placed_with_the_accepted_agreement_and_paid_on_the_providers_page() {
    let mut model = open();
    assert!(matches!(model.update(Msg::Place(key("a"))).as_slice(), [Effect::Focus("agreement")]));
    assert!(html(&model, &issued()).contains("请先同意协议"));
    model.update(Msg::Accept(true));
    let asked = request(model.update(Msg::Place(key("b"))));
    assert_eq!(asked.path, "/api/orders");
    assert_eq!(asked.body.as_deref(), Some(r#"{"quote":"a1","method":"sandbox","agreement":3}"#));
    assert_eq!(asked.key, Some(key("b")));
    assert!(model.update(Msg::Place(key("c"))).is_empty(), "a double click");
    let placed = (asked.then)(Ok(order_json(UNPAID, r#","pay_at":"/sandbox/pay/p1""#)));
    assert!(matches!(model.update(placed).as_slice(), [Effect::Open(to)] if to == "/sandbox/pay/p1"));
}

#[test]
fn without_an_answer_the_same_key_asks_again_and_what_was_ordered_is_never_lost() {
    let mut model = open();
    model.update(Msg::Accept(true));
    let asked = request(model.update(Msg::Place(key("a"))));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, &issued()).contains("再次点击不会重复提交"));
    let asked = request(model.update(Msg::Place(key("b"))));
    assert_eq!(asked.key, Some(key("a")));
    // The order is there: its page can be paid from.
    let placed = (asked.then)(Ok(order_json(UNPAID, "")));
    assert!(matches!(model.update(placed).as_slice(), [Effect::Open(to)] if to == "/account/orders/o1"));
}

#[test]
fn a_transfer_leads_to_the_orders_page_and_its_reference() {
    let mut model = open();
    model.update(Msg::Accept(true));
    model.update(Msg::Method(1));
    let asked = request(model.update(Msg::Place(key("a"))));
    assert!(asked.body.as_deref().is_some_and(|body| body.contains(r#""method":"transfer""#)));
    let placed = (asked.then)(Ok(order_json(UNPAID, "")));
    assert!(matches!(model.update(placed).as_slice(), [Effect::Open(to)] if to == "/account/orders/o1"));
}

#[test]
fn an_expired_quotation_is_quoted_again_and_another_price_is_said_before_it_holds() {
    let mut model = open();
    let late = Context { now: instant("2027-12-01T00:00:00+08:00"), ..context() };
    assert!(html(&model, &late).contains("重新报价") && !html(&model, &late).contains("提交订单"));
    let asked = request(model.update(Msg::Again));
    assert!(model.update(Msg::Again).is_empty());
    let Failure::Refused(refused) = refused(409) else { panic!() };
    let refused = Failure::Refused(Box::new(Refused { total: Some(Fen::new(40_000)), ..*refused }));
    model.update((asked.then)(Err(refused)));
    assert_eq!(model.again, Again::Differs(Fen::new(40_000)));
    assert!(html(&model, &late).contains("按 ¥400.00 重新报价"));
    let asked = request(model.update(Msg::Again));
    assert!(asked.body.as_deref().is_some_and(|body| body.contains(r#""expected_total":"400.00""#)));
    let fresh = (asked.then)(Ok(signed()));
    assert!(matches!(model.update(fresh).as_slice(), [Effect::Open(to)] if to == "/checkout/a1"));
}

#[test]
fn who_may_not_order_is_told_who_may() {
    use shared::api::Role;
    let mut finance = issued();
    finance.who.as_mut().expect("somebody").role = Role::BuyerFinance;
    let html = html(&open(), &finance);
    assert!(html.contains("请把本页链接发给企业管理员") && !html.contains("提交订单</button>"), "{html}");
}

/// The page with its product as it is sold now.
fn open_with(product: &serde_json::Value) -> Checkout {
    let mut model = Checkout::new("a1".into(), true);
    let asked = request(model.begin());
    let asked = request(model.update((asked.then)(Ok(signed()))));
    model.update((asked.then)(Ok(product.to_string())));
    model
}

#[test]
fn what_the_years_after_cost_is_said_before_buying() {
    let mut product: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/product.json")).expect("JSON");
    product["revision"] = confirmed().revision.into();
    let shown = html(&open_with(&product), &issued());
    assert!(shown.contains("以后的费用") && shown.matches("续费 2 年").count() == 2, "{shown}");
    assert!(!shown.contains("续费比首次购买贵"), "{shown}");
    product["config"]["editions"][1]["price"]["renew"]["year"] = "3000".into();
    let shown = html(&open_with(&product), &issued());
    assert!(shown.contains("续费比首次购买贵") && shown.matches("is-dearer").count() == 2, "{shown}");
    // As it is meant to go on.
    assert!(!shown.contains("再购买</span>"), "there is no trial: {shown}");
    product["config"]["editions"][1]["trial_days"] = 15.into();
    let mut model = open_with(&product);
    let shown = html(&model, &issued());
    assert!(shown.contains("假如先免费试用 15 天"), "{shown}");
    model.update(Msg::Intend(Intend::Trial(true)));
    model.update(Msg::Intend(Intend::After(90)));
    model.update(Msg::Intend(Intend::More("yonghushu".into(), "20".into())));
    let planned = html(&model, &issued());
    assert!(planned.contains("免费试用") && planned.contains("扩容，补差价"), "{planned}");
    model.update(Msg::Intend(Intend::More("yonghushu".into(), "1".into())));
    let refused = html(&model, &issued());
    assert!(!refused.contains("扩容，补差价") && refused.contains(r#"class="wrong""#), "{refused}");
    product["revision"] = 99.into();
    assert!(!html(&open_with(&product), &issued()).contains("以后的费用"), "of another revision nothing is known");
}

//! After paying nothing is said that the market does not know.

use shared::api::Payee;
use shared::orders::Method;

use super::{Came, Msg, Order};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::aftersale::samples::{NO, beside, review_json};
use crate::trade::samples::{complaint_json, order_json};

const UNPAID: &str = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;
const PAID: &str = r#"{"is":"paid","at":"2026-11-21T10:01:00+08:00"}"#;

fn open(query: &str, state: &str, more: &str) -> (Order, Vec<Effect<Msg>>) {
    let mut model = Order::new("o1".into(), query);
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/orders/o1");
    let effects = model.update((asked.then)(Ok(order_json(state, more))));
    (model, effects)
}

fn html(model: &Order, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

#[test]
fn until_the_provider_has_notified_the_order_is_not_called_paid() {
    let (mut model, mut effects) = open("from=payment", UNPAID, "");
    assert!(html(&model, &context()).contains("收到后才算支付成功"));
    for _ in 0..25 {
        assert!(matches!(effects.as_slice(), [Effect::Later(_, Msg::Poll)]));
        let asked = request(model.update(Msg::Poll));
        // Not every question is answered.
        let answer = if model.asked % 2 == 0 { Ok(order_json(UNPAID, "")) } else { Err(Failure::Unreachable) };
        effects = model.update((asked.then)(answer));
    }
    assert!(html(&model, &context()).contains("请勿重复付款"));
    let asked = request(model.update(Msg::Poll));
    let effects = model.update((asked.then)(Ok(order_json(PAID, r#","services":["o1-1","o1-2"]"#))));
    assert!(matches!(effects.as_slice(), [Effect::Recount]), "nobody asks any more");
    let html = html(&model, &context());
    assert!(html.contains("支付成功") && html.contains("查看第 2 个服务"), "{html}");
}

#[test]
fn asking_ends_some_day_and_says_what_happens_then() {
    let (mut model, mut effects) = open("from=payment", UNPAID, "");
    for _ in 0..200 {
        if effects.is_empty() {
            break;
        }
        let asked = request(model.update(Msg::Poll));
        effects = model.update((asked.then)(Ok(order_json(UNPAID, ""))));
    }
    assert!(model.gave_up() && html(&model, &context()).contains("款项不会丢失"));
}

#[test]
fn a_refused_payment_and_a_mere_visit_ask_nothing() {
    for (query, came, says) in [("from=refused", Came::Refused, "未扣款"), ("", Came::Anywhere, "逾期订单自动关闭")]
    {
        let (model, effects) = open(query, UNPAID, "");
        assert!(effects.is_empty() && model.came == came);
        assert!(html(&model, &context()).contains(says), "{says}");
    }
}

#[test]
fn a_wrong_amount_is_said_to_have_paid_nothing_until_the_order_is_paid() {
    let wrong = r#","mismatched":"415.99""#;
    let html = |state| html(&open("", state, wrong).0, &context());
    let unpaid = html(UNPAID);
    for part in ["¥415.99", "¥416.00", "没有入账", "重新支付", "去支付"] {
        assert!(unpaid.contains(part), "{part}: {unpaid}");
    }
    assert!(!html(PAID).contains("415.99"));
}

#[test]
fn both_prices_stand_there_with_the_reason() {
    let more = r#","repriced":{"amount":"400.01","reason":"老客户","at":"2026-11-21T10:05:00+08:00"}"#;
    let html = html(&open("", UNPAID, more).0, &context());
    for part in ["<s>¥416.00</s>", ">¥400.01</output>", "老客户"] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn paying_leads_to_the_provider_and_a_transfer_to_its_reference() {
    let (mut model, _) = open("", UNPAID, "");
    let asked = request(model.update(Msg::Pay(Method::Sandbox, key("a"))));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/orders/o1/pay", Some(r#"{"method":"sandbox"}"#)));
    assert!(model.update(Msg::Pay(Method::Sandbox, key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, &context()).contains("不行，请改。"));
    let asked = request(model.update(Msg::Pay(Method::Transfer, key("c"))));
    let due = r#"{"by":"transfer","reference":"QT-7788","received":"0.00","missing":"416.00"}"#;
    let asked = request(model.update((asked.then)(Ok(due.into()))));
    let order = order_json(UNPAID, r#","transfer":{"reference":"QT-7788","received":"100.00","missing":"316.00"}"#);
    model.update((asked.then)(Ok(order.replace(r#""method":"sandbox""#, r#""method":"transfer""#))));
    let shown = html(&model, &context());
    assert!(shown.contains("QT-7788") && shown.contains("¥316.00") && shown.contains("¥100.00"), "{shown}");
    assert!(shown.contains("没有真实的收款账户"), "{shown}");
    assert!(html(&model, &Context { sandbox: false, ..context() }).contains("向平台运营方索取"));
    let payee = Payee { name: "某某公司".into(), bank: "某某银行".into(), account: "6222 0000".into() };
    let shown = html(&model, &Context { payee: Some(payee), ..context() });
    for part in ["<dd>某某公司</dd>", "<dd>某某银行</dd>", "<dd>6222 0000</dd>"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("没有真实的收款账户"), "{shown}");
}

#[test]
fn cancelling_is_asked_about_first_and_finance_cannot() {
    use shared::api::Role;
    let (mut model, _) = open("", UNPAID, "");
    model.update(Msg::AskCancel(true));
    let asked = request(model.update(Msg::Cancel(key("a"))));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/orders/o1/cancel", None));
    let cancelled = r#"{"is":"cancelled","at":"2026-11-21T11:00:00+08:00","why":"by_buyer"}"#;
    model.update((asked.then)(Ok(order_json(cancelled, ""))));
    assert!(html(&model, &context()).contains("订单已由贵企业取消"));

    let mut finance = context();
    finance.who.as_mut().expect("somebody").role = Role::BuyerFinance;
    let html = html(&open("", UNPAID, "").0, &finance);
    assert!(html.contains("去支付") && !html.contains("取消订单"), "{html}");
}

#[test]
fn a_paid_purchase_can_be_reviewed_and_what_cannot_says_why() {
    let (model, _) = open("", PAID, "");
    let shown = html(&model, &context());
    assert!(shown.contains("/account/orders/o1/review") && shown.contains("/account/orders/o1/complaint"), "{shown}");
    let (model, _) = open("", UNPAID, "");
    let shown = html(&model, &context());
    assert!(!shown.contains("/account/orders/o1/review") && shown.contains("订单尚未支付"), "{shown}");
}

#[test]
fn the_money_that_came_and_went_stands_there_with_its_time() {
    let cancelled = r#"{"is":"cancelled","at":"2026-11-22T10:00:00+08:00","why":"not_paid"}"#;
    let moved = |at: &str, way: &str, method: &str| {
        format!(r#"{{"at":"2026-11-{at}+08:00","way":"{way}","amount":"416.00","method":"{method}"}}"#)
    };
    let late = [moved("22T11:00:00", "arrived", "sandbox"), moved("22T11:00:00", "returned", "sandbox")].join(",");
    let (model, _) = open("", cancelled, &format!(r#","money":[{late}]"#));
    let shown = html(&model, &context());
    let order: Vec<_> = ["下单，¥416.00", "逾期未付，自动关闭", "到账 ¥416.00（沙箱支付）", "原路退回 ¥416.00"]
        .map(|words| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}")))
        .into();
    assert!(order.is_sorted(), "in the order in which it happened: {shown}");
}

#[test]
fn what_was_written_about_it_stands_there_instead_of_being_asked_for_again() {
    let later = r#"{"stars":5,"text":"更好用","at":"2026-11-22T12:00:00+08:00","answer":null}"#;
    let open_complaint = complaint_json(r#"{"is":"open"}"#, "null");
    let decided = complaint_json(
        r#"{"is":"closed","outcome":"upheld","finding":"属实","at":"2026-11-23T10:00:00+08:00"}"#,
        "null",
    );
    for (review, complaint, words, not) in [
        (review_json("null"), &open_complaint, ["4 星", "查看和追评", "待服务商回应", "查看投诉"], "投诉服务商"),
        (review_json(later), &decided, ["4 星", "查看评价", "投诉成立", "投诉服务商"], "打星并写下评价"),
    ] {
        let beside = beside(NO, NO, NO, ["", "", ""]);
        let beside = format!(r#"{},"review":{review}}},"complaints":[{complaint}]"#, beside.trim_end_matches('}'));
        let shown = html(&open("", PAID, &beside).0, &context());
        for words in words {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!shown.contains(not), "{not}: {shown}");
    }
    // Of an order that was never paid too.
    let shown = html(&open("", UNPAID, &format!(r#","complaints":[{open_complaint}]"#)).0, &context());
    assert!(shown.contains("查看投诉") && !shown.contains("投诉服务商"), "{shown}");
}

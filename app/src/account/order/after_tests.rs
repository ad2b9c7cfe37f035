//! What stands beside a paid order: each step is there, and where it would be refused it is disabled and says why.

use shared::api::Role;

use super::offline::{self, Saying};
use super::{Msg, Order};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::aftersale::samples::{NO, TERMS, UP_TO, beside, invoice_json, offline_json, refund_json};
use crate::trade::samples::order_json;

const PAID: &str = r#"{"is":"paid","at":"2026-11-21T10:01:00+08:00"}"#;
const UNDONE: &str = r#"{"is":"refunded","paid_at":"2026-11-20T10:01:00+08:00","at":"2026-11-21T10:01:00+08:00"}"#;
const REVIEWING: &str = r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#;

fn open(state: &str, more: &str) -> Order {
    let mut model = Order::new("o1".into(), "");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(order_json(state, more))));
    model
}

fn html(model: &Order, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn finance() -> Context {
    let mut context = context();
    context.who.as_mut().expect("somebody").role = Role::BuyerFinance;
    context
}

#[test]
fn what_may_be_asked_for_leads_there() {
    let model = open(PAID, &beside(TERMS, UP_TO, UP_TO, ["", "", ""]));
    let shown = html(&model, &context());
    for part in
        ["/account/orders/o1/refund", "全额退回 ¥416.00，可申请至", "/account/orders/o1/invoice", "金额 ¥416.00"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("disabled") && !shown.contains("线下退款"));
    let shown = html(&model, &finance());
    assert!(!shown.contains("/account/orders/o1/refund") && shown.contains("退款由企业管理员申请"), "{shown}");
    assert!(shown.contains("/account/orders/o1/invoice"), "finance asks for invoices");
    assert!(!html(&open(PAID, ""), &context()).contains("售后"), "a trial");
}

#[test]
fn what_may_not_is_a_disabled_step_that_says_why() {
    let shown = html(&open(PAID, &beside(NO, NO, NO, ["", "", ""])), &context());
    assert_eq!(shown.matches(r#"type="button" disabled"#).count(), 2, "{shown}");
    assert!(shown.contains(r#"aria-describedby="refund-why""#) && shown.contains("只能退最近的一笔。"));
    // What is under way says so itself, and what is over asks for nothing.
    let beside = |state| beside(NO, NO, NO, [&refund_json(state, ""), &invoice_json(r#"{"is":"open"}"#), ""]);
    let shown = html(&open(PAID, &beside(REVIEWING)), &context());
    for part in ["还剩 71 小时", "/account/refunds/o1-R1", "待开具", "/account/invoices?number=o1"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("disabled"), "{shown}");
    let refunded =
        r#"{"is":"refunded","approved_at":"2026-11-21T09:30:00+08:00","at":"2026-11-21T09:31:00+08:00","by":"isv"}"#;
    let shown = html(&open(UNDONE, &beside(refunded)), &context());
    let after = shown.split(r#"class="after""#).nth(1).expect("what stands beside it");
    assert!(after.contains("退款成功") && !after.contains("disabled"), "{shown}");
}

#[test]
fn an_offline_refund_is_confirmed_or_denied_with_a_reason() {
    let more = |state| beside(NO, UP_TO, NO, ["", "", &offline_json(state)]);
    let mut model = open(PAID, &more(r#"{"is":"recorded"}"#));
    let shown = html(&model, &finance());
    for part in ["¥50.00", "开通延误补偿", "待企业确认", "确认收到", "没有收到"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let say = |model: &mut Order, message| model.update(Msg::Offline(message));
    say(&mut model, offline::Msg::Say(Some(Saying::Confirm)));
    assert!(html(&model, &context()).contains("不能再申请线上退款"));
    let asked = request(say(&mut model, offline::Msg::Confirm("f1".into(), key("a"))));
    assert_eq!(asked.path, "/api/offline-refunds/f1/confirm");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, &context()).contains("不行，请改。"));
    say(&mut model, offline::Msg::Say(Some(Saying::Decline)));
    let unfit = say(&mut model, offline::Msg::Decline("f1".into(), key("b")));
    assert!(matches!(unfit.as_slice(), [Effect::Focus("offline-reason")]));
    say(&mut model, offline::Msg::Reason("没有收到".into()));
    let asked = request(say(&mut model, offline::Msg::Decline("f1".into(), key("b"))));
    assert_eq!(asked.body.as_deref(), Some(r#"{"reason":"没有收到"}"#));
    let declined = r#"{"is":"declined","at":"2026-11-21T10:00:00+08:00","reason":"没有收到"}"#;
    let again = request(model.update((asked.then)(Ok(offline_json(declined)))));
    assert_eq!(again.path, "/api/orders/o1", "the order is another");
    model.update((again.then)(Ok(order_json(PAID, &more(declined)))));
    let shown = html(&model, &context());
    assert!(shown.contains("企业已否认") && !shown.contains("确认收到</button>"), "{shown}");
}

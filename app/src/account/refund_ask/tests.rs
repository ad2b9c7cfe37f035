//! What comes back and what follows is said before it is asked for; what would be refused is explained.

use shared::api::Role;

use super::{Msg, RefundAsk};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::aftersale::samples::{NO, TERMS, UP_TO, beside, refund_json};
use crate::trade::samples::order_json;

const FULFILLED: &str = r#"{"is":"fulfilled","paid_at":"2026-11-21T09:00:00+08:00","at":"2026-11-21T09:30:00+08:00"}"#;

fn html(model: &RefundAsk, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn open(refund: &str) -> RefundAsk {
    let mut model = RefundAsk::new("o1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/orders/o1");
    let more = beside(refund, UP_TO, UP_TO, ["", "", ""]);
    model.update((asked.then)(Ok(order_json(FULFILLED, &more))));
    model
}

#[test]
fn the_amount_the_clock_and_what_follows_stand_there_before_asking() {
    let shown = html(&open(TERMS), &context());
    for part in [">¥416.00</output>", "沙箱支付", "72 小时", "服务立即关闭", "2026年12月1日 10:00", "申请退款 ¥416.00"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("会随之关闭"));
    let with = |from: &str, to: &str| html(&open(&TERMS.replace(from, to)), &context());
    assert!(with(r#""unpaid":0"#, r#""unpaid":2"#).contains("2 个未支付的订单，会随之关闭"));
    let at_once = with(r#""review":true,"until":"2026-12-01T10:00:00+08:00""#, r#""review":false"#);
    assert!(at_once.contains("无需审核") && !at_once.contains("72 小时"), "{at_once}");
    // The context's now is 2026-11-21.
    for (ends, says) in [
        ("2026-11-30T10:00:00+08:00", "到期时间回到 2026年11月30日"),
        ("2026-11-20T10:00:00+08:00", "已到期，访问停止"),
        ("2026-11-10T10:00:00+08:00", "服务随即关闭"),
    ] {
        let shown = with(r#""unpaid":0"#, &format!(r#""unpaid":0,"ends":"{ends}""#));
        assert!(shown.contains(says), "{says}: {shown}");
    }
}

#[test]
fn a_reason_is_needed_and_the_refund_opens() {
    let mut model = open(TERMS);
    assert!(matches!(model.update(Msg::Ask(key("a"))).as_slice(), [Effect::Focus("reason")]));
    assert!(html(&model, &context()).contains(r#"aria-invalid="true""#));
    model.update(Msg::Reason(" 买错了版本 ".into()));
    let asked = request(model.update(Msg::Ask(key("a"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/orders/o1/refund", Some(r#"{"reason":"买错了版本"}"#))
    );
    assert!(model.update(Msg::Ask(key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, &context()).contains("不行，请改。"));
    let asked = request(model.update(Msg::Ask(key("c"))));
    let state = r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#;
    let effects = model.update((asked.then)(Ok(refund_json(state, ""))));
    assert!(matches!(effects.as_slice(), [Effect::Open(path)] if path == "/account/refunds/o1-R1"));
}

#[test]
fn what_would_be_refused_has_no_form() {
    let shown = html(&open(NO), &context());
    assert!(shown.contains("只能退最近的一笔。") && !shown.contains("<form"), "{shown}");
    let mut finance = context();
    finance.who.as_mut().expect("somebody").role = Role::BuyerFinance;
    let shown = html(&open(TERMS), &finance);
    assert!(shown.contains("由企业管理员申请") && !shown.contains("<form"), "{shown}");
}

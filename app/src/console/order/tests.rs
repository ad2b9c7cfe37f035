//! A price is looked at from all sides before it is sent, and sent once.

use shared::api::Role;

use super::{Msg, Order};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, refused, request};
use crate::page::submit::Submit;
use crate::page::{Effect, Page, Shown};
use crate::trade::samples::order_json;

const UNPAID: &str = r#"{"is":"unpaid","closes_at":"2026-11-22T10:00:00+08:00"}"#;
const PAID: &str = r#"{"is":"paid","at":"2026-11-21T12:00:00+08:00"}"#;
const REPRICED: &str = r#","repriced":{"amount":"400.01","reason":"老客户","at":"2026-11-21T11:00:00+08:00"}"#;

fn html(model: &Order, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(state: &str, more: &str) -> Order {
    let mut model = Order::new("o1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/orders/o1");
    model.update((asked.then)(Ok(order_json(state, more))));
    model
}

fn typed(amount: &str, reason: &str) -> Order {
    let mut model = loaded(UNPAID, "");
    model.update(Msg::Amount(amount.into()));
    model.update(Msg::Reason(reason.into()));
    model
}

#[test]
fn o2_416_for_two_repriced_to_400_01_is_200_01_and_200_00() {
    let mut model = typed("400.01", " 老客户 ");
    let shown = html(&model, Role::IsvOwner);
    for part in ["¥416.00", "¥400.01", "少收 ¥15.99", "第 1 个服务", "¥200.01", "第 2 个服务", "¥200.00"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Msg::Reprice(key("a"))));
    assert_eq!(asked.path, "/api/orders/o1/reprice");
    assert_eq!(asked.body.as_deref(), Some(r#"{"amount":"400.01","reason":"老客户"}"#));
    assert!(model.update(Msg::Reprice(key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Ok(order_json(UNPAID, REPRICED))));
    let shown = html(&model, Role::IsvOwner);
    for part in ["已改价", "<s>¥416.00</s>", "¥400.01", "改价为 ¥400.01：老客户"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!((model.amount.as_str(), &model.submit), ("", &Submit::Idle));
}

#[test]
fn what_cannot_become_the_price_is_said_at_its_field_and_not_sent() {
    for (amount, reason, focus, words) in [
        ("", "老客户", "amount", "请填写新金额"),
        ("一百", "老客户", "amount", "最多两位小数"),
        ("1.005", "老客户", "amount", "最多两位小数"),
        ("416", "老客户", "amount", "与现价相同"),
        ("400.01", "  ", "reason", "请写明原因"),
    ] {
        let mut model = typed(amount, reason);
        let effects = model.update(Msg::Reprice(key("a")));
        assert!(matches!(effects.as_slice(), [Effect::Focus(id)] if *id == focus), "{amount} {reason}");
        assert!(html(&model, Role::IsvOwner).contains(words), "{words}");
    }
    assert_eq!(typed("1", &"字".repeat(201)).because(), None);
    assert!(html(&typed("0", "赠送"), Role::IsvOwner).contains("无需付款，订单立即生效"));
}

#[test]
fn a_price_that_nobody_answered_keeps_its_key_and_a_refused_one_does_not() {
    let mut model = typed("400.01", "老客户");
    let asked = request(model.update(Msg::Reprice(key("a"))));
    model.update((asked.then)(Err(Failure::Unreachable)));
    model.update(Msg::Amount("400.02".into()));
    let asked = request(model.update(Msg::Reprice(key("b"))));
    assert_eq!(asked.key, Some(key("a")), "done after all, the server refuses another amount under the same key");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, Role::IsvOwner).contains("不行，请改。"));
    model.update(Msg::Amount("400.03".into()));
    assert!(!html(&model, Role::IsvOwner).contains("不行，请改。"));
    assert_eq!(request(model.update(Msg::Reprice(key("c")))).key, Some(key("c")));
}

#[test]
fn only_the_owner_changes_prices_and_the_others_are_told_who_does() {
    let model = loaded(UNPAID, "");
    for (role, words) in [
        (Role::IsvSupport, "改价由服务商负责人操作"),
        (Role::Operator, "价格只能由服务商更改"),
        (Role::Auditor, "价格只能由服务商更改"),
    ] {
        let shown = html(&model, role);
        assert!(shown.contains(words) && !shown.contains("<form"), "{role:?}: {shown}");
    }
    assert!(!html(&loaded(PAID, ""), Role::IsvOwner).contains("<form"), "a paid order keeps its price");
}

#[test]
fn a_wrong_amount_and_a_short_transfer_are_said_with_what_becomes_of_them() {
    let shown = html(&loaded(UNPAID, r#","mismatched":"1.00""#), Role::Operator);
    assert!(shown.contains("通知过 ¥1.00") && shown.contains("没有入账"), "{shown}");
    let short = order_json(UNPAID, r#","transfer":{"reference":"o1","received":"400.00","missing":"16.00"}"#)
        .replace(r#""method":"sandbox""#, r#""method":"transfer""#);
    let mut model = Order::new("o1".into());
    let asked = request(model.begin());
    model.update((asked.then)(Ok(short)));
    let shown = html(&model, Role::Operator);
    assert!(shown.contains("已到 ¥400.00，还差 ¥16.00") && shown.contains("/console/transfers?find=o1"), "{shown}");
    model.update(Msg::Amount("390".into()));
    assert!(html(&model, Role::IsvOwner).contains("订单立即付清，多出的 ¥10.00 须退回"));
}

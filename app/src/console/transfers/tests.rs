//! Every transfer has a stated end, said before it is confirmed and after (rule O3).

use shared::api::Role;

use super::{Msg, Transfers};
use crate::client::Failure;
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, request};
use crate::page::search::Searched;
use crate::page::{Effect, Page, Shown};

fn transfer(state: &str, received: &str, returned: &str) -> String {
    format!(
        r#"{{"reference":"o1","order":"o1","customer":{{"id":"e1","name":"示例企业"}},"expected":"416.00",
        "received":"{received}","returned":"{returned}","state":"{state}","placed_at":"2026-11-21T10:00:00+08:00"}}"#
    )
}

fn html(model: &Transfers, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(state: &str, received: &str, returned: &str) -> Transfers {
    let mut model = Transfers::new("");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/transfers");
    model.update((asked.then)(Ok(format!(r#"{{"transfers":[{}]}}"#, transfer(state, received, returned)))));
    model
}

#[test]
fn what_arrives_is_confirmed_once_and_its_end_said() {
    let mut model = loaded("expected", "0.00", "0.00");
    let effects = model.update(Msg::Open(Some("o1".into())));
    assert!(matches!(effects.as_slice(), [Effect::Focus("arrived")]));
    assert!(html(&model, Role::Operator).contains("value=\"416.00\""), "what is missing is proposed");
    model.update(Msg::Amount("300".into()));
    assert!(html(&model, Role::Operator).contains("确认后还差 ¥116.00"));
    let asked = request(model.update(Msg::Confirm(key("a"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/transfers/o1/confirm", Some(r#"{"amount":"300.00"}"#))
    );
    assert!(model.update(Msg::Confirm(key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Ok(transfer("short", "300.00", "0.00"))));
    let shown = html(&model, Role::Operator);
    for part in ["已确认 o1 到账 ¥300.00，未到齐。", "还差 ¥116.00。逾期未补足则关闭订单", "¥300.00"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    model.update(Msg::Open(Some("o1".into())));
    assert!(
        html(&model, Role::Operator).contains("value=\"116.00\"") && html(&model, Role::Operator).contains("正好付清")
    );
}

#[test]
fn more_and_late_money_is_said_to_go_back_before_it_is_confirmed_and_after() {
    for (state, received, returned, typed, before, after) in [
        ("short", "300.00", "0.00", "200", "多出的 ¥84.00 须退回买方", "还差 ¥116.00"),
        ("settled", "500.00", "84.00", "10", "这笔 ¥10.00 须全部退回买方", "多付的 ¥84.00 须退回"),
        ("ended", "416.00", "416.00", "10", "订单已结束，不能再支付", "到账的 ¥416.00 须全部退回"),
    ] {
        let mut model = loaded(state, received, returned);
        assert!(html(&model, Role::Operator).contains(after), "{after}");
        model.update(Msg::Open(Some("o1".into())));
        model.update(Msg::Amount(typed.into()));
        assert!(html(&model, Role::Operator).contains(before), "{before}");
    }
}

#[test]
fn no_amount_is_not_sent_and_an_unanswered_one_keeps_its_key() {
    let mut model = loaded("expected", "0.00", "0.00");
    model.update(Msg::Open(Some("o1".into())));
    for none in ["", "0", "-1", "1.001"] {
        model.update(Msg::Amount(none.into()));
        assert!(matches!(model.update(Msg::Confirm(key("a"))).as_slice(), [Effect::Focus("arrived")]), "{none}");
    }
    model.update(Msg::Amount("416".into()));
    let asked = request(model.update(Msg::Confirm(key("b"))));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, Role::Operator).contains("再次点击不会重复提交"));
    model.update(Msg::Amount("415".into()));
    assert_eq!(request(model.update(Msg::Confirm(key("c")))).key, Some(key("b")));
}

#[test]
fn an_auditor_reads_and_is_told_who_confirms() {
    let model = loaded("expected", "0.00", "0.00");
    let shown = html(&model, Role::Auditor);
    assert!(shown.contains("确认到账由平台运营操作") && !shown.contains("aria-expanded"), "{shown}");
}

#[test]
fn transfers_are_found_by_state_reference_and_customer() {
    let mut model = Transfers::new("number=o1&state=short");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/transfers?number=o1&state=short");
    model.update((asked.then)(Ok(format!(r#"{{"transfers":[{}]}}"#, transfer("short", "1.00", "0.00")))));
    assert!(html(&model, Role::Operator).contains("1 笔转账"));
    let asked = request(model.update(Msg::Search(Searched::By("customer", "别人".into()))));
    assert_eq!(asked.path, "/api/transfers?customer=%E5%88%AB%E4%BA%BA&number=o1&state=short");
    model.update((asked.then)(Ok(r#"{"transfers":[]}"#.into())));
    assert!(html(&model, Role::Operator).contains("没有符合条件的转账"));
    let asked = request(model.update(Msg::Search(Searched::All)));
    assert_eq!(asked.path, "/api/transfers");
}

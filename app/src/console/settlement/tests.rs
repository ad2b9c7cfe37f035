//! A month's page: where it stands, its sums and orders, its files, and who says that it was paid.

use shared::api::Role;

use super::{Msg, Settlement};
use crate::client::Failure;
use crate::console::samples::{context, month_json};
use crate::element::Sink;
use crate::page::samples::{key, refused, request};
use crate::page::{Effect, Page, Shown};

const CLOSED: &str = r#"{"is":"closed","at":"2026-12-01T01:00:00+08:00"}"#;
const PAID: &str =
    r#"{"is":"paid_out","closed_at":"2026-12-01T01:00:00+08:00","at":"2026-12-05T09:00:00+08:00","reference":"B 1"}"#;
const LINES: &str = r#","lines":[
    {"order":"o1","kind":"fulfilled","at":"2026-11-21T10:00:00+08:00","amount":"416.00","product_name":"数据分析软件","customer":"示例企业"},
    {"order":"o0","kind":"refunded","at":"2026-11-22T10:00:00+08:00","amount":"208.00","product_name":"数据分析软件","customer":"示例企业"}]"#;

fn html(model: &Settlement, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn loaded(role: Role, state: &str, sums: [&str; 5]) -> Settlement {
    let mut model = Settlement::new("2026-11-v1".into(), Some(role));
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/settlements/2026-11-v1");
    model.update((asked.then)(Ok(month_json(state, sums, LINES))));
    model
}

const SUMS: [&str; 5] = ["416.00", "208.00", "8.00", "200.00", "0.00"];

#[test]
fn o8_a_month_has_its_sums_its_orders_and_its_files() {
    let shown = html(&loaded(Role::IsvOwner, CLOSED, SUMS), Role::IsvOwner);
    for part in [
        "2026年11月结算单",
        "平台应在 2026年12月31日 23:59 前向贵公司支付 ¥200.00。",
        "−¥208.00",
        "−¥8.00",
        "/console/orders/o1",
        "href=\"/api/settlements/2026-11-v1/xlsx\" download",
        "href=\"/api/settlements/2026-11-v1/csv\" download",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("<form"), "an ISV says nothing about its own payment");
    let carried = html(&loaded(Role::IsvOwner, CLOSED, ["0.00", "208.00", "0.00", "0.00", "208.00"]), Role::IsvOwner);
    assert!(carried.contains("差额 ¥208.00 从次月扣除") && carried.contains("结转至次月扣除"), "{carried}");
}

#[test]
fn the_operator_pays_once_with_a_reference() {
    let mut model = loaded(Role::Operator, CLOSED, SUMS);
    assert!(html(&model, Role::Operator).contains("登记已付 ¥200.00"));
    for none in ["", "  ", &"长".repeat(65)] {
        model.update(Msg::Reference(none.into()));
        assert!(matches!(model.update(Msg::Pay(key("a"))).as_slice(), [Effect::Focus("reference")]), "{none}");
    }
    assert!(html(&model, Role::Operator).contains("请填写银行付款流水号"));
    model.update(Msg::Reference(" B 1 ".into()));
    let asked = request(model.update(Msg::Pay(key("b"))));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/settlements/2026-11-v1/paid-out", Some(r#"{"reference":"B 1"}"#))
    );
    assert!(model.update(Msg::Pay(key("c"))).is_empty(), "a double click");
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, Role::Operator).contains("再次点击不会重复提交"));
    let asked = request(model.update(Msg::Pay(key("d"))));
    assert_eq!(asked.key, Some(key("b")));
    let effects = model.update((asked.then)(Ok(month_json(PAID, SUMS, ""))));
    assert!(matches!(effects.as_slice(), [Effect::Focus("standing")]));
    let shown = html(&model, Role::Operator);
    for part in ["平台已于 2026年12月5日 09:00 向服务商支付 ¥200.00，付款流水号 B 1。", "/console/orders/o1"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("<form"));
}

#[test]
fn a_refusal_is_said_and_an_auditor_only_reads() {
    let mut model = loaded(Role::Operator, CLOSED, SUMS);
    model.update(Msg::Reference("B1".into()));
    let asked = request(model.update(Msg::Pay(key("a"))));
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model, Role::Operator).contains("不行，请改。"));
    let shown = html(&loaded(Role::Auditor, CLOSED, SUMS), Role::Auditor);
    assert!(shown.contains("审计账号只读：付款由平台运营登记") && !shown.contains("<form"), "{shown}");
    let open = html(&loaded(Role::Operator, r#"{"is":"open"}"#, SUMS), Role::Operator);
    assert!(open.contains("2026年12月1日 01:00 自动结账") && !open.contains("<form"), "{open}");
}

#[test]
fn support_is_told_who_sees_it() {
    let mut model = Settlement::new("2026-11-v1".into(), Some(Role::IsvSupport));
    assert!(model.begin().is_empty());
    assert!(html(&model, Role::IsvSupport).contains("结算单由服务商负责人查看"));
}

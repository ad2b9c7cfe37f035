//! The vendor sees what was asked for, and records what it refunded outside the market.

use shared::api::Role;
use shared::money::Fen;

use super::offline;
use super::{Msg, Order};
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::{key, request};
use crate::page::{Effect, Page, Shown};
use crate::trade::aftersale::samples::{NO, TERMS, UP_TO, beside, invoice_json, offline_json, refund_json};
use crate::trade::samples::order_json;

const PAID: &str = r#"{"is":"paid","at":"2026-11-21T12:00:00+08:00"}"#;

fn html(model: &Order, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn open(more: &str) -> Order {
    let mut model = Order::new("o1".into());
    let asked = request(model.begin());
    model.update((asked.then)(Ok(order_json(PAID, more))));
    model
}

#[test]
fn what_was_asked_for_leads_to_where_it_is_answered() {
    let reviewing = refund_json(r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#, "");
    let model = open(&beside(NO, NO, NO, [&reviewing, &invoice_json(r#"{"is":"open"}"#), ""]));
    let shown = html(&model, Role::IsvOwner);
    for part in
        ["/console/refunds/o1-R1", "处理还剩 71 小时：买错了版本", "/console/invoices?number=o1", "只能退最近的一笔。"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains(r#"disabled aria-describedby="offline-why""#), "{shown}");
    assert!(html(&model, Role::IsvSupport).contains("由服务商负责人登记"));
    assert!(!html(&model, Role::Auditor).contains("disabled"));
}

#[test]
fn an_offline_refund_is_recorded_up_to_what_was_paid() {
    let mut model = open(&beside(TERMS, UP_TO, UP_TO, ["", "", ""]));
    assert!(html(&model, Role::IsvOwner).contains("最多 ¥416.00"));
    let most = Fen::new(41_600);
    let say = |model: &mut Order, message| model.update(Msg::Offline(message));
    let record = |model: &mut Order| model.update(Msg::Offline(offline::Msg::Record("o1".into(), most, key("a"))));
    say(&mut model, offline::Msg::Open(true));
    for unfit in ["", "0", "416.01", "五十"] {
        say(&mut model, offline::Msg::Amount(unfit.into()));
        assert!(matches!(record(&mut model).as_slice(), [Effect::Focus("offline-amount")]), "{unfit}");
    }
    say(&mut model, offline::Msg::Amount("50".into()));
    assert!(matches!(record(&mut model).as_slice(), [Effect::Focus("offline-note")]));
    say(&mut model, offline::Msg::Note("开通延误补偿".into()));
    let asked = request(record(&mut model));
    assert_eq!(
        (asked.path.as_str(), asked.body.as_deref()),
        ("/api/orders/o1/offline-refund", Some(r#"{"amount":"50.00","note":"开通延误补偿"}"#))
    );
    assert!(record(&mut model).is_empty(), "a double click");
    let again = request(model.update((asked.then)(Ok(offline_json(r#"{"is":"recorded"}"#)))));
    assert_eq!(again.path, "/api/orders/o1", "the order is another");
    let more = beside(NO, UP_TO, NO, ["", "", &offline_json(r#"{"is":"recorded"}"#)]);
    model.update((again.then)(Ok(order_json(PAID, &more))));
    assert!(html(&model, Role::IsvOwner).contains("待企业确认"));
}

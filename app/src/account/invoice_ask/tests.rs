//! What was asked for last stands there already; each field says what is wrong with it.

use shared::aftersale::InvoiceKind;

use super::{InvoiceAsk, Msg};
use crate::account::invoice_ask::model::Field;
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, request};
use crate::page::{Effect, Page, Request, Shown};
use crate::trade::aftersale::samples::{NO, TERMS, UP_TO, beside, invoice_json};
use crate::trade::samples::order_json;

const PAID: &str = r#"{"is":"paid","at":"2026-11-21T09:00:00+08:00"}"#;

fn html(model: &InvoiceAsk) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

/// The page, and its question for what was asked for before.
fn open(invoice: &str) -> (InvoiceAsk, Request<Msg>) {
    let mut model = InvoiceAsk::new("o1".into(), &context());
    let mut asked = model.begin().into_iter().filter_map(|effect| match effect {
        Effect::Ask(request) => Some(request),
        _ => None,
    });
    let (order, before) = (asked.next().expect("the order"), asked.next().expect("what was asked for before"));
    assert_eq!((order.path.as_str(), before.path.as_str()), ("/api/orders/o1", "/api/invoices"));
    model.update((order.then)(Ok(order_json(PAID, &beside(TERMS, invoice, UP_TO, ["", "", ""])))));
    (model, before)
}

#[test]
fn the_first_time_the_enterprise_is_the_title() {
    let (mut model, before) = open(UP_TO);
    model.update((before.then)(Err(Failure::Unreachable)));
    assert_eq!((model.title.as_str(), model.email.as_str()), ("示例企业", "admin@example.com"));
    assert!(html(&model).contains(">¥416.00</output>") && html(&model).contains("由示例服务商开具"));
    assert!(matches!(model.update(Msg::Ask(key("a"))).as_slice(), [Effect::Focus("tax-number")]));
    model.update(Msg::Typed(Field::TaxNumber, "91330100799655058A".into()));
    assert!(matches!(model.update(Msg::Ask(key("a"))).as_slice(), [Effect::Focus("tax-number")]), "its check digit");
    model.update(Msg::Typed(Field::TaxNumber, "91330100799655058B".into()));
    model.update(Msg::Typed(Field::Email, "nowhere".into()));
    assert!(matches!(model.update(Msg::Ask(key("a"))).as_slice(), [Effect::Focus("email")]));
    model.update(Msg::Typed(Field::Email, " a@b.example ".into()));
    model.update(Msg::Kind(InvoiceKind::Vat));
    let asked = request(model.update(Msg::Ask(key("a"))));
    assert_eq!(asked.path, "/api/orders/o1/invoices");
    let body = r#"{"kind":"vat","title":"示例企业","tax_number":"91330100799655058B","email":"a@b.example"}"#;
    assert_eq!(asked.body.as_deref(), Some(body));
    let effects = model.update((asked.then)(Ok(invoice_json(r#"{"is":"open"}"#))));
    assert!(matches!(effects.as_slice(), [Effect::Open(path)] if path == "/account/invoices"));
}

#[test]
fn what_was_asked_for_last_stands_there_unless_something_was_typed() {
    let list =
        || format!(r#"{{"invoices":[{}]}}"#, invoice_json(r#"{"is":"withdrawn","at":"2026-11-21T09:30:00+08:00"}"#));
    let (mut model, before) = open(UP_TO);
    model.update((before.then)(Ok(list())));
    assert_eq!((model.title.as_str(), model.kind), ("上海晨光贸易有限公司", InvoiceKind::Vat));
    assert!(html(&model).contains("91330100799655058B"));
    let (mut model, before) = open(UP_TO);
    model.update(Msg::Typed(Field::Title, "分公司".into()));
    model.update((before.then)(Ok(list())));
    assert_eq!((model.title.as_str(), model.tax_number.as_str()), ("分公司", ""));
}

#[test]
fn what_would_be_refused_has_no_form() {
    let (model, _) = open(NO);
    assert!(html(&model).contains("只能退最近的一笔。") && !html(&model).contains("<form"));
}

//! A trial is of what can be tried, and begun once.

use super::{Msg, Trial};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Effect, Page, Shown};
use crate::trade::samples::service_json;

const PRODUCT: &str = include_str!("../../../tests/fixtures/product.json");

fn open(query: &str) -> Trial {
    let mut model = Trial::new("data-analytics-2".into(), query);
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/products/data-analytics-2");
    model.update((asked.then)(Ok(PRODUCT.into())));
    model
}

fn html(model: &Trial) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

#[test]
fn what_was_selected_on_the_products_page_is_tried_with_its_options() {
    let mut model = open("edition=standard&o.xinghao=APP%2BWAP&q.yonghushu=300&term=P1Y");
    let asked = request(model.update(Msg::Begin(key("a"))));
    assert_eq!(asked.path, "/api/trials");
    let body = asked.body.as_deref().expect("a body");
    assert!(body.contains(r#""edition":"standard""#) && body.contains(r#""xinghao":"APP+WAP""#), "{body}");
    assert!(!body.contains("yonghushu"), "quantities are the minimum");
    assert!(model.update(Msg::Begin(key("b"))).is_empty(), "a double click");
    let service = service_json(
        r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#,
        "",
        r#","trial":{"days":7,"extra":{"is":"not_offered"}}"#,
    );
    let begun = (asked.then)(Ok(service));
    assert!(matches!(model.update(begun).as_slice(), [Effect::Open(to)] if to == "/account/services/o1-1"));
}

#[test]
fn only_editions_with_a_trial_can_be_picked_and_a_refusal_is_said() {
    let mut model = open("");
    let picked = model.product.here().expect("the product");
    let offer = &picked.published.offer;
    assert!(!picked.editions.is_empty() && picked.editions.iter().all(|index| offer.editions[*index].trial.is_some()));
    assert!(picked.editions.contains(&picked.draft.edition));
    let asked = request(model.update(Msg::Begin(key("a"))));
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model).contains("不行，请改。"));
    model.update(Msg::Value(1, 1));
    assert!(!html(&model).contains("不行，请改。"), "something else was picked");
}

use std::sync::Arc;

use shared::api::ProductText;
use shared::catalog::{ChargeKind, Offer};
use shared::json::Node;
use shared::money::Fen;

use super::{Msg, Persona, Preview, Width};
use crate::account::service::change::{self, What};
use crate::element::Sink;
use crate::i18n::Lang;
use crate::page::samples::{instant, key};
use crate::storefront::product::model::{self as product, Field, Published};
use crate::widgets::spin::SpinEvent;
use crate::wire;

const PRODUCT: &str = include_str!("../../../tests/fixtures/product.json");

fn published() -> Published {
    wire::published(&Node::parse(PRODUCT).expect("JSON")).expect("a product")
}

fn text() -> Arc<ProductText> {
    Arc::new(published().text)
}

fn seed() -> Arc<Offer> {
    Arc::new(published().offer)
}

fn open(old: Option<Arc<Offer>>, draft: &Arc<Offer>) -> Preview {
    let mut preview = Preview::new("data-analytics-2".into(), text(), old, instant("2026-11-21T10:00:00+08:00"));
    preview.draft(draft);
    preview
}

fn html(preview: &Preview) -> String {
    preview.view(Lang::Zh, &Sink::nowhere()).html()
}

fn total(preview: &Preview) -> Option<Fen> {
    preview.product.as_ref()?.price.as_ref().ok().map(|price| price.quote.total)
}

fn people(preview: &mut Preview, n: &str) {
    preview.update(Msg::Product(product::Msg::Typed(Field::Quantity(0), n.into())));
}

/// The seed with another price for the second tier.
fn dearer(minimum: u32) -> Arc<Offer> {
    let mut offer = seed().as_ref().clone();
    let ChargeKind::Quantity(quantity) = &mut offer.editions[0].charges[0].kind else { panic!("people") };
    quantity.tiers[0].from = minimum;
    Arc::new(offer)
}

#[test]
fn the_stores_configurator_shows_the_draft_and_what_was_wished_survives_every_edit() {
    let mut preview = open(None, &seed());
    people(&mut preview, "7");
    let seven = total(&preview);
    preview.draft(&dearer(8));
    assert_ne!(total(&preview), seven, "seven people cannot be had now");
    preview.draft(&seed());
    assert_eq!(total(&preview), seven);
    let html = html(&preview);
    assert!(html.contains("class=\"desk\"") && html.contains("立即购买") && html.contains("新客户"), "{html}");
}

#[test]
fn buying_is_only_said_to_be_a_preview() {
    let mut preview = open(None, &seed());
    preview.update(Msg::Product(product::Msg::Buy));
    assert!(html(&preview).contains("只是预览"));
    people(&mut preview, "8");
    assert!(!html(&preview).contains("只是预览"));
}

#[test]
fn a_running_service_renews_and_expands_at_the_drafts_prices() {
    let mut preview = open(Some(seed()), &seed());
    people(&mut preview, "10");
    preview.update(Msg::Persona(Persona::Renewing));
    let shown = html(&preview);
    assert!(shown.contains("应付") && shown.contains("重新起算") && shown.contains("假设客户于"), "{shown}");
    let desk = preview.desk().expect("a service");
    assert_eq!(desk.wish.what, What::Renew);
    // A week is left.
    let end = desk.service.end.expect("an end");
    assert_eq!(end.since(preview.at()) / shared::calendar::DAY, 7);
    preview.update(Msg::Persona(Persona::Changing));
    assert_eq!(preview.desk().map(|desk| desk.wish.what), Some(What::Expand));
    preview.update(Msg::Change(change::Msg::Quantity(0, SpinEvent::Typed("20".into()))));
    let due =
        |preview: &Preview| preview.desk().and_then(|desk| desk.outcome(preview.at()).ok()).map(|quote| quote.due);
    let first = due(&preview);
    assert!(first.is_some_and(|due| due > Fen::ZERO), "{first:?}");
    // Another draft: what was wanted of the service stays wanted.
    preview.draft(&dearer(4));
    assert_eq!(due(&preview), first);
    preview.update(Msg::Days("0".into()));
    assert!(due(&preview) > first, "the whole term is left");
    preview.update(Msg::Change(change::Msg::Ask(key("a"), preview.at())));
    assert!(html(&preview).contains("只是预览"));
}

#[test]
fn what_is_not_published_is_bought_at_the_drafts_prices() {
    let mut preview = open(Some(dearer(20)), &seed());
    people(&mut preview, "10");
    preview.update(Msg::Persona(Persona::Renewing));
    assert!(html(&preview).contains("按草稿的价格购买"), "{}", html(&preview));
}

#[test]
fn a_trial_is_bought_in_the_configurator() {
    let mut preview = open(None, &seed());
    preview.update(Msg::Persona(Persona::Trying));
    let shown = html(&preview);
    assert!(shown.contains("开始试用") && shown.contains("立即购买"), "{shown}");
    let mut without = seed().as_ref().clone();
    for edition in &mut without.editions {
        edition.trial = None;
    }
    preview.draft(&Arc::new(without));
    assert!(html(&preview).contains("不提供试用"));
}

#[test]
fn another_day_and_another_screen() {
    let mut preview = open(None, &seed());
    preview.update(Msg::Day("2027-01-31".into()));
    assert_eq!(preview.at().to_string(), "2027-01-31T10:00:00+08:00");
    let end = preview.product.as_ref().and_then(|product| product.price.as_ref().ok()?.quote.end);
    assert_eq!(end.map(|end| end.to_string()).as_deref(), Some("2028-01-31T10:00:00+08:00"));
    preview.update(Msg::Day("nonsense".into()));
    assert_eq!(preview.at().to_string(), "2026-11-21T10:00:00+08:00");
    assert!(html(&preview).contains("is-phone"));
    preview.update(Msg::Width(Width::Desktop));
    assert!(html(&preview).contains("is-desktop"));
}

#[test]
fn every_shown_price_is_a_golden_case_that_holds() {
    let mut preview = open(Some(seed()), &seed());
    people(&mut preview, "10");
    let config = serde_json::to_string(seed().as_ref()).expect("a configuration");
    for persona in Persona::ALL {
        preview.update(Msg::Persona(persona));
        let case = preview.case(Lang::Zh).expect("a price");
        let differences = shared::golden::check(&config, std::slice::from_ref(&case));
        assert_eq!(differences, [vec![]], "{case:?}");
        let mut wrong = case.clone();
        for value in wrong.expect.values_mut() {
            *value = "0.01".into();
        }
        assert_ne!(shared::golden::check(&config, &[wrong]), [vec![]], "{persona:?}");
        assert!(case.name.contains("标准版"), "{}", case.name);
    }
}

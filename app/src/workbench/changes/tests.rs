use std::sync::Arc;

use shared::api::{EditionImpact, Impact, ImpactSum};
use shared::catalog::{ChargeKind, Offer, PriceSet, TierPrice};
use shared::json::Node;
use shared::money::Fen;

use super::figure::drawing;
use super::model::{Asked, Place};
use super::{Changes, Msg};
use crate::element::Sink;
use crate::i18n::Lang;
use crate::page::samples::{refused, request};
use crate::wire;

const PRODUCT: &str = include_str!("../../../tests/fixtures/product.json");

fn seed() -> Arc<Offer> {
    Arc::new(wire::published(&Node::parse(PRODUCT).expect("JSON")).expect("a product").offer)
}

/// The seed with another year's purchase price from ten people on.
fn repriced(yuan: i64) -> Arc<Offer> {
    let mut offer = seed().as_ref().clone();
    let ChargeKind::Quantity(quantity) = &mut offer.editions[0].charges[0].kind else { panic!("people") };
    let TierPrice::Unit(PriceSet::Recurring { new, .. }) = &mut quantity.tiers[1].price else { panic!("by the unit") };
    new.year = Some(Fen::new(yuan * 100));
    Arc::new(offer)
}

fn html(changes: &Changes) -> String {
    changes.view(Lang::Zh, &Sink::nowhere()).html()
}

fn open(draft: &Arc<Offer>) -> Changes {
    let mut changes = Changes::new("data-analytics-2".into(), Some(seed()));
    changes.draft(draft);
    changes
}

#[test]
fn a_new_price_is_a_sentence_a_row_and_a_curve() {
    let changes = open(&repriced(11));
    let html = html(&changes);
    for words in ["用户数", "¥10 → ¥11", "标准版 · 用户数 10 人", "+¥10.00", "草稿 ¥", "已发布 ¥"]
    {
        assert!(html.contains(words), "{words} in {html}");
    }
    // The cliff of the draft: 9 people cost 108, 10 only 110 now.
    let place = Place { edition: 0, charge: 0 };
    let cliffs =
        |draft: &Offer| drawing(&seed(), draft, place).and_then(|drawing| drawing.new).map(|new| new.cliffs.len());
    assert_eq!((cliffs(&seed()), cliffs(&repriced(11))), (Some(1), Some(0)));
}

#[test]
fn nothing_changed_and_nothing_published_are_said() {
    assert!(html(&open(&seed())).contains("草稿与已发布的配置相同"));
    let mut never = Changes::new("a".into(), None);
    never.draft(&seed());
    assert!(html(&never).contains("还没有发布过"));
    assert!(never.open().is_empty(), "nothing runs");
}

#[test]
fn running_services_are_asked_for_once_and_anew_when_the_draft_has_changed() {
    let mut changes = open(&repriced(11));
    let asked = request(changes.open());
    assert_eq!(asked.path, "/api/workbench/products/data-analytics-2/impact");
    let body = asked.body.as_deref().expect("a body");
    assert!(body.starts_with(r#"{"config":{"sale_mode":"subscription""#), "{body}");
    assert!(changes.open().is_empty(), "it is on its way");
    let sum = ImpactSum { services: 5, same: 2, more: 3, more_by: Fen::new(3_600), ..ImpactSum::default() };
    let edition = |code: &str, sum| EditionImpact { code: code.into(), name: code.to_uppercase(), sum };
    let known = Impact { all: sum, editions: vec![edition("a", sum), edition("b", ImpactSum::default())] };
    let answer = (asked.then)(Ok(serde_json::to_string(&known).expect("JSON")));
    assert!(changes.update(answer).is_empty());
    assert_eq!(changes.impact, Asked::Known(known));
    let shown = html(&changes);
    assert!(
        shown.contains("共 5 个服务：3 个将多付，一共 ¥36；2 个不变。") && !shown.contains("可能已过时"),
        "{shown}"
    );
    changes.draft(&repriced(12));
    assert!(html(&changes).contains("可能已过时"));
    let again = request(changes.open());
    let late = Msg::Impact(1, Err(refused(500)));
    changes.update(late);
    assert_eq!(changes.impact, Asked::Waiting, "an answer to the question before");
    changes.update((again.then)(Err(refused(409))));
    assert!(html(&changes).contains("不行，请改。"));
}

#[test]
fn the_part_that_nobody_looks_at_computes_nothing() {
    let mut changes = open(&repriced(11));
    changes.draft(&repriced(12));
    assert!(!format!("{changes:?}").contains("looked_at"));
    assert!(changes.compared().is_some());
    assert!(format!("{changes:?}").contains("looked_at"));
}

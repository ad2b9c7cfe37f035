use std::sync::Arc;

use shared::catalog::{ChargeKind, Offer, PriceKind, PriceSet, TierPrice};
use shared::json::Node;
use shared::money::Fen;
use shared::violation::Violation;
use shared::warnings::Finding;

use super::place::place;
use super::{Counts, Findings, Msg};
use crate::element::Sink;
use crate::i18n::Lang;
use crate::page::Effect;
use crate::page::samples::instant;
use crate::wire;

const PRODUCT: &str = include_str!("../../../tests/fixtures/product.json");

fn seed() -> Arc<Offer> {
    Arc::new(wire::published(&Node::parse(PRODUCT).expect("JSON")).expect("a product").offer)
}

fn html(findings: &Findings) -> String {
    findings.view(Lang::Zh, &Sink::nowhere()).html()
}

fn read(offer: &Arc<Offer>) -> Findings {
    let mut findings = Findings::new(instant("2026-11-21T10:00:00+08:00"));
    findings.draft(Ok(offer));
    findings
}

#[test]
fn the_seeds_cliff_is_found_with_its_witness_and_the_way_to_its_place() {
    let findings = read(&seed());
    let html = html(&findings);
    for words in ["价格倒挂", "9 人", "¥108", "10 人", "¥100", "标准版 › 用户数"] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(findings.counts().errors == 0 && findings.counts().warnings > 0);
}

#[test]
fn what_is_the_same_at_renewal_is_said_once() {
    let offer = seed();
    let all = shared::warnings::warnings(&offer, &shared::json::At::ROOT);
    let findings = read(&offer);
    let twice = findings.warnings.iter().filter(|warned| warned.renewals_too).count();
    assert!(twice > 0);
    assert_eq!(findings.warnings.len() + twice, all.len(), "nothing is left out");
    assert_eq!(html(&findings).matches("续费价也是如此。").count(), twice);
    // Once they differ, each is said for itself.
    let mut dearer = offer.as_ref().clone();
    let ChargeKind::Quantity(quantity) = &mut dearer.editions[0].charges[0].kind else { panic!("a quantity") };
    for tier in &mut quantity.tiers {
        let (TierPrice::Unit(price) | TierPrice::Flat(price)) = &mut tier.price;
        let PriceSet::Recurring { renew, .. } = price else { panic!("a subscription") };
        renew.year = renew.year.map(|year| Fen::new(year.fen() * 2));
    }
    let findings = read(&Arc::new(dearer));
    let inversions = |kind| {
        let of = |warned: &&super::model::Warned| {
            matches!(&warned.warning.finding, Finding::TierInversion(found) if found.kind == kind)
                && warned.warning.at.starts_with("/editions/0/charges/0/")
        };
        findings.warnings.iter().filter(of).count()
    };
    assert_eq!((inversions(PriceKind::New), inversions(PriceKind::Renew)), (1, 1));
}

#[test]
fn errors_come_first_and_alone() {
    let mut findings = read(&seed());
    let wrong = Violation {
        code: "price_invalid".into(),
        at: "/editions/0/price/new/year".into(),
        zh: "价格无效。".into(),
        en: "Not a price.".into(),
    };
    findings.draft(Err(&[wrong]));
    assert_eq!(findings.counts(), Counts { errors: 1, warnings: 0, notes: 0 });
    let html = html(&findings);
    assert!(html.contains("价格无效。") && html.contains("标准版 › 基础价") && !html.contains("价格倒挂"), "{html}");
    findings.draft(Ok(&seed()));
    assert_eq!(findings.counts().errors, 0);
}

/// Runs a search to its end, as the page does.
fn search(findings: &mut Findings) {
    let mut effects = findings.update(Msg::Search);
    let mut steps = 0;
    while let Some(Effect::Later(0, message)) = effects.pop() {
        effects = findings.update(message);
        steps += 1;
        assert!(steps < 10_000);
    }
}

#[test]
fn cheaper_ways_are_found_in_small_pieces_and_told_step_by_step() {
    let mut findings = read(&seed());
    assert!(html(&findings).contains("查找"));
    search(&mut findings);
    let search = findings.search.as_ref().expect("a search");
    assert!(search.is_done() && search.all() > 4 && search.given_up == 0);
    // Nine people are had for less with ten.
    let nine = search.found.iter().find(|cheaper| {
        cheaper.end.term == shared::calendar::Term::YEAR
            && cheaper.end.selection.picks[0] == shared::pricing::Pick::Quantity(9)
    });
    let nine = nine.expect("the cliff");
    assert_eq!(nine.saves(), Some(shared::money::Fen::new(800)));
    assert_eq!(nine.path.steps[0].selection.quantities.values().copied().collect::<Vec<_>>(), [10]);
    let html = html(&findings);
    assert!(html.contains("用户数 9 人") && html.contains("先买 “标准版” · 用户数 10 人"), "{html}");
}

#[test]
fn a_search_of_another_draft_comes_to_nothing() {
    let mut findings = read(&seed());
    let Some(Effect::Later(_, old)) = findings.update(Msg::Search).pop() else { panic!("a step") };
    let mut other = seed().as_ref().clone();
    other.price_cap = None;
    other.editions[0].hidden = false;
    other.editions[0].name = "基础版".into();
    findings.draft(Ok(&Arc::new(other)));
    assert!(findings.search.is_none());
    let _ = findings.update(Msg::Search);
    assert!(findings.update(old).is_empty());
}

#[test]
fn nothing_found_is_said() {
    let mut plain = seed().as_ref().clone();
    plain.editions.truncate(1);
    plain.editions[0].charges.clear();
    if let shared::catalog::Sale::Subscription(rules) = &mut plain.sale {
        rules.upgrades.clear();
    }
    let findings = read(&Arc::new(plain));
    assert!(html(&findings).contains("没有发现问题"), "{}", html(&findings));
}

#[test]
fn places_are_named() {
    let offer = seed();
    for (pointer, zh) in [
        ("/editions/0/charges/0/tiers/1", "标准版 › 用户数 › 第 2 档"),
        ("/editions/0/price/new/year", "标准版 › 基础价"),
        ("/upgrades/0", "升级规则"),
        ("", "整个配置"),
        ("/editions/17/name", "第 18 个版本"),
    ] {
        assert_eq!(place(Some(&offer), pointer, Lang::Zh), zh);
    }
}

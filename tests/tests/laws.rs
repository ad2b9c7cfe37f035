//! The laws of the core, over random configurations.

use std::collections::BTreeMap;

use proptest::proptest;
use serde_json::{Value, json};
use shared::catalog::{ChargeKind, Offer, Sale, TermOffers, TierMode, TierPrice};
use shared::lifecycle::{Quote, Subscription};
use shared::pricing::{Selection, SelectionFile, SelectionRules};
use shared::violation::Report;
use tests::chain::Chain;
use tests::dice::{Dice, dice, runs};
use tests::generate::{Configuration, Size, instant, offset, selection};

proptest! {
    #![proptest_config(runs())]

    /// L14 over chains of up to 8 steps, at prices that change, with amounts repriced; every quote on the way is checked.
    #[test]
    fn money_is_conserved(mut dice in dice()) {
        if let Some(mut chain) = Chain::begin(&mut dice) {
            for _ in 0..8 {
                chain.step(&mut dice);
            }
        }
    }

    /// A configuration is what it prints, and prints what it is.
    #[test]
    fn a_configuration_prints_as_it_parses(mut dice in dice()) {
        let rolled = Configuration::roll(&mut dice, Size::Normal);
        let printed = serde_json::to_string(&rolled.offer).expect("prints");
        let again = Offer::parse(&printed).expect("valid");
        assert_eq!(again, rolled.offer);
        assert_eq!(serde_json::to_string(&again).expect("prints"), printed);
    }

    /// A selection written out is the same selection when it is read, and its quote the same to the byte; from the
    /// printed configuration too.
    #[test]
    fn quoting_again_is_identical(mut dice in dice()) {
        let rolled = Configuration::roll(&mut dice, Size::Normal);
        let offer = &rolled.offer;
        let (chosen, offset) = (selection(&mut dice, offer), offset(&mut dice));
        let at = instant(&mut dice, offset);
        let file = chosen.to_file(offer);
        let text = serde_json::to_string(&file).expect("prints");
        let read: SelectionFile = serde_json::from_str(&text).expect("reads");
        assert_eq!(read, file);
        assert_eq!(checked(offer, &read), chosen);
        let offset = offset.to_string();
        let request = |config: &Value| {
            json!({"op": "purchase", "config": config, "selection": file, "at": at, "offset": offset}).to_string()
        };
        let first = shared::eval::answer(&request(&rolled.json));
        assert_eq!(shared::eval::answer(&request(&rolled.json)), first);
        assert_eq!(shared::eval::answer(&request(&serde_json::to_value(offer).expect("prints"))), first);
        let direct = shared::lifecycle::purchase(offer, &chosen, at, None);
        if let Ok(quote) = direct {
            let printed = serde_json::to_string(&quote).expect("prints");
            assert_eq!(format!("{{\"ok\":{printed}}}"), first, "the evaluator answers with the quote");
            assert_reads_back(&quote);
        }
    }

    /// Quotes and subscriptions survive being written and read, wherever a chain leads.
    #[test]
    fn subscriptions_read_as_they_are_written(mut dice in dice()) {
        let Some(mut chain) = Chain::begin(&mut dice) else { return Ok(()) };
        for _ in 0..4 {
            chain.step(&mut dice);
            let read: Subscription = serde_json::from_value(chain.subscription.clone()).expect("reads");
            assert_eq!(serde_json::to_value(&read).expect("prints"), chain.subscription);
        }
    }
}

/// The selection that a file stands for.
fn checked(offer: &Offer, file: &SelectionFile) -> Selection {
    let root = shared::json::At::ROOT;
    let term_at = root.key("term");
    let rules = SelectionRules { at: &root, term_at: Some(&term_at), hidden_allowed: false, limits: true };
    let mut report = Report::default();
    let selection = Selection::check(offer, &file.as_raw(), rules, &mut report);
    report.unless_any(selection).expect("valid")
}

fn assert_reads_back(quote: &Quote) {
    let text = serde_json::to_string(quote).expect("prints");
    let read: Quote = serde_json::from_str(&text).expect("reads");
    assert_eq!(&read, quote);
    assert_eq!(serde_json::to_string(&read).expect("prints"), text);
}

/// Chains go through every kind of step often enough for the law above to mean something.
#[test]
fn chains_are_long_and_mixed() {
    let (mut steps, mut lengths) = (BTreeMap::new(), 0);
    let chains = 150;
    let mut forfeiting = 0;
    for seed in 0..chains {
        let dice = &mut Dice::seeded(seed);
        let Some(mut chain) = Chain::begin(dice) else { continue };
        (0..8).for_each(|_| chain.step(dice));
        lengths += chain.steps.len();
        forfeiting += u32::from(chain.forfeited > 0);
        for step in chain.steps {
            *steps.entry(step).or_insert(0) += 1;
        }
    }
    println!("{steps:?}, {forfeiting} forfeit");
    assert!(lengths > 450, "{lengths} steps in {chains} chains");
    for step in ["renew", "co_term", "re_term"] {
        assert!(steps[step] > 60, "{steps:?}");
    }
    assert!(forfeiting > 10, "{forfeiting}");
}

/// What every other test here relies on: the generator reaches what it is meant to reach.
#[test]
fn the_generator_covers_what_can_be_configured() {
    let rolled: Vec<_> =
        (0..1000).map(|seed| Configuration::roll(&mut Dice::seeded(seed), Size::Normal).offer).collect();
    let some = |what: &str, found: &dyn Fn(&Offer) -> bool| {
        let n = rolled.iter().filter(|offer| found(offer)).count();
        assert!(n >= 40, "{what}: {n}");
    };
    some("one-time", &|offer| offer.sale == Sale::OneTime);
    some("hidden", &|offer| offer.editions.iter().any(|edition| edition.hidden));
    some("capped", &|offer| offer.price_cap.is_some());
    let rules = |offer: &Offer| offer.subscription_rules().cloned();
    some("discounts", &|offer| {
        rules(offer).is_some_and(|rules| matches!(rules.term_offers, TermOffers::Discounts(list) if !list.is_empty()))
    });
    some("gifts", &|offer| rules(offer).is_some_and(|rules| matches!(rules.term_offers, TermOffers::Gifts(_))));
    some("a loop", &|offer| {
        let upgrades = rules(offer).map_or(Vec::new(), |rules| rules.upgrades);
        upgrades.iter().any(|rule| upgrades.iter().any(|back| back.from == rule.to && back.to == rule.from))
    });
    let some_quantity = |what, found: &dyn Fn(&shared::catalog::Quantity) -> bool| {
        some(what, &|offer| {
            offer
                .editions
                .iter()
                .flat_map(|edition| &edition.charges)
                .any(|charge| matches!(&charge.kind, ChargeKind::Quantity(quantity) if found(quantity)))
        });
    };
    some_quantity("graduated", &|quantity| quantity.tier_mode == TierMode::Graduated);
    some_quantity("flat", &|quantity| quantity.tiers.iter().any(|tier| matches!(tier.price, TierPrice::Flat(_))));
    some_quantity("without maximum", &|quantity| quantity.max.is_none());
}

#[test]
fn tiny_configurations_are_valid_too() {
    for seed in 0..2000 {
        Configuration::roll(&mut Dice::seeded(seed), Size::Tiny);
    }
}

/// Lines that follow one another are answered as each alone would be: what is kept between them changes nothing.
mod one_line_after_the_other {
    use super::*;
    use shared::eval::{Evaluator, answer};
    use tests::generate::broken;

    fn check(lines: &[String]) {
        let mut evaluator = Evaluator::default();
        for line in lines {
            assert_eq!(evaluator.answer(line), answer(line), "{line}");
        }
    }

    #[test]
    fn in_any_order() {
        let cases = include_str!("../cases/eval.jsonl").lines();
        let requests: Vec<Value> =
            cases.map(|line| serde_json::from_str::<Value>(line).expect("a case")["req"].take()).collect();
        for seed in 0..20 {
            let dice = &mut Dice::seeded(seed);
            let mut lines = Vec::new();
            for _ in 0..40 {
                let request = dice.pick(&requests).clone();
                lines.push(request.to_string());
                lines.push(broken(dice, &request).to_string());
                let other = dice.pick(&requests).clone();
                let mut mixed = request.clone();
                mixed["op"] = other["op"].clone();
                lines.push(mixed.to_string());
            }
            check(&lines);
        }
    }

    #[test]
    fn whatever_stands_for_the_configuration() {
        let rolled = Configuration::roll_subscription(&mut Dice::seeded(3), Size::Normal);
        let offer = &rolled.offer;
        let rest = json!({
            "selection": selection(&mut Dice::seeded(4), offer).to_file(offer), "at": "2026-01-01T00:00:00Z",
        });
        let rest = rest.to_string();
        let config = &rolled.text;
        let line = |configs: &str| format!("{{\"op\":\"purchase\",{configs},{}", &rest[1..]);
        let good = line(&format!("\"config\":{config}"));
        assert!(answer(&good).starts_with("{\"ok\""));
        let strange = [
            format!("\"\\u0063onfig\":{config}"),
            format!("\"\\u0063onfig\":{config},\"config\":1,\"b\":{{}}"),
            "\"config\":1,\"b\":{}".to_owned(),
            format!("\"\\u0063onfig\":{{\"x\":1}},\"config\":{config}"),
            format!("\"config\":{config},\"config\":{{}}"),
            format!("\"config\":{{}},\"config\":{config}"),
            format!("\"config\":null,\"config\":{config}"),
            format!("\"config\":[{config}]"),
            format!("\"config\":\"{}\"", config.replace('"', "\\\"")),
            format!("\"config\" : {config}"),
            format!("\"config\":{config}1"),
            format!("\"config\":{config}}}"),
        ];
        for first in &strange {
            for second in &strange {
                check(&[line(first), good.clone(), line(second), line(first), good.clone(), line(first), line(second)]);
            }
        }
    }
}

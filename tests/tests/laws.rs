//! The laws of the core, over random configurations.

use shared::catalog::{Sale, TermOffers};
use tests::dice::Dice;
use tests::generate::{Configuration, Size};

/// What every other test here relies on: the generator reaches what it is meant to reach.
#[test]
fn the_generator_covers_what_can_be_configured() {
    let rolled: Vec<_> =
        (0..1000).map(|seed| Configuration::roll(&mut Dice::seeded(seed), Size::Normal).offer).collect();
    let some = |what: &str, found: &dyn Fn(&shared::catalog::Offer) -> bool| {
        let n = rolled.iter().filter(|offer| found(offer)).count();
        assert!(n >= 10, "{what}: {n}");
    };
    some("one-time", &|offer| offer.sale == Sale::OneTime);
    some("hidden", &|offer| offer.editions.iter().any(|edition| edition.hidden));
    some("capped", &|offer| offer.price_cap.is_some());
    let rules = |offer: &shared::catalog::Offer| offer.subscription_rules().cloned();
    some("discounts", &|offer| {
        rules(offer).is_some_and(|rules| matches!(rules.term_offers, TermOffers::Discounts(list) if !list.is_empty()))
    });
    some("gifts", &|offer| rules(offer).is_some_and(|rules| matches!(rules.term_offers, TermOffers::Gifts(_))));
}

#[test]
fn tiny_configurations_are_valid_too() {
    for seed in 0..2000 {
        Configuration::roll(&mut Dice::seeded(seed), Size::Tiny);
    }
}

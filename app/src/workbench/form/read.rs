//! A configuration that is valid → the form that it is edited in.

use std::sync::Arc;

use shared::catalog::{self, ChargeKind, Offer, PriceSet, Prices, TermOffers, TierMode, TierPrice};
use shared::golden::Case;
use shared::money::Fen;

use super::{Charge, Edition, Form, Golden, Module, OptionValue, Price, TermOffer, Tier};

impl Form {
    /// The form of a configuration and its cases. Who reads the same gets the same ids.
    pub fn read(offer: &Offer, cases: Vec<Case>) -> Self {
        let rules = offer.subscription_rules();
        let mut form = Self { editions: Vec::new(), ..Self::first() };
        form.next = 1;
        form.one_time = rules.is_none();
        for charge in offer.editions.iter().flat_map(|edition| &edition.charges) {
            if form.modules.iter().all(|module| module.key != charge.key) {
                let id = form.draw();
                form.modules.push(module(id, charge));
            }
        }
        for edition in &offer.editions {
            let edition = form.read_edition(edition);
            form.editions.push(Arc::new(edition));
        }
        if let Some(rules) = rules {
            form.fixed_days = rules.day_count == shared::calendar::DayCount::Fixed;
            form.upgrades = rules
                .upgrades
                .iter()
                .map(|upgrade| (form.editions[upgrade.from].id, form.editions[upgrade.to].id))
                .collect();
            (form.co_term, form.re_term) = (rules.change_modes.co_term, rules.change_modes.re_term);
            form.gifts = matches!(&rules.term_offers, TermOffers::Gifts(gifts) if !gifts.is_empty());
            let offers: Vec<(String, String)> = match &rules.term_offers {
                TermOffers::Discounts(offers) => {
                    offers.iter().map(|(term, rate)| (term.to_string(), rate.to_string())).collect()
                }
                TermOffers::Gifts(offers) => {
                    offers.iter().map(|(term, days)| (term.to_string(), days.to_string())).collect()
                }
            };
            for (min_term, value) in offers {
                let id = form.draw();
                form.offers.push(TermOffer { id, min_term, value });
            }
        }
        form.price_cap = offer.price_cap.map(yuan).unwrap_or_default();
        for case in cases {
            let id = form.draw();
            form.cases.push(Golden { id, case });
        }
        form
    }

    fn read_edition(&mut self, edition: &catalog::Edition) -> Edition {
        let id = self.draw();
        let mut charges: Vec<Charge> = edition.charges.iter().map(|charge| self.read_charge(charge)).collect();
        let others: Vec<(u32, bool)> = self.modules.iter().map(|module| (module.id, module.counts)).collect();
        for (id, counts) in others {
            if charges.iter().all(|charge| charge.id != id) {
                charges.push(self.fresh_charge(id, counts));
            }
        }
        Edition {
            id,
            code: edition.code.clone(),
            name: edition.name.clone(),
            hidden: edition.hidden,
            terms: edition.terms.clone(),
            renew_same: every_price(edition).all(|price| match price {
                PriceSet::Once(_) => true,
                PriceSet::Recurring { new, renew } => new == renew,
            }),
            price: price(&edition.price),
            trial_days: edition.trial.map(|trial| trial.days.to_string()).unwrap_or_default(),
            extra_trial_days: edition
                .trial
                .and_then(|trial| trial.extra_days)
                .map(|days| days.to_string())
                .unwrap_or_default(),
            charges,
        }
    }

    fn read_charge(&mut self, charge: &catalog::Charge) -> Charge {
        let known = self.modules.iter().find(|module| module.key == charge.key);
        let mut read = Charge {
            id: known.map_or(0, |module| module.id),
            on: true,
            max: String::new(),
            graduated: false,
            tiers: Vec::new(),
            values: Vec::new(),
        };
        match &charge.kind {
            ChargeKind::Quantity(quantity) => {
                read.max = quantity.max.map(|max| max.to_string()).unwrap_or_default();
                read.graduated = quantity.tier_mode == TierMode::Graduated;
                for tier in &quantity.tiers {
                    let (flat, set) = match &tier.price {
                        TierPrice::Unit(set) => (false, set),
                        TierPrice::Flat(set) => (true, set),
                    };
                    let id = self.draw();
                    read.tiers.push(Tier { id, from: tier.from.to_string(), flat, price: price(set) });
                }
            }
            ChargeKind::Option(values) => {
                for value in values {
                    let id = self.draw();
                    read.values.push(OptionValue { id, value: value.value.clone(), price: price(&value.price) });
                }
            }
        }
        read
    }
}

fn module(id: u32, charge: &catalog::Charge) -> Module {
    let (counts, unit) = match &charge.kind {
        ChargeKind::Quantity(quantity) => (true, quantity.unit.clone()),
        ChargeKind::Option(_) => (false, String::new()),
    };
    Module { id, counts, key: charge.key.clone(), name: charge.name.clone(), unit }
}

fn every_price(edition: &catalog::Edition) -> impl Iterator<Item = &PriceSet> {
    let of_charges = edition.charges.iter().flat_map(|charge| -> Vec<&PriceSet> {
        match &charge.kind {
            ChargeKind::Quantity(quantity) => quantity
                .tiers
                .iter()
                .map(|tier| match &tier.price {
                    TierPrice::Unit(set) | TierPrice::Flat(set) => set,
                })
                .collect(),
            ChargeKind::Option(values) => values.iter().map(|value| &value.price).collect(),
        }
    });
    core::iter::once(&edition.price).chain(of_charges)
}

fn price(set: &PriceSet) -> Price {
    let text = |price: Option<Fen>| price.map(yuan).unwrap_or_default();
    match set {
        PriceSet::Once(once) => Price { once: yuan(*once), ..Price::default() },
        PriceSet::Recurring { new, renew } => {
            let of = |prices: &Prices| (text(prices.month), text(prices.year));
            let ((new_month, new_year), (renew_month, renew_year)) = (of(new), of(renew));
            Price { new_month, new_year, renew_month, renew_year, once: String::new() }
        }
    }
}

/// An amount as one types it: `12`, `0.50`.
fn yuan(amount: Fen) -> String {
    let text = amount.to_string();
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

//! What is done to a form besides typing.

use std::sync::Arc;

use shared::calendar::Term;
use shared::golden::Case;

use super::{Charge, Edition, Form, Golden, Id, Module, OptionValue, Price, TermOffer, Tier};

/// Something done to a form. Places are indexes; what is not there any more is left alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Another edition, at the end.
    AddEdition,
    /// The same edition once more, behind it.
    DuplicateEdition(usize),
    /// An edition goes.
    RemoveEdition(usize),
    /// An edition is put elsewhere.
    MoveEdition(usize, usize),
    /// An edition is hidden, or shown.
    Hide(usize, bool),
    /// An edition sells a term, or does not.
    Sell(usize, Term, bool),
    /// In an edition renewals cost the same as purchases.
    RenewSame(usize, bool),
    /// Sold once, for good.
    OneTime(bool),
    /// A month is 31 days.
    FixedDays(bool),
    /// Another charge: a quantity, or an option. The edition at the index has it.
    AddModule(bool, usize),
    /// A charge goes from every edition.
    RemoveModule(usize),
    /// A charge is put elsewhere, in every edition.
    MoveModule(usize, usize),
    /// An edition has the charge at an index, or has it not.
    Tick(usize, usize, bool),
    /// Each tier prices its own units.
    Graduated(usize, usize, bool),
    /// Another tier behind the last.
    AddTier(usize, usize),
    /// A tier goes.
    RemoveTier(usize, usize, usize),
    /// A tier has one price for all of it.
    Flat(usize, usize, usize, bool),
    /// Another value of an option.
    AddValue(usize, usize),
    /// A value goes.
    RemoveValue(usize, usize, usize),
    /// From one edition to another, by id, one may upgrade.
    Upgrade(Id, Id, bool),
    /// The difference can be paid.
    CoTerm(bool),
    /// A new term can begin.
    ReTerm(bool),
    /// Offers give days.
    Gifts(bool),
    /// Another offer.
    AddOffer,
    /// An offer goes.
    RemoveOffer(usize),
    /// A golden case is kept.
    AddCase(Box<Case>),
    /// A golden case goes.
    RemoveCase(usize),
}

impl Form {
    /// Does it.
    pub fn act(&mut self, act: Act) {
        match act {
            Act::AddEdition => self.add_edition(),
            Act::DuplicateEdition(index) => self.duplicate(index),
            Act::RemoveEdition(index) if index < self.editions.len() => {
                let gone = self.editions.remove(index).id;
                self.upgrades.retain(|(from, to)| *from != gone && *to != gone);
            }
            Act::MoveEdition(from, to) => shift(&mut self.editions, from, to),
            Act::Hide(e, hidden) => self.in_edition(e, |edition| edition.hidden = hidden),
            Act::Sell(e, term, sold) => self.in_edition(e, |edition| sell(&mut edition.terms, term, sold)),
            Act::RenewSame(e, same) => self.in_edition(e, |edition| edition.renewals_follow(same)),
            Act::OneTime(is) => self.one_time = is,
            Act::FixedDays(are) => self.fixed_days = are,
            Act::AddModule(counts, edition) => self.add_module(counts, edition),
            Act::RemoveModule(index) if index < self.modules.len() => {
                let gone = self.modules.remove(index).id;
                for edition in &mut self.editions {
                    Arc::make_mut(edition).charges.retain(|charge| charge.id != gone);
                }
            }
            Act::MoveModule(from, to) => {
                shift(&mut self.modules, from, to);
                let order: Vec<Id> = self.modules.iter().map(|module| module.id).collect();
                for edition in &mut self.editions {
                    let place = |charge: &Charge| order.iter().position(|id| *id == charge.id);
                    Arc::make_mut(edition).charges.sort_by_key(place);
                }
            }
            Act::Tick(e, c, on) => self.in_charge(e, c, |charge| charge.on = on),
            Act::Graduated(e, c, graduated) => self.in_charge(e, c, |charge| charge.graduated = graduated),
            Act::AddTier(e, c) => {
                let id = self.draw();
                self.in_charge(e, c, |charge| {
                    let flat = charge.tiers.last().is_some_and(|tier| tier.flat);
                    charge.tiers.push(Tier { id, from: String::new(), flat, price: Price::default() });
                });
            }
            Act::RemoveTier(e, c, t) => self.in_charge(e, c, |charge| remove(&mut charge.tiers, t)),
            Act::Flat(e, c, t, flat) => self.in_charge(e, c, |charge| {
                if let Some(tier) = charge.tiers.get_mut(t) {
                    tier.flat = flat;
                }
            }),
            Act::AddValue(e, c) => {
                let id = self.draw();
                self.in_charge(e, c, |charge| charge.values.push(OptionValue::new(id)));
            }
            Act::RemoveValue(e, c, v) => self.in_charge(e, c, |charge| remove(&mut charge.values, v)),
            Act::Upgrade(from, to, allowed) => {
                self.upgrades.retain(|rule| *rule != (from, to));
                if allowed {
                    self.upgrades.push((from, to));
                }
            }
            Act::CoTerm(offered) => self.co_term = offered,
            Act::ReTerm(offered) => self.re_term = offered,
            Act::Gifts(gifts) => self.gifts = gifts,
            Act::AddOffer => {
                let id = self.draw();
                let min_term = Term::YEAR.as_str().to_owned();
                self.offers.push(TermOffer { id, min_term, value: String::new() });
            }
            Act::RemoveOffer(index) => remove(&mut self.offers, index),
            Act::AddCase(case) => {
                let id = self.draw();
                self.cases.push(Golden { id, case: *case });
            }
            Act::RemoveCase(index) => remove(&mut self.cases, index),
            Act::RemoveEdition(_) | Act::RemoveModule(_) => {}
        }
    }

    fn in_edition(&mut self, index: usize, change: impl FnOnce(&mut Edition)) {
        if let Some(edition) = self.edition(index) {
            change(edition);
        }
    }

    fn in_charge(&mut self, edition: usize, charge: usize, change: impl FnOnce(&mut Charge)) {
        if let Some(charge) = self.charge(edition, charge) {
            change(charge);
        }
    }

    fn add_edition(&mut self) {
        let id = self.draw();
        let modules: Vec<(Id, bool)> = self.modules.iter().map(|module| (module.id, module.counts)).collect();
        let charges = modules.into_iter().map(|(id, counts)| self.fresh_charge(id, counts)).collect();
        let n = self.editions.len() + 1;
        let (code, name) = match n {
            1 => ("standard".to_owned(), "标准版".to_owned()),
            n => (format!("edition-{n}"), String::new()),
        };
        self.editions.push(Arc::new(Edition {
            id,
            code: self.free_code(&code),
            name,
            hidden: false,
            terms: vec![Term::YEAR],
            renew_same: true,
            price: Price::default(),
            trial_days: String::new(),
            extra_trial_days: String::new(),
            charges,
        }));
    }

    /// The same once more, with a code of its own and no name: names are unique.
    fn duplicate(&mut self, index: usize) {
        let Some(original) = self.editions.get(index) else { return };
        let mut copy = Edition::clone(original);
        copy.id = self.draw();
        copy.code = self.free_code(&copy.code);
        copy.name = String::new();
        // Rows have an id within the form.
        for charge in &mut copy.charges {
            charge.tiers.iter_mut().for_each(|tier| tier.id = self.draw());
            charge.values.iter_mut().for_each(|value| value.id = self.draw());
        }
        self.editions.insert(index + 1, Arc::new(copy));
    }

    /// `code`, or the first of `code-2`, `code-3` … that no edition has. A code has 32 characters at most.
    fn free_code(&self, code: &str) -> String {
        let taken = |code: &str| self.editions.iter().any(|edition| edition.code == code);
        let stem: String = code.chars().take(29).collect();
        let numbered = (2..).map(|n: u32| format!("{stem}-{n}"));
        core::iter::once(code.to_owned()).chain(numbered).find(|code| !taken(code)).unwrap_or_default()
    }

    fn add_module(&mut self, counts: bool, edition: usize) {
        let id = self.draw();
        self.modules.push(Module { id, counts, key: String::new(), name: String::new(), unit: String::new() });
        for index in 0..self.editions.len() {
            let mut charge = self.fresh_charge(id, counts);
            charge.on = index == edition;
            self.in_edition(index, |edition| edition.charges.push(charge));
        }
    }

    /// A module as an edition begins with it: not ticked, with a row to fill in.
    pub(super) fn fresh_charge(&mut self, id: Id, counts: bool) -> Charge {
        let row = self.draw();
        let tier = Tier { id: row, from: "1".to_owned(), flat: false, price: Price::default() };
        let (tiers, values) = if counts { (vec![tier], Vec::new()) } else { (Vec::new(), vec![OptionValue::new(row)]) };
        Charge { id, on: false, max: String::new(), graduated: false, tiers, values }
    }
}

impl OptionValue {
    pub(super) fn new(id: Id) -> Self {
        Self { id, value: String::new(), price: Price::default() }
    }
}

impl Edition {
    /// Renewals cost the same from now on, or have prices of their own, which are the same to begin with.
    fn renewals_follow(&mut self, same: bool) {
        self.renew_same = same;
        if same {
            return;
        }
        let tiers = self.charges.iter_mut().flat_map(|charge| {
            charge.tiers.iter_mut().map(|tier| &mut tier.price).chain(charge.values.iter_mut().map(|v| &mut v.price))
        });
        for price in core::iter::once(&mut self.price).chain(tiers) {
            price.renew_month.clone_from(&price.new_month);
            price.renew_year.clone_from(&price.new_year);
        }
    }
}

/// Sells a term or not. What is added finds its place by length.
fn sell(terms: &mut Vec<Term>, term: Term, sold: bool) {
    terms.retain(|other| *other != term);
    if sold {
        let place = Term::all().position(|other| other == term);
        let before = |other: &Term| Term::all().position(|known| known == *other) < place;
        let at = terms.iter().position(|other| !before(other)).unwrap_or(terms.len());
        terms.insert(at, term);
    }
}

fn remove<T>(rows: &mut Vec<T>, index: usize) {
    if index < rows.len() {
        rows.remove(index);
    }
}

fn shift<T>(rows: &mut Vec<T>, from: usize, to: usize) {
    if from < rows.len() && to < rows.len() {
        let row = rows.remove(from);
        rows.insert(to, row);
    }
}

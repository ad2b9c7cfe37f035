//! What stands in the editor's fields: as typed, valid or not.
//!
//! A form prints as a configuration file ([`Form::config`]), which [`shared::catalog::Offer::parse`] reads or complains about
//! place by place: nothing is judged here. Editions, charges and rows keep an id for as long as they are there, so that the
//! work of two people can be merged.

mod acts;
mod field;
mod merge;
mod print;
mod read;
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::calendar::Term;
use shared::golden::Case;

pub use acts::Act;
pub use field::{Cell, Field, PriceAt};
pub use merge::{Conflict, Step, merge};
pub use print::narrow;

/// By which something in a form is known, for as long as it is there.
pub type Id = u32;

/// A sales configuration on its way, with its golden cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "boxes to tick, each by itself")]
pub struct Form {
    /// The next id to give.
    pub next: Id,
    /// Sold once, for good (rule S1).
    pub one_time: bool,
    /// A month is 31 days, a year 365 (rule M5).
    pub fixed_days: bool,
    /// The product's charges (额外计费项模块, rule S9).
    pub modules: Vec<Module>,
    /// The editions, in display order.
    pub editions: Vec<Arc<Edition>>,
    /// From which edition to which one may upgrade, by id (rule S16).
    pub upgrades: Vec<(Id, Id)>,
    /// The difference is paid and the end stays (rule S17).
    pub co_term: bool,
    /// A new term begins.
    pub re_term: bool,
    /// Offers give days instead of discounts (rule S14).
    pub gifts: bool,
    /// Offers for longer terms.
    pub offers: Vec<TermOffer>,
    /// What an instance costs at most (rule S15).
    pub price_cap: String,
    /// What selections must cost.
    pub cases: Vec<Golden>,
}

/// A charge as the product has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its id.
    pub id: Id,
    /// A quantity is charged (数量), else an option is chosen (枚举).
    pub counts: bool,
    /// By which machines know it (参数值).
    pub key: String,
    /// What a buyer reads.
    pub name: String,
    /// What is counted; of a quantity.
    pub unit: String,
}

/// An edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its id.
    pub id: Id,
    /// By which the ISV's systems know it (rule S4).
    pub code: String,
    /// What a buyer reads.
    pub name: String,
    /// Not for sale.
    pub hidden: bool,
    /// The terms sold, in display order.
    pub terms: Vec<Term>,
    /// Renewals cost the same as purchases, everywhere in it.
    pub renew_same: bool,
    /// The base price.
    pub price: Price,
    /// Days of the trial (rule S8).
    pub trial_days: String,
    /// Days that a trial can be prolonged by.
    pub extra_trial_days: String,
    /// A charge for each of the product's modules, ticked or not, in display order.
    pub charges: Vec<Charge>,
}

/// What an edition makes of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The module's id, and its own.
    pub id: Id,
    /// Ticked: the edition has it.
    pub on: bool,
    /// The most that can be bought; of a quantity.
    pub max: String,
    /// Each tier prices its own units (rule S11).
    pub graduated: bool,
    /// The tiers; of a quantity.
    pub tiers: Vec<Tier>,
    /// The values; of an option.
    pub values: Vec<OptionValue>,
}

/// A tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Its id.
    pub id: Id,
    /// The first quantity that it applies to.
    pub from: String,
    /// One price for the whole tier.
    pub flat: bool,
    /// What it costs.
    pub price: Price,
}

/// A value of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    /// Its id.
    pub id: Id,
    /// The value.
    pub value: String,
    /// What it costs.
    pub price: Price,
}

/// Prices, in yuan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Of a month, at purchase.
    pub new_month: String,
    /// Of a year, at purchase.
    pub new_year: String,
    /// Of a month, at renewal.
    pub renew_month: String,
    /// Of a year, at renewal.
    pub renew_year: String,
    /// Of a one-time product.
    pub once: String,
}

/// An offer for longer terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermOffer {
    /// Its id.
    pub id: Id,
    /// From which term on.
    pub min_term: String,
    /// The discount, or the days.
    pub value: String,
}

/// A golden case in the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Golden {
    /// Its id.
    pub id: Id,
    /// What is asked and expected.
    pub case: Case,
}

impl Form {
    /// The form of a product that has nothing yet: an edition to begin with.
    pub fn first() -> Self {
        let mut form = Self {
            next: 1,
            one_time: false,
            fixed_days: false,
            modules: Vec::new(),
            editions: Vec::new(),
            upgrades: Vec::new(),
            co_term: true,
            re_term: false,
            gifts: false,
            offers: Vec::new(),
            price_cap: String::new(),
            cases: Vec::new(),
        };
        form.act(Act::AddEdition);
        form
    }

    /// The next id.
    fn draw(&mut self) -> Id {
        let id = self.next;
        self.next += 1;
        id
    }

    /// The module with this id.
    pub fn module(&self, id: Id) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// The edition at `index`, to be changed.
    fn edition(&mut self, index: usize) -> Option<&mut Edition> {
        self.editions.get_mut(index).map(Arc::make_mut)
    }

    /// The charge at an index of an edition, to be changed.
    fn charge(&mut self, edition: usize, charge: usize) -> Option<&mut Charge> {
        self.edition(edition)?.charges.get_mut(charge)
    }

    /// The golden cases.
    pub fn golden(&self) -> Vec<Case> {
        self.cases.iter().map(|golden| golden.case.clone()).collect()
    }
}

impl Edition {
    /// The ticked charges: those that are in the file, in its order, each with its index in [`Edition::charges`].
    pub fn ticked(&self) -> impl Iterator<Item = (usize, &Charge)> {
        self.charges.iter().enumerate().filter(|(_, charge)| charge.on)
    }

    /// Whether it sells a term of months, and one of years.
    pub fn sells(&self) -> (bool, bool) {
        use shared::calendar::Period;
        let sold = |period| self.terms.iter().any(|term| term.period() == period);
        (sold(Period::Month), sold(Period::Year))
    }

    /// Its columns of prices: those that are charged, and those that were given.
    pub fn cells(&self, one_time: bool) -> Vec<Cell> {
        if one_time {
            return vec![Cell::Once];
        }
        let (mut months, years) = self.sells();
        // Where nothing is sold yet both can be given; what stands there is never out of sight.
        months |= !years || self.prices().any(|price| !price.new_month.is_empty() || !price.renew_month.is_empty());
        let years =
            years || !months || self.prices().any(|price| !price.new_year.is_empty() || !price.renew_year.is_empty());
        let columns = [
            (Cell::NewMonth, months),
            (Cell::NewYear, years),
            (Cell::RenewMonth, months && !self.renew_same),
            (Cell::RenewYear, years && !self.renew_same),
        ];
        columns.into_iter().filter(|(_, shown)| *shown).map(|(cell, _)| cell).collect()
    }

    /// Every set of prices in it.
    fn prices(&self) -> impl Iterator<Item = &Price> {
        let rows = self.ticked().flat_map(|(_, charge)| {
            charge.tiers.iter().map(|tier| &tier.price).chain(charge.values.iter().map(|value| &value.price))
        });
        core::iter::once(&self.price).chain(rows)
    }
}

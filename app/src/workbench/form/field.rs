//! The fields that are typed in.

use super::{Form, Price};

/// A field, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// An edition's name.
    Name(usize),
    /// An edition's code.
    Code(usize),
    /// Days of an edition's trial.
    Trial(usize),
    /// Days that it can be prolonged by.
    ExtraTrial(usize),
    /// A price.
    Price(PriceAt, Cell),
    /// The most of a charge that can be bought.
    Max(usize, usize),
    /// Where a tier begins.
    From(usize, usize, usize),
    /// An option's value.
    Value(usize, usize, usize),
    /// A module's name.
    ModuleName(usize),
    /// Its key.
    ModuleKey(usize),
    /// Its unit.
    ModuleUnit(usize),
    /// An offer's term.
    OfferTerm(usize),
    /// An offer's discount or days.
    Offer(usize),
    /// The cap.
    Cap,
    /// A golden case's name.
    CaseName(usize),
    /// The total that it expects.
    CaseTotal(usize),
}

/// Whose price it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceAt {
    /// An edition's base price.
    Edition(usize),
    /// Of a tier: edition, charge, tier.
    Tier(usize, usize, usize),
    /// Of an option's value: edition, charge, value.
    Value(usize, usize, usize),
}

/// Which of its prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A month at purchase.
    NewMonth,
    /// A year at purchase.
    NewYear,
    /// A month at renewal.
    RenewMonth,
    /// A year at renewal.
    RenewYear,
    /// For good.
    Once,
}

impl Cell {
    /// Its place below the price set.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::NewMonth => "/new/month",
            Self::NewYear => "/new/year",
            Self::RenewMonth => "/renew/month",
            Self::RenewYear => "/renew/year",
            Self::Once => "/new/once",
        }
    }
}

impl Price {
    /// What is typed.
    pub fn cell(&self, cell: Cell) -> &String {
        match cell {
            Cell::NewMonth => &self.new_month,
            Cell::NewYear => &self.new_year,
            Cell::RenewMonth => &self.renew_month,
            Cell::RenewYear => &self.renew_year,
            Cell::Once => &self.once,
        }
    }

    fn cell_mut(&mut self, cell: Cell) -> &mut String {
        match cell {
            Cell::NewMonth => &mut self.new_month,
            Cell::NewYear => &mut self.new_year,
            Cell::RenewMonth => &mut self.renew_month,
            Cell::RenewYear => &mut self.renew_year,
            Cell::Once => &mut self.once,
        }
    }
}

impl Form {
    /// Writes `text` into a field; nothing where there is no such field any more.
    pub fn write(&mut self, field: Field, text: String) {
        if let Field::CaseTotal(index) = field {
            if let Some(golden) = self.cases.get_mut(index) {
                golden.case.expect.insert("total".to_owned(), text.into());
            }
        } else if let Some(place) = self.text(field) {
            *place = text;
        }
    }

    fn text(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::Name(e) => &mut self.edition(e)?.name,
            Field::Code(e) => &mut self.edition(e)?.code,
            Field::Trial(e) => &mut self.edition(e)?.trial_days,
            Field::ExtraTrial(e) => &mut self.edition(e)?.extra_trial_days,
            Field::Price(at, cell) => self.price(at)?.cell_mut(cell),
            Field::Max(e, c) => &mut self.charge(e, c)?.max,
            Field::From(e, c, t) => &mut self.charge(e, c)?.tiers.get_mut(t)?.from,
            Field::Value(e, c, v) => &mut self.charge(e, c)?.values.get_mut(v)?.value,
            Field::ModuleName(m) => &mut self.modules.get_mut(m)?.name,
            Field::ModuleKey(m) => &mut self.modules.get_mut(m)?.key,
            Field::ModuleUnit(m) => &mut self.modules.get_mut(m)?.unit,
            Field::OfferTerm(o) => &mut self.offers.get_mut(o)?.min_term,
            Field::Offer(o) => &mut self.offers.get_mut(o)?.value,
            Field::Cap => &mut self.price_cap,
            Field::CaseName(i) => &mut self.cases.get_mut(i)?.case.name,
            Field::CaseTotal(_) => return None,
        })
    }

    fn price(&mut self, at: PriceAt) -> Option<&mut Price> {
        match at {
            PriceAt::Edition(e) => Some(&mut self.edition(e)?.price),
            PriceAt::Tier(e, c, t) => Some(&mut self.charge(e, c)?.tiers.get_mut(t)?.price),
            PriceAt::Value(e, c, v) => Some(&mut self.charge(e, c)?.values.get_mut(v)?.price),
        }
    }
}

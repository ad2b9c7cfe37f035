//! What typical selections cost before and after.

use core::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::calendar::Term;
use crate::catalog::{Charge, ChargeKind, Edition, Offer, PriceKind};
use crate::money::Fen;
use crate::pricing::{Pick, PriceTable, Selection, SelectionFile};

/// Typical selections, the largest relative change first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typical {
    /// The first of them.
    pub rows: Vec<Row>,
    /// How many different selections were priced; each can be had before or after.
    pub looked_at: usize,
    /// How many of them are not among the rows.
    pub left_out: usize,
    /// How many of all cost something else, or can be had only before or only after.
    pub changed: usize,
}

/// A selection and its totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The selection, of one instance.
    pub selection: SelectionFile,
    /// What it cost; `None` where it could not be had.
    pub old: Option<Fen>,
    /// What it costs; `None` where it cannot be had.
    pub new: Option<Fen>,
}

/// Prices typical selections under both offers and returns the `most` that change the most.
///
/// Looked at are, for each edition that is visible before or after and each term that it sells before or after: every
/// quantity at its minimum and every option at its first value; and with one charge different at a time, each quantity at
/// which a tier begins, the one before it, the maximum, and each value. A change is the larger, the larger it is in
/// proportion to what the selection cost. What cannot be had any more comes before all, what could not be had comes after
/// all that changed.
pub fn typical(before: &Offer, after: &Offer, most: usize) -> Typical {
    let mut codes: Vec<&str> = Vec::new();
    for edition in after.visible_editions().chain(before.visible_editions()) {
        if !codes.contains(&edition.code.as_str()) {
            codes.push(&edition.code);
        }
    }
    let offers = [before, after];
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for code in codes {
        let sides = offers.map(|offer| offer.visible_editions().find(|edition| edition.code == code));
        for term in terms(sides) {
            candidates.append(&mut price_all(code, term, sides, offers));
        }
    }
    let changed = candidates.iter().filter(|candidate| candidate.old != candidate.new).count();
    let looked_at = candidates.len();
    // Stable: what changes alike stays in the order of the editions.
    candidates.sort_by(Candidate::larger_first);
    candidates.truncate(most);
    let rows: Vec<Row> = candidates.into_iter().map(Candidate::row).collect();
    Typical { left_out: looked_at - rows.len(), rows, looked_at, changed }
}

/// An edition before and after.
type Sides<'a> = [Option<&'a Edition>; 2];

/// Every term that the edition sells before or after; `None` for a one-time product.
fn terms(sides: Sides<'_>) -> Vec<Option<Term>> {
    let mut all: Vec<Option<Term>> = Vec::new();
    for edition in sides.into_iter().rev().flatten() {
        let sold: Vec<Option<Term>> =
            if edition.terms.is_empty() { vec![None] } else { edition.terms.iter().copied().map(Some).collect() };
        for term in sold {
            if !all.contains(&term) {
                all.push(term);
            }
        }
    }
    all
}

/// An edition under one of the two offers, for a term that it sells.
struct Side<'a> {
    edition: &'a Edition,
    table: PriceTable,
}

impl<'a> Side<'a> {
    fn new(offer: &'a Offer, edition: Option<&'a Edition>, term: Option<Term>) -> Option<Self> {
        let edition = edition?;
        let sold = term.map_or(edition.terms.is_empty(), |term| edition.terms.contains(&term));
        let index = offer.edition_index(&edition.code).filter(|_| sold)?;
        let selection = Selection { edition: index, term, picks: Vec::new(), count: 1 };
        Some(Self { edition, table: selection.table(offer, PriceKind::New) })
    }

    /// The base in this edition; `None` where its charges are others.
    fn at(&self, base: &Base<'_>) -> Option<Picks<'_>> {
        let charges = &self.edition.charges;
        let places = charges.iter().map(|charge| base.iter().position(|(key, _)| *key == charge.key));
        let places: Vec<usize> = places.collect::<Option<_>>().filter(|places: &Vec<_>| places.len() == base.len())?;
        let chosen = charges.iter().zip(&places).map(|(charge, place)| picked(charge, base[*place].1)).collect();
        Some(Picks { side: self, places, chosen })
    }
}

/// A base in an edition, to be priced with one choice after another.
struct Picks<'a> {
    side: &'a Side<'a>,
    /// The place in the base of each of the edition's charges.
    places: Vec<usize>,
    /// `None` where that cannot be chosen.
    chosen: Vec<Option<Pick>>,
}

impl Picks<'_> {
    /// What the base costs, but for the choice at a place of it; `None` where it cannot be had.
    fn total(&self, but: Option<(usize, Choice<'_>)>) -> Option<Fen> {
        let charges = self.places.iter().zip(&self.chosen).zip(&self.side.edition.charges);
        let picks = charges.map(|((place, pick), charge)| match but {
            Some((changed, choice)) if changed == *place => picked(charge, choice),
            _ => *pick,
        });
        let picks: Vec<Pick> = picks.collect::<Option<_>>()?;
        self.side.table.total(&picks, 1).ok()
    }
}

/// The choice as a pick of this charge, within its limits.
fn picked(charge: &Charge, choice: Choice<'_>) -> Option<Pick> {
    match (&charge.kind, choice) {
        (ChargeKind::Quantity(quantity), Choice::Quantity(n)) => {
            (quantity.minimum()..=quantity.maximum()).contains(&n).then_some(Pick::Quantity(n))
        }
        (ChargeKind::Option(values), Choice::Value(value)) => {
            values.iter().position(|known| known.value == value).map(Pick::Value)
        }
        _ => None,
    }
}

/// What is chosen of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Choice<'a> {
    Quantity(u32),
    Value(&'a str),
}

/// Every choice of a charge that is typical, the first of them what a buyer begins with.
fn choices(charge: &Charge) -> Vec<Choice<'_>> {
    match &charge.kind {
        ChargeKind::Option(values) => values.iter().map(|value| Choice::Value(&value.value)).collect(),
        ChargeKind::Quantity(quantity) => {
            let minimum = quantity.minimum();
            let borders = quantity.tiers.iter().skip(1).flat_map(|tier| [tier.from - 1, tier.from]);
            let all = core::iter::once(minimum).chain(borders).chain(quantity.max);
            all.map(Choice::Quantity).collect()
        }
    }
}

/// A choice for each charge, by key.
type Base<'a> = Rc<[(&'a str, Choice<'a>)]>;

/// A choice for each charge: the base's, but for the one at a place of it.
#[derive(Clone)]
struct Wish<'a> {
    base: Base<'a>,
    but: Option<(usize, Choice<'a>)>,
}

impl<'a> Wish<'a> {
    fn choice(&self, place: usize) -> Choice<'a> {
        match self.but {
            Some((changed, choice)) if changed == place => choice,
            _ => self.base[place].1,
        }
    }

    /// Whether it is the same as `base`, but for one choice at most.
    fn is_near(&self, base: &Base<'a>) -> bool {
        let same = |place: &usize| base.contains(&(self.base[*place].0, self.choice(*place)));
        self.base.len() == base.len() && (0..base.len()).filter(same).count() + 1 >= base.len()
    }
}

/// A wish with its totals.
struct Candidate<'a> {
    edition: &'a str,
    term: Option<Term>,
    wish: Wish<'a>,
    old: Option<Fen>,
    new: Option<Fen>,
}

/// Prices every wish for an edition and a term.
fn price_all<'a>(edition: &'a str, term: Option<Term>, sides: Sides<'a>, offers: [&'a Offer; 2]) -> Vec<Candidate<'a>> {
    let priced = [0, 1].map(|side| Side::new(offers[side], sides[side], term));
    // What is as it was costs what it did.
    let same = sides[0] == sides[1] && offers[0].price_cap == offers[1].price_cap && {
        let offer = |offer: &Offer| term.and_then(|term| offer.term_offer(term));
        offer(offers[0]) == offer(offers[1])
    };
    let mut found = Vec::new();
    let mut bases: Vec<Base<'a>> = Vec::new();
    // What a buyer begins with after, and what one began with before, where that was something else.
    for side in sides.into_iter().rev().flatten() {
        let first = side.charges.iter().filter_map(|charge| Some((charge.key.as_str(), *choices(charge).first()?)));
        let base: Base<'a> = first.collect();
        let picks = priced.each_ref().map(|side| side.as_ref().and_then(|side| side.at(&base)));
        let varied = side.charges.iter().enumerate().flat_map(|(place, charge)| {
            let alike = sides.into_iter().rev().flatten().flat_map(|side| &side.charges);
            let mut all: Vec<Choice<'a>> = alike.filter(|other| other.key == charge.key).flat_map(choices).collect();
            all.sort_unstable();
            all.dedup();
            let first = base.get(place).map(|(_, first)| *first);
            all.into_iter().filter(move |choice| first != Some(*choice)).map(move |choice| Some((place, choice)))
        });
        for but in core::iter::once(None).chain(varied) {
            let wish = Wish { base: base.clone(), but };
            if bases.iter().any(|known| wish.is_near(known)) {
                continue;
            }
            let total = |side: usize| picks[side].as_ref().and_then(|picks| picks.total(but));
            let new = total(1);
            let old = if same { new } else { total(0) };
            if old.is_some() || new.is_some() {
                found.push(Candidate { edition, term, wish, old, new });
            }
        }
        bases.push(base);
    }
    found
}

impl Candidate<'_> {
    /// How much it changes: the class first, then the change in proportion.
    fn class(&self) -> u8 {
        match (self.old, self.new) {
            (Some(_), None) => 0,
            (Some(old), Some(new)) if old == new => 4,
            (Some(Fen::ZERO), Some(_)) => 1,
            (Some(_), Some(_)) => 2,
            (None, _) => 3,
        }
    }

    fn larger_first(&self, other: &Self) -> Ordering {
        // |new − old| / old, compared without dividing.
        let parts = |candidate: &Self| {
            let (old, new) = candidate.old.zip(candidate.new).unwrap_or_default();
            (i128::from((new - old).fen().abs()), i128::from(old.fen()))
        };
        self.class().cmp(&other.class()).then_with(|| {
            let ((change, of), (others, of_other)) = (parts(self), parts(other));
            (others * of).cmp(&(change * of_other))
        })
    }

    fn row(self) -> Row {
        let Self { edition, term, wish, old, new } = self;
        let (mut quantities, mut options) = (BTreeMap::new(), BTreeMap::new());
        for (place, (key, _)) in wish.base.iter().enumerate() {
            match wish.choice(place) {
                Choice::Quantity(n) => drop(quantities.insert((*key).to_owned(), n)),
                Choice::Value(value) => drop(options.insert((*key).to_owned(), value.to_owned())),
            }
        }
        Row { selection: SelectionFile { edition: edition.to_owned(), term, quantities, options, count: 1 }, old, new }
    }
}

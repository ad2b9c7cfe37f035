//! What is wanted of a service, and what that comes to.

use shared::api::Service;
use shared::calendar::{Term, Timestamp};
use shared::catalog::{ChargeKind, Offer};
use shared::lifecycle::{ChangeMode, Quote, SegmentKind, Subscription, change, renew};
use shared::money::Fen;
use shared::pricing::SelectionFile;
use shared::violation::Violation;

use crate::storefront::product::draft::{Draft, DraftPick, term_in};

/// What can be done with a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A further term at its end (续费).
    Renew,
    /// More of the same edition (扩容).
    Expand,
    /// Another edition (升级).
    Upgrade,
    /// A new term of the same, from now on (重新起算).
    Begin,
}

impl What {
    /// All of it, in the order in which it is shown.
    pub const ALL: [Self; 4] = [Self::Renew, Self::Expand, Self::Upgrade, Self::Begin];
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What is to be done.
    pub what: What,
    /// What the service shall have; its term is that of a renewal or of a new term.
    pub draft: Draft,
    /// For an expansion or an upgrade: whether the end stays.
    pub mode: ChangeMode,
}

/// A quote, or everything that is wrong.
pub type Outcome = Result<Quote, Vec<Violation>>;

/// What a buyer would lose by a change, and has to accept (rule O1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The credit that is forfeited.
    pub forfeited: Fen,
    /// By how many seconds the service ends earlier.
    pub shorter: i64,
}

impl Loss {
    /// What `quote` takes from a service that ends at `end`.
    pub fn of(quote: &Quote, end: Option<Timestamp>) -> Option<Self> {
        let shorter = end.zip(quote.end).map_or(0, |(old, new)| old.since(new).max(0));
        let loss = Self { forfeited: quote.forfeited, shorter };
        (loss.forfeited > Fen::ZERO || shorter > 0).then_some(loss)
    }
}

/// What a service has, as it would stand in the fields; `None` where its edition is gone.
pub(super) fn held(offer: &Offer, service: &Subscription) -> Option<Draft> {
    let edition = offer.edition_index(&service.edition)?;
    let picks = offer.editions[edition].charges.iter().map(|charge| match &charge.kind {
        ChargeKind::Quantity(limits) => {
            let had = service.quantities.get(&charge.key).copied();
            DraftPick::Quantity(had.unwrap_or_else(|| limits.minimum()).to_string())
        }
        ChargeKind::Option(values) => {
            let had = service.options.get(&charge.key);
            DraftPick::Value(values.iter().position(|value| Some(&value.value) == had).unwrap_or(0))
        }
    });
    let bought = service.segments.iter().rev().find_map(|segment| match segment.kind {
        SegmentKind::Paid(_, term) => Some(term),
        SegmentKind::Trial => None,
    });
    let term = term_in(&offer.editions[edition], bought);
    Some(Draft { edition, term, picks: picks.collect(), count: "1".to_owned() })
}

impl Wish {
    /// What is wanted at first: the first thing that can be done.
    pub fn first(offer: &Offer, service: &Service, now: Timestamp) -> Option<Self> {
        let draft = held(offer, &service.subscription)?;
        let first = Self { what: What::Renew, draft, mode: first_mode(offer) };
        let can = |what: &What| first.why_not(*what, offer, &service.subscription, now).is_none();
        let what = What::ALL.into_iter().find(can).unwrap_or(What::Renew);
        Some(first.to(what, offer, &service.subscription))
    }

    /// The same for another thing to do, with what the service has in the fields.
    pub fn to(&self, what: What, offer: &Offer, service: &Subscription) -> Self {
        let draft = held(offer, service).unwrap_or_else(|| self.draft.clone());
        let upgrade = || targets(offer, draft.edition).next().map(|edition| draft.in_edition(offer, edition));
        let wished = if what == What::Upgrade { upgrade() } else { None };
        Self { what, draft: wished.unwrap_or(draft), mode: self.mode }
    }

    /// What it comes to at `now`.
    pub fn outcome(&self, offer: &Offer, service: &Subscription, now: Timestamp) -> Outcome {
        match self.what {
            What::Renew => renew(offer, service, self.draft.term.map(Term::as_str), now, None),
            What::Begin => self.changed(offer, service, ChangeMode::ReTerm, now),
            What::Expand | What::Upgrade => self.changed(offer, service, self.mode, now),
        }
    }

    /// What a change in this way comes to.
    pub fn changed(&self, offer: &Offer, service: &Subscription, mode: ChangeMode, now: Timestamp) -> Outcome {
        let file = match self.draft.check(offer) {
            Ok(selection) => selection.to_file(offer),
            // A service that cannot be changed at all is told why, and not what is wrong in the fields.
            Err(wrong) => return Err(refused_anyway(offer, service, mode, now).unwrap_or(wrong)),
        };
        change(offer, service, &file.as_raw(), mode, now, None)
    }

    /// Which of the two ways to change it is; `None` for a renewal.
    pub fn change_mode(&self) -> Option<ChangeMode> {
        match self.what {
            What::Renew => None,
            What::Begin => Some(ChangeMode::ReTerm),
            What::Expand | What::Upgrade => Some(self.mode),
        }
    }

    /// The selection with names, where it is one.
    pub fn selection(&self, offer: &Offer) -> Option<SelectionFile> {
        self.draft.check(offer).ok().map(|selection| selection.to_file(offer))
    }

    /// Why this cannot be done now, whatever is chosen; `None` where it can.
    pub fn why_not(&self, what: What, offer: &Offer, service: &Subscription, now: Timestamp) -> Option<WhyNot> {
        let wish = self.to(what, offer, service);
        match what {
            What::Renew => {
                let terms = terms(offer, service);
                let refusals = terms.iter().map(|term| {
                    let draft = Draft { term: Some(*term), ..wish.draft.clone() };
                    Wish { draft, ..wish.clone() }.outcome(offer, service, now).err()
                });
                let refusals: Option<Vec<_>> = refusals.collect();
                refusals.map(|refusals| refusals.into_iter().flatten().next().map_or(WhyNot::OneTime, WhyNot::Rule))
            }
            What::Expand | What::Upgrade => {
                let only =
                    [ChangeMode::CoTerm, ChangeMode::ReTerm].map(|mode| refused_anyway(offer, service, mode, now));
                let [Some(co), Some(_)] = only else {
                    let edition = &offer.editions[self.to(What::Expand, offer, service).draft.edition];
                    return match what {
                        What::Expand if edition.charges.is_empty() => Some(WhyNot::NothingToExpand),
                        What::Upgrade => targets(offer, offer.edition_index(&service.edition)?)
                            .next()
                            .is_none()
                            .then_some(WhyNot::NoRule),
                        _ => None,
                    };
                };
                co.into_iter().next().map(WhyNot::Rule)
            }
            What::Begin => refused_anyway(offer, service, ChangeMode::ReTerm, now)
                .and_then(|why| why.into_iter().next())
                .map(WhyNot::Rule),
        }
    }
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// A rule forbids it.
    Rule(Violation),
    /// The edition charges for nothing that there could be more of.
    NothingToExpand,
    /// No rule leads from the edition to another one.
    NoRule,
    /// It was bought once, for good.
    OneTime,
}

/// Why the service cannot be changed in this way, whatever is wanted (rules L11, L12, S17).
fn refused_anyway(offer: &Offer, service: &Subscription, mode: ChangeMode, now: Timestamp) -> Option<Vec<Violation>> {
    let term = terms(offer, service).first().map(|term| term.as_str());
    let same = shared::pricing::RawSelection { term: Some(term), ..service.as_raw() };
    let refused = change(offer, service, &same, mode, now, None).err()?;
    let whatever = |code: &str| {
        ["trial_must_purchase", "subscription_not_active", "change_mode_not_offered", "edition_not_for_sale"]
            .contains(&code)
    };
    let refused: Vec<Violation> = refused.into_iter().filter(|violation| whatever(&violation.code)).collect();
    (!refused.is_empty()).then_some(refused)
}

/// The terms that the service's edition sells now.
fn terms(offer: &Offer, service: &Subscription) -> Vec<Term> {
    offer.edition_index(&service.edition).map(|edition| offer.editions[edition].terms.clone()).unwrap_or_default()
}

/// The visible editions that a rule leads to.
pub(super) fn targets(offer: &Offer, from: usize) -> impl Iterator<Item = usize> {
    let rules = offer.subscription_rules().map_or(&[][..], |rules| &rules.upgrades);
    rules.iter().filter(move |rule| rule.from == from && !offer.editions[rule.to].hidden).map(|rule| rule.to)
}

fn first_mode(offer: &Offer) -> ChangeMode {
    let co_term = offer.subscription_rules().is_none_or(|rules| rules.change_modes.co_term);
    if co_term { ChangeMode::CoTerm } else { ChangeMode::ReTerm }
}

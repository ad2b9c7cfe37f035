//! Is there a cheaper way to the same service than the one a buyer would take? For ISVs, to close gaps in their prices.
//!
//! **What is wanted**: an edition, quantities and options, from now until a date. A service *has it* while its edition and
//! every option are as wanted and no quantity is below.
//!
//! **The direct way** is what a buyer does who thinks no further. Anew: one purchase of exactly what is wanted, then
//! renewals, as many as it takes, of any terms sold. With a service that runs already: at most one change, now, to exactly
//! what is wanted (where a quantity may not shrink, to what the service has of it), then renewals. Of all of these, the
//! cheapest.
//!
//! **A path** is at most [`MOST_STEPS`] steps, each of them allowed by the rules as the lifecycle applies them: a purchase
//! (anew only, first), then renewals, `co_term` changes and `re_term` changes. What a path costs is the sum of what is due.
//! Prices stay as they are today. These are the paths that are looked at, all of them:
//!
//! - **When.** The first step is made now. Before any step, time may pass only if the service has what is wanted, so that it
//!   is never missed, and only up to the *last second* of the service. At the end of the path the service has what is wanted,
//!   unbroken until the date. No other instant can be cheaper as far as gaps go: what a renewal costs does not depend on when
//!   it is made; the difference of a `co_term` change falls with time, and so is least in the last second; the credit of a
//!   `re_term` change falls too, and so is greatest at once. What is not looked at is a `re_term` change in between, at the
//!   one second from which a term reaches just to the date: it pays for what was used meanwhile, which is no gap.
//! - **What.** Selections in between, and the last, take from each charge: of a quantity the minimum, each tier's first and
//!   last quantity, the wanted one, and the one that the service has; of an option every value. Prices are straight lines
//!   from one of these to the next, but for roundings and where a cap begins to bind; a path that turns on a quantity in
//!   between is found with such a neighbour, or missed. Editions are the visible ones (and the service's own).
//! - **How long.** Every term that an edition sells.
//!
//! Amounts past the limits are looked at as not for sale.
//!
//! **How it is found.** Step by step, all states at once. Prices are computed once for each selection and term; a step from
//! one state to the next then is a subtraction and a division for each segment, by the lifecycle's own functions. Left out
//! is only what cannot be cheaper:
//! - what costs no less already than the direct way, or than a path known: no step ever pays anything back;
//! - a renewal once the date is reached;
//! - a state that another one *dominates*: the same selection, instant and segments, at the same or a lower cost, with no
//!   segment less paid in than the difference of the costs makes up for. Credit (rules L6, L8) cannot make up more than that;
//! - last steps that do not arrive;
//! - what is done at the instant of the purchase, where the same could have been bought and renewed to begin with.
//!
//! The cheapest path is then quoted step by step by the lifecycle; those quotes are what is returned.
//!
//! **How its cost grows.** With `s` selections of an edition (the product over its charges), `e` editions that rules connect
//! and `t` terms: some `(s·e)·t` purchases; with `r` renewals to the date `(s·e)·t^r` states, from each of which `s·e` changes
//! are priced. So with the square of the selections, and with `t` to the number of renewals that fit before the date: linear
//! in the editions without rules, exponential in the number of charges. The benchmark `paths` prints it for the demo market.
//! What would take more than some seconds is refused, [`NotSearched::TooLarge`].

mod direct;
mod explore;
mod grid;
mod state;
mod witness;

use serde::Serialize;

use self::explore::Explorer;
use self::grid::Grid;
use self::state::State;
use crate::calendar::{DAY, Timestamp};
use crate::catalog::Offer;
use crate::lifecycle::{Quote, Subscription};
use crate::money::Fen;
use crate::pricing::{Selection, SelectionFile};
use crate::violation::Violation;

/// How many steps a path has at most.
pub const MOST_STEPS: usize = 4;
/// How far ahead a service can be wanted, like a renewal (rule L3).
const MOST_AHEAD_SECONDS: i64 = 1827 * DAY;

/// What is wanted, from now on.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Edition, quantities and options; term and count are not looked at: it is about one instance.
    pub selection: &'a Selection,
    /// The service is wanted until here.
    pub until: Timestamp,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The direct way; `None` where there is none.
    pub direct: Option<Path>,
    /// The cheapest path, if it is cheaper than the direct way, or there is none. Of equally cheap ones, one with fewest
    /// steps.
    pub cheaper: Option<Path>,
}

/// A way to what is wanted, with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    /// The sum of what is due.
    pub cost: Fen,
    /// Its steps in order.
    pub steps: Vec<Step>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// When.
    pub at: Timestamp,
    /// What the service has from then on; the term is that of a purchase, a renewal or a `re_term` change.
    pub selection: SelectionFile,
    /// What it costs, and the service as it stands then.
    pub quote: Quote,
}

/// What can be done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Buying anew (新购).
    Purchase,
    /// Another term at its end (续费).
    Renew,
    /// The difference is paid, the end stays (补差价).
    CoTerm,
    /// A new term starts, what is left is credited (变更付费方案).
    ReTerm,
}

/// Why there was no search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSearched {
    /// The product is sold once, for good: there is nothing but its purchase.
    OneTime,
    /// The service is a trial, which can only be bought.
    Trial,
    /// What the service has cannot be priced today, so that nothing can be done with it.
    Unpriceable(Vec<Violation>),
    /// The service is wanted for longer than 5 years, or not at all.
    DateOutOfRange,
    /// There are more selections, or ways between them, than may be looked at.
    TooLarge,
}

/// How much may be looked at before a search is given up as [`NotSearched::TooLarge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Selections in all editions together.
    pub selections: usize,
    /// Steps that are tried.
    pub steps: u64,
}

impl Effort {
    /// Some seconds.
    pub const SECONDS: Self = Self { selections: 1500, steps: 100_000_000 };
    /// Some hundredths of a second, for a page that goes on being used.
    pub const MOMENT: Self = Self { selections: 400, steps: 400_000 };
}

/// Looks for the cheapest way to what is `wanted`: anew, or from a `service` that there is. `now` is written in the
/// marketplace's offset.
pub fn search(
    offer: &Offer,
    service: Option<&Subscription>,
    wanted: Wanted<'_>,
    now: Timestamp,
) -> Result<Found, NotSearched> {
    search_within(offer, service, wanted, now, Effort::SECONDS)
}

/// The same, with no more than so much effort.
pub fn search_within(
    offer: &Offer,
    service: Option<&Subscription>,
    wanted: Wanted<'_>,
    now: Timestamp,
    effort: Effort,
) -> Result<Found, NotSearched> {
    let rules = offer.subscription_rules().ok_or(NotSearched::OneTime)?;
    if !(1..=MOST_AHEAD_SECONDS).contains(&wanted.until.since(now)) {
        return Err(NotSearched::DateOutOfRange);
    }
    let grid = Grid::new(offer, rules, service, wanted.selection, effort)?;
    let start = match service {
        Some(service) => Some(State::of(service, &grid, now).ok_or(NotSearched::DateOutOfRange)?),
        None => None,
    };
    let direct = direct::cheapest(&grid, start.as_ref(), now, wanted.until);
    let bound = direct.as_ref().map(|way| way.cost);
    let cheaper = Explorer::new(&grid, now, wanted.until, bound).run(start.as_ref())?;
    let quoted = |way: explore::Way| witness::quoted(&grid, service, &way);
    Ok(Found { direct: direct.and_then(quoted), cheaper: cheaper.and_then(quoted) })
}

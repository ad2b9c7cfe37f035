//! What a warning says in data, one type a code.

use serde::{Deserialize, Serialize};

use crate::calendar::Term;
use crate::catalog::{Per, PriceKind};
use crate::money::Fen;
use crate::pricing::SelectionFile;

/// A warning's code and its witness: enough to see for oneself that it is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "witness", rename_all = "snake_case")]
pub enum Finding {
    /// More units cost less in all.
    TierInversion(TierInversion),
    /// A year costs more than twelve months of the same.
    YearDearerThanMonths(YearDearer),
    /// A change that is allowed has a difference below zero, for which nothing is paid and nothing returned.
    UpgradeNegative(Box<UpgradeNegative>),
    /// Renewal prices above purchase prices.
    RenewDearerThanNew(RenewDearer),
    /// The cap is below the cheapest selection.
    CapBelowMinimum(CapBelowMinimum),
    /// An upgrade between editions that charge for different things.
    UpgradeBetweenDifferentCharges(DifferentCharges),
    /// Upgrades that lead back to where they began.
    UpgradeLoop(UpgradeLoop),
    /// An upgrade that lets a buyer have the target for less time than it is sold for.
    UpgradeShortTerm(ShortTerm),
    /// The cap makes a longer term cost as much as a shorter one.
    CapAcrossTerms(CapAcrossTerms),
}

impl Finding {
    /// The stable code (contract).
    pub fn code(&self) -> &'static str {
        match self {
            Self::TierInversion(_) => "tier_inversion",
            Self::YearDearerThanMonths(_) => "year_dearer_than_months",
            Self::UpgradeNegative(_) => "upgrade_negative",
            Self::RenewDearerThanNew(_) => "renew_dearer_than_new",
            Self::CapBelowMinimum(_) => "cap_below_minimum",
            Self::UpgradeBetweenDifferentCharges(_) => "upgrade_between_different_charges",
            Self::UpgradeLoop(_) => "upgrade_loop",
            Self::UpgradeShortTerm(_) => "upgrade_short_term",
            Self::CapAcrossTerms(_) => "cap_across_terms",
        }
    }
}

/// Neighbouring quantities, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantities {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// See [`Finding::TierInversion`]. The amounts are the charge's line for one period, before offers and cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierInversion {
    /// At which prices.
    pub kind: PriceKind,
    /// For which period.
    pub per: Per,
    /// A quantity just below a tier.
    pub buy: u32,
    /// What it costs.
    pub costs: Fen,
    /// A larger quantity.
    pub but: u32,
    /// What that costs: less.
    pub costs_only: Fen,
    /// Every quantity that costs more than some larger one, in rising order.
    pub ranges: Vec<Inverted>,
}

/// Quantities that each cost more than the larger quantity `but`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inverted {
    /// Which quantities.
    #[serde(flatten)]
    pub quantities: Quantities,
    /// The larger quantity: the cheapest there is above them.
    pub but: u32,
    /// What that costs.
    pub costs_only: Fen,
}

/// See [`Finding::YearDearerThanMonths`]. Before offers and cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearDearer {
    /// At which prices.
    pub kind: PriceKind,
    /// What a year costs, of the base price, the first of `values` or the first quantity of `ranges`.
    pub year: Fen,
    /// What twelve months of it cost.
    pub twelve_months: Fen,
    /// For an option: every value of which this is so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// For a quantity: every quantity of which this is so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Quantities>,
}

/// See [`Finding::UpgradeNegative`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeNegative {
    /// What a buyer has.
    pub old: SelectionFile,
    /// What it is changed to.
    pub new: SelectionFile,
    /// What an instance of the old selection costs for the term, as rule L7 prices it.
    pub old_price: Fen,
    /// The same of the new selection.
    pub new_price: Fen,
    /// `new_price` − `old_price`: below zero.
    pub difference: Fen,
    /// Every term sold by the old edition for which there is such a change; the witness is of the first.
    pub terms: Vec<Term>,
}

/// See [`Finding::RenewDearerThanNew`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewDearer {
    /// Every price that is dearer at renewal, in the order of the configuration.
    pub prices: Vec<DearerPrice>,
}

/// A renewal price above its purchase price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DearerPrice {
    /// A JSON pointer to the price set.
    pub at: String,
    /// For which period.
    pub per: Per,
    /// The purchase price.
    pub new: Fen,
    /// The renewal price.
    pub renew: Fen,
}

/// See [`Finding::CapBelowMinimum`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapBelowMinimum {
    /// At which prices.
    pub kind: PriceKind,
    /// The cap.
    pub cap: Fen,
    /// The cheapest selection for the first of `terms`.
    pub cheapest: SelectionFile,
    /// What it costs before the cap.
    pub price: Fen,
    /// Every term of which this is so; none for a one-time product.
    pub terms: Vec<Term>,
}

/// See [`Finding::UpgradeBetweenDifferentCharges`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferentCharges {
    /// Keys of charges that only the edition one has charges for.
    pub only_from: Vec<String>,
    /// Keys of charges that only the edition one gets charges for.
    pub only_to: Vec<String>,
}

/// See [`Finding::UpgradeLoop`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeLoop {
    /// The editions' codes in the order of the upgrades; the first comes again at the end.
    pub editions: Vec<String>,
}

/// See [`Finding::UpgradeShortTerm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortTerm {
    /// The terms that are shorter than every term of the target, shortest first.
    pub short: Vec<Term>,
    /// The shortest term that the target sells.
    pub shortest: Term,
}

/// See [`Finding::CapAcrossTerms`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapAcrossTerms {
    /// At which prices.
    pub kind: PriceKind,
    /// The cap, which both terms cost.
    pub cap: Fen,
    /// Every two terms of which this is so: at the smallest selection, or from a quantity of a charge on.
    pub terms: Vec<CappedTerms>,
}

/// Two terms that cost the same because of the cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CappedTerms {
    /// The shorter term.
    pub shorter: Term,
    /// The longer term.
    pub longer: Term,
    /// The first quantity of a charge, all else as small as can be; none where the smallest selection is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CappedFrom>,
}

/// A quantity of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CappedFrom {
    /// The charge's key.
    pub charge: String,
    /// The first quantity.
    pub quantity: u32,
}

//! The closed list of refusals, each with the data that its sentence needs.

use crate::calendar::Term;
use crate::money::Fen;

/// What a malformed value should have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A JSON document.
    Json,
    /// An object.
    Object,
    /// A list.
    List,
    /// A string.
    Text,
    /// A whole number.
    WholeNumber,
    /// A whole number between the two, both included.
    Between(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// One of these strings.
    OneOf(Vec<&'static str>),
    /// Any value: the field may not be left out.
    Present,
    /// Nothing: the field does not exist, or not here.
    NoSuchField,
    /// The field once only.
    Once,
    /// An RFC 3339 instant with an offset and whole seconds.
    Instant,
    /// An offset such as `+08:00`.
    Offset,
    /// An amount of yuan with at most two decimals.
    Amount,
    /// A term such as `P1Y`.
    Term,
    /// Segments in order, each ending after its start.
    SegmentsInOrder,
    /// `trial` exactly on a trial's segments, which have no term.
    TrialSegments,
    /// One of `discount` and `gift_days`.
    OfferKind,
}

/// A refusal. [`Problem::code`] is what machines read, [`Problem::sentences`] what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is its code in the contract, each field the operand of its sentence")]
pub enum Problem {
    // Configuration
    Malformed(Expected),
    SaleModeMismatch { one_time: bool },
    EditionCount { given: usize },
    NoVisibleEdition,
    EditionNameInvalid { name: String },
    EditionNameDuplicate { name: String },
    EditionCodeInvalid { code: String },
    EditionCodeDuplicate { code: String },
    TermsMissing,
    TermInvalid { term: String },
    TermDuplicate { term: String },
    PriceMissing,
    MonthPriceMissing,
    PriceInvalid { price: String },
    TrialDaysOutOfRange { days: i64 },
    ExtraTrialDaysOutOfRange { days: i64 },
    ExtraTrialWithoutTrial,
    ChargeKeyInvalid { key: String },
    ChargeKeyDuplicate { key: String },
    ChargeMismatch { key: String },
    ChargeNameInvalid { name: String },
    UnitInvalid { unit: String },
    TiersMissing,
    TiersNotRising { from: i64, previous: i64 },
    TierPriceShape,
    MaxBelowLastTier { max: i64, last: i64 },
    OptionValuesCount { given: usize },
    OptionValueInvalid { value: String },
    OptionValueDuplicate { value: String },
    OffersMixed,
    DiscountOutOfRange { discount: String },
    GiftTooLong { days: i64, most: Option<u32> },
    OfferTermInvalid { term: String },
    OfferTermDuplicate { term: String },
    CapInvalid { cap: String },
    UpgradeUnknownEdition { code: String },
    UpgradeToItself { code: String },
    UpgradeDuplicate { from: String, to: String },
    ChangeModesMissing,
    // Selection
    EditionNotForSale { edition: String, hidden: bool },
    TermNotSold { term: Option<String>, sold: Vec<Term> },
    ChargeMissing { name: String },
    ChargeUnknown { key: String },
    QuantityBelowMinimum { name: String, unit: String, minimum: u32 },
    QuantityAboveMaximum { name: String, unit: String, maximum: u32 },
    OptionUnknown { name: String, value: String },
    CountOutOfRange,
    AmountOverflow,
    // Renewal and change
    RenewalTooLate,
    RenewalTooFar,
    RenewalNotOffered { trial: bool },
    SubscriptionNotActive,
    TrialMustPurchase,
    UpgradeNotAllowed { from: String, to: String },
    QuantityShrinks { name: String, now: u32 },
    OptionCheaper { name: String, now: String, now_price: Fen, wanted_price: Fen },
    NothingChanges,
    ChangeModeNotOffered,
}

impl Problem {
    /// The stable code (contract).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::SaleModeMismatch { .. } => "sale_mode_mismatch",
            Self::EditionCount { .. } => "edition_count",
            Self::NoVisibleEdition => "no_visible_edition",
            Self::EditionNameInvalid { .. } => "edition_name_invalid",
            Self::EditionNameDuplicate { .. } => "edition_name_duplicate",
            Self::EditionCodeInvalid { .. } => "edition_code_invalid",
            Self::EditionCodeDuplicate { .. } => "edition_code_duplicate",
            Self::TermsMissing => "terms_missing",
            Self::TermInvalid { .. } => "term_invalid",
            Self::TermDuplicate { .. } => "term_duplicate",
            Self::PriceMissing | Self::MonthPriceMissing => "price_missing",
            Self::PriceInvalid { .. } => "price_invalid",
            Self::TrialDaysOutOfRange { .. } => "trial_days_out_of_range",
            Self::ExtraTrialDaysOutOfRange { .. } => "extra_trial_days_out_of_range",
            Self::ExtraTrialWithoutTrial => "extra_trial_without_trial",
            Self::ChargeKeyInvalid { .. } => "charge_key_invalid",
            Self::ChargeKeyDuplicate { .. } => "charge_key_duplicate",
            Self::ChargeMismatch { .. } => "charge_mismatch",
            Self::ChargeNameInvalid { .. } => "charge_name_invalid",
            Self::UnitInvalid { .. } => "unit_invalid",
            Self::TiersMissing => "tiers_missing",
            Self::TiersNotRising { .. } => "tiers_not_rising",
            Self::TierPriceShape => "tier_price_shape",
            Self::MaxBelowLastTier { .. } => "max_below_last_tier",
            Self::OptionValuesCount { .. } => "option_values_count",
            Self::OptionValueInvalid { .. } => "option_value_invalid",
            Self::OptionValueDuplicate { .. } => "option_value_duplicate",
            Self::OffersMixed => "offers_mixed",
            Self::DiscountOutOfRange { .. } => "discount_out_of_range",
            Self::GiftTooLong { .. } => "gift_too_long",
            Self::OfferTermInvalid { .. } => "offer_term_invalid",
            Self::OfferTermDuplicate { .. } => "offer_term_duplicate",
            Self::CapInvalid { .. } => "cap_invalid",
            Self::UpgradeUnknownEdition { .. } => "upgrade_unknown_edition",
            Self::UpgradeToItself { .. } => "upgrade_to_itself",
            Self::UpgradeDuplicate { .. } => "upgrade_duplicate",
            Self::ChangeModesMissing => "change_modes_missing",
            Self::EditionNotForSale { .. } => "edition_not_for_sale",
            Self::TermNotSold { .. } => "term_not_sold",
            Self::ChargeMissing { .. } => "charge_missing",
            Self::ChargeUnknown { .. } => "charge_unknown",
            Self::QuantityBelowMinimum { .. } => "quantity_below_minimum",
            Self::QuantityAboveMaximum { .. } => "quantity_above_maximum",
            Self::OptionUnknown { .. } => "option_unknown",
            Self::CountOutOfRange => "count_out_of_range",
            Self::AmountOverflow => "amount_overflow",
            Self::RenewalTooLate => "renewal_too_late",
            Self::RenewalTooFar => "renewal_too_far",
            Self::RenewalNotOffered { .. } => "renewal_not_offered",
            Self::SubscriptionNotActive => "subscription_not_active",
            Self::TrialMustPurchase => "trial_must_purchase",
            Self::UpgradeNotAllowed { .. } => "upgrade_not_allowed",
            Self::QuantityShrinks { .. } | Self::OptionCheaper { .. } => "downgrade_not_allowed",
            Self::NothingChanges => "nothing_changes",
            Self::ChangeModeNotOffered => "change_mode_not_offered",
        }
    }
}

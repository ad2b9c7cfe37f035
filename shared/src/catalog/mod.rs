//! The sales configuration: parsed and validated once, after which only valid values exist (rulebook section 2).
//!
//! [`Offer::parse`] turns a file into an [`Offer`] or into every violation. All prices are integer fen from then on, so
//! that pricing is a loop over tables. [`Offer`] prints back to the same file.

mod han;
mod locks;
mod parse;
mod print;

pub use locks::{before_listing, locked};
use serde::{Deserialize, Serialize};

use crate::calendar::{DayCount, Period, Term};
use crate::money::{Fen, Rate};

/// A product's valid sales configuration (商品销售信息).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// How it is sold, with what only that way has (rule S1).
    pub sale: Sale,
    /// The editions, in display order (rules S2–S5).
    pub editions: Vec<Edition>,
    /// What one instance may cost at most, after discount (总价限制, rule S15).
    pub price_cap: Option<Fen>,
}

/// The way of selling (售卖方式, rule S1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sale {
    /// Bought once and kept (按次).
    OneTime,
    /// Bought for a term, renewed and changed (按周期).
    Subscription(SubscriptionRules),
}

/// What holds for every edition of a subscription product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionRules {
    /// How terms are counted (rules M4, M5).
    pub day_count: DayCount,
    /// Which ways to change a running service are offered (rule S17).
    pub change_modes: ChangeModes,
    /// Which edition may be upgraded to which: indexes into [`Offer::editions`] (rule S16).
    pub upgrades: Vec<Upgrade>,
    /// What a longer term earns (购买优惠, rule S14).
    pub term_offers: TermOffers,
}

/// An allowed upgrade between two editions, as indexes into [`Offer::editions`] (rule S16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// The edition that one has.
    pub from: usize,
    /// The edition that one gets.
    pub to: usize,
}

/// The ways to change a running service; at least one (rule S17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeModes {
    /// Paying the difference, the end stays (补差价, rule L7).
    pub co_term: bool,
    /// A new term starts now, the rest is credited (变更付费方案, rule L8).
    pub re_term: bool,
}

/// Term offers, of one type only (rule S14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermOffers {
    /// From each term on, what the list sum is multiplied with.
    Discounts(Vec<(Term, Rate)>),
    /// From each term on, the days given on top.
    Gifts(Vec<(Term, u32)>),
}

/// An edition (版本, rules S2–S8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The stable code by which the ISV knows it (rule S4).
    pub code: String,
    /// What a buyer reads (rule S3).
    pub name: String,
    /// Not for sale any more; renews still (A 4.2.3).
    pub hidden: bool,
    /// The terms sold, in display order; empty exactly for one-time products (rule S6).
    pub terms: Vec<Term>,
    /// The base price.
    pub price: PriceSet,
    /// The trial, if there is one (rule S8).
    pub trial: Option<Trial>,
    /// What else is charged, in display order (rule S9).
    pub charges: Vec<Charge>,
}

/// A trial (试用, rule S8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// How many days, 1 to 180.
    pub days: u32,
    /// How many more days may be asked for once, 1 to 180.
    pub extra_days: Option<u32>,
}

/// A charge besides the base price (额外计费项, rule S9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// By which machines know it (参数值).
    pub key: String,
    /// What a buyer reads.
    pub name: String,
    /// What is charged for.
    pub kind: ChargeKind,
}

/// The two kinds of charges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// So many of a unit (数量).
    Quantity(Quantity),
    /// Exactly one of several values (枚举, rule S12).
    Option(Vec<OptionValue>),
}

/// A quantity charge (rules S10, S11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What is counted, for example 人.
    pub unit: String,
    /// The most that may be bought; without one, [`MAX_QUANTITY`].
    pub max: Option<u32>,
    /// How tiers apply.
    pub tier_mode: TierMode,
    /// The tiers by strictly rising `from`, at least one; the first `from` is the minimum (起量数).
    pub tiers: Vec<Tier>,
}

/// The largest quantity anywhere (rule S20).
pub const MAX_QUANTITY: u32 = 1_000_000_000;

impl Quantity {
    /// The smallest quantity that may be bought.
    pub fn minimum(&self) -> u32 {
        self.tiers.first().map_or(0, |tier| tier.from)
    }

    /// The largest quantity that may be bought.
    pub fn maximum(&self) -> u32 {
        self.max.unwrap_or(MAX_QUANTITY)
    }

    /// The last quantity of the tier at `index`, if it has one.
    pub fn tier_end(&self, index: usize) -> Option<u32> {
        self.tiers.get(index + 1).map(|next| next.from - 1).or(self.max)
    }
}

/// How tiers apply (rule S11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierMode {
    /// The tier that the whole quantity falls in prices all of it.
    Volume,
    /// Each unit is priced by the tier that it falls in.
    Graduated,
}

/// A tier (阶梯).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The first quantity that it applies to.
    pub from: u32,
    /// What it costs.
    pub price: TierPrice,
}

/// A tier's price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TierPrice {
    /// For each unit.
    Unit(PriceSet),
    /// For all of the tier at once.
    Flat(PriceSet),
}

/// One value of an option charge (rule S12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionValue {
    /// The value, which is also what a buyer reads.
    pub value: String,
    /// What choosing it costs.
    pub price: PriceSet,
}

/// A price set (rule S7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceSet {
    /// Of a one-time product.
    Once(Fen),
    /// Of a subscription product, by what is paid for.
    Recurring {
        /// At purchase (新购价).
        new: Prices,
        /// At renewal (续费价).
        renew: Prices,
    },
}

/// Prices by period: at least one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Of one month; always there where the edition sells a term of months.
    pub month: Option<Fen>,
    /// Of one year; 12 months where it is absent.
    pub year: Option<Fen>,
}

/// Which of the two prices applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PriceKind {
    /// 新购价.
    New,
    /// 续费价.
    Renew,
}

/// What is being priced: a purchase for good, or a term at the prices of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A one-time purchase.
    Once,
    /// A term.
    Term(PriceKind, Term),
}

/// The period that a price is quoted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// For good.
    Once,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A price out of a price set, and how many times it is charged for the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charged {
    /// The price of one period.
    pub price: Fen,
    /// The period.
    pub per: Per,
    /// How many periods.
    pub multiple: u8,
}

impl Charged {
    /// The price of the whole term. A price is at most 10^10 fen and a term at most 36 months, so nothing overflows.
    pub fn amount(self) -> Fen {
        Fen::new(self.price.fen() * i64::from(self.multiple))
    }
}

impl PriceSet {
    /// The price on `basis`; `None` where a term of months has no monthly price, or the basis is not of this set's kind.
    #[inline]
    pub fn on(&self, basis: Basis) -> Option<Charged> {
        match (self, basis) {
            (Self::Once(price), Basis::Once) => Some(Charged { price: *price, per: Per::Once, multiple: 1 }),
            (Self::Recurring { new, renew }, Basis::Term(kind, term)) => {
                let prices = match kind {
                    PriceKind::New => new,
                    PriceKind::Renew => renew,
                };
                prices.on(term)
            }
            _ => None,
        }
    }
}

impl Prices {
    /// The price for `term`: n months are n × month, n years n × year, or 12n × month where no year is given (rule S7).
    #[inline]
    pub fn on(&self, term: Term) -> Option<Charged> {
        let n = term.n();
        let month = |price, multiple| Charged { price, per: Per::Month, multiple };
        match (term.period(), self.month, self.year) {
            (Period::Month, Some(price), _) => Some(month(price, n)),
            (Period::Year, _, Some(price)) => Some(Charged { price, per: Per::Year, multiple: n }),
            (Period::Year, Some(price), None) => Some(month(price, 12 * n)),
            _ => None,
        }
    }
}

/// The term offer that applies to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermOffer {
    /// A discount from `min_term` on.
    Discount(Term, Rate),
    /// Gift days from `min_term` on.
    Gift(Term, u32),
}

impl TermOffers {
    /// The offer with the longest `min_term` that is not longer than `term` (rule S14).
    pub fn applying_to(&self, term: Term) -> Option<TermOffer> {
        fn longest<T: Copy>(offers: &[(Term, T)], term: Term) -> Option<(Term, T)> {
            offers.iter().filter(|(min, _)| *min <= term).max_by_key(|(min, _)| *min).copied()
        }
        match self {
            Self::Discounts(offers) => longest(offers, term).map(|(min, rate)| TermOffer::Discount(min, rate)),
            Self::Gifts(offers) => longest(offers, term).map(|(min, days)| TermOffer::Gift(min, days)),
        }
    }
}

impl Offer {
    /// The subscription rules; `None` for a one-time product.
    pub fn subscription_rules(&self) -> Option<&SubscriptionRules> {
        match &self.sale {
            Sale::OneTime => None,
            Sale::Subscription(rules) => Some(rules),
        }
    }

    /// The term offer that applies to `term`.
    pub fn term_offer(&self, term: Term) -> Option<TermOffer> {
        self.subscription_rules()?.term_offers.applying_to(term)
    }

    /// The gift days that come with `term`.
    pub fn gift_days(&self, term: Term) -> u32 {
        match self.term_offer(term) {
            Some(TermOffer::Gift(_, days)) => days,
            _ => 0,
        }
    }

    /// The index of the edition with this code.
    pub fn edition_index(&self, code: &str) -> Option<usize> {
        self.editions.iter().position(|edition| edition.code == code)
    }

    /// The editions that a new buyer can choose from, in display order.
    pub fn visible_editions(&self) -> impl Iterator<Item = &Edition> {
        self.editions.iter().filter(|edition| !edition.hidden)
    }
}

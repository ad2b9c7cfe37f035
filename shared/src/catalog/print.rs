//! An [`Offer`] → the configuration file that it parses from.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{
    ChangeModes, Charge, ChargeKind, Edition, Offer, OptionValue, PriceSet, Prices, Sale, TermOffers, Tier, TierMode,
    TierPrice,
};
use crate::calendar::Term;

impl Serialize for Offer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.sale {
            Sale::OneTime => map.serialize_entry("sale_mode", "one_time")?,
            Sale::Subscription(rules) => {
                map.serialize_entry("sale_mode", "subscription")?;
                map.serialize_entry("day_count", &rules.day_count)?;
                let code = |index: usize| self.editions[index].code.as_str();
                let rule = |upgrade: &super::Upgrade| UpgradeFile { from: code(upgrade.from), to: code(upgrade.to) };
                map.serialize_entry("upgrades", &rules.upgrades.iter().map(rule).collect::<Vec<_>>())?;
                map.serialize_entry("change_modes", &rules.change_modes)?;
                map.serialize_entry("term_offers", &rules.term_offers)?;
            }
        }
        map.serialize_entry("editions", &self.editions)?;
        map.serialize_entry("price_cap", &self.price_cap)?;
        map.end()
    }
}

#[derive(serde::Serialize)]
struct UpgradeFile<'a> {
    from: &'a str,
    to: &'a str,
}

impl Serialize for ChangeModes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let modes = [(self.co_term, "co_term"), (self.re_term, "re_term")];
        serializer.collect_seq(modes.into_iter().filter(|(offered, _)| *offered).map(|(_, name)| name))
    }
}

impl Serialize for TermOffers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Discount {
            min_term: Term,
            discount: crate::money::Rate,
        }
        #[derive(serde::Serialize)]
        struct Gift {
            min_term: Term,
            gift_days: u32,
        }
        match self {
            Self::Discounts(offers) => {
                serializer.collect_seq(offers.iter().map(|&(min_term, discount)| Discount { min_term, discount }))
            }
            Self::Gifts(offers) => {
                serializer.collect_seq(offers.iter().map(|&(min_term, gift_days)| Gift { min_term, gift_days }))
            }
        }
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("hidden", &self.hidden)?;
        map.serialize_entry("terms", &self.terms)?;
        map.serialize_entry("price", &self.price)?;
        map.serialize_entry("trial_days", &self.trial.map(|trial| trial.days))?;
        map.serialize_entry("extra_trial_days", &self.trial.and_then(|trial| trial.extra_days))?;
        map.serialize_entry("charges", &self.charges)?;
        map.end()
    }
}

impl Serialize for Charge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let kind = match &self.kind {
            ChargeKind::Quantity(_) => "quantity",
            ChargeKind::Option(_) => "option",
        };
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("key", &self.key)?;
        map.serialize_entry("name", &self.name)?;
        match &self.kind {
            ChargeKind::Quantity(quantity) => {
                map.serialize_entry("unit", &quantity.unit)?;
                map.serialize_entry("max", &quantity.max)?;
                let mode = match quantity.tier_mode {
                    TierMode::Volume => "volume",
                    TierMode::Graduated => "graduated",
                };
                map.serialize_entry("tier_mode", mode)?;
                map.serialize_entry("tiers", &quantity.tiers)?;
            }
            ChargeKind::Option(values) => map.serialize_entry("values", values)?,
        }
        map.end()
    }
}

impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("from", &self.from)?;
        match &self.price {
            TierPrice::Unit(price) => map.serialize_entry("unit", price)?,
            TierPrice::Flat(price) => map.serialize_entry("flat", price)?,
        }
        map.end()
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("price", &self.price)?;
        map.end()
    }
}

impl Serialize for PriceSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Once {
            once: crate::money::Fen,
        }
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Once(once) => map.serialize_entry("new", &Once { once: *once })?,
            Self::Recurring { new, renew } => {
                map.serialize_entry("new", new)?;
                map.serialize_entry("renew", renew)?;
            }
        }
        map.end()
    }
}

impl Serialize for Prices {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, price) in [("month", self.month), ("year", self.year)] {
            if let Some(price) = price {
                map.serialize_entry(name, &price)?;
            }
        }
        map.end()
    }
}

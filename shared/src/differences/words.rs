//! Words that several changes need, in both languages.

use crate::catalog::{Per, PriceKind, PriceSet, Quantity};
use crate::money::{Fen, Rate};

/// A text in Chinese and in English.
pub(super) type Both = (String, String);

/// The same text in both languages.
pub(super) fn same(text: impl Into<String>) -> Both {
    let text = text.into();
    (text.clone(), text)
}

/// Two texts.
pub(super) fn both(zh: impl Into<String>, en: impl Into<String>) -> Both {
    (zh.into(), en.into())
}

/// What is not there.
pub(super) fn nothing() -> Both {
    both("无", "none")
}

/// `¥12`, `¥0.50`.
pub(super) fn yuan(amount: Fen) -> String {
    let text = format!("¥{amount}");
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

/// `8.5 折`.
pub(super) fn discount(rate: Rate) -> Both {
    let decimals = |value: u16, unit: u16, digits: usize| {
        let fraction = format!("{:0digits$}", value % unit);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { (value / unit).to_string() } else { format!("{}.{fraction}", value / unit) }
    };
    let rate = rate.ten_thousandths();
    (decimals(rate, 1000, 3) + " 折", decimals(10_000 - rate, 100, 2) + "% off")
}

/// `7 天`.
pub(super) fn days(n: u32) -> Both {
    (format!("{n} 天"), if n == 1 { "1 day".to_owned() } else { format!("{n} days") })
}

/// `第 2 位`.
pub(super) fn place(index: usize) -> Both {
    (format!("第 {} 位", index + 1), format!("place {}", index + 1))
}

/// A list in a sentence; what stands for it where it is empty.
pub(super) fn list(items: impl Iterator<Item = Both>) -> Both {
    let (zh, en): (Vec<_>, Vec<_>) = items.unzip();
    if zh.is_empty() { nothing() } else { (zh.join("、"), en.join(", ")) }
}

/// `5–9 人`, `≥ 10 人`: the tier at an index.
pub(super) fn range(quantity: &Quantity, index: usize) -> String {
    let (from, unit) = (quantity.tiers[index].from, &quantity.unit);
    match quantity.tier_end(index) {
        Some(to) if to == from => format!("{from} {unit}"),
        Some(to) => format!("{from}–{to} {unit}"),
        None => format!("≥ {from} {unit}"),
    }
}

/// The prices of a set that can be given at all: of which kind, for what, its pointer below the set, and the price.
pub(super) type Slot = (PriceKind, Per, &'static str, Option<Fen>);

/// Every price that a price set may have.
pub(super) fn slots(set: &PriceSet) -> [Slot; 5] {
    let (once, new, renew) = match set {
        PriceSet::Once(once) => (Some(*once), None, None),
        PriceSet::Recurring { new, renew } => (None, Some(new), Some(renew)),
    };
    [
        (PriceKind::New, Per::Once, "/new/once", once),
        (PriceKind::New, Per::Month, "/new/month", new.and_then(|prices| prices.month)),
        (PriceKind::New, Per::Year, "/new/year", new.and_then(|prices| prices.year)),
        (PriceKind::Renew, Per::Month, "/renew/month", renew.and_then(|prices| prices.month)),
        (PriceKind::Renew, Per::Year, "/renew/year", renew.and_then(|prices| prices.year)),
    ]
}

/// `¥12`, or that there is no such price.
pub(super) fn price(amount: Option<Fen>) -> Both {
    amount.map_or_else(|| both("未设", "not given"), |amount| same(yuan(amount)))
}

/// `每年`.
pub(super) const fn per(per: Per) -> (&'static str, &'static str) {
    match per {
        Per::Once => ("一次性", "once"),
        Per::Month => ("每月", "a month"),
        Per::Year => ("每年", "a year"),
    }
}

/// `新购每年 ¥12，续费每年 ¥12`: a whole set, for what is new.
pub(super) fn set(set: &PriceSet) -> Both {
    let given = slots(set).into_iter().filter_map(|(kind, period, _, amount)| {
        let (amount, (zh, en)) = (yuan(amount?), per(period));
        let (kind_zh, kind_en) = match (kind, period) {
            (_, Per::Once) => ("", ""),
            (PriceKind::New, _) => ("新购", "purchase "),
            (PriceKind::Renew, _) => ("续费", "renewal "),
        };
        Some((format!("{kind_zh}{zh} {amount}"), format!("{kind_en}{amount} {en}")))
    });
    let (zh, en): (Vec<_>, Vec<_>) = given.unzip();
    (zh.join("，"), en.join(", "))
}

//! Charges of an edition: known by their keys, their values by what a buyer reads, their tiers by where they begin.

use super::Changes;
use super::align::align;
use super::prices;
use super::words::{Both, both, place, range, same, set};
use crate::catalog::{Charge, ChargeKind, OptionValue, PriceSet, Quantity, Tier, TierMode, TierPrice};

pub(super) fn compare(before: &[Charge], after: &[Charge], at: &str, changes: &mut Changes) {
    let aligned = align(before, after, |charge| charge.key.as_str());
    for (index, charge) in after.iter().enumerate() {
        let here = format!("{at}/{index}");
        let Some((old, _)) = aligned.kept.iter().find(|(_, new)| *new == index) else {
            changes.add(here, both(format!("新增计费项“{}”", charge.name), format!("New charge “{}”", charge.name)));
            continue;
        };
        if aligned.moved.contains(&(*old, index)) {
            let what = both(format!("“{}”的顺序", charge.name), format!("Place of “{}”", charge.name));
            changes.turned(&*here, what, place(*old), place(index));
        }
        charge_changes(&before[*old], charge, &here, changes);
    }
    for gone in aligned.gone {
        let name = &before[gone].name;
        changes.add(at, both(format!("取消计费项“{name}”"), format!("Charge “{name}” is removed")));
    }
}

fn charge_changes(before: &Charge, after: &Charge, at: &str, changes: &mut Changes) {
    let name = &after.name;
    if before.name != *name {
        changes.turned([at, "/name"].concat(), both("计费项名称", "Charge’s name"), same(&before.name), same(name));
    }
    match (&before.kind, &after.kind) {
        (ChargeKind::Quantity(before), ChargeKind::Quantity(after)) => quantity(before, after, name, at, changes),
        (ChargeKind::Option(before), ChargeKind::Option(after)) => {
            values(before, after, name, &[at, "/values"].concat(), changes);
        }
        (_, kind) => {
            let kinds = (both("数量", "a quantity"), both("枚举", "an option"));
            let (old, new) = if matches!(kind, ChargeKind::Quantity(_)) { (kinds.1, kinds.0) } else { kinds };
            changes.turned([at, "/kind"].concat(), of(name, "类型", "kind"), old, new);
        }
    }
}

/// `“用户数”的单位`.
fn of(name: &str, zh: &str, en: &str) -> Both {
    (format!("“{name}”的{zh}"), format!("{}{} of “{name}”", en[..1].to_uppercase(), &en[1..]))
}

fn quantity(before: &Quantity, after: &Quantity, name: &str, at: &str, changes: &mut Changes) {
    if before.unit != after.unit {
        changes.turned([at, "/unit"].concat(), of(name, "单位", "unit"), same(&before.unit), same(&after.unit));
    }
    if before.max != after.max {
        let max = |quantity: &Quantity| match quantity.max {
            Some(max) => same(format!("{max} {}", quantity.unit)),
            None => both("不限", "no limit"),
        };
        changes.turned([at, "/max"].concat(), of(name, "数量上限", "maximum"), max(before), max(after));
    }
    if before.tier_mode != after.tier_mode {
        let mode = |quantity: &Quantity| match quantity.tier_mode {
            TierMode::Volume => both("全部数量按所在阶梯计价", "the whole quantity by its tier"),
            TierMode::Graduated => both("各阶梯分段计价", "each tier by itself"),
        };
        changes.turned([at, "/tier_mode"].concat(), of(name, "阶梯计价方式", "tiers"), mode(before), mode(after));
    }
    tiers(before, after, name, &[at, "/tiers"].concat(), changes);
}

fn tiers(before: &Quantity, after: &Quantity, name: &str, at: &str, changes: &mut Changes) {
    let aligned = align(&before.tiers, &after.tiers, |tier| tier.from);
    let mut gone = aligned.gone;
    let mut old_places: Vec<Option<usize>> = vec![None; after.tiers.len()];
    for (old, new) in aligned.kept {
        old_places[new] = Some(old);
    }
    for (index, tier) in after.tiers.iter().enumerate() {
        let here = format!("{at}/{index}");
        if let Some(old) = old_places[index] {
            tier_changes(&before.tiers[old], tier, &tier_name(after, index, name), &here, changes);
            continue;
        }
        // A tier at the same price that begins elsewhere has moved.
        let from = gone.iter().position(|old| before.tiers[*old].price == tier.price);
        match from.map(|place| gone.remove(place)) {
            Some(old) => {
                let begins = |quantity: &Quantity, tier: &Tier| same(format!("{} {}", tier.from, quantity.unit));
                let at = [&here, "/from"].concat();
                let what = of(name, "阶梯起点", "beginning of a tier");
                changes.turned(at, what, begins(before, &before.tiers[old]), begins(after, tier));
            }
            None => {
                let ((zh, en), range) = (tier_price(&tier.price, &after.unit), range(after, index));
                changes.add(
                    here,
                    (format!("“{name}”新增阶梯 {range}：{zh}"), format!("“{name}”: new tier {range}, {en}")),
                );
            }
        }
    }
    for old in gone {
        let range = range(before, old);
        changes.add(at, both(format!("“{name}”取消阶梯 {range}"), format!("“{name}”: tier {range} is removed")));
    }
}

fn tier_name(quantity: &Quantity, index: usize, name: &str) -> Both {
    let range = range(quantity, index);
    both(format!("“{name}”{range}"), format!("“{name}” {range}"))
}

/// `每人新购每年 ¥12`, `整档…`.
fn tier_price(price: &TierPrice, unit: &str) -> Both {
    let (TierPrice::Unit(prices) | TierPrice::Flat(prices)) = price;
    let (zh, en) = set(prices);
    match price {
        TierPrice::Unit(_) => (format!("每{unit}{zh}"), format!("{en} for each {unit}")),
        TierPrice::Flat(_) => (format!("整档{zh}"), format!("{en} for all of it")),
    }
}

fn tier_changes(before: &Tier, after: &Tier, what: &Both, at: &str, changes: &mut Changes) {
    let shape = |price: &TierPrice| match price {
        TierPrice::Unit(_) => ("/unit", both("按单价", "by the unit")),
        TierPrice::Flat(_) => ("/flat", both("整档一口价", "one price for all of it")),
    };
    let prices = |price: &TierPrice| -> PriceSet {
        let (TierPrice::Unit(prices) | TierPrice::Flat(prices)) = price;
        *prices
    };
    let ((old_field, old), (field, new)) = (shape(&before.price), shape(&after.price));
    let at = [at, field].concat();
    if old_field != field {
        changes.turned(&*at, what.clone(), old, new);
    }
    prices::compare(&prices(&before.price), &prices(&after.price), what, &at, changes);
}

fn values(before: &[OptionValue], after: &[OptionValue], name: &str, at: &str, changes: &mut Changes) {
    let aligned = align(before, after, |value| value.value.as_str());
    for (index, value) in after.iter().enumerate() {
        let (here, text) = (format!("{at}/{index}"), &value.value);
        let Some((old, _)) = aligned.kept.iter().find(|(_, new)| *new == index) else {
            let (zh, en) = set(&value.price);
            let said = (format!("“{name}”新增选项“{text}”：{zh}"), format!("“{name}”: new value “{text}”, {en}"));
            changes.add(here, said);
            continue;
        };
        let what = both(format!("“{name}”的选项“{text}”"), format!("“{name}”: “{text}”"));
        if aligned.moved.contains(&(*old, index)) {
            let what = both(format!("{}的顺序", what.0), format!("{}, place", what.1));
            changes.turned(&*here, what, place(*old), place(index));
        }
        prices::compare(&before[*old].price, &value.price, &what, &[&here, "/price"].concat(), changes);
    }
    for gone in aligned.gone {
        let text = &before[gone].value;
        changes.add(at, both(format!("“{name}”取消选项“{text}”"), format!("“{name}”: value “{text}” is removed")));
    }
}

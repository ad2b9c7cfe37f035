//! Every warning in words: what happens, with its numbers, and what a person who does not program can do about it.

use super::finding::{
    CapAcrossTerms, CapBelowMinimum, DearerPrice, DifferentCharges, Quantities, RenewDearer, TierInversion,
    UpgradeNegative, YearDearer,
};
use crate::calendar::Term;
use crate::catalog::{Charge, ChargeKind, Edition, Per, PriceKind, Quantity};
use crate::pricing::SelectionFile;

/// A text in Chinese and in English.
type Both = (String, String);

/// How many of a long list are named.
const MOST: usize = 3;

fn kind(kind: PriceKind) -> (&'static str, &'static str) {
    match kind {
        PriceKind::New => ("新购价", "purchase prices"),
        PriceKind::Renew => ("续费价", "renewal prices"),
    }
}

fn per(per: Per) -> (&'static str, &'static str) {
    match per {
        Per::Once => ("", ""),
        Per::Month => ("每月", " a month"),
        Per::Year => ("每年", " a year"),
    }
}

/// The first few of `items`, and how many there are where not all are named.
fn some<T>(items: &[T], name: impl Fn(&T) -> Both) -> Both {
    let (zh, en): (Vec<_>, Vec<_>) = items.iter().take(MOST).map(name).unzip();
    let (zh, en) = (zh.join("、"), en.join(", "));
    if items.len() <= MOST {
        return (zh, en);
    }
    (format!("{zh}等 {} 处", items.len()), format!("{en} and {} more", items.len() - MOST))
}

fn range(Quantities { from, to }: Quantities) -> Both {
    if from == to {
        return (from.to_string(), from.to_string());
    }
    (format!("{from} 至 {to}"), format!("{from} to {to}"))
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

pub(super) fn tier_inversion(edition: &Edition, charge: &Charge, quantity: &Quantity, found: &TierInversion) -> Both {
    let TierInversion { buy, costs, but, costs_only, .. } = found;
    let (edition, charge, unit) = (&edition.name, &charge.name, &quantity.unit);
    let ((kind_zh, kind_en), (per_zh, per_en)) = (kind(found.kind), per(found.per));
    let (ranges_zh, ranges_en) = some(&found.ranges, |inverted| range(inverted.quantities));
    (
        format!(
            "“{edition}”的“{charge}”买得多反而便宜：按{kind_zh}，{buy} {unit}{per_zh} ¥{costs}，{but} {unit}{per_zh}只要 ¥{costs_only}。\
             受影响的数量：{ranges_zh}。请调整阶梯价格，使数量增加时总价不下降；如有意如此，可以保留。"
        ),
        format!(
            "“{edition}”: more of “{charge}” costs less. At {kind_en}, {buy} {unit} cost ¥{costs}{per_en}, but {but} {unit} only \
             ¥{costs_only}. Quantities affected: {ranges_en}. Adjust the tiers so that the total never falls as the quantity \
             grows, or leave them if this is meant."
        ),
    )
}

pub(super) fn year_dearer(edition: &Edition, charge: Option<&Charge>, found: &YearDearer) -> Both {
    let YearDearer { year, twelve_months, values, ranges, .. } = found;
    let edition = &edition.name;
    let (kind_zh, kind_en) = kind(found.kind);
    let (what_zh, what_en) = match charge {
        None => ("基础价格".to_owned(), "the base price".to_owned()),
        Some(charge) => {
            let (zh, en) = match (values.first(), ranges.first()) {
                (Some(first), _) => (quoted(first), quoted(first)),
                (None, Some(first)) => {
                    (format!("数量为 {} 时", first.from), format!("at a quantity of {}", first.from))
                }
                (None, None) => Both::default(),
            };
            (format!("“{}”{zh}", charge.name), format!("“{}” {en}", charge.name))
        }
    };
    let (also_zh, also_en) = match (values.len(), ranges.len()) {
        (2.., _) => {
            let (zh, en) = some(values, |value| (quoted(value), quoted(value)));
            (format!("涉及的选项：{zh}。"), format!(" Values affected: {en}."))
        }
        (_, 1..) => {
            let (zh, en) = some(ranges, |found| range(*found));
            (format!("涉及的数量：{zh}。"), format!(" Quantities affected: {en}."))
        }
        _ => Both::default(),
    };
    (
        format!(
            "“{edition}”包年比按月买 12 个月更贵：按{kind_zh}，{what_zh} 1 年 ¥{year}，12 个月共 ¥{twelve_months}。{also_zh}\
             请降低年价或提高月价；如有意如此，可以保留。"
        ),
        format!(
            "“{edition}”: a year costs more than twelve months. At {kind_en}, {what_en} costs ¥{year} for a year, but \
             ¥{twelve_months} for twelve months.{also_en} Lower the yearly or raise the monthly price, or leave them if this \
             is meant."
        ),
    )
}

/// What is selected, by the charges' names; the edition first.
fn selected(edition: &Edition, selection: &SelectionFile) -> Both {
    let (mut zh, mut en) = (vec![quoted(&edition.name)], vec![quoted(&edition.name)]);
    for charge in &edition.charges {
        let named = match &charge.kind {
            ChargeKind::Quantity(quantity) => {
                selection.quantities.get(&charge.key).map(|n| format!("{} {n} {}", charge.name, quantity.unit))
            }
            ChargeKind::Option(_) => selection.options.get(&charge.key).map(|value| format!("{} {value}", charge.name)),
        };
        zh.extend(named.clone());
        en.extend(named);
    }
    (zh.join("、"), en.join(", "))
}

pub(super) fn upgrade_negative(from: &Edition, to: &Edition, found: &UpgradeNegative) -> Both {
    let UpgradeNegative { old_price, new_price, difference, terms, .. } = found;
    let ((old_zh, old_en), (new_zh, new_en)) = (selected(from, &found.old), selected(to, &found.new));
    let (all_zh, all_en) = some(terms, |sold| sold.words());
    let (term_zh, term_en) = terms.first().map(|first| first.words()).unwrap_or_default();
    let less = -*difference;
    let (what_zh, what_en) = if from.code == to.code {
        (format!("“{}”扩容", from.name), format!("Expanding “{}”", from.name))
    } else {
        (format!("从“{}”升级到“{}”", from.name, to.name), format!("Upgrading from “{}” to “{}”", from.name, to.name))
    };
    (
        format!(
            "{what_zh}的差价可能为负：以 {term_zh}为例，原选择（{old_zh}）¥{old_price}，新选择（{new_zh}）¥{new_price}，低了 \
             ¥{less}。差价为负时按 0 元处理：买家不用付钱就能变更，也不会退款。涉及的购买时长：{all_zh}。请提高新选择的价格或\
             降低原选择的价格；如有意如此，可以保留。"
        ),
        format!(
            "{what_en} can have a difference below zero: for {term_en}, the old selection ({old_en}) costs ¥{old_price} and \
             the new one ({new_en}) ¥{new_price}, which is ¥{less} less. Such a change costs nothing, and nothing is paid \
             back. Terms affected: {all_en}. Raise the price of the new or lower that of the old selection, or leave them \
             if this is meant."
        ),
    )
}

pub(super) fn renew_dearer(edition: &Edition, found: &RenewDearer) -> Both {
    let edition = &edition.name;
    let count = found.prices.len();
    let (first_zh, first_en) = some(&found.prices[..count.min(1)], |price: &DearerPrice| {
        let (per_zh, per_en) = per(price.per);
        (
            format!("新购{per_zh} ¥{}，续费{per_zh} ¥{}", price.new, price.renew),
            format!("¥{}{per_en} at purchase and ¥{}{per_en} at renewal", price.new, price.renew),
        )
    });
    let prices = if count == 1 { "1 price is" } else { &format!("{count} prices are") };
    (
        format!(
            "“{edition}”有 {count} 处续费价高于新购价（首处：{first_zh}）。买家续费时会付得更多；请确认这是您的本意。"
        ),
        format!(
            "“{edition}”: {prices} higher at renewal than at purchase (the first: {first_en}). Buyers pay more when they \
             renew; make sure that this is meant."
        ),
    )
}

pub(super) fn cap_below_minimum(edition: &Edition, found: &CapBelowMinimum) -> Both {
    let CapBelowMinimum { cap, price, terms, .. } = found;
    let name = &edition.name;
    let (kind_zh, kind_en) = kind(found.kind);
    let (terms_zh, terms_en) = if terms.is_empty() {
        Both::default()
    } else {
        let (zh, en) = some(terms, |sold| sold.words());
        (format!("（{zh}）"), format!(" for {en}"))
    };
    (
        format!(
            "“{name}”{terms_zh}最便宜的选择按{kind_zh}已要 ¥{price}，超过总价上限 ¥{cap}：无论怎么选都只付 ¥{cap}，数量和选项的价格\
             不起作用。请提高总价上限，或降低该版本的价格。"
        ),
        format!(
            "“{name}”{terms_en}: at {kind_en} even the cheapest selection costs ¥{price}, above the cap of ¥{cap}. Whatever is \
             chosen costs ¥{cap}, and prices of quantities and options have no effect. Raise the cap or lower the edition's \
             prices."
        ),
    )
}

pub(super) fn different_charges(from: &Edition, to: &Edition, found: &DifferentCharges) -> Both {
    let names = |edition: &Edition, keys: &[String]| {
        let charge = |key: &String| edition.charges.iter().find(|charge| charge.key == *key);
        some(keys, |key| {
            let name = quoted(charge(key).map_or(key, |charge| &charge.name));
            (name.clone(), name)
        })
    };
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (edition, keys) in [(from, &found.only_from), (to, &found.only_to)] {
        if !keys.is_empty() {
            let (keys_zh, keys_en) = names(edition, keys);
            zh.push(format!("只有“{}”有{keys_zh}", edition.name));
            en.push(format!("only “{}” has {keys_en}", edition.name));
        }
    }
    let (from, to) = (&from.name, &to.name);
    (
        format!(
            "“{from}”与“{to}”的计费项不同（{}），不建议设置这条升级规则：升级后多出的计费项要另选，少掉的不再计费，差价不易预料。\
             请让两个版本的计费项一致，或删除该规则。",
            zh.join("；")
        ),
        format!(
            "“{from}” and “{to}” charge for different things ({}). Upgrades between such editions are not advised: what is new \
             must be chosen, what is gone is no longer charged, and the difference is hard to foresee. Give both editions the \
             same charges, or remove the rule.",
            en.join("; ")
        ),
    )
}

pub(super) fn upgrade_loop(editions: &[&Edition]) -> Both {
    let names: Vec<&str> = editions.iter().map(|edition| edition.name.as_str()).collect();
    let path = names.join(" → ");
    (
        format!(
            "升级规则形成回路：{path}。买家绕一圈就能回到原版本，借此减少原有的数量，或避开续费价。请删除其中一条规则。"
        ),
        format!(
            "The upgrade rules lead back to where they began: {path}. Going round, a buyer can shed quantities or renewal \
             prices. Remove one of the rules."
        ),
    )
}

pub(super) fn short_term(from: &Edition, to: &Edition, short: Term, shortest: Term) -> Both {
    let ((short_zh, short_en), (shortest_zh, shortest_en)) = (short.words(), shortest.words());
    let (from, to) = (&from.name, &to.name);
    (
        format!(
            "“{from}”可买 {short_zh}，而“{to}”最短卖 {shortest_zh}：买家先买 {short_zh}的“{from}”再补差价升级，就能只用 {short_zh}的\
             “{to}”。如不希望如此，请让“{to}”也售卖 {short_zh}，或停售“{from}”的短周期，或删除该规则。"
        ),
        format!(
            "“{from}” is sold for {short_en}, “{to}” for {shortest_en} at the shortest: who buys “{from}” for {short_en} and \
             upgrades for the difference has “{to}” for {short_en} only. If this is not meant, sell “{to}” for {short_en} too, \
             or stop selling “{from}” for so short a term, or remove the rule."
        ),
    )
}

pub(super) fn cap_across_terms(edition: &Edition, found: &CapAcrossTerms) -> Both {
    let cap = found.cap;
    let name = &edition.name;
    let (kind_zh, kind_en) = kind(found.kind);
    let (cases_zh, cases_en) = some(&found.terms, |case| {
        let ((short_zh, short_en), (long_zh, long_en)) = (case.shorter.words(), case.longer.words());
        let Some(from) = &case.from else {
            return (
                format!("{long_zh}与 {short_zh}（最小选择即如此）"),
                format!("{long_en} as much as {short_en} (even the smallest selection)"),
            );
        };
        let charge = edition.charges.iter().find(|charge| charge.key == from.charge);
        let (charge, unit) = match charge.map(|charge| (&charge.name, &charge.kind)) {
            Some((name, ChargeKind::Quantity(quantity))) => (name.as_str(), quantity.unit.as_str()),
            _ => (from.charge.as_str(), ""),
        };
        let n = from.quantity;
        (
            format!("{long_zh}与 {short_zh}（“{charge}”{n} {unit}起）"),
            format!("{long_en} as much as {short_en} (from {n} {unit} of “{charge}” on)"),
        )
    });
    (
        format!(
            "受总价上限 ¥{cap} 影响，“{name}”按{kind_zh}有时买得久也不多付：{cases_zh}价格相同，都是 ¥{cap}。请提高总价上限；\
             如有意如此，可以保留。"
        ),
        format!(
            "“{name}”: at {kind_en} the cap of ¥{cap} makes longer terms cost no more than shorter ones: {cases_en}, ¥{cap} \
             each. Raise the cap, or leave it if this is meant."
        ),
    )
}

//! A quote's lines in words: on the product page from the configuration, on a quotation from what was signed.

use shared::api::{ChargeName, Names};
use shared::calendar::Term;
use shared::catalog::{ChargeKind, Charged, Edition};
use shared::pricing::{Line, LineKind, Part, SelectionFile, Why};

use crate::element::{Element, el};
use crate::format::{discount, per, term, yuan, yuan_short};
use crate::i18n::Lang;

/// A line as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineWords {
    /// What it is for: `用户数`, `型号：APP+WAP`.
    pub label: String,
    /// How it came about: `10 人 × ¥10/人/年`. Several where units fall in several tiers.
    pub how: Vec<String>,
    /// `¥100.00`.
    pub amount: String,
}

/// What the codes of an edition's quotes are called.
pub fn names(edition: &Edition) -> Names {
    let charges = edition.charges.iter().map(|charge| {
        let unit = match &charge.kind {
            ChargeKind::Quantity(quantity) => quantity.unit.clone(),
            ChargeKind::Option(_) => String::new(),
        };
        ChargeName { key: charge.key.clone(), name: charge.name.clone(), unit }
    });
    Names { edition: edition.name.clone(), charges: charges.collect() }
}

/// `line` in words.
pub fn words(line: &Line, names: &Names, selection: &SelectionFile, lang: Lang) -> LineWords {
    let charge = names.charges.iter().find(|charge| charge.key == line.key);
    let name = charge.map_or(line.key.as_str(), |charge| &charge.name);
    let label = match line.kind {
        LineKind::Edition => names.edition.clone(),
        LineKind::Option => {
            let value = selection.options.get(&line.key).map_or("", String::as_str);
            [name, lang.pick("：", ": "), value].concat()
        }
        LineKind::Discount => {
            let from = line.key.parse().map_or_else(|_| line.key.clone(), |min: Term| term(min, lang));
            lang.pick(format!("购买优惠（满 {from}）"), format!("Offer from {from}"))
        }
        LineKind::Cap => lang.pick("总价封顶", "Price cap").to_owned(),
        // Of changes only, which no page quotes yet.
        LineKind::Quantity | LineKind::Difference | LineKind::Credit => name.to_owned(),
    };
    let unit = charge.map_or("", |charge| &charge.unit);
    LineWords { label, how: how(&line.why, unit, lang), amount: yuan(line.amount) }
}

fn how(why: &Why, unit: &str, lang: Lang) -> Vec<String> {
    match why {
        Why::Price { charged, .. } => vec![price(*charged, "", lang)],
        Why::Tiers { quantity, parts, .. } => match parts.as_slice() {
            [] => vec![format!("{quantity} {unit}")],
            parts => parts.iter().map(|part| tier(part, unit, lang)).collect(),
        },
        Why::Discount { list, rate } => {
            let (list, off) = (yuan_short(*list), discount(*rate, lang));
            vec![lang.pick(format!("{list} 打 {off}"), format!("{off} {list}"))]
        }
        Why::Cap { before, cap } => vec![lang.pick(
            format!("{} 超出上限 {}", yuan_short(*before), yuan_short(*cap)),
            format!("{} is above the cap of {}", yuan_short(*before), yuan_short(*cap)),
        )],
        Why::Difference { .. } | Why::Credit { .. } => Vec::new(),
    }
}

/// `10 人 × ¥10/人/年`, `10 人 × ¥1/人/月 × 3`, `12 人 · 10–49 人 ¥100/年`.
fn tier(part: &Part, unit: &str, lang: Lang) -> String {
    let units = part.units;
    if part.flat {
        let from = part.from;
        let range = part.to.map_or_else(|| format!("≥ {from}"), |to| format!("{from}–{to}"));
        return format!("{range} {unit} {}", price(part.charged, "", lang));
    }
    format!("{units} {unit} × {}", price(part.charged, unit, lang))
}

/// `¥12/年`, `¥1/人/月 × 3`.
fn price(charged: Charged, unit: &str, lang: Lang) -> String {
    let mut text = yuan_short(charged.price);
    if !unit.is_empty() {
        text.push('/');
        text.push_str(unit);
    }
    text.push_str(per(charged.per, lang));
    if charged.multiple > 1 {
        text.push_str(" × ");
        text.push_str(&charged.multiple.to_string());
    }
    text
}

/// A line of a quote, as a list item.
pub fn row(line: LineWords) -> Element {
    let how = line.how.into_iter().map(|how| el("span").class("line-how").with(how));
    el("li")
        .with(el("span").class("line-label").with(line.label))
        .with(el("span").class("line-amount").with(line.amount))
        .all(how)
}

/// A name and its value, in a list of such.
pub fn fact(name: &'static str, value: String) -> Element {
    el("div").with(el("dt").with(name)).with(el("dd").with(value))
}

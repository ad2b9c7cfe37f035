//! Prices as a row of fields: only those that are charged, or that were given.

use core::cmp::Ordering;

use shared::money::Fen;

use super::fields::{Fields, Input};
use crate::element::{Element, el};
use crate::format::yuan_short;
use crate::i18n::Lang;
use crate::workbench::form::{Cell, Edition, Field, Price, PriceAt, narrow};

/// `新购价（元/月）`.
pub(super) const fn name(cell: Cell, same: bool, lang: Lang) -> &'static str {
    match (cell, lang, same) {
        (Cell::NewMonth, Lang::Zh, false) => "新购 元/月",
        (Cell::NewYear, Lang::Zh, false) => "新购 元/年",
        (Cell::NewMonth, Lang::Zh, true) => "价格 元/月",
        (Cell::NewYear, Lang::Zh, true) => "价格 元/年",
        (Cell::RenewMonth, Lang::Zh, _) => "续费 元/月",
        (Cell::RenewYear, Lang::Zh, _) => "续费 元/年",
        (Cell::Once, Lang::Zh, _) => "价格 元",
        (Cell::NewMonth, Lang::En, false) => "New ¥/month",
        (Cell::NewYear, Lang::En, false) => "New ¥/year",
        (Cell::NewMonth, Lang::En, true) => "Price ¥/month",
        (Cell::NewYear, Lang::En, true) => "Price ¥/year",
        (Cell::RenewMonth, Lang::En, _) => "Renewal ¥/month",
        (Cell::RenewYear, Lang::En, _) => "Renewal ¥/year",
        (Cell::Once, Lang::En, _) => "Price ¥",
    }
}

/// A field for each of the columns. `at` is the price set's place, `of` what it is the price of.
pub(super) fn fields(
    fields: &Fields<'_>,
    edition: &Edition,
    price: &Price,
    at: &str,
    place: PriceAt,
    of: &str,
) -> Vec<Element> {
    let lang = fields.lang;
    let given = [&price.new_month, &price.new_year, &price.once].iter().any(|text| !text.is_empty());
    let made = fields
        .cells
        .iter()
        .copied()
        .map(|cell| {
            let pointer = [at, cell.pointer()].concat();
            let name = [of, " ", name(cell, edition.renew_same, lang)].concat();
            let hint = hint(price, cell);
            let input = Input {
                at: &pointer,
                name: name.into(),
                typed: price.cell(cell),
                class: "form-money",
                hint: hint.into(),
                locked: false,
            };
            fields.input(input, Field::Price(place, cell))
        })
        .collect();
    // Where neither of two is given, it is said of both together.
    fields.note(&[at, "/new"].concat(), if given { "x" } else { "" });
    if !edition.renew_same {
        fields.note(&[at, "/renew"].concat(), if given { "x" } else { "" });
    }
    made
}

/// What an empty field of a year comes to: twelve months (rule S7).
fn hint(price: &Price, cell: Cell) -> String {
    let month = match cell {
        Cell::NewYear => &price.new_month,
        Cell::RenewYear => &price.renew_month,
        _ => return String::new(),
    };
    twelve(month).unwrap_or_default()
}

/// Twelve times an amount, as one types it.
pub(super) fn twelve(month: &str) -> Option<String> {
    let month: Fen = narrow(month).parse().ok()?;
    let year = month.times_small(12).ok()?.to_string();
    Some(year.strip_suffix(".00").map(str::to_owned).unwrap_or(year))
}

/// What a year costs beside its months: `一年比 12 个月省 ¥2`.
pub(super) fn helper(price: &Price, lang: Lang) -> Option<Element> {
    let amount = |text: &str| narrow(text).parse::<Fen>().ok();
    let (month, year) = (amount(&price.new_month)?, amount(&price.new_year)?);
    let twelve = month.times_small(12).ok()?;
    let words = match year.cmp(&twelve) {
        Ordering::Less => {
            let saved = yuan_short(twelve - year);
            lang.pick(format!("一年比 12 个月省 {saved}"), format!("A year saves {saved} over 12 months"))
        }
        Ordering::Greater => {
            let more = yuan_short(year - twelve);
            lang.pick(format!("一年比 12 个月贵 {more}"), format!("A year costs {more} more than 12 months"))
        }
        Ordering::Equal => lang.pick("一年正好是 12 个月的价格", "A year costs as much as 12 months").to_owned(),
    };
    Some(el("span").class("form-helper").with(words))
}

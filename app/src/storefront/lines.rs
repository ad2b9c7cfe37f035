//! A quote's lines in words: on the product page from the configuration, on a quotation from what was signed.

use shared::api::Names;
use shared::calendar::{DAY, Term, Timestamp};
use shared::catalog::{Charged, PriceKind};
use shared::money::Fen;
use shared::pricing::{Line, LineKind, Part, PricePair, SelectionFile, Why};

use crate::element::{Element, el};
use crate::format::{countdown, date, discount, per, term, yuan, yuan_short};
use crate::i18n::Lang;
use crate::storefront::product::compare::days;

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

/// `line` in words; those about a segment are named by its start.
pub fn words(line: &Line, names: &Names, selection: &SelectionFile, lang: Lang) -> LineWords {
    let start = line.key.parse::<Timestamp>();
    let [before, after] = lang.pick(["", " 起"], ["from ", ""]);
    let since = start.map(|start| [before, &*date(start, lang), after].concat());
    words_about(line, since.as_deref().unwrap_or_default(), names, selection, lang)
}

/// What of a service's worth is lost, as a line: with it, the lines come to what is due.
pub fn lost(forfeited: Fen, lang: Lang) -> Option<LineWords> {
    (forfeited > Fen::ZERO).then(|| LineWords {
        label: lang.pick("放弃的剩余价值", "Forfeited").to_owned(),
        how: vec![lang.pick("不退款，也不结转", "neither paid back nor kept").to_owned()],
        amount: yuan(forfeited),
    })
}

/// `line` in words; where it is about a segment, that is called `segment`.
pub fn words_about(line: &Line, segment: &str, names: &Names, selection: &SelectionFile, lang: Lang) -> LineWords {
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
            let [before, after] = lang.pick(["购买优惠（满 ", "）"], ["Offer from ", ""]);
            [before, &*from, after].concat()
        }
        LineKind::Cap => lang.pick("总价封顶", "Price cap").to_owned(),
        LineKind::Difference => [lang.pick("差价：", "Difference: "), segment].concat(),
        LineKind::Credit => [lang.pick("剩余价值：", "What is left of: "), segment].concat(),
        LineKind::Quantity => name.to_owned(),
    };
    let unit = charge.map_or("", |charge| &charge.unit);
    LineWords { label, how: how(line, unit, lang), amount: yuan(line.amount) }
}

fn how(line: &Line, unit: &str, lang: Lang) -> Vec<String> {
    match &line.why {
        Why::Price { charged, .. } => vec![price(*charged, "", lang)],
        Why::Tiers { quantity, parts, .. } => match parts.as_slice() {
            [] => vec![format!("{quantity} {unit}")],
            parts => parts.iter().map(|part| tier(part, unit, lang)).collect(),
        },
        Why::Discount { list, rate } => {
            let (list, off) = (yuan_short(*list), discount(*rate, lang));
            let said = lang.pick([&*list, " 打 ", &*off], [&*off, " ", &*list]);
            vec![said.concat()]
        }
        Why::Cap { before, cap } => {
            let above = lang.pick(" 超出上限 ", " is above the cap of ");
            vec![[&*yuan_short(*before), above, &yuan_short(*cap)].concat()]
        }
        Why::Difference { left_seconds, term_seconds, prices, .. } => {
            vec![difference(line.amount, prices, *left_seconds, *term_seconds, lang)]
        }
        Why::Credit { paid, left_seconds, length_seconds } => {
            let (paid, remains, length) =
                (yuan_short(*paid), stretch(*left_seconds, lang), stretch(*length_seconds, lang));
            let [of, times, over, down] = lang.pick(
                ["实付 ", " × 剩余 ", " ÷ 共 ", "，不足一分舍去"],
                ["", " paid × ", " left ÷ ", " in all, rounded down"],
            );
            vec![[of, &*paid, times, &remains, over, &length, down].concat()]
        }
    }
}

fn difference(amount: Fen, prices: &[PricePair], left: i64, length: i64, lang: Lang) -> String {
    if amount == Fen::ZERO {
        return lang
            .pick(
                "新配置在这个时段不比现在贵，不收也不退",
                "What is new costs no more here: nothing is due or given back",
            )
            .to_owned();
    }
    let dearest = prices.iter().max_by_key(|pair| pair.new - pair.old);
    let Some(pair) = dearest else { return String::new() };
    let kind = match (prices.len() > 1, pair.kind) {
        (false, _) => "",
        (true, PriceKind::New) => lang.pick("按新购价 ", "at purchase prices "),
        (true, PriceKind::Renew) => lang.pick("按续费价 ", "at renewal prices "),
    };
    let (new, old) = (yuan_short(pair.new), yuan_short(pair.old));
    let (left, length) = (stretch(left, lang), stretch(length, lang));
    let [open, times, of, up] =
        lang.pick(["（", "）× 剩余 ", " ÷ 共 ", "，不足一分进一分"], ["(", ") × ", " left ÷ ", " in all, rounded up"]);
    [kind, open, &new, " − ", &old, times, &left, of, &length, up].concat()
}

/// `100 天`; where it is no whole number of days, to the second: `100 天 03:25:07`.
pub fn stretch(seconds: i64, lang: Lang) -> String {
    let whole = u32::try_from(seconds.div_euclid(DAY)).unwrap_or(u32::MAX);
    let rest = seconds.rem_euclid(DAY);
    let hours = (rest / 3600).to_string();
    let clock = || [if rest < 36_000 { "0" } else { "" }, &hours, ":", &countdown(rest % 3600)].concat();
    match (whole, rest) {
        (_, 0) => days(whole, lang),
        (0, _) => clock(),
        _ => [&*days(whole, lang), " ", &clock()].concat(),
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

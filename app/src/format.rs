//! Numbers, terms and dates as people read them.

use shared::calendar::{Period, Term, Timestamp};
use shared::catalog::Per;
use shared::money::{Fen, Rate};

use crate::i18n::Lang;

/// `¥208.00`, `−¥31.20`: an amount with its two decimals, so that columns of them align.
pub fn yuan(amount: Fen) -> String {
    if amount < Fen::ZERO { format!("−¥{}", -amount) } else { format!("¥{amount}") }
}

/// `¥12`, `¥0.50`: an amount inside a sentence, without needless decimals.
pub fn yuan_short(amount: Fen) -> String {
    let text = yuan(amount);
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

/// `1 年`, `3 个月`; `1 year`, `3 months`.
pub fn term(term: Term, lang: Lang) -> String {
    let n = term.n();
    let word = match (term.period(), lang, n) {
        (Period::Month, Lang::Zh, _) => "个月",
        (Period::Year, Lang::Zh, _) => "年",
        (Period::Month, Lang::En, 1) => "month",
        (Period::Month, Lang::En, _) => "months",
        (Period::Year, Lang::En, 1) => "year",
        (Period::Year, Lang::En, _) => "years",
    };
    format!("{n} {word}")
}

/// `/年`, `/month`; nothing for a price paid once.
pub const fn per(per: Per, lang: Lang) -> &'static str {
    match (per, lang) {
        (Per::Once, _) => "",
        (Per::Month, Lang::Zh) => "/月",
        (Per::Month, Lang::En) => "/month",
        (Per::Year, Lang::Zh) => "/年",
        (Per::Year, Lang::En) => "/year",
    }
}

/// `8.5 折`; `15% off`.
pub fn discount(rate: Rate, lang: Lang) -> String {
    let rate = rate.ten_thousandths();
    match lang {
        Lang::Zh => decimals(rate, 1000, 3) + " 折",
        Lang::En => decimals(10_000 - rate, 100, 2) + "% off",
    }
}

/// `value / unit` in decimals, without trailing zeros.
fn decimals(value: u16, unit: u16, digits: usize) -> String {
    let fraction = format!("{:0digits$}", value % unit);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { (value / unit).to_string() } else { format!("{}.{fraction}", value / unit) }
}

/// `2027年11月21日`; `21 November 2027`.
pub fn date(at: Timestamp, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, day, ..) = at.civil();
    match lang {
        Lang::Zh => format!("{year}年{month}月{day}日"),
        Lang::En => format!("{day} {} {year}", MONTHS[usize::from(month - 1)]),
    }
}

/// The date and `10:05`, in the instant's own offset.
pub fn date_time(at: Timestamp, lang: Lang) -> String {
    let (.., hour, minute, _) = at.civil();
    format!("{} {hour:02}:{minute:02}", date(at, lang))
}

/// `14:05`: what is left, in minutes and seconds; `00:00` when nothing is.
pub fn countdown(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_decimals_in_columns_and_drop_them_in_sentences() {
        let both = |fen| (yuan(Fen::new(fen)), yuan_short(Fen::new(fen)));
        assert_eq!(both(20_800), ("¥208.00".into(), "¥208".into()));
        assert_eq!(both(50), ("¥0.50".into(), "¥0.50".into()));
        assert_eq!(both(-3_120), ("−¥31.20".into(), "−¥31.20".into()));
    }

    #[test]
    fn discounts_are_said_as_each_language_says_them() {
        for (rate, zh, en) in
            [("0.85", "8.5 折", "15% off"), ("0.9", "9 折", "10% off"), ("0.7001", "7.001 折", "29.99% off")]
        {
            let rate = Rate::parse(rate).unwrap();
            assert_eq!((discount(rate, Lang::Zh).as_str(), discount(rate, Lang::En).as_str()), (zh, en));
        }
    }

    #[test]
    fn terms_and_dates() {
        let at: Timestamp = "2027-11-21T09:05:00+08:00".parse().unwrap();
        assert_eq!(date(at, Lang::Zh), "2027年11月21日");
        assert_eq!(date_time(at, Lang::En), "21 November 2027 09:05");
        let months: Term = "P3M".parse().unwrap();
        assert_eq!((term(months, Lang::Zh).as_str(), term(Term::YEAR, Lang::En).as_str()), ("3 个月", "1 year"));
        assert_eq!(countdown(845), "14:05");
        assert_eq!(countdown(-1), "00:00");
    }
}

//! A quote's lines in words, of changes too: how each comes about, so that it can be computed by hand.

use shared::api::Names;
use shared::calendar::{DAY, Timestamp};
use shared::catalog::PriceKind;
use shared::lifecycle::{Quote, Segment, SegmentKind};
use shared::money::Fen;
use shared::pricing::{Line, PricePair, SelectionFile, Why};

use crate::format::{date, term, yuan, yuan_short};
use crate::i18n::Lang;
use crate::storefront::lines::{LineWords, words};
use crate::storefront::product::compare::days;

/// `100 天`; where it is no whole number of days, to the second: `100 天 03:25:07`.
pub fn stretch(seconds: i64, lang: Lang) -> String {
    let whole = u32::try_from(seconds.div_euclid(DAY)).unwrap_or(u32::MAX);
    let rest = seconds.rem_euclid(DAY);
    let clock = || format!("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    match (whole, rest) {
        (_, 0) => days(whole, lang),
        (0, _) => clock(),
        _ => format!("{} {}", days(whole, lang), clock()),
    }
}

/// `新购 1 年`.
pub fn segment_name(segment: &Segment, lang: Lang) -> String {
    match segment.kind {
        SegmentKind::Paid(PriceKind::New, sold) => [lang.pick("新购 ", "purchase of "), &term(sold, lang)].concat(),
        SegmentKind::Paid(PriceKind::Renew, sold) => [lang.pick("续费 ", "renewal of "), &term(sold, lang)].concat(),
        SegmentKind::Trial => lang.pick("试用", "trial").to_owned(),
    }
}

/// The quote's lines in words; those about a segment are keyed by its start, which is looked for among the `segments` that the
/// service had.
pub fn lines(
    quote: &Quote,
    segments: &[Segment],
    names: &Names,
    selection: &SelectionFile,
    lang: Lang,
) -> Vec<LineWords> {
    let about = |line: &Line| {
        let start = line.key.parse::<Timestamp>().ok();
        let segment = segments.iter().find(|segment| start.is_some_and(|start| start.unix() == segment.start.unix()));
        let since =
            || start.map(|start| lang.pick(format!("{} 起", date(start, lang)), format!("from {}", date(start, lang))));
        segment.map(|segment| segment_name(segment, lang)).or_else(since).unwrap_or_default()
    };
    let line = |line: &Line| match &line.why {
        Why::Difference { left_seconds, term_seconds, prices, .. } => {
            let name = about(line);
            let label = [lang.pick("差价：", "Difference: "), &name].concat();
            let how = difference(line.amount, prices, *left_seconds, *term_seconds, lang);
            LineWords { label, how: vec![how], amount: yuan(line.amount) }
        }
        Why::Credit { paid, left_seconds, length_seconds } => {
            let name = about(line);
            let label = [lang.pick("剩余价值：", "What is left of: "), &name].concat();
            let (paid, remains, length) =
                (yuan_short(*paid), stretch(*left_seconds, lang), stretch(*length_seconds, lang));
            let how = lang.pick(
                format!("实付 {paid} × 剩余 {remains} ÷ 共 {length}，不足一分舍去"),
                format!("{paid} paid × {remains} left ÷ {length} in all, rounded down"),
            );
            LineWords { label, how: vec![how], amount: yuan(line.amount) }
        }
        _ => words(line, names, selection, lang),
    };
    quote.lines.iter().map(line).collect()
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
    lang.pick(
        format!("{kind}（{new} − {old}）× 剩余 {left} ÷ 共 {length}，不足一分进一分"),
        format!("{kind}({new} − {old}) × {left} left ÷ {length} in all, rounded up"),
    )
}

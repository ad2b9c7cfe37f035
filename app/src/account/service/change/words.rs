//! A change's amounts, and how each comes about, so that it can be computed by hand.

use shared::calendar::{DAY, Timestamp};
use shared::catalog::PriceKind;
use shared::lifecycle::{ChangeMode, Quote, Segment, SegmentKind};
use shared::money::Fen;
use shared::pricing::{Line, PricePair, SelectionFile, Why};

use super::wish::{What, WhyNot};
use crate::format::{date, term, yuan, yuan_short};
use crate::i18n::Lang;
use crate::storefront::lines::{LineWords, words};
use crate::storefront::product::compare::days;

/// What can be done, by name and in a sentence.
pub(super) fn what(what: What, lang: Lang) -> (&'static str, &'static str) {
    match what {
        What::Renew => {
            (lang.pick("续费", "Renew"), lang.pick("配置不变，到期后接着用", "The same again, from its end on"))
        }
        What::Expand => {
            (lang.pick("扩容", "Expand"), lang.pick("版本不变，增加数量或选项", "The same edition, more of it"))
        }
        What::Upgrade => (lang.pick("升级", "Upgrade"), lang.pick("换成另一个版本", "Another edition")),
        What::Begin => (
            lang.pick("重新起算", "Begin anew"),
            lang.pick("配置不变，从现在起算新的一期", "The same, for a new term from now on"),
        ),
    }
}

/// Why something cannot be done.
pub(super) fn why_not(why: &WhyNot, lang: Lang) -> String {
    match why {
        WhyNot::Rule(violation) => lang.pick(&violation.zh, &violation.en).clone(),
        WhyNot::NothingToExpand => lang
            .pick("这个版本没有可以增加的计费项。", "This edition charges for nothing that there could be more of.")
            .to_owned(),
        WhyNot::NoRule => {
            lang.pick("服务商没有开放从这个版本升级。", "Its vendor offers no upgrade from this edition.").to_owned()
        }
        WhyNot::OneTime => lang.pick("一次性购买，无需续费。", "Bought once: there is nothing to renew.").to_owned(),
    }
}

/// The two ways to change.
pub(super) fn mode(mode: ChangeMode, lang: Lang) -> &'static str {
    match mode {
        ChangeMode::CoTerm => lang.pick("补差价，到期日不变", "Pay the difference, the end stays"),
        ChangeMode::ReTerm => lang.pick("重新起算", "Begin a new term now"),
    }
}

/// `100 天`; where it is no whole number of days, to the second: `100 天 03:25:07`.
pub(super) fn stretch(seconds: i64, lang: Lang) -> String {
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
pub(super) fn segment_name(segment: &Segment, lang: Lang) -> String {
    match segment.kind {
        SegmentKind::Paid(PriceKind::New, sold) => [lang.pick("新购 ", "purchase of "), &term(sold, lang)].concat(),
        SegmentKind::Paid(PriceKind::Renew, sold) => [lang.pick("续费 ", "renewal of "), &term(sold, lang)].concat(),
        SegmentKind::Trial => lang.pick("试用", "trial").to_owned(),
    }
}

/// The quote's lines in words; those about a segment belong to the `segments` with time left, in their order.
pub(super) fn lines(
    quote: &Quote,
    segments: &[&Segment],
    names: &shared::api::Names,
    selection: &SelectionFile,
    lang: Lang,
) -> Vec<LineWords> {
    let mut left = segments.iter();
    let line = |line: &Line| match &line.why {
        Why::Difference { left_seconds, term_seconds, prices, .. } => {
            let name = left.next().map(|segment| segment_name(segment, lang)).unwrap_or_default();
            let label = [lang.pick("差价：", "Difference: "), &name].concat();
            let how = difference(line.amount, prices, *left_seconds, *term_seconds, lang);
            LineWords { label, how: vec![how], amount: yuan(line.amount) }
        }
        Why::Credit { paid, left_seconds, length_seconds } => {
            let name = left.next().map(|segment| segment_name(segment, lang)).unwrap_or_default();
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

/// Why this much is due.
pub(super) fn due(what: What, mode: Option<ChangeMode>, lang: Lang) -> &'static str {
    match (what, mode) {
        (What::Renew, _) => lang.pick(
            "按今天的续费价；新的一期从现到期日接上。",
            "At today's renewal prices; the new term follows on the present end.",
        ),
        (_, Some(ChangeMode::CoTerm)) => lang.pick(
            "各时段差价之和：只为剩下的时间补上今天的差价。",
            "The differences together: today's difference, for the time that is left only.",
        ),
        _ => lang.pick("新一期的价格减去剩余价值。", "The new term's price less what is left."),
    }
}

/// What becomes of the end.
pub(super) fn end(old: Option<Timestamp>, new: Timestamp, lang: Lang) -> String {
    let Some(old) = old else { return String::new() };
    let seconds = new.since(old);
    let by = stretch(seconds.abs(), lang);
    match seconds {
        0 => lang.pick("到期日不变。", "The end stays.").to_owned(),
        1.. => lang.pick(format!("比现在晚 {by}。"), format!("{by} later than now.")),
        _ => lang.pick(
            format!("比现在早 {by}（现为 {}）。", date(old, lang)),
            format!("{by} earlier than now ({}).", date(old, lang)),
        ),
    }
}

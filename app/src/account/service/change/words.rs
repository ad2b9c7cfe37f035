//! A change's amounts, and how each comes about, so that it can be computed by hand.

use shared::calendar::{DAY, Timestamp};
use shared::lifecycle::ChangeMode;
use shared::money::Fen;

use super::wish::{Loss, What, WhyNot};
use crate::format::{date, date_time, yuan};
use crate::i18n::Lang;
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

/// What can be done, by name.
pub fn named(what: What, lang: Lang) -> &'static str {
    self::what(what, lang).0
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
pub fn mode(mode: ChangeMode, lang: Lang) -> &'static str {
    match mode {
        ChangeMode::CoTerm => lang.pick("补差价，到期日不变", "Pay the difference, the end stays"),
        ChangeMode::ReTerm => lang.pick("重新起算", "Begin a new term now"),
    }
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

/// `100 天`, `约 100 天`, `不到 1 天`: the instants themselves stand beside it.
fn roughly(seconds: i64, lang: Lang) -> String {
    let whole = |seconds: i64| days(u32::try_from(seconds / DAY).unwrap_or(u32::MAX), lang);
    if seconds < DAY {
        return lang.pick("不到 1 天", "less than a day").to_owned();
    }
    if seconds % DAY == 0 {
        return whole(seconds);
    }
    [lang.pick("约 ", "about "), &whole(seconds + DAY / 2)].concat()
}

/// With a space before it where it begins with a digit.
fn after_han(text: &str) -> String {
    let space = if text.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    [space, text].concat()
}

/// What becomes of the end.
pub(super) fn end(old: Option<Timestamp>, new: Timestamp, lang: Lang) -> String {
    let Some(old) = old else { return String::new() };
    let seconds = new.since(old);
    let by = roughly(seconds.abs(), lang);
    match seconds {
        0 => lang.pick("到期日不变。", "The end stays.").to_owned(),
        1.. => lang.pick(format!("比现在晚{}。", after_han(&by)), format!("{by} later than now.")),
        _ => lang.pick(
            format!("比现在早{}（现为 {}）。", after_han(&by), date(old, lang)),
            format!("{by} earlier than now ({}).", date(old, lang)),
        ),
    }
}

/// What the change takes away.
pub(super) fn loss(loss: Loss, end: Option<Timestamp>, lang: Lang) -> String {
    let joined = losses(loss, end, lang);
    lang.pick(
        format!("此变更会{joined}。下单时须单独确认。"),
        format!("With this, {joined}. You are asked to accept that when you order."),
    )
}

/// The same, accepted.
pub fn accepted(loss: Loss, end: Option<Timestamp>, lang: Lang) -> String {
    let joined = losses(loss, end, lang);
    lang.pick(format!("我知道并同意：{joined}"), format!("I know and accept that {joined}"))
}

fn losses(loss: Loss, end: Option<Timestamp>, lang: Lang) -> String {
    let mut losses = Vec::new();
    if loss.forfeited > Fen::ZERO {
        let amount = yuan(loss.forfeited);
        losses.push(lang.pick(format!("放弃 {amount} 剩余价值"), format!("{amount} of what is left is forfeited")));
    }
    if loss.shorter > 0 {
        let by = roughly(loss.shorter, lang);
        let end = end.map(|end| date_time(end, lang)).unwrap_or_default();
        losses.push(lang.pick(
            format!("使服务比现在（{end}）早{}到期", after_han(&by)),
            format!("the service ends {by} earlier than now ({end})"),
        ));
    }
    losses.join(lang.pick("，", ", and "))
}

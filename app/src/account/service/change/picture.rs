//! The service's time as it is, and below it as it would be.

use shared::calendar::Timestamp;
use shared::lifecycle::{Quote, Segment};

use super::wish::What;
use crate::element::{Element, el};
use crate::format::{date, yuan};
use crate::i18n::Lang;
use crate::trade::lines::segment_name;
use crate::trade::scale::{Row, Scale, gift_from};

/// Shows both, around `now`; nothing where the service has no time.
pub(super) fn picture(
    segments: &[Segment],
    quote: Option<&Quote>,
    what: What,
    now: Timestamp,
    lang: Lang,
) -> Option<Element> {
    let (first, last) = (segments.first()?, segments.last()?);
    let after: &[Segment] = quote.and_then(|quote| quote.after.first()).map_or(&[], |service| &service.segments);
    let end = after.last().map_or(last.end, |segment| segment.end.max(last.end));
    let scale = Scale { from: first.start, length: end.max(now).since(first.start).max(1) };
    let present = segments.iter().flat_map(|segment| {
        let split = now.max(segment.start).min(segment.end);
        let gift = gift_from(segment).max(split);
        [
            scale.bar("time-used", segment.start, split, row(PRESENT)),
            scale.bar("time-left", split, gift, row(PRESENT)),
            scale.bar("time-gift", gift, segment.end, row(PRESENT)),
        ]
    });
    let proposed = after.iter().enumerate().flat_map(|(index, segment)| {
        let added = match what {
            What::Renew => index + 1 == after.len(),
            What::Expand | What::Upgrade | What::Begin => true,
        };
        let class = if added { "time-new" } else { "time-left" };
        let gift = gift_from(segment).max(segment.start);
        [scale.bar(class, segment.start, gift, row(PROPOSED)), scale.bar("time-gift", gift, segment.end, row(PROPOSED))]
    });
    let bounds = segments.iter().skip(1).map(|segment| line("time-bound", segment.start, PRESENT, &scale));
    let today = lang.pick("今天", "today");
    let anchor = match scale.share(now) {
        ..1500 => "start",
        8500.. => "end",
        _ => "middle",
    };
    let label = label(segments, quote, lang);
    let height = if after.is_empty() { "70" } else { "102" };
    let picture = el("svg")
        .attr("class", "time")
        .attr("role", "img")
        .attr("aria-label", label)
        .attr("width", "100%")
        .attr("height", height)
        .all(present.flatten())
        .all(bounds)
        .all(proposed.flatten())
        .with(now_line(now, after.is_empty(), &scale))
        .with(text("time-label is-now", scale.at(now), "14", anchor, today.to_owned()));
    let has = |class: fn(&Segment) -> bool| segments.iter().chain(after).any(class);
    let key = |class: &'static str, words: String| {
        el("li").with(el("span").class(class).attr("aria-hidden", "true")).with(words)
    };
    let until = |words: &str, at: Timestamp| {
        let at = date(at, lang);
        lang.pick(format!("{words}，至 {at}"), format!("{words}, until {at}"))
    };
    let mut keys = vec![key("key key-used", lang.pick("已用", "used").to_owned())];
    if last.end > now {
        keys.push(key("key key-left", until(lang.pick("现在剩余", "left now"), last.end)));
    }
    if let Some(segment) = after.last() {
        let words = if what == What::Renew {
            lang.pick("续费增加", "added by the renewal")
        } else {
            lang.pick("变更后", "after the change")
        };
        keys.push(key("key key-new", until(words, segment.end)));
    }
    if has(|segment| segment.gift_days > 0) {
        keys.push(key("key key-gift", lang.pick("赠送", "free").to_owned()));
    }
    let rows = segments.iter().map(|segment| stretch_row(segment, now, lang));
    Some(
        el("figure")
            .class("change-picture")
            .with(picture)
            .with(el("ul").class("keys").all(keys))
            .with(el("ul").class("stretches").all(rows)),
    )
}

/// Where the rows stand.
const PRESENT: u32 = 24;
const PROPOSED: u32 = 62;
const ROW: u32 = 26;

fn stretch_row(segment: &Segment, now: Timestamp, lang: Lang) -> Element {
    let (start, end, paid) = (date(segment.start, lang), date(segment.end, lang), yuan(segment.paid));
    let (name, left) = (segment_name(segment, lang), yuan(segment.credit(now)));
    el("li").with(lang.pick(
        format!("{name}：{start} 至 {end}，实付 {paid}，剩余价值 {left}"),
        format!("{name}: {start} to {end}, {paid} paid, {left} of it left"),
    ))
}

fn label(segments: &[Segment], quote: Option<&Quote>, lang: Lang) -> String {
    let end = segments.last().map(|segment| date(segment.end, lang)).unwrap_or_default();
    let new = quote.and_then(|quote| quote.end).map(|end| date(end, lang));
    match new {
        Some(new) => lang
            .pick(format!("现在到期日 {end}；变更后到期日 {new}"), format!("now until {end}; after this until {new}")),
        None => lang.pick(format!("现在到期日 {end}"), format!("now until {end}")),
    }
}

const fn row(y: u32) -> Row {
    Row { y, height: ROW }
}

fn line(class: &'static str, at: Timestamp, y: u32, scale: &Scale) -> Element {
    let x = scale.at(at);
    el("line")
        .attr("class", class)
        .attr("x1", x.clone())
        .attr("x2", x)
        .attr("y1", (y - 3).to_string())
        .attr("y2", (y + ROW + 3).to_string())
}

fn now_line(now: Timestamp, alone: bool, scale: &Scale) -> Element {
    let x = scale.at(now);
    let to = if alone { PRESENT + ROW + 6 } else { PROPOSED + ROW + 6 };
    el("line").attr("class", "time-now").attr("x1", x.clone()).attr("x2", x).attr("y1", "18").attr("y2", to.to_string())
}

fn text(class: &'static str, x: String, y: &'static str, anchor: &'static str, words: String) -> Element {
    el("text").attr("class", class).attr("x", x).attr("y", y).attr("text-anchor", anchor).with(words)
}

//! A service's time as a picture: what was used, what is left, what came on top.

use shared::calendar::Timestamp;
use shared::lifecycle::Segment;

use crate::element::{Element, el};
use crate::format::date;
use crate::i18n::Lang;
use crate::storefront::product::compare::days;

use super::scale::{Row, Scale, gift_from};
use super::words::days_left;

const ROW: Row = Row { y: 28, height: 24 };

/// Shows the segments around `now`; nothing where there are none.
pub fn timeline(segments: &[Segment], now: Timestamp, lang: Lang) -> Option<Element> {
    let (first, last) = (segments.first()?, segments.last()?);
    let scale = Scale { from: first.start, length: last.end.since(first.start).max(1) };
    let bars = segments.iter().flat_map(|segment| {
        let split = now.max(segment.start).min(segment.end);
        let paid_to = gift_from(segment).max(split);
        [
            scale.bar("time-used", segment.start, split, ROW),
            scale.bar("time-left", split, paid_to, ROW),
            scale.bar("time-gift", paid_to, segment.end, ROW),
        ]
    });
    let bounds = segments.iter().skip(1).map(|segment| line("time-bound", segment.start, &scale));
    let text = |class: &'static str, x: String, y: &'static str, anchor: &'static str, words: String| {
        el("text").attr("class", class).attr("x", x).attr("y", y).attr("text-anchor", anchor).with(words)
    };
    let here = now.max(first.start).min(last.end);
    let anchor = match scale.share(here) {
        ..2500 => "start",
        7500.. => "end",
        _ => "middle",
    };
    let left = days_left(last.end, now);
    let now_words = if left > 0 {
        let left = days(left, lang);
        lang.pick(format!("今天，剩余 {left}"), format!("today, {left} left"))
    } else {
        lang.pick("已到期".to_owned(), "ended".to_owned())
    };
    let (start, end) = (date(first.start, lang), date(last.end, lang));
    let label = lang.pick(format!("{start} 至 {end}，{now_words}"), format!("{start} to {end}; {now_words}"));
    let picture = el("svg")
        .attr("class", "time")
        .attr("role", "img")
        .attr("aria-label", label)
        .attr("width", "100%")
        .attr("height", "84")
        .all(bars.flatten())
        .all(bounds)
        .with(line("time-now", here, &scale))
        .with(text("time-label is-now", scale.at(here), "16", anchor, now_words))
        .with(text("time-label", "0%".to_owned(), "78", "start", start))
        .with(text("time-label", "100%".to_owned(), "78", "end", end));
    Some(picture)
}

fn line(class: &'static str, at: Timestamp, scale: &Scale) -> Element {
    let x = scale.at(at);
    el("line").attr("class", class).attr("x1", x.clone()).attr("x2", x).attr("y1", "22").attr("y2", "58")
}

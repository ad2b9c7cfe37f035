//! A service's time as a picture: what was used, what is left, what came on top.

use shared::calendar::{DAY, Timestamp};
use shared::lifecycle::Segment;

use crate::element::{Element, el};
use crate::format::date;
use crate::i18n::Lang;
use crate::storefront::product::compare::days;

use super::words::days_left;

/// Shows the segments around `now`; nothing where there are none.
pub fn timeline(segments: &[Segment], now: Timestamp, lang: Lang) -> Option<Element> {
    let (first, last) = (segments.first()?, segments.last()?);
    let scale = Scale { from: first.start, length: last.end.since(first.start).max(1) };
    let bars = segments.iter().flat_map(|segment| {
        let gift_from = segment.end.plus_seconds(-i64::from(segment.gift_days) * DAY).unwrap_or(segment.end);
        let split = now.max(segment.start).min(segment.end);
        let paid_to = gift_from.max(split);
        [
            bar("time-used", segment.start, split, &scale),
            bar("time-left", split, paid_to, &scale),
            bar("time-gift", paid_to, segment.end, &scale),
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

struct Scale {
    from: Timestamp,
    length: i64,
}

impl Scale {
    /// Where an instant lies, in ten-thousandths of the width.
    fn share(&self, at: Timestamp) -> i64 {
        at.since(self.from).clamp(0, self.length).saturating_mul(10_000) / self.length
    }

    fn at(&self, at: Timestamp) -> String {
        percent(self.share(at))
    }
}

fn percent(share: i64) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

fn bar(class: &'static str, from: Timestamp, to: Timestamp, scale: &Scale) -> Option<Element> {
    let (left, right) = (scale.share(from), scale.share(to));
    let bar = || {
        el("rect")
            .attr("class", class)
            .attr("x", percent(left))
            .attr("y", "28")
            .attr("width", percent(right - left))
            .attr("height", "24")
    };
    (right > left).then(bar)
}

fn line(class: &'static str, at: Timestamp, scale: &Scale) -> Element {
    let x = scale.at(at);
    el("line").attr("class", class).attr("x1", x.clone()).attr("x2", x).attr("y1", "22").attr("y2", "58")
}

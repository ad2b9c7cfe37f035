//! A stretch of time as a width: where an instant lies, and the bar between two of them.

use shared::calendar::{DAY, Timestamp};
use shared::lifecycle::Segment;

use crate::element::{Element, el};

/// What the whole width stands for.
pub struct Scale {
    /// The instant at its left.
    pub from: Timestamp,
    /// How long it is, in seconds, above 0.
    pub length: i64,
}

/// A row of bars: how far down it begins and how high it is, in pixels.
#[derive(Clone, Copy)]
pub struct Row {
    /// How far down.
    pub y: u32,
    /// How high.
    pub height: u32,
}

impl Scale {
    /// Where an instant lies, in ten-thousandths of the width.
    pub fn share(&self, at: Timestamp) -> i64 {
        at.since(self.from).clamp(0, self.length).saturating_mul(10_000) / self.length
    }

    /// Where an instant lies, in percent.
    pub fn at(&self, at: Timestamp) -> String {
        percent(self.share(at))
    }

    /// The bar from one instant to another; nothing where that is too short to be seen.
    pub fn bar(&self, class: &'static str, from: Timestamp, to: Timestamp, row: Row) -> Option<Element> {
        let (left, right) = (self.share(from), self.share(to));
        let bar = || {
            el("rect")
                .attr("class", class)
                .attr("x", percent(left))
                .attr("y", row.y.to_string())
                .attr("width", percent(right - left))
                .attr("height", row.height.to_string())
        };
        (right > left).then(bar)
    }
}

/// When the days begin that came on top of a segment's term.
pub fn gift_from(segment: &Segment) -> Timestamp {
    segment.end.plus_seconds(-i64::from(segment.gift_days) * DAY).unwrap_or(segment.end)
}

fn percent(share: i64) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

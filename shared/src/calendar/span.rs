//! How long a term lasts (rules M4, M5).

use serde::{Deserialize, Serialize};
use time::Month;

use super::{DAY, Term, Timestamp};

/// How the length of a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayCount {
    /// Calendar months, anchored to a day of the month (rule M4).
    Calendar,
    /// A month is 31 days, a year 365 (rule M5).
    Fixed,
}

/// The stretch of time that a term covers from `start` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first second.
    pub start: Timestamp,
    /// The second after its last.
    pub end: Timestamp,
    /// The day of the month that the next term of the chain is anchored to.
    pub anchor_day: u8,
}

/// The span of `term` from `start` on, plus gift days, in the local time of `start`'s offset (rules M4, M5).
///
/// `anchor_day` is the chain's so far; `None` begins a chain. The result is `None` past the year 9999.
pub fn span(start: Timestamp, anchor_day: Option<u8>, term: Term, gift_days: u32, day_count: DayCount) -> Option<Span> {
    let (_, month, day, ..) = start.civil();
    let length = Month::try_from(month).ok()?.length(start.local().year());
    // The anchor holds as long as the chain's days follow from it; else the day count or the offset was changed.
    let anchor = anchor_day.filter(|anchor| day == (*anchor).min(length)).unwrap_or(day);
    let term_end = match day_count {
        DayCount::Calendar => start.plus_months(term.months(), anchor)?,
        DayCount::Fixed => start.plus_seconds(i64::from(term.fixed_days()) * DAY)?,
    };
    let end = term_end.plus_seconds(i64::from(gift_days) * DAY)?;
    let anchor_day = if gift_days > 0 { end.day() } else { anchor };
    Some(Span { start, end, anchor_day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Offset, Period};

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn m4_the_31st_comes_back_after_february() {
        let month = Term::new(Period::Month, 1).expect("a term");
        let first = span(at("2026-01-31T10:00:00+08:00"), None, month, 0, DayCount::Calendar).expect("in range");
        assert_eq!(first.end.to_string(), "2026-02-28T10:00:00+08:00");
        let second = span(first.end, Some(first.anchor_day), month, 0, DayCount::Calendar).expect("in range");
        assert_eq!(second.end.to_string(), "2026-03-31T10:00:00+08:00");
        assert_eq!(second.anchor_day, 31);
    }

    #[test]
    fn m4_gift_days_move_the_anchor_and_a_strange_day_becomes_it() {
        let gift = span(at("2026-01-31T10:00:00+08:00"), None, Term::YEAR, 3, DayCount::Calendar).expect("in range");
        assert_eq!((gift.end.to_string().as_str(), gift.anchor_day), ("2027-02-03T10:00:00+08:00", 3));
        let moved = span(at("2026-03-20T00:00:00Z"), Some(31), Term::YEAR, 0, DayCount::Fixed).expect("in range");
        assert_eq!((moved.end.to_string().as_str(), moved.anchor_day), ("2027-03-20T00:00:00Z", 20));
    }

    #[test]
    fn m5_fixed_months_have_31_days() {
        let two = Term::new(Period::Month, 2).expect("a term");
        let fixed = span(at("2026-01-31T10:00:00+08:00"), None, two, 0, DayCount::Fixed).expect("in range");
        assert_eq!(fixed.end.to_string(), "2026-04-03T10:00:00+08:00");
    }

    #[test]
    fn the_calendar_ends_without_a_panic() {
        assert_eq!(
            span(
                at("9998-12-31T10:00:00+08:00"),
                None,
                Term::new(Period::Year, 3).expect("a term"),
                0,
                DayCount::Calendar
            ),
            None
        );
        assert_eq!(at("9999-12-31T23:59:59Z").in_offset(Offset::CHINA), None);
    }
}

//! A month of the market's civil time (rule M3).

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::{Offset, Timestamp};

/// A calendar month of the years 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of the year 0.
    index: i32,
}

/// A text that is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMonth;

impl Month {
    /// The month that `at` lies in, where it is written in its own offset.
    pub fn of(at: Timestamp) -> Self {
        let (year, month, ..) = at.civil();
        Self { index: year * 12 + i32::from(month) - 1 }
    }

    /// Its first second; `None` at the end of the calendar.
    pub fn start(self, offset: Offset) -> Option<Timestamp> {
        // Both parts have the digits that an instant wants, or it is none.
        format!("{self}-01T00:00:00{offset}").parse().ok()
    }

    /// The second after its last; `None` at the end of the calendar.
    pub fn end(self, offset: Offset) -> Option<Timestamp> {
        self.next().start(offset)
    }

    /// The month after it.
    pub const fn next(self) -> Self {
        Self { index: self.index + 1 }
    }

    /// The month before it.
    pub const fn previous(self) -> Self {
        Self { index: self.index - 1 }
    }
}

/// `2026-01`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.index.div_euclid(12), self.index.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(NotAMonth);
        }
        let number = |part: &str| part.parse::<i32>().map_err(|_| NotAMonth);
        let (year, month) = (number(year)?, number(month)?);
        (1..=12).contains(&month).then_some(Self { index: year * 12 + month - 1 }).ok_or(NotAMonth)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotAMonth| de::Error::custom("not a month such as 2026-01"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m3_a_month_is_of_the_markets_civil_time() {
        let of = |at: &str| Month::of(at.parse().expect(at)).to_string();
        // The same instant, in two markets.
        assert_eq!(of("2026-02-01T00:30:00+08:00"), "2026-02");
        assert_eq!(of("2026-01-31T16:30:00Z"), "2026-01");
        let month: Month = "2026-12".parse().expect("a month");
        let offset = Offset::CHINA;
        assert_eq!(month.start(offset).expect("in range").to_string(), "2026-12-01T00:00:00+08:00");
        assert_eq!(month.end(offset).expect("in range").to_string(), "2027-01-01T00:00:00+08:00");
        assert_eq!((month.next().to_string(), month.previous().to_string()), ("2027-01".into(), "2026-11".into()));
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in
            ["", "2026", "2026-1", "2026-00", "2026-13", "26-01", "2026-01-01", "2026/01", "-026-01", "２０２６-01"]
        {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
        assert_eq!("9999-12".parse::<Month>().map(|month| month.end(Offset::CHINA)), Ok(None));
    }
}

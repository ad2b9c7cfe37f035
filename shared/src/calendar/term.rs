//! The terms that can be sold (rule S6).

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What a term and a price are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// By the month.
    Month,
    /// By the year.
    Year,
}

/// A term that can be sold: `P1M` … `P11M`, `P1Y` … `P3Y` (rule S6). Ordered by length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    period: Period,
    n: u8,
}

impl Term {
    /// One year.
    pub const YEAR: Self = Self { period: Period::Year, n: 1 };

    /// `n` months (1 to 11) or years (1 to 3).
    pub const fn new(period: Period, n: u8) -> Option<Self> {
        let most = match period {
            Period::Month => 11,
            Period::Year => 3,
        };
        if n >= 1 && n <= most { Some(Self { period, n }) } else { None }
    }

    /// Every term that can be sold, shortest first.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |period| (1..=11).filter_map(move |n| Self::new(period, n));
        of(Period::Month).chain(of(Period::Year))
    }

    /// Its ISO 8601 duration.
    pub const fn as_str(self) -> &'static str {
        const MONTHS: [&str; 11] = ["P1M", "P2M", "P3M", "P4M", "P5M", "P6M", "P7M", "P8M", "P9M", "P10M", "P11M"];
        const YEARS: [&str; 3] = ["P1Y", "P2Y", "P3Y"];
        let index = self.n as usize - 1;
        match self.period {
            Period::Month => MONTHS[index],
            Period::Year => YEARS[index],
        }
    }

    /// `1 年`, `3 个月`, and the same in English.
    pub fn words(self) -> (String, String) {
        let n = self.n;
        let s = if n == 1 { "" } else { "s" };
        match self.period {
            Period::Month => (format!("{n} 个月"), format!("{n} month{s}")),
            Period::Year => (format!("{n} 年"), format!("{n} year{s}")),
        }
    }

    /// Whether it counts months or years.
    pub const fn period(self) -> Period {
        self.period
    }

    /// How many of them.
    pub const fn n(self) -> u8 {
        self.n
    }

    /// Its length in months; a year is 12.
    pub const fn months(self) -> u32 {
        match self.period {
            Period::Month => self.n as u32,
            Period::Year => self.n as u32 * 12,
        }
    }

    /// Its length in days of 31-day months and 365-day years (rules M5, S14).
    pub const fn fixed_days(self) -> u32 {
        match self.period {
            Period::Month => self.n as u32 * 31,
            Period::Year => self.n as u32 * 365,
        }
    }
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Term {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.months().cmp(&other.months())
    }
}

/// A text that is no term that can be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATerm;

impl FromStr for Term {
    type Err = NotATerm;

    fn from_str(text: &str) -> Result<Self, NotATerm> {
        Self::all().find(|term| term.as_str() == text).ok_or(NotATerm)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotATerm| de::Error::custom("not a term"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_print_as_they_parse() {
        let all: Vec<_> = Term::all().collect();
        assert_eq!(all.len(), 14);
        assert!(all.is_sorted());
        for term in all {
            assert_eq!(term.to_string().parse(), Ok(term));
        }
        for text in ["P12M", "P0M", "P4Y", "1Y", "P1D", "p1y", "P01M", "x", ""] {
            assert!(text.parse::<Term>().is_err(), "{text}");
        }
    }
}

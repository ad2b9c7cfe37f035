//! Time: instants with second precision, the marketplace's fixed civil offset, and how long a term lasts (rules M3–M5).
//!
//! Invariant: nothing here reads a clock. An instant is an argument.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A fixed offset from UTC in whole minutes, within a day (rule M3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Offset {
    minutes: i16,
    /// Written `Z`: the same as `+00:00`, kept so that an instant prints as it was given.
    zulu: bool,
}

impl Offset {
    /// China's civil time, the default.
    pub const CHINA: Self = Self { minutes: 480, zulu: false };

    const fn seconds(self) -> i64 {
        self.minutes as i64 * 60
    }
}

/// `+08:00`, `-05:30` or `Z`.
impl FromStr for Offset {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let bytes = text.as_bytes();
        if bytes == b"Z" {
            return Ok(Self { minutes: 0, zulu: true });
        }
        let &[sign @ (b'+' | b'-'), _, _, b':', _, _] = bytes else { return Err(NotATime) };
        let (hours, minutes) = (number(&bytes[1..3])?, number(&bytes[4..6])?);
        let minutes =
            i16::try_from(hours * 60 + minutes).ok().filter(|_| hours < 24 && minutes < 60).ok_or(NotATime)?;
        match sign {
            b'+' => Ok(Self { minutes, zulu: false }),
            // RFC 3339 lets "-00:00" mean "offset unknown", which no instant here may be.
            _ if minutes == 0 => Err(NotATime),
            _ => Ok(Self { minutes: -minutes, zulu: false }),
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.zulu {
            return f.write_str("Z");
        }
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// A text that is no RFC 3339 instant with an offset and whole seconds, or no offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

/// An instant with second precision and the offset it is written in. Compared by instant alone.
#[derive(Clone, Copy, Debug)]
pub struct Timestamp {
    seconds: i64,
    offset: Offset,
}

impl Timestamp {
    /// The instant `seconds` after 1970-01-01T00:00:00Z, written in `offset`; `None` outside the years 0 to 9999.
    pub fn from_unix(seconds: i64, offset: Offset) -> Option<Self> {
        let local = OffsetDateTime::from_unix_timestamp(seconds.checked_add(offset.seconds())?).ok()?;
        (0..=9999).contains(&local.year()).then_some(Self { seconds, offset })
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix(self) -> i64 {
        self.seconds
    }

    /// The offset it is written in.
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The same instant written in another offset; `None` at the very ends of the calendar.
    pub fn in_offset(self, offset: Offset) -> Option<Self> {
        Self::from_unix(self.seconds, offset)
    }

    /// So many seconds later.
    pub fn plus_seconds(self, seconds: i64) -> Option<Self> {
        Self::from_unix(self.seconds.checked_add(seconds)?, self.offset)
    }

    /// Seconds from `earlier` to `self`.
    pub const fn since(self, earlier: Self) -> i64 {
        self.seconds - earlier.seconds
    }

    /// The local day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.local().day()
    }

    /// The local year, month (1 to 12), day, hour, minute and second.
    pub fn civil(self) -> (i32, u8, u8, u8, u8, u8) {
        let local = self.local();
        (local.year(), local.month().into(), local.day(), local.hour(), local.minute(), local.second())
    }

    fn local(self) -> OffsetDateTime {
        // In range by construction.
        OffsetDateTime::from_unix_timestamp(self.seconds + self.offset.seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// `months` later at the same local time, on `anchor` or the month's last day before it (rule M4).
    fn plus_months(self, months: u32, anchor: u8) -> Option<Self> {
        let local = self.local();
        let index = local.year() * 12 + i32::from(u8::from(local.month())) - 1 + i32::try_from(months).ok()?;
        let (year, month) = (index.div_euclid(12), u8::try_from(index.rem_euclid(12) + 1).ok()?);
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, anchor.min(month.length(year))).ok()?;
        let seconds = local.replace_date(date).unix_timestamp() - self.offset.seconds();
        Self::from_unix(seconds, self.offset)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.seconds == other.seconds
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.seconds.cmp(&other.seconds)
    }
}

/// `2026-01-01T10:00:00+08:00`: upper-case letters, no fraction of a second.
impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let bytes = text.as_bytes();
        if bytes.len() < 20 || !text.is_ascii() {
            return Err(NotATime);
        }
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if marks.iter().any(|&(at, mark)| bytes[at] != mark) {
            return Err(NotATime);
        }
        let part = |range: core::ops::Range<usize>| number(&bytes[range]);
        let small = |range| part(range).and_then(|n| u8::try_from(n).map_err(|_| NotATime));
        let month = Month::try_from(small(5..7)?).map_err(|_| NotATime)?;
        let year = i32::try_from(part(0..4)?).map_err(|_| NotATime)?;
        let date = Date::from_calendar_date(year, month, small(8..10)?).map_err(|_| NotATime)?;
        let local = date.with_hms(small(11..13)?, small(14..16)?, small(17..19)?).map_err(|_| NotATime)?;
        let offset: Offset = text[19..].parse()?;
        let seconds = local.assume_offset(UtcOffset::UTC).unix_timestamp() - offset.seconds();
        Ok(Self { seconds, offset })
    }
}

impl Timestamp {
    /// Its text without the offset, on the stack.
    fn civil_text(self) -> [u8; 19] {
        let (year, month, day, hour, minute, second) = self.civil();
        let mut text = *b"0000-00-00T00:00:00";
        let year = year.unsigned_abs();
        let pairs = [
            (0, year / 100),
            (2, year % 100),
            (5, month.into()),
            (8, day.into()),
            (11, hour.into()),
            (14, minute.into()),
            (17, second.into()),
        ];
        for (at, two_digits) in pairs {
            text[at] = b'0' + (two_digits / 10) as u8;
            text[at + 1] = b'0' + (two_digits % 10) as u8;
        }
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::str::from_utf8(&self.civil_text()).unwrap_or_default())?;
        self.offset.fmt(f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotATime| de::Error::custom("not an RFC 3339 instant with whole seconds"))
    }
}

/// A number of ASCII digits.
fn number(digits: &[u8]) -> Result<u32, NotATime> {
    digits.iter().try_fold(0, |n, digit| match digit {
        b'0'..=b'9' => Ok(n * 10 + u32::from(digit - b'0')),
        _ => Err(NotATime),
    })
}

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

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn instants_print_as_they_parse() {
        for text in [
            "2026-01-01T10:00:00+08:00",
            "2024-02-29T23:59:59Z",
            "0000-01-01T00:00:00-23:59",
            "9999-12-31T23:59:59+05:45",
        ] {
            assert_eq!(at(text).to_string(), text);
        }
    }

    #[test]
    fn hostile_instants_are_refused() {
        for text in [
            "",
            "2026-01-01",
            "2026-01-01T10:00:00",
            "2026-01-01T10:00:00.5+08:00",
            "2026-01-01T10:00:00.000Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T23:59:60Z",
            "2026-01-01t10:00:00Z",
            "2026-01-01 10:00:00Z",
            "2026-01-01T10:00:00+24:00",
            "2026-01-01T10:00:00-00:00",
            "+026-01-01T10:00:00Z",
            "２026-01-01T10:00:00Z",
            "2026-01-01T10:00:00+8:00",
            "2026-01-01T10:00:00ZZ",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
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

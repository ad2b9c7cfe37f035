//! Instants with second precision, and their civil date and time (rule M3).

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month, OffsetDateTime, UtcOffset};

use super::offset::number;
use super::{NotATime, Offset};

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

    pub(super) fn local(self) -> OffsetDateTime {
        // In range by construction.
        OffsetDateTime::from_unix_timestamp(self.seconds + self.offset.seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// `months` later at the same local time, on `anchor` or the month's last day before it (rule M4).
    pub(super) fn plus_months(self, months: u32, anchor: u8) -> Option<Self> {
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
        // A year has four digits by construction.
        let [century, year] = [year / 100, year % 100].map(|n| u8::try_from(n).unwrap_or_default());
        let pairs = [(0, century), (2, year), (5, month), (8, day), (11, hour), (14, minute), (17, second)];
        for (at, two_digits) in pairs {
            text[at] = b'0' + two_digits / 10;
            text[at + 1] = b'0' + two_digits % 10;
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
}

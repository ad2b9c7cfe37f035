//! The civil calendar by arithmetic on days.

/// An instant as it is written: seconds since 1970 and the offset's seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix: i64,
    /// Seconds east of UTC.
    pub offset: i64,
}

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let before =
        |year: i64| 365 * year + (year + 3).div_euclid(4) - (year + 99).div_euclid(100) + (year + 399).div_euclid(400);
    let in_year: i64 = (1..month).map(|month| month_days(year, month)).sum();
    before(year) - before(1970) + in_year + day - 1
}

/// How many days a month has.
pub fn month_days(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Moment {
    /// Reads an RFC 3339 instant, or an offset alone with `read_offset`.
    ///
    /// # Panics
    /// Where it is none.
    pub fn read(text: &str) -> Self {
        let number = |range: core::ops::Range<usize>| text[range].parse::<i64>().expect("digits");
        let seconds = days(number(0..4), number(5..7), number(8..10)) * DAY
            + number(11..13) * 3600
            + number(14..16) * 60
            + number(17..19);
        let offset = read_offset(&text[19..]);
        Self { unix: seconds - offset, offset }
    }

    /// Year, month, day and second of the day, locally.
    pub fn civil(self) -> (i64, i64, i64, i64) {
        let local = self.unix + self.offset;
        let (mut rest, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let mut year = 1970 + rest.div_euclid(366);
        while days(year + 1, 1, 1) <= rest {
            year += 1;
        }
        while days(year, 1, 1) > rest {
            year -= 1;
        }
        rest -= days(year, 1, 1);
        let mut month = 1;
        while rest >= month_days(year, month) {
            rest -= month_days(year, month);
            month += 1;
        }
        (year, month, rest + 1, second)
    }
}

/// Seconds east of UTC.
///
/// # Panics
/// Where the text is no offset.
pub fn read_offset(text: &str) -> i64 {
    if text == "Z" {
        return 0;
    }
    let seconds = text[1..3].parse::<i64>().expect("hours") * 3600 + text[4..6].parse::<i64>().expect("minutes") * 60;
    if text.starts_with('-') { -seconds } else { seconds }
}

/// A term's months.
///
/// # Panics
/// Where the text is no term.
pub fn months(term: &str) -> i64 {
    let n: i64 = term[1..term.len() - 1].parse().expect("a term");
    if term.ends_with('Y') { 12 * n } else { n }
}

/// Where a term from `start` on ends, and the anchor that goes on from there (rules M4, M5).
///
/// # Panics
/// Where the text is no term.
pub fn end(start: Moment, anchor: Option<i64>, term: &str, gift_days: i64, fixed: bool) -> (i64, i64) {
    let (year, month, day, second) = start.civil();
    let anchor = match anchor {
        Some(anchor) if anchor.min(month_days(year, month)) == day => anchor,
        _ => day,
    };
    let unix = if fixed {
        let n: i64 = term[1..term.len() - 1].parse().expect("a term");
        start.unix + n * DAY * if term.ends_with('Y') { 365 } else { 31 }
    } else {
        let index = year * 12 + month - 1 + months(term);
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
        days(year, month, anchor.min(month_days(year, month))) * DAY + second - start.offset
    };
    let unix = unix + gift_days * DAY;
    let anchor = if gift_days > 0 { Moment { unix, ..start }.civil().2 } else { anchor };
    (unix, anchor)
}

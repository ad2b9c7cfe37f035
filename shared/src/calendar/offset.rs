//! The marketplace's civil time: a fixed offset from UTC (rule M3).

use core::fmt;
use core::str::FromStr;

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

    pub(super) const fn seconds(self) -> i64 {
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

/// A number of ASCII digits.
pub(super) fn number(digits: &[u8]) -> Result<u32, NotATime> {
    digits.iter().try_fold(0, |n, digit| match digit {
        b'0'..=b'9' => Ok(n * 10 + u32::from(digit - b'0')),
        _ => Err(NotATime),
    })
}

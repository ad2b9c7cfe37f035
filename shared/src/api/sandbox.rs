//! The sandbox: its payment provider and its clock. None of it exists outside the sandbox.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::{DAY, Timestamp};
use crate::money::Fen;

/// The sandbox clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The market's time.
    pub now: Timestamp,
}

/// Sets the sandbox clock forward: one of the two. Never backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClockSet {
    /// To an instant.
    At(Timestamp),
    /// By a duration.
    Advance(Advance),
}

/// How far the clock is set forward: an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as `P30D` or
/// `PT1H30M`. Months and years have no one length and are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    seconds: i64,
}

impl Advance {
    /// A hundred years: nothing is sold for longer.
    const MOST: i64 = 36_525 * DAY;

    /// So many seconds; `None` below zero or above a hundred years.
    pub fn new(seconds: i64) -> Option<Self> {
        (0..=Self::MOST).contains(&seconds).then_some(Self { seconds })
    }

    /// In seconds.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }
}

/// A text that is no duration that a clock can be set forward by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADuration;

impl FromStr for Advance {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<Self, NotADuration> {
        let text = text.strip_prefix('P').ok_or(NotADuration)?;
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        if time == Some("") || (time.is_none() && date.is_empty()) {
            return Err(NotADuration);
        }
        let date = parts(date, &[('W', 7 * DAY), ('D', DAY)])?;
        let time = parts(time.unwrap_or_default(), &[('H', 3600), ('M', 60), ('S', 1)])?;
        date.checked_add(time).and_then(Self::new).ok_or(NotADuration)
    }
}

/// Numbers, each followed by one of the units, in the order of the units.
fn parts(mut text: &str, units: &[(char, i64)]) -> Result<i64, NotADuration> {
    let mut sum = 0_i64;
    for &(unit, seconds) in units {
        let Some((number, rest)) = text.split_once(unit) else { continue };
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotADuration);
        }
        let number: i64 = number.parse().map_err(|_| NotADuration)?;
        sum = number.checked_mul(seconds).and_then(|part| sum.checked_add(part)).ok_or(NotADuration)?;
        text = rest;
    }
    if text.is_empty() { Ok(sum) } else { Err(NotADuration) }
}

impl fmt::Display for Advance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.seconds / DAY, self.seconds % DAY) {
            (days, 0) => write!(f, "P{days}D"),
            (0, seconds) => write!(f, "PT{seconds}S"),
            (days, seconds) => write!(f, "P{days}DT{seconds}S"),
        }
    }
}

impl Serialize for Advance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Advance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotADuration| de::Error::custom("not a duration such as P30D"))
    }
}

/// A payment as the sandbox provider's page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxPayment {
    /// The payment's id with the provider.
    pub id: String,
    /// The order that it is for.
    pub order: String,
    /// What is paid for, in words.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// How much.
    pub amount: Fen,
    /// Where it stands with the provider.
    pub state: SandboxState,
}

/// Where a payment stands with the sandbox provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SandboxState {
    /// Waits for the payer.
    Open,
    /// The payer has paid; the market may know of it or not.
    Paid,
    /// The payer refused.
    Refused,
}

/// What the payer has the sandbox provider do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlayRequest {
    /// What.
    pub play: Play,
}

/// What the sandbox provider can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Play {
    /// Takes the money and notifies at once.
    Pay,
    /// Takes the money; the notification comes after the order has closed.
    Late,
    /// Takes the money and notifies many times.
    Double,
    /// Takes the money; the first notifications get lost.
    Lost,
    /// Takes the money; an older notification arrives after the one that says so.
    OutOfOrder,
    /// Notifies of another amount.
    WrongAmount,
    /// Takes no money.
    Refuse,
}

impl Play {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Pay, Self::Late, Self::Double, Self::Lost, Self::OutOfOrder, Self::WrongAmount, Self::Refuse];
}

/// The header with a notification's signature: HMAC-SHA-256 over the body with the provider's key, in hexadecimal.
pub const NOTIFICATION_SIGNATURE: &str = "Quotient-Sandbox-Signature";

/// What the sandbox provider tells the market; the exact body is what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentNotification {
    /// The payment's id.
    pub payment: String,
    /// The provider's number for the movement of money: the same in every notification of it.
    pub transaction: String,
    /// The order that it is for.
    pub order: String,
    /// How much was taken.
    pub amount: Fen,
    /// What became of the payment.
    pub state: SandboxState,
    /// When.
    pub at: Timestamp,
}

/// What the sandbox provider tells the market of a refund; the exact body is what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundNotification {
    /// The refund's id.
    pub refund: String,
    /// The provider's number for the movement of money: the same in every notification of it.
    pub transaction: String,
    /// How much was sent back.
    pub amount: Fen,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_one_length_only() {
        for (text, seconds, printed) in [
            ("P30D", 30 * DAY, "P30D"),
            ("P1W", 7 * DAY, "P7D"),
            ("PT1H30M", 5400, "PT5400S"),
            ("P1DT1S", DAY + 1, "P1DT1S"),
            ("PT0S", 0, "P0D"),
            ("P36525D", 36_525 * DAY, "P36525D"),
        ] {
            let advance: Advance = text.parse().expect(text);
            assert_eq!((advance.seconds(), advance.to_string().as_str()), (seconds, printed), "{text}");
            assert_eq!(printed.parse(), Ok(advance), "{printed}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1DT",
            "1D",
            "P1M",
            "P1Y",
            "P-1D",
            "P+1D",
            "P1.5D",
            "P1",
            "PD",
            "P1D1W",
            "PT1S1H",
            "P1D ",
            "p1d",
            "P36526D",
            "P36525DT1S",
            "P99999999999999999999D",
            "P9223372036854775807W",
        ] {
            assert_eq!(text.parse::<Advance>(), Err(NotADuration), "{text}");
        }
    }

    #[test]
    fn the_clock_is_set_as_the_contract_says() {
        let set = |text| serde_json::from_str::<ClockSet>(text);
        let at = "2027-01-01T00:00:00+08:00".parse().expect("an instant");
        assert_eq!(set(r#"{"at": "2027-01-01T00:00:00+08:00"}"#).expect("at"), ClockSet::At(at));
        let advance = ClockSet::Advance("P30D".parse().expect("a duration"));
        assert_eq!(set(r#"{"advance": "P30D"}"#).expect("advance"), advance);
        for both_or_none in [r#"{"at": "2027-01-01T00:00:00+08:00", "advance": "P30D"}"#, "{}", r#"{"back": "P1D"}"#] {
            assert!(set(both_or_none).is_err(), "{both_or_none}");
        }
    }
}

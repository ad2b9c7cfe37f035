//! Money: whole fen, and the only places where a division may round.
//!
//! Invariant: no floating point, ever. A price is parsed from its decimal text once, through [`rust_decimal`],
//! and is integer [`Fen`] from then on. Every division goes through [`mul_div`] and names its [`Rounding`] (rule M2).

use core::fmt;
use core::ops::{Add, Neg, Sub};
use core::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount of money: a whole number of fen (1/100 yuan), tax included (rule M1). Printed as yuan: `208.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(i64);

/// A line, a sum or a total came out above [`Fen::LIMIT`] (contract: `amount_overflow`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

/// A text that is no amount: not a plain decimal, more than two decimals, or above the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAmount;

impl Fen {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount that any line, sum or total may reach: 10^15 fen (contract).
    pub const LIMIT: Self = Self(1_000_000_000_000_000);
    /// The largest price: 99,999,999.99 yuan (rule M1).
    pub const MAX_PRICE: Self = Self(9_999_999_999);

    /// So many fen.
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// The number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// A price as a configuration writes it: decimal yuan, 0 to 2 decimals, 0 to [`Fen::MAX_PRICE`] (rule M1).
    pub fn parse_price(text: &str) -> Result<Self, NotAnAmount> {
        text.parse().ok().filter(|price| *price <= Self::MAX_PRICE).ok_or(NotAnAmount)
    }

    /// `self` where it is within [`Fen::LIMIT`].
    pub fn within_limit(self) -> Result<Self, Overflow> {
        if self <= Self::LIMIT { Ok(self) } else { Err(Overflow) }
    }

    /// `self × n`, within the limit.
    pub fn times(self, n: i64) -> Result<Self, Overflow> {
        self.0.checked_mul(n).map(Self).ok_or(Overflow)?.within_limit()
    }

    /// `self × n` for an amount that is within the limit itself: no more than 2.55 × 10^17, so nothing overflows.
    #[inline]
    pub fn times_small(self, n: u8) -> Result<Self, Overflow> {
        Self(self.0 * i64::from(n)).within_limit()
    }

    /// `self + other` of two amounts within the limit, within it too.
    #[inline]
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        Self(self.0 + other.0).within_limit()
    }
}

/// Amounts that are both within the limit add up without overflow: 10^15 is far from `i64::MAX`.
impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

/// An amount written with 0 to 2 decimals and no sign, at most [`Fen::LIMIT`].
impl FromStr for Fen {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let decimal = plain_decimal(text, 2).ok_or(NotAnAmount)?;
        fixed_point(decimal, 2).map(Self).filter(|fen| *fen <= Self::LIMIT).ok_or(NotAnAmount)
    }
}

/// An amount as text, on the stack.
struct Text {
    bytes: [u8; 24],
    from: usize,
}

impl Text {
    fn new(amount: Fen) -> Self {
        let mut text = Self { bytes: [b'0'; 24], from: 24 };
        let mut fen = amount.0.unsigned_abs();
        let mut digits = 0;
        while fen > 0 || digits < 3 {
            if digits == 2 {
                text.push(b'.');
            }
            text.push(b'0' + (fen % 10) as u8);
            fen /= 10;
            digits += 1;
        }
        if amount.0 < 0 {
            text.push(b'-');
        }
        text
    }

    /// Writes one more character to the left. 19 digits, a point and a sign fit.
    fn push(&mut self, byte: u8) {
        self.from -= 1;
        self.bytes[self.from] = byte;
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[self.from..]).unwrap_or_default()
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Text::new(*self).as_str())
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Text::new(*self).as_str())
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
        let fen: Self = digits.parse().map_err(|NotAnAmount| de::Error::custom("not an amount of yuan"))?;
        Ok(if negative { -fen } else { fen })
    }
}

/// A discount's multiplier, in ten-thousandths: `0.85` is 8500 (rule S14: 0.70 to 1.00, at most 4 decimals).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u16);

impl Rate {
    const ONE: u16 = 10_000;
    const LOWEST: u16 = 7_000;

    /// A discount as a configuration writes it; `None` outside 0.70 to 1.00 or with more than 4 decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let ten_thousandths = fixed_point(plain_decimal(text, 4)?, 4)?;
        let rate = u16::try_from(ten_thousandths).ok()?;
        (Self::LOWEST..=Self::ONE).contains(&rate).then_some(Self(rate))
    }

    /// The rate in ten-thousandths.
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// What the discount takes off a list sum: round(list × (1 − rate)), half away from zero (rule Q3).
    pub fn taken_off(self, list: Fen) -> Fen {
        let off = i64::from(Self::ONE - self.0);
        Fen(mul_div(list.0, off, i64::from(Self::ONE), Rounding::HalfAwayFromZero))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:04}", self.0 / Self::ONE, self.0 % Self::ONE);
        let trimmed = text.trim_end_matches('0');
        f.write_str(trimmed.strip_suffix('.').unwrap_or(trimmed))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a discount"))
    }
}

/// How a division is rounded to the fen (rule M2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The rule: to the nearest, halves away from zero.
    HalfAwayFromZero,
    /// Credit only: down, so that no chain of changes makes money out of fractions.
    Down,
    /// The difference of a change to a dearer selection only: up, for the same reason.
    Up,
}

/// `a × b ÷ divisor` in whole fen, computed without overflow and rounded as named.
///
/// `divisor` is above zero. A result past `i64` is clamped to its bounds, which are past [`Fen::LIMIT`] too, so that
/// [`Fen::within_limit`] refuses it.
pub fn mul_div(a: i64, b: i64, divisor: i64, rounding: Rounding) -> i64 {
    const SMALL: u64 = 1 << 31;
    if a.unsigned_abs() < SMALL && b.unsigned_abs() < SMALL && divisor.unsigned_abs() < SMALL {
        // The same in narrow arithmetic, which is much faster in wasm.
        let product = a * b;
        return match rounding {
            Rounding::Down => product.div_euclid(divisor),
            Rounding::Up => -(-product).div_euclid(divisor),
            Rounding::HalfAwayFromZero => product.signum() * ((2 * product.abs() + divisor) / (2 * divisor)),
        };
    }
    let product = i128::from(a) * i128::from(b);
    let divisor = i128::from(divisor);
    let quotient = match rounding {
        Rounding::Down => product.div_euclid(divisor),
        Rounding::Up => -(-product).div_euclid(divisor),
        Rounding::HalfAwayFromZero => {
            let magnitude = (2 * product.abs() + divisor) / (2 * divisor);
            if product < 0 { -magnitude } else { magnitude }
        }
    };
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

/// Shares `total` over `weights` by largest remainder, ties to the earlier; all on the last where every weight is 0.
pub fn share(total: Fen, weights: &[i64]) -> Vec<Fen> {
    let sum: i128 = weights.iter().map(|&w| i128::from(w)).sum();
    let Some(last) = weights.len().checked_sub(1) else { return Vec::new() };
    if sum == 0 {
        return (0..=last).map(|i| if i == last { total } else { Fen::ZERO }).collect();
    }
    let exact = |w: i64| i128::from(total.0) * i128::from(w);
    let floor = |w: i64| i64::try_from(exact(w).div_euclid(sum)).unwrap_or(i64::MAX);
    let mut shares: Vec<Fen> = weights.iter().map(|&w| Fen(floor(w))).collect();
    let left = total.0 - shares.iter().map(|s| s.0).sum::<i64>();
    let mut remainders: Vec<i128> = weights.iter().map(|&w| exact(w).rem_euclid(sum)).collect();
    for _ in 0..left {
        // Of equal remainders the earlier comes first; a list of shares is at most a hundred long.
        let largest = (0..=last).rev().max_by_key(|&i| remainders[i]).unwrap_or(last);
        shares[largest].0 += 1;
        remainders[largest] = -1;
    }
    shares
}

/// A decimal of ASCII digits with at most `decimals` of them after an optional point: no sign, exponent or spaces.
fn plain_decimal(text: &str, decimals: usize) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > decimals {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

/// `decimal` as a whole number of units of 10^-`scale`.
fn fixed_point(decimal: Decimal, scale: u32) -> Option<i64> {
    let missing = scale.checked_sub(decimal.scale())?;
    let units = decimal.mantissa().checked_mul(10_i128.pow(missing))?;
    i64::try_from(units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m1_prices_are_plain_decimals_with_at_most_two_decimals() {
        for (text, fen) in
            [("0", 0), ("12", 1200), ("1.5", 150), ("0.07", 7), ("007", 700), ("99999999.99", 9_999_999_999)]
        {
            assert_eq!(Fen::parse_price(text), Ok(Fen(fen)), "{text}");
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1.234",
            "1.000",
            "-1",
            "+1",
            "1e3",
            "1_0",
            " 1",
            "1 ",
            "abc",
            "NaN",
            "١",
            "100000000",
            "1,000",
            "99999999999999999999999999999999999999999",
        ] {
            assert_eq!(Fen::parse_price(text), Err(NotAnAmount), "{text}");
        }
    }

    #[test]
    fn amounts_print_with_two_decimals() {
        for (fen, text) in [
            (0, "0.00"),
            (7, "0.07"),
            (-30, "-0.30"),
            (20_800, "208.00"),
            (i64::MIN, "-92233720368547758.08"),
            (i64::MAX, "92233720368547758.07"),
        ] {
            assert_eq!(Fen(fen).to_string(), text);
        }
    }

    #[test]
    fn m2_rounding_is_named() {
        let round = |a, b, d| {
            [Rounding::HalfAwayFromZero, Rounding::Down, Rounding::Up].map(|rounding| mul_div(a, b, d, rounding))
        };
        assert_eq!(round(5, 1, 10), [1, 0, 1]);
        assert_eq!(round(-5, 1, 10), [-1, -1, 0]);
        assert_eq!(round(4, 1, 10), [0, 0, 1]);
        assert_eq!(round(100_000, 100, 365), [27_397, 27_397, 27_398]); // rule M6: 1000 yuan, 100 days of 365
        assert_eq!(round(i64::MAX, i64::MAX, 1), [i64::MAX; 3]);
    }

    #[test]
    fn shares_add_up_with_remainders_to_the_largest_then_the_earlier() {
        let fen = |amounts: &[i64]| amounts.iter().map(|&a| Fen(a)).collect::<Vec<_>>();
        assert_eq!(share(Fen(40_001), &[1, 1]), fen(&[20_001, 20_000])); // rule O2's example
        assert_eq!(share(Fen(100), &[1, 2]), fen(&[33, 67]));
        assert_eq!(share(Fen(7), &[0, 0]), fen(&[0, 7]));
        assert_eq!(share(Fen(7), &[]), fen(&[]));
    }

    #[test]
    fn rates_print_as_they_parse() {
        for text in ["0.7", "0.85", "0.7001", "1"] {
            assert_eq!(Rate::parse(text).map(|rate| rate.to_string()).as_deref(), Some(text));
        }
        for text in ["0.69", "0.6999", "1.0001", "0.70000", "-1", "x", ""] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }
}

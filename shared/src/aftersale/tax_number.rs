//! The number by which the tax office knows a taxpayer (纳税人识别号).

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, de};

/// A tax number, in capital letters. One of
///
/// - 18 characters: a unified social credit code (GB 32100), whose last character is its check digit;
/// - 15 characters: the older form, six digits of the region and nine digits or letters;
/// - 20 characters: of a sole trader, an identity number with its check digit (GB 11643) and two digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct TaxNumber(String);

/// A text that is none: of another length, with other characters, or with a wrong check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATaxNumber;

/// The characters of a unified social credit code in the order of their values: no I, O, S, V and Z.
const CREDIT: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl TaxNumber {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TaxNumber {
    type Err = NotATaxNumber;

    fn from_str(text: &str) -> Result<Self, NotATaxNumber> {
        let text = text.trim().to_ascii_uppercase();
        let bytes = text.as_bytes();
        let good = match bytes.len() {
            18 => is_credit_code(bytes),
            15 => digits(&bytes[..6]) && bytes[6..].iter().all(u8::is_ascii_alphanumeric),
            20 => is_identity(&bytes[..18]) && digits(&bytes[18..]),
            _ => false,
        };
        good.then_some(Self(text)).ok_or(NotATaxNumber)
    }
}

impl fmt::Display for TaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TaxNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotATaxNumber| de::Error::custom("not a tax number"))
    }
}

fn digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// GB 32100: the values of the first 17 characters, weighted by powers of 3 modulo 31, and the check digit sum to a
/// multiple of 31. The region (third to eighth) is written in digits.
fn is_credit_code(bytes: &[u8]) -> bool {
    let values = bytes.iter().map(|byte| CREDIT.iter().position(|it| it == byte));
    let Some(values) = values.collect::<Option<Vec<usize>>>() else { return false };
    let weighted = values.iter().zip(powers(3, 31)).take(17).map(|(value, weight)| value * weight);
    let sum = weighted.sum::<usize>() + values[17];
    digits(&bytes[2..8]) && sum.is_multiple_of(31)
}

/// GB 11643 (ISO 7064, MOD 11-2): the last of 18 is a digit, or X for ten.
fn is_identity(bytes: &[u8]) -> bool {
    if !digits(&bytes[..17]) {
        return false;
    }
    let last = match bytes[17] {
        b'X' => 10,
        digit @ b'0'..=b'9' => usize::from(digit - b'0'),
        _ => return false,
    };
    // The weights are the powers of 2 from right to left; the check digit's own is 1.
    let weights: Vec<usize> = powers(2, 11).take(18).collect();
    let sum: usize = bytes[..17].iter().zip(weights.iter().rev()).map(|(digit, w)| usize::from(digit - b'0') * w).sum();
    (sum + last) % 11 == 1
}

/// 1, `base`, `base`² … modulo `modulus`.
fn powers(base: usize, modulus: usize) -> impl Iterator<Item = usize> {
    core::iter::successors(Some(1), move |power| Some(power * base % modulus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o5_numbers_in_use_are_taken() {
        for text in [
            "91330100799655058B",
            "9144030071526726XG",
            "914403001922038216",
            "91110000802100433B",
            " 91110108551385082q ",
            "330100799655058",
            "33010079965505A",
            "11010519491231002X01",
        ] {
            let number: TaxNumber = text.parse().expect(text);
            assert_eq!(number.as_str(), text.trim().to_uppercase());
        }
    }

    #[test]
    fn o5_what_is_mistyped_is_refused() {
        for text in [
            "",
            "91330100799655058C",
            "91330100799655085B",
            "9133010079965505B",
            "91330100799655058BB",
            "9133010079965505I8",
            "9133010A799655058B",
            "９１３３０１００７９９６５５０５８Ｂ",
            "3301A0799655058",
            "33010079965505-",
            "11010519491231002101",
            "11010519491231002XA1",
        ] {
            assert_eq!(text.parse::<TaxNumber>(), Err(NotATaxNumber), "{text}");
        }
    }

    /// One character mistyped, or two neighbours exchanged, is always found in a credit code.
    #[test]
    fn o5_a_credit_code_finds_every_single_mistake() {
        let right = b"914403001922038216";
        for at in 0..18 {
            for other in CREDIT.iter().filter(|other| **other != right[at]) {
                let mut wrong = *right;
                wrong[at] = *other;
                assert!(!is_credit_code(&wrong), "{at}: {}", char::from(*other));
            }
            if at < 17 && right[at] != right[at + 1] {
                let mut wrong = *right;
                wrong.swap(at, at + 1);
                assert!(!is_credit_code(&wrong), "{at} exchanged");
            }
        }
    }
}

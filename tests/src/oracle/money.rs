//! Amounts as wide integers of fen.

use serde_json::Value;

/// The largest line, sum or total (contract).
pub const LIMIT: i128 = 1_000_000_000_000_000;

/// The fen of an amount written in yuan with 0 to 2 decimals.
///
/// # Panics
/// Where it is none.
pub fn fen(amount: &Value) -> i128 {
    scaled(amount.as_str().unwrap_or_else(|| panic!("no amount: {amount}")), 2)
}

/// The fen of an amount that the evaluator answered with: exactly two decimals.
///
/// # Panics
/// Where it is none.
pub fn exact_fen(amount: &Value) -> i128 {
    let text = amount.as_str().unwrap_or_else(|| panic!("no amount: {amount}"));
    assert_eq!(text.len() - text.find('.').unwrap_or(0), 3, "two decimals: {text}");
    assert!(!text.starts_with("-0.00"), "no negative nothing");
    scaled(text, 2)
}

/// A decimal in units of 10^-`decimals`.
///
/// # Panics
/// Where it is none.
pub fn scaled(text: &str, decimals: usize) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= decimals, "too many decimals: {text}");
    let padded = format!("{whole}{fraction:0<decimals$}");
    sign * padded.parse::<i128>().unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// a / b to the nearest, halves away from zero; `b` above zero.
pub fn round(a: i128, b: i128) -> i128 {
    let (quotient, rest) = (a / b, a % b);
    if 2 * rest.abs() >= b { quotient + a.signum() } else { quotient }
}

/// a / b rounded up; `b` above zero.
pub fn ceil(a: i128, b: i128) -> i128 {
    a / b + i128::from(a % b > 0)
}

/// a / b rounded down; neither below zero.
pub fn floor(a: i128, b: i128) -> i128 {
    a / b
}

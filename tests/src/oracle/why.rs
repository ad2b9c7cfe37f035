//! A quote line's amount from nothing but its own explanation.

use serde_json::Value;

use super::money::{ceil, exact_fen, floor, round, scaled};
use super::{int, list, text};

/// What the operands of a line make; `before` is the sum of the lines above it.
///
/// # Panics
/// Where the explanation contradicts itself or the lines above it.
pub fn amount(line: &Value, before: i128) -> i128 {
    let why = &line["why"];
    match text(why, "rule") {
        "price" => part_of_year(why, charged(why)),
        "tiers" => part_of_year(why, tiers(why)),
        "discount" => {
            assert_eq!(exact_fen(&why["list"]), before, "a discount is on the sum of the lines above: {line}");
            -round(before * (10_000 - scaled(text(why, "rate"), 4)), 10_000)
        }
        "cap" => {
            assert_eq!(exact_fen(&why["before"]), before, "the cap is on the sum of the lines above: {line}");
            exact_fen(&why["cap"]) - before
        }
        "difference" => {
            let (left, whole) = (int(why, "left_seconds"), int(why, "term_seconds"));
            assert!(left > 0 && whole > 0, "{line}");
            let of = |pair: &Value| ceil((exact_fen(&pair["new"]) - exact_fen(&pair["old"])) * left, whole);
            list(why, "prices").iter().map(of).max().expect("a pair of prices").max(0)
        }
        "credit" => {
            let (left, whole) = (int(why, "left_seconds"), int(why, "length_seconds"));
            assert!(0 < left && left <= whole, "{line}");
            -floor(exact_fen(&why["paid"]) * left, whole)
        }
        other => panic!("unknown rule {other} in {line}"),
    }
}

/// Price × multiple.
fn charged(priced: &Value) -> i128 {
    let multiple = int(priced, "multiple");
    assert!((1..=36).contains(&multiple), "{priced}");
    exact_fen(&priced["price"]) * multiple
}

fn part_of_year(why: &Value, of_year: i128) -> i128 {
    if why["months_of_year"].is_null() { of_year } else { round(of_year * int(why, "months_of_year"), 12) }
}

fn tiers(why: &Value) -> i128 {
    let (parts, quantity) = (list(why, "parts"), int(why, "quantity"));
    let units: i128 = parts.iter().map(|part| int(part, "units")).sum();
    assert_eq!(units, quantity, "every unit is in one tier: {why}");
    for part in parts {
        let last = if part["to"].is_null() { i128::MAX } else { int(part, "to") };
        assert!(int(part, "from") <= last, "{part}");
    }
    parts.iter().map(|part| if part["flat"] == true { charged(part) } else { charged(part) * int(part, "units") }).sum()
}

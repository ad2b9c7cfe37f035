//! What only text can say: lines that are no JSON, and repeated fields.

use crate::Case;
use crate::documents::{co_term, purchase};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = no_requests();
    cases.extend(repeated());
    cases
}

fn no_requests() -> Vec<Case> {
    let malformed = |at| [("malformed", at)];
    let lines = [
        ("a blank line", "", ""),
        ("spaces", " \t ", ""),
        ("a word", "purchase", ""),
        ("half an object", "{\"op\":\"validate\"", ""),
        ("two documents", "{\"op\":\"validate\"} {}", ""),
        ("NaN", "{\"op\":NaN}", ""),
        ("a number beyond all numbers", "{\"op\":1e999}", ""),
        ("a byte order mark", "\u{feff}{}", ""),
        ("half a surrogate pair", "{\"op\":\"\\ud800\"}", ""),
        ("a trailing comma", "{\"op\":\"validate\",}", ""),
        ("a list", "[]", ""),
        ("null", "null", ""),
        ("no operation", "{}", "/op"),
        ("operation null", "{\"op\":null}", "/op"),
        ("an unknown operation", "{\"op\":\"refund\"}", "/op"),
        ("an operation no text", "{\"op\":1}", "/op"),
    ];
    lines.into_iter().map(|(name, line, at)| Case::new(name, line.to_owned(), &malformed(at))).collect()
}

/// Each field of a kind of object, written twice.
fn repeated() -> Vec<Case> {
    let purchase = purchase().to_string();
    let change = co_term().to_string();
    let twice = |name: &'static str, line: &str, field: &str, at: &'static str| {
        assert!(line.contains(field), "{field} is in {line}");
        Case::new(name, line.replacen(field, &format!("{field},{field}"), 1), &[("malformed", at)])
    };
    vec![
        twice("op", &purchase, "\"op\":\"purchase\"", "/op"),
        twice("at", &purchase, "\"at\":\"2026-01-01T10:00:00+08:00\"", "/at"),
        twice("sale mode", &purchase, "\"sale_mode\":\"subscription\"", "/config/sale_mode"),
        twice("edition code", &purchase, "\"code\":\"standard\"", "/config/editions/0/code"),
        twice("kind of charge", &purchase, "\"kind\":\"quantity\"", "/config/editions/0/charges/0/kind"),
        twice("from", &purchase, "\"from\":5", "/config/editions/0/charges/0/tiers/0/from"),
        twice("option value", &purchase, "\"value\":\"APP+WAP\"", "/config/editions/0/charges/1/values/0/value"),
        twice("offer", &purchase, "\"discount\":\"0.85\"", "/config/term_offers/0/discount"),
        twice("upgrade", &purchase, "\"to\":\"pro\"", "/config/upgrades/0/to"),
        twice("count", &purchase, "\"count\":1", "/selection/count"),
        twice("a quantity", &purchase, "\"users\":10", "/selection/quantities/users"),
        twice("an option", &purchase, "\"model\":\"APP+WAP\"", "/selection/options/model"),
        twice("mode", &change, "\"mode\":\"co_term\"", "/mode"),
        twice("trial", &change, "\"trial\":false", "/subscription/trial"),
        twice("a stored quantity", &change, "\"users\":10", "/subscription/quantities/users"),
        twice("paid", &change, "\"paid\":\"115.60\"", "/subscription/segments/0/paid"),
    ]
}

//! Every refusal of the contract: what is reported for what, and where.
//!
//! The tables beside this file have one case a line: a name; JSON pointers and the values put there, `gone` for none;
//! and after `=>` exactly what must be reported, in order; nothing in the tables of what is accepted. A `.` is the whole
//! document.

mod documents;
mod many;
mod texts;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::codes::{all, check_answer, han};
use tests::document::{gone, with};
use tests::evaluate::evaluate_line;

use crate::documents::{co_term, config, credit, one_time, one_time_purchase, purchase, re_term, renewal};

/// A request line with what must be reported for it.
struct Case {
    name: String,
    line: String,
    expected: Vec<(String, String)>,
}

impl Case {
    fn new(name: &str, line: String, expected: &[(&str, &str)]) -> Self {
        let expected = expected.iter().map(|(code, at)| ((*code).to_owned(), (*at).to_owned())).collect();
        Self { name: name.to_owned(), line, expected }
    }
}

/// The cases of a table: each changes the part of `request` that is at `part`, where its pointers begin too.
fn table(text: &str, request: &Value, part: &str) -> Vec<Case> {
    let rows = text.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.map(|row| case(row, request, part).unwrap_or_else(|| panic!("no case: {row}"))).collect()
}

fn case(row: &str, request: &Value, part: &str) -> Option<Case> {
    let place = |pointer: &str| if pointer == "." { part.to_owned() } else { format!("{part}{pointer}") };
    let (told, expected) = row.rsplit_once(" => ").unwrap_or((row, ""));
    let mut told = told.split(" | ");
    let name = told.next()?;
    let mut changed = request.clone();
    for change in told {
        let (pointer, value) = change.split_once(' ')?;
        let value = match value {
            "gone" => gone(),
            "one_time" => one_time(),
            json => serde_json::from_str(json).ok()?,
        };
        changed = with(&changed, &[(&place(pointer), value)]);
    }
    let violations = expected.split(", ").filter(|violation| !violation.is_empty());
    let expected: Option<Vec<_>> = violations.map(|violation| violation.split_once(' ')).collect();
    let expected = expected?.into_iter().map(|(code, at)| (code.to_owned(), place(at))).collect();
    Some(Case { name: name.to_owned(), line: changed.to_string(), expected })
}

/// What is at a limit and within it.
fn accepted() -> Vec<Case> {
    let mut cases = table(include_str!("accepted.txt"), &json!({"op": "validate", "config": config()}), "/config");
    cases.extend(table(include_str!("accepted_purchase.txt"), &purchase(), ""));
    cases
}

/// Every refusal.
fn every_case() -> Vec<Case> {
    let validate = |config: Value| json!({"op": "validate", "config": config});
    let subscriptions = include_str!("subscription.txt");
    let mut cases = table(include_str!("configuration.txt"), &validate(config()), "/config");
    cases.extend(table(include_str!("one_time.txt"), &validate(one_time()), "/config"));
    cases.extend(table(include_str!("purchase.txt"), &purchase(), ""));
    cases.extend(table(include_str!("one_time_purchase.txt"), &one_time_purchase(), ""));
    cases.extend(table(include_str!("renewal.txt"), &renewal(), ""));
    cases.extend(table(include_str!("co_term.txt"), &co_term(), ""));
    cases.extend(table(include_str!("re_term.txt"), &re_term(), ""));
    cases.extend(table(subscriptions, &renewal(), ""));
    cases.extend(table(subscriptions, &credit(), ""));
    cases.extend(many::cases());
    cases.extend(texts::cases());
    cases
}

#[test]
fn every_case_is_refused_exactly_so_and_every_edge_accepted() {
    let mut wrong = Vec::new();
    for Case { name, line, expected } in every_case().into_iter().chain(accepted()) {
        check_answer(&line, &shared::eval::answer(&line));
        let found = evaluate_line(&line).err().unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}: expected {expected:?}\n    but got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_of_the_contract_is_reached() {
    let reached: BTreeSet<String> =
        every_case().into_iter().flat_map(|case| case.expected).map(|(code, _)| code).collect();
    let known: BTreeSet<String> = all().map(str::to_owned).collect();
    assert_eq!(reached, known);
}

/// The Chinese sentence is Chinese; the English one is not, but for what it quotes.
#[test]
fn every_sentence_is_in_its_language() {
    for Case { name, line, .. } in every_case() {
        let answer: Value = serde_json::from_str(&shared::eval::answer(&line)).expect("JSON");
        for violation in answer["err"]["violations"].as_array().expect("violations") {
            let (zh, en) = (violation["zh"].as_str().expect("a text"), violation["en"].as_str().expect("a text"));
            assert!(zh.chars().filter(|c| han(*c)).count() >= 4 && zh.ends_with('。'), "{name}: {zh}");
            assert!(!unquoted(en).contains(han) && en.ends_with('.'), "{name}: {en}");
            assert!(unquoted(en).split_whitespace().count() >= 3, "{name}: {en}");
        }
    }
}

/// The text without what stands in “quotes”.
fn unquoted(text: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// What the cases change is valid: whatever is reported in a case is what the case put in.
#[test]
fn what_the_cases_change_is_valid() {
    let validate = |config: Value| json!({"op": "validate", "config": config});
    let documents = [
        validate(config()),
        validate(one_time()),
        purchase(),
        one_time_purchase(),
        renewal(),
        co_term(),
        re_term(),
        credit(),
    ];
    for request in documents {
        let line = request.to_string();
        assert!(evaluate_line(&line).is_ok(), "{line}");
    }
}

//! The evaluator cases with answers from an independent reference, natively and in a browser: the same bytes in both.

use core::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_family = "wasm")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const CASES: &str = include_str!("../../tests/cases/eval.jsonl");

/// One line for each case: the first half of its answer's SHA-256.
const DIGESTS: &str = include_str!("../../tests/cases/answers.digest");

/// Why `ours` does not say what `theirs` says, if it does not: theirs may leave out explanatory fields.
fn difference(path: &str, theirs: &Value, ours: &Value) -> Option<String> {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => theirs.iter().find_map(|(key, value)| {
            difference(&format!("{path}/{key}"), value, ours.get(key).unwrap_or(&Value::Null))
        }),
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            theirs.iter().zip(ours).enumerate().find_map(|(i, (a, b))| difference(&format!("{path}/{i}"), a, b))
        }
        _ if theirs == ours => None,
        _ => Some(format!("{path}: expected {theirs}, got {ours}")),
    }
}

/// Codes and pointers; `None` where the answer is no refusal.
fn violations(answer: &Value) -> Option<Vec<(&str, &str)>> {
    let violations = answer.pointer("/err/violations")?.as_array()?;
    let mut found: Vec<_> = violations.iter().filter_map(|v| Some((v["code"].as_str()?, v["at"].as_str()?))).collect();
    found.sort_unstable();
    Some(found)
}

/// The reference points to `/selection/term` where a renewal's term is not sold; a renewal has no selection, its term
/// stands at `/term`.
fn into_the_request<'v>(request: &Value, (code, at): (&'v str, &'v str)) -> (&'v str, &'v str) {
    if request["op"] == "renew" && at == "/selection/term" { (code, "/term") } else { (code, at) }
}

fn cases() -> impl Iterator<Item = Value> {
    CASES.lines().map(|line| serde_json::from_str(line).expect("a case"))
}

#[cfg_attr(not(target_family = "wasm"), test)]
#[cfg_attr(target_family = "wasm", wasm_bindgen_test)]
fn every_case_agrees_with_the_reference() {
    let mut wrong = Vec::new();
    for (i, case) in cases().enumerate() {
        let ours: Value = serde_json::from_str(&shared::eval::answer(&case["req"].to_string())).expect("JSON");
        let theirs = &case["ans"];
        let found = match violations(theirs) {
            Some(expected) => {
                let expected: Vec<_> = expected.into_iter().map(|v| into_the_request(&case["req"], v)).collect();
                let found = violations(&ours);
                (found.as_ref() != Some(&expected)).then(|| format!("expected {expected:?}, got {found:?}"))
            }
            None => difference("", theirs, &ours),
        };
        wrong.extend(found.map(|found| format!("case {i}: {found}")));
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn digest(case: &Value) -> String {
    let answer = shared::eval::answer(&case["req"].to_string());
    let hash = Sha256::digest(answer);
    hash.iter().take(16).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string grows");
        hex
    })
}

/// Every byte of every answer, sentences and explanations included, is what it was when the digests were taken, on
/// every target. `UPDATE_DIGESTS=1 cargo test -p shared --test cases` takes them anew.
#[cfg_attr(not(target_family = "wasm"), test)]
#[cfg_attr(target_family = "wasm", wasm_bindgen_test)]
fn every_answer_is_the_same_to_the_byte_on_every_target() {
    let digests: Vec<String> = cases().map(|case| digest(&case)).collect();
    #[cfg(not(target_family = "wasm"))]
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        let mut text = String::new();
        for digest in &digests {
            writeln!(text, "{digest}").expect("a string grows");
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/answers.digest");
        std::fs::write(path, text).expect("the digests are written");
        return;
    }
    let known: Vec<&str> = DIGESTS.lines().collect();
    let changed: Vec<usize> = (0..digests.len()).filter(|&i| known.get(i) != Some(&digests[i].as_str())).collect();
    assert!(known.len() == digests.len() && changed.is_empty(), "these answers changed: {changed:?}");
}

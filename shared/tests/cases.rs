//! The evaluator cases with answers from an independent reference.

use serde_json::Value;

const CASES: &str = include_str!("../../tests/cases/eval.jsonl");

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

fn codes(answer: &Value) -> Option<Vec<&str>> {
    let violations = answer.pointer("/err/violations")?.as_array()?;
    let mut codes: Vec<&str> = violations.iter().filter_map(|v| v["code"].as_str()).collect();
    codes.sort_unstable();
    Some(codes)
}

#[test]
fn every_case_agrees_with_the_reference() {
    let mut wrong = Vec::new();
    for (i, line) in CASES.lines().enumerate() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let ours: Value = serde_json::from_str(&shared::eval::answer(&case["req"].to_string())).expect("JSON");
        let theirs = &case["ans"];
        let found = match codes(theirs) {
            Some(expected) if codes(&ours).as_ref() == Some(&expected) => None,
            Some(expected) => Some(format!("expected {expected:?}, got {:?}", codes(&ours))),
            None => difference("", theirs, &ours),
        };
        wrong.extend(found.map(|found| format!("case {i}: {found}")));
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

//! The evaluator as outsiders use it: JSON in, JSON out.

use serde_json::Value;

/// The answer's `ok`, or the violations as code and pointer.
pub type Answer = Result<Value, Vec<(String, String)>>;

/// The evaluator's answer to a request.
///
/// # Panics
/// Where the answer is no `ok` and no `err` as the contract has them.
pub fn evaluate(request: &Value) -> Answer {
    evaluate_line(&request.to_string())
}

/// The evaluator's answer to a line.
///
/// # Panics
/// Where the answer is no `ok` and no `err` as the contract has them.
pub fn evaluate_line(line: &str) -> Answer {
    let answer = shared::eval::answer(line);
    let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error} in {answer}"));
    match (answer.get("ok"), answer.pointer("/err/violations")) {
        (Some(ok), None) => Ok(ok.clone()),
        (None, Some(Value::Array(violations))) if !violations.is_empty() => {
            let text = |violation: &Value, name| violation[name].as_str().expect("a string").to_owned();
            Err(violations.iter().map(|violation| (text(violation, "code"), text(violation, "at"))).collect())
        }
        _ => panic!("neither ok nor err: {answer}"),
    }
}

//! `quotient check FILE`: an ISV's golden price cases, kept beside its configuration.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use shared::eval;

use super::{Failed, NO};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    config: Box<RawValue>,
    #[serde(default)]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// An evaluator's request without its `config`.
    request: serde_json::Map<String, Value>,
    /// Fields of the good answer, or the violations' `codes` in any order.
    expect: serde_json::Map<String, Value>,
}

pub(super) fn run(path: &Path) -> Result<ExitCode, Failed> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file: File = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let Report { text, good } = check(&file);
    print!("{text}");
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

/// What is printed, and whether all is as expected.
struct Report {
    text: String,
    good: bool,
}

fn check(file: &File) -> Report {
    let mut report = Report { text: String::new(), good: true };
    let validated = ask(r#"{"op":"validate"}"#, Some(&file.config));
    if let Some(violations) = validated.pointer("/err/violations") {
        report.good = false;
        report.findings("The configuration breaks a rule:", violations);
        return report;
    }
    report.findings("Worth knowing of the configuration:", &validated["ok"]["warnings"]);
    let mut failed = 0;
    for case in &file.cases {
        let differences = case.differences(&file.config);
        let mark = if differences.is_empty() { "ok  " } else { "FAIL" };
        report.line(&format!("{mark}  {}", case.name));
        for difference in &differences {
            report.line(&format!("      {difference}"));
        }
        failed += usize::from(!differences.is_empty());
    }
    let count = file.cases.len();
    report.line(&match failed {
        0 => format!("The configuration is valid; {count} of {count} cases are as expected."),
        _ => format!("{failed} of {count} cases are not as expected."),
    });
    report.good = failed == 0;
    report
}

impl Report {
    fn line(&mut self, line: &str) {
        // Writing to memory does not fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// Violations or warnings, where there are any: code and place, then the sentence in both languages.
    fn findings(&mut self, title: &str, findings: &Value) {
        let findings = findings.as_array().map(Vec::as_slice).unwrap_or_default();
        if !findings.is_empty() {
            self.line(title);
        }
        for finding in findings {
            let text = |field: &str| finding[field].as_str().unwrap_or_default().to_owned();
            let place = text("at");
            let place = place.strip_prefix("/config").unwrap_or(&place);
            self.line(&format!("  {}  {}", text("code"), if place.is_empty() { "/" } else { place }));
            self.line(&format!("    {}", text("zh")));
            self.line(&format!("    {}", text("en")));
        }
    }
}

impl Case {
    /// Where the answer is not what was expected.
    fn differences(&self, config: &RawValue) -> Vec<String> {
        // The credit of a subscription follows from the subscription alone.
        let config = (self.request.get("op") != Some(&Value::from("credit"))).then_some(config);
        let answer = ask(&Value::from(self.request.clone()).to_string(), config);
        let codes = codes(&answer);
        match self.expect.get("codes") {
            Some(expected) => {
                let mut expected: Vec<String> = expected
                    .as_array()
                    .map(|codes| codes.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                    .unwrap_or_default();
                expected.sort();
                if codes == expected { Vec::new() } else { vec![difference("codes", &expected.into(), &codes.into())] }
            }
            None if !codes.is_empty() => vec![format!("refused: {}", codes.join(", "))],
            None => {
                let differs =
                    |(field, expected): &(&String, &Value)| answer["ok"].get(field.as_str()) != Some(*expected);
                let wrong = self.expect.iter().filter(differs);
                wrong.map(|(field, expected)| difference(field, expected, &answer["ok"][field.as_str()])).collect()
            }
        }
    }
}

fn difference(field: &str, expected: &Value, found: &Value) -> String {
    format!("{field}: expected {expected}, found {found}")
}

/// The codes of an answer's violations, sorted.
fn codes(answer: &Value) -> Vec<String> {
    let violations = answer.pointer("/err/violations").and_then(Value::as_array);
    let code = |violation: &Value| violation["code"].as_str().map(str::to_owned);
    let mut codes: Vec<String> = violations.into_iter().flatten().filter_map(code).collect();
    codes.sort();
    codes
}

/// The evaluator's answer to a request, which gets the configuration word for word.
fn ask(request: &str, config: Option<&RawValue>) -> Value {
    let line = match (config, request.strip_suffix('}')) {
        (Some(config), Some(open)) => {
            let comma = if open.ends_with('{') { "" } else { "," };
            format!(r#"{open}{comma}"config":{}}}"#, config.get())
        }
        _ => request.to_owned(),
    };
    serde_json::from_str(&eval::answer(&line)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = r#"{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"editions":[
        {"code":"a","name":"标准版","terms":["P1Y"],"price":{"new":{"year":"10"},"renew":{"year":"12"}}}]}"#;

    fn checked(config: &str, cases: &str) -> (bool, String) {
        let file = serde_json::from_str(&format!(r#"{{"config":{config},"cases":{cases}}}"#)).expect("a file");
        let Report { text, good } = check(&file);
        (good, text)
    }

    fn case(request: &str, expect: &str) -> String {
        format!(r#"[{{"name":"一年","request":{request},"expect":{expect}}}]"#)
    }

    #[test]
    fn a_case_is_good_or_says_what_is_not() {
        let one = r#"{"op":"purchase","selection":{"edition":"a","term":"P1Y"},"at":"2026-01-01T00:00:00Z"}"#;
        let none =
            r#"{"op":"purchase","selection":{"edition":"a","term":"P1M","count":0},"at":"2026-01-01T00:00:00Z"}"#;
        for (request, expect, good, line) in [
            (one, r#"{"total":"10.00","renewal_total":"12.00"}"#, true, "ok    一年\n"),
            (one, r#"{"total":"11.00"}"#, false, "total: expected \"11.00\", found \"10.00\"\n"),
            (one, r#"{"totall":"10.00"}"#, false, "totall: expected \"10.00\", found null\n"),
            (one, r#"{"codes":["term_not_sold"]}"#, false, "codes: expected [\"term_not_sold\"], found []\n"),
            (none, r#"{"codes":["term_not_sold","count_out_of_range"]}"#, true, "1 of 1 cases are as expected.\n"),
            (none, r#"{"total":"10.00"}"#, false, "refused: count_out_of_range, term_not_sold\n"),
            ("{}", r#"{"codes":["malformed"]}"#, true, "ok    一年\n"),
        ] {
            let (found, text) = checked(CONFIG, &case(request, expect));
            assert_eq!(found, good, "{text}");
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn credit_needs_no_configuration() {
        let request = r#"{"op":"credit","subscription":{"edition":"a","trial":false,"anchor_day":1},"at":"2026-01-01T00:00:00Z"}"#;
        assert!(checked(CONFIG, &case(request, r#"{"credit":"0.00"}"#)).0);
    }

    #[test]
    fn an_invalid_configuration_is_told_place_by_place() {
        let (good, text) = checked(r#"{"sale_mode":"one_time","editions":[]}"#, "[]");
        assert!(!good);
        assert!(text.contains("  edition_count  /editions\n"), "{text}");
    }
}

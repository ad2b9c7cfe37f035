//! `quotient check FILE`: an ISV's golden price cases, kept beside its configuration.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;
use shared::eval;
use shared::golden::{self, File};

use super::{Failed, NO};

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
    let line = format!(r#"{{"op":"validate","config":{}}}"#, file.config.get());
    let validated: Value = serde_json::from_str(&eval::answer(&line)).unwrap_or_default();
    if let Some(violations) = validated.pointer("/err/violations") {
        report.good = false;
        report.findings("The configuration breaks a rule:", violations);
        return report;
    }
    report.findings("Worth knowing of the configuration:", &validated["ok"]["warnings"]);
    let mut failed = 0;
    for (case, differences) in file.cases.iter().zip(golden::check(file.config.get(), &file.cases)) {
        let mark = if differences.is_empty() { "ok  " } else { "FAIL" };
        report.line(&format!("{mark}  {}", case.name));
        for difference in &differences {
            let (zh, en) = difference.sentences();
            report.line(&format!("      {zh}"));
            report.line(&format!("      {en}"));
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
            (one, r#"{"total":"11.00"}"#, false, "FAIL  一年\n      total 应为 11.00，实际为 10.00。\n"),
            (none, r#"{"codes":["term_not_sold","count_out_of_range"]}"#, true, "1 of 1 cases are as expected.\n"),
            (none, r#"{"total":"10.00"}"#, false, "It should not be refused, and is with count_out_of_range"),
        ] {
            let (found, text) = checked(CONFIG, &case(request, expect));
            assert_eq!(found, good, "{text}");
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn an_invalid_configuration_is_told_place_by_place() {
        let (good, text) = checked(r#"{"sale_mode":"one_time","editions":[]}"#, "[]");
        assert!(!good);
        assert!(text.contains("  edition_count  /editions\n"), "{text}");
    }
}

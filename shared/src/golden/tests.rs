use super::*;

const CONFIG: &str = r#"{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"editions":[
    {"code":"a","name":"标准版","terms":["P1Y"],"price":{"new":{"year":"10"},"renew":{"year":"12"}}}]}"#;

fn differences(request: &str, expect: &str) -> Vec<Difference> {
    let case = format!(r#"{{"name":"一年","request":{request},"expect":{expect}}}"#);
    let case = serde_json::from_str(&case).expect("a case");
    check(CONFIG, &[case]).remove(0)
}

#[test]
fn a_case_is_good_or_says_what_is_not() {
    let one = r#"{"op":"purchase","selection":{"edition":"a","term":"P1Y"},"at":"2026-01-01T00:00:00Z"}"#;
    let none = r#"{"op":"purchase","selection":{"edition":"a","term":"P1M","count":0},"at":"2026-01-01T00:00:00Z"}"#;
    for (request, expect, zh) in [
        (one, r#"{"total":"10.00","renewal_total":"12.00"}"#, ""),
        (one, r#"{"total":"11.00"}"#, "total 应为 11.00，实际为 10.00。"),
        (one, r#"{"totall":"10.00"}"#, "totall 应为 10.00，实际为 —。"),
        (one, r#"{"codes":["term_not_sold"]}"#, "应被拒绝：term_not_sold；实际：—。"),
        (none, r#"{"codes":["term_not_sold","count_out_of_range"]}"#, ""),
        (none, r#"{"total":"10.00"}"#, "不应被拒绝，却得到 count_out_of_range, term_not_sold。"),
        ("{}", r#"{"codes":["malformed"]}"#, ""),
    ] {
        let found: String = differences(request, expect).iter().map(|difference| difference.sentences().0).collect();
        assert_eq!(found, zh, "{request} {expect}");
    }
}

#[test]
fn credit_needs_no_configuration() {
    let request =
        r#"{"op":"credit","subscription":{"edition":"a","trial":false,"anchor_day":1},"at":"2026-01-01T00:00:00Z"}"#;
    assert_eq!(differences(request, r#"{"credit":"0.00"}"#), []);
}

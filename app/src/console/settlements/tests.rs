//! Each month is in the list with what it comes to, what happens next, and until when.

use shared::api::Role;

use super::{Msg, Settlements};
use crate::console::samples::{context, month_json};
use crate::element::Sink;
use crate::page::samples::{refused, request};
use crate::page::{Page, Shown};

fn html(model: &Settlements, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

fn listed(role: Role, months: &[String]) -> Settlements {
    let mut model = Settlements::new("", Some(role));
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/settlements");
    model.update((asked.then)(Ok(format!(r#"{{"settlements":[{}]}}"#, months.join(",")))));
    model
}

#[test]
fn o8_every_month_says_what_it_comes_to_and_what_happens_next() {
    let closed = r#"{"is":"closed","at":"2026-12-01T01:00:00+08:00"}"#;
    let paid = r#"{"is":"paid_out","closed_at":"2026-12-01T01:00:00+08:00","at":"2026-12-05T09:00:00+08:00","reference":"B1"}"#;
    for (state, sums, expected) in [
        (
            r#"{"is":"open"}"#,
            ["416.00", "0.00", "0.00", "416.00", "0.00"],
            ["未结账", "2026年12月1日 01:00 结账", "¥416.00"],
        ),
        (closed, ["416.00", "208.00", "8.00", "200.00", "0.00"], ["待付款", "最迟 2026年12月31日 付款", "−¥216.00"]),
        (closed, ["0.00", "208.00", "0.00", "0.00", "208.00"], ["已结账，无应付", "¥208.00 结转次月扣除", "¥0.00"]),
        (paid, ["416.00", "0.00", "0.00", "416.00", "0.00"], ["已付款", "2026年12月5日 付款", "¥416.00"]),
    ] {
        let shown = html(&listed(Role::IsvOwner, &[month_json(state, sums, "")]), Role::IsvOwner);
        for part in expected.into_iter().chain(["2026年11月", "/console/settlements/2026-11-v1"]) {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains("示例服务商"), "an ISV knows whose months they are");
    }
}

#[test]
fn the_operator_searches_by_month_vendor_and_state() {
    let mut model =
        listed(Role::Operator, &[month_json(r#"{"is":"open"}"#, ["1.00", "0.00", "0.00", "1.00", "0.00"], "")]);
    let shown = html(&model, Role::Operator);
    assert!(shown.contains("<option value=\"v1\">示例服务商</option>") && shown.contains("1 张结算单"), "{shown}");
    for (name, text, query) in [
        ("month", "2026-11", "month=2026-11"),
        ("isv", "v1", "isv=v1&month=2026-11"),
        ("state", "closed", "isv=v1&month=2026-11&state=closed"),
    ] {
        let asked = request(model.update(Msg::By(name, text.into())));
        assert_eq!(asked.path, ["/api/settlements?", query].concat());
    }
    assert!(model.update(Msg::By("month", "2026-13".into())).is_empty(), "no such month");
    let asked = request(model.update(Msg::All));
    model.update((asked.then)(Err(refused(503))));
    assert!(html(&model, Role::Operator).contains("不行，请改。"));
}

#[test]
fn nothing_to_settle_and_not_for_support_are_said() {
    assert!(html(&listed(Role::IsvOwner, &[]), Role::IsvOwner).contains("还没有结算单"));
    let mut support = Settlements::new("", Some(Role::IsvSupport));
    assert!(support.begin().is_empty(), "what would be refused is not asked for");
    assert!(html(&support, Role::IsvSupport).contains("结算单由服务商负责人查看"));
}

//! Each state says what can be done about it; taking one back is asked about.

use super::{Invoices, Msg};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::search::Searched;
use crate::page::{Page, Shown};
use crate::trade::aftersale::samples::invoice_json;

fn html(model: &Invoices) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

fn open(state: &str) -> Invoices {
    let mut model = Invoices::new("number=o1");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/invoices?number=o1");
    model.update((asked.then)(Ok(format!(r#"{{"invoices":[{}]}}"#, invoice_json(state)))));
    model
}

#[test]
fn issued_with_its_number_rejected_with_the_way_to_ask_again() {
    for (state, says, can) in [
        (r#"{"is":"open"}"#, "待开具", "撤回申请"),
        (
            r#"{"is":"issued","at":"2026-11-21T09:30:00+08:00","number":"26312000000123456789"}"#,
            "26312000000123456789",
            "",
        ),
        (
            r#"{"is":"rejected","at":"2026-11-21T09:30:00+08:00","reason":"税号与抬头不符"}"#,
            "税号与抬头不符",
            "/account/orders/o1/invoice",
        ),
        (r#"{"is":"withdrawn","at":"2026-11-21T09:30:00+08:00"}"#, "已撤回", ""),
    ] {
        let shown = html(&open(state));
        for part in [says, can, "增值税专用发票 · 上海晨光贸易有限公司", "91330100799655058B", "¥416.00", "1 张发票"]
        {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert_eq!(shown.contains("撤回申请"), can == "撤回申请");
    }
}

#[test]
fn an_open_one_is_taken_back_once_it_was_asked() {
    let mut model = open(r#"{"is":"open"}"#);
    model.update(Msg::Ask(Some("i1".into())));
    assert!(html(&model).contains("确定撤回？"));
    let asked = request(model.update(Msg::Withdraw(key("a"))));
    assert_eq!(asked.path, "/api/invoices/i1/withdraw");
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model).contains("不行，请改。"));
    let asked = request(model.update(Msg::Withdraw(key("b"))));
    model.update((asked.then)(Ok(invoice_json(r#"{"is":"withdrawn","at":"2026-11-21T10:00:00+08:00"}"#))));
    assert!(html(&model).contains("已撤回") && !html(&model).contains("确定撤回"));
}

#[test]
fn nothing_asked_for_yet_leads_to_the_orders() {
    let mut model = Invoices::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"invoices":[]}"#.into())));
    assert!(html(&model).contains("还没有发票") && html(&model).contains("/account/orders"));
    let asked = request(model.update(Msg::Search(Searched::By("state", "open".into()))));
    model.update((asked.then)(Ok(r#"{"invoices":[]}"#.into())));
    assert!(html(&model).contains("没有符合条件的发票"));
}

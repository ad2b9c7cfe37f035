//! Refunds and records that tests of pages begin with, as JSON.

/// A refund of the sample order in this state, with further fields.
pub(crate) fn refund_json(state: &str, more: &str) -> String {
    format!(
        r#"{{"id":"o1-R1","order":"o1","product":"data-analytics-2","product_name":"数据分析软件","applicant":"王敏",
        "amount":"416.00","via":"sandbox","reason":"买错了版本","asked_at":"2026-11-21T09:00:00+08:00","state":{state}{more}}}"#
    )
}

/// An invoice of it in this state.
pub(crate) fn invoice_json(state: &str) -> String {
    format!(
        r#"{{"id":"i1","order":"o1","enterprise":"e1","isv":"v1","product":"data-analytics-2","kind":"vat",
        "title":"上海晨光贸易有限公司","tax_number":"91330100799655058B","email":"fapiao@enterprise.example",
        "amount":"416.00","requested_at":"2026-11-21T09:00:00+08:00","state":{state},
        "product_name":"数据分析软件","vendor":"示例服务商"}}"#
    )
}

/// An offline refund of it in this state.
pub(crate) fn offline_json(state: &str) -> String {
    format!(
        r#"{{"id":"f1","order":"o1","enterprise":"e1","isv":"v1","product":"data-analytics-2","amount":"50.00",
        "note":"开通延误补偿","at":"2026-11-21T09:30:00+08:00","state":{state},
        "product_name":"数据分析软件","vendor":"示例服务商"}}"#
    )
}

/// What stands beside it: whether it may be refunded, invoiced, refunded offline, and further lists.
pub(crate) fn beside(refund: &str, invoice: &str, offline: &str, [refunds, invoices, lists]: [&str; 3]) -> String {
    format!(
        r#","after_sale":{{"refund":{refund},"invoice":{invoice},"offline":{offline},"refunds":[{refunds}],
        "invoices":[{invoices}],"offline_refunds":[{lists}]}}"#
    )
}

/// A review of it that was answered; `later` is the addition, or `null`.
pub(crate) fn review_json(later: &str) -> String {
    format!(
        r#"{{"id":"r1","order":"o1","enterprise":"e1","isv":"v1","product":"data-analytics-2",
        "first":{{"stars":4,"text":"好用","at":"2026-11-22T10:00:00+08:00","answer":{{"text":"谢谢","at":"2026-11-23T10:00:00+08:00"}}}},
        "follow_up":{later},"product_name":"数据分析软件","vendor":"示例服务商"}}"#
    )
}

/// A refund that may be asked for and is reviewed.
pub(crate) const TERMS: &str =
    r#"{"may":"yes","amount":"416.00","via":"sandbox","review":true,"until":"2026-12-01T10:00:00+08:00","unpaid":0}"#;

/// Something that may be done, up to this.
pub(crate) const UP_TO: &str = r#"{"may":"yes","amount":"416.00"}"#;

/// Something that may not.
pub(crate) const NO: &str = r#"{"may":"no","code":"refund_not_last","zh":"只能退最近的一笔。","en":"Only the last."}"#;

//! Orders and services that tests of pages begin with.

/// An order for two of the seed's example, as JSON, with further fields.
pub(crate) fn order_json(state: &str, more: &str) -> String {
    let order = r#"{"id":"o1","kind":"purchase","product":"data-analytics-2","product_name":"数据分析软件","vendor":"示例服务商","revision":1,
        "selection":{"edition":"standard","term":"P1Y","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP"},"count":2},
        "names":{"edition":"标准版","charges":[{"key":"yonghushu","name":"用户数","unit":"人"},{"key":"xinghao","name":"型号","unit":""}]},
        "quoted":"416.00","state":STATE,"placed_at":"2026-11-21T10:00:00+08:00","method":"sandbox"MORE}"#;
    order.replace("STATE", state).replace("MORE", more)
}

/// A service of it, as JSON, with a state, segments, and further fields.
pub(crate) fn service_json(state: &str, segments: &str, more: &str) -> String {
    let service = r#"{"id":"o1-1","order":"o1","product":"data-analytics-2","product_name":"数据分析软件","vendor":"示例服务商","state":STATE,
        "subscription":{"edition":"standard","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP"},"trial":TRIAL,"anchor_day":21,"segments":[SEGMENTS]},
        "names":{"edition":"标准版","charges":[{"key":"yonghushu","name":"用户数","unit":"人"},{"key":"xinghao","name":"型号","unit":""}]},
        "paid":"208.00"MORE}"#;
    let trial = if more.contains("\"trial\"") { "true" } else { "false" };
    service.replace("STATE", state).replace("TRIAL", trial).replace("SEGMENTS", segments).replace("MORE", more)
}

/// A complaint about it, as JSON.
pub(crate) fn complaint_json(state: &str, answer: &str) -> String {
    format!(
        r#"{{"id":"c1","order":"o1","enterprise":"e1","isv":"v1","product":"data-analytics-2","text":"打不开",
        "at":"2026-11-22T10:00:00+08:00","answer":{answer},"state":{state},"product_name":"数据分析软件","vendor":"示例服务商"}}"#
    )
}

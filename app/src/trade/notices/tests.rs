//! A notice says what happened and leads there.

use super::{Msg, Notices};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Page, Shown};

const LIST: &str = r#"{"notices":[
    {"id":"n2","kind":"service_ends","service":"o1-1","end":"2027-11-21T10:00:00+08:00","at":"2027-11-14T10:00:00+08:00","read":false},
    {"id":"n1","kind":"order_repriced","order":"o1","from":"416.00","to":"400.01","reason":"老客户","at":"2026-11-21T10:00:00+08:00","read":true}],
    "unread":1}"#;

fn html(model: &Notices) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

#[test]
fn notices_lead_to_what_they_are_about_and_are_read_at_once() {
    let mut model = Notices::new("/account");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(LIST.into())));
    let shown = html(&model);
    for part in
        ["服务将于 2027年11月21日 10:00 到期", "/account/services/o1-1", "由 ¥416.00 改为 ¥400.01", "老客户", "未读"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let asked = request(model.update(Msg::Read("n2".into(), key("a"))));
    assert_eq!(asked.path, "/api/notices/n2/read");
    assert!(!html(&model).contains("未读"));
    model.update((asked.then)(Err(refused(503))));
    assert!(
        html(&model).contains("未读") && html(&model).contains("不行，请改。"),
        "what was not noted is not called read"
    );
    // All at once, up to the newest that is shown.
    assert!(html(&model).contains("全部标为已读"));
    let asked = request(model.update(Msg::ReadAll(key("b"))));
    assert_eq!(asked.path, "/api/notices/n2/read-all");
    assert!(!html(&model).contains("未读") && !html(&model).contains("全部标为已读"));
    let effects = model.update((asked.then)(Err(refused(503))));
    assert!(effects.is_empty() && html(&model).contains("未读"));
    let asked = request(model.update(Msg::ReadAll(key("c"))));
    let effects = model.update((asked.then)(Ok(String::new())));
    assert!(effects.is_empty() && !html(&model).contains("未读"));
}

#[test]
fn without_notices_the_page_says_what_belongs_there() {
    let mut model = Notices::new("/account");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"notices":[],"unread":0}"#.into())));
    assert!(html(&model).contains("还没有通知"));
}

#[test]
fn what_was_said_of_an_order_leads_everybody_to_where_it_is_answered() {
    for (kind, buyers, console) in [
        (r#""kind":"reviewed","stars":4"#, "/account/orders/o1/review", "/console/reviews?number=o1"),
        (r#""kind":"review_answered""#, "/account/orders/o1/review", "/console/reviews?number=o1"),
        (r#""kind":"complaint_made""#, "/account/orders/o1/complaint", "/console/complaints?number=o1"),
        (r#""kind":"complaint_answered""#, "/account/orders/o1/complaint", "/console/complaints?number=o1"),
        (r#""kind":"complaint_withdrawn""#, "/account/orders/o1/complaint", "/console/complaints?number=o1"),
        (
            r#""kind":"complaint_closed","outcome":"upheld","finding":"属实""#,
            "/account/orders/o1/complaint",
            "/console/complaints?number=o1",
        ),
        (r#""kind":"month_settled","month":"2026-11","payable":"1.00""#, "/settlements", "/console/settlements"),
    ] {
        for (under, path) in [("/account", buyers), ("/console", console)] {
            let mut model = Notices::new(under);
            let asked = request(model.begin());
            let list = r#"{"notices":[{"id":"n1",KIND,"order":"o1","at":"2026-11-21T10:00:00+08:00","read":true}],"unread":0}"#;
            model.update((asked.then)(Ok(list.replace("KIND", kind))));
            let shown = html(&model);
            assert!(shown.contains(path), "{path}: {shown}");
        }
    }
}

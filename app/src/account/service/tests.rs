//! Where a service stands, drawn and said.

use super::{Msg, Service};
use crate::element::Sink;
use crate::page::samples::{context, instant, key, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::samples::service_json;

const PAID: &str = r#"{"start":"2026-11-21T10:00:00+08:00","end":"2027-11-21T10:00:00+08:00","paid":"208.00","kind":"new","term":"P1Y","gift_days":0,"term_seconds":31536000}"#;
const TRIAL: &str = r#"{"start":"2026-11-21T10:00:00+08:00","end":"2026-11-28T10:00:00+08:00","paid":"0.00","kind":"trial","term":null,"gift_days":0,"term_seconds":604800}"#;

fn open(service: String) -> (Service, Vec<Effect<Msg>>) {
    let mut model = Service::new("o1-1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/services/o1-1");
    let effects = model.update((asked.then)(Ok(service)));
    (model, effects)
}

fn html(model: &Service, now: &str) -> String {
    model.view(&Context { now: instant(now), ..context() }, &Sink::nowhere()).html()
}

#[test]
fn while_it_is_being_opened_the_page_looks_again_and_then_says_who_opened_it() {
    let end = r#","end":"2027-11-21T10:00:00+08:00""#;
    let (mut model, effects) =
        open(service_json(r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#, PAID, end));
    assert!(matches!(effects.as_slice(), [Effect::Later(_, Msg::Look)]));
    assert!(html(&model, "2026-11-21T10:00:00+08:00").contains("等待示例服务商开通"));
    let asked = request(model.update(Msg::Look));
    let opened = r#","end":"2027-11-21T10:00:00+08:00","opened":"2026-11-21T11:00:00+08:00""#;
    let opened = service_json(r#"{"is":"active","since":"2026-11-21T11:00:00+08:00"}"#, PAID, opened);
    let effects = model.update((asked.then)(Ok(opened)));
    assert!(matches!(effects.as_slice(), [Effect::Recount]));
    let html = html(&model, "2027-11-14T10:00:00+08:00");
    for part in [
        "示例服务商已于 2026年11月21日 11:00 开通",
        ">7 天</output>",
        "今天，剩余 7 天",
        "即将到期",
        "新购 1 年",
        "¥208.00",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn the_picture_divides_what_was_used_from_what_is_left_and_given() {
    let gift = PAID.replace(r#""gift_days":0"#, r#""gift_days":73"#);
    let (model, _) = open(service_json(r#"{"is":"active","since":"2026-11-21T11:00:00+08:00"}"#, &gift, ""));
    // A fifth is used, three fifths are left, the last fifth is a gift.
    let html = html(&model, "2027-02-02T10:00:00+08:00");
    for part in [
        r#"class="time-used" x="0.00%" y="28" width="20.00%""#,
        r#"class="time-left" x="20.00%" y="28" width="60.00%""#,
        r#"class="time-gift" x="80.00%" y="28" width="20.00%""#,
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn a_trial_that_ended_can_be_had_once_more() {
    let more = r#","end":"2026-11-28T10:00:00+08:00","trial":{"days":7,"extra":{"is":"offered","days":5}}"#;
    let (mut model, _) = open(service_json(r#"{"is":"expired","at":"2026-11-28T10:00:00+08:00"}"#, TRIAL, more));
    let now = "2026-11-29T10:00:00+08:00";
    assert!(html(&model, now).contains("再试用 5 天") && html(&model, now).contains("还有 6 天"));
    let asked = request(model.update(Msg::Extra(key("a"))));
    assert_eq!((asked.path.as_str(), asked.key), ("/api/services/o1-1/extra-trial", Some(key("a"))));
    assert!(model.update(Msg::Extra(key("b"))).is_empty(), "a double click");
    let taken = r#","end":"2026-12-04T10:00:00+08:00","trial":{"days":7,"extra":{"is":"taken"}}"#;
    let taken = service_json(r#"{"is":"active","since":"2026-11-29T10:00:00+08:00"}"#, TRIAL, taken);
    model.update((asked.then)(Ok(taken)));
    assert!(html(&model, now).contains("额外试用已使用") && !html(&model, now).contains("再试用"));
}

#[test]
fn a_waiting_trial_has_no_time_yet_and_a_closed_service_is_over() {
    let more = r#","trial":{"days":7,"extra":{"is":"not_offered"}}"#;
    let (model, _) = open(service_json(r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#, "", more));
    let waiting = html(&model, "2026-11-21T10:00:00+08:00");
    assert!(waiting.contains("等待不占用试用天数") && !waiting.contains("<svg"), "{waiting}");
    let (model, _) = open(service_json(r#"{"is":"closed","at":"2027-11-28T10:00:01+08:00"}"#, PAID, ""));
    assert!(html(&model, "2028-01-01T00:00:00+08:00").contains("重新购买"));
}

#[test]
fn what_was_bought_once_is_delivered_and_never_ends() {
    let (model, _) = open(service_json(r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#, "", ""));
    let waiting = html(&model, "2026-11-21T10:00:00+08:00");
    assert!(waiting.contains("等待示例服务商交付") && waiting.contains("一次性购买"), "{waiting}");
    let opened = r#","opened":"2026-11-22T09:30:00+08:00""#;
    let (model, _) = open(service_json(r#"{"is":"active","since":"2026-11-22T09:30:00+08:00"}"#, "", opened));
    let done = html(&model, "2030-01-01T00:00:00+08:00");
    assert!(done.contains("已于 2026年11月22日 09:30 交付") && done.contains("不会到期"), "{done}");
    assert!(!done.contains("<svg") && !done.contains("到期，访问") && !done.contains("即将到期"), "{done}");
}

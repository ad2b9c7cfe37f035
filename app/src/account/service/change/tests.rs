//! What a change costs is said before anybody is asked, in lines that can be computed by hand.

use shared::calendar::Timestamp;
use shared::lifecycle::ChangeMode;

use super::{Change, Msg, What};
use crate::element::Sink;
use crate::i18n::Lang;
use crate::page::samples::{context, instant, key, refused, request};
use crate::page::{Context, Page, Shown};
use crate::trade::samples::order_json;
use crate::widgets::spin::SpinEvent;

const PRODUCT: &str = include_str!("../../../../tests/fixtures/product.json");

/// The seed's example, bought for a year from 2026-11-21 on.
fn service(product: &str, has: &str, segments: &str) -> String {
    let service = r#"{"id":"s1","order":"o1","product":"PRODUCT","product_name":"数据分析软件","vendor":"示例服务商",
        "state":{"is":"active","since":"2026-11-21T10:00:00+08:00"},
        "subscription":{HAS,"trial":false,"anchor_day":21,"segments":[SEGMENTS]},
        "names":{"edition":"标准版","charges":[{"key":"yonghushu","name":"用户数","unit":"人"}]},"paid":"208.00"}"#;
    service.replace("PRODUCT", product).replace("HAS", has).replace("SEGMENTS", segments)
}

const EXAMPLE: &str =
    r#""edition":"standard","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP+微信","quyu":"上海"}"#;
const YEAR: &str = r#"{"start":"2026-11-21T10:00:00+08:00","end":"2027-11-21T10:00:00+08:00","paid":"208.00","kind":"new","term":"P1Y","gift_days":0,"term_seconds":31536000}"#;

/// With what is sold: a configuration, or a product's.
fn open(service: String, config: &str) -> Change {
    open_with(service, config, "false", "[]")
}

fn open_with(service: String, config: &str, under_review: &str, history: &str) -> Change {
    let mut model = Change::new("s1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/services/s1");
    let more = format!(
        r#","sold":{{"revision":1,"config":{config},"agreement":1,"under_review":{under_review}}},"history":{history},
        "now":"2026-11-21T10:00:00+08:00"}}"#
    );
    let detail = service.strip_suffix('}').expect("an object").to_owned() + &more;
    model.update((asked.then)(Ok(detail)));
    assert!(model.desk.here().is_some(), "{:?}", model.desk);
    model
}

/// What the fixture's product is sold by.
fn config() -> String {
    let product: serde_json::Value = serde_json::from_str(PRODUCT).expect("JSON");
    product["config"].to_string()
}

fn example() -> Change {
    open(service("data-analytics-2", EXAMPLE, YEAR), &config())
}

fn html(model: &Change, now: &str) -> String {
    model.view(&Context { now: instant(now), ..context() }, &Sink::nowhere()).html()
}

fn contains(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part}: {html}");
    }
}

/// 1000 yuan, 365 days, 100 left: a credit of 273.97.
fn wecom() -> Change {
    let config = r#"{"sale_mode":"subscription","day_count":"fixed","change_modes":["re_term"],"editions":[{"code":"a","name":"标准版",
        "terms":["P1M","P1Y"],"price":{"new":{"month":"100","year":"1000"},"renew":{"month":"100","year":"1000"}}}]}"#;
    let has = r#""edition":"a","quantities":{},"options":{}"#;
    open(service("w", has, &YEAR.replace("208.00", "1000.00")), config)
}

const HUNDRED_LEFT: &str = "2027-08-13T10:00:00+08:00";

#[test]
fn wecoms_example_holds_in_the_page() {
    let mut model = wecom();
    model.update(Msg::What(What::Begin));
    let shown = html(&model, HUNDRED_LEFT);
    contains(
        &shown,
        &["−¥273.97", "实付 ¥1000 × 剩余 100 天 ÷ 共 365 天，不足一分舍去", ">¥726.03</output>", "比现在晚 265 天。"],
    );
    // The only way that the product offers is this one.
    contains(&shown, &["这个版本没有可以增加的计费项。", "服务商没有开放从这个版本升级。"]);
}

#[test]
fn what_is_lost_is_said_before_it_is_asked_for() {
    let mut model = wecom();
    model.update(Msg::What(What::Begin));
    model.update(Msg::Term("P1M".parse().expect("a term")));
    let shown = html(&model, HUNDRED_LEFT);
    contains(&shown, &["放弃的剩余价值", "¥173.97", "早 69 天到期", "确认报价，无需付款"]);
    contains(&shown, &["此变更会放弃 ¥173.97 剩余价值，使服务比现在", "下单时须单独确认。"]);
    let asked = request(model.update(Msg::Ask(key("b"), instant(HUNDRED_LEFT))));
    let body = asked.body.expect("a body");
    let parts =
        [r#""accept_forfeit":"173.97""#, r#""mode":"re_term""#, r#""term":"P1M""#, r#""expected_total":"100.00""#];
    contains(&body, &parts);
}

/// 149 days are over: 216 are left. 20 people cost 200 instead of 100 a year.
const DAY_150: &str = "2027-04-19T10:00:00+08:00";

fn twenty(model: &mut Change) {
    model.update(Msg::What(What::Expand));
    model.update(Msg::Quantity(0, SpinEvent::Typed("20".into())));
}

#[test]
fn the_seeds_example_is_expanded_to_twenty_people_on_its_150th_day() {
    let mut model = example();
    twenty(&mut model);
    let shown = html(&model, DAY_150);
    contains(
        &shown,
        &[
            "差价：新购 1 年",
            "（¥308 − ¥208）× 剩余 216 天 ÷ 共 365 天，不足一分进一分",
            ">¥59.18</output>",
            "到期日不变。",
            "现在付 ¥59.18",
            // Beside it: a new year from now on, less what is left of 208.
            "现在付 ¥184.91",
            "服务至 2028年4月19日 10:00",
            "¥308.00",
        ],
    );
    let asked = request(model.update(Msg::Ask(key("a"), instant(DAY_150))));
    assert_eq!(asked.path, "/api/quotes");
    let body = asked.body.expect("a body");
    let selection = r#""selection":{"edition":"standard","quantities":{"yonghushu":20},"options":{"quyu":"上海","xinghao":"APP+WAP+微信"}}"#;
    contains(&body, &[r#""intent":"change""#, r#""mode":"co_term""#, selection, r#""expected_total":"59.18""#]);
    assert!(model.update(Msg::Ask(key("b"), instant(DAY_150))).is_empty(), "a double click");
}

#[test]
fn the_new_way_is_drawn_below_the_present_one() {
    let mut model = example();
    twenty(&mut model);
    let shown = html(&model, DAY_150);
    contains(
        &shown,
        &[r#"class="time-used" x="0.00%" y="24" width="40.82%""#, r#"class="time-new" x="40.82%" y="62""#],
    );
    model.update(Msg::Mode(ChangeMode::ReTerm));
    contains(&html(&model, DAY_150), &["变更后到期日 2028年4月19日", ">¥184.91</output>"]);
}

#[test]
fn a_renewal_follows_on_the_end_and_says_what_it_keeps() {
    let mut model = example();
    let shown = html(&model, DAY_150);
    contains(&shown, &["新的一期从现到期日接上", ">¥208.00</output>", "2028年11月21日 10:00", "不能减少"]);
    let asked = request(model.update(Msg::Ask(key("a"), instant(DAY_150))));
    let body = asked.body.expect("a body");
    contains(&body, &[r#""intent":"renew""#, r#""term":"P1Y""#]);
    assert!(!body.contains("selection") && !body.contains("mode"), "{body}");
    let signed = refused(409);
    model.update((asked.then)(Err(signed)));
    contains(&html(&model, DAY_150), &["不行，请改。"]);
}

/// Each refusal stands beside what cannot be chosen.
#[test]
fn refusals_are_explained_where_they_are() {
    let disabled = |html: &str, reason: &str| {
        contains(html, &[reason]);
        assert!(html.contains("disabled"), "{html}");
    };
    let mut model = example();
    model.update(Msg::What(What::Expand));
    let shown = html(&model, DAY_150);
    // 微信 costs more than what lacks it: back again is no way.
    disabled(&shown, "is-off");
    contains(&shown, &["现有 10 人，不能减少"]);
    model.update(Msg::Quantity(0, SpinEvent::Typed("9".into())));
    assert!(html(&model, DAY_150).contains(r#"aria-invalid="true""#));
    // Over 8 days after its end nothing is left to renew.
    let late = html(&example(), "2027-11-29T10:00:01+08:00");
    assert!(late.matches("why-not").count() == 4, "{late}");
    // Hidden, and without rules.
    let hidden = config().replacen(r#""code":"standard","#, r#""code":"standard","hidden":true,"#, 1);
    assert_ne!(hidden, config());
    let shown = html(&open(service("data-analytics-2", EXAMPLE, YEAR), &hidden), DAY_150);
    assert!(shown.matches("why-not").count() == 3, "renewing alone: {shown}");
}

#[test]
fn it_is_said_in_english_too() {
    let mut model = example();
    twenty(&mut model);
    let now: Timestamp = instant(DAY_150);
    let shown = model.view(&Context { now, lang: Lang::En, ..context() }, &Sink::nowhere()).html();
    contains(&shown, &["(¥308 − ¥208) × 216 days left ÷ 365 days in all, rounded up", "The end stays."]);
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let left: String = shown.chars().filter(|c| chinese(*c)).collect();
    // Names that people gave stay as they are.
    for word in ["差价", "现在", "服务至", "应付", "扩容"] {
        assert!(!left.contains(word), "{word}: {left}");
    }
}

#[test]
fn an_order_that_waits_is_named_and_a_refund_under_review_stops_everything() {
    let waiting = order_json(
        r#"{"is":"unpaid","closes_at":"2027-04-20T10:00:00+08:00"}"#,
        r#","subscription":"s1","intent":"change","mode":"co_term""#,
    );
    let service = || service("data-analytics-2", EXAMPLE, YEAR);
    let mut model = open_with(service(), &config(), "false", &format!("[{waiting}]"));
    assert!(!html(&model, DAY_150).contains("已有待支付的订单"), "a renewal may wait beside it");
    twenty(&mut model);
    contains(&html(&model, DAY_150), &["已有待支付的订单", "/account/orders/o1", "它会自动取消"]);
    let model = open_with(service(), &config(), "true", "[]");
    let shown = html(&model, DAY_150);
    contains(&shown, &["有退款申请正在审核"]);
    assert!(!shown.contains("确认报价"), "{shown}");
}

//! Each state in words; taking it back is asked about; the page follows the money.

use shared::api::Role;

use super::{Msg, Refund};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, request};
use crate::page::{Context, Effect, Page, Shown};
use crate::trade::aftersale::samples::refund_json;

const REVIEWING: &str = r#"{"is":"reviewing","answer_until":"2026-11-24T09:00:00+08:00"}"#;
const REFUNDING: &str = r#"{"is":"refunding","since":"2026-11-21T09:30:00+08:00","by":"no_answer"}"#;
const REFUNDED: &str =
    r#"{"is":"refunded","approved_at":"2026-11-21T09:30:00+08:00","at":"2026-11-21T09:31:00+08:00","by":"isv"}"#;

fn html(model: &Refund, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn open(state: &str, more: &str) -> (Refund, Vec<Effect<Msg>>) {
    let mut model = Refund::new("o1-R1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/refunds/o1-R1");
    let effects = model.update((asked.then)(Ok(refund_json(state, more))));
    (model, effects)
}

#[test]
fn each_state_says_what_happens_next() {
    for (state, says) in [
        (REVIEWING, "还剩 71 小时"),
        (r#"{"is":"withdrawn","at":"2026-11-21T09:30:00+08:00"}"#, "订单和服务不变"),
        (r#"{"is":"rejected","at":"2026-11-21T09:30:00+08:00","reason":"已交付"}"#, "服务商不同意退款：已交付"),
        (REFUNDING, "72 小时未处理，视为同意退款。订单已撤销，¥416.00 正在原路退回"),
        (REFUNDED, "2026年11月21日 09:31 已退回 ¥416.00"),
    ] {
        let shown = html(&open(state, "").0, &context());
        for part in [says, "买错了版本", "/account/orders/o1", ">¥416.00</output>"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert_eq!(shown.contains("撤回申请</button>"), state == REVIEWING);
    }
    let by_hand = html(&open(&REFUNDING.replace("no_answer", "not_opened"), "").0, &context());
    assert!(by_hand.contains("无需审核"));
}

#[test]
fn withdrawing_is_asked_about_first_and_finance_cannot() {
    let (mut model, effects) = open(REVIEWING, "");
    assert!(effects.is_empty());
    model.update(Msg::AskWithdraw(true));
    let asked = request(model.update(Msg::Withdraw(key("a"))));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/refunds/o1-R1/withdraw", None));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, &context()).contains("再次点击不会重复提交"));
    let asked = request(model.update(Msg::Withdraw(key("b"))));
    assert_eq!(asked.key, Some(key("a")));
    model.update((asked.then)(Ok(refund_json(r#"{"is":"withdrawn","at":"2026-11-21T10:00:00+08:00"}"#, ""))));
    assert!(html(&model, &context()).contains("已撤回"));
    let mut finance = context();
    finance.who.as_mut().expect("somebody").role = Role::BuyerFinance;
    assert!(!html(&open(REVIEWING, "").0, &finance).contains("撤回申请"));
}

#[test]
fn it_looks_until_the_provider_has_sent_the_money_and_not_for_a_transfer() {
    let (mut model, effects) = open(REFUNDING, "");
    assert!(matches!(effects.as_slice(), [Effect::Later(_, Msg::Look)]));
    let asked = request(model.update(Msg::Look));
    let effects = model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(matches!(effects.as_slice(), [Effect::Later(_, Msg::Look)]), "and again");
    let asked = request(model.update(Msg::Look));
    let effects = model.update((asked.then)(Ok(refund_json(REFUNDED, ""))));
    assert!(matches!(effects.as_slice(), [Effect::Recount]));
    let mut model = Refund::new("o1-R1".into());
    let asked = request(model.begin());
    let by_hand = refund_json(REFUNDING, "").replace(r#""via":"sandbox""#, r#""via":"transfer""#);
    assert!(model.update((asked.then)(Ok(by_hand))).is_empty());
    assert!(html(&model, &context()).contains("由平台以银行转账退回"));
}

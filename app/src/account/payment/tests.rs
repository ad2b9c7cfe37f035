//! What is chosen is played once, and leads back to the order.

use shared::api::Play;

use super::{Msg, Payment};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, request};
use crate::page::{Effect, Page, Shown};

fn payment(state: &str) -> String {
    r#"{"id":"p1","order":"o1","product_name":"数据分析软件","vendor":"示例服务商","amount":"416.00","state":"STATE"}"#
        .replace("STATE", state)
}

fn open(state: &str) -> Payment {
    let mut model = Payment::new("p1".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/sandbox/payments/p1");
    model.update((asked.then)(Ok(payment(state))));
    model
}

#[test]
fn every_play_leads_back_with_what_became_of_it() {
    for (play, name, state, back) in [
        (Play::Pay, "pay", "paid", "/account/orders/o1?from=payment"),
        (Play::Lost, "lost", "paid", "/account/orders/o1?from=payment"),
        (Play::Refuse, "refuse", "refused", "/account/orders/o1?from=refused"),
    ] {
        let mut model = open("open");
        let asked = request(model.update(Msg::Play(play, key("a"))));
        assert_eq!(asked.body, Some(format!(r#"{{"play":"{name}"}}"#)));
        assert!(model.update(Msg::Play(Play::Double, key("b"))).is_empty(), "one at a time");
        let played = (asked.then)(Ok(payment(state)));
        assert!(matches!(model.update(played).as_slice(), [Effect::Open(to)] if to == back), "{back}");
    }
}

#[test]
fn without_an_answer_the_same_choice_keeps_its_key_and_another_does_not() {
    let mut model = open("open");
    for (play, fresh, sent) in [(Play::Pay, "a", "a"), (Play::Pay, "b", "a"), (Play::Refuse, "c", "c")] {
        let asked = request(model.update(Msg::Play(play, key(fresh))));
        assert_eq!(asked.key, Some(key(sent)));
        model.update((asked.then)(Err(Failure::Unreachable)));
    }
}

#[test]
fn what_has_been_paid_is_not_paid_again() {
    let html = |model: &Payment| model.view(&context(), &Sink::nowhere()).html();
    assert!(html(&open("open")).contains("确认付款</button>"));
    let paid = html(&open("paid"));
    assert!(paid.contains("返回商家") && !paid.contains("<button"), "{paid}");
}

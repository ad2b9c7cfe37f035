//! Refunds, told to both databases: the use cases as the HTTP handlers call them (rules O4, V3).

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::{join, join_all};
use serde_json::json;
use server::failure::Failure;
use shared::api::{Order, OrderQuery, Part, Refund, RefundQuery, RefundStateName, ServiceDetail};
use shared::orders::{Approval, CancelWhy, NoticeKind, OrderState, RefundState, ServiceState};

use super::changes::{expanded, renewed};
use super::store::fresh_database;
use super::support::{example, example_with};
use super::trade::{Bench, asked, code};

fn key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("refund-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Bench {
    async fn ask(&self, order: &str) -> Result<Refund, Failure> {
        let body = json!({"reason": "不再需要"}).to_string();
        let asked = asked(&key(), body.as_bytes());
        let made = self.market.ask_refund(&self.buyer, asked, order, body.as_bytes()).await?;
        Ok(serde_json::from_str(&made.body).expect("a refund"))
    }

    async fn approve(&self, refund: &Refund) -> Result<Refund, Failure> {
        let made = self.market.approve_refund(&self.isv, asked(&key(), b""), &refund.id).await?;
        Ok(serde_json::from_str(&made.body).expect("a refund"))
    }

    async fn withdraw(&self, refund: &Refund) -> Result<Refund, Failure> {
        let made = self.market.withdraw_refund(&self.buyer, asked(&key(), b""), &refund.id).await?;
        Ok(serde_json::from_str(&made.body).expect("a refund"))
    }

    async fn refund(&self, id: &str) -> Refund {
        self.market.refund(&self.buyer, id).await.expect("the refund")
    }

    /// Asked for and approved.
    async fn undo(&self, order: &str) {
        let refund = self.ask(order).await.expect("asked for");
        self.approve(&refund).await.expect("approved");
    }
}

/// What a refund has to put back exactly.
fn stands(detail: &ServiceDetail) -> impl PartialEq + std::fmt::Debug {
    let service = &detail.service;
    let net = service.paid - service.refunded;
    (service.state, service.subscription.clone(), service.order.clone(), service.end, net, service.forfeited)
}

pub(crate) async fn story(bench: &Bench) {
    bench.sell_wecom().await;
    asked_for_and_answered(bench).await;
    undone_one_after_the_other(bench).await;
    nothing_is_ordered_under_review(bench).await;
    only_in_time_and_only_the_last(bench).await;
    not_opened_takes_no_review(bench).await;
    sent_back_by_hand(bench).await;
    undoing_a_late_renewal(bench).await;
    nothing_due_counts_as_an_order(bench).await;
    Box::pin(answered_at_once_by_two(bench)).await;
    bench.clean().await;
}

/// 审核中 → 已取消, 审核不通过, 退款中 → 退款成功; no answer for 72 hours is a yes.
async fn asked_for_and_answered(bench: &Bench) {
    let query = RefundQuery { state: Some(RefundStateName::Refunded), ..RefundQuery::default() };
    let before =
        bench.market.refunds(&bench.isv, query.clone(), &Part::default()).await.expect("refunds").refunds.len();
    let id = bench.running(&example()).await;
    let order = bench.detail(&id).await.service.order;
    let refund = bench.ask(&order).await.expect("asked for");
    assert_eq!((refund.amount.to_string(), refund.applicant.as_str()), ("208.00".into(), "buyer"));
    assert!(matches!(refund.state, RefundState::Reviewing { .. }));
    assert_eq!(code(&bench.ask(&order).await.expect_err("one at a time")), "refund_under_review");
    let told = bench.told(&bench.isv).await;
    assert!(told.iter().any(|kind| matches!(kind, NoticeKind::RefundAsked { refund: id, .. } if *id == refund.id)));
    assert!(matches!(bench.withdraw(&refund).await.expect("withdrawn").state, RefundState::Withdrawn { .. }));
    assert_eq!(code(&bench.approve(&refund).await.expect_err("over")), "refund_not_reviewing");

    let refund = bench.ask(&order).await.expect("asked for again");
    let no = json!({"reason": "已交付"}).to_string();
    let rejected = bench.market.reject_refund(&bench.isv, asked(&key(), b"1"), &refund.id, no.as_bytes()).await;
    let rejected: Refund = serde_json::from_str(&rejected.expect("rejected").body).expect("a refund");
    assert!(matches!(&rejected.state, RefundState::Rejected { reason, .. } if reason == "已交付"));
    assert!(matches!(bench.detail(&id).await.service.state, ServiceState::Active { .. }));

    let refund = bench.ask(&order).await.expect("asked for again");
    let approved = bench.approve(&refund).await.expect("approved");
    assert!(matches!(approved.state, RefundState::Refunding { by: Approval::Isv, .. }), "{approved:?}");
    assert!(matches!(bench.order(&order).await.state, OrderState::Refunded { .. }));
    let service = bench.detail(&id).await.service;
    assert!(matches!(service.state, ServiceState::Closed { .. }), "after the first purchase it is closed");
    assert_eq!((service.paid.to_string(), service.refunded.to_string()), ("208.00".into(), "208.00".into()));
    bench.clean().await;
    // The provider notifies a little later.
    bench.advance("PT2M").await;
    let sent = bench.refund(&refund.id).await;
    assert!(matches!(sent.state, RefundState::Refunded { by: Approval::Isv, .. }), "{sent:?}");
    let told = bench.told(&bench.buyer).await;
    let sent = |kind: &&NoticeKind| matches!(kind, NoticeKind::RefundSent { refund: id, .. } if *id == refund.id);
    assert_eq!(told.iter().filter(sent).count(), 1);
    assert_eq!(code(&bench.ask(&order).await.expect_err("it is refunded")), "refund_not_paid");

    let id = bench.running(&example()).await;
    let refund = bench.ask(&bench.detail(&id).await.service.order).await.expect("asked for");
    bench.advance("PT71H59M59S").await;
    assert!(matches!(bench.refund(&refund.id).await.state, RefundState::Reviewing { .. }));
    bench.advance("PT1S").await;
    assert!(matches!(bench.refund(&refund.id).await.state, RefundState::Refunding { by: Approval::NoAnswer, .. }));
    bench.advance("PT2M").await;
    let found = bench.market.refunds(&bench.isv, query.clone(), &Part::default()).await.expect("refunds").refunds;
    assert_eq!(found.len(), before + 2);
    assert!(found[0].customer.is_some());
    assert!(bench.market.refunds(&bench.other, query, &Part::default()).await.expect("none").refunds.is_empty());
    let query = RefundQuery { applicant: Some("uye".to_owned()), order: Some(order), ..RefundQuery::default() };
    assert_eq!(bench.market.refunds(&bench.operator, query, &Part::default()).await.expect("refunds").refunds.len(), 3);
    assert_eq!(code(&bench.market.refund(&bench.other, &refund.id).await.expect_err("not theirs")), "refund_not_found");
    bench.clean().await;
}

/// A purchase, a renewal, an expansion, an upgrade: each undone puts back exactly what was before it.
async fn undone_one_after_the_other(bench: &Bench) {
    let id = bench.running(&example()).await;
    let mut was = vec![bench.detail(&id).await];
    let mut orders = vec![was[0].service.order.clone()];
    bench.advance("P1DT3H7M").await;
    let upgrade = json!({"subscription": id, "intent": "change", "mode": "re_term", "selection":
        {"edition": "premium", "term": "P1Y", "quantities": {"yonghushu": 50},
         "options": {"xinghao": "APP+WAP+微信", "quyu": "上海"}}});
    for change in [renewed(&id, "P1Y"), expanded(&id, 33), renewed(&id, "P1M"), upgrade] {
        orders.push(bench.bought(&change).await.id);
        was.push(bench.detail(&id).await);
        bench.advance("PT31H11S").await;
    }
    bench.clean().await;
    for (n, order) in orders.iter().enumerate().rev() {
        for earlier in &orders[..n] {
            assert_eq!(code(&bench.ask(earlier).await.expect_err("not the last")), "refund_not_last");
        }
        bench.undo(order).await;
        let now = bench.detail(&id).await;
        match n {
            0 => assert!(matches!(now.service.state, ServiceState::Closed { .. })),
            _ => assert_eq!(format!("{:?}", stands(&now)), format!("{:?}", stands(&was[n - 1])), "{n}"),
        }
        bench.clean().await;
        bench.advance("PT1H").await;
    }
    let service = bench.detail(&id).await.service;
    assert_eq!((service.paid, service.forfeited.to_string()), (service.refunded, "0.00".into()));
}

/// While a refund is under review nothing new is ordered of the product; what is unpaid ends.
async fn nothing_is_ordered_under_review(bench: &Bench) {
    let id = bench.running(&example()).await;
    let last = bench.detail(&id).await.service.order;
    let unpaid = bench.ordered(&expanded(&id, 20)).await;
    let payment = bench.payment(&unpaid.id, &key()).await;
    let quote = bench.quoted(&renewed(&id, "P1Y")).await.expect("a quotation");
    let bought = bench.quoted(&example()).await.expect("a quotation");
    let refund = bench.ask(&last).await.expect("asked for");
    let ended = bench.order(&unpaid.id).await;
    assert!(matches!(ended.state, OrderState::Cancelled { why: CancelWhy::RefundAsked, .. }), "{ended:?}");
    for quote in [quote, bought] {
        assert_eq!(code(&bench.place_quote(&quote, &json!({})).await.expect_err("refused")), "refund_under_review");
    }
    assert!(bench.detail(&id).await.sold.under_review);
    // What was on its way comes back, and changes nothing.
    bench.play(&payment, "pay").await;
    assert_eq!(bench.detail(&id).await.service.subscription.quantities["yonghushu"], 10);
    bench.withdraw(&refund).await.expect("withdrawn");
    assert!(!bench.detail(&id).await.sold.under_review);
    bench.bought(&expanded(&id, 20)).await;
    bench.clean().await;
}

async fn only_in_time_and_only_the_last(bench: &Bench) {
    let id = bench.running(&example()).await;
    let order = bench.detail(&id).await.service.order;
    bench.advance("P10D").await;
    let refund = bench.ask(&order).await.expect("10 × 24 hours after its payment");
    bench.withdraw(&refund).await.expect("withdrawn");
    bench.advance("PT1S").await;
    assert_eq!(code(&bench.ask(&order).await.expect_err("the 11th day")), "refund_too_late");
    let unpaid = bench.ordered(&example()).await;
    assert_eq!(code(&bench.ask(&unpaid.id).await.expect_err("unpaid")), "refund_not_paid");
    // Of another of the enterprise's services of the product: still the last order of the product.
    let other = bench.running(&example()).await;
    let last = bench.detail(&other).await.service.order;
    bench.bought(&renewed(&id, "P1M")).await;
    assert_eq!(code(&bench.ask(&last).await.expect_err("not the last")), "refund_not_last");
    let foreign = bench.market.ask_refund(&bench.other, asked(&key(), b""), &last, br#"{"reason":"x"}"#).await;
    assert_eq!(code(&foreign.expect_err("not theirs")), "order_not_found");
    let empty = bench.market.ask_refund(&bench.buyer, asked(&key(), b""), &order, br#"{"reason":" "}"#).await;
    assert_eq!(code(&empty.expect_err("too late all the same")), "refund_too_late");
    bench.clean().await;
}

/// Not opened within 24 hours: the buyer is told, and takes a full refund without review (rule V3).
async fn not_opened_takes_no_review(bench: &Bench) {
    let order: Order = bench.bought(&example_with("/selection/count", json!(2))).await;
    bench.market.mark_opened(&bench.isv, asked(&key(), b""), &order.services[0]).await.expect("opened");
    bench.advance("PT23H59M59S").await;
    let told = |told: Vec<NoticeKind>| {
        told.into_iter().any(|kind| matches!(kind, NoticeKind::NotOpenedInTime { order: id } if id == order.id))
    };
    assert!(!told(bench.told(&bench.buyer).await));
    bench.advance("PT1S").await;
    assert!(told(bench.told(&bench.buyer).await));
    bench.advance("P20D").await;
    let refund = bench.ask(&order.id).await.expect("asked for, long after");
    assert!(matches!(refund.state, RefundState::Refunding { by: Approval::NotOpened, .. }), "{refund:?}");
    for id in &order.services {
        assert!(matches!(bench.detail(id).await.service.state, ServiceState::Closed { .. }));
    }
    bench.advance("PT2M").await;
    assert!(matches!(bench.refund(&refund.id).await.state, RefundState::Refunded { .. }));
    bench.clean().await;
}

/// What came by transfer the operator sends back.
async fn sent_back_by_hand(bench: &Bench) {
    let quote = bench.quoted(&example()).await.expect("a quotation");
    let order = bench.place_quote(&quote, &json!({"method": "transfer"})).await.expect("placed");
    bench.confirm(&order.id, "100.00", &key()).await;
    bench.confirm(&order.id, "110.00", &key()).await;
    bench.market.mark_opened(&bench.isv, asked(&key(), b""), &format!("{}-1", order.id)).await.expect("opened");
    let refund = bench.ask(&order.id).await.expect("asked for");
    let too_early = bench.market.refund_sent(&bench.operator, asked(&key(), b""), &refund.id).await;
    assert_eq!(code(&too_early.expect_err("not approved")), "refund_not_refunding");
    bench.approve(&refund).await.expect("approved");
    bench.advance("P1D").await;
    assert!(matches!(bench.refund(&refund.id).await.state, RefundState::Refunding { .. }));
    let told = bench.told(&bench.operator).await;
    let to_send = |kind: &NoticeKind| matches!(kind, NoticeKind::RefundToSend { refund: id, amount, .. } if *id == refund.id && amount.to_string() == "208.00");
    assert!(told.iter().any(to_send), "{told:?}");
    bench.clean().await;
    bench.market.refund_sent(&bench.operator, asked(&key(), b""), &refund.id).await.expect("sent");
    assert!(matches!(bench.refund(&refund.id).await.state, RefundState::Refunded { .. }));
    let again = bench.market.refund_sent(&bench.operator, asked(&key(), b""), &refund.id).await;
    assert_eq!(code(&again.expect_err("once")), "refund_not_refunding");
    bench.clean().await;
}

/// Within 7 days of the old end the service is expired again; later it closes.
async fn undoing_a_late_renewal(bench: &Bench) {
    for (wait, closed) in [("P1D", false), ("P6D", true)] {
        let mut month = example();
        month["selection"]["term"] = json!("P1M");
        let id = bench.running(&month).await;
        // 2 to 5 days after its end, whatever month it is.
        bench.advance("P33D").await;
        let expired = bench.detail(&id).await;
        assert!(matches!(expired.service.state, ServiceState::Expired { .. }));
        let renewal = bench.bought(&renewed(&id, "P1M")).await;
        bench.advance(wait).await;
        bench.undo(&renewal.id).await;
        let after = bench.detail(&id).await;
        assert_eq!(after.service.end, expired.service.end);
        assert_eq!(matches!(after.service.state, ServiceState::Closed { .. }), closed, "{:?}", after.service.state);
        if !closed {
            assert_eq!(format!("{:?}", stands(&after)), format!("{:?}", stands(&expired)));
            bench.advance("P7D").await;
            assert!(
                matches!(bench.detail(&id).await.service.state, ServiceState::Closed { .. }),
                "in the end it closes"
            );
        }
        bench.clean().await;
    }
}

/// A change with nothing due counts as an order; its refund sends nothing.
async fn nothing_due_counts_as_an_order(bench: &Bench) {
    let mut nine = example();
    nine["selection"]["quantities"]["yonghushu"] = json!(9);
    let id = bench.running(&nine).await;
    let before = bench.detail(&id).await;
    let change = bench.ordered(&expanded(&id, 10)).await;
    assert!(matches!(change.state, OrderState::Fulfilled { .. }));
    assert_eq!(code(&bench.ask(&before.service.order).await.expect_err("not the last")), "refund_not_last");
    let refund = bench.ask(&change.id).await.expect("asked for");
    let approved = bench.approve(&refund).await.expect("approved");
    assert!(matches!(approved.state, RefundState::Refunded { .. }), "nothing is to be sent: {approved:?}");
    assert_eq!(format!("{:?}", stands(&bench.detail(&id).await)), format!("{:?}", stands(&before)));
    bench.undo(&before.service.order).await;
    bench.clean().await;
}

/// Parallel answers: one holds.
async fn answered_at_once_by_two(bench: &Bench) {
    for _ in 0..10 {
        let id = bench.running(&example()).await;
        let order = bench.detail(&id).await.service.order;
        let asked_for = join_all((0..5).map(|_| bench.ask(&order))).await;
        let mut made = asked_for.into_iter().filter_map(Result::ok);
        let refund = made.next().expect("one is asked for");
        assert!(made.next().is_none(), "one at a time");
        let (withdrawn, approved) = Box::pin(join(bench.withdraw(&refund), bench.approve(&refund))).await;
        assert!(withdrawn.is_ok() != approved.is_ok(), "{withdrawn:?} {approved:?}");
        let undone = matches!(bench.order(&order).await.state, OrderState::Refunded { .. });
        assert_eq!(undone, approved.is_ok());
        // An order and a refund at once: one of them holds.
        if !undone {
            let quote = bench.quoted(&expanded(&id, 20)).await.expect("a quotation");
            let more = json!({});
            let (placed, refund) = join(bench.place_quote(&quote, &more), bench.ask(&order)).await;
            let refund = refund.expect("it is the last that was settled");
            if let Ok(placed) = placed {
                let placed = bench.order(&placed.id).await;
                assert!(
                    matches!(placed.state, OrderState::Cancelled { why: CancelWhy::RefundAsked, .. }),
                    "{placed:?}"
                );
            }
            bench.approve(&refund).await.expect("approved");
        }
    }
    let query = OrderQuery { state: Some(shared::api::OrderStateName::Refunded), ..OrderQuery::default() };
    assert!(bench.market.orders(&bench.buyer, query, &Part::default()).await.expect("orders").orders.len() >= 10);
    bench.clean().await;
}

#[tokio::test]
async fn the_story_of_refunds_on_sqlite() {
    Box::pin(story(&Bench::open(None).await)).await;
}

#[tokio::test]
async fn the_story_of_refunds_on_postgresql() {
    let Some(address) = fresh_database("refunds").await else { return };
    Box::pin(story(&Bench::open(Some(&address)).await)).await;
}

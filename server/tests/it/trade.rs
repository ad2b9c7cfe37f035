//! From a quotation to services, told to both databases: the use cases as the HTTP handlers call them.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use server::caller::Caller;
use server::clock::Clock;
use server::demo;
use server::failure::Failure;
use server::keys::QuotationKey;
use server::randomness::Randomness;
use server::store::Store;
use server::store::answers::Asked;
use server::store::products::Seed;
use server::usecases::{Market, Settings, audit};
use shared::api::{
    AccessQuery, Order, OrderQuery, Organisation, Part, PayAnswer, Role, SandboxState, Service, ServiceQuery, Transfer,
    TransferQuery, Way, Who,
};
use shared::calendar::Offset;
use shared::orders::{NoticeKind, OrderState, ServiceState};
use tempfile::TempDir;

use super::store::fresh_database;
use super::support::{example_with, now};

/// A request with this `Idempotency-Key`.
pub(crate) fn asked(key: &str, body: &[u8]) -> Asked {
    Asked::new("member", "/route", key, body)
}

/// A market of its own, with a buyer, another buyer, the ISV and the operator.
pub(crate) struct Bench {
    pub(crate) market: Market,
    pub(crate) buyer: Caller,
    pub(crate) other: Caller,
    pub(crate) isv: Caller,
    pub(crate) operator: Caller,
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

pub(crate) fn caller(id: &str, organisation: &str, role: Role) -> Caller {
    let kind = role.of();
    let organisation = Organisation { id: organisation.to_owned(), name: format!("{organisation} 公司"), kind };
    let (name, email) = (id.to_owned(), format!("{id}@example.com"));
    Caller { who: Who { id: id.to_owned(), name, email, role, organisation, demo: false }, scopes: None }
}

impl Bench {
    pub(crate) async fn open(database: Option<&str>) -> Self {
        Self::open_with(database, Settings { sandbox: true, ..Settings::default() }).await
    }

    pub(crate) async fn open_with(database: Option<&str>, settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), database).await.expect("a store");
        store.write(Seed { products: demo::products(), at: now() }).await.expect("products");
        store.write(demo::people(now())).await.expect("people");
        let key = QuotationKey::open(folder.path()).expect("a key");
        let market = Market::open(store.clone(), key, Clock::standing_at(now()), settings).await.expect("a market");
        Self {
            market,
            buyer: caller("buyer", "one", Role::BuyerAdmin),
            other: caller("other", "two", Role::BuyerAdmin),
            isv: caller("isv", "demo-isv", Role::IsvOwner),
            operator: caller("operator", "demo-operator", Role::Operator),
            store,
            folder,
        }
    }

    /// An ISV that sells nothing.
    pub(crate) fn other_isv() -> Caller {
        caller("other-isv", "nobody", Role::IsvOwner)
    }

    /// A quotation of the seed's example, so many times.
    pub(crate) async fn quote(&self, count: u32) -> String {
        let body = example_with("/selection/count", json!(count)).to_string();
        self.market.quote(Some(&self.buyer), body.as_bytes(), None).await.expect("a quotation").id
    }

    pub(crate) async fn place(&self, quote: &str, method: &str, key: &str) -> Result<Order, Failure> {
        let body = json!({"quote": quote, "method": method, "agreement": 1}).to_string();
        let made = self.market.place_order(&self.buyer, asked(key, body.as_bytes()), body.as_bytes()).await?;
        Ok(serde_json::from_str(&made.body).expect("an order"))
    }

    pub(crate) async fn order(&self, id: &str) -> Order {
        self.market.order(&self.buyer, id).await.expect("the order")
    }

    /// Begins to pay with the sandbox's provider; returns the payment's id.
    pub(crate) async fn payment(&self, order: &str, key: &str) -> String {
        let body = br#"{"method":"sandbox"}"#;
        let made = self.market.pay_order(&self.buyer, asked(key, body), order, body).await.expect("to be paid");
        match serde_json::from_str(&made.body).expect("an answer") {
            PayAnswer::Page { address } => address.rsplit('/').next().expect("an id").to_owned(),
            PayAnswer::Transfer(_) => panic!("by transfer"),
        }
    }

    pub(crate) async fn play(&self, payment: &str, play: &str) -> SandboxState {
        let body = json!({"play": play}).to_string();
        self.market.play(payment, body.as_bytes()).await.expect("played").state
    }

    pub(crate) async fn advance(&self, by: &str) {
        self.market.set_sandbox_clock(json!({"advance": by}).to_string().as_bytes()).await.expect("set");
    }

    pub(crate) async fn confirm(&self, reference: &str, amount: &str, key: &str) -> Transfer {
        let body = json!({"amount": amount}).to_string();
        let made =
            self.market.confirm_transfer(&self.operator, asked(key, body.as_bytes()), reference, body.as_bytes()).await;
        serde_json::from_str(&made.expect("confirmed").body).expect("a transfer")
    }

    pub(crate) async fn services(&self) -> Vec<Service> {
        self.market.services(&self.buyer, ServiceQuery::default(), &Part::default()).await.expect("services").services
    }

    pub(crate) async fn told(&self, caller: &Caller) -> Vec<NoticeKind> {
        let mut told: Vec<_> = self.market.notices(caller, &Part::default()).await.expect("notices").notices;
        told.reverse();
        told.into_iter().map(|notice| notice.kind).collect()
    }
}

pub(crate) fn code(failure: &Failure) -> &'static str {
    failure.code()
}

pub(crate) async fn story(bench: &Bench) {
    bought_and_lived_through(bench).await;
    placed_once(bench).await;
    played(bench).await;
    repriced(bench).await;
    transferred(bench).await;
    tried(bench).await;
    foreign_looks_like_nonexistent(bench).await;
    let report = audit(&bench.store, Offset::CHINA).await.expect("audited");
    assert!(report.is_clean(), "{report}");
    let orders = report.looked_at.iter().find(|(name, _)| *name == "orders").map(|(_, count)| *count);
    assert!(orders.is_some_and(|count| count > 10), "{report}");
}

/// The 208 example twice: two services, opened, noticed 7 days before their end, expired, closed.
async fn bought_and_lived_through(bench: &Bench) {
    let order = bench.place(&bench.quote(2).await, "sandbox", "first").await.expect("placed");
    assert_eq!(order.amount.due().to_string(), "416.00");
    assert!(matches!(order.state, OrderState::Unpaid { .. }));
    let payment = bench.payment(&order.id, "pay-first").await;
    assert_eq!(bench.play(&payment, "pay").await, SandboxState::Paid);
    let order = bench.order(&order.id).await;
    assert_eq!(order.state, OrderState::Paid { at: now() });
    let services = bench.services().await;
    assert_eq!(services.len(), 2);
    for service in &services {
        assert_eq!(service.paid.to_string(), "208.00");
        assert_eq!(service.end.expect("an end").to_string(), "2027-01-01T10:00:00+08:00");
        assert!(matches!(service.state, ServiceState::Provisioning { .. }));
        let answer = bench.market.access(&bench.isv, by_service(&service.id)).await.expect("an answer");
        assert!(!answer.usable);
        bench.market.mark_opened(&bench.isv, asked(&service.id, b""), &service.id).await.expect("opened");
        let answer = bench.market.access(&bench.isv, by_service(&service.id)).await.expect("an answer");
        assert!(answer.usable);
    }
    assert!(matches!(bench.order(&order.id).await.state, OrderState::Fulfilled { .. }));
    let query = AccessQuery {
        enterprise: Some("one".to_owned()),
        product: Some("data-analytics-2".to_owned()),
        ..AccessQuery::default()
    };
    assert!(bench.market.access(&bench.isv, query.clone()).await.expect("an answer").usable);

    let before = bench.told(&bench.buyer).await.len();
    bench.advance("P358D").await;
    let told = bench.told(&bench.buyer).await;
    let ending = |kind: &NoticeKind| matches!(kind, NoticeKind::ServiceEnds { .. });
    assert_eq!(told[before..].iter().filter(|kind| ending(kind)).count(), 2, "{told:?}");
    bench.advance("P7D").await;
    assert!(bench.services().await.iter().all(|it| matches!(it.state, ServiceState::Expired { .. })));
    assert!(!bench.market.access(&bench.isv, query).await.expect("an answer").usable);
    bench.advance("P8D").await;
    assert!(bench.services().await.iter().all(|it| matches!(it.state, ServiceState::Closed { .. })));
}

fn by_service(id: &str) -> AccessQuery {
    AccessQuery { service: Some(id.to_owned()), ..AccessQuery::default() }
}

/// Fifty submissions of one quotation make one order; of one key one order with the same answer.
async fn placed_once(bench: &Bench) {
    let quote = bench.quote(1).await;
    let keys: Vec<String> = (0..50).map(|n| format!("parallel-{n}")).collect();
    let placed = join_all(keys.iter().map(|key| bench.place(&quote, "sandbox", key))).await;
    let made: Vec<_> = placed.iter().filter_map(|placed| placed.as_ref().ok()).collect();
    assert_eq!(made.len(), 1, "{placed:?}");
    assert!(placed.iter().filter_map(|placed| placed.as_ref().err()).all(|error| code(error) == "quote_used"));

    let quote = bench.quote(1).await;
    let body = json!({"quote": quote, "method": "sandbox", "agreement": 1}).to_string();
    let same = join_all(
        (0..50).map(|_| bench.market.place_order(&bench.buyer, asked("same", body.as_bytes()), body.as_bytes())),
    )
    .await;
    let first = same[0].as_ref().expect("placed");
    assert!(same.iter().all(|made| made.as_ref().is_ok_and(|made| made == first)), "{same:?}");
    let other = json!({"quote": quote, "method": "transfer", "agreement": 1}).to_string();
    let error = bench
        .market
        .place_order(&bench.buyer, asked("same", other.as_bytes()), other.as_bytes())
        .await
        .expect_err("refused");
    assert_eq!(code(&error), "idempotency_mismatch");
}

/// What the sandbox's provider can play.
async fn played(bench: &Bench) {
    for (play, paid) in
        [("double", true), ("out_of_order", true), ("lost", true), ("wrong_amount", false), ("refuse", false)]
    {
        let order = bench.place(&bench.quote(1).await, "sandbox", play).await.expect("placed");
        let payment = bench.payment(&order.id, &format!("pay-{play}")).await;
        let services = bench.services().await.len();
        bench.play(&payment, play).await;
        bench.advance("PT2M").await;
        let after = bench.order(&order.id).await;
        assert_eq!(matches!(after.state, OrderState::Paid { .. }), paid, "{play}: {after:?}");
        assert_eq!(bench.services().await.len(), services + usize::from(paid), "{play}");
        let mismatched = (play == "wrong_amount").then(|| "207.99".to_owned());
        assert_eq!(after.mismatched.map(|amount| amount.to_string()), mismatched, "{play}");
    }
    let operator = bench.told(&bench.operator).await;
    assert!(operator.iter().any(|kind| matches!(kind, NoticeKind::AmountMismatch { .. })), "{operator:?}");

    // Late: the order has closed, the money goes back.
    let order = bench.place(&bench.quote(1).await, "sandbox", "late").await.expect("placed");
    let payment = bench.payment(&order.id, "pay-late").await;
    bench.play(&payment, "late").await;
    bench.advance("P2D").await;
    assert!(matches!(bench.order(&order.id).await.state, OrderState::Cancelled { .. }));
    let told = bench.told(&bench.buyer).await;
    let returned = |kind: &NoticeKind| matches!(kind, NoticeKind::MoneyReturned { order: id, .. } if *id == order.id);
    assert!(told.iter().any(returned), "{told:?}");
    // What came and went stands on the order too.
    let moved: Vec<_> = bench.order(&order.id).await.money.iter().map(|it| (it.way, it.amount.to_string())).collect();
    assert_eq!(moved, [(Way::Arrived, "208.00".to_owned()), (Way::Returned, "208.00".to_owned())]);

    // All that was told until then is read, and nothing of others'.
    let list = bench.market.notices(&bench.buyer, &Part::default()).await.expect("notices");
    assert!(list.unread > 1, "{list:?}");
    // By when they were written, with which their ids begin.
    let mut ids: Vec<&String> = list.notices.iter().map(|notice| &notice.id).collect();
    ids.sort();
    let last_but_one = ids[ids.len() - 2];
    let not_theirs = bench.market.read_notices(&bench.other, last_but_one).await.expect_err("somebody else's");
    assert_eq!(code(&not_theirs), "notice_not_found");
    bench.market.read_notices(&bench.buyer, last_but_one).await.expect("read");
    let after = bench.market.notices(&bench.buyer, &Part::default()).await.expect("notices");
    let unread: Vec<&String> = after.notices.iter().filter(|notice| !notice.read).map(|notice| &notice.id).collect();
    assert_eq!((after.unread, unread.as_slice()), (1, &ids[ids.len() - 1..]));
    assert!(bench.market.notices(&bench.operator, &Part::default()).await.expect("notices").unread > 0);

    // A forged notification is refused.
    let forged = server::usecases::Signed { body: "{}".to_owned(), signature: "00".repeat(32) };
    assert_eq!(code(&bench.market.notified(&forged).await.expect_err("refused")), "signature_invalid");
}

/// 416.00 for two, repriced to 400.01: 200.01 and 200.00 (rule O2).
async fn repriced(bench: &Bench) {
    let order = bench.place(&bench.quote(2).await, "sandbox", "repriced").await.expect("placed");
    let body = json!({"amount": "400.01", "reason": "老客户优惠"}).to_string();
    bench.market.reprice_order(&bench.isv, asked("reprice", b""), &order.id, body.as_bytes()).await.expect("repriced");
    let seen = bench.order(&order.id).await;
    assert_eq!((seen.amount.quoted.to_string(), seen.amount.due().to_string()), ("416.00".into(), "400.01".into()));
    let payment = bench.payment(&order.id, "pay-repriced").await;
    bench.play(&payment, "pay").await;
    let order = bench.order(&order.id).await;
    let mut paid = Vec::new();
    for id in &order.services {
        paid.push(bench.market.service(&bench.buyer, id).await.expect("a service").service.paid.to_string());
    }
    assert_eq!(paid, ["200.01", "200.00"]);
}

/// Short, over and late transfers end as the table of `shared::orders` says.
async fn transferred(bench: &Bench) {
    let order = bench.place(&bench.quote(1).await, "transfer", "short").await.expect("placed");
    let due = order.transfer.expect("to be transferred");
    assert_eq!(due.missing.to_string(), "208.00");
    let short = bench.confirm(&due.reference, "200.00", "c1").await;
    assert_eq!((short.received.to_string(), format!("{:?}", short.state)), ("200.00".into(), "Short".into()));
    assert_eq!(bench.confirm(&due.reference, "200.00", "c1").await, short, "confirmed twice with one key");
    let over = bench.confirm(&due.reference, "10.00", "c2").await;
    assert_eq!((over.returned.to_string(), format!("{:?}", over.state)), ("2.00".into(), "Settled".into()));
    assert!(matches!(bench.order(&order.id).await.state, OrderState::Paid { .. }));

    let order = bench.place(&bench.quote(1).await, "transfer", "late-transfer").await.expect("placed");
    bench.confirm(&order.id, "8.00", "c3").await;
    bench.advance("P7D").await;
    let late = bench.confirm(&order.id, "200.00", "c4").await;
    assert_eq!((late.returned.to_string(), format!("{:?}", late.state)), ("208.00".into(), "Ended".into()));
    let all = bench.market.transfers(TransferQuery::default(), &Part::default()).await.expect("transfers").transfers;
    assert_eq!(all.len(), 2);
}

/// A trial: one for each enterprise and product; its days run from its opening; buying it keeps the service.
async fn tried(bench: &Bench) {
    let body = json!({"product": "data-analytics-2", "selection": {"edition": "standard",
        "options": {"xinghao": "APP+WAP+微信", "quyu": "上海"}}})
    .to_string();
    let made = bench.market.begin_trial(&bench.buyer, asked("trial", b""), body.as_bytes()).await.expect("begun");
    let again =
        bench.market.begin_trial(&bench.buyer, asked("again", b""), body.as_bytes()).await.expect_err("refused");
    assert_eq!(code(&again), "trial_taken");
    let opened = bench.market.mark_opened(&bench.isv, asked("trial-opened", b""), &made.id).await.expect("opened");
    let service: Service = serde_json::from_str(&opened.body).expect("a service");
    let left = service.end.expect("an end").since(bench.market.clock().now());
    assert_eq!(left % (24 * 60 * 60), 0);
    assert!(left > 0 && service.trial.is_some());

    let order = bench.place(&bench.quote(1).await, "sandbox", "buy-trial").await.expect("placed");
    let payment = bench.payment(&order.id, "pay-trial").await;
    bench.play(&payment, "pay").await;
    let bought = bench.market.service(&bench.buyer, &made.id).await.expect("the same service").service;
    assert!(bought.trial.is_none() && bought.paid.to_string() == "208.00");
    assert_eq!(bench.order(&order.id).await.services, [made.id]);
}

async fn foreign_looks_like_nonexistent(bench: &Bench) {
    let order = bench.place(&bench.quote(1).await, "sandbox", "mine").await.expect("placed");
    for id in [order.id.as_str(), "20260101-NOTHING0"] {
        let found = bench.market.order(&bench.other, id).await.expect_err("not theirs");
        assert_eq!(code(&found), "order_not_found");
        let cancelled =
            bench.market.cancel_order(&bench.other, asked("foreign", b""), id).await.expect_err("not theirs");
        assert_eq!(code(&cancelled), "order_not_found");
    }
    assert!(
        bench
            .market
            .orders(&bench.other, OrderQuery::default(), &Part::default())
            .await
            .expect("none")
            .orders
            .is_empty()
    );
    let quote = bench.quote(1).await;
    let body = json!({"quote": quote, "method": "sandbox", "agreement": 1}).to_string();
    let taken =
        bench.market.place_order(&bench.other, asked("foreign-2", b""), body.as_bytes()).await.expect_err("refused");
    assert_eq!(code(&taken), "quotation_not_found");

    // The lists find what matches, and only that (rule O9).
    let query = OrderQuery { number: Some(order.id.clone()), ..OrderQuery::default() };
    let found = bench.market.orders(&bench.isv, query, &Part::default()).await.expect("found").orders;
    assert_eq!(found.iter().map(|found| &found.id).collect::<Vec<_>>(), [&order.id]);
    assert_eq!(found[0].customer.as_ref().expect("a customer").id, "one");
    let query = OrderQuery { product: Some("nothing".to_owned()), ..OrderQuery::default() };
    assert!(bench.market.orders(&bench.buyer, query, &Part::default()).await.expect("none").orders.is_empty());

    bench.market.cancel_order(&bench.buyer, asked("cancel", b""), &order.id).await.expect("cancelled");
    let late = bench.market.cancel_order(&bench.buyer, asked("cancel-2", b""), &order.id).await.expect_err("refused");
    assert_eq!(code(&late), "order_not_unpaid");

    // A quotation is good for 15 minutes.
    let quote = bench.quote(1).await;
    bench.market.clock().advance(Duration::from_mins(15));
    assert_eq!(code(&bench.place(&quote, "sandbox", "expired").await.expect_err("refused")), "quote_expired");
}

#[tokio::test]
async fn the_story_of_trade_on_sqlite() {
    story(&Bench::open(None).await).await;
}

#[tokio::test]
async fn the_story_of_trade_on_postgresql() {
    let Some(address) = fresh_database("trade").await else { return };
    story(&Bench::open(Some(&address)).await).await;
}

/// Orders of one second may draw the same number: the second is not told that its quotation was used, and asked again it is
/// placed.
#[tokio::test]
async fn o1_a_number_that_is_taken_uses_up_no_quotation() {
    for database in [Some(None), fresh_database("taken").await.map(Some)].into_iter().flatten() {
        // Two quotations, then an order.
        let settings = |drawn: u64| {
            let randomness = Arc::new(Randomness::Seeded { seed: 7, drawn: drawn.into() });
            Settings { sandbox: true, randomness, ..Settings::default() }
        };
        let mut bench = Bench::open_with(database.as_deref(), settings(0)).await;
        let (one, other) = (bench.quote(1).await, bench.quote(1).await);
        let placed = bench.place(&one, "transfer", "one").await.expect("placed");
        let key = QuotationKey::open(bench.folder.path()).expect("a key");
        let clock = Clock::standing_at(now());
        bench.market = Market::open(bench.store.clone(), key, clock, settings(2)).await.expect("a market");
        let refused = bench.place(&other, "transfer", "other").await.expect_err("the number is taken");
        assert_eq!(code(&refused), "store_unavailable");
        let again = bench.place(&other, "transfer", "other").await.expect("placed");
        assert_ne!(again.id, placed.id);
        let used = bench.place(&other, "transfer", "third").await.expect_err("used now");
        assert_eq!(code(&used), "quote_used");
        bench.store.close().await;
    }
}

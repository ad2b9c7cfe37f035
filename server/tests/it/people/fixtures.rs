//! What the paths of routes name, so that [`super::routes`] can try one's own, another tenant's, and none.
//!
//! A route for those who are signed in whose path has a `{…}` needs a line in [`FIXTURES`].

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use server::store::sql::{Sql, Value as Column};
use server::store::{Step, StoreError, refunds};
use shared::api::{self, OrganisationKind, Who};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::money::Fen;
use shared::orders::{Approval, Method, Refund, RefundState};

use super::super::support::now;
use super::Browser;

/// How to make what a path names.
pub(super) struct Fixture {
    /// As the table of routes has it.
    pub(super) path: &'static str,
    /// What a write on it says: right in itself, so that only whose it is can be wrong.
    pub(super) body: fn() -> Value,
    /// Makes one that belongs to who is signed in in this browser, an administrator of their tenant; returns the id. To
    /// operators belongs all that there is; where there can be no other's, that is an id of nothing.
    pub(super) make: for<'b> fn(&'b Browser<'b>) -> BoxFuture<'b, String>,
}

const NOTHING: fn() -> Value = || json!({});
const EXTRA_TRIAL_OF: (&str, &str) = ("team-approval", "team");

pub(super) const FIXTURES: &[Fixture] = &[
    Fixture { path: api::TOKEN, body: NOTHING, make: |owner| Box::pin(token(owner)) },
    Fixture { path: api::INVITATION_SENT, body: NOTHING, make: |owner| Box::pin(invitation(owner)) },
    Fixture { path: api::ORDER, body: NOTHING, make: |owner| Box::pin(order(owner, "sandbox")) },
    Fixture { path: api::ORDER_CANCEL, body: NOTHING, make: |owner| Box::pin(order(owner, "sandbox")) },
    Fixture {
        path: api::ORDER_REPRICE,
        body: || json!({"amount": "0.01", "reason": "老客户优惠"}),
        make: |owner| Box::pin(order(owner, "sandbox")),
    },
    Fixture {
        path: api::ORDER_PAY,
        body: || json!({"method": "transfer"}),
        make: |owner| Box::pin(order(owner, "sandbox")),
    },
    Fixture {
        path: api::ORDER_REFUND,
        body: || json!({"reason": "不再需要"}),
        make: |owner| Box::pin(last_order(owner)),
    },
    Fixture { path: api::REFUND, body: NOTHING, make: |owner| Box::pin(refund(owner)) },
    Fixture { path: api::REFUND_WITHDRAW, body: NOTHING, make: |owner| Box::pin(refund(owner)) },
    Fixture { path: api::REFUND_APPROVE, body: NOTHING, make: |owner| Box::pin(refund(owner)) },
    Fixture {
        path: api::REFUND_REJECT, body: || json!({"reason": "已交付"}), make: |owner| Box::pin(refund(owner))
    },
    Fixture { path: api::REFUND_SENT, body: NOTHING, make: |owner| Box::pin(refund_to_send(owner)) },
    Fixture {
        path: api::TRANSFER_CONFIRM,
        body: || json!({"amount": "0.01"}),
        make: |owner| Box::pin(order(owner, "transfer")),
    },
    Fixture { path: api::SERVICE, body: NOTHING, make: |owner| Box::pin(service(owner)) },
    Fixture { path: api::SERVICE_OPENED, body: NOTHING, make: |owner| Box::pin(service(owner)) },
    Fixture {
        path: api::SERVICE_NOTE, body: || json!({"note": "重点客户"}), make: |owner| Box::pin(service(owner))
    },
    Fixture { path: api::EXTRA_TRIAL, body: NOTHING, make: |owner| Box::pin(ended_trial(owner)) },
    Fixture { path: api::ORDER_INVOICES, body: invoice_request, make: |owner| Box::pin(paid_order(owner)) },
    Fixture { path: api::INVOICE_WITHDRAW, body: NOTHING, make: |owner| Box::pin(invoice(owner)) },
    Fixture {
        path: api::INVOICE_ISSUE,
        body: || json!({"number": "26312000000123456789"}),
        make: |owner| Box::pin(invoice(owner)),
    },
    Fixture {
        path: api::INVOICE_REJECT,
        body: || json!({"reason": "抬头有误"}),
        make: |owner| Box::pin(invoice(owner)),
    },
    Fixture { path: api::ORDER_REVIEW, body: opinion, make: |owner| Box::pin(paid_order(owner)) },
    Fixture { path: api::REVIEW_FOLLOW_UP, body: opinion, make: |owner| Box::pin(review(owner)) },
    Fixture {
        path: api::REVIEW_ANSWER,
        body: || json!({"to": "first", "text": "感谢支持"}),
        make: |owner| Box::pin(review(owner)),
    },
    Fixture { path: api::ORDER_COMPLAINT, body: complaint_text, make: |owner| Box::pin(paid_order(owner)) },
    Fixture { path: api::COMPLAINT_ANSWER, body: complaint_text, make: |owner| Box::pin(complaint(owner)) },
    Fixture { path: api::COMPLAINT_WITHDRAW, body: NOTHING, make: |owner| Box::pin(complaint(owner)) },
    Fixture {
        path: api::COMPLAINT_CLOSE,
        body: || json!({"outcome": "settled", "finding": "双方已和解"}),
        make: |owner| Box::pin(complaint(owner)),
    },
    Fixture { path: api::ORDER_OFFLINE_REFUND, body: offline, make: |owner| Box::pin(paid_order(owner)) },
    Fixture { path: api::OFFLINE_REFUND_CONFIRM, body: NOTHING, make: |owner| Box::pin(offline_refund(owner)) },
    Fixture {
        path: api::OFFLINE_REFUND_DECLINE,
        body: || json!({"reason": "没有收到"}),
        make: |owner| Box::pin(offline_refund(owner)),
    },
    Fixture { path: api::SETTLEMENT, body: NOTHING, make: |owner| Box::pin(settlement(owner)) },
    Fixture { path: api::SETTLEMENT_CSV, body: NOTHING, make: |owner| Box::pin(settlement(owner)) },
    Fixture { path: api::SETTLEMENT_XLSX, body: NOTHING, make: |owner| Box::pin(settlement(owner)) },
    Fixture {
        path: api::SETTLEMENT_PAID,
        body: || json!({"reference": "B1"}),
        make: |owner| Box::pin(closed_month(owner)),
    },
    Fixture { path: api::OWN_PRODUCT, body: NOTHING, make: |owner| Box::pin(own_product(owner)) },
    Fixture {
        path: api::OWN_DRAFT,
        body: || json!({"replaces": 0, "form": {}}),
        make: |owner| Box::pin(own_product(owner)),
    },
    Fixture { path: api::OWN_PUBLISH, body: first_revision, make: |owner| Box::pin(own_product(owner)) },
    Fixture { path: api::OWN_IMPACT, body: first_revision, make: |owner| Box::pin(listed_product(owner)) },
    Fixture { path: api::OWN_REVISIONS, body: NOTHING, make: |owner| Box::pin(own_product(owner)) },
    Fixture { path: api::OWN_REVISION, body: NOTHING, make: |owner| Box::pin(listed_product(owner)) },
    Fixture {
        path: api::OWN_ORIGINS,
        body: || json!({"origins": ["https://shop.example"]}),
        make: |owner| Box::pin(own_product(owner)),
    },
    Fixture { path: api::NOTICE_READ, body: NOTHING, make: |owner| Box::pin(notice(owner)) },
    Fixture { path: api::NOTICES_READ, body: NOTHING, make: |owner| Box::pin(notice(owner)) },
];

async fn token(owner: &Browser<'_>) -> String {
    let made = owner.post(api::TOKENS, json!({"name": "x", "scopes": ["read"]})).await;
    id_of(&made.json())
}

async fn invitation(owner: &Browser<'_>) -> String {
    let role = owner.get(api::SESSION).await.json()["role"].clone();
    assert_eq!(owner.post(api::INVITATIONS, json!({"role": role})).await.status, 201);
    let sent = owner.get(api::INVITATIONS).await.json();
    let open = |it: &&Value| it["state"]["is"] == "open";
    id_of(sent["invitations"].as_array().expect("invitations").iter().find(open).expect("one that is open"))
}

fn id_of(made: &Value) -> String {
    made["id"].as_str().unwrap_or_else(|| panic!("an id: {made}")).to_owned()
}

/// Who sells a product.
struct Give {
    slug: &'static str,
    isv: String,
}

impl Step for Give {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let values = [Column::from(self.slug), Column::from(&self.isv)];
        sql.run("UPDATE products SET isv = $2 WHERE slug = $1", &values).await?;
        Ok(())
    }
}

/// A buyer and a product such that what the buyer makes of it belongs to `owner`; `None`: there can be none.
async fn parties<'b>(owner: &'b Browser<'b>) -> Option<(Option<Browser<'b>>, &'static str)> {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    let demo = Browser::of(owner.market, "demo-buyer-admin").await;
    match who.organisation.kind {
        OrganisationKind::Enterprise => Some((None, "data-analytics-2")),
        OrganisationKind::Isv if who.demo => Some((Some(demo), "data-analytics-2")),
        OrganisationKind::Isv => {
            let give = Give { slug: "customer-care", isv: who.organisation.id };
            owner.market.store.write(give).await.expect("given");
            Some((Some(demo), "customer-care"))
        }
        OrganisationKind::Operator => who.demo.then_some((Some(demo), "data-analytics-2")),
    }
}

/// The smallest thing that can be bought of a product.
fn smallest(slug: &str) -> Value {
    let product = server::demo::products().into_iter().find(|product| product.slug == slug).expect("a product");
    let offer = Offer::parse(&product.config).expect("an offer");
    let term = offer.editions[0].terms.last().copied();
    json!({"product": slug, "selection": shared::pricing::smallest(&offer, 0, term).to_file(&offer)})
}

async fn order(owner: &Browser<'_>, method: &str) -> String {
    let Some((buyer, slug)) = parties(owner).await else { return "nothing-else".to_owned() };
    let buyer = buyer.as_ref().unwrap_or(owner);
    let quote = id_of(&buyer.post(api::QUOTES, smallest(slug)).await.json());
    id_of(&buyer.post(api::ORDERS, json!({"quote": quote, "method": method, "agreement": 1})).await.json())
}

async fn service(owner: &Browser<'_>) -> String {
    let order = order(owner, "sandbox").await;
    if order == "nothing-else" {
        return order;
    }
    pay(owner, &order).await;
    format!("{order}-1")
}

async fn pay(owner: &Browser<'_>, order: &str) {
    let buyer = parties(owner).await.and_then(|(buyer, _)| buyer);
    let buyer = buyer.as_ref().unwrap_or(owner);
    let page = buyer.post(&api::order_pay(order), json!({"method": "sandbox"})).await.json();
    if page["code"] == "order_not_unpaid" {
        // It cost nothing.
        return;
    }
    let payment = page["address"].as_str().and_then(|address| address.rsplit('/').next()).expect("a page").to_owned();
    let played = buyer.post(&api::sandbox_payment(&payment), json!({"play": "pay"})).await;
    assert_eq!(played.status, 200, "{}", played.text());
}

/// An order that can be refunded: of a demo buyer's each time of another product, whose last it stays.
async fn last_order(owner: &Browser<'_>) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    let order = if who.organisation.kind == OrganisationKind::Enterprise && who.demo {
        let slug = ["data-analytics-1", "meeting-notes"][NEXT.fetch_add(1, Ordering::Relaxed) % 2];
        let quote = id_of(&owner.post(api::QUOTES, smallest(slug)).await.json());
        id_of(&owner.post(api::ORDERS, json!({"quote": quote, "method": "sandbox", "agreement": 1})).await.json())
    } else {
        order(owner, "sandbox").await
    };
    if order != "nothing-else" {
        pay(owner, &order).await;
    }
    order
}

/// Keeps a refund as it is, of a product of its own: several roles try at once, and of a product one is under review.
struct KeepRefund(Refund);

impl Step for KeepRefund {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        refunds::insert(sql, &self.0).await
    }
}

async fn refund(owner: &Browser<'_>) -> String {
    refund_in(owner, |at| RefundState::Reviewing { answer_until: at.plus_seconds(86_400).expect("in range") }).await
}

async fn refund_to_send(owner: &Browser<'_>) -> String {
    refund_in(owner, |since| RefundState::Refunding { since, by: Approval::Isv }).await
}

async fn refund_in(owner: &Browser<'_>, state: fn(Timestamp) -> RefundState) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let Some((buyer, slug)) = parties(owner).await else { return "nothing-else".to_owned() };
    let order = order(owner, "sandbox").await;
    pay(owner, &order).await;
    let buyer: Who =
        serde_json::from_value(buyer.as_ref().unwrap_or(owner).get(api::SESSION).await.json()).expect("who");
    let isv = owner.market.store.read(SoldBy(slug)).await.expect("an ISV");
    let at = now();
    let refund = Refund {
        id: format!("{order}-R1"),
        order: order.clone(),
        enterprise: buyer.organisation.id,
        applicant: buyer.name,
        isv,
        product: format!("product-{}", NEXT.fetch_add(1, Ordering::Relaxed)),
        amount: Fen::new(1),
        via: Method::Transfer,
        reason: "不再需要".to_owned(),
        asked_at: at,
        state: state(
            owner.get(api::SANDBOX_CLOCK).await.json()["now"].as_str().and_then(|at| at.parse().ok()).unwrap_or(at),
        ),
    };
    owner.market.store.write(KeepRefund(refund)).await.expect("kept");
    format!("{order}-R1")
}

/// Who sells a product now.
struct SoldBy(&'static str);

impl Step for SoldBy {
    type Done = String;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<String, StoreError> {
        let found = server::store::products::standing(sql, self.0).await?;
        Ok(found.map(|standing| standing.isv).unwrap_or_default())
    }
}

/// An order that is paid.
async fn paid_order(owner: &Browser<'_>) -> String {
    service(owner).await.trim_end_matches("-1").to_owned()
}

fn invoice_request() -> Value {
    json!({
        "kind": "ordinary", "title": "上海晨光贸易有限公司", "tax_number": "91330100799655058B",
        "email": "fapiao@enterprise.example"
    })
}

async fn invoice(owner: &Browser<'_>) -> String {
    let order = paid_order(owner).await;
    if order == "nothing-else" {
        return order;
    }
    let buyer = parties(owner).await.and_then(|(buyer, _)| buyer);
    let buyer = buyer.as_ref().unwrap_or(owner);
    id_of(&buyer.post(&api::of(api::ORDER_INVOICES, &order), invoice_request()).await.json())
}

fn opinion() -> Value {
    json!({"stars": 4, "text": "好用"})
}

async fn review(owner: &Browser<'_>) -> String {
    let order = paid_order(owner).await;
    if order == "nothing-else" {
        return order;
    }
    let buyer = parties(owner).await.and_then(|(buyer, _)| buyer);
    let buyer = buyer.as_ref().unwrap_or(owner);
    id_of(&buyer.post(&api::of(api::ORDER_REVIEW, &order), opinion()).await.json())
}

fn complaint_text() -> Value {
    json!({"text": "服务多次中断"})
}

async fn complaint(owner: &Browser<'_>) -> String {
    let order = paid_order(owner).await;
    if order == "nothing-else" {
        return order;
    }
    let buyer = parties(owner).await.and_then(|(buyer, _)| buyer);
    let buyer = buyer.as_ref().unwrap_or(owner);
    id_of(&buyer.post(&api::of(api::ORDER_COMPLAINT, &order), complaint_text()).await.json())
}

fn offline() -> Value {
    json!({"amount": "0.01", "note": "部分退款"})
}

/// Only a buyer says anything to it: of an order that the demo ISV sold.
async fn offline_refund(owner: &Browser<'_>) -> String {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    if who.organisation.kind != OrganisationKind::Enterprise {
        return "nothing-else".to_owned();
    }
    let order = paid_order(owner).await;
    let isv = Browser::of(owner.market, "demo-isv-owner").await;
    id_of(&isv.post(&api::of(api::ORDER_OFFLINE_REFUND, &order), offline()).await.json())
}

/// The present month of an ISV.
async fn settlement(owner: &Browser<'_>) -> String {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    match who.organisation.kind {
        OrganisationKind::Isv => format!("2026-01-{}", who.organisation.id),
        OrganisationKind::Operator if who.demo => "2026-01-demo-isv".to_owned(),
        // No enterprise may see any, and to another operator belongs all as well.
        _ => "nothing-else".to_owned(),
    }
}

/// One at a time: the clock is everybody's, and a quotation is good for 15 minutes.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A month that has closed with something to pay.
async fn closed_month(owner: &Browser<'_>) -> String {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    if who.organisation.kind != OrganisationKind::Operator || !who.demo {
        return "nothing-else".to_owned();
    }
    let _turn = TURN.lock().await;
    let service = service(owner).await;
    let isv = Browser::of(owner.market, "demo-isv-owner").await;
    let opened = isv.post(&api::service_opened(&service), json!({})).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    owner.post(api::SANDBOX_CLOCK, json!({"advance": "P32D"})).await;
    let closed = owner.get(&format!("{}?state=closed", api::SETTLEMENTS)).await.json();
    id_of(&closed["settlements"][0])
}

/// A trial that has ended, with an extra one on offer: of a product that the owner's parties have not tried.
async fn ended_trial(owner: &Browser<'_>) -> String {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    if who.organisation.kind != OrganisationKind::Enterprise {
        // No ISV and no operator may ask for it, whosever it is.
        return "nothing-else".to_owned();
    }
    let (slug, edition) = EXTRA_TRIAL_OF;
    let product = server::demo::products().into_iter().find(|product| product.slug == slug).expect("a product");
    let offer = Offer::parse(&product.config).expect("an offer");
    let index = offer.edition_index(edition).expect("an edition");
    let smallest = shared::pricing::smallest(&offer, index, offer.editions[index].terms.first().copied());
    let options = smallest.to_file(&offer).options;
    let begun = owner
        .post(api::TRIALS, json!({"product": slug, "selection": {"edition": edition, "options": options}}))
        .await
        .json();
    let Some(id) = begun["id"].as_str() else {
        // One trial for each enterprise and product: the one of before.
        let services = owner.get(&format!("{}?product={slug}", api::SERVICES)).await.json();
        return id_of(&services["services"][0]);
    };
    let isv = Browser::of(owner.market, "demo-isv-owner").await;
    let opened = isv.post(&api::service_opened(id), json!({})).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let set = owner.post(api::SANDBOX_CLOCK, json!({"advance": "P15D"})).await;
    assert_eq!(set.status, 200, "{}", set.text());
    id.to_owned()
}

async fn notice(owner: &Browser<'_>) -> String {
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    let order = order(owner, "transfer").await;
    if order == "nothing-else" {
        return order;
    }
    if who.organisation.kind == OrganisationKind::Enterprise {
        let isv = Browser::of(owner.market, "demo-isv-owner").await;
        let repriced = isv.post(&api::order_reprice(&order), json!({"amount": "0.02", "reason": "优惠"})).await;
        assert_eq!(repriced.status, 200, "{}", repriced.text());
    }
    let notices = owner.get(api::NOTICES).await.json();
    id_of(&notices["notices"][0])
}

/// A product that was never listed; only ISVs have any.
async fn own_product(owner: &Browser<'_>) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let who: Who = serde_json::from_value(owner.get(api::SESSION).await.json()).expect("who");
    if who.organisation.kind != OrganisationKind::Isv {
        return "nothing-else".to_owned();
    }
    let slug = format!("own-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let product = json!({"slug": slug, "name": "新品", "intro": "新", "category": "办公"});
    let made = owner.post(api::OWN_PRODUCTS, product).await;
    assert_eq!(made.status, 201, "{}", made.text());
    slug
}

fn first_revision() -> Value {
    let edition = json!({"code": "a", "name": "A", "price": {"new": {"once": "1"}}});
    json!({"config": {"sale_mode": "one_time", "editions": [edition]}})
}

async fn listed_product(owner: &Browser<'_>) -> String {
    let slug = own_product(owner).await;
    if slug != "nothing-else" {
        let published = owner.post(&api::own_publish(&slug), first_revision()).await;
        assert_eq!(published.status, 201, "{}", published.text());
    }
    slug
}

//! What the paths of routes name, so that [`super::routes`] can try one's own, another tenant's, and none.
//!
//! A route for those who are signed in whose path has a `{…}` needs a line in [`FIXTURES`].

use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use server::store::sql::{Sql, Value as Column};
use server::store::{Step, StoreError};
use shared::api::{self, OrganisationKind, Who};
use shared::catalog::Offer;

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
    Fixture { path: api::NOTICE_READ, body: NOTHING, make: |owner| Box::pin(notice(owner)) },
];

async fn token(owner: &Browser<'_>) -> String {
    let made = owner.post(api::TOKENS, json!({"name": "x", "scopes": ["read"]})).await;
    id_of(&made.json())
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
    let buyer = parties(owner).await.and_then(|(buyer, _)| buyer);
    let buyer = buyer.as_ref().unwrap_or(owner);
    let page = buyer.post(&api::order_pay(&order), json!({"method": "sandbox"})).await.json();
    let payment = page["address"].as_str().and_then(|address| address.rsplit('/').next()).expect("a page").to_owned();
    let played = buyer.post(&api::sandbox_payment(&payment), json!({"play": "pay"})).await;
    assert_eq!(played.status, 200, "{}", played.text());
    format!("{order}-1")
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

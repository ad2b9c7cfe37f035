//! A market in which there is something of everything, in every state.

use serde_json::{Value, json};
use server::caller::Caller;
use server::clock::Clock;
use server::demo;
use server::failure::Failure;
use server::keys::QuotationKey;
use server::store::answers::{Asked, Made};
use server::store::people::demo::{DemoOrganisation, Seed as People};
use server::store::products::Seed;
use server::store::sql::{Sql, Value as SqlValue};
use server::store::{Step, Store, StoreError};
use server::usecases::{Market, Settings};
use shared::api::{Organisation, OrganisationKind, PayAnswer, Role, Who};
use shared::catalog::Offer;
use tempfile::TempDir;

use crate::support::now;

/// Ids and names that a pattern would take for others.
pub(super) const ENTERPRISES: [(&str, &str); 5] =
    [("e1", "全场 100% 贸易公司"), ("e2", "a_b 公司"), ("e3", "axb 公司"), ("e4", "ACME 贸易"), ("e5", r"反斜杠\公司")];
pub(super) const PRODUCTS: [&str; 4] = ["data-analytics-2", "team-approval", "document-migration", "customer-care"];
const NOTES: [&str; 5] = ["重点 100%", "a_b", "axb", r"C:\x", "VIP Key"];

/// Another ISV sells the last of the products; the enterprises are there.
struct Prepare;

impl Step for Prepare {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let of = |kind| move |(id, name)| DemoOrganisation { id, kind, name };
        let mut organisations = vec![of(OrganisationKind::Isv)(("other-isv", "other-isv"))];
        organisations.extend(ENTERPRISES.map(of(OrganisationKind::Enterprise)));
        People { organisations: organisations.leak(), members: &[], slugs: Vec::new(), at: now() }.take(sql).await?;
        let sold = [SqlValue::from(PRODUCTS[3]), SqlValue::from("other-isv")];
        sql.run("UPDATE products SET isv = $2 WHERE slug = $1", &sold).await?;
        Ok(())
    }
}

/// Somebody of this role there.
pub(super) fn caller(organisation: &str, role: Role) -> Caller {
    let organisation = Organisation { id: organisation.to_owned(), name: String::new(), kind: role.of() };
    let name = if organisation.id == "e1" { "Anna_A".to_owned() } else { format!("{} 的王五", organisation.id) };
    let email = format!("{}@example.com", organisation.id);
    Caller { who: Who { id: organisation.id.clone(), name, email, role, organisation, demo: false }, scopes: None }
}

/// Who sells a product.
pub(super) fn isv_of(product: &str) -> &'static str {
    if product == PRODUCTS[3] { "other-isv" } else { "demo-isv" }
}

pub(super) struct World {
    pub(super) market: Market,
    /// Each with its enterprise and product.
    pub(super) orders: Vec<(String, &'static str, &'static str)>,
    /// How many of them are paid by transfer.
    pub(super) transfers: usize,
    paid: usize,
    keys: u32,
    _folder: TempDir,
}

impl World {
    pub(super) async fn open(database: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), database).await.expect("a store");
        store.write(Seed { products: demo::products(), at: now() }).await.expect("products");
        store.write(demo::people(now())).await.expect("people");
        store.write(Prepare).await.expect("prepared");
        let key = QuotationKey::open(folder.path()).expect("a key");
        let settings = Settings { sandbox: true, ..Settings::default() };
        let market = Market::open(store, key, Clock::standing_at(now()), settings).await.expect("a market");
        Self { market, orders: Vec::new(), transfers: 0, paid: 0, keys: 0, _folder: folder }
    }

    fn write(&mut self, body: &Value) -> (Asked, Vec<u8>) {
        self.keys += 1;
        let body = body.to_string().into_bytes();
        (Asked::new("member", "/route", &format!("key-{}", self.keys), &body), body)
    }

    /// An order of the least that a product sells, brought so far: 0 unpaid, 1 paid, 2 opened, 3 cancelled.
    async fn order(&mut self, enterprise: &'static str, slug: &'static str, so_far: usize, method: &str) {
        let buyer = caller(enterprise, Role::BuyerAdmin);
        let product = demo::products().into_iter().find(|product| product.slug == slug).expect("a product");
        let offer = Offer::parse(&product.config).expect("an offer");
        let smallest = shared::pricing::smallest(&offer, 0, offer.editions[0].terms.first().copied());
        let body = json!({"product": slug, "selection": smallest.to_file(&offer)}).to_string();
        let quote = self.market.quote(Some(&buyer), body.as_bytes(), None).await.expect("a quotation").id;
        let (asked, body) = self.write(&json!({"quote": quote, "method": method, "agreement": 1}));
        let id = self.market.place_order(&buyer, asked, &body).await.expect("placed").id;
        self.transfers += usize::from(method == "transfer");
        match so_far {
            3 => {
                let (asked, _) = self.write(&Value::Null);
                self.market.cancel_order(&buyer, asked, &id).await.expect("cancelled");
            }
            // Some of the amount arrives.
            0 if method == "transfer" && (self.orders.len() / 8).is_multiple_of(2) => self.arrive(&id, "0.01").await,
            0 => {}
            _ => self.pay(&buyer, &id, method).await,
        }
        if so_far == 2 {
            self.open_services(&buyer, &id, slug).await;
        }
        if matches!(so_far, 1 | 2) {
            self.paid += 1;
            self.after(&buyer, &caller(isv_of(slug), Role::IsvOwner), &id).await;
        }
        self.orders.push((id, enterprise, slug));
    }

    async fn arrive(&mut self, id: &str, amount: &str) {
        let (asked, body) = self.write(&json!({"amount": amount}));
        self.market.confirm_transfer(&caller("op", Role::Operator), asked, id, &body).await.expect("confirmed");
    }

    async fn pay(&mut self, buyer: &Caller, id: &str, method: &str) {
        if method == "transfer" {
            let due = self.market.order(buyer, id).await.expect("the order").amount.due().to_string();
            return self.arrive(id, &due).await;
        }
        let (asked, body) = self.write(&json!({"method": "sandbox"}));
        let made = self.market.pay_order(buyer, asked, id, &body).await.expect("to be paid");
        let Ok(PayAnswer::Page { address }) = serde_json::from_str(&made.body) else { panic!("by transfer") };
        let payment = address.rsplit('/').next().expect("an id").to_owned();
        self.market.play(&payment, br#"{"play":"pay"}"#).await.expect("played");
    }

    async fn open_services(&mut self, buyer: &Caller, id: &str, slug: &str) {
        let isv = caller(isv_of(slug), Role::IsvOwner);
        let note = json!({"note": NOTES[self.orders.len() % NOTES.len()]});
        for service in self.market.order(buyer, id).await.expect("the order").services {
            let (asked, _) = self.write(&Value::Null);
            self.market.mark_opened(&isv, asked, &service).await.expect("opened");
            let (asked, body) = self.write(&note);
            self.market.note_service(&isv, asked, &service, &body).await.expect("noted");
        }
    }

    /// What becomes of a paid order: every other is asked back; of the rest there is one of everything that is kept beside it.
    async fn after(&mut self, buyer: &Caller, isv: &Caller, order: &str) {
        let n = self.paid / 2;
        if self.paid.is_multiple_of(2) {
            return self.ask_back(buyer, isv, order, n).await;
        }
        self.invoice(buyer, isv, order, n).await;
        self.review(buyer, isv, order, n).await;
        self.complain(buyer, isv, order, n).await;
        self.refund_offline(buyer, isv, order, n).await;
    }

    async fn ask_back(&mut self, buyer: &Caller, isv: &Caller, order: &str, n: usize) {
        let (asked, body) = self.write(&json!({"reason": "买错了"}));
        let id = done(self.market.ask_refund(buyer, asked, order, &body).await);
        let (asked, body) = self.write(&json!({"reason": "已交付"}));
        match n % 4 {
            0 => drop(done(self.market.withdraw_refund(buyer, asked, &id).await)),
            1 => drop(done(self.market.reject_refund(isv, asked, &id, &body).await)),
            2 => drop(done(self.market.approve_refund(isv, asked, &id).await)),
            _ => {}
        }
    }

    async fn invoice(&mut self, buyer: &Caller, isv: &Caller, order: &str, n: usize) {
        let (asked, body) = self.write(&json!({"kind": "vat", "title": "上海晨光贸易有限公司",
            "tax_number": "91330100799655058B", "email": "fapiao@enterprise.example"}));
        let id = done(self.market.request_invoice(buyer, asked, order, &body).await);
        let (asked, body) = self.write(&match n % 4 {
            0 => json!({"number": "26312000000123456789"}),
            _ => json!({"reason": "抬头与订单企业不符"}),
        });
        match n % 4 {
            0 => drop(done(self.market.issue_invoice(isv, asked, &id, &body).await)),
            1 => drop(done(self.market.reject_invoice(isv, asked, &id, &body).await)),
            2 => drop(done(self.market.withdraw_invoice(buyer, asked, &id).await)),
            _ => {}
        }
    }

    async fn review(&mut self, buyer: &Caller, isv: &Caller, order: &str, n: usize) {
        let (asked, body) = self.write(&json!({"stars": 4, "text": "报表清楚。"}));
        let id = done(self.market.review(buyer, asked, order, &body).await);
        if n.is_multiple_of(2) {
            let (asked, body) = self.write(&json!({"to": "first", "text": "谢谢。"}));
            done(self.market.answer_review(isv, asked, &id, &body).await);
        }
    }

    async fn complain(&mut self, buyer: &Caller, isv: &Caller, order: &str, n: usize) {
        let (asked, body) = self.write(&json!({"text": "三天未开通"}));
        let id = done(self.market.complain(buyer, asked, order, &body).await);
        let (asked, body) = self.write(&match n % 4 {
            0 => json!({"text": "已开通，抱歉。"}),
            _ => json!({"outcome": "upheld", "finding": "开通逾时。"}),
        });
        match n % 4 {
            0 => drop(done(self.market.reply(isv, asked, &id, &body).await)),
            1 => drop(done(self.market.decide(&caller("op", Role::Operator), asked, &id, &body).await)),
            2 => drop(done(self.market.take_back(buyer, asked, &id).await)),
            _ => {}
        }
    }

    async fn refund_offline(&mut self, buyer: &Caller, isv: &Caller, order: &str, n: usize) {
        let (asked, body) = self.write(&json!({"amount": "0.01", "note": "折扣补偿"}));
        let id = done(self.market.record_offline(isv, asked, order, &body).await);
        let (asked, body) = self.write(&json!({"reason": "没有收到"}));
        match n % 3 {
            0 => drop(done(self.market.confirm_offline(buyer, asked, &id).await)),
            1 => drop(done(self.market.decline_offline(buyer, asked, &id, &body).await)),
            _ => {}
        }
    }

    async fn advance(&self, by: &str) {
        self.market.set_sandbox_clock(json!({"advance": by}).to_string().as_bytes()).await.expect("set");
    }

    /// Three rounds: what the first made has ended for good when the last begins, what the second made has expired or runs.
    pub(super) async fn fill(&mut self) {
        for (round, pause) in ["P400D", "P34D", "PT1S"].into_iter().enumerate() {
            for (e, (enterprise, _)) in ENTERPRISES.into_iter().enumerate() {
                for (p, slug) in PRODUCTS.into_iter().enumerate() {
                    let method = if (round + e * 2 + p) % 3 == 0 { "transfer" } else { "sandbox" };
                    self.order(enterprise, slug, (round + e + p) % 4, method).await;
                    // Some share their second.
                    if (e + p) % 3 == 0 {
                        self.advance("PT1S").await;
                    }
                }
            }
            self.advance(pause).await;
        }
    }
}

/// The id of what was made.
fn done(made: Result<Made, Failure>) -> String {
    made.unwrap_or_else(|failure| panic!("{}", failure.code())).id
}

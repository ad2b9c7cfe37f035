//! A market on one database, on which actions are carried out as its pages do it.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};
use server::caller::Caller;
use server::clock::Clock;
use server::demo;
use server::failure::Failure;
use server::keys::QuotationKey;
use server::randomness::Randomness;
use server::store::answers::{Asked, Made};
use server::store::products::{NewProduct, Publish};
use server::store::{Sql, Step, Store, StoreError};
use server::usecases::{Market, Settings, audit};
use shared::api::{OrderQuery, Organisation, Part, PayAnswer, RefundQuery, Role, ServiceQuery, Who};
use shared::calendar::{Offset, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

use crate::action::{Action, RefundStep};

/// A market that can be killed.
pub(crate) struct Stage {
    seed: u64,
    database: Option<String>,
    folder: TempDir,
    randomness: Arc<Randomness>,
    /// Numbers the requests.
    asked: u64,
    market: Market,
    store: Store,
}

/// The two enterprises, which buy.
const BUYERS: [&str; 2] = ["one", "two"];

fn caller(id: &str, organisation: &str, role: Role) -> Caller {
    let organisation =
        Organisation { id: organisation.to_owned(), name: format!("{organisation} 公司"), kind: role.of() };
    let (name, email) = (id.to_owned(), format!("{id}@example.com"));
    Caller { who: Who { id: id.to_owned(), name, email, role, organisation, demo: false }, scopes: None }
}

fn buyer(n: usize) -> Caller {
    caller(&format!("buyer-{n}"), BUYERS[n], Role::BuyerAdmin)
}

fn isv() -> Caller {
    caller("isv", "demo-isv", Role::IsvOwner)
}

fn operator() -> Caller {
    caller("operator", "demo-operator", Role::Operator)
}

fn begin() -> Timestamp {
    "2026-01-01T10:00:00+08:00".parse().expect("an instant")
}

/// A product of the journey: its address in the store is its number.
fn product(n: usize, config: &Value) -> NewProduct {
    let mut product = demo::products().into_iter().find(|it| it.slug == "data-analytics-2").expect("the example");
    product.slug = slug(n);
    product.config = config.to_string();
    product.visible = true;
    product
}

pub(crate) fn slug(n: usize) -> String {
    // Of the demo market, whose ISV sells it.
    ["data-analytics-2", "data-analytics-1"][n].to_owned()
}

impl Stage {
    pub(crate) async fn on_sqlite(seed: u64) -> Self {
        Self::open(seed, None).await
    }

    /// On a database of its own, made anew.
    pub(crate) async fn on_postgresql(seed: u64, server: &str, worker: u64) -> Self {
        let (place, _) = server.rsplit_once('/').expect("an address with a database");
        let name = format!("quotient_journey_{}_{worker}", std::process::id());
        let mut connection = PgConnection::connect(server).await.expect("PostgreSQL");
        for statement in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")] {
            connection.execute(AssertSqlSafe(statement)).await.expect("a database");
        }
        Self::open(seed, Some(format!("{place}/{name}"))).await
    }

    async fn open(seed: u64, database: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let randomness = Arc::new(Randomness::seeded(seed));
        let (market, store) = Self::start(seed, &folder, database.as_deref(), &randomness).await;
        Self { seed, database, folder, randomness, asked: 0, market, store }
    }

    async fn start(
        seed: u64,
        folder: &TempDir,
        database: Option<&str>,
        randomness: &Arc<Randomness>,
    ) -> (Market, Store) {
        let store = Store::open(folder.path(), database).await.expect("a store");
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        let settings = Settings { sandbox: true, randomness: Arc::clone(randomness), ..Settings::default() };
        let clock = Clock::standing_at(begin());
        let market =
            Market::open(store.clone(), QuotationKey::from_seed(key), clock, settings).await.expect("a market");
        (market, store)
    }

    /// Kills the server and starts another one on what had been made durable: on SQLite what the files hold at this moment.
    async fn crash(&mut self) {
        if self.database.is_none() {
            let folder = tempfile::tempdir().expect("a folder");
            for entry in std::fs::read_dir(self.folder.path()).expect("a folder") {
                let entry = entry.expect("a file");
                std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
            }
            self.folder = folder;
        }
        let (market, store) = Self::start(self.seed, &self.folder, self.database.as_deref(), &self.randomness).await;
        (self.market, self.store) = (market, store);
    }

    fn asked(&mut self, body: &[u8]) -> Asked {
        self.asked += 1;
        Asked::new("member", "/route", &format!("key-{}", self.asked), body)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.market.clock().now()
    }

    /// Every order, as the operator sees it; every service; every refund.
    pub(crate) async fn seen(&self) -> [Vec<Value>; 3] {
        let orders =
            self.market.orders(&operator(), OrderQuery::default(), &Part::default()).await.expect("orders").orders;
        let services = self
            .market
            .services(&operator(), ServiceQuery::default(), &Part::default())
            .await
            .expect("services")
            .services;
        let refunds =
            self.market.refunds(&operator(), RefundQuery::default(), &Part::default()).await.expect("refunds").refunds;
        let value = |value: Result<Value, _>| value.expect("JSON");
        [
            orders.iter().map(|it| value(serde_json::to_value(it))).collect(),
            services.iter().map(|it| value(serde_json::to_value(it))).collect(),
            refunds.iter().map(|it| value(serde_json::to_value(it))).collect(),
        ]
    }

    /// Does it; the answer, or the code of the refusal.
    pub(crate) async fn act(&mut self, action: &Action) -> Result<Value, String> {
        self.carry_out(action).await.map_err(|failure| match failure {
            Failure::InvalidSelection(violations) => violations
                .iter()
                .map(|violation| format!("{}{}", violation.code, violation.at))
                .collect::<Vec<_>>()
                .join(" "),
            Failure::Internal(_) | Failure::Store(_) => panic!("{action:?}: {failure:?}"),
            failure => failure.code().to_owned(),
        })
    }

    async fn carry_out(&mut self, action: &Action) -> Result<Value, Failure> {
        match action {
            Action::Buy { buyer: n, body, method } | Action::Change { buyer: n, body, method } => {
                self.order(*n, body, method).await
            }
            Action::Pay { buyer: n, order, play } => {
                let body = br#"{"method":"sandbox"}"#;
                let asked = self.asked(body);
                let answer = made(self.market.pay_order(&buyer(*n), asked, order, body).await?);
                match serde_json::from_value(answer.clone()).expect("an answer") {
                    PayAnswer::Page { address } => {
                        let payment = address.rsplit('/').next().expect("an id");
                        let played = self.market.play(payment, json!({"play": play}).to_string().as_bytes()).await?;
                        Ok(serde_json::to_value(played).expect("JSON"))
                    }
                    PayAnswer::Transfer(_) => Ok(answer),
                }
            }
            Action::Transfer { reference, amount } => {
                let body = json!({"amount": amount}).to_string();
                let asked = self.asked(body.as_bytes());
                Ok(made(self.market.confirm_transfer(&operator(), asked, reference, body.as_bytes()).await?))
            }
            Action::Reprice { order, amount } => {
                let body = json!({"amount": amount, "reason": "老客户优惠"}).to_string();
                let asked = self.asked(body.as_bytes());
                Ok(made(self.market.reprice_order(&isv(), asked, order, body.as_bytes()).await?))
            }
            Action::Cancel { buyer: n, order } => {
                let asked = self.asked(b"");
                Ok(made(self.market.cancel_order(&buyer(*n), asked, order).await?))
            }
            Action::Open { service } => {
                let asked = self.asked(b"");
                Ok(made(self.market.mark_opened(&isv(), asked, service).await?))
            }
            Action::Trial { buyer: n, body } => {
                let body = body.to_string();
                let asked = self.asked(body.as_bytes());
                Ok(made(self.market.begin_trial(&buyer(*n), asked, body.as_bytes()).await?))
            }
            Action::ExtraTrial { buyer: n, service } => {
                let asked = self.asked(b"");
                Ok(made(self.market.extra_trial(&buyer(*n), asked, service).await?))
            }
            Action::AskRefund { buyer: n, order } => {
                let body = r#"{"reason":"买错了"}"#.as_bytes();
                let asked = self.asked(body);
                Ok(made(self.market.ask_refund(&buyer(*n), asked, order, body).await?))
            }
            Action::Refund { id, how } => self.refund(id, *how).await,
            Action::Publish { product: n, config } => {
                let at = self.now();
                self.store.write(Publish { product: product(*n, config), at }).await?;
                self.market.refresh().await?;
                Ok(Value::Null)
            }
            Action::Pass { seconds } => {
                let body = json!({"advance": format!("PT{seconds}S")}).to_string();
                self.market.set_sandbox_clock(body.as_bytes()).await?;
                Ok(Value::Null)
            }
            Action::Crash => {
                self.crash().await;
                Ok(Value::Null)
            }
        }
    }

    async fn refund(&mut self, id: &str, how: RefundStep) -> Result<Value, Failure> {
        let body = r#"{"reason":"已使用"}"#.as_bytes();
        let asked = self.asked(body);
        Ok(made(match how {
            RefundStep::Withdraw { buyer: n } => self.market.withdraw_refund(&buyer(n), asked, id).await?,
            RefundStep::Approve => self.market.approve_refund(&isv(), asked, id).await?,
            RefundStep::Reject => self.market.reject_refund(&isv(), asked, id, body).await?,
            RefundStep::Sent => self.market.refund_sent(&operator(), asked, id).await?,
        }))
    }

    /// A quotation and its order, which accepts what is lost; both.
    async fn order(&mut self, n: usize, body: &Value, method: &str) -> Result<Value, Failure> {
        let issued = self.market.quote(Some(&buyer(n)), body.to_string().as_bytes(), None).await?;
        let quote: Value = serde_json::from_str(&issued.body).expect("a quotation");
        let mut place = json!({"quote": issued.id, "method": method, "agreement": 1});
        if body.get("subscription").is_some() {
            place["accept_forfeit"] = quote["forfeited"].clone();
        }
        let place = place.to_string();
        let asked = self.asked(place.as_bytes());
        let order = made(self.market.place_order(&buyer(n), asked, place.as_bytes()).await?);
        Ok(json!({"quote": quote, "order": order}))
    }

    /// Everything that has happened, in order, as it is kept.
    pub(crate) async fn history(&self) -> String {
        self.store.read(History).await.expect("the history")
    }

    /// That every invariant of the store holds.
    pub(crate) async fn audit(&self) {
        let report = audit(&self.store, Offset::CHINA).await.expect("audited");
        assert!(report.is_clean(), "seed {}: {report}", self.seed);
    }

    /// The ISV, whose the products are, and the operator.
    pub(crate) async fn people(&self) {
        self.store.write(demo::people(begin())).await.expect("people");
    }

    /// What has to be there before the first action: the products.
    pub(crate) async fn publish(&mut self, n: usize, config: &Value) {
        self.carry_out(&Action::Publish { product: n, config: config.clone() }).await.expect("published");
    }
}

fn made(made: Made) -> Value {
    serde_json::from_str(&made.body).expect("JSON")
}

/// Reads what money and services have gone through.
struct History;

impl Step for History {
    type Done = String;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<String, StoreError> {
        let mut history = String::new();
        for query in [
            "SELECT document FROM quotations ORDER BY id",
            "SELECT document FROM orders ORDER BY id",
            "SELECT document FROM services ORDER BY id",
            "SELECT document FROM refunds ORDER BY id",
            "SELECT kind FROM notices ORDER BY organisation, at, id",
            "SELECT work FROM due_work ORDER BY at, work",
            "SELECT postings FROM entries ORDER BY enterprise, number",
        ] {
            for mut row in sql.rows(query, &[]).await? {
                let text: String = row.take()?;
                history += &text;
                history.push('\n');
            }
        }
        for mut row in sql.rows("SELECT hash FROM chains ORDER BY enterprise", &[]).await? {
            let hash: Vec<u8> = row.take()?;
            writeln!(history, "{hash:02x?}").expect("written");
        }
        Ok(history)
    }
}

//! Orders on PostgreSQL, against `pgbench` running the same statements.
//!
//! An order is what `orders` says. Its statements are heard on the way to the database and given to `pgbench`, which makes
//! no round trips inside of a transaction (its pipeline mode sends each as one batch) and computes nothing. Both have 64
//! clients, each of another enterprise, on the cluster that `QUOTIENT_TEST_POSTGRES` names; `cargo xtask bench` starts one
//! whose commits are durable.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::path::Path;
use std::sync::Arc;

use server::clock::Clock;
use server::store::{Limits, Store};
use server::usecases::audit;
use shared::calendar::Offset;

#[path = "support/buyer.rs"]
mod buyer;
#[path = "support/client.rs"]
mod client;
#[path = "support/example.rs"]
mod example;
#[path = "support/figures.rs"]
mod figures;
#[path = "support/market.rs"]
mod market;
#[path = "support/pgbench.rs"]
mod pgbench;
#[path = "support/processor.rs"]
mod processor;
#[path = "support/provider.rs"]
mod provider;
#[path = "support/wire.rs"]
mod wire;

use buyer::Buyer;
use figures::{median, quantile, verdict};
use market::Open;
use pgbench::psql;
use provider::Provider;

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENTS: usize = 64;
const ROUNDS: usize = 5;
/// Orders of each client in a round.
const EACH: usize = 20;
/// Of what `pgbench` reaches.
const SHARE: f64 = 0.5;

/// A database that is dropped in the end.
struct Database<'p> {
    programs: &'p Path,
    cluster: &'p str,
    name: String,
}

impl<'p> Database<'p> {
    fn new(programs: &'p Path, cluster: &'p str, name: &str) -> Self {
        let name = format!("quotient_bench_{name}_{}", std::process::id());
        psql(programs, cluster, &format!("CREATE DATABASE {name}"));
        Self { programs, cluster, name }
    }

    /// Its address, by way of another server perhaps.
    fn address(&self, server: Option<std::net::SocketAddr>) -> String {
        let (before, _) = self.cluster.rsplit_once('/').expect("an address with a database");
        let before = match (server, before.rsplit_once('@')) {
            (Some(server), Some((who, _))) => format!("{who}@{server}"),
            _ => before.to_owned(),
        };
        format!("{before}/{}?sslmode=disable", self.name)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        psql(self.programs, self.cluster, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// Has a market say an order in this database, and prepares it for `pgbench`: returns the script.
async fn yardstick(database: &Database<'_>, folder: &Path) -> std::path::PathBuf {
    let server =
        database.cluster.rsplit_once('@').and_then(|(_, rest)| rest.split('/').next()).expect("user@host:port");
    let server = tokio::net::lookup_host(server).await.expect("an address").next().expect("a host");
    let (relay, heard) = wire::relay(server).await;
    let address = database.address(Some(relay));
    let market = Open::new(folder, Some(&address), Limits::default(), 1, Clock::system(Offset::CHINA)).await;
    let provider = Provider::of(folder, Some(&address), market.site.market().clock().now()).await;
    let mut buyer = Buyer::sign_in(market.address, 0).await;
    buyer.prepare(30).await;
    let mut orders = Vec::new();
    for _ in 0..30 {
        heard.lock().expect("no panic").clear();
        let quotation = buyer.order(Some(&provider)).await;
        orders.push((heard.lock().expect("no panic").clone(), quotation));
    }
    // Something else may have been said in between: two that are alike are orders and nothing else.
    let statements = |said: &[wire::Said]| said.iter().map(|it| it.statement.clone()).collect::<Vec<_>>();
    let alike = orders.windows(2).find(|two| statements(&two[0].0) == statements(&two[1].0));
    let [(one, quotation), (other, _)] = alike.expect("two orders that are alike") else { unreachable!("two") };
    let (script, begins) = pgbench::script(one, other, quotation);
    println!("an order is {} statements, `BEGIN` and `COMMIT` among them", one.len());
    let numbers = format!("generate_series(0, {CLIENTS} - 1) client, generate_series(1, {}) number", EACH * ROUNDS);
    // What was heard was done: its entries have the numbers that the script's would have.
    let prepare = format!(
        "DELETE FROM entries; INSERT INTO chains (enterprise, entries, hash) \
         SELECT 'enterprise-' || client, 0, '' FROM generate_series(0, {CLIENTS} - 1) client ON CONFLICT DO NOTHING; \
         INSERT INTO quotations SELECT q.* FROM {numbers}, LATERAL (SELECT \
         '{begins}' || (client * {} + number), slug, revision, document, signature, key_id, total_fen, issued_at, \
         expires_at, NULL FROM quotations WHERE id = '{quotation}') q; VACUUM ANALYZE;",
        pgbench::APART
    );
    prepare.split("; ").for_each(|statement| psql(database.programs, &database.address(None), statement));
    let file = folder.join("order.sql");
    std::fs::write(&file, script).expect("written");
    file
}

async fn compare(programs: &Path, cluster: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, its) = (Database::new(programs, cluster, "ours"), Database::new(programs, cluster, "pgbench"));
    let script = yardstick(&its, &folder.path().join("pgbench")).await;
    let address = ours.address(None);
    let home = folder.path().join("ours");
    let market = Open::new(&home, Some(&address), Limits::default(), CLIENTS, Clock::system(Offset::CHINA)).await;
    let mut buyers = Vec::new();
    for client in 0..CLIENTS {
        buyers.push(Buyer::sign_in(market.address, client).await);
    }
    let provider = Arc::new(Provider::of(&home, Some(&address), market.site.market().clock().now()).await);
    let (mut rates, mut work, mut took) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let yardstick = pgbench::run(programs, &its.address(None), &script, CLIENTS, EACH, round * EACH);
        let round = buyer::round(&mut buyers, EACH, Some(&provider)).await;
        rates.push((yardstick, round.rate));
        work.push(round.work);
        took.extend(round.took);
    }
    let share = median(rates.iter().map(|(yardstick, ours)| ours / yardstick));
    println!("{CLIENTS} clients, each of another enterprise; {ROUNDS} rounds, medians");
    println!("pgbench, the same statements   {:>6.0}/s", median(rates.iter().map(|(yardstick, _)| *yardstick)));
    println!(
        "orders placed and paid         {:>6.0}/s  {:.0} us of processor without the database's, {share:.2} of it, budget {SHARE}: {}",
        median(rates.iter().map(|(_, ours)| *ours)),
        median(work),
        verdict(share / SHARE)
    );
    println!("  99 of 100 within             {:>6.1} ms, for information", quantile(took, 0.99));
    market.site.market().do_due_work().await.expect("due work");
    let store = Store::look(&home, Some(&address)).await.expect("a look");
    let report = audit(&store, Offset::CHINA).await.expect("an audit");
    store.close().await;
    assert!(report.is_clean(), "{report}");
}

fn main() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    let cluster = std::env::var("QUOTIENT_TEST_POSTGRES").ok().filter(|cluster| !cluster.is_empty());
    let (Some(cluster), Some(programs)) = (cluster, pgbench::programs()) else {
        println!("not measured: it needs QUOTIENT_TEST_POSTGRES=postgres://user@host:port/database, psql and pgbench");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(compare(&programs, &cluster));
}

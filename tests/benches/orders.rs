//! Durable orders: how many a second 64 clients place and pay, on SQLite with `synchronous=FULL`.
//!
//! An **order** is what the market does with a quotation: `POST /api/orders`, and taking in the payment provider's signed
//! notification, which this program sends as another company's server would: two requests over a keep-alive connection, two
//! transactions one after the other, each durable before the next begins. What the sandbox's own provider keeps besides, for
//! the page on which people try it, is no part of it; orders paid on that page are shown for information.
//! Quotations are made outside of the time that is taken. It counts as one, the bare route's request as one.
//!
//! The writes of one enterprise happen one after the other (its ledger's chain is the lock), so every client is of another
//! enterprise; all clients of one are shown for information. Grouping off is the same server with a limit of one write to
//! a commit.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::sync::Arc;

use server::clock::Clock;
use server::store::{Limits, Sql, Step, Store, StoreError};
use server::usecases::audit;
use shared::calendar::Offset;

#[path = "support/bare.rs"]
mod bare;
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
#[path = "support/processor.rs"]
mod processor;
#[path = "support/provider.rs"]
mod provider;

use buyer::{Buyer, Round};
use figures::{median, quantile, verdict};
use market::Open;
use provider::Provider;

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENTS: usize = 64;
const ROUNDS: usize = 5;
/// Orders of each client in a round.
const GROUPED: usize = 60;
const ALONE: usize = 10;

/// Of the bare route's throughput.
const SHARE: f64 = 0.10;
/// Of the same server's with grouping off.
const GAIN: f64 = 8.0;
/// Milliseconds that 99 of 100 orders take at most.
const P99: f64 = 50.0;

async fn buyers(market: &Open, number: impl Fn(usize) -> usize) -> Vec<Buyer> {
    let mut buyers = Vec::new();
    for client in 0..CLIENTS {
        buyers.push(Buyer::sign_in(market.address, number(client)).await);
    }
    buyers
}

/// How many orders nobody paid.
struct Unpaid;

impl Step for Unpaid {
    type Done = usize;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<usize, StoreError> {
        Ok(sql.rows("SELECT id FROM orders WHERE state = 'unpaid'", &[]).await?.len())
    }
}

fn main() {
    let rounds: usize = std::env::var("QUOTIENT_BENCH_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    // On the disk that the project lies on: a folder in memory would make durable writes free.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let clock = || Clock::system(Offset::CHINA);
        let grouped = Open::new(&folder.path().join("grouped"), None, Limits::default(), CLIENTS, clock()).await;
        let off = Open::new(&folder.path().join("off"), None, Limits { group: 1 }, CLIENTS, clock()).await;
        let quote = grouped.site.market().price(example::EXAMPLE.as_bytes()).expect("a price");
        let bare = bare::serve(Box::leak(Box::new(quote))).await;
        let now = grouped.site.market().clock().now();
        let provider = async |name| Arc::new(Provider::of(&folder.path().join(name), None, now).await);
        let (of_grouped, of_off) = (provider("grouped").await, provider("off").await);
        let mut many = buyers(&grouped, |client| client).await;
        let mut one = buyers(&grouped, |_| 0).await;
        let mut each = buyers(&off, |client| client).await;

        let (mut rates, mut work) = (Vec::new(), Vec::new());
        let mut took: [Vec<f64>; 4] = Default::default();
        for _ in 0..rounds {
            let bare = bare::measure(&bare, CLIENTS).await;
            let grouped = buyer::round(&mut many, GROUPED, Some(&of_grouped)).await;
            let off = buyer::round(&mut each, ALONE, Some(&of_off)).await;
            let one = buyer::round(&mut one, ALONE, Some(&of_grouped)).await;
            let page = buyer::round(&mut many, ALONE, None).await;
            rates.push([bare.rate, grouped.rate, off.rate, one.rate, page.rate]);
            work.push([bare.work, grouped.work]);
            for (all, Round { took, .. }) in took.iter_mut().zip([grouped, off, one, page]) {
                all.extend(took);
            }
        }
        let of = |which: usize| median(rates.iter().map(|rates| rates[which]));
        let ratio = |which: usize| median(rates.iter().map(|rates| rates[1] / rates[which]));
        let (share, gain, p99) = (ratio(0), ratio(2), quantile(took[0].iter().copied(), 0.99));
        println!("{CLIENTS} clients, each of another enterprise; {rounds} rounds, medians");
        let work = |which: usize| median(work.iter().map(|work| work[which]));
        println!("bare axum route           {:>7.0}/s  {:>4.0} us of processor", of(0), work(0));
        println!(
            "orders placed and paid    {:>7.0}/s  {:>4.0} us of processor, {share:.3} of the bare route, budget {SHARE:.2}: {}",
            of(1),
            work(1),
            verdict(share / SHARE)
        );
        println!("  99 of 100 within        {p99:>7.1} ms budget {P99:.0}: {}", verdict(P99 / p99));
        println!(
            "  with grouping off       {:>7.0}/s  grouped it is {gain:.1} times as many, budget {GAIN:.0}: {}",
            of(2),
            verdict(gain / GAIN)
        );
        for (which, what) in [(3, "all of one enterprise  "), (4, "on the sandbox's page  ")] {
            let p99 = quantile(took[which - 1].iter().copied(), 0.99);
            println!("  {what} {:>7.0}/s  99 of 100 within {p99:.1} ms, for information", of(which));
        }
        for name in ["grouped", "off"] {
            let store = Store::look(&folder.path().join(name), None).await.expect("a look");
            let report = audit(&store, Offset::CHINA).await.expect("an audit");
            assert!(report.is_clean(), "{name}: {report}");
            assert_eq!(store.read(Unpaid).await.expect("a count"), 0, "{name}: what the provider told was no payment");
        }
    });
}

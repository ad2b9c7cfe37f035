//! How much of a bare axum route's throughput is left once a request is priced, and once it is signed and stored.
//!
//! All three routes take the same request and answer about as much; the same generator loads them in turn over
//! keep-alive connections on loopback. The bare route reads the request with serde and writes a ready quote: what is
//! missing from 1.0 is what checking, pricing, signing, storing and the envelope cost. Budgets: `POST /api/prices` 0.80,
//! `POST /api/quotes` 0.35.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::sync::Arc;

use server::clock::Clock;
use server::store::Limits;
use shared::calendar::Offset;

#[path = "support/bare.rs"]
mod bare;
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

use bare::{Measured, Route, measure};
use example::EXAMPLE;
use figures::{median, verdict};

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;
/// Many buyers at once: a quotation waits for the disk, and what waits together is written together.
const CONNECTIONS: usize = 256;

fn main() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    // On the disk that the project lies on: a folder in memory would make durable writes free.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let market = market::Open::new(folder.path(), None, Limits::default(), 0, Clock::system(Offset::CHINA)).await;
        let quote = market.site.market().price(EXAMPLE.as_bytes()).expect("a price");
        let route = |path, status| Arc::new(Route { address: market.address, path, status });
        let bare = bare::serve(Box::leak(Box::new(quote))).await;
        let (prices, quotes) = (route("/api/prices", "200"), route("/api/quotes", "201"));
        let mut rates = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (route, rates) in [&bare, &prices, &quotes].into_iter().zip(&mut rates) {
                rates.push(measure(route, CONNECTIONS).await);
            }
        }
        let share = |ours: &[Measured]| median(ours.iter().zip(&rates[0]).map(|(ours, bare)| ours.rate / bare.rate));
        println!("{CONNECTIONS} connections, {ROUNDS} rounds, medians");
        for (rates, (name, budget)) in rates.iter().zip([
            ("bare axum route", None),
            ("POST /api/prices", Some(0.80)),
            ("POST /api/quotes", Some(0.35)),
        ]) {
            let of = |what: fn(&Measured) -> f64| median(rates.iter().map(what));
            let (rate, work) = (of(|it| it.rate), of(|it| it.work));
            let share = share(rates);
            let verdict =
                budget.map(|budget| format!("{share:.2} of it, budget {budget:.2}: {}", verdict(share / budget)));
            println!("{name:<17} {rate:>7.0}/s  {work:>5.0} us of processor  {}", verdict.unwrap_or_default());
        }
    });
}

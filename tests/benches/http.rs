//! How much of a bare axum route's throughput is left once a request is priced, and once it is signed and stored.
//!
//! All three routes take the same request and answer about as much; the same generator loads them in turn over
//! keep-alive connections on loopback. The bare route reads the request with serde and writes a ready quote: what is
//! missing from 1.0 is what checking, pricing, signing, storing and the envelope cost. Budgets: `POST /api/prices` 0.80,
//! `POST /api/quotes` 0.35.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::routing::post;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use server::clock::Clock;
use server::demo;
use server::http::{self, Site};
use server::keys::QuotationKey;
use server::store::Store;
use server::store::products::Seed;
use server::usecases::{Market, Settings};
use shared::api::PriceRequest;
use shared::calendar::Offset;
use shared::lifecycle::Quote;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(1500);
const WARM_UP: Duration = Duration::from_millis(300);
const EXAMPLE: &str = r#"{"product":"data-analytics-2","selection":{"edition":"standard","term":"P1Y","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP+微信","quyu":"上海"},"count":1}}"#;

/// Many buyers at once: a quotation waits for the disk, and what waits together is written together.
const CONNECTIONS: usize = 256;

struct Route {
    address: SocketAddr,
    path: &'static str,
    status: &'static str,
}

/// One request after the other over one connection, until told to stop.
async fn load(route: &Route, stop: &AtomicBool, answered: &AtomicU64) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(route.address).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{EXAMPLE}",
        route.path,
        EXAMPLE.len()
    );
    let mut buffer = vec![0; 16 * 1024];
    while !stop.load(Ordering::Relaxed) {
        stream.write_all(request.as_bytes()).await?;
        let mut filled = 0;
        loop {
            let read = stream.read(&mut buffer[filled..]).await?;
            assert!(read > 0, "the server hung up");
            filled += read;
            if is_whole(&buffer[..filled]) {
                break;
            }
        }
        assert!(buffer.starts_with(route.status.as_bytes()), "{}", String::from_utf8_lossy(&buffer[..filled]));
        answered.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let text = str::from_utf8(&answer[..head]).expect("ASCII");
    let length = text.split("\r\ncontent-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    let length: usize = length.and_then(|digits| digits.parse().ok()).expect("a content-length");
    answer.len() >= head + 4 + length
}

/// What one round measured.
#[derive(Clone, Copy)]
struct Measured {
    /// Requests answered in a second.
    rate: f64,
    /// Microseconds of processor time for one request, the generator's included.
    work: f64,
}

/// The processor time that this process has used, in seconds; what else the machine does is not in it.
fn processor_seconds() -> f64 {
    /// Of the kernel's interface, whatever the machine's own ticks are.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn measure(route: &Arc<Route>) -> Measured {
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (route, stop, answered) = (Arc::clone(route), Arc::clone(&stop), Arc::clone(&answered));
            tokio::spawn(async move { load(&route, &stop, &answered).await })
        })
        .collect();
    tokio::time::sleep(WARM_UP).await;
    let (before, used, start) = (answered.load(Ordering::Relaxed), processor_seconds(), Instant::now());
    tokio::time::sleep(ROUND).await;
    let count = (answered.load(Ordering::Relaxed) - before) as f64;
    let rate = count / start.elapsed().as_secs_f64();
    let work = (processor_seconds() - used) * 1e6 / count;
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.expect("a client").expect("connected");
    }
    Measured { rate, work }
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// The yardstick: what axum does when nothing is to be done.
async fn bare(quote: &'static Quote) -> SocketAddr {
    let (listener, address) = listen().await;
    let router = Router::new().route("/", post(async move |Json::<PriceRequest>(_)| Json(quote)));
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async { axum::serve(listener, router).await });
    address
}

/// The server as it is deployed: its log at the usual level, its data on the disk.
async fn ours(folder: &std::path::Path) -> (SocketAddr, &'static Quote) {
    let store = Store::open(folder, None).await.expect("a store");
    let clock = Clock::system(Offset::CHINA);
    store.write(Seed { products: demo::products(), at: clock.now() }).await.expect("seeded");
    let key = QuotationKey::open(folder).expect("a key");
    let market = Market::open(store, key, clock, Settings::default()).await.expect("a market");
    let quote = market.price(EXAMPLE.as_bytes()).expect("a price");
    let site = Arc::new(Site::new(market, false));
    let (listener, address) = listen().await;
    tokio::spawn(async move { http::serve(listener, http::router(&site), std::future::pending()).await });
    (address, Box::leak(Box::new(quote)))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn verdict(ratio: f64, budget: f64) -> String {
    if ratio >= budget { "ok".to_owned() } else { format!("missed by {:.0} %", (1.0 - ratio / budget) * 100.0) }
}

fn main() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    // On the disk that the project lies on: a folder in memory would make durable writes free.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (address, quote) = ours(folder.path()).await;
        let route = |address, path, status| Arc::new(Route { address, path, status });
        let bare = route(bare(quote).await, "/", "HTTP/1.1 200");
        let prices = route(address, "/api/prices", "HTTP/1.1 200");
        let quotes = route(address, "/api/quotes", "HTTP/1.1 201");
        let mut rates = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (route, rates) in [&bare, &prices, &quotes].into_iter().zip(&mut rates) {
                rates.push(measure(route).await);
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
                budget.map(|budget| format!("{share:.2} of it, budget {budget:.2}: {}", verdict(share, budget)));
            println!("{name:<17} {rate:>7.0}/s  {work:>5.0} us of processor  {}", verdict.unwrap_or_default());
        }
    });
}

//! 100,000 orders and as many services, against 1,000: how long the server takes for what the pages and the ISVs' apps
//! ask for, and an audit of all of it.
//!
//! Once all belong to one enterprise, once to enterprises with ten each. Requests go through the server's router, without
//! a network around it that would hide a difference; large and small take turns. A list of up to 200 rows that is longer
//! because there is more to show may take as much longer. Budgets: twice the time, and 15 seconds
//! for the audit. An access check by enterprise and product lists every service there is, by rule V7: where one enterprise
//! has them all, its answer is a hundred times as long, so there it is shown for information.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use server::http;
use server::store::Store;
use server::usecases::audit;
use shared::api::{OrderList, ServiceList};
use shared::calendar::Offset;
use tower::ServiceExt;

#[path = "support/client.rs"]
mod client;
#[path = "support/figures.rs"]
mod figures;
#[path = "support/market.rs"]
mod market;
#[path = "support/seed.rs"]
mod seed;

use client::{Client, post};
use figures::{median, verdict};
use seed::Shape;

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 25;
/// Of the time that it takes with 1,000.
const SLOWER: f64 = 2.0;
/// Seconds.
const AUDIT: f64 = 15.0;

/// A market, and who asks it.
struct Asked {
    router: Router,
    buyer: String,
    isv: String,
    operator: String,
}

impl Asked {
    async fn open(shape: Shape) -> (Self, std::path::PathBuf) {
        let (market, folder) = seed::market(shape).await;
        let mut cookies = Vec::new();
        for account in ["buyer-0", "demo-isv-owner", "demo-operator-1"] {
            let mut client = Client::connect(market.address).await.expect("connected");
            let body = format!(r#"{{"account":"{account}"}}"#);
            let answer = client.ask(&post("/api/demo/session", "", &body), "200").await.expect("signed in");
            let cookie = |line: &str| line.strip_prefix("set-cookie: ")?.split(';').next().map(str::to_owned);
            cookies.push(answer.lines().filter_map(cookie).collect::<Vec<_>>().join("; "));
        }
        let [buyer, isv, operator] = cookies.try_into().expect("three");
        (Self { router: http::router(&market.site), buyer, isv, operator }, folder)
    }

    /// The answer, and how many microseconds it took.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    async fn ask(&self, who: Who, path: &str) -> (Vec<u8>, f64) {
        let cookie = match who {
            Who::Buyer => &self.buyer,
            Who::Isv => &self.isv,
            Who::Operator => &self.operator,
        };
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
        let start = Instant::now();
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let took = start.elapsed().as_secs_f64() * 1e6;
        assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&body));
        (body.to_vec(), took)
    }

    /// What is asked for: named the same in every market, of its own orders and services.
    async fn requests(&self) -> Vec<(Who, &'static str, String)> {
        let (orders, _) = self.ask(Who::Buyer, "/api/orders").await;
        let orders: OrderList = serde_json::from_slice(&orders).expect("orders");
        let order = &orders.orders[orders.orders.len() / 2].id;
        let (services, _) = self.ask(Who::Buyer, "/api/services").await;
        let services: ServiceList = serde_json::from_slice(&services).expect("services");
        let service = &services.services[services.services.len() / 2].id;
        let mut requests = Vec::new();
        for who in [Who::Buyer, Who::Isv, Who::Operator] {
            let mut add = |what, path: String| requests.push((who, what, path));
            add("orders", "/api/orders".to_owned());
            add("orders, number", format!("/api/orders?number={order}"));
            add("orders, number begins", format!("/api/orders?number={}", &order[..12]));
            add("orders, day", format!("/api/orders?number={}", &order[..8]));
            add("orders, product", "/api/orders?product=document-migration".to_owned());
            add("orders, unpaid", "/api/orders?state=unpaid".to_owned());
            add("orders, cancelled", "/api/orders?state=cancelled".to_owned());
            add("orders, fulfilled, product", "/api/orders?state=fulfilled&product=customer-care".to_owned());
            if !matches!(who, Who::Buyer) {
                add("orders, customer's id", "/api/orders?customer=enterprise-0".to_owned());
                add("orders, customer's name", "/api/orders?customer=%E7%AC%AC%200%20%E5%AE%B6".to_owned());
                add("services, customer's name", "/api/services?customer=%E7%AC%AC%200%20%E5%AE%B6".to_owned());
            }
            add("services", "/api/services".to_owned());
            add("services, id", format!("/api/services?id={service}"));
            add("services, product", "/api/services?product=document-migration".to_owned());
            add("services, provisioning", "/api/services?state=provisioning".to_owned());
            add("services, expired", "/api/services?state=expired".to_owned());
            add("one order", format!("/api/orders/{order}"));
            add("one service", format!("/api/services/{service}"));
            add("access, service", format!("/api/access?service={service}"));
            add(ACCESS_PRODUCT, "/api/access?enterprise=enterprise-0&product=data-analytics-2".to_owned());
            add("notices", "/api/notices".to_owned());
        }
        requests.push((Who::Isv, "services, note", "/api/services?note=nobody".to_owned()));
        requests.push((Who::Isv, "customers", "/api/customers".to_owned()));
        requests.push((Who::Isv, "customers, name", "/api/customers?name=%E7%AC%AC%200%20%E5%AE%B6".to_owned()));
        requests.push((Who::Isv, "customers, contact", "/api/customers?contact=buyer-0%40".to_owned()));
        requests.push((Who::Isv, "customers, id", "/api/customers?id=enterprise-0".to_owned()));
        requests.push((Who::Isv, "sales", "/api/sales".to_owned()));
        for who in [Who::Isv, Who::Operator] {
            requests.push((who, "settlements", "/api/settlements".to_owned()));
        }
        requests.push((Who::Operator, "transfers", "/api/transfers".to_owned()));
        requests
    }
}

const ACCESS_PRODUCT: &str = "access, product";

#[derive(Clone, Copy, Debug)]
enum Who {
    Buyer,
    Isv,
    Operator,
}

async fn compare(name: &str, small: Shape, large: Shape, one: bool) {
    let ((few, _), (many, folder)) = (Asked::open(small).await, Asked::open(large).await);
    println!("\n{name}: {} orders against {}, in microseconds", large.orders, small.orders);
    let (mut worst, mut missed) = (0.0_f64, 0);
    for ((who, what, small), (_, _, large)) in few.requests().await.into_iter().zip(many.requests().await) {
        let (mut before, mut now) = (Vec::new(), Vec::new());
        let lengths = (few.ask(who, &small).await.0.len(), many.ask(who, &large).await.0.len());
        for _ in 0..ROUNDS {
            before.push(few.ask(who, &small).await.1);
            now.push(many.ask(who, &large).await.1);
        }
        let (before, now) = (median(before), median(now));
        // Where there is more to show, for up to 200 rows, it may take longer by as much.
        let longer = (lengths.1 as f64 / lengths.0 as f64).max(1.0);
        let ratio = now / before / if what == ACCESS_PRODUCT { 1.0 } else { longer };
        let said = if one && what == ACCESS_PRODUCT { "for information".to_owned() } else { verdict(SLOWER / ratio) };
        if said != "for information" {
            worst = worst.max(ratio);
            missed += usize::from(ratio > SLOWER);
        }
        println!(
            "  {:<9} {what:<27} {before:>8.0} {now:>9.0}  answer {longer:>5.2} times as long  {ratio:>6.2} times, budget {SLOWER}: {said}",
            format!("{who:?}")
        );
    }
    println!("{name}: the worst {worst:.2} times, {missed} over the budget");
    audited(name, &folder).await;
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn audited(name: &str, folder: &std::path::Path) {
    let store = Store::look(folder, None).await.expect("a look");
    let start = Instant::now();
    let report = audit(&store, Offset::CHINA).await.expect("an audit");
    let took = start.elapsed().as_secs_f64();
    store.close().await;
    assert!(report.is_clean(), "{report}");
    println!("{name}: audit in {took:.1} s, budget {AUDIT:.0}: {}. {report}", verdict(AUDIT / took));
}

fn main() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    // So many times as many orders, for trying the benchmark out.
    let scale: usize = std::env::var("QUOTIENT_BENCH_SCALE").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (few, all) = (1000, 1000 * scale);
        let one = |name, orders| Shape { name, enterprises: 1, orders };
        compare("one enterprise", one("one-few", few), one("one-all", all), true).await;
        let ten = |name, orders| Shape { name, enterprises: orders / 10, orders };
        compare("ten for each enterprise", ten("ten-few", few), ten("ten-all", all), false).await;
    });
}

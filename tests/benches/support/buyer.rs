//! A buyer: prepares quotations, then orders from them and pays, each order as a person's browser would have it done.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::money::Fen;
use tokio::sync::Barrier;

use crate::client::{Client, post};
use crate::example::EXAMPLE;
use crate::processor::processor_seconds;
use crate::provider::Provider;

/// Orders that each buyer makes before the time is taken.
const WARM_UP: usize = 5;
/// What the example comes to.
const TOTAL: Fen = Fen::new(20_800);

pub(crate) struct Buyer {
    address: SocketAddr,
    client: Client,
    /// Header lines.
    session: String,
    quotations: Vec<String>,
    requests: usize,
}

/// What is between two texts, the first time they stand there.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before}: {text}")).1;
    rest.split_once(after).map_or(rest, |(found, _)| found)
}

impl Buyer {
    /// Signs in as `buyer-{number}`.
    pub(crate) async fn sign_in(address: SocketAddr, number: usize) -> Self {
        let mut client = Client::connect(address).await.expect("connected");
        let body = format!(r#"{{"account":"buyer-{number}"}}"#);
        let answer = client.ask(&post("/api/demo/session", "", &body), "200").await.expect("signed in");
        let cookies = answer.split("\r\nset-cookie: ").skip(1).map(|rest| between(rest, "", ";"));
        let cookies: Vec<&str> = cookies.collect();
        let session = format!("cookie: {}\r\n", cookies.join("; "));
        Self { address, client, session, quotations: Vec::new(), requests: 0 }
    }

    /// A server lets those go who say nothing for long.
    async fn reconnect(&mut self) {
        self.client = Client::connect(self.address).await.expect("connected");
    }

    /// Quotations to order from; not part of an order.
    pub(crate) async fn prepare(&mut self, count: usize) {
        while self.quotations.len() < count {
            let request = post("/api/quotes", &self.session, EXAMPLE);
            let answer = self.client.ask(&request, "201").await.expect("a quotation");
            self.quotations.push(between(answer, r#""id":""#, "\"").to_owned());
        }
    }

    /// The header lines of the next write.
    fn write(&mut self) -> String {
        self.requests += 1;
        // Several may be signed in as one: a session is nobody else's.
        let end = &self.session[self.session.len() - 20..].trim_end();
        format!("{}idempotency-key: {}-{end}\r\n", self.session, self.requests)
    }

    /// Places an order. Returns its quotation, its own number and its payment's.
    async fn place(&mut self) -> [String; 3] {
        let quotation = self.quotations.pop().expect("a quotation");
        let body = format!(r#"{{"quote":"{quotation}","method":"sandbox","agreement":1}}"#);
        let request = post("/api/orders", &self.write(), &body);
        let answer = self.client.ask(&request, "201").await.expect("placed");
        let (order, payment) = (between(answer, r#""id":""#, "\""), between(answer, "/sandbox/pay/", "\""));
        [quotation, order.to_owned(), payment.to_owned()]
    }

    /// One order: placed, and paid once the provider's signed notification was taken in; without a provider, on the page of the
    /// sandbox's own. Returns the quotation's id.
    pub(crate) async fn order(&mut self, provider: Option<&Provider>) -> String {
        let [quotation, order, payment] = self.place().await;
        if let Some(provider) = provider {
            self.client.ask(&provider.paid(&payment, &order, TOTAL), "204").await.expect("taken in");
        } else {
            let path = format!("/api/sandbox/payments/{payment}");
            let answer = self.client.ask(&post(&path, "", r#"{"play":"pay"}"#), "200").await.expect("paid");
            assert!(answer.contains(r#""state":"paid""#), "{answer}");
        }
        quotation
    }
}

/// What a round of orders measured.
pub(crate) struct Round {
    /// Orders in a second.
    pub(crate) rate: f64,
    /// Microseconds of processor time for one order, the buyers' included.
    pub(crate) work: f64,
    /// How long each took, in milliseconds.
    pub(crate) took: Vec<f64>,
}

/// Has all buyers make so many orders each at the same time.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub(crate) async fn round(buyers: &mut Vec<Buyer>, each: usize, provider: Option<&Arc<Provider>>) -> Round {
    let ready = Arc::new(Barrier::new(buyers.len() + 1));
    let working: Vec<_> = buyers
        .drain(..)
        .map(|mut buyer| {
            let (ready, provider) = (Arc::clone(&ready), provider.map(Arc::clone));
            tokio::spawn(async move {
                buyer.reconnect().await;
                buyer.prepare(WARM_UP + each).await;
                for _ in 0..WARM_UP {
                    buyer.order(provider.as_deref()).await;
                }
                ready.wait().await;
                let mut took = Vec::with_capacity(each);
                for _ in 0..each {
                    let start = Instant::now();
                    buyer.order(provider.as_deref()).await;
                    took.push(start.elapsed());
                }
                (buyer, took)
            })
        })
        .collect();
    ready.wait().await;
    let (start, used) = (Instant::now(), processor_seconds());
    let mut took: Vec<Duration> = Vec::new();
    for working in working {
        let (buyer, its) = working.await.expect("a buyer");
        buyers.push(buyer);
        took.extend(its);
    }
    let count = took.len() as f64;
    let (rate, work) = (count / start.elapsed().as_secs_f64(), (processor_seconds() - used) * 1e6 / count);
    Round { rate, work, took: took.iter().map(|took| took.as_secs_f64() * 1000.0).collect() }
}

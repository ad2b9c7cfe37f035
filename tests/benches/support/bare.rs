//! The yardstick: what axum does when nothing is to be done, and what keeps a route as busy as its clients can.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::routing::post;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use shared::api::PriceRequest;
use shared::lifecycle::Quote;

use crate::client::{self, Client};
use crate::example::EXAMPLE;
use crate::market::listen;
use crate::processor::processor_seconds;

const ROUND: Duration = Duration::from_millis(1500);
const WARM_UP: Duration = Duration::from_millis(300);

/// A route that takes the example.
pub(crate) struct Route {
    pub(crate) address: SocketAddr,
    pub(crate) path: &'static str,
    pub(crate) status: &'static str,
}

/// What one round measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    /// Requests answered in a second.
    pub(crate) rate: f64,
    /// Microseconds of processor time for one request, the generator's included.
    pub(crate) work: f64,
}

/// Loads a route over so many connections, for one round.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub(crate) async fn measure(route: &Arc<Route>, connections: usize) -> Measured {
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let clients: Vec<_> = (0..connections)
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

/// One request after the other over one connection, until told to stop.
async fn load(route: &Route, stop: &AtomicBool, answered: &AtomicU64) -> std::io::Result<()> {
    let mut client = Client::connect(route.address).await?;
    let request = client::post(route.path, "", EXAMPLE);
    while !stop.load(Ordering::Relaxed) {
        client.ask(&request, route.status).await?;
        answered.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// A route that reads the example with serde and writes a ready quote.
pub(crate) async fn serve(quote: &'static Quote) -> Arc<Route> {
    let (listener, address) = listen().await;
    let router = Router::new().route("/", post(async move |Json::<PriceRequest>(_)| Json(quote)));
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async { axum::serve(listener, router).await });
    Arc::new(Route { address, path: "/", status: "200" })
}

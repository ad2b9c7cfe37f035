//! The server as it is deployed, its data on the disk, time passing.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use server::clock::Clock;
use server::demo;
use server::http::{self, Site};
use server::keys::QuotationKey;
use server::store::people::demo::{DemoMember, DemoOrganisation, Seed as People};
use server::store::products::Seed;
use server::store::{Limits, Store};
use server::usecases::{Market, Settings};
use shared::api::{OrganisationKind, Role};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A sandbox that is open; with it, its time ends.
pub(crate) struct Open {
    pub(crate) address: SocketAddr,
    pub(crate) site: Arc<Site>,
    time: JoinHandle<()>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.time.abort();
    }
}

impl Open {
    /// Opens the demo market in `folder`, or in the database at `address`, with so many enterprises more.
    pub(crate) async fn new(
        folder: &Path,
        database: Option<&str>,
        limits: Limits,
        enterprises: usize,
        clock: Clock,
    ) -> Self {
        // Whoever waits for one that has panicked would wait for ever.
        std::panic::set_hook(Box::new(|panic| {
            eprintln!("{panic}");
            std::process::exit(1);
        }));
        std::fs::create_dir_all(folder).expect("a folder");
        let store = Store::open_with(folder, database, limits).await.expect("a store");
        store.write(Seed { products: demo::products(), at: clock.now() }).await.expect("products");
        store.write(demo::people(clock.now())).await.expect("people");
        store.write(people(enterprises, &clock)).await.expect("enterprises");
        let key = QuotationKey::open(folder).expect("a key");
        let settings = Settings { sandbox: true, ..Settings::default() };
        let market = Market::open(store, key, clock, settings).await.expect("a market");
        let site = Arc::new(Site::new(market, false));
        let (listener, address) = listen().await;
        let router = http::router(&site);
        tokio::spawn(async move { http::serve(listener, router, std::future::pending()).await });
        let time = tokio::spawn(passing_time(Arc::clone(&site)));
        Self { address, site, time }
    }
}

pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// As `quotient serve` has it pass.
async fn passing_time(site: Arc<Site>) {
    loop {
        site.market().do_due_work().await.expect("due work");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// So many enterprises with a buyer each, `buyer-0` and on, who sign in by one click.
fn people(count: usize, clock: &Clock) -> People {
    let text = |text: String| -> &'static str { text.leak() };
    let organisation = |n| DemoOrganisation {
        id: text(format!("enterprise-{n}")),
        kind: OrganisationKind::Enterprise,
        name: text(format!("第 {n} 家企业")),
    };
    let organisations: Vec<_> = (0..count).map(organisation).collect();
    let member = |(n, organisation): (usize, &DemoOrganisation)| DemoMember {
        id: text(format!("buyer-{n}")),
        organisation: organisation.id,
        email: text(format!("buyer-{n}@example.com")),
        name: "采购员",
        role: Role::BuyerAdmin,
    };
    let members: Vec<_> = organisations.iter().enumerate().map(member).collect();
    People { organisations: organisations.leak(), members: members.leak(), slugs: Vec::new(), at: clock.now() }
}

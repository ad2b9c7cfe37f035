//! `quotient serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Failed, ServeArgs, logging, open, runtime};
use crate::clock::Clock;
use crate::demo;
use crate::failure::Failure;
use crate::http::{self, Site};
use crate::keys::QuotationKey;
use crate::store::products::Seed;
use crate::usecases::{Market, Settings};

/// How late work that is due may be begun.
const TICK: Duration = Duration::from_secs(1);
/// After how many ticks it is looked what other servers published, and what their customers bought and wrote.
const LOOK: u32 = 10;

pub(super) fn run(args: &ServeArgs) -> Result<ExitCode, Failed> {
    logging::start();
    runtime()?.block_on(serve(args))
}

async fn serve(args: &ServeArgs) -> Result<ExitCode, Failed> {
    let stop = Stop::listen()?;
    let store = open(&args.store).await?;
    let key = QuotationKey::open(&args.store.data)?;
    let clock = Clock::system(args.offset);
    if args.demo && store.write(Seed { products: demo::products(), at: clock.now() }).await? {
        tracing::info!("the demo market is set up");
    }
    if args.demo {
        store.write(demo::people(clock.now())).await?;
    }
    let oidc = args.oidc.provider()?.map(Arc::new);
    let mailer = args.mail.mailer(args.oidc.origin.as_deref())?.map(Arc::new);
    let payee = args.payee.payee();
    let settings = Settings { sandbox: args.sandbox || args.demo, oidc, mailer, payee, ..Settings::default() };
    let market = Market::open(store.clone(), key, clock, settings).await?;
    let site = Arc::new(Site::new(market, args.hsts).behind(args.proxies.into()));
    let listener = TcpListener::bind(args.listen).await.map_err(|error| format!("{}: {error}", args.listen))?;
    let address = listener.local_addr()?;
    tracing::info!(%address, sandbox = site.market().sandbox(), "open");
    println!("http://{address}");
    let time = tokio::spawn(passing_time(Arc::clone(&site)));
    let mail = tokio::spawn(sending_mail(Arc::clone(&site)));
    http::serve(listener, http::router(&site), stop.requested()).await;
    // What it was doing is in one transaction, which is there or not.
    time.abort();
    mail.abort();
    store.close().await;
    tracing::info!("closed");
    Ok(ExitCode::SUCCESS)
}

/// Does the work that time brings, as it passes. During an outage of the store it waits, which is said once.
async fn passing_time(site: Arc<Site>) {
    let mut waits = false;
    let mut ticks: u32 = 0;
    loop {
        match site.market().do_due_work().await {
            Ok(()) if waits => {
                waits = false;
                tracing::info!("work that is due goes on");
            }
            Ok(()) => {}
            Err(Failure::Store(_)) if waits => {}
            Err(Failure::Store(error)) => {
                waits = true;
                tracing::error!(%error, "work that is due waits for the store");
            }
            Err(failure) => tracing::error!(error = %failure, "work that is due"),
        }
        ticks = ticks.wrapping_add(1);
        let look = ticks.is_multiple_of(LOOK);
        // Of an outage the work that is due has spoken.
        match site.market().look_at_standings(look).await {
            Ok(()) | Err(Failure::Store(_)) => {}
            Err(failure) => tracing::error!(error = %failure, "how products stand"),
        }
        if look {
            match site.market().look_at_products().await {
                Ok(()) | Err(Failure::Store(_)) => {}
                Err(failure) => tracing::error!(error = %failure, "what other servers published"),
            }
        }
        tokio::time::sleep(TICK).await;
    }
}

/// Sends the mail that waits.
async fn sending_mail(site: Arc<Site>) {
    loop {
        match site.market().send_mail().await {
            Ok(()) | Err(Failure::Store(_)) => {}
            Err(failure) => tracing::error!(error = %failure, "mail"),
        }
        tokio::time::sleep(TICK).await;
    }
}

/// The signals that ask a server to stop.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// From now on a signal does not end the process at once.
    fn listen() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns at the first signal. The second one ends the process: whoever sends it does not want to wait.
    async fn requested(mut self) {
        self.any().await;
        tracing::info!("stopping");
        tokio::spawn(async move {
            self.any().await;
            std::process::exit(130);
        });
    }

    async fn any(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

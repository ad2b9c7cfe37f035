//! The market: what is published, what is kept, who signs, and what time it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use shared::api::{Payee, Product, ProductList, VerifyKeys};
use shared::catalog::Offer;

use super::offers::Offers;
use super::settings::Settings;
use crate::catalogue::{Catalogue, Published, Shelf};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::keys::QuotationKey;
use crate::mail::Mailer;
use crate::oidc::Provider;
use crate::passwords::Passwords;
use crate::randomness::Randomness;
use crate::store::answers::{Asked, Earlier, Made};
use crate::store::counted::Recount;
use crate::store::settlements::KeepClosing;
use crate::store::{Store, StoreError, keys, products, sandbox, standings};

/// Everything that a use case needs.
pub struct Market {
    pub(super) store: Store,
    pub(super) key: QuotationKey,
    pub(super) clock: Clock,
    pub(super) randomness: Arc<Randomness>,
    pub(super) shelf: Shelf,
    /// What the shelf was read at.
    stamp: Mutex<(i64, i64)>,
    /// Who uses what may be another than the shelf says.
    users_changed: AtomicBool,
    sandbox: bool,
    pub(super) passwords: Passwords,
    pub(super) mailer: Option<Arc<Mailer>>,
    pub(super) oidc: Option<Arc<Provider>>,
    offers: Offers,
    payee: Option<Payee>,
    /// Held by whoever does work that time brings, and shared by those who act before it goes on.
    pub(super) due_turn: tokio::sync::RwLock<()>,
    /// With what the sandbox's payment provider signs.
    pub(super) provider_key: Vec<u8>,
}

impl Market {
    /// Opens the market with what the store has.
    pub async fn open(store: Store, key: QuotationKey, clock: Clock, settings: Settings) -> Result<Self, StoreError> {
        store.write(keys::Keep { key: key.public().clone(), at: clock.now() }).await?;
        store.write(KeepClosing(clock.now())).await?;
        store.write(Recount(clock.now().offset())).await?;
        let stamp = Mutex::new(store.read(products::Stamp).await?);
        let shelf = Shelf::new(Catalogue::read(store.read(products::Visible).await?));
        let passwords = Passwords::new(settings.passwords);
        let mut provider_key = vec![0; 32];
        if settings.sandbox {
            getrandom::fill(&mut provider_key).map_err(|error| StoreError::File(Arc::new(error.into())))?;
            let sandbox = store.write(sandbox::Open { key: provider_key }).await?;
            clock.set_ahead(sandbox.ahead);
            provider_key = sandbox.key;
        }
        let market = Self {
            store,
            key,
            clock,
            randomness: settings.randomness,
            shelf,
            stamp,
            users_changed: AtomicBool::new(false),
            sandbox: settings.sandbox,
            mailer: settings.mailer,
            oidc: settings.oidc,
            passwords,
            offers: Offers::default(),
            payee: settings.payee,
            due_turn: tokio::sync::RwLock::new(()),
            provider_key,
        };
        let standings = market.store.read(standings::Read).await?;
        market.shelf.stand(|_| standings);
        Ok(market)
    }

    /// Reads the published products anew.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        // Before what it stamps: what is published in between is read anew once more.
        let stamp = self.store.read(products::Stamp).await?;
        let stored = self.store.read(products::Visible).await?;
        self.shelf.replace(Catalogue::read(stored));
        *self.stamp.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
        Ok(())
    }

    /// Reads them anew where another server has published something.
    pub async fn look_at_products(&self) -> Result<(), Failure> {
        let known = *self.stamp.lock().unwrap_or_else(PoisonError::into_inner);
        if self.store.read(products::Stamp).await? != known {
            self.refresh().await?;
        }
        Ok(())
    }

    /// Who uses what is to be looked at anew.
    pub(super) fn users_changed(&self) {
        self.users_changed.store(true, Ordering::Relaxed);
    }

    /// Looks anew how products stand, where that may have changed here, or `anyway`.
    pub async fn look_at_standings(&self, anyway: bool) -> Result<(), Failure> {
        if self.users_changed.swap(false, Ordering::Relaxed) || anyway {
            self.refresh_standings().await?;
        }
        Ok(())
    }

    /// Whether this is a market to try things out in.
    pub fn sandbox(&self) -> bool {
        self.sandbox
    }

    /// To whom transfers go, where the market says.
    pub fn payee(&self) -> Option<&Payee> {
        self.payee.as_ref()
    }

    /// The clock that every use case goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Every published product, as a card.
    pub fn products(&self) -> Arc<ProductList> {
        Arc::clone(self.shelf.now().list())
    }

    /// One published product.
    pub fn product(&self, slug: &str) -> Result<Product, Failure> {
        self.shelf.now().shown(slug, self.clock.now()).ok_or(Failure::ProductNotFound)
    }

    pub(super) fn published(&self, slug: &str) -> Result<Arc<Published>, Failure> {
        self.shelf.now().product(slug).cloned().ok_or(Failure::ProductNotFound)
    }

    /// The offer of a product's revision: an order is evaluated on its own for good (rule O2).
    pub(super) async fn offer(&self, slug: &str, revision: u32) -> Result<Arc<Offer>, Failure> {
        self.offers.of(&self.store, slug, revision).await
    }

    /// The public keys that quotations are checked with: ours first, then those of former days and other servers.
    pub async fn verify_keys(&self) -> Result<VerifyKeys, Failure> {
        let ours = self.key.public();
        let others = self.store.read(keys::All).await?.into_iter().filter(|key| key.kid != ours.kid);
        Ok(VerifyKeys { keys: std::iter::once(ours.clone()).chain(others).collect() })
    }

    /// What a request was answered with before, for those that must know before they begin; the others are done
    /// [`Once`](crate::store::answers::Once).
    pub(super) async fn earlier(&self, asked: &Asked) -> Result<Option<Made>, Failure> {
        let earlier = Earlier { asked: asked.clone(), now: self.clock.now() };
        Ok(self.store.read(earlier).await?.transpose()?)
    }

    /// Whether requests can be served.
    pub async fn ready(&self) -> Result<(), Failure> {
        Ok(self.store.ready().await?)
    }
}

//! The market: what is published, what is kept, who signs, and what time it is.

use std::sync::Arc;

use shared::api::{Product, ProductList, VerifyKeys};

use super::offers::Offers;
use super::settings::Settings;
use crate::catalogue::{Catalogue, Published, Shelf};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::keys::QuotationKey;
use crate::oidc::Provider;
use crate::passwords::Passwords;
use crate::randomness::Randomness;
use crate::store::answers::{Asked, Earlier, Made};
use crate::store::{Store, StoreError, keys, products, sandbox};

/// Everything that a use case needs.
pub struct Market {
    pub(super) store: Store,
    pub(super) key: QuotationKey,
    pub(super) clock: Clock,
    pub(super) randomness: Arc<Randomness>,
    shelf: Shelf,
    sandbox: bool,
    pub(super) passwords: Passwords,
    pub(super) oidc: Option<Arc<Provider>>,
    pub(super) offers: Offers,
    /// Held by whoever does work that time brings, and shared by those who act before it goes on.
    pub(super) due_turn: tokio::sync::RwLock<()>,
    /// With what the sandbox's payment provider signs.
    pub(super) provider_key: Vec<u8>,
}

impl Market {
    /// Opens the market with what the store has.
    pub async fn open(store: Store, key: QuotationKey, clock: Clock, settings: Settings) -> Result<Self, StoreError> {
        store.write(keys::Keep { key: key.public().clone(), at: clock.now() }).await?;
        let shelf = Shelf::new(Catalogue::read(store.read(products::Visible).await?));
        let passwords = Passwords::new(settings.passwords);
        let mut provider_key = vec![0; 32];
        if settings.sandbox {
            getrandom::fill(&mut provider_key).map_err(|error| StoreError::File(Arc::new(error.into())))?;
            let sandbox = store.write(sandbox::Open { key: provider_key }).await?;
            clock.set_ahead(sandbox.ahead);
            provider_key = sandbox.key;
        }
        Ok(Self {
            store,
            key,
            clock,
            randomness: settings.randomness,
            shelf,
            sandbox: settings.sandbox,
            oidc: settings.oidc,
            passwords,
            offers: Offers::default(),
            due_turn: tokio::sync::RwLock::new(()),
            provider_key,
        })
    }

    /// Reads the published products anew.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let stored = self.store.read(products::Visible).await?;
        self.shelf.replace(Catalogue::read(stored));
        Ok(())
    }

    /// Whether this is a market to try things out in.
    pub fn sandbox(&self) -> bool {
        self.sandbox
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
        Ok(self.published(slug)?.product(self.clock.now()))
    }

    pub(super) fn published(&self, slug: &str) -> Result<Arc<Published>, Failure> {
        self.shelf.now().product(slug).cloned().ok_or(Failure::ProductNotFound)
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

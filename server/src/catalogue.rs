//! The published products, parsed once and kept in memory, so that a price is computed without asking the store.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::value::RawValue;
use shared::aftersale::Standing;
use shared::api::{FromPrice, Product, ProductCard, ProductList, ProductText};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::money::Fen;
use shared::pricing;

use crate::store::products::StoredProduct;

/// A published product.
#[derive(Debug)]
pub struct Published {
    /// Its address in the store.
    pub slug: String,
    /// Its words.
    pub text: ProductText,
    /// The number of its configuration.
    pub revision: u32,
    /// Its configuration, ready to be priced from.
    pub offer: Offer,
    config: Box<RawValue>,
}

/// Why a stored product cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Its words are no [`ProductText`].
    #[error("its text: {0}")]
    Text(serde_json::Error),
    /// Its configuration breaks a rule; the first violation.
    #[error("its configuration: {code} at {at}")]
    Config {
        /// The violation's code.
        code: String,
        /// Its place.
        at: String,
    },
}

impl Published {
    /// Reads what the store keeps.
    pub fn read(stored: StoredProduct) -> Result<Self, Unreadable> {
        let text = serde_json::from_str(&stored.text).map_err(Unreadable::Text)?;
        let offer = Offer::parse(&stored.config).map_err(|violations| {
            let first = violations.into_iter().next();
            let (code, at) = first.map(|violation| (violation.code, violation.at)).unwrap_or_default();
            Unreadable::Config { code, at }
        })?;
        // Printed anew: whatever way it was written, pages get it without white space.
        let config = serde_json::value::to_raw_value(&offer).map_err(Unreadable::Text)?;
        Ok(Self { slug: stored.slug, text, revision: stored.revision, offer, config })
    }

    /// The product as a page gets it.
    pub fn product(&self, now: Timestamp) -> Product {
        Product {
            slug: self.slug.clone(),
            text: self.text.clone(),
            revision: self.revision,
            config: self.config.clone(),
            now,
        }
    }

    /// Its card in the store.
    fn card(&self) -> ProductCard {
        let cheapest = pricing::cheapest(&self.offer);
        let trial_days =
            self.offer.visible_editions().filter_map(|edition| edition.trial).map(|trial| trial.days).max();
        ProductCard {
            slug: self.slug.clone(),
            // A card has no room for the rest.
            text: ProductText { details: Vec::new(), tutorial: Vec::new(), stories: Vec::new(), ..self.text.clone() },
            from: FromPrice {
                price: cheapest.as_ref().map_or(Fen::LIMIT, |(price, _)| *price),
                term: cheapest.and_then(|(_, selection)| selection.term),
            },
            trial_days,
        }
    }
}

/// All published products.
#[derive(Debug)]
pub struct Catalogue {
    by_slug: HashMap<String, Arc<Published>>,
    list: Arc<ProductList>,
    standings: HashMap<String, Standing>,
}

impl Catalogue {
    /// Reads what the store keeps, in its order. A product that cannot be read is logged and left out: it must not close
    /// the whole market.
    pub fn read(stored: Vec<StoredProduct>) -> Self {
        let mut by_slug = HashMap::with_capacity(stored.len());
        let mut products = Vec::with_capacity(stored.len());
        for stored in stored {
            let slug = stored.slug.clone();
            match Published::read(stored) {
                Ok(product) => {
                    products.push(product.card());
                    by_slug.insert(slug, Arc::new(product));
                }
                Err(error) => tracing::error!(slug, %error, "a stored product cannot be read and is left out"),
            }
        }
        Self { by_slug, list: Arc::new(ProductList { products }), standings: HashMap::new() }
    }

    /// The product of this slug.
    pub fn product(&self, slug: &str) -> Option<&Arc<Published>> {
        self.by_slug.get(slug)
    }

    /// The product of this slug as a page gets it.
    pub fn shown(&self, slug: &str, now: Timestamp) -> Option<Product> {
        let mut product = self.product(slug)?.product(now);
        stand(&mut product.text, self.standings.get(slug));
        Some(product)
    }

    /// The same products, standing so (rule O6).
    fn standing(&self, standings: HashMap<String, Standing>) -> Self {
        let mut products = self.list.products.clone();
        for card in &mut products {
            stand(&mut card.text, standings.get(&card.slug));
        }
        Self { by_slug: self.by_slug.clone(), list: Arc::new(ProductList { products }), standings }
    }

    /// Every product's card, in the order of the store.
    pub fn list(&self) -> &Arc<ProductList> {
        &self.list
    }
}

/// Who uses it and what they think of it comes from the market, whatever the product's words say.
fn stand(text: &mut ProductText, standing: Option<&Standing>) {
    let standing = standing.copied().unwrap_or_default();
    (text.users, text.rating) = (standing.users, standing.rating());
}

/// The catalogue that holds now; readers keep the one they took.
#[derive(Debug)]
pub struct Shelf(RwLock<Arc<Catalogue>>);

impl Shelf {
    /// A shelf with this catalogue on it.
    pub fn new(catalogue: Catalogue) -> Self {
        Self(RwLock::new(Arc::new(catalogue.standing(HashMap::new()))))
    }

    /// The catalogue that holds now.
    pub fn now(&self) -> Arc<Catalogue> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another one in its place.
    pub fn replace(&self, catalogue: Catalogue) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *shelf = Arc::new(catalogue.standing(shelf.standings.clone()));
    }

    /// The products stand as `change` says, knowing how they stood.
    pub fn stand(&self, change: impl FnOnce(&HashMap<String, Standing>) -> HashMap<String, Standing>) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let standings = change(&shelf.standings);
        if standings != shelf.standings {
            *shelf = Arc::new(shelf.standing(standings));
        }
    }
}

//! Offers of any revision, parsed once: an order is evaluated on its own revision for good (rule O2).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use shared::catalog::Offer;

use crate::failure::Failure;
use crate::store::Store;
use crate::store::products::Config;

/// What was parsed so far.
#[derive(Debug, Default)]
pub(super) struct Offers(RwLock<HashMap<(String, u32), Arc<Offer>>>);

impl Offers {
    /// The offer of a product's revision.
    pub(super) async fn of(&self, store: &Store, slug: &str, revision: u32) -> Result<Arc<Offer>, Failure> {
        let key = (slug.to_owned(), revision);
        if let Some(offer) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(offer));
        }
        let config = store.read(Config { slug: slug.to_owned(), revision }).await?;
        let config = config.ok_or_else(|| Failure::Internal(format!("{slug} has no revision {revision}")))?;
        let offer = Offer::parse(&config)
            .map_err(|_| Failure::Internal(format!("revision {revision} of {slug} cannot be read")))?;
        let offer = Arc::new(offer);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&offer));
        Ok(offer)
    }
}

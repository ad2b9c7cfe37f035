//! Placing an order from a quotation (rule O1).

use std::sync::Arc;

use shared::api::{Confirmed, PlaceOrder};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{self as domain, NewOrder, Refused};

use super::super::desk::{Desk, settling};
use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::answer;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders::{self, StoredOrder, Words};
use crate::store::products::standing;
use crate::store::{Sql, Step};

/// An order to be placed: everything that cannot change meanwhile has been read already.
struct Place {
    caller: Caller,
    request: PlaceOrder,
    quoted: Arc<Confirmed>,
    offer: Arc<Offer>,
    ids: Ids,
    now: Timestamp,
}

impl Step for Place {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let Self { caller, request, quoted, offer, ids, now } = self;
        let mut desk = Desk::of(sql, caller.organisation(), ids).await?;
        if orders::is_used(sql, &quoted.id).await? {
            return Err(Refused::QuoteUsed.into());
        }
        let product = standing(sql, &quoted.product).await?.ok_or(Refused::ProductNotForSale)?;
        if !product.visible {
            return Err(Refused::ProductNotForSale.into());
        }
        if product.revision != quoted.revision {
            return Err(Trade::QuoteOutdated.into());
        }
        let settling = settling(sql, offer, caller.organisation(), &quoted.product).await?;
        let new = NewOrder {
            id: ids.order(*now),
            enterprise: caller.organisation().to_owned(),
            isv: product.isv,
            product: quoted.product.clone(),
            revision: quoted.revision,
            selection: quoted.selection.clone(),
            quote: quoted.id.clone(),
            quoted: quoted.quote.due,
            expires_at: quoted.expires_at,
            agreement: request.agreement,
            method: request.method,
        };
        let step = domain::place(new, &settling, *now)?;
        let words = Words {
            product_name: quoted.product_name.clone(),
            vendor: quoted.vendor.clone(),
            names: quoted.names.clone(),
        };
        // Two enterprises with one visitor's quotation: the second finds it used.
        orders::insert(sql, &step.after, &words)
            .await
            .map_err(|error| if error.is_conflict() { Refused::QuoteUsed.into() } else { Failure::from(error) })?;
        desk.apply(sql, &step.effects, &words, *now).await?;
        desk.leave(sql).await?;
        let customer = caller.who.organisation.name.clone();
        answer(StoredOrder { order: step.after, words, customer }, caller)
    }
}

impl Market {
    /// Places an order from a quotation; the same request again is answered the same.
    pub async fn place_order(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<Made, Failure> {
        let now = self.clock.now();
        let request: PlaceOrder = form::read(body)?;
        self.offers_method(request.method)?;
        let quoted = Arc::new(self.quotation_of(caller, &request.quote).await?);
        let published = self.published(&quoted.product).map_err(|_| Failure::from(Refused::ProductNotForSale))?;
        if request.agreement != published.text.agreement {
            return Err(Refused::AgreementNotAccepted.into());
        }
        let offer = self.offer(&quoted.product, quoted.revision).await?;
        let (caller, ids) = (caller.clone(), self.ids()?);
        let step = Place { caller, request, quoted: Arc::clone(&quoted), offer, ids, now };
        match self.store.write(Once { asked, now, step }).await {
            // With the fresh quote, so that the buyer sees at once what has changed.
            Err(Failure::Trade(Trade::QuoteOutdated)) => {
                Err(self.outdated(&quoted.product, &quoted.selection, now).await?)
            }
            done => done,
        }
    }
}

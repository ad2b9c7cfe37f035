//! Placing an order from a quotation (rule O1).

use std::sync::Arc;

use shared::api::{self, Confirmed, PlaceOrder};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{self as domain, Method, NewOrder, OrderState, Refused};

use super::super::desk::{Desk, settling};
use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::{pay_at, view};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders::{self, StoredOrder};
use crate::store::products::standing;
use crate::store::words::Words;
use crate::store::{Sql, Step, StoreError};

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
        // What is not for sale any more is renewed and changed all the same (rule P8).
        if !product.visible && quoted.on.is_none() {
            return Err(Refused::ProductNotForSale.into());
        }
        if product.revision != quoted.revision {
            return Err(Trade::QuoteOutdated.into());
        }
        let settling = settling(sql, offer, caller.organisation(), &quoted.product, quoted.on.as_ref()).await?;
        let new = NewOrder {
            id: ids.order(*now),
            enterprise: caller.organisation().to_owned(),
            isv: product.isv,
            product: quoted.product.clone(),
            revision: quoted.revision,
            selection: quoted.selection.clone(),
            on: quoted.on.clone(),
            quote: quoted.id.clone(),
            quoted: quoted.quote.due,
            issued_at: quoted.issued_at,
            expires_at: quoted.expires_at,
            agreement: request.agreement,
            method: request.method,
            accept_forfeit: request.accept_forfeit,
        };
        let step = domain::place(new, &settling, *now)?;
        let words = Words {
            product_name: quoted.product_name.clone(),
            vendor: quoted.vendor.clone(),
            names: quoted.names.clone(),
        };
        orders::insert(sql, &step.after, &words).await.map_err(|error| match error {
            // Two enterprises with one visitor's quotation: the second finds it used.
            error if error.is_taken("orders", "quotation") => Refused::QuoteUsed.into(),
            // Another order of this second drew the same number. Asked again, another one is drawn.
            error if error.is_conflict() => StoreError::GivenUp.into(),
            error => Failure::from(error),
        })?;
        desk.apply(sql, &step.effects, &words, *now).await?;
        let order = step.after;
        // Whoever places an order goes on to pay it, and need not ask where.
        let to_pay = matches!(order.state, OrderState::Unpaid { .. }) && order.method == Method::Sandbox;
        let pay_at = if to_pay { Some(pay_at(sql, &order, ids).await?) } else { None };
        desk.leave(sql).await?;
        let customer = caller.who.organisation.name.clone();
        let placed = view::order(StoredOrder { order, words, customer }, caller);
        let id = placed.id.clone();
        let body = serde_json::to_string(&api::Order { pay_at, ..placed });
        Ok(Made { id, body: body.map_err(|error| Failure::Internal(error.to_string()))? })
    }
}

impl Market {
    /// Places an order from a quotation; the same request again is answered the same.
    pub async fn place_order(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<Made, Failure> {
        let now = self.clock.now();
        let request: PlaceOrder = form::read(body)?;
        self.offers_method(request.method)?;
        let stored = self.quotation_of(caller, &request.quote).await?;
        if request.agreement != self.agreement(&stored).await? {
            return Err(Refused::AgreementNotAccepted.into());
        }
        let offer = self.offer(&stored.product, stored.revision).await?;
        let slug = stored.product.clone();
        let stored = Arc::new(stored);
        let place = Place { caller: caller.clone(), request, quoted: stored, offer, ids: self.ids()?, now };
        let (selection, on) = (place.quoted.selection.clone(), place.quoted.on.clone());
        // With the fresh quote, so that the buyer sees at once what has changed.
        match (self.store.write(Once { asked, now, step: place }).await, on) {
            (Err(Failure::Trade(Trade::QuoteOutdated)), None) => Err(self.outdated(&slug, &selection, now).await?),
            (Err(Failure::Trade(Trade::QuoteOutdated)), Some(on)) => {
                let (quote, revision) = self.afresh(caller, &on, &selection, now).await?;
                Err(Failure::QuoteStale(quote, revision))
            }
            (Err(Failure::Refused(Refused::ServiceChanged)), Some(on)) => {
                let (quote, revision) = self.afresh(caller, &on, &selection, now).await?;
                Err(Failure::ServiceChanged(quote, revision))
            }
            (done, _) => done,
        }
    }

    /// The version of the agreement that holds for what was quoted.
    async fn agreement(&self, quoted: &Confirmed) -> Result<u32, Failure> {
        match (self.published(&quoted.product), &quoted.on) {
            (Ok(published), _) => Ok(published.text.agreement),
            (Err(_), None) => Err(Refused::ProductNotForSale.into()),
            (Err(_), Some(_)) => Ok(self.sold(&quoted.product).await?.agreement),
        }
    }
}

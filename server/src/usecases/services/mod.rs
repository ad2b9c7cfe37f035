//! Services: looking for them, opening them by hand, trials, and the access check (rules L1, L13, O9, V7).

mod access;
mod open;
mod trial;
mod view;

use serde_json::value::to_raw_value;
use shared::api::{self, ServiceStateName};
use shared::orders::Service;

use super::market::Market;
use super::orders;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::orders::StoredOrder;
use crate::store::products::{self, StoredProduct};
use crate::store::search::Found;
use crate::store::services::{self, Search, StoredService};
use crate::store::{self, Sql, Step, refunds};

/// The service of this id, if the caller may see it.
struct Find {
    caller: Caller,
    id: String,
}

impl Step for Find {
    type Done = StoredService;
    type Refused = Failure;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<StoredService, Failure> {
        services::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::ServiceNotFound.into())
    }
}

/// A service and what there is about it.
struct Detail {
    caller: Caller,
    id: String,
}

struct All {
    stored: StoredService,
    history: Vec<StoredOrder>,
    under_review: bool,
}

impl Step for Detail {
    type Done = All;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<All, Failure> {
        let found = services::find(sql, &self.id, self.caller.tenant()).await?;
        let stored = found.ok_or(Trade::ServiceNotFound)?;
        let history = store::orders::of_service(sql, &self.id).await?;
        let Service { enterprise, product, .. } = &stored.service;
        let under_review = refunds::under_review(sql, enterprise, product).await?;
        Ok(All { stored, history, under_review })
    }
}

/// A product in its published revision.
struct Product(String);

impl Step for Product {
    type Done = StoredProduct;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<StoredProduct, Failure> {
        products::find(sql, &self.0).await?.ok_or(Failure::ProductNotFound)
    }
}

struct List {
    caller: Caller,
    query: api::ServiceQuery,
    part: Part,
}

impl Step for List {
    type Done = Found<StoredService>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let api::ServiceQuery { id, product, state, customer, note } = &self.query;
        // Notes are the ISV's own: nobody else finds anything by them.
        let notes = matches!(self.caller.kind(), api::OrganisationKind::Isv);
        let note = note.as_deref().filter(|note| !note.is_empty());
        if !notes && note.is_some() {
            return Ok(Found { rows: Vec::new(), next: None });
        }
        let search = Search {
            id: id.as_deref(),
            product: product.as_deref(),
            state: state.map(ServiceStateName::as_str),
            customer: customer.as_deref(),
            note,
        };
        Ok(services::search(sql, self.caller.tenant(), search, self.part.of_store()).await?)
    }
}

impl Market {
    /// The services that match, the newest first.
    pub async fn services(
        &self,
        caller: &Caller,
        query: api::ServiceQuery,
        part: &api::Part,
    ) -> Result<api::ServiceList, Failure> {
        let list = List { caller: caller.clone(), query, part: Part::read(part)? };
        let (services, next) = shown(self.store.read(list).await?, |stored| view::service(stored, caller));
        Ok(api::ServiceList { services, next })
    }

    /// One service, with what renewing and changing it is quoted from.
    pub async fn service(&self, caller: &Caller, id: &str) -> Result<api::ServiceDetail, Failure> {
        let all = self.store.read(Detail { caller: caller.clone(), id: id.to_owned() }).await?;
        let sold = self.sold(&all.stored.service.product).await?;
        Ok(api::ServiceDetail {
            service: view::service(all.stored, caller),
            sold: api::Sold { under_review: all.under_review, ..sold },
            history: all.history.into_iter().map(|stored| orders::view::order(stored, caller)).collect(),
            now: self.clock.now(),
        })
    }

    /// What is sold now of a product, visible or not.
    pub(super) async fn sold(&self, slug: &str) -> Result<api::Sold, Failure> {
        let product = self.store.read(Product(slug.to_owned())).await?;
        let unreadable = |error: serde_json::Error| Failure::Internal(format!("{slug}: {error}"));
        let text: api::ProductText = serde_json::from_str(&product.text).map_err(unreadable)?;
        // Pages get it without white space.
        let config = match self.published(slug) {
            Ok(published) if published.revision == product.revision => published.product(self.clock.now()).config,
            _ => to_raw_value(&*self.offer(slug, product.revision).await?).map_err(unreadable)?,
        };
        Ok(api::Sold { revision: product.revision, config, agreement: text.agreement, under_review: false })
    }
}

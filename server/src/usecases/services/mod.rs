//! Services: looking for them, opening them by hand, trials, and the access check (rules L1, L13, O9, V7).

mod access;
mod open;
mod trial;
mod view;

use shared::api::{self, ServiceStateName};

use super::market::Market;
use super::orders::{MOST, tenant};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::services::{self, Search, StoredService};
use crate::store::{Sql, Step};

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
        services::find(sql, &self.id, tenant(&self.caller)).await?.ok_or(Trade::ServiceNotFound.into())
    }
}

struct List {
    caller: Caller,
    query: api::ServiceQuery,
}

impl Step for List {
    type Done = Vec<StoredService>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let api::ServiceQuery { id, product, state, customer, note } = &self.query;
        // Notes are the ISV's own: nobody else finds anything by them.
        let notes = matches!(self.caller.kind(), api::OrganisationKind::Isv);
        let search = Search {
            id: id.as_deref(),
            product: product.as_deref(),
            state: state.map(state_name),
            customer: customer.as_deref(),
            note: note.as_deref().filter(|_| notes),
        };
        Ok(services::search(sql, tenant(&self.caller), search, MOST).await?)
    }
}

impl Market {
    /// The services that match, the newest first.
    pub async fn services(&self, caller: &Caller, query: api::ServiceQuery) -> Result<api::ServiceList, Failure> {
        let found = self.store.read(List { caller: caller.clone(), query }).await?;
        Ok(api::ServiceList { services: found.into_iter().map(|stored| view::service(stored, caller)).collect() })
    }

    /// One service.
    pub async fn service(&self, caller: &Caller, id: &str) -> Result<api::Service, Failure> {
        let stored = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?;
        Ok(view::service(stored, caller))
    }
}

const fn state_name(state: ServiceStateName) -> &'static str {
    match state {
        ServiceStateName::Provisioning => "provisioning",
        ServiceStateName::Active => "active",
        ServiceStateName::Expired => "expired",
        ServiceStateName::Closed => "closed",
    }
}

//! The access check for an ISV's app (rule V7).

use shared::api::{self, AccessAnswer, AccessQuery};
use shared::calendar::Timestamp;
use shared::orders::{self as domain, Access, Service};

use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::services;
use crate::store::{Sql, Step};

struct Asked {
    caller: Caller,
    query: AccessQuery,
}

impl Step for Asked {
    type Done = Vec<Service>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let tenant = self.caller.tenant();
        match &self.query {
            AccessQuery { service: Some(id), enterprise: None, product: None } => {
                let found = services::find(sql, id, tenant).await?.ok_or(Trade::ServiceNotFound)?;
                Ok(vec![found.service])
            }
            AccessQuery { service: None, enterprise: Some(enterprise), product: Some(product) } => {
                let mut found = services::of_product(sql, enterprise, product).await?;
                found.retain(|service| tenant.sees(service));
                Ok(found)
            }
            _ => Err(Trade::AccessQueryInvalid.into()),
        }
    }
}

impl Market {
    /// Whether a service, or any of an enterprise's services of a product, can be used now.
    pub async fn access(&self, caller: &Caller, query: AccessQuery) -> Result<AccessAnswer, Failure> {
        let services = self.store.read(Asked { caller: caller.clone(), query }).await?;
        let now = self.clock.now();
        let services: Vec<api::Access> = services.into_iter().map(|service| access(service, now)).collect();
        Ok(AccessAnswer { usable: services.iter().any(|service| service.usable), services })
    }
}

fn access(service: Service, now: Timestamp) -> api::Access {
    let (usable, until, why_not) = match domain::access(&service, now) {
        Access::Usable { until } => (true, until, None),
        Access::Not(why) => (false, None, Some(why)),
    };
    // A closed one is bought anew.
    let renew_at = (!usable).then(|| match why_not {
        Some(domain::WhyNot::Closed { .. }) => format!("/p/{}", service.product),
        _ => format!("/account/services/{}", service.id),
    });
    api::Access {
        service: service.id,
        usable,
        until,
        trial: service.trial.is_some(),
        edition: service.subscription.edition,
        quantities: service.subscription.quantities,
        options: service.subscription.options,
        why_not,
        renew_at,
    }
}

//! A service as people see it.

use shared::api::{self, Customer, OrganisationKind};

use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::Made;
use crate::store::services::StoredService;

/// As `caller` sees it.
pub(super) fn service(stored: StoredService, caller: &Caller) -> api::Service {
    let StoredService { service, words, note, customer } = stored;
    let kind = caller.kind();
    api::Service {
        end: service.end(),
        customer: (kind != OrganisationKind::Enterprise)
            .then(|| Customer { id: service.enterprise.clone(), name: customer }),
        note: (kind == OrganisationKind::Isv).then_some(note),
        id: service.id,
        order: service.order,
        product: service.product,
        product_name: words.product_name,
        vendor: words.vendor,
        state: service.state,
        subscription: service.subscription,
        names: words.names,
        paid: service.paid,
        refunded: service.refunded,
        forfeited: service.forfeited,
        opened: service.opened,
        trial: service.trial,
    }
}

/// The answer to a write on a service.
pub(super) fn answer(stored: StoredService, caller: &Caller) -> Result<Made, Failure> {
    let id = stored.service.id.clone();
    let body = serde_json::to_string(&service(stored, caller)).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Made { id, body })
}

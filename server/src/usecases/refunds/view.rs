//! A refund as people see it.

use shared::api::{self, Customer, OrganisationKind};

use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::Made;
use crate::store::refunds::StoredRefund;

/// As `caller` sees it.
pub(in crate::usecases) fn refund(stored: StoredRefund, caller: &Caller) -> api::Refund {
    let StoredRefund { refund, words, customer } = stored;
    let others = caller.kind() != OrganisationKind::Enterprise;
    api::Refund {
        customer: others.then(|| Customer { id: refund.enterprise.clone(), name: customer }),
        id: refund.id,
        order: refund.order,
        product: refund.product,
        product_name: words.product_name,
        applicant: refund.applicant,
        amount: refund.amount,
        via: refund.via,
        reason: refund.reason,
        asked_at: refund.asked_at,
        state: refund.state,
    }
}

/// The answer to a write on a refund.
pub(super) fn answer(stored: StoredRefund, caller: &Caller) -> Result<Made, Failure> {
    let id = stored.refund.id.clone();
    let body = serde_json::to_string(&refund(stored, caller)).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Made { id, body })
}

//! An order as people see it.

use shared::api::{self, Customer, OrderOn, OrganisationKind, TransferDue};
use shared::money::Fen;
use shared::orders::{Method, Order, OrderState};

use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::orders::StoredOrder;

/// As `caller` sees it in a list.
pub(in crate::usecases) fn order(stored: StoredOrder, caller: &Caller) -> api::Order {
    let StoredOrder { order, words, customer } = stored;
    let others = caller.kind() != OrganisationKind::Enterprise;
    api::Order {
        pay_at: None,
        transfer: transfer_due(&order),
        mismatched: mismatched(&order),
        customer: others.then(|| Customer { id: order.enterprise.clone(), name: customer }),
        id: order.id,
        kind: order.kind,
        product: order.product,
        product_name: words.product_name,
        vendor: words.vendor,
        revision: order.revision,
        selection: order.selection,
        on: order.on.map(|on| OrderOn { subscription: on.service, intent: on.intent }),
        names: words.names,
        amount: order.amount,
        state: order.state,
        placed_at: order.placed_at,
        method: order.method,
        services: order.services,
        money: Vec::new(),
        complaints: Vec::new(),
        quote: None,
        after_sale: None,
    }
}

/// The same as JSON.
pub(in crate::usecases) fn order_json(stored: StoredOrder, caller: &Caller) -> Result<String, Failure> {
    serde_json::to_string(&order(stored, caller)).map_err(|error| Failure::Internal(error.to_string()))
}

/// What is still to be sent by transfer.
pub(super) fn transfer_due(order: &Order) -> Option<TransferDue> {
    let waits = matches!(order.state, OrderState::Unpaid { .. }) && order.method == Method::Transfer;
    let missing = order.amount.due() - order.kept;
    waits.then(|| TransferDue { reference: order.id.clone(), received: order.kept, missing })
}

/// The last amount that was notified and paid nothing.
fn mismatched(order: &Order) -> Option<Fen> {
    order.movements.iter().rev().find(|movement| !movement.counted).map(|movement| movement.amount)
}

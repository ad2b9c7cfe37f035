//! Bank transfers, which the operator confirms.

use shared::api::{Customer, Transfer, TransferConfirm, TransferList, TransferQuery, TransferState};
use shared::money::Fen;
use shared::orders::{Method, Money, OrderState};

use super::super::form;
use super::super::market::Market;
use super::super::orders::MOST;
use super::Receive;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders::{self, Search, StoredOrder, Tenant, method_name};
use crate::store::{Sql, Step};

struct List;

impl Step for List {
    type Done = Vec<StoredOrder>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let search = Search { method: Some(method_name(Method::Transfer)), ..Search::default() };
        Ok(orders::search(sql, Tenant::Market, search, MOST).await?)
    }
}

/// What the operator confirms, answered as the transfer stands then.
struct Confirm(Receive);

impl Step for Confirm {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let (_, stored) = self.0.take_in(sql).await?;
        let transfer = transfer(stored);
        let body = serde_json::to_string(&transfer).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: transfer.reference, body })
    }
}

impl Market {
    /// Orders that are to be paid by transfer, or were.
    pub async fn transfers(&self, query: TransferQuery) -> Result<TransferList, Failure> {
        let mut transfers: Vec<Transfer> = self.store.read(List).await?.into_iter().map(transfer).collect();
        transfers.retain(|transfer| query.state.is_none_or(|state| state == transfer.state));
        transfers.reverse();
        Ok(TransferList { transfers })
    }

    /// Takes in money that arrived by transfer.
    pub async fn confirm_transfer(
        &self,
        caller: &Caller,
        asked: Asked,
        reference: &str,
        body: &[u8],
    ) -> Result<Made, Failure> {
        let now = self.clock.now();
        let confirm: TransferConfirm = form::read(body)?;
        if confirm.received_at.is_some_and(|at| at > now) {
            return Err(Trade::ReceivedInFuture.into());
        }
        let (order, offer) = self.order_and_offer(caller, reference).await?;
        if order.method != Method::Transfer {
            return Err(Trade::OrderNotFound.into());
        }
        let ids = self.ids()?;
        let money = Money { transaction: ids.nth(0), amount: confirm.amount, via: Method::Transfer };
        let step =
            Confirm(Receive { order: order.id, enterprise: order.enterprise, money, offer, sent: None, ids, now });
        self.store.write(Once { asked, now, step }).await
    }
}

fn transfer(stored: StoredOrder) -> Transfer {
    let StoredOrder { order, customer, .. } = stored;
    let expected = order.amount.due();
    let counted = order.movements.iter().filter(|movement| movement.counted);
    let received = counted.fold(Fen::ZERO, |sum, movement| sum + movement.amount);
    let (state, used) = match order.state {
        OrderState::Unpaid { .. } if order.kept > Fen::ZERO => (TransferState::Short, order.kept),
        OrderState::Unpaid { .. } => (TransferState::Expected, Fen::ZERO),
        OrderState::Paid { .. } | OrderState::Fulfilled { .. } => (TransferState::Settled, expected),
        OrderState::Cancelled { .. } | OrderState::Refunded { .. } => (TransferState::Ended, Fen::ZERO),
    };
    Transfer {
        reference: order.id.clone(),
        order: order.id,
        customer: Customer { id: order.enterprise, name: customer },
        expected,
        received,
        returned: received - used,
        state,
        placed_at: order.placed_at,
    }
}

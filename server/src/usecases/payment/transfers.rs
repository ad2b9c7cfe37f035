//! Bank transfers, which the operator confirms.

use shared::api::{self, Customer, Transfer, TransferConfirm, TransferList, TransferQuery, TransferState};
use shared::money::Fen;
use shared::orders::{Method, Money, OrderState};

use super::super::form;
use super::super::market::Market;
use super::super::part::{Part, shown};
use super::Receive;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders::{self, Search, StoredOrder, method_name};
use crate::store::search::{Found, Place};
use crate::store::tenant::Tenant;
use crate::store::{Sql, Step};

struct List {
    query: TransferQuery,
    part: Part,
}

impl Step for List {
    type Done = Found<Transfer>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let TransferQuery { number, customer, state } = &self.query;
        let (unpaid, either) = match state {
            None => (None, None),
            Some(TransferState::Expected | TransferState::Short) => (Some("unpaid"), None),
            Some(TransferState::Settled) => (None, Some(["paid", "fulfilled"])),
            Some(TransferState::Ended) => (None, Some(["cancelled", "refunded"])),
        };
        let search = Search {
            number: number.as_deref(),
            product: None,
            state: unpaid,
            either,
            customer: customer.as_deref(),
            method: Some(method_name(Method::Transfer)),
        };
        let (mut rows, mut part) = (Vec::new(), Part::following(self.part.after().cloned()));
        loop {
            let found = orders::search(sql, Tenant::Market, search, part.of_store()).await?;
            // Whether some of the amount has arrived stands in no column.
            let transfers = found.rows.into_iter().map(transfer);
            rows.extend(transfers.filter(|it| state.is_none_or(|state| state == it.state)).map(|it| (place(&it), it)));
            match found.next {
                Some(place) if rows.len() <= self.part.limit() => part = Part::following(Some(place)),
                _ => return Ok(Found::of(rows, self.part.limit())),
            }
        }
    }
}

fn place(transfer: &Transfer) -> Place {
    (transfer.placed_at.unix(), transfer.order.clone())
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
    pub async fn transfers(&self, query: TransferQuery, part: &api::Part) -> Result<TransferList, Failure> {
        let list = List { query, part: Part::read(part)? };
        let (transfers, next) = shown(self.store.read(list).await?, |transfer| transfer);
        Ok(TransferList { transfers, next })
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

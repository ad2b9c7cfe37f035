//! Orders: placing them, changing them before they are paid, looking for them (rules O1, O2, O9).

mod after_sale;
mod change;
mod place;
pub(super) mod view;

use std::sync::Arc;

use shared::api::{self, OrderStateName};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{Effect, Order, Settling};

use after_sale::Seen;
pub(super) use view::order_json;

use super::desk::{Desk, settling};
use super::ids::Ids;
use super::market::Market;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::Made;
use crate::store::orders::{self, Search, StoredOrder};
use crate::store::search::Found;
use crate::store::tenant::Tenant;
use crate::store::{Sql, Step, StoreError, sandbox};

/// The order of this id, if the caller may see it.
pub(super) struct Find {
    pub(super) caller: Caller,
    pub(super) id: String,
}

impl Step for Find {
    type Done = StoredOrder;
    type Refused = Failure;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<StoredOrder, Failure> {
        orders::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::OrderNotFound.into())
    }
}

/// An order held so that it can be changed.
pub(super) struct Held<'a> {
    pub(super) stored: StoredOrder,
    pub(super) desk: Desk<'a>,
    pub(super) settling: Settling<'a>,
}

impl<'a> Held<'a> {
    /// Holds the order's enterprise, then reads the order.
    pub(super) async fn take(
        sql: &mut dyn Sql,
        enterprise: &str,
        id: &str,
        offer: &'a Offer,
        ids: &'a Ids,
    ) -> Result<Self, StoreError> {
        let desk = Desk::of(sql, enterprise, ids).await?;
        let stored = orders::find(sql, id, Tenant::Market).await?.ok_or(StoreError::GivenUp)?;
        let order = &stored.order;
        let settling = settling(sql, offer, enterprise, &order.product, order.on.as_ref()).await?;
        Ok(Self { stored, desk, settling })
    }

    /// Keeps what became of the order.
    pub(super) async fn keep(
        mut self,
        sql: &mut dyn Sql,
        after: Order,
        effects: &[Effect],
        at: Timestamp,
    ) -> Result<StoredOrder, StoreError> {
        if after != self.stored.order {
            orders::update(sql, &after).await?;
        }
        self.desk.apply(sql, effects, &self.stored.words, at).await?;
        self.desk.leave(sql).await?;
        Ok(StoredOrder { order: after, ..self.stored })
    }
}

/// The orders that a caller looks for.
struct List {
    caller: Caller,
    query: api::OrderQuery,
    part: Part,
}

impl Step for List {
    type Done = Found<StoredOrder>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let api::OrderQuery { number, product, state, customer } = &self.query;
        let search = Search {
            number: number.as_deref(),
            product: product.as_deref(),
            state: state.map(OrderStateName::as_str),
            customer: customer.as_deref(),
            either: None,
            method: None,
        };
        Ok(orders::search(sql, self.caller.tenant(), search, self.part.of_store()).await?)
    }
}

impl Market {
    /// The orders that match, the newest first.
    pub async fn orders(
        &self,
        caller: &Caller,
        query: api::OrderQuery,
        part: &api::Part,
    ) -> Result<api::OrderList, Failure> {
        let list = List { caller: caller.clone(), query, part: Part::read(part)? };
        let (orders, next) = shown(self.store.read(list).await?, |stored| view::order(stored, caller));
        Ok(api::OrderList { orders, next })
    }

    /// One order, with what was quoted, and what stands beside it once it was paid.
    pub async fn order(&self, caller: &Caller, id: &str) -> Result<api::Order, Failure> {
        let find = Find { caller: caller.clone(), id: id.to_owned() };
        let Seen { stored, money, complaints, after_sale } =
            self.store.read(after_sale::Look { find, now: self.clock.now() }).await?;
        let quote = match &stored.order.quote {
            Some(id) => Some(self.confirmed(id).await?.quote),
            None => None,
        };
        Ok(api::Order {
            money,
            complaints,
            quote: quote.map(Box::new),
            after_sale: after_sale.map(Box::new),
            ..view::order(stored, caller)
        })
    }

    /// The order, and the offer that it is evaluated on.
    pub(super) async fn order_and_offer(&self, caller: &Caller, id: &str) -> Result<(Order, Arc<Offer>), Failure> {
        let order = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?.order;
        let offer = self.offer(&order.product, order.revision).await?;
        Ok((order, offer))
    }
}

/// The provider's page on which the order is paid, with a payment for what is due; made where there is none yet.
async fn pay_at(sql: &mut dyn Sql, order: &Order, ids: &Ids) -> Result<String, StoreError> {
    let payment = sandbox::payment_for(sql, &ids.nth(0), &order.id, order.amount.due()).await?;
    Ok(format!("/sandbox/pay/{payment}"))
}

/// The answer to a write on an order.
pub(super) fn answer(stored: StoredOrder, caller: &Caller) -> Result<Made, Failure> {
    Ok(Made { id: stored.order.id.clone(), body: order_json(stored, caller)? })
}

//! Refunds: asking for them, answering, sending the money back, looking for them (rules O4, O9, V3).

mod answer;
mod ask;
mod view;

use shared::aftersale::{InvoiceState, OfflineRefund, paid_outside};
use shared::api::{self, RefundStateName};
use shared::orders::{Effect, Invoicing, Order, Refund, RefundFacts, Service};

pub(super) use answer::answer_for_isv;
pub(super) use view::refund;

use super::desk::Desk;
use super::ids::Ids;
use super::market::Market;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::orders::{self, StoredOrder};
use crate::store::refunds::{self, Search, StoredRefund};
use crate::store::search::Found;
use crate::store::tenant::Tenant;
use crate::store::{Sql, Step, StoreError, customers, records, services};
use shared::calendar::Timestamp;

/// The refund of this id, if the caller may see it.
struct Find {
    caller: Caller,
    id: String,
}

impl Step for Find {
    type Done = StoredRefund;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<StoredRefund, Failure> {
        refunds::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::RefundNotFound.into())
    }
}

struct List {
    caller: Caller,
    query: api::RefundQuery,
    part: Part,
}

impl Step for List {
    type Done = Found<StoredRefund>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let api::RefundQuery { order, applicant, state } = &self.query;
        let search = Search {
            order: order.as_deref(),
            applicant: applicant.as_deref(),
            state: state.map(RefundStateName::as_str),
        };
        Ok(refunds::search(sql, self.caller.tenant(), search, self.part.of_store()).await?)
    }
}

/// A refund, its order and that order's services, held so that they can be changed.
struct Held<'a> {
    stored: StoredRefund,
    order: StoredOrder,
    services: Vec<Service>,
    desk: Desk<'a>,
}

impl<'a> Held<'a> {
    /// Holds the enterprise, then reads what there is.
    async fn take(sql: &mut dyn Sql, enterprise: &str, id: &str, ids: &'a Ids) -> Result<Self, Failure> {
        let desk = Desk::of(sql, enterprise, ids).await?;
        let stored = refunds::find(sql, id, Tenant::Market).await?.ok_or(Trade::RefundNotFound)?;
        let order = orders::find(sql, &stored.refund.order, Tenant::Market).await?.ok_or(Trade::OrderNotFound)?;
        let services = services::of_order(sql, &order.order.services).await?;
        Ok(Self { stored, order, services, desk })
    }

    /// Keeps what became of the refund.
    async fn keep(
        mut self,
        sql: &mut dyn Sql,
        after: Refund,
        effects: &[Effect],
        at: Timestamp,
    ) -> Result<StoredRefund, Failure> {
        refunds::update(sql, &after).await?;
        self.desk.apply(sql, effects, &self.order.words, at).await?;
        self.desk.leave(sql).await?;
        Ok(StoredRefund { refund: after, ..self.stored })
    }
}

/// What decides about the refund of an order, besides the order itself.
pub(super) async fn facts(sql: &mut dyn Sql, order: &Order) -> Result<RefundFacts, StoreError> {
    let (enterprise, product) = (&order.enterprise, &order.product);
    let last = orders::last_kept_turn(sql, enterprise, product).await?;
    Ok(RefundFacts {
        last_turn: (last > 0).then_some(last),
        under_review: refunds::under_review(sql, enterprise, product).await?,
        invoicing: invoicing(sql, &order.id).await?,
        outside: paid_outside(&records::of_order::<OfflineRefund>(sql, &order.id).await?),
        services: services::of_order(sql, &order.services).await?,
        unpaid: customers::unpaid(sql, enterprise, product).await?,
    })
}

/// How the order's invoice stands (rule O5).
async fn invoicing(sql: &mut dyn Sql, order: &str) -> Result<Invoicing, StoreError> {
    Ok(match records::invoice_held(sql, order).await?.map(|invoice| invoice.state) {
        None => Invoicing::None,
        Some(InvoiceState::Issued { .. }) => Invoicing::Issued,
        Some(_) => Invoicing::Open,
    })
}

impl Market {
    /// The refunds that match, the newest first.
    pub async fn refunds(
        &self,
        caller: &Caller,
        query: api::RefundQuery,
        part: &api::Part,
    ) -> Result<api::RefundList, Failure> {
        let list = List { caller: caller.clone(), query, part: Part::read(part)? };
        let (refunds, next) = shown(self.store.read(list).await?, |stored| view::refund(stored, caller));
        Ok(api::RefundList { refunds, next })
    }

    /// One refund.
    pub async fn refund(&self, caller: &Caller, id: &str) -> Result<api::Refund, Failure> {
        let stored = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?;
        Ok(view::refund(stored, caller))
    }
}

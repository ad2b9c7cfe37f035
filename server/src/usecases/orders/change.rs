//! What can be done to an order before it is paid (rule O2).

use std::sync::Arc;

use shared::api::{PayAnswer, PayRequest, Reprice};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{self as domain, Method, Order, Refused, Step as Stepped};

use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::{Held, answer, pay_at, view};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::{Sql, Step};

/// What is to be done to it.
enum Change {
    Cancel,
    Reprice(Reprice),
    PayBy(Method),
}

impl Change {
    fn apply(&self, order: Order, held: &Held<'_>, at: Timestamp) -> Result<Stepped<Order>, Refused> {
        match self {
            Self::Cancel => domain::cancel(order, at),
            Self::Reprice(to) => domain::reprice(order, to.amount, &to.reason, &held.settling, at),
            Self::PayBy(method) => domain::pay_by(order, *method, at),
        }
    }
}

struct Apply {
    caller: Caller,
    change: Change,
    id: String,
    enterprise: String,
    offer: Arc<Offer>,
    ids: Ids,
    now: Timestamp,
}

impl Step for Apply {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let held = Held::take(sql, &self.enterprise, &self.id, &self.offer, &self.ids).await?;
        let step = self.change.apply(held.stored.order.clone(), &held, self.now)?;
        let stored = held.keep(sql, step.after, &step.effects, self.now).await?;
        let Change::PayBy(method) = self.change else { return answer(stored, &self.caller) };
        let how = match method {
            Method::Sandbox => PayAnswer::Page { address: pay_at(sql, &stored.order, &self.ids).await? },
            Method::Transfer => PayAnswer::Transfer(view::transfer_due(&stored.order).ok_or(Refused::OrderNotUnpaid)?),
        };
        let body = serde_json::to_string(&how).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: stored.order.id, body })
    }
}

impl Market {
    /// The buyer takes an unpaid order back.
    pub async fn cancel_order(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.change_order(caller, asked, id, Change::Cancel).await
    }

    /// The ISV changes what an unpaid order costs.
    pub async fn reprice_order(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        self.change_order(caller, asked, id, Change::Reprice(form::read(body)?)).await
    }

    /// How an unpaid order is paid.
    pub async fn pay_order(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let PayRequest { method } = form::read(body)?;
        self.offers_method(method)?;
        self.change_order(caller, asked, id, Change::PayBy(method)).await
    }

    async fn change_order(&self, caller: &Caller, asked: Asked, id: &str, change: Change) -> Result<Made, Failure> {
        let now = self.clock.now();
        let (order, offer) = self.order_and_offer(caller, id).await?;
        let (enterprise, id) = (order.enterprise, order.id);
        let step = Apply { caller: caller.clone(), change, id, enterprise, offer, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }

    /// The sandbox's provider takes no real money: outside of a sandbox it is not there.
    pub(super) fn offers_method(&self, method: Method) -> Result<(), Failure> {
        let offered = method != Method::Sandbox || self.sandbox();
        Ok(offered.then_some(()).ok_or(Trade::PaymentMethodNotOffered)?)
    }
}

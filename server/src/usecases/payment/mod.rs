//! Money that arrives (rule O3): notified by a provider, or confirmed by the operator.

mod sandbox;
mod transfers;

use std::sync::Arc;

use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{Money, Outcome, receive};

pub use sandbox::Signed;

use super::ids::Ids;
use super::orders::Held;
use crate::failure::Failure;
use crate::fault;
use crate::store::orders::StoredOrder;
use crate::store::{Sql, Step, money, sandbox as provider};

/// Money for an order, to be taken in.
struct Receive {
    order: String,
    enterprise: String,
    money: Money,
    offer: Arc<Offer>,
    /// What the sandbox's provider keeps it under, to be sent until it is answered.
    sent: Option<String>,
    ids: Ids,
    now: Timestamp,
}

impl Receive {
    /// What the order is after it, and what became of the money.
    async fn take_in(&self, sql: &mut dyn Sql) -> Result<(Outcome, StoredOrder), Failure> {
        let held = Held::take(sql, &self.enterprise, &self.order, &self.offer, &self.ids).await?;
        let (outcome, step) = receive(held.stored.order.clone(), &self.money, &held.settling, self.now)?;
        if outcome == Outcome::Duplicate {
            return Ok((outcome, held.stored));
        }
        let stored = held.keep(sql, step.after, &step.effects, self.now).await?;
        if !matches!(outcome, Outcome::Mismatch { .. }) {
            money::receipt(sql, &self.order, &self.money, self.now).await?;
        }
        Ok((outcome, stored))
    }
}

impl Step for Receive {
    type Done = Outcome;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Outcome, Failure> {
        let (outcome, _) = self.take_in(sql).await?;
        if let Some(sent) = &self.sent {
            provider::sent(sql, sent).await?;
        }
        fault::point("notified");
        Ok(outcome)
    }
}

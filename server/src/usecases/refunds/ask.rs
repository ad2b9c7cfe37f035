//! The buyer asks for an order's amount back (rule O4).

use shared::api::RefundRequest;
use shared::calendar::Timestamp;
use shared::orders::{self as domain, NewRefund};

use super::super::desk::Desk;
use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::super::orders::Find;
use super::{facts, view};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders::{self, StoredOrder};
use crate::store::refunds::{self, StoredRefund};
use crate::store::{Sql, Step};

struct Ask {
    caller: Caller,
    order: String,
    reason: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for Ask {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let Self { caller, order, reason, ids, now } = self;
        let mut desk = Desk::of(sql, caller.organisation(), ids).await?;
        let found = orders::find(sql, order, caller.tenant()).await?.ok_or(Trade::OrderNotFound)?;
        let StoredOrder { order, words, customer } = found;
        let facts = facts(sql, &order).await?;
        let number = refunds::count(sql, &order.id).await? + 1;
        let new = NewRefund {
            id: format!("{}-R{number}", order.id),
            applicant: caller.who.name.clone(),
            reason: reason.clone(),
        };
        let unpaid = orders::unpaid_of_product(sql, &order.enterprise, &order.product).await?;
        let step = domain::ask_refund(new, &order, &facts, &unpaid, *now)?;
        refunds::insert(sql, &step.after).await?;
        desk.apply(sql, &step.effects, &words, *now).await?;
        desk.leave(sql).await?;
        view::answer(StoredRefund { refund: step.after, words, customer }, caller)
    }
}

impl Market {
    /// The buyer asks for an order's amount back.
    pub async fn ask_refund(&self, caller: &Caller, asked: Asked, order: &str, body: &[u8]) -> Result<Made, Failure> {
        let now = self.clock.now();
        // What is another's is not there, whatever the body says.
        let order = self.store.read(Find { caller: caller.clone(), id: order.to_owned() }).await?.order.id;
        let RefundRequest { reason } = form::read(body)?;
        let step = Ask { caller: caller.clone(), order, reason, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }
}

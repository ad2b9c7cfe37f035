//! What becomes of a refund that was asked for: taken back, approved, rejected, sent (rule O4).

use shared::api::{RefundNotification, RefundRejection};
use shared::calendar::Timestamp;
use shared::orders::{self as domain, Method, Refused};

use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::{Find, Held, view};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::tenant::Tenant;
use crate::store::{Sql, Step, refunds};

/// What is to be done about it.
enum Answer {
    Withdraw,
    Approve,
    Reject(String),
    Sent,
}

struct Apply {
    caller: Caller,
    answer: Answer,
    id: String,
    enterprise: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for Apply {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let held = Held::take(sql, &self.enterprise, &self.id, &self.ids).await?;
        let (refund, order) = (held.stored.refund.clone(), &held.order.order);
        let step = match &self.answer {
            Answer::Withdraw => domain::withdraw_refund(refund, self.now)?,
            Answer::Approve => domain::approve_refund(refund, order, &held.services, self.now)?,
            Answer::Reject(reason) => domain::reject_refund(refund, reason, self.now)?,
            // What a provider sends, it says by itself.
            Answer::Sent if refund.via != Method::Transfer => return Err(Refused::RefundNotRefunding.into()),
            Answer::Sent => {
                let step = domain::refund_sent(refund, order.clone(), None, self.now)?;
                step.ok_or(Refused::RefundNotRefunding)?
            }
        };
        let stored = held.keep(sql, step.after, &step.effects, self.now).await?;
        view::answer(stored, &self.caller)
    }
}

/// The provider has sent a refund.
struct Notified {
    told: RefundNotification,
    enterprise: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for Notified {
    type Done = ();
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), Failure> {
        let held = Held::take(sql, &self.enterprise, &self.told.refund, &self.ids).await?;
        let (refund, order) = (held.stored.refund.clone(), held.order.order.clone());
        let notified = Some((self.told.transaction.as_str(), self.told.amount));
        if let Some(step) = domain::refund_sent(refund, order, notified, self.now)? {
            held.keep(sql, step.after, &step.effects, self.now).await?;
        }
        Ok(())
    }
}

/// Whose a refund is, whoever asks.
struct Enterprise(String);

impl Step for Enterprise {
    type Done = String;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<String, Failure> {
        let found = refunds::find(sql, &self.0, Tenant::Market).await?;
        Ok(found.ok_or(Trade::RefundNotFound)?.refund.enterprise)
    }
}

/// Due work: 72 hours without an answer.
pub(in crate::usecases) async fn answer_for_isv(
    sql: &mut dyn Sql,
    ids: &Ids,
    id: &str,
    at: Timestamp,
) -> Result<(), Failure> {
    let Some(found) = refunds::find(sql, id, Tenant::Market).await? else { return Ok(()) };
    let held = Held::take(sql, &found.refund.enterprise, id, ids).await?;
    let refund = held.stored.refund.clone();
    if let Some(step) = domain::answer_for_isv(refund, &held.order.order, &held.services, at) {
        held.keep(sql, step.after, &step.effects, at).await?;
    }
    Ok(())
}

impl Market {
    /// The buyer takes a refund back.
    pub async fn withdraw_refund(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.answer_refund(caller, asked, id, Answer::Withdraw).await
    }

    /// The ISV refunds.
    pub async fn approve_refund(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.answer_refund(caller, asked, id, Answer::Approve).await
    }

    /// The ISV does not refund.
    pub async fn reject_refund(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let RefundRejection { reason } = form::read(body)?;
        self.answer_refund(caller, asked, id, Answer::Reject(reason)).await
    }

    /// The operator has sent a refund back by transfer.
    pub async fn refund_sent(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.answer_refund(caller, asked, id, Answer::Sent).await
    }

    async fn answer_refund(&self, caller: &Caller, asked: Asked, id: &str, answer: Answer) -> Result<Made, Failure> {
        let now = self.clock.now();
        let found = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?.refund;
        let (id, enterprise) = (found.id, found.enterprise);
        let step = Apply { caller: caller.clone(), answer, id, enterprise, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }

    /// The provider has notified of a refund; its signature has been checked.
    pub(in crate::usecases) async fn refund_notified(
        &self,
        told: RefundNotification,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let enterprise = self.store.read(Enterprise(told.refund.clone())).await?;
        self.store.write(Notified { told, enterprise, ids: self.ids()?, now }).await
    }
}

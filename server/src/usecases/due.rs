//! Work that time brings, done in order and at the times it was due; and the sandbox's clock, which brings time.

use shared::api::{Clock, ClockSet};
use shared::calendar::Timestamp;
use shared::orders::{self as domain, Due, DueWork, Intent, Order, OrderState};

use super::desk::Desk;
use super::form;
use super::ids::Ids;
use super::market::Market;
use super::refunds;
use super::settlement::close_month;
use crate::failure::{Failure, Trade};
use crate::fault;
use crate::store::orders;
use crate::store::tenant::Tenant;
use crate::store::{Sql, Step, due, sandbox, services};

/// Takes the first work that is due and does it.
struct DoNext {
    now: Timestamp,
    ids: Ids,
}

impl Step for DoNext {
    type Done = bool;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<bool, Failure> {
        let Some(Due { at, work }) = due::take(sql, self.now).await? else { return Ok(false) };
        match &work {
            DueWork::CloseOrder(id) | DueWork::NotOpened(id) => self.see_to_order(sql, &work, id, at).await?,
            DueWork::AnswerRefund(id) => refunds::answer_for_isv(sql, &self.ids, id, at).await?,
            DueWork::SettleMonth(month) => close_month(sql, month, &self.ids, at).await?,
            DueWork::NoticeEnd(id) | DueWork::Expire(id) | DueWork::CloseService(id) => {
                self.end_service(sql, &work, id, at).await?;
            }
        }
        fault::point("worked");
        Ok(true)
    }
}

impl DoNext {
    async fn see_to_order(&self, sql: &mut dyn Sql, work: &DueWork, id: &str, at: Timestamp) -> Result<(), Failure> {
        let Some(stored) = orders::find(sql, id, Tenant::Market).await? else { return Ok(()) };
        let mut desk = Desk::of(sql, &stored.order.enterprise, &self.ids).await?;
        // Held now: it may have changed since it was looked up.
        let Some(stored) = orders::find(sql, id, Tenant::Market).await? else { return Ok(()) };
        if let DueWork::NotOpened(_) = work {
            let of_order = services::of_order(sql, &stored.order.services).await?;
            let told = domain::not_opened(&stored.order, &of_order, at);
            desk.apply(sql, told.as_slice(), &stored.words, at).await?;
        } else if let Some(step) = domain::close(stored.order, at) {
            orders::update(sql, &step.after).await?;
            desk.apply(sql, &step.effects, &stored.words, at).await?;
        }
        Ok(desk.leave(sql).await?)
    }

    async fn end_service(&self, sql: &mut dyn Sql, work: &DueWork, id: &str, at: Timestamp) -> Result<(), Failure> {
        let Some(stored) = services::find(sql, id, Tenant::Market).await? else { return Ok(()) };
        let mut desk = Desk::of(sql, &stored.service.enterprise, &self.ids).await?;
        let Some(stored) = services::find(sql, id, Tenant::Market).await? else { return Ok(()) };
        let step = match work {
            DueWork::NoticeEnd(_) => domain::notice_end(stored.service, at),
            DueWork::Expire(_) => domain::expire(stored.service, at),
            _ => {
                let unpaid = orders::unpaid_on(sql, id).await?;
                domain::close_service(stored.service, renewable_until(&unpaid), at)
            }
        };
        if let Some(step) = step {
            services::update(sql, &step.after).await?;
            desk.apply(sql, &step.effects, &stored.words, at).await?;
        }
        Ok(desk.leave(sql).await?)
    }
}

/// When the last of the renewals among unpaid orders closes.
fn renewable_until(unpaid: &[Order]) -> Option<Timestamp> {
    let renewal = |order: &&Order| order.on.as_ref().is_some_and(|on| on.intent == Intent::Renew);
    let closes_at = |order: &Order| match order.state {
        OrderState::Unpaid { closes_at } => Some(closes_at),
        _ => None,
    };
    unpaid.iter().filter(renewal).filter_map(closes_at).max()
}

/// When the next work is due, and how far the sandbox's clock was set by any server.
struct NextDue(Timestamp);

impl Step for NextDue {
    type Done = (Option<Timestamp>, i64);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        Ok((due::next(sql, self.0).await?, sandbox::ahead(sql).await?))
    }
}

/// Sets the sandbox's clock forward.
struct SetAhead(i64);

impl Step for SetAhead {
    type Done = i64;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<i64, Failure> {
        Ok(sandbox::set_ahead(sql, self.0).await?)
    }
}

impl Market {
    /// Does all that is due: what the sandbox's payment provider has to send and what time brings, the earlier first.
    pub async fn do_due_work(&self) -> Result<(), Failure> {
        // One at a time, so that it happens in order.
        let _turn = self.due_turn.write().await;
        loop {
            let now = self.clock.now();
            let (work, ahead) = self.store.read(NextDue(now)).await?;
            self.clock.set_ahead(ahead);
            let notification = if self.sandbox() { self.next_notification(now).await? } else { None };
            match (work, notification) {
                (None, None) => return Ok(()),
                (Some(at), Some(notification)) if notification.due_at < at => self.notify(notification).await?,
                (Some(_), _) => {
                    self.store.write(DoNext { now, ids: self.ids()? }).await?;
                }
                (None, Some(notification)) => self.notify(notification).await?,
            }
            self.users_changed();
        }
    }

    /// The sandbox's clock.
    pub fn sandbox_clock(&self) -> Clock {
        Clock { now: self.clock.now() }
    }

    /// Sets the sandbox's clock forward, and does all that was due meanwhile before it answers.
    pub async fn set_sandbox_clock(&self, body: &[u8]) -> Result<Clock, Failure> {
        let now = self.clock.now();
        let to = match form::read(body)? {
            ClockSet::At(at) => at,
            ClockSet::Advance(by) => now.plus_seconds(by.seconds()).ok_or(Trade::ClockOutOfRange)?,
        };
        let by = to.since(now);
        if by < 0 {
            return Err(Trade::ClockBackwards.into());
        }
        let ahead = self.store.write(SetAhead(self.clock.ahead() + by)).await?;
        self.clock.set_ahead(ahead);
        self.do_due_work().await?;
        Ok(self.sandbox_clock())
    }
}

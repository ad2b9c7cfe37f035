//! What an ISV does to a service: opens it by hand (rule L1), and keeps a note on it.

use shared::api::NoteRequest;
use shared::calendar::Timestamp;
use shared::orders::{self as domain, Service};

use super::super::desk::Desk;
use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::{Find, view};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders;
use crate::store::services::{self, StoredService};
use crate::store::words::Words;
use crate::store::{Sql, Step};

/// The longest note, in characters.
const MOST_NOTE: usize = 500;

struct Opened {
    caller: Caller,
    id: String,
    enterprise: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for Opened {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let mut desk = Desk::of(sql, &self.enterprise, &self.ids).await?;
        let stored = services::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::ServiceNotFound)?;
        let step = domain::opened(stored.service, self.now)?;
        services::update(sql, &step.after).await?;
        desk.apply(sql, &step.effects, &stored.words, self.now).await?;
        fulfil_orders_of(sql, &mut desk, &step.after, &stored.words, self.now).await?;
        desk.leave(sql).await?;
        view::answer(StoredService { service: step.after, ..stored }, &self.caller)
    }
}

/// An order is fulfilled once all its services have been opened (rule O2). A trial that was bought before it was opened, and a
/// service that was renewed before, belongs to several.
async fn fulfil_orders_of(
    sql: &mut dyn Sql,
    desk: &mut Desk<'_>,
    service: &Service,
    words: &Words,
    now: Timestamp,
) -> Result<(), Failure> {
    for stored in orders::of_service(sql, &service.id).await? {
        let of_order = services::of_order(sql, &stored.order.services).await?;
        if let Some(step) = domain::fulfil(&stored.order, &of_order, now) {
            orders::update(sql, &step.after).await?;
            desk.apply(sql, &step.effects, words, now).await?;
        }
    }
    Ok(())
}

struct SetNote {
    caller: Caller,
    id: String,
    note: String,
}

impl Step for SetNote {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let stored = services::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::ServiceNotFound)?;
        services::set_note(sql, &self.id, &self.note).await?;
        view::answer(StoredService { note: self.note.clone(), ..stored }, &self.caller)
    }
}

impl Market {
    /// The ISV, or the operator, has opened a service.
    pub async fn mark_opened(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        let now = self.clock.now();
        let service = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?.service;
        let (id, enterprise) = (service.id, service.enterprise);
        let step = Opened { caller: caller.clone(), id, enterprise, ids: self.ids()?, now };
        let made = self.store.write(Once { asked, now, step }).await?;
        self.users_changed();
        Ok(made)
    }

    /// The ISV's note on a service.
    pub async fn note_service(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let NoteRequest { note } = form::read(body)?;
        if note.chars().count() > MOST_NOTE {
            return Err(Trade::NoteTooLong.into());
        }
        let step = SetNote { caller: caller.clone(), id: id.to_owned(), note };
        self.store.write(Once { asked, now: self.clock.now(), step }).await
    }
}

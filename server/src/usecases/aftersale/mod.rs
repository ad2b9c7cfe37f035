//! After the sale (rules O5–O7, O9, O10): what is kept beside an order, made and changed while its enterprise's affairs are held.

mod complaints;
mod invoices;
mod offline;
mod reviews;

use shared::aftersale::{Beside, Refused};
use shared::api::{self, Customer, Filed, OrganisationKind, RecordQuery};
use shared::calendar::Timestamp;
use shared::orders::{Order, Step as Stepped};

use super::desk::Desk;
use super::ids::Ids;
use super::market::Market;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::orders;
use crate::store::records::{self, Record, Search, Stored};
use crate::store::search::Found;
use crate::store::{Sql, Step, refunds};

/// Makes a record with this id of an order, beside what stands there.
type Making<R> = Box<dyn Fn(String, &Order, &Beside<'_, R>, Timestamp) -> Result<Stepped<R>, Refused> + Send + Sync>;
/// What becomes of a record.
type Changing<R> = Box<dyn Fn(R, &Order, Timestamp) -> Result<Stepped<R>, Refused> + Send + Sync>;

/// A new record of an order.
struct Make<R> {
    caller: Caller,
    order: String,
    how: Making<R>,
    ids: Ids,
    now: Timestamp,
}

impl<R: Record> Step for Make<R> {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let (id, tenant) = (self.order.as_str(), self.caller.tenant());
        let stored = orders::find(sql, id, tenant).await?.ok_or(Trade::OrderNotFound)?;
        let mut desk = Desk::of(sql, &stored.order.enterprise, &self.ids).await?;
        // Held now: it may have changed since it was looked up.
        let stored = orders::find(sql, id, tenant).await?.ok_or(Trade::OrderNotFound)?;
        let others = records::of_order(sql, id).await?;
        let beside = Beside { others: &others, refund_reviewed: refunds::is_under_review(sql, id).await? };
        let step = (self.how)(self.ids.nth(0), &stored.order, &beside, self.now)?;
        records::insert(sql, &step.after).await?;
        desk.apply(sql, &step.effects, &stored.words, self.now).await?;
        desk.leave(sql).await?;
        answer(Stored { record: step.after, words: stored.words, customer: stored.customer }, &self.caller)
    }
}

/// A change of a record.
struct Change<R> {
    caller: Caller,
    id: String,
    how: Changing<R>,
    ids: Ids,
    now: Timestamp,
}

impl<R: Record> Step for Change<R> {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let (id, tenant) = (self.id.as_str(), self.caller.tenant());
        let stored = records::find::<R>(sql, id, tenant).await?.ok_or(Trade::RecordNotFound)?;
        let mut desk = Desk::of(sql, stored.record.index().enterprise, &self.ids).await?;
        let stored = records::find::<R>(sql, id, tenant).await?.ok_or(Trade::RecordNotFound)?;
        let order = orders::find(sql, stored.record.index().order, tenant).await?.ok_or(Trade::RecordNotFound)?.order;
        let step = (self.how)(stored.record, &order, self.now)?;
        records::update(sql, &step.after).await?;
        desk.apply(sql, &step.effects, &stored.words, self.now).await?;
        desk.leave(sql).await?;
        answer(Stored { record: step.after, ..stored }, &self.caller)
    }
}

/// The records that a caller looks for.
struct List<R> {
    caller: Caller,
    query: RecordQuery,
    part: Part,
    kind: core::marker::PhantomData<fn() -> R>,
}

impl<R: Record> Step for List<R> {
    type Done = Found<Stored<R>>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let RecordQuery { number, product, state, customer } = &self.query;
        let search = Search {
            number: number.as_deref(),
            product: product.as_deref(),
            state: state.as_deref(),
            customer: customer.as_deref(),
        };
        Ok(records::search(sql, self.caller.tenant(), search, self.part.of_store()).await?)
    }
}

impl Market {
    async fn make_record<R: Record>(
        &self,
        caller: &Caller,
        asked: Asked,
        order: &str,
        make: Making<R>,
    ) -> Result<Made, Failure> {
        let (now, order) = (self.clock.now(), order.to_owned());
        let step = Make { caller: caller.clone(), order, how: make, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }

    async fn change_record<R: Record>(
        &self,
        caller: &Caller,
        asked: Asked,
        id: &str,
        change: Changing<R>,
    ) -> Result<Made, Failure> {
        let (now, id) = (self.clock.now(), id.to_owned());
        let step = Change { caller: caller.clone(), id, how: change, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }

    /// The records of the part, and where the next begins.
    async fn records<R: Record>(
        &self,
        caller: &Caller,
        query: RecordQuery,
        part: &api::Part,
    ) -> Result<(Vec<Filed<R>>, Option<String>), Failure> {
        let (caller, part) = (caller.clone(), Part::read(part)?);
        let list = List { caller: caller.clone(), query, part, kind: core::marker::PhantomData };
        Ok(shown(self.store.read(list).await?, |stored| filed(stored, &caller)))
    }
}

/// As `caller` sees it.
pub(super) fn filed<R>(stored: Stored<R>, caller: &Caller) -> Filed<R>
where
    R: Record,
{
    let Stored { record, words, customer } = stored;
    let others = caller.kind() != OrganisationKind::Enterprise;
    let customer = others.then(|| Customer { id: record.index().enterprise.to_owned(), name: customer });
    Filed { record, product_name: words.product_name, vendor: words.vendor, customer }
}

fn answer<R: Record>(stored: Stored<R>, caller: &Caller) -> Result<Made, Failure> {
    let id = stored.record.index().id.to_owned();
    let body = serde_json::to_string(&filed(stored, caller)).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Made { id, body })
}

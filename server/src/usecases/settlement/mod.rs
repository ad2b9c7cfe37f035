//! Settlement (rule O8): months close by themselves, are looked at, exported, and paid out.

mod close;
mod export;

use std::collections::{BTreeSet, HashMap};

use shared::api::{
    Isv, OrganisationKind, PayOut, Settlement, SettlementLine, SettlementList, SettlementQuery, read_settlement_id,
    settlement_id,
};
use shared::calendar::{Offset, Timestamp};
use shared::settlement::{Month, Statement, Turnover};

pub(super) use close::close_month;
pub use export::{Export, Form};

use super::desk::Desk;
use super::form;
use super::ids::Ids;
use super::market::Market;
use super::part::MOST;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::people::organisations;
use crate::store::settlements::{self, Of, StoredLine};
use crate::store::sums::{self, OfMonth, What};
use crate::store::{Sql, Step, StoreError};

/// Whose months a caller may see: an ISV its own, the operator all.
fn seen(caller: &Caller) -> Option<&str> {
    (caller.kind() == OrganisationKind::Isv).then(|| caller.organisation())
}

/// The months that have not closed yet, up to the one of `now`.
async fn open_months(sql: &mut dyn Sql, now: Timestamp) -> Result<Vec<Month>, StoreError> {
    let (last, mut month) = (Month::of(now), settlements::next_to_close(sql).await?.unwrap_or(Month::of(now)));
    let mut months = Vec::new();
    while month <= last {
        months.push(month);
        month = month.next();
    }
    Ok(months)
}

/// An ISV's `months`, which are open, as they stand, each with when its lines begin and end.
async fn open_statements(
    sql: &mut dyn Sql,
    isv: &str,
    months: &[Month],
    offset: Offset,
) -> Result<Vec<(Statement, Of)>, StoreError> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    let mut turnovers: HashMap<Month, Turnover> = HashMap::new();
    for OfMonth { month, what, sum, .. } in sums::of_months(sql, isv, *first, *last).await? {
        if let What::Settled(kind) = what {
            turnovers.entry(month).or_default().add(kind, sum.amount);
        }
    }
    let mut from = Timestamp::from_unix(0, offset);
    if let Some((begin, first_begin)) = from.zip(first.start(offset)) {
        let turnover = turnovers.entry(*first).or_default();
        // What is in no month and older than these belongs to the first of them.
        for stored in settlements::lines(sql, isv, Of::Open(begin, first_begin), offset).await? {
            turnover.add(stored.line.kind, stored.line.amount);
        }
        // What the month before has of it already, which closed by another civil time, does not.
        for stored in settlements::lines(sql, isv, Of::ClosedSince(first.previous(), first_begin), offset).await? {
            turnover.add(stored.line.kind, -stored.line.amount);
        }
    }
    let mut deducted = settlements::deduction(sql, isv, *first).await?;
    let mut found = Vec::new();
    for month in months {
        let Some((begin, end)) = from.zip(month.end(offset)) else { break };
        let statement = Statement::open(isv, *month, turnovers.remove(month).unwrap_or_default(), deducted);
        deducted = statement.carried();
        from = Some(end);
        found.push((statement, Of::Open(begin, end)));
    }
    Ok(found)
}

/// The ISVs that have something to settle in `months`, which are open, and others.
async fn open_isvs(sql: &mut dyn Sql, months: &[Month], offset: Offset) -> Result<BTreeSet<String>, StoreError> {
    let first = months.first().and_then(|first| Some((*first, first.start(offset)?)));
    let Some((first, begin)) = first else { return Ok(BTreeSet::new()) };
    settlements::isvs_since(sql, first, begin).await
}

/// The months that a caller looks for.
struct List {
    isv: Option<String>,
    query: SettlementQuery,
    now: Timestamp,
}

impl Step for List {
    type Done = Vec<(Statement, String)>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let SettlementQuery { month, isv, state } = &self.query;
        let (whose, wanted) = (self.isv.as_deref().or(isv.as_deref()), month.map(|month| month.to_string()));
        let mut found = Vec::new();
        if state.as_deref().is_none_or(|state| state == "open") {
            let (months, offset) = (open_months(sql, self.now).await?, self.now.offset());
            let isvs = match whose {
                Some(isv) => BTreeSet::from([isv.to_owned()]),
                None => open_isvs(sql, &months, offset).await?,
            };
            for isv in isvs {
                let open = open_statements(sql, &isv, &months, offset).await?;
                let open: Vec<Statement> = open.into_iter().map(|(statement, _)| statement).collect();
                // Of all the ISVs, those that have something to settle.
                if whose.is_some() || open.iter().any(Statement::is_about_anything) {
                    found.extend(open.into_iter().filter(|open| month.is_none_or(|month| month == open.month)));
                }
            }
            found.sort_by(|a, b| (b.month, &a.isv).cmp(&(a.month, &b.isv)));
        }
        if state.as_deref() != Some("open") {
            found.extend(settlements::search(sql, whose, wanted.as_deref(), state.as_deref(), MOST.into()).await?);
        }
        let mut named = Vec::with_capacity(found.len());
        for statement in found {
            let name = organisations::name(sql, &statement.isv).await?.unwrap_or_default();
            named.push((statement, name));
        }
        Ok(named)
    }
}

/// One month of an ISV with its lines.
struct One {
    isv: String,
    month: Month,
    now: Timestamp,
}

impl Step for One {
    type Done = (Statement, Vec<StoredLine>, String);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let not_found = || Failure::from(Trade::SettlementNotFound);
        let name = organisations::isv_name(sql, &self.isv).await?.ok_or_else(not_found)?;
        if let Some((statement, _)) = settlements::find(sql, &self.isv, self.month).await? {
            let lines = settlements::lines(sql, &self.isv, Of::Closed(self.month), self.now.offset()).await?;
            return Ok((statement, lines, name));
        }
        let months = open_months(sql, self.now).await?;
        let open = open_statements(sql, &self.isv, &months, self.now.offset()).await?;
        let found = open.into_iter().find(|(statement, _)| statement.month == self.month);
        let (statement, of) = found.ok_or_else(not_found)?;
        let lines = settlements::lines(sql, &self.isv, of, self.now.offset()).await?;
        Ok((statement, lines, name))
    }
}

/// The operator has paid a month to its ISV.
struct PaidOut {
    isv: String,
    month: Month,
    reference: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for PaidOut {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        // An ISV's chain holds what it was paid, as an enterprise's holds what it bought.
        let mut desk = Desk::of(sql, &self.isv, &self.ids).await?;
        let Some((statement, lines)) = settlements::find(sql, &self.isv, self.month).await? else {
            let open = open_months(sql, self.now).await?.contains(&self.month);
            let refused = shared::aftersale::Refused::MonthOpen;
            return Err(if open { refused.into() } else { Trade::SettlementNotFound.into() });
        };
        let step = statement.pay_out(&self.reference, self.now)?;
        settlements::update(sql, &step.after, &lines).await?;
        desk.apply_plain(sql, &step.effects, self.now).await?;
        desk.leave(sql).await?;
        let name = organisations::name(sql, &self.isv).await?.unwrap_or_default();
        let settlement = shown(step.after, name, None, self.now.offset())?;
        let body = serde_json::to_string(&settlement).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: settlement.id, body })
    }
}

impl Market {
    /// The months that match, the newest first.
    pub async fn settlements(&self, caller: &Caller, query: SettlementQuery) -> Result<SettlementList, Failure> {
        let now = self.clock.now();
        let isv = seen(caller).map(str::to_owned);
        let found = self.store.read(List { isv, query, now }).await?;
        let shown = found.into_iter().map(|(statement, name)| shown(statement, name, None, now.offset()));
        Ok(SettlementList { settlements: shown.collect::<Result<_, _>>()? })
    }

    /// One month with its orders.
    pub async fn settlement(&self, caller: &Caller, id: &str) -> Result<Settlement, Failure> {
        let (month, isv) = named(caller, id)?;
        let now = self.clock.now();
        let (statement, lines, name) = self.store.read(One { isv, month, now }).await?;
        shown(statement, name, Some(lines), now.offset())
    }

    /// The operator has paid a month to its ISV.
    pub async fn pay_out(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let PayOut { reference } = form::read(body)?;
        let (month, isv) = named(caller, id)?;
        self.store.read(One { isv: isv.clone(), month, now: self.clock.now() }).await?;
        let now = self.clock.now();
        let step = PaidOut { isv, month, reference, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }
}

/// What an id names, if the caller may see it.
fn named(caller: &Caller, id: &str) -> Result<(Month, String), Failure> {
    let named = read_settlement_id(id).filter(|(_, isv)| seen(caller).is_none_or(|own| own == *isv));
    let (month, isv) = named.ok_or(Trade::SettlementNotFound)?;
    Ok((month, isv.to_owned()))
}

fn shown(
    statement: Statement,
    name: String,
    lines: Option<Vec<StoredLine>>,
    offset: Offset,
) -> Result<Settlement, Failure> {
    let payable_by = statement.payable_by(offset).ok_or_else(|| Failure::Internal("the calendar ends".to_owned()))?;
    let (payable, carried) = (statement.payable(), statement.carried());
    let line =
        |StoredLine { line, words, customer }| SettlementLine { line, product_name: words.product_name, customer };
    let Statement { isv, month, fulfilled, refunded, deducted, state } = statement;
    Ok(Settlement {
        id: settlement_id(month, &isv),
        isv: Isv { id: isv, name },
        month,
        fulfilled,
        refunded,
        deducted,
        payable,
        carried,
        payable_by,
        state,
        lines: lines.map(|lines| lines.into_iter().map(line).collect()),
    })
}

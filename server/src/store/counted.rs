//! What is counted as it happens ([`super::sums`], and what each enterprise has of each product): kept up with every order,
//! service and line of a settlement, and counted anew from all of them by an audit, and where the market's civil time is another.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use shared::calendar::{Offset, Timestamp};
use shared::money::Fen;
use shared::orders::{Order, OrderState, Service, ServiceState};
use shared::settlement::{Line, Month};

use super::customers::{self, Standing};
use super::sql::{Lock, Row, Sql, Value, values};
use super::sums::{self, Key, Sum, What};
use super::{Step, StoreError};

/// Rows that are read at once.
const PAGE: i64 = 1000;
/// Rows that are written at once.
const TOGETHER: usize = 100;

/// What an order of this kind is sold as; a trial is not.
fn sold_as(kind: &str) -> Option<What> {
    match kind {
        "trial" => None,
        "purchase" => Some(What::Purchases),
        "renewal" => Some(What::Renewals),
        _ => Some(What::Changes),
    }
}

/// What an order of this state is for its customer: so much was paid, and so many wait to be.
fn standing(state: &str, amount: Fen) -> (Fen, i64) {
    let paid = if matches!(state, "paid" | "fulfilled") { amount } else { Fen::ZERO };
    (paid, (state == "unpaid").into())
}

/// Counts what an order has become, which was in the state of this name before; `None`: it is new.
pub(super) async fn order(sql: &mut dyn Sql, order: &Order, before: Option<&str>) -> Result<(), StoreError> {
    let (state, amount) = (super::orders::state_name(&order.state), order.amount.due());
    let of = [order.isv.as_str(), &order.enterprise, &order.product];
    let (paid_at, undone_at) = match order.state {
        OrderState::Unpaid { .. } | OrderState::Cancelled { .. } => (None, None),
        OrderState::Paid { at } | OrderState::Fulfilled { paid_at: at, .. } => (Some(at), None),
        OrderState::Refunded { paid_at, at, .. } => (Some(paid_at), Some(at)),
    };
    let was_paid = before.is_some_and(|before| !matches!(before, "unpaid" | "cancelled"));
    let sold = sold_as(super::orders::kind_name(order.kind)).filter(|_| !was_paid).zip(paid_at);
    let undone = undone_at.filter(|_| before != Some("refunded")).map(|at| (What::Undone, at));
    for (what, at) in sold.into_iter().chain(undone) {
        sums::add(sql, &Key::of(of, Some(Month::of(at)), what), Sum { many: 1, amount }).await?;
    }
    let (was, is) = (before.map_or((Fen::ZERO, 0), |before| standing(before, amount)), standing(state, amount));
    let more = Standing {
        orders: before.is_none().into(),
        paid: is.0 - was.0,
        unpaid: is.1 - was.1,
        services: 0,
        latest: order.placed_at.unix(),
        turns: order.turn.unwrap_or_default().into(),
    };
    // An order has its turn when it is no longer unpaid. One that is fulfilled is what it was.
    if (more.orders, more.paid, more.unpaid) != (0, Fen::ZERO, 0) {
        customers::add(sql, of, &more).await?;
    }
    Ok(())
}

/// Counts what a service has become.
pub(super) async fn service(sql: &mut dyn Sql, service: &Service, was_active: bool) -> Result<(), StoreError> {
    let active = matches!(service.state, ServiceState::Active { .. });
    if active == was_active {
        return Ok(());
    }
    let of = [service.isv.as_str(), &service.enterprise, &service.product];
    let many = if active { 1 } else { -1 };
    sums::add(sql, &Key::of(of, None, What::Running), Sum { many, amount: Fen::ZERO }).await?;
    customers::add(sql, of, &Standing { services: many, ..Standing::default() }).await
}

/// Counts a line of a settlement that was not there before.
pub(super) async fn line(sql: &mut dyn Sql, order: &Order, line: &Line) -> Result<(), StoreError> {
    let key =
        Key::of([&order.isv, &order.enterprise, &order.product], Some(Month::of(line.at)), What::Settled(line.kind));
    sums::add(sql, &key, Sum { many: 1, amount: line.amount }).await
}

/// All that is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The sums.
    pub sums: BTreeMap<Key, Sum>,
    /// By ISV, enterprise and product.
    pub customers: BTreeMap<[String; 3], Standing>,
}

/// What is counted of an order's row.
#[derive(Clone, Copy, Debug)]
pub struct OrderRow<'r> {
    /// The ISV's, the enterprise's and the product's id.
    pub of: [&'r str; 3],
    /// The kind's name.
    pub kind: &'r str,
    /// The state's name.
    pub state: &'r str,
    /// What it came to.
    pub amount: Fen,
    /// When it was placed, in seconds since 1970.
    pub placed_at: i64,
    /// When it was paid.
    pub paid_at: Option<i64>,
    /// When it was undone.
    pub refunded_at: Option<i64>,
    /// Its turn among the settled ones of the product.
    pub turn: Option<i64>,
}

impl Counted {
    fn sum(&mut self, key: Key, sum: Sum) {
        let kept = self.sums.entry(key).or_default();
        *kept = Sum { many: kept.many + sum.many, amount: kept.amount + sum.amount };
    }

    fn customer(&mut self, of: [&str; 3]) -> &mut Standing {
        self.customers.entry(of.map(str::to_owned)).or_default()
    }

    /// Counts an order.
    pub fn order(&mut self, row: OrderRow<'_>, offset: Offset) {
        let OrderRow { of, kind, state, amount, placed_at, paid_at, refunded_at, turn } = row;
        let (customer, (paid, unpaid)) = (self.customer(of), standing(state, amount));
        customer.orders += 1;
        customer.paid = customer.paid + paid;
        customer.unpaid += unpaid;
        customer.latest = customer.latest.max(placed_at);
        customer.turns = customer.turns.max(turn.unwrap_or_default());
        let sold = sold_as(kind).zip(paid_at);
        for (what, at) in sold.into_iter().chain(refunded_at.map(|at| (What::Undone, at))) {
            let month = Timestamp::from_unix(at, offset).map(Month::of);
            self.sum(Key::of(of, month, what), Sum { many: 1, amount });
        }
    }

    /// Counts services that are active.
    pub fn active(&mut self, of: [&str; 3], many: i64) {
        self.customer(of).services += many;
        self.sum(Key::of(of, None, What::Running), Sum { many, amount: Fen::ZERO });
    }

    /// Counts a line of a settlement.
    pub fn line(&mut self, of: [&str; 3], line: &Line, offset: Offset) {
        let month = Timestamp::from_unix(line.at.unix(), offset).map(Month::of);
        self.sum(Key::of(of, month, What::Settled(line.kind)), Sum { many: 1, amount: line.amount });
    }

    /// What is kept of it.
    pub async fn kept(sql: &mut dyn Sql) -> Result<Self, StoreError> {
        let mut kept = Self::default();
        let query = "SELECT isv, month, what, product, slot, many, amount_fen FROM sums";
        for mut row in sql.rows(query, &[]).await? {
            let (isv, month, what, product) = (row.take()?, row.take()?, row.take()?, row.take()?);
            let slot: i64 = row.take()?;
            let slot = u8::try_from(slot).map_err(|_| StoreError::Column(slot.to_string().into()))?;
            let key = Key { isv, month, what, product, slot };
            kept.sums.insert(key, Sum { many: row.take()?, amount: row.take()? });
        }
        kept.customers = customers::standings(sql).await?;
        Ok(kept)
    }

    /// All of it, from what it is counted of.
    async fn anew(sql: &mut dyn Sql, offset: Offset) -> Result<Self, StoreError> {
        let mut counted = Self::default();
        let mut after = String::new();
        loop {
            let query = "SELECT id, isv, enterprise, product, kind, state, amount_fen, placed_at, paid_at, refunded_at, turn \
                 FROM orders WHERE id > $1 ORDER BY id LIMIT $2";
            let rows = sql.rows(query, values![&after, PAGE]).await?;
            if rows.is_empty() {
                break;
            }
            for mut row in rows {
                after = row.take()?;
                let (of, kind, state): (_, String, String) = (whose(&mut row)?, row.take()?, row.take()?);
                let (amount, placed_at) = (row.take()?, row.take()?);
                let (paid_at, refunded_at, turn) = (row.take()?, row.take()?, row.take()?);
                let (of, kind, state) = (of.each_ref().map(String::as_str), kind.as_str(), state.as_str());
                let row = OrderRow { of, kind, state, amount, placed_at, paid_at, refunded_at, turn };
                counted.order(row, offset);
            }
        }
        let query = "SELECT isv, enterprise, product, count(*) FROM services WHERE state = 'active' \
             GROUP BY isv, enterprise, product";
        for mut row in sql.rows(query, &[]).await? {
            let of = whose(&mut row)?;
            counted.active(of.each_ref().map(String::as_str), row.take()?);
        }
        let query = "SELECT o.isv, o.enterprise, o.product, l.order_id, l.kind, l.at, l.amount_fen \
             FROM settlement_lines l JOIN orders o ON o.id = l.order_id";
        let mut failed = None;
        let mut take = |mut row: Row| {
            let read = whose(&mut row).and_then(|of| Ok((of, super::settlements::line(&mut row, offset)?)));
            match read {
                Ok((of, line)) => counted.line(of.each_ref().map(String::as_str), &line, offset),
                Err(error) => failed = Some(error),
            }
            if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        sql.each(query, &mut take).await?;
        failed.map_or(Ok(counted), Err)
    }

    async fn keep(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.run("DELETE FROM sums", &[]).await?;
        sql.run("DELETE FROM customers", &[]).await?;
        for page in self.sums.iter().collect::<Vec<_>>().chunks(TOGETHER) {
            let mut values: Vec<Value<'_>> = Vec::new();
            for (Key { isv, month, what, product, slot }, Sum { many, amount }) in page {
                values.extend(values![isv, month, what, product, i64::from(*slot), *many, *amount]);
            }
            insert(sql, "sums (isv, month, what, product, slot, many, amount_fen)", 7, &values).await?;
        }
        for page in self.customers.iter().collect::<Vec<_>>().chunks(TOGETHER) {
            let mut values: Vec<Value<'_>> = Vec::new();
            for ([isv, enterprise, product], Standing { orders, paid, unpaid, services, latest, turns }) in page {
                values.extend(values![isv, enterprise, product, *orders, *paid, *unpaid, *services, *latest, *turns]);
            }
            let columns = "customers (isv, enterprise, product, orders, paid_fen, unpaid, services, latest, turns)";
            insert(sql, columns, 9, &values).await?;
        }
        Ok(())
    }
}

/// Inserts rows of so many columns.
async fn insert(sql: &mut dyn Sql, into: &str, columns: usize, values: &[Value<'_>]) -> Result<(), StoreError> {
    let row = |first: usize| {
        let places: Vec<String> = (first + 1..=first + columns).map(|place| format!("${place}")).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..values.len()).step_by(columns).map(row).collect();
    sql.run(&format!("INSERT INTO {into} VALUES {}", rows.join(", ")), values).await?;
    Ok(())
}

fn whose(row: &mut Row) -> Result<[String; 3], StoreError> {
    Ok([row.take()?, row.take()?, row.take()?])
}

/// By which civil time it was counted; `None` where it has not been yet.
pub async fn offset(sql: &mut dyn Sql) -> Result<Option<Offset>, StoreError> {
    let Some(mut row) = sql.row("SELECT utc_offset FROM counted", &[]).await? else { return Ok(None) };
    let text: String = row.take()?;
    text.parse().map(Some).map_err(|_| StoreError::Column(text.into()))
}

/// Counts all of it anew, where it was counted by another civil time, or never. Of two servers that start together one does
/// it. While another server runs by another time nothing may be counted: README says so.
pub struct Recount(pub Offset);

impl Step for Recount {
    type Done = ();
    type Refused = StoreError;
    const LONG: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.hold(Lock::Counting).await?;
        if offset(sql).await? == Some(self.0) {
            return Ok(());
        }
        Counted::anew(sql, self.0).await?.keep(sql).await?;
        sql.run("DELETE FROM counted", &[]).await?;
        sql.run("INSERT INTO counted (utc_offset) VALUES ($1)", values![&self.0.to_string()]).await?;
        Ok(())
    }
}

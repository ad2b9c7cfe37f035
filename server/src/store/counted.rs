//! All that is counted as it happens ([`super::counting`]), counted anew: by an audit, and where the market's civil time is
//! another.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use shared::calendar::{Offset, Timestamp};
use shared::money::Fen;
use shared::settlement::{Line, Month};

use super::counting::{sold_as, standing};
use super::customers::{self, Standing};
use super::sql::{Lock, Row, Sql, Value, values};
use super::sums::{Key, Sum, What};
use super::{Step, StoreError};

/// Rows that are read at once.
const PAGE: i64 = 1000;
/// Rows that are written at once.
const TOGETHER: usize = 100;

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

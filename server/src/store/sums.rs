//! What an ISV's products come to in each month, added up as it happens: a page that shows a year reads a few rows, however
//! many orders there were.

use std::collections::HashMap;

use shared::money::Fen;
use shared::settlement::{LineKind, Month};

use super::StoreError;
use super::sql::{Sql, values};

/// Each sum is kept in so many rows: on PostgreSQL one that is changed is held until the end of the transaction.
const SLOTS: u8 = 16;

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Orders of new services, when they were paid.
    Purchases,
    /// Orders of a further term, when they were paid.
    Renewals,
    /// Orders that change a service, when they were paid.
    Changes,
    /// Orders that were undone, when they were.
    Undone,
    /// Lines of a settlement (rule O8).
    Settled(LineKind),
    /// Services that are active now; of no month.
    Running,
}

impl What {
    const ALL: [Self; 7] = [
        Self::Purchases,
        Self::Renewals,
        Self::Changes,
        Self::Undone,
        Self::Settled(LineKind::Fulfilled),
        Self::Settled(LineKind::Refunded),
        Self::Running,
    ];

    /// Its name in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchases => "purchases",
            Self::Renewals => "renewals",
            Self::Changes => "changes",
            Self::Undone => "undone",
            Self::Settled(kind) => kind.as_str(),
            Self::Running => "running",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        Self::ALL.into_iter().find(|what| what.as_str() == name).ok_or_else(|| StoreError::Column(name.into()))
    }
}

/// Which sum: a row of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The ISV's id.
    pub isv: String,
    /// As it is written; empty for what is so now.
    pub month: String,
    /// What is added up, by its name.
    pub what: String,
    /// The product's slug.
    pub product: String,
    /// Which of the rows with this sum.
    pub slot: u8,
}

impl Key {
    /// The sum that something of an enterprise's belongs to. `None`: of no month.
    pub fn of([isv, enterprise, product]: [&str; 3], month: Option<Month>, what: What) -> Self {
        Self {
            isv: isv.to_owned(),
            month: month.map(|month| month.to_string()).unwrap_or_default(),
            what: what.as_str().to_owned(),
            product: product.to_owned(),
            slot: enterprise.bytes().fold(0_u8, |slot, byte| slot.wrapping_mul(31).wrapping_add(byte)) % SLOTS,
        }
    }
}

/// So many orders or services, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub many: i64,
    /// What they come to.
    pub amount: Fen,
}

/// Adds to a sum.
pub(super) async fn add(sql: &mut dyn Sql, key: &Key, sum: Sum) -> Result<(), StoreError> {
    let statement = "INSERT INTO sums (isv, month, what, product, slot, many, amount_fen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (isv, month, what, product, slot) DO UPDATE \
         SET many = sums.many + excluded.many, amount_fen = sums.amount_fen + excluded.amount_fen";
    let Key { isv, month, what, product, slot } = key;
    let slot = i64::from(*slot);
    sql.run(statement, values![isv, month, what, product, slot, sum.many, sum.amount]).await?;
    if sum.many < 0 {
        let statement = "DELETE FROM sums WHERE isv = $1 AND month = $2 AND what = $3 AND product = $4 AND slot = $5 \
             AND many = 0 AND amount_fen = 0";
        sql.run(statement, values![isv, month, what, product, slot]).await?;
    }
    Ok(())
}

/// What a product came to in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfMonth {
    /// The month.
    pub month: Month,
    /// What was added up.
    pub what: What,
    /// The product's slug.
    pub product: String,
    /// What it came to.
    pub sum: Sum,
}

/// What an ISV's products came to from one month to another, both among them.
pub async fn of_months(sql: &mut dyn Sql, isv: &str, first: Month, last: Month) -> Result<Vec<OfMonth>, StoreError> {
    let query = "SELECT month, what, product, CAST(sum(many) AS BIGINT), CAST(sum(amount_fen) AS BIGINT) FROM sums \
         WHERE isv = $1 AND month >= $2 AND month <= $3 GROUP BY month, what, product ORDER BY month, what, product";
    let rows = sql.rows(query, values![isv, &first.to_string(), &last.to_string()]).await?;
    let read = |mut row: super::sql::Row| {
        let (month, what): (String, String) = (row.take()?, row.take()?);
        let month = month.parse().map_err(|_| StoreError::Column(month.as_str().into()))?;
        let (what, product) = (What::parse(&what)?, row.take()?);
        Ok(OfMonth { month, what, product, sum: Sum { many: row.take()?, amount: row.take()? } })
    };
    rows.into_iter().map(read).collect()
}

/// How many services of each of an ISV's products run.
pub async fn running(sql: &mut dyn Sql, isv: &str) -> Result<HashMap<String, u32>, StoreError> {
    let query = "SELECT product, CAST(sum(many) AS BIGINT) FROM sums WHERE isv = $1 AND month = '' AND what = $2 \
         GROUP BY product";
    let rows = sql.rows(query, values![isv, What::Running.as_str()]).await?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

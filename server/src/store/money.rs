//! Movements of money: what arrived, each once, and what goes back.

use shared::api::{Moved, Way};
use shared::calendar::{Offset, Timestamp};
use shared::orders::{Method, Money, SendBack};

use super::StoreError;
use super::orders::method_name;
use super::seal::Sealed;
use super::sql::{Row, Sql, values};

const RECEIPTS: Sealed =
    Sealed { table: "receipts", columns: &["movement", "order_id", "amount_fen", "at"], changing: &[], beside: &[] };

const RETURNS: Sealed = Sealed {
    table: "returns",
    columns: &["id", "order_id", "amount_fen", "method", "movement", "at"],
    changing: &[],
    beside: &[],
};

/// Keeps a movement that was taken as money. A conflict: it was taken before.
pub async fn receipt(sql: &mut dyn Sql, order: &str, money: &Money, at: Timestamp) -> Result<(), StoreError> {
    let movement = format!("{}:{}", method_name(money.via), money.transaction);
    RECEIPTS.insert(sql, values![&movement, order, money.amount, at.unix()], &[]).await
}

/// Keeps what goes back.
pub async fn send_back(sql: &mut dyn Sql, id: &str, back: &SendBack, at: Timestamp) -> Result<(), StoreError> {
    let SendBack { order, amount, via, transaction } = back;
    RETURNS.insert(sql, values![id, order, *amount, method_name(*via), transaction, at.unix()], &[]).await
}

/// The money that moved for an order: from the buyer, and back; by time.
pub async fn of_order(sql: &mut dyn Sql, order: &str, offset: Offset) -> Result<Vec<Moved>, StoreError> {
    // What came and goes back in the same second, came first.
    let query = "SELECT at, 0 AS returned, amount_fen, substr(movement, 1, 9) FROM receipts WHERE order_id = $1 \
         UNION ALL SELECT at, 1, amount_fen, method FROM returns WHERE order_id = $1 ORDER BY 1, 2, 3";
    let read = |mut row: Row| {
        let (at, returned, amount, method): (i64, bool, _, String) =
            (row.take()?, row.take()?, row.take()?, row.take()?);
        let at = Timestamp::from_unix(at, offset).ok_or_else(|| StoreError::Column(at.to_string().into()))?;
        let known = [Method::Sandbox, Method::Transfer].into_iter().find(|it| method.starts_with(method_name(*it)));
        let method = known.ok_or_else(|| StoreError::Column(method.into()))?;
        Ok(Moved { at, way: if returned { Way::Returned } else { Way::Arrived }, amount, method })
    };
    sql.rows(query, values![order]).await?.into_iter().map(read).collect()
}

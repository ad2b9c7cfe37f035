//! Movements of money: what arrived, each once, and what goes back.

use shared::calendar::Timestamp;
use shared::orders::{Money, SendBack};

use super::StoreError;
use super::orders::method_name;
use super::seal::Sealed;
use super::sql::{Sql, values};

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

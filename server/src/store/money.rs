//! Movements of money: what arrived, each once, and what goes back.

use shared::calendar::Timestamp;
use shared::orders::{Money, SendBack};

use super::StoreError;
use super::orders::method_name;
use super::seal::seal;
use super::sql::{Sql, values};

/// Keeps a movement that was taken as money. A conflict: it was taken before.
pub async fn receipt(sql: &mut dyn Sql, order: &str, money: &Money, at: Timestamp) -> Result<(), StoreError> {
    let movement = format!("{}:{}", method_name(money.via), money.transaction);
    let statement = "INSERT INTO receipts (movement, order_id, amount_fen, at, seal) VALUES ($1, $2, $3, $4, $5)";
    let columns = values![&movement, order, money.amount, at.unix()];
    sql.run(statement, &[&columns[..], values![&seal(columns)]].concat()).await?;
    Ok(())
}

/// Keeps what goes back.
pub async fn send_back(sql: &mut dyn Sql, id: &str, back: &SendBack, at: Timestamp) -> Result<(), StoreError> {
    let statement = "INSERT INTO returns (id, order_id, amount_fen, method, movement, at, seal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let SendBack { order, amount, via, transaction } = back;
    let columns = values![id, order, *amount, method_name(*via), transaction, at.unix()];
    sql.run(statement, &[&columns[..], values![&seal(columns)]].concat()).await?;
    Ok(())
}

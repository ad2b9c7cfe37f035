//! The sandbox: how far its clock was set, and what its payment provider keeps.

use shared::api::{RefundNotification, SandboxState};
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::AskRefund;

use super::sql::{Row, Sql, values};
use super::{Step, StoreError, document};
use crate::fault;

/// For how long the provider waits before it sends again what got lost, or a refund back, in seconds.
pub const PAUSE: i64 = 60;

/// What a sandbox goes by, made when it is opened first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seconds by which the clock was set forward.
    pub ahead: i64,
    /// With what the payment provider signs.
    pub key: Vec<u8>,
}

/// Reads the settings; `key` is kept where there are none.
pub struct Open {
    /// A fresh key.
    pub key: Vec<u8>,
}

impl Step for Open {
    type Done = Settings;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Settings, StoreError> {
        sql.hold(super::sql::Lock::DueWork).await?;
        if let Some(mut row) = sql.row("SELECT ahead, key FROM sandbox", &[]).await? {
            return Ok(Settings { ahead: row.take()?, key: row.take()? });
        }
        sql.run("INSERT INTO sandbox (ahead, key) VALUES (0, $1)", values![&self.key]).await?;
        Ok(Settings { ahead: 0, key: self.key.clone() })
    }
}

/// Sets the clock `ahead` by so many seconds, never back; returns how far it is then.
pub async fn set_ahead(sql: &mut dyn Sql, seconds: i64) -> Result<i64, StoreError> {
    sql.run("UPDATE sandbox SET ahead = $1 WHERE ahead < $1", values![seconds]).await?;
    ahead(sql).await
}

/// How far the clock was set ahead, by any server.
pub async fn ahead(sql: &mut dyn Sql) -> Result<i64, StoreError> {
    sql.row("SELECT ahead FROM sandbox", &[]).await?.map_or(Ok(0), |mut row| row.take())
}

/// A payment with the sandbox's provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: String,
    /// The order that it is for.
    pub order: String,
    /// How much.
    pub amount: Fen,
    /// Where it stands.
    pub state: SandboxState,
}

const fn state_name(state: SandboxState) -> &'static str {
    match state {
        SandboxState::Open => "open",
        SandboxState::Paid => "paid",
        SandboxState::Refused => "refused",
    }
}

/// The payment for an order and an amount: that of before, or a new one with this id. One that was refused can be made
/// after all.
pub async fn payment_for(sql: &mut dyn Sql, id: &str, order: &str, amount: Fen) -> Result<String, StoreError> {
    let statement = "INSERT INTO sandbox_payments (id, order_id, amount_fen, state) VALUES ($1, $2, $3, 'open') \
         ON CONFLICT (order_id, amount_fen) DO UPDATE \
         SET state = CASE WHEN sandbox_payments.state = 'refused' THEN 'open' ELSE sandbox_payments.state END RETURNING id";
    sql.row(statement, values![id, order, amount]).await?.ok_or(StoreError::GivenUp)?.take()
}

/// The payment of this id.
pub async fn payment(sql: &mut dyn Sql, id: &str) -> Result<Option<Payment>, StoreError> {
    let query = "SELECT id, order_id, amount_fen, state FROM sandbox_payments WHERE id = $1 FOR UPDATE";
    let read = |mut row: Row| {
        let (id, order, amount) = (row.take()?, row.take()?, row.take()?);
        let state = match row.take::<String>()?.as_str() {
            "paid" => SandboxState::Paid,
            "refused" => SandboxState::Refused,
            _ => SandboxState::Open,
        };
        Ok(Payment { id, order, amount, state })
    };
    sql.row(query, values![id]).await?.map(read).transpose()
}

/// Keeps what became of a payment.
pub async fn set_payment(sql: &mut dyn Sql, id: &str, state: SandboxState) -> Result<(), StoreError> {
    sql.run("UPDATE sandbox_payments SET state = $2 WHERE id = $1", values![id, state_name(state)]).await?;
    Ok(())
}

/// A notification that the provider has still to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id.
    pub id: String,
    /// Not before.
    pub due_at: Timestamp,
    /// What it says.
    pub body: String,
}

/// Keeps a notification to send.
pub async fn send_later(sql: &mut dyn Sql, it: &Outgoing) -> Result<(), StoreError> {
    let statement = "INSERT INTO sandbox_notifications (id, due_at, body) VALUES ($1, $2, $3)";
    sql.run(statement, values![&it.id, it.due_at.unix(), &it.body]).await?;
    Ok(())
}

/// Asks the provider to send a refund back: it does so a little later, and notifies of it until it is answered.
pub async fn ask_refund(
    sql: &mut dyn Sql,
    [id, transaction]: [String; 2],
    asked: &AskRefund,
    now: Timestamp,
) -> Result<(), StoreError> {
    let due_at = now.plus_seconds(PAUSE).unwrap_or(now);
    let told = RefundNotification { refund: asked.refund.clone(), transaction, amount: asked.amount, at: due_at };
    send_later(sql, &Outgoing { id, due_at, body: document::print(&told)? }).await?;
    fault::point("refund_asked");
    Ok(())
}

/// The first notification that is due at `now`.
pub async fn next_outgoing(sql: &mut dyn Sql, now: Timestamp) -> Result<Option<Outgoing>, StoreError> {
    let query = "SELECT id, due_at, body FROM sandbox_notifications WHERE due_at <= $1 ORDER BY due_at, id LIMIT 1";
    let read = |mut row: Row| {
        let (id, due_at, body): (String, i64, String) = (row.take()?, row.take()?, row.take()?);
        let due_at = Timestamp::from_unix(due_at, now.offset()).ok_or(StoreError::GivenUp)?;
        Ok(Outgoing { id, due_at, body })
    };
    sql.row(query, values![now.unix()]).await?.map(read).transpose()
}

/// A notification was answered.
pub async fn sent(sql: &mut dyn Sql, id: &str) -> Result<(), StoreError> {
    sql.run("DELETE FROM sandbox_notifications WHERE id = $1", values![id]).await?;
    Ok(())
}

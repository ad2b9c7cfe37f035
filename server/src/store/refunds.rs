//! Refunds, as their domain type says.

use shared::orders::{Refund, RefundState};

use super::seal::Sealed;
use super::search::{Found, List, Part, named};
use super::sql::{Row, Sql, Value, values};
use super::tenant::Tenant;
use super::words::Words;
use super::{StoreError, document};
use crate::fault;

/// A refund and what is kept beside it.
#[derive(Clone, Debug)]
pub struct StoredRefund {
    /// The refund.
    pub refund: Refund,
    /// The product's words at the time of the order.
    pub words: Words,
    /// The enterprise's name.
    pub customer: String,
}

const COLUMNS: &str = "t.document, (SELECT o.words FROM orders o WHERE o.id = t.order_id), \
     coalesce((SELECT name FROM organisations WHERE id = t.enterprise), '')";

/// What refunds are searched by; what is absent matches all (rule O9).
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// How the order's number begins.
    pub order: Option<&'a str>,
    /// A part of the applicant's name, or of the enterprise's.
    pub applicant: Option<&'a str>,
    /// The state's name.
    pub state: Option<&'static str>,
}

/// The state's name, to search by.
pub const fn state_name(state: &RefundState) -> &'static str {
    match state {
        RefundState::Reviewing { .. } => "reviewing",
        RefundState::Withdrawn { .. } => "withdrawn",
        RefundState::Refunding { .. } => "refunding",
        RefundState::Refunded { .. } => "refunded",
        RefundState::Rejected { .. } => "rejected",
    }
}

const ROWS: Sealed = Sealed {
    table: "refunds",
    columns: &[
        "id",
        "order_id",
        "enterprise",
        "isv",
        "product",
        "applicant",
        "state",
        "amount_fen",
        "asked_at",
        "document",
    ],
    changing: &["state", "document"],
    beside: &[],
};

/// The sealed columns, in the order of the table.
pub fn columns<'v>(refund: &'v Refund, document: &'v str) -> [Value<'v>; 10] {
    [
        (&refund.id).into(),
        (&refund.order).into(),
        (&refund.enterprise).into(),
        (&refund.isv).into(),
        (&refund.product).into(),
        (&refund.applicant).into(),
        state_name(&refund.state).into(),
        refund.amount.into(),
        refund.asked_at.unix().into(),
        document.into(),
    ]
}

/// Keeps a new refund.
pub async fn insert(sql: &mut dyn Sql, refund: &Refund) -> Result<(), StoreError> {
    ROWS.insert(sql, &columns(refund, &document::print(refund)?), &[]).await?;
    fault::point("refund_kept");
    Ok(())
}

/// Keeps what became of a refund.
pub async fn update(sql: &mut dyn Sql, refund: &Refund) -> Result<(), StoreError> {
    ROWS.update(sql, &columns(refund, &document::print(refund)?), &[]).await?;
    fault::point("refund_kept");
    Ok(())
}

/// The refund of this id, where the tenant may see it.
pub async fn find(sql: &mut dyn Sql, id: &str, tenant: Tenant<'_>) -> Result<Option<StoredRefund>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM refunds t WHERE t.id = $1 AND {}", tenant.condition("$2"));
    sql.row(&query, values![id, tenant.id()]).await?.map(read).transpose()
}

/// The refunds of the order that were asked for, the newest first.
pub async fn of_order(sql: &mut dyn Sql, order: &str) -> Result<Vec<StoredRefund>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM refunds t WHERE t.order_id = $1 ORDER BY t.asked_at DESC, t.id DESC");
    sql.rows(&query, values![order]).await?.into_iter().map(read).collect()
}

/// How many refunds of the order were asked for.
pub async fn count(sql: &mut dyn Sql, order: &str) -> Result<i64, StoreError> {
    let row = sql.row("SELECT count(*) FROM refunds WHERE order_id = $1", values![order]).await?;
    row.map_or(Ok(0), |mut row| row.take())
}

/// Whether a refund of the product is under review for the enterprise (rule O4).
pub async fn under_review(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM refunds WHERE enterprise = $1 AND product = $2 AND state = 'reviewing'";
    Ok(sql.row(query, values![enterprise, product]).await?.is_some())
}

/// Whether a refund of the order is under review.
pub async fn is_under_review(sql: &mut dyn Sql, order: &str) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM refunds WHERE order_id = $1 AND state = 'reviewing'";
    Ok(sql.row(query, values![order]).await?.is_some())
}

/// The refunds that the tenant may see and that match, the newest first.
pub async fn search(
    sql: &mut dyn Sql,
    tenant: Tenant<'_>,
    search: Search<'_>,
    part: Part<'_>,
) -> Result<Found<StoredRefund>, StoreError> {
    let Search { order, applicant, state } = search;
    let name = applicant.map(super::containing);
    let by_name = format!("({} OR {})", super::like("t.applicant", "?"), named("t.enterprise"));
    let list = List {
        table: "refunds",
        columns: COLUMNS,
        time: "asked_at",
        tenant,
        number: ("order_id", order),
        of_day: false,
        customer: None,
        product: None,
        state,
        usual: None,
        rare: &[],
        conditions: name.as_ref().map(|name| (by_name, Some(name.into()))).into_iter().collect(),
        part,
    };
    list.read(sql, read).await
}

fn read(mut row: Row) -> Result<StoredRefund, StoreError> {
    let (document, words, customer): (String, String, String) = (row.take()?, row.take()?, row.take()?);
    Ok(StoredRefund { refund: document::read(&document)?, words: document::read(&words)?, customer })
}

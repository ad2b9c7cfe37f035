//! What is kept beside an order once it is paid: invoices, reviews and the like. Their tables are alike.
//!
//! A record is kept whole, as the JSON of its domain type, with what it is searched by beside it, and sealed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::aftersale::{Complaint, ComplaintState, Invoice, InvoiceState, OfflineRefund, OfflineState, Review};

use super::seal::seal;
use super::search::{Found, List, Part};
use super::sql::{Row, Sql, Value, values};
use super::tenant::Tenant;
use super::words::Words;
use super::{StoreError, document};

/// A record that belongs to an order.
pub trait Record: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its table.
    const TABLE: &'static str;

    /// What of it stands in columns.
    fn index(&self) -> Index<'_>;
}

/// The columns of a record, besides its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index<'r> {
    /// Its id.
    pub id: &'r str,
    /// The order that it belongs to.
    pub order: &'r str,
    /// The order's enterprise.
    pub enterprise: &'r str,
    /// The order's ISV.
    pub isv: &'r str,
    /// The order's product.
    pub product: &'r str,
    /// Its state's name.
    pub state: &'static str,
    /// What is counted of it: fen, or stars.
    pub figure: i64,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
}

impl Record for Invoice {
    const TABLE: &'static str = "invoices";

    fn index(&self) -> Index<'_> {
        let state = match self.state {
            InvoiceState::Open => "open",
            InvoiceState::Issued { .. } => "issued",
            InvoiceState::Rejected { .. } => "rejected",
            InvoiceState::Withdrawn { .. } => "withdrawn",
        };
        let Self { id, order, enterprise, isv, product, .. } = self;
        let (figure, made_at) = (self.amount.fen(), self.requested_at.unix());
        Index { id, order, enterprise, isv, product, state, figure, made_at }
    }
}

impl Record for Review {
    const TABLE: &'static str = "reviews";

    fn index(&self) -> Index<'_> {
        let Self { id, order, enterprise, isv, product, first, .. } = self;
        let state = if self.waits() { "unanswered" } else { "answered" };
        let (figure, made_at) = (i64::from(first.stars.count()), first.at.unix());
        Index { id, order, enterprise, isv, product, state, figure, made_at }
    }
}

impl Record for Complaint {
    const TABLE: &'static str = "complaints";

    fn index(&self) -> Index<'_> {
        let Self { id, order, enterprise, isv, product, .. } = self;
        let state = match self.state {
            ComplaintState::Open if self.answer.is_some() => "answered",
            ComplaintState::Open => "open",
            ComplaintState::Withdrawn { .. } => "withdrawn",
            ComplaintState::Closed { .. } => "closed",
        };
        Index { id, order, enterprise, isv, product, state, figure: 0, made_at: self.at.unix() }
    }
}

impl Record for OfflineRefund {
    const TABLE: &'static str = "offline_refunds";

    fn index(&self) -> Index<'_> {
        let Self { id, order, enterprise, isv, product, .. } = self;
        let state = match self.state {
            OfflineState::Recorded => "recorded",
            OfflineState::Confirmed { .. } => "confirmed",
            OfflineState::Declined { .. } => "declined",
        };
        Index { id, order, enterprise, isv, product, state, figure: self.amount.fen(), made_at: self.at.unix() }
    }
}

/// A record and what is kept beside its order.
#[derive(Clone, Debug)]
pub struct Stored<R> {
    /// The record.
    pub record: R,
    /// The product's words at the time of the order.
    pub words: Words,
    /// The enterprise's name.
    pub customer: String,
}

/// What records are searched by; what is absent matches all (rule O9).
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// How the order's number begins.
    pub number: Option<&'a str>,
    /// The product's slug.
    pub product: Option<&'a str>,
    /// The state's name.
    pub state: Option<&'a str>,
    /// The enterprise's id, or a part of its name.
    pub customer: Option<&'a str>,
}

const COLUMNS: &str = "t.document, (SELECT o.words FROM orders o WHERE o.id = t.order_id), \
     coalesce((SELECT name FROM organisations WHERE id = t.enterprise), '')";

/// The sealed columns, in the order of the table.
pub fn columns<'v>(index: Index<'v>, document: &'v str) -> [Value<'v>; 9] {
    let Index { id, order, enterprise, isv, product, state, figure, made_at } = index;
    [
        id.into(),
        order.into(),
        enterprise.into(),
        isv.into(),
        product.into(),
        state.into(),
        figure.into(),
        made_at.into(),
        document.into(),
    ]
}

/// Keeps a new record.
pub async fn insert<R: Record>(sql: &mut dyn Sql, record: &R) -> Result<(), StoreError> {
    let statement = format!(
        "INSERT INTO {} (id, order_id, enterprise, isv, product, state, figure, made_at, document, seal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        R::TABLE
    );
    let document = document::print(record)?;
    let columns = columns(record.index(), &document);
    let seal = seal(&columns);
    sql.run(&statement, &[&columns[..], values![&seal]].concat()).await?;
    Ok(())
}

/// Keeps what became of a record.
pub async fn update<R: Record>(sql: &mut dyn Sql, record: &R) -> Result<(), StoreError> {
    let statement = format!("UPDATE {} SET state = $2, figure = $3, document = $4, seal = $5 WHERE id = $1", R::TABLE);
    let document = document::print(record)?;
    let index = record.index();
    let seal = seal(&columns(index, &document));
    sql.run(&statement, values![index.id, index.state, index.figure, &document, &seal]).await?;
    Ok(())
}

/// The record of this id, where the tenant may see it.
pub async fn find<R: Record>(sql: &mut dyn Sql, id: &str, tenant: Tenant<'_>) -> Result<Option<Stored<R>>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM {} t WHERE t.id = $1 AND {}", R::TABLE, tenant.condition("$2"));
    sql.row(&query, values![id, tenant.id()]).await?.map(read).transpose()
}

/// Every record of this kind that the order has, the oldest first.
pub async fn of_order<R: Record>(sql: &mut dyn Sql, order: &str) -> Result<Vec<R>, StoreError> {
    let query = format!("SELECT document FROM {} WHERE order_id = $1 ORDER BY made_at, id", R::TABLE);
    let rows = sql.rows(&query, values![order]).await?;
    rows.into_iter().map(|mut row| document::read(&row.take::<String>()?)).collect()
}

/// The records that the tenant may see and that match, the newest first.
pub async fn search<R: Record>(
    sql: &mut dyn Sql,
    tenant: Tenant<'_>,
    search: Search<'_>,
    part: Part<'_>,
) -> Result<Found<Stored<R>>, StoreError> {
    let Search { number, product, state, customer } = search;
    let state = state.map(|state| ("t.state = ?".to_owned(), Some(state.into())));
    let list = List {
        table: R::TABLE,
        columns: COLUMNS,
        time: "made_at",
        tenant,
        number: ("order_id", number),
        of_day: false,
        customer,
        product,
        state: None,
        usual: None,
        rare: &[],
        conditions: state.into_iter().collect(),
        part,
    };
    list.read(sql, read).await
}

fn read<R: Record>(mut row: Row) -> Result<Stored<R>, StoreError> {
    let (document, words, customer): (String, String, String) = (row.take()?, row.take()?, row.take()?);
    Ok(Stored { record: document::read(&document)?, words: document::read(&words)?, customer })
}

/// What stands in the way of a refund of an order (rule O5): the invoice that is open or issued.
pub async fn invoice_held(sql: &mut dyn Sql, order: &str) -> Result<Option<Invoice>, StoreError> {
    Ok(of_order::<Invoice>(sql, order).await?.into_iter().find(|invoice| invoice.state.holds()))
}

//! Orders, as their domain type says.

use shared::calendar::Timestamp;
use shared::orders::{Method, Order, OrderState};

use super::seal::Sealed;
use super::search::{Found, List, Part};
use super::sql::{Row, Sql, Value, values};
use super::tenant::Tenant;
use super::words::Words;
use super::{StoreError, counting, customers, document};
use crate::fault;

/// So many refunded ones are looked at together.
const TURNS: u32 = 64;

/// An order and what is kept beside it.
#[derive(Clone, Debug)]
pub struct StoredOrder {
    /// The order.
    pub order: Order,
    /// The product's words.
    pub words: Words,
    /// The enterprise's name.
    pub customer: String,
}

/// What orders are searched by; what is absent matches all (rule O9).
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// How the number begins.
    pub number: Option<&'a str>,
    /// The product's slug.
    pub product: Option<&'a str>,
    /// The state's name.
    pub state: Option<&'static str>,
    /// One of these states.
    pub either: Option<[&'static str; 2]>,
    /// The enterprise's id, or a part of its name.
    pub customer: Option<&'a str>,
    /// How it is paid.
    pub method: Option<&'static str>,
}

/// The method's name.
pub const fn method_name(method: Method) -> &'static str {
    match method {
        Method::Sandbox => "sandbox",
        Method::Transfer => "transfer",
    }
}

const COLUMNS: &str = "t.document, t.words, coalesce((SELECT name FROM organisations WHERE id = t.enterprise), '')";

const ROWS: Sealed = Sealed {
    table: "orders",
    columns: &[
        "id",
        "enterprise",
        "isv",
        "product",
        "quotation",
        "kind",
        "method",
        "state",
        "amount_fen",
        "placed_at",
        "document",
    ],
    changing: &["method", "state", "amount_fen", "document"],
    beside: &["words", "service", "turn", "paid_at", "refunded_at"],
};

/// Keeps a new order. A conflict: its quotation was used, or its number is another's.
pub async fn insert(sql: &mut dyn Sql, order: &Order, words: &Words) -> Result<(), StoreError> {
    let (document, words) = (document::print(order)?, document::print(words)?);
    let on = order.on.as_ref().map(|on| on.service.as_str());
    let (paid_at, refunded_at) = sold(&order.state);
    let beside = values![&words, on, order.turn.map(i64::from), paid_at, refunded_at];
    ROWS.insert(sql, &columns(order, &document), beside).await?;
    fault::point("ordered");
    belongs(sql, order).await?;
    counting::order(sql, order, None).await?;
    super::settlements::add(sql, order).await
}

/// Writes down which services a settled order is about.
async fn belongs(sql: &mut dyn Sql, order: &Order) -> Result<(), StoreError> {
    let statement =
        "INSERT INTO service_orders (service, order_id) VALUES ($1, $2) ON CONFLICT (service, order_id) DO NOTHING";
    for service in &order.services {
        sql.run(statement, values![service, &order.id]).await?;
    }
    Ok(())
}

/// The sealed columns, in the order of the table.
pub fn columns<'v>(order: &'v Order, document: &'v str) -> [Value<'v>; 11] {
    [
        (&order.id).into(),
        (&order.enterprise).into(),
        (&order.isv).into(),
        (&order.product).into(),
        (&order.quote).into(),
        order.kind.as_str().into(),
        method_name(order.method).into(),
        order.state.name().into(),
        order.amount.due().into(),
        order.placed_at.unix().into(),
        document.into(),
    ]
}

/// When it was paid, and when it was undone, in seconds since 1970: to be counted by.
fn sold(state: &OrderState) -> (Option<i64>, Option<i64>) {
    let (paid_at, undone_at) = counting::sold_at(state);
    (paid_at.map(Timestamp::unix), undone_at.map(Timestamp::unix))
}

/// Keeps what became of an order.
pub async fn update(sql: &mut dyn Sql, order: &Order) -> Result<(), StoreError> {
    let row = sql.row("SELECT state FROM orders WHERE id = $1", values![&order.id]).await?;
    let before: String = row.ok_or(StoreError::GivenUp)?.take()?;
    let (paid_at, refunded_at) = sold(&order.state);
    let beside =
        [("turn", order.turn.map(i64::from).into()), ("paid_at", paid_at.into()), ("refunded_at", refunded_at.into())];
    ROWS.update(sql, &columns(order, &document::print(order)?), &beside).await?;
    if matches!(order.state, OrderState::Paid { .. } | OrderState::Fulfilled { .. }) {
        belongs(sql, order).await?;
    }
    counting::order(sql, order, Some(&before)).await?;
    super::settlements::add(sql, order).await
}

/// The orders that wait to be paid and renew or change the service, the oldest first.
pub async fn unpaid_on(sql: &mut dyn Sql, service: &str) -> Result<Vec<Order>, StoreError> {
    let query = "SELECT document FROM orders WHERE service = $1 AND (state || '') = 'unpaid' ORDER BY placed_at, id";
    documents(sql, query, values![service]).await
}

/// The enterprise's orders of the product that wait to be paid, the oldest first.
pub async fn unpaid_of_product(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<Vec<Order>, StoreError> {
    let query = "SELECT document FROM orders WHERE enterprise = $1 AND (product || '') = $2 AND state = 'unpaid' \
         ORDER BY placed_at, id";
    documents(sql, query, values![enterprise, product]).await
}

async fn documents(sql: &mut dyn Sql, query: &str, values: &[Value<'_>]) -> Result<Vec<Order>, StoreError> {
    let rows = sql.rows(query, values).await?;
    rows.into_iter().map(|mut row| document::read(&row.take::<String>()?)).collect()
}

/// The last turn among the enterprise's orders of the product that were not refunded (rule O4); 0 where there is none.
pub async fn last_kept_turn(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<u32, StoreError> {
    let mut last = customers::turns(sql, enterprise, product).await?;
    // Turns have no gaps: those of the last ones that are missing among the refunded.
    let query = "SELECT turn FROM orders WHERE enterprise = $1 AND product = $2 AND turn <= $3 AND state = 'refunded' \
         ORDER BY turn DESC LIMIT $4";
    loop {
        let refunded = sql.rows(query, values![enterprise, product, last, TURNS]).await?;
        let whole = refunded.len() == TURNS as usize;
        for mut row in refunded {
            if row.take::<u32>()? != last {
                return Ok(last);
            }
            last = last.saturating_sub(1);
        }
        if !whole {
            return Ok(last);
        }
    }
}

/// The orders about a service, settled or unpaid, the newest first.
pub async fn of_service(sql: &mut dyn Sql, service: &str) -> Result<Vec<StoredOrder>, StoreError> {
    let query = format!(
        "SELECT {COLUMNS} FROM orders t WHERE t.id IN (SELECT order_id FROM service_orders WHERE service = $1) \
         OR t.service = $1 ORDER BY t.placed_at DESC, t.id DESC"
    );
    sql.rows(&query, values![service]).await?.into_iter().map(read).collect()
}

/// The order of this id, where the tenant may see it.
pub async fn find(sql: &mut dyn Sql, id: &str, tenant: Tenant<'_>) -> Result<Option<StoredOrder>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM orders t WHERE t.id = $1 AND {}", tenant.condition("$2"));
    sql.row(&query, values![id, tenant.id()]).await?.map(read).transpose()
}

/// Whether an order was made from the quotation.
pub async fn is_used(sql: &mut dyn Sql, quotation: &str) -> Result<bool, StoreError> {
    Ok(sql.row("SELECT 1 FROM orders WHERE quotation = $1", values![quotation]).await?.is_some())
}

/// The orders that the tenant may see and that match, the newest first.
pub async fn search(
    sql: &mut dyn Sql,
    tenant: Tenant<'_>,
    search: Search<'_>,
    part: Part<'_>,
) -> Result<Found<StoredOrder>, StoreError> {
    let Search { number, product, state, either, customer, method } = search;
    // As it is: so a database knows that the index of those that are transferred serves.
    let method = method.map(|method| (format!("t.method = '{method}'"), None));
    // Hidden in an expression: by its time a row is found faster than among all of a state.
    let either = either.map(|[one, other]| (format!("(t.state || '') IN ('{one}', '{other}')"), None));
    let list = List {
        table: "orders",
        columns: COLUMNS,
        time: "placed_at",
        tenant,
        number: ("id", number),
        of_day: true,
        customer,
        product,
        state,
        usual: Some("fulfilled"),
        rare: &["unpaid", "cancelled", "refunded"],
        conditions: method.into_iter().chain(either).collect(),
        part,
    };
    list.read(sql, read).await
}

fn read(mut row: Row) -> Result<StoredOrder, StoreError> {
    let (document, words, customer): (String, String, String) = (row.take()?, row.take()?, row.take()?);
    Ok(StoredOrder { order: document::read(&document)?, words: document::read(&words)?, customer })
}

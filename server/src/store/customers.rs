//! Who bought something of an ISV, and what it sold.

use shared::api::{Contact, CustomerCard};
use shared::calendar::Timestamp;
use shared::money::Fen;

use super::search::{Asked, Found};
use super::sql::{Row, Sql, Value, values};
use super::{StoreError, containing, like};

/// Which customers; what is absent matches all (rule O9).
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// How the id begins.
    pub id: Option<&'a str>,
    /// A part of the name.
    pub name: Option<&'a str>,
    /// A part of an administrator's name or mail address.
    pub contact: Option<&'a str>,
    /// What comes after the customer of this id.
    pub after: Option<&'a str>,
    /// So many at most.
    pub limit: usize,
}

/// An ISV's customers, by name. Enterprises are walked in the order of their names, and those without an order left out.
pub async fn search(
    sql: &mut dyn Sql,
    isv: &str,
    search: &Search<'_>,
    now: Timestamp,
) -> Result<Found<CustomerCard>, StoreError> {
    let Some(after) = place(sql, search.after).await? else { return Ok(Found { rows: Vec::new(), next: None }) };
    let (name, contact) = (search.name.map(containing), search.contact.map(containing));
    let mut asked = Asked::default();
    let isv = asked.value(isv);
    if let Some(id) = search.id {
        asked.and("substr(o.id, 1, length(?)) = ?", id);
    }
    if let Some(name) = &name {
        asked.and(&like("o.name", "?"), name);
    }
    if let Some(contact) = &contact {
        let (name, mail) = (like("m.name", "?"), like("m.email", "?"));
        let admin = "SELECT 1 FROM members m WHERE m.organisation = o.id AND m.role = 'buyer_admin'";
        asked.and(&format!("EXISTS ({admin} AND ({name} OR {mail}))"), contact);
    }
    if let Some((name, id)) = &after {
        let (name, id) = (asked.value(name), asked.value(id));
        asked.conditions += &[" AND (o.name, o.id) > (", &name, ", ", &id, ")"].concat();
    }
    let limit = asked.value(i64::try_from(search.limit).unwrap_or(i64::MAX).saturating_add(1));
    let Asked { conditions, values } = asked;
    let of = format!("FROM orders t WHERE t.isv = {isv} AND t.enterprise = o.id");
    let query = format!(
        "SELECT o.id, o.name, (SELECT count(*) FROM services s WHERE s.enterprise = o.id AND s.isv = {isv} \
         AND s.state = 'active'), (SELECT count(*) {of}), (SELECT CAST(coalesce(sum(t.amount_fen), 0) AS BIGINT) {of} \
         AND t.state IN ('paid', 'fulfilled')), (SELECT max(t.placed_at) {of}) FROM organisations o \
         WHERE o.kind = 'enterprise' AND EXISTS (SELECT 1 {of}){conditions} ORDER BY o.name, o.id LIMIT {limit}"
    );
    let card = |mut row: Row| {
        let (id, name) = (row.take()?, row.take()?);
        let (services, orders, paid) = (row.take()?, row.take()?, row.take()?);
        let latest = row.take()?;
        let latest =
            Timestamp::from_unix(latest, now.offset()).ok_or_else(|| StoreError::Column(latest.to_string().into()))?;
        Ok(CustomerCard { id, name, contacts: Vec::new(), services, orders, paid, latest })
    };
    let cards: Vec<CustomerCard> =
        sql.rows(&query, &values).await?.into_iter().map(card).collect::<Result<_, StoreError>>()?;
    let placed = cards.into_iter().map(|card| ((0, card.id.clone()), card)).collect();
    let mut found = Found::of(placed, search.limit);
    contacts(sql, &mut found.rows).await?;
    Ok(found)
}

/// Where the customer stands that another part ended with; `None` where there is no such one any more.
async fn place(sql: &mut dyn Sql, after: Option<&str>) -> Result<Option<Option<(String, String)>>, StoreError> {
    let Some(id) = after else { return Ok(Some(None)) };
    let name = super::people::organisations::name(sql, id).await?;
    Ok(name.map(|name| Some((name, id.to_owned()))))
}

/// Whom to ask at each of them.
async fn contacts(sql: &mut dyn Sql, cards: &mut [CustomerCard]) -> Result<(), StoreError> {
    if cards.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=cards.len()).map(|n| format!("${n}")).collect();
    let query = format!(
        "SELECT organisation, name, email FROM members WHERE role = 'buyer_admin' AND organisation IN ({}) \
         ORDER BY joined_at, id",
        places.join(", ")
    );
    let ids: Vec<String> = cards.iter().map(|card| card.id.clone()).collect();
    let ids: Vec<Value<'_>> = ids.iter().map(Value::from).collect();
    for mut row in sql.rows(&query, &ids).await? {
        let organisation: String = row.take()?;
        let contact = Contact { name: row.take()?, mail: row.take()? };
        if let Some(card) = cards.iter_mut().find(|card| card.id == organisation) {
            card.contacts.push(contact);
        }
    }
    Ok(())
}

/// What was sold of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// The kind of order, or the product.
    pub what: String,
    /// How many orders.
    pub orders: u32,
    /// What they came to.
    pub amount: Fen,
}

/// From a second until before another one.
pub type Span = (i64, i64);

const SOLD: &str = "FROM orders WHERE isv = $1 AND paid_at >= $2 AND paid_at < $3 AND kind <> 'trial'";
const UNDONE: &str = "FROM orders WHERE isv = $1 AND refunded_at >= $2 AND refunded_at < $3";

async fn sold(sql: &mut dyn Sql, isv: &str, span: Span, what: &str, of: &str) -> Result<Vec<Sold>, StoreError> {
    let query =
        format!("SELECT {what}, count(*), CAST(sum(amount_fen) AS BIGINT) {of} GROUP BY {what} ORDER BY {what}");
    let read = |mut row: Row| Ok(Sold { what: row.take()?, orders: row.take()?, amount: row.take()? });
    sql.rows(&query, values![isv, span.0, span.1]).await?.into_iter().map(read).collect()
}

/// What was paid in a span, by the kind of order; trials are left out.
pub async fn by_kind(sql: &mut dyn Sql, isv: &str, span: Span) -> Result<Vec<Sold>, StoreError> {
    sold(sql, isv, span, "kind", SOLD).await
}

/// What was paid in a span, by product.
pub async fn by_product(sql: &mut dyn Sql, isv: &str, span: Span) -> Result<Vec<Sold>, StoreError> {
    sold(sql, isv, span, "product", SOLD).await
}

/// What was undone in a span, by product.
pub async fn undone(sql: &mut dyn Sql, isv: &str, span: Span) -> Result<Vec<Sold>, StoreError> {
    sold(sql, isv, span, "product", UNDONE).await
}

/// How many of a product's services run.
pub async fn running(sql: &mut dyn Sql, isv: &str, product: &str) -> Result<u32, StoreError> {
    let query = "SELECT count(*) FROM services WHERE product = $1 AND isv = $2 AND state = 'active'";
    let mut row = sql.row(query, values![product, isv]).await?.ok_or(StoreError::GivenUp)?;
    row.take()
}

//! Who bought something of an ISV: the list, and what each enterprise has of each product, which is counted as it happens.

use std::collections::{BTreeMap, BTreeSet};

use shared::api::{Contact, CustomerCard};
use shared::calendar::Timestamp;
use shared::money::Fen;

use super::people::names::Kept;
use super::search::{Asked, FEW, Found};
use super::sql::{Row, Sql, Value, values};
use super::{StoreError, containing};

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

/// All of the ISV's, or those that are looked for, where they are few.
async fn few(sql: &mut dyn Sql, isv: &str, search: &Search<'_>) -> Result<Option<BTreeSet<String>>, StoreError> {
    let most = i64::try_from(FEW + 1).unwrap_or(i64::MAX);
    let query = "SELECT DISTINCT enterprise FROM customers WHERE isv = $1 LIMIT $2";
    let rows = sql.rows(query, values![isv, most]).await?;
    let mut found = vec![rows.into_iter().map(|mut row| row.take()).collect::<Result<Vec<String>, _>>()?];
    if let Some(id) = search.id {
        let (query, end) =
            ("SELECT id FROM organisations WHERE id >= $1 AND id < $2 LIMIT $3", format!("{id}{}", char::MAX));
        let rows = sql.rows(query, values![id, &end, most]).await?;
        found.push(rows.into_iter().map(|mut row| row.take()).collect::<Result<Vec<String>, _>>()?);
    }
    for (kept, text) in [(Kept::Names, search.name), (Kept::Contacts, search.contact)] {
        if let Some(text) = text {
            found.push(kept.find(sql, text, FEW + 1).await?);
        }
    }
    let few = found.into_iter().filter(|ids| ids.len() <= FEW).map(|ids| ids.into_iter().collect());
    Ok(few.reduce(|some: BTreeSet<String>, others: BTreeSet<String>| &some & &others))
}

/// An ISV's customers, by name. Enterprises are walked in the order of their names, and those without an order left out; of those
/// that are looked for only they, where they are few.
pub async fn search(
    sql: &mut dyn Sql,
    isv: &str,
    search: &Search<'_>,
    now: Timestamp,
) -> Result<Found<CustomerCard>, StoreError> {
    let Some(after) = place(sql, search.after).await? else { return Ok(Found { rows: Vec::new(), next: None }) };
    let few = few(sql, isv, search).await?;
    let (name, contact) = (search.name.map(containing), search.contact.map(containing));
    let mut asked = Asked::default();
    let isv = asked.value(isv);
    if let Some(few) = &few {
        let ids: Vec<String> = few.iter().map(|id| asked.value(id)).collect();
        // As one of none is none.
        asked.conditions += &[" AND o.id IN (", if ids.is_empty() { "''" } else { "" }, &ids.join(", "), ")"].concat();
    }
    if let Some(id) = search.id {
        asked.and("substr(o.id, 1, length(?)) = ?", id);
    }
    for (kept, pattern) in [(Kept::Names, &name), (Kept::Contacts, &contact)] {
        if let Some(pattern) = pattern {
            asked.and(&kept.condition(), pattern);
        }
    }
    if let Some((name, id)) = &after {
        let (name, id) = (asked.value(name), asked.value(id));
        asked.conditions += &[" AND (o.name, o.id) > (", &name, ", ", &id, ")"].concat();
    }
    let limit = asked.value(i64::try_from(search.limit).unwrap_or(i64::MAX).saturating_add(1));
    let Asked { conditions, values } = asked;
    let of = format!("FROM customers c WHERE c.enterprise = o.id AND c.isv = {isv}");
    let sum = |column: &str| format!("(SELECT CAST(sum(c.{column}) AS BIGINT) {of})");
    let (services, orders, paid) = (sum("services"), sum("orders"), sum("paid_fen"));
    let query = format!(
        "SELECT o.id, o.name, {services}, {orders}, {paid}, (SELECT max(c.latest) {of}) FROM organisations o \
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

/// What an enterprise has of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many orders.
    pub orders: i64,
    /// What those come to that are paid or fulfilled.
    pub paid: Fen,
    /// How many orders wait to be paid.
    pub unpaid: i64,
    /// How many services are active.
    pub services: i64,
    /// When the last order was placed, in seconds since 1970.
    pub latest: i64,
    /// The last turn among the orders that were settled; 0 where none was.
    pub turns: i64,
}

/// Adds to what the enterprise has of the ISV's product; `of`: ISV, enterprise, product.
pub(super) async fn add(
    sql: &mut dyn Sql,
    [isv, enterprise, product]: [&str; 3],
    more: &Standing,
) -> Result<(), StoreError> {
    let statement = "INSERT INTO customers (enterprise, product, isv, orders, paid_fen, unpaid, services, latest, turns) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (enterprise, product) DO UPDATE SET \
         orders = customers.orders + excluded.orders, paid_fen = customers.paid_fen + excluded.paid_fen, \
         unpaid = customers.unpaid + excluded.unpaid, services = customers.services + excluded.services, \
         latest = CASE WHEN customers.latest < excluded.latest THEN excluded.latest ELSE customers.latest END, \
         turns = CASE WHEN customers.turns < excluded.turns THEN excluded.turns ELSE customers.turns END";
    let Standing { orders, paid, unpaid, services, latest, turns } = *more;
    sql.run(statement, values![enterprise, product, isv, orders, paid, unpaid, services, latest, turns]).await?;
    Ok(())
}

/// The last turn among the enterprise's orders of the product; 0 where none was settled.
pub async fn turns(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<u32, StoreError> {
    one(sql, "turns", enterprise, product).await
}

/// How many of them wait to be paid.
pub async fn unpaid(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<u32, StoreError> {
    one(sql, "unpaid", enterprise, product).await
}

async fn one(sql: &mut dyn Sql, column: &str, enterprise: &str, product: &str) -> Result<u32, StoreError> {
    let query = format!("SELECT {column} FROM customers WHERE enterprise = $1 AND product = $2");
    sql.row(&query, values![enterprise, product]).await?.map_or(Ok(0), |mut row| row.take())
}

/// All of it, by ISV, enterprise and product.
pub(super) async fn standings(sql: &mut dyn Sql) -> Result<BTreeMap<[String; 3], Standing>, StoreError> {
    let query = "SELECT isv, enterprise, product, orders, paid_fen, unpaid, services, latest, turns FROM customers";
    let read = |mut row: Row| {
        let of = [row.take()?, row.take()?, row.take()?];
        let (orders, paid, unpaid, services) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok((of, Standing { orders, paid, unpaid, services, latest: row.take()?, turns: row.take()? }))
    };
    sql.rows(query, &[]).await?.into_iter().map(read).collect()
}

//! Services, as their domain type says, and the ISV's notes on them.

use shared::calendar::Timestamp;
use shared::orders::{Service, ServiceState};

use super::seal::Sealed;
use super::search::{Found, List, Part, Place};
use super::sql::{Row, Sql, Value, values};
use super::tenant::Tenant;
use super::words::Words;
use super::{StoreError, counting, document};
use crate::fault;

/// A service and what is kept beside it.
#[derive(Clone, Debug)]
pub struct StoredService {
    /// The service.
    pub service: Service,
    /// The product's words.
    pub words: Words,
    /// The ISV's own words.
    pub note: String,
    /// The enterprise's name.
    pub customer: String,
}

const ACTIVE: &str = "active";

const COLUMNS: &str =
    "t.document, t.words, t.note, coalesce((SELECT name FROM organisations WHERE id = t.enterprise), '')";

/// What services are searched by; what is absent matches all (rule O9).
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// How the id begins.
    pub id: Option<&'a str>,
    /// The product's slug.
    pub product: Option<&'a str>,
    /// The state's name.
    pub state: Option<&'static str>,
    /// The enterprise's id, or a part of its name.
    pub customer: Option<&'a str>,
    /// A part of the note.
    pub note: Option<&'a str>,
}

/// The state's name, to search by.
pub const fn state_name(state: &ServiceState) -> &'static str {
    match state {
        ServiceState::Provisioning { .. } => "provisioning",
        ServiceState::Active { .. } => ACTIVE,
        ServiceState::Expired { .. } => "expired",
        ServiceState::Closed { .. } => "closed",
    }
}

const ROWS: Sealed = Sealed {
    table: "services",
    columns: &["id", "enterprise", "isv", "product", "state", "created_at", "document"],
    changing: &["state", "document"],
    beside: &["words", "paid"],
};

/// Keeps a new service.
pub async fn insert(sql: &mut dyn Sql, service: &Service, words: &Words, at: Timestamp) -> Result<(), StoreError> {
    let (document, words) = (document::print(service)?, document::print(words)?);
    ROWS.insert(sql, &columns(service, at.unix(), &document), values![&words, service.trial.is_none()]).await?;
    fault::point("served");
    counting::service(sql, service, false).await
}

/// The sealed columns, in the order of the table.
pub fn columns<'v>(service: &'v Service, created_at: i64, document: &'v str) -> [Value<'v>; 7] {
    [
        (&service.id).into(),
        (&service.enterprise).into(),
        (&service.isv).into(),
        (&service.product).into(),
        state_name(&service.state).into(),
        created_at.into(),
        document.into(),
    ]
}

/// Keeps what became of a service.
pub async fn update(sql: &mut dyn Sql, service: &Service) -> Result<(), StoreError> {
    let row = sql.row("SELECT created_at, state FROM services WHERE id = $1", values![&service.id]).await?;
    let mut row = row.ok_or(StoreError::GivenUp)?;
    let (created_at, before): (i64, String) = (row.take()?, row.take()?);
    let paid = ("paid", service.trial.is_none().into());
    ROWS.update(sql, &columns(service, created_at, &document::print(service)?), &[paid]).await?;
    counting::service(sql, service, before == ACTIVE).await
}

/// Sets the ISV's note.
pub async fn set_note(sql: &mut dyn Sql, id: &str, note: &str) -> Result<(), StoreError> {
    sql.run("UPDATE services SET note = $2 WHERE id = $1", values![id, note]).await?;
    Ok(())
}

/// The service of this id, where the tenant may see it.
pub async fn find(sql: &mut dyn Sql, id: &str, tenant: Tenant<'_>) -> Result<Option<StoredService>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM services t WHERE t.id = $1 AND {}", tenant.condition("$2"));
    sql.row(&query, values![id, tenant.id()]).await?.map(read).transpose()
}

/// Every service of an enterprise, of one product, the newest first.
pub async fn of_product(sql: &mut dyn Sql, enterprise: &str, product: &str) -> Result<Vec<Service>, StoreError> {
    let query = "SELECT document FROM services WHERE enterprise = $1 AND (product || '') = $2 ORDER BY created_at DESC, id DESC";
    let rows = sql.rows(query, values![enterprise, product]).await?;
    rows.into_iter().map(|mut row| document::read(&row.take::<String>()?)).collect()
}

/// So many services are looked at together.
const TOGETHER: usize = 1000;

/// Some of a product's services that run and were paid, the oldest first, and after which of them to go on, if any may follow.
pub async fn running(
    sql: &mut dyn Sql,
    product: &str,
    after: Option<&Place>,
) -> Result<(Vec<Service>, Option<Place>), StoreError> {
    let (at, id) = after.map_or((i64::MIN, ""), |(at, id)| (*at, id));
    let query = format!(
        "SELECT created_at, id, document FROM services WHERE product = $1 AND state = 'active' AND paid = 1 \
         AND (created_at, id) > ($2, $3) ORDER BY created_at, id LIMIT {TOGETHER}"
    );
    let rows = sql.rows(&query, values![product, at, id]).await?;
    let whole = rows.len() == TOGETHER;
    let (mut services, mut last) = (Vec::with_capacity(rows.len()), None);
    for mut row in rows {
        last = Some((row.take()?, row.take()?));
        services.push(document::read(&row.take::<String>()?)?);
    }
    Ok((services, last.filter(|_| whole)))
}

/// Every service that one order led to.
pub async fn of_order(sql: &mut dyn Sql, ids: &[String]) -> Result<Vec<Service>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let service = find(sql, id, Tenant::Market).await?.ok_or(StoreError::GivenUp)?;
        found.push(service.service);
    }
    Ok(found)
}

/// The services that the tenant may see and that match, the newest first.
pub async fn search(
    sql: &mut dyn Sql,
    tenant: Tenant<'_>,
    search: Search<'_>,
    part: Part<'_>,
) -> Result<Found<StoredService>, StoreError> {
    let note = search.note.map(super::containing);
    let Search { id, product, state, customer, .. } = search;
    let noted =
        note.as_ref().map(|note| (format!("t.note <> '' AND {}", super::like("t.note", "?")), Some(note.into())));
    let list = List {
        table: "services",
        columns: COLUMNS,
        time: "created_at",
        tenant,
        number: ("id", id),
        of_day: false,
        customer,
        product,
        state,
        usual: Some("active"),
        rare: &["expired", "closed"],
        conditions: noted.into_iter().collect(),
        part,
    };
    list.read(sql, read).await
}

fn read(mut row: Row) -> Result<StoredService, StoreError> {
    let (document, words): (String, String) = (row.take()?, row.take()?);
    let (note, customer) = (row.take()?, row.take()?);
    Ok(StoredService { service: document::read(&document)?, words: document::read(&words)?, note, customer })
}

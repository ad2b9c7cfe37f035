//! Lists of orders and services, the newest first. A query says only what is asked for, so that a database sees which index
//! serves it: among 100,000 rows it is found as fast as among 1,000.

use std::cmp::Reverse;

use shared::calendar::{DAY, Timestamp};

use super::orders::Tenant;
use super::sql::{Row, Sql, Value, values};
use super::{StoreError, containing};

/// So many customers of a name are looked at one by one, by their own index; of more, whatever comes first is shown.
const FEW: usize = 64;
/// A number begins with its day (in the market's civil time, which is at most so far from UTC), a hyphen, and letters. With
/// two of them it names one of a thousand of a day's.
const OF_DAY: usize = 8;
const FURTHEST: i64 = 14 * 60 * 60;
const NAMED: usize = 11;

/// What is listed.
pub(super) struct List<'v> {
    /// Whose.
    pub(super) table: &'static str,
    /// What is read of a row `t`.
    pub(super) columns: &'static str,
    /// The column by which the newest is first; then comes the id.
    pub(super) time: &'static str,
    pub(super) tenant: Tenant<'v>,
    /// How the id begins.
    pub(super) number: Option<&'v str>,
    /// The number names the day of that time; else a day before it.
    pub(super) of_day: bool,
    /// The enterprise's id, or a part of its name.
    pub(super) customer: Option<&'v str>,
    /// The product's slug.
    pub(super) product: Option<&'v str>,
    /// The state's name.
    pub(super) state: Option<&'static str>,
    /// In which state most are: these are found fast without an index of their own.
    pub(super) usual: &'static str,
    /// What else has to hold, with `?` where the value belongs.
    pub(super) conditions: Vec<(&'static str, Value<'v>)>,
    /// So many at most.
    pub(super) limit: i64,
}

impl List<'_> {
    /// The rows' columns.
    pub(super) async fn rows(&self, sql: &mut dyn Sql) -> Result<Vec<Row>, StoreError> {
        let Some(customer) = self.customer else { return Ok(of(self.find(sql, None).await?)) };
        let Some(ids) = few(sql, customer).await? else {
            let name = containing(customer);
            return Ok(of(self.find(sql, Some(Customer::Named(&name))).await?));
        };
        let mut found = Vec::new();
        for id in &ids {
            found.extend(self.find(sql, Some(Customer::Is(id))).await?);
        }
        found.sort_by(|(a, _), (b, _)| Reverse(a).cmp(&Reverse(b)));
        found.truncate(usize::try_from(self.limit).unwrap_or_default());
        Ok(of(found))
    }

    async fn find(
        &self,
        sql: &mut dyn Sql,
        customer: Option<Customer<'_>>,
    ) -> Result<Vec<((i64, String), Row)>, StoreError> {
        let Self { table, columns, time, .. } = *self;
        let mut asked = Asked::default();
        let mut from = table.to_owned();
        let end = self.number.map(|number| format!("{number}{}", char::MAX)).unwrap_or_default();
        match self.number {
            Some(number) if number.len() >= NAMED => {
                let (first, end) = (asked.value(number), asked.value(&end));
                // With its limit a database looks here first, and for the rest in what it finds.
                from = format!("(SELECT * FROM {table} n WHERE n.id >= {first} AND n.id < {end} LIMIT 1000000000)");
            }
            Some(number) => {
                if let Some(midnight) = day(number) {
                    asked.and(&format!("t.{time} >= ?"), midnight - FURTHEST);
                    if self.of_day {
                        asked.and(&format!("t.{time} < ?"), midnight + DAY + FURTHEST);
                    }
                }
                asked.and("substr(t.id, 1, length(?)) = ?", number);
            }
            None => {}
        }
        self.whose(&mut asked, customer);
        for (condition, value) in &self.conditions {
            asked.and(condition, *value);
        }
        let limit = asked.value(self.limit);
        let Asked { conditions, values } = asked;
        let query = format!(
            "SELECT t.{time}, t.id, {columns} FROM {from} t WHERE 1 = 1{conditions} \
             ORDER BY t.{time} DESC, t.id DESC LIMIT {limit}"
        );
        let rows = sql.rows(&query, &values).await?;
        rows.into_iter().map(|mut row| Ok(((row.take()?, row.take()?), row))).collect()
    }
}

impl<'v> List<'v> {
    /// Whose they are, of which product and in which state. A database that does not know how many there are of each is led:
    /// for the conditions that its index does not serve, the column is hidden in an expression.
    fn whose(&self, asked: &mut Asked<'v>, customer: Option<Customer<'v>>) {
        let enterprise = matches!(customer, Some(Customer::Is(_))) || matches!(self.tenant, Tenant::Enterprise(_));
        let by_state = self.state.is_some_and(|state| state != self.usual);
        let by_product = self.product.is_some() && !by_state;
        match self.tenant {
            Tenant::Enterprise(id) => asked.and("t.enterprise = ?", id),
            Tenant::Isv(id) if enterprise || by_product => asked.and("(t.isv || '') = ?", id),
            Tenant::Isv(id) => asked.and("t.isv = ?", id),
            Tenant::Market => {}
        }
        match customer {
            Some(Customer::Is(id)) => asked.and("t.enterprise = ?", id),
            Some(Customer::Named(name)) => {
                asked.and("t.enterprise IN (SELECT c.id FROM organisations c WHERE c.name LIKE ? ESCAPE '\\')", name);
            }
            None => {}
        }
        if let Some(product) = self.product {
            asked.and(if by_product { "t.product = ?" } else { "(t.product || '') = ?" }, product);
        }
        if let Some(state) = self.state {
            // As it is: only so a database knows that an index of some states serves.
            let column = if by_state { "t.state" } else { "(t.state || '')" };
            asked.conditions += &[" AND ", column, " = '", state, "'"].concat();
        }
    }
}

/// Which enterprise's.
#[derive(Clone, Copy)]
enum Customer<'v> {
    /// That of this id.
    Is(&'v str),
    /// Those with a name like this.
    Named(&'v str),
}

fn of(found: Vec<((i64, String), Row)>) -> Vec<Row> {
    found.into_iter().map(|(_, row)| row).collect()
}

#[derive(Default)]
struct Asked<'v> {
    conditions: String,
    values: Vec<Value<'v>>,
}

impl<'v> Asked<'v> {
    /// A further value; returns how a statement names it.
    fn value(&mut self, value: impl Into<Value<'v>>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn and(&mut self, condition: &str, value: impl Into<Value<'v>>) {
        let value = self.value(value);
        self.conditions += " AND ";
        self.conditions += &condition.replace('?', &value);
    }
}

/// The ids of the enterprises meant, if they are few.
async fn few(sql: &mut dyn Sql, customer: &str) -> Result<Option<Vec<String>>, StoreError> {
    if sql.row("SELECT 1 FROM organisations WHERE id = $1", values![customer]).await?.is_some() {
        return Ok(Some(vec![customer.to_owned()]));
    }
    let query = format!("SELECT id FROM organisations WHERE name LIKE $1 ESCAPE '\\' LIMIT {}", FEW + 1);
    let found = sql.rows(&query, values![&containing(customer)]).await?;
    let mut ids: Vec<String> = found.into_iter().map(|mut row| row.take()).collect::<Result<_, StoreError>>()?;
    let few = ids.len() <= FEW;
    ids.push(customer.to_owned());
    Ok(few.then_some(ids))
}

/// Midnight UTC of the day that a number begins with, in seconds since 1970.
fn day(number: &str) -> Option<i64> {
    let day = number.get(..OF_DAY).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    let midnight = format!("{}-{}-{}T00:00:00+00:00", &day[..4], &day[4..6], &day[6..]);
    midnight.parse().ok().map(Timestamp::unix)
}

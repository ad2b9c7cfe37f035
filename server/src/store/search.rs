//! Lists, the newest first, in parts. A query says only what is asked for, so that a database sees which index serves it:
//! among 100,000 rows it is found as fast as among 1,000.

use std::cmp::Reverse;

use shared::calendar::{DAY, Timestamp};

use super::people::names::Kept;
use super::sql::{Row, Sql, Value, values};
use super::tenant::Tenant;
use super::{StoreError, containing, like};

/// So many customers of a name are looked at one by one, by their own index; of more, whatever comes first is shown.
pub(super) const FEW: usize = 64;
/// A number begins with its day (in the market's civil time, which is at most so far from UTC), a hyphen, and letters, the
/// first of which go by the time of the day. With two of them it names those of a minute or two.
const OF_DAY: usize = 8;
const FURTHEST: i64 = 14 * 60 * 60;
const NAMED: usize = 11;
/// An enterprise's of that day are fewer than all of those minutes; they are looked through up to this length.
const NAMED_OF_ENTERPRISE: usize = 15;

/// What is listed.
pub(super) struct List<'v> {
    /// Whose.
    pub(super) table: &'static str,
    /// What is read of a row `t`.
    pub(super) columns: &'static str,
    /// The column by which the newest is first; then comes the id.
    pub(super) time: &'static str,
    pub(super) tenant: Tenant<'v>,
    /// The column that has the number, and how it begins.
    pub(super) number: (&'static str, Option<&'v str>),
    /// The number names the day of that time; else a day before it.
    pub(super) of_day: bool,
    /// The enterprise's id, or a part of its name.
    pub(super) customer: Option<&'v str>,
    /// The product's slug.
    pub(super) product: Option<&'v str>,
    /// The state's name.
    pub(super) state: Option<&'static str>,
    /// In which state most are: these are found fast without an index of their own. `None` where only tenants and times
    /// have indexes.
    pub(super) usual: Option<&'static str>,
    /// By which states an enterprise's have an index: every order changes a page of each index of an enterprise's.
    pub(super) rare: &'static [&'static str],
    /// What else has to hold, with `?` where the value belongs, if there is one.
    pub(super) conditions: Vec<(String, Option<Value<'v>>)>,
    /// Which part of the list.
    pub(super) part: Part<'v>,
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub struct Part<'v> {
    /// What comes after this row; absent, from the newest on.
    pub after: Option<&'v Place>,
    /// So many rows at most.
    pub limit: usize,
}

/// Where a row stands in a list: its time in seconds since 1970, then its id.
pub type Place = (i64, String);

/// What was found.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The rows of the part.
    pub rows: Vec<T>,
    /// Where there are more: the last row's place.
    pub next: Option<Place>,
}

impl<T> Found<T> {
    /// The part, of rows of which one more was looked for than it may have.
    pub fn of(mut rows: Vec<(Place, T)>, limit: usize) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(place, _)| place.clone());
        Self { rows: rows.into_iter().map(|(_, row)| row).collect(), next }
    }
}

impl List<'_> {
    /// The rows of the part, each read by `read`.
    pub(super) async fn read<T>(
        &self,
        sql: &mut dyn Sql,
        read: impl Fn(Row) -> Result<T, StoreError>,
    ) -> Result<Found<T>, StoreError> {
        let Found { rows, next } = Found::of(self.rows(sql).await?, self.part.limit);
        Ok(Found { rows: rows.into_iter().map(read).collect::<Result<_, _>>()?, next })
    }

    /// One row more than are wanted, if there are so many.
    async fn rows(&self, sql: &mut dyn Sql) -> Result<Vec<(Place, Row)>, StoreError> {
        let Some(customer) = self.customer else { return self.find(sql, None).await };
        let Some(ids) = few(sql, customer).await? else {
            let name = containing(customer);
            return self.find(sql, Some(Customer::Named(&name))).await;
        };
        let mut found = Vec::new();
        for id in &ids {
            found.extend(self.find(sql, Some(Customer::Is(id))).await?);
        }
        found.sort_by(|(a, _), (b, _)| Reverse(a).cmp(&Reverse(b)));
        Ok(found)
    }

    async fn find(&self, sql: &mut dyn Sql, customer: Option<Customer<'_>>) -> Result<Vec<(Place, Row)>, StoreError> {
        let Self { table, columns, time, number: (numbered, number), .. } = *self;
        let mut asked = Asked::default();
        let mut from = table.to_owned();
        let own = self.of_day && self.of_enterprise(customer);
        let named = if own { NAMED_OF_ENTERPRISE } else { NAMED };
        let end = number.map(|number| format!("{number}{}", char::MAX)).unwrap_or_default();
        match number {
            Some(number) if number.len() >= named => {
                let (first, end) = (asked.value(number), asked.value(&end));
                // With its limit a database looks here first, and for the rest in what it finds.
                from = format!(
                    "(SELECT * FROM {table} n WHERE n.{numbered} >= {first} AND n.{numbered} < {end} LIMIT 1000000000)"
                );
            }
            Some(number) => {
                if let Some(midnight) = day(number) {
                    asked.and(&format!("t.{time} >= ?"), midnight - FURTHEST);
                    if self.of_day {
                        asked.and(&format!("t.{time} < ?"), midnight + DAY + FURTHEST);
                    }
                }
                asked.and(&format!("substr(t.{numbered}, 1, length(?)) = ?"), number);
            }
            None => {}
        }
        self.whose(&mut asked, customer);
        for (condition, value) in &self.conditions {
            match value {
                Some(value) => asked.and(condition, *value),
                None => asked.conditions += &[" AND ", condition].concat(),
            }
        }
        if let Some((at, id)) = self.part.after {
            let (at, id) = (asked.value(*at), asked.value(id));
            asked.conditions += &[" AND (t.", time, ", t.id) < (", &at, ", ", &id, ")"].concat();
        }
        let limit = asked.value(i64::try_from(self.part.limit).unwrap_or(i64::MAX).saturating_add(1));
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
    /// Whether they are one enterprise's.
    fn of_enterprise(&self, customer: Option<Customer<'_>>) -> bool {
        matches!(customer, Some(Customer::Is(_))) || matches!(self.tenant, Tenant::Enterprise(_))
    }

    /// Whose they are, of which product and in which state. A database that does not know how many there are of each is led:
    /// for the conditions that its index does not serve, the column is hidden in an expression.
    fn whose(&self, asked: &mut Asked<'v>, customer: Option<Customer<'v>>) {
        let enterprise = self.of_enterprise(customer);
        let led = self.usual.is_some();
        let owned = led && enterprise;
        let indexed = |state| if owned { self.rare.contains(&state) } else { Some(state) != self.usual };
        let by_state = self.state.is_some_and(indexed);
        let by_product = !owned && self.product.is_some() && !(led && by_state);
        match self.tenant {
            Tenant::Enterprise(id) => asked.and("t.enterprise = ?", id),
            Tenant::Isv(id) if led && (enterprise || by_product) => asked.and("(t.isv || '') = ?", id),
            Tenant::Isv(id) => asked.and("t.isv = ?", id),
            Tenant::Market => {}
        }
        match customer {
            Some(Customer::Is(id)) => asked.and("t.enterprise = ?", id),
            Some(Customer::Named(name)) => {
                asked.and(&named("t.enterprise"), name);
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

/// Whether an enterprise's name is like a pattern.
pub(super) fn named(column: &str) -> String {
    format!("{column} IN (SELECT c.id FROM organisations c WHERE {})", like("c.name", "?"))
}

/// What has to hold, with its values.
#[derive(Default)]
pub(super) struct Asked<'v> {
    pub(super) conditions: String,
    pub(super) values: Vec<Value<'v>>,
}

impl<'v> Asked<'v> {
    /// A further value; returns how a statement names it.
    pub(super) fn value(&mut self, value: impl Into<Value<'v>>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// This too, with `?` where the value belongs.
    pub(super) fn and(&mut self, condition: &str, value: impl Into<Value<'v>>) {
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
    let mut ids = Kept::Names.find(sql, customer, FEW + 1).await?;
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

//! Bringing the tables up to date: the files in `migrations/`, in order, each once.
//!
//! They are written for SQLite, once; what PostgreSQL calls otherwise is put right on the way. A file that was run is never
//! edited: its hash is kept, and another one is refused.

use sha2::{Digest, Sha256};

use super::sql::{Lock, Sql, values};
use super::{Step, StoreError};

/// A file with table definitions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Migration {
    pub(super) name: &'static str,
    pub(super) definitions: &'static str,
}

impl Migration {
    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.definitions).to_vec()
    }
}

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        [$(Migration { name: $name, definitions: include_str!(concat!("../../migrations/", $name, ".sql")) }),*]
    };
}

/// All of them, the first one first.
pub(super) const ALL: [Migration; 19] = migrations![
    "0001_market",
    "0002_people",
    "0003_orders",
    "0004_lists",
    "0005_states",
    "0006_invoices",
    "0007_reviews",
    "0008_settlements",
    "0009_mails",
    "0010_complaints",
    "0011_changes",
    "0012_record_lists",
    "0013_workbench",
    "0014_customers",
    "0015_leaner",
    "0016_names",
    "0017_sums",
    "0018_fewer_pages",
    "0019_contact_parts",
];

/// Where it is kept which were run.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, hash BLOB NOT NULL)";

/// Runs those that were not run yet. Two servers that start together do it one after the other; the second finds it done.
pub(super) struct Migrate;

impl Step for Migrate {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.hold(Lock::Migrations).await?;
        let done = done(sql).await?;
        run(sql, &ALL[done..]).await
    }
}

/// How many were run; the table that says so is made where it is missing.
pub(super) async fn done(sql: &mut dyn Sql) -> Result<usize, StoreError> {
    sql.script(TABLE).await?;
    count(sql).await
}

/// How many were run. Others than ours are refused.
pub(super) async fn count(sql: &mut dyn Sql) -> Result<usize, StoreError> {
    let rows = sql.rows("SELECT name, hash FROM migrations ORDER BY name", &[]).await?;
    let done = rows.len();
    for (i, mut row) in rows.into_iter().enumerate() {
        let (name, hash): (String, Vec<u8>) = (row.take()?, row.take()?);
        let ours = ALL.get(i).ok_or_else(|| StoreError::NewerTables(name.as_str().into()))?;
        if ours.name != name || ours.hash() != hash {
            return Err(StoreError::OtherTables(ours.name));
        }
    }
    Ok(done)
}

/// Runs these, which come after those that were run.
pub(super) async fn run(sql: &mut dyn Sql, migrations: &[Migration]) -> Result<(), StoreError> {
    for migration in migrations {
        sql.script(migration.definitions).await?;
        let statement = "INSERT INTO migrations (name, hash) VALUES ($1, $2)";
        sql.run(statement, values![migration.name, &migration.hash()]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::people::names::parts_of;
    use super::super::sqlite::Sqlite;
    use super::super::{Limits, Store};
    use super::*;

    /// A store of before entries had their postings with them and names their parts, in which there is one of each.
    struct Before;

    impl Step for Before {
        type Done = ();
        type Refused = StoreError;

        async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
            done(sql).await?;
            run(sql, &ALL[..14]).await?;
            sql.script(
                "INSERT INTO chains VALUES ('e', 1, x'00'); INSERT INTO entries VALUES ('e', 1, 7, 'placed', x'01'); \
                 INSERT INTO postings VALUES ('e', 1, 'receivable:o', 5), ('e', 1, 'ordered:o', -5);",
            )
            .await?;
            let statement = "INSERT INTO organisations (id, kind, name, created_at) VALUES ('e', 'enterprise', $1, 7)";
            sql.run(statement, values![NAME]).await?;
            let statement = "INSERT INTO members (id, organisation, email, name, role, demo, joined_at) VALUES \
                 ('m', 'e', 'wang@e.example', $1, 'buyer_admin', 0, 7), ('f', 'e', 'f@e', 'Finance', 'buyer_finance', 0, 7)";
            sql.run(statement, values![NAME]).await?;
            sql.run("INSERT INTO notices (id, organisation, at, kind) VALUES ('n', 'e', 7, '{}')", &[]).await?;
            Ok(())
        }
    }

    const NAME: &str = "明德 AA 科技AaA";

    /// The rows of a query with one column.
    struct Texts(&'static str);

    impl Step for Texts {
        type Done = Vec<String>;
        type Refused = StoreError;

        async fn take(&self, sql: &mut dyn Sql) -> Result<Vec<String>, StoreError> {
            sql.rows(self.0, &[]).await?.into_iter().map(|mut row| row.take()).collect()
        }
    }

    #[tokio::test]
    async fn what_was_there_before_is_taken_along() {
        let folder = tempfile::tempdir().expect("a folder");
        let (before, ()) =
            Sqlite::open(&folder.path().join("quotient.db"), Limits::default(), Before).expect("a store");
        before.close().await;
        drop(before);
        let store = Store::open(folder.path(), None).await.expect("migrated");
        let entries = store.read(Texts("SELECT event || postings FROM entries")).await.expect("entries");
        assert_eq!(entries, [r#"placed[["ordered:o",-5],["receivable:o",5]]"#]);
        let parts = store.read(Texts("SELECT part FROM name_parts ORDER BY part")).await.expect("parts");
        assert_eq!(parts, parts_of(NAME).into_iter().collect::<Vec<_>>());
        let parts = store.read(Texts("SELECT part FROM contact_parts ORDER BY part")).await.expect("parts");
        assert_eq!(parts, parts_of(NAME).union(&parts_of("wang@e.example")).cloned().collect::<Vec<_>>());
        assert_eq!(store.read(Texts("SELECT id FROM notices WHERE read = 0")).await.expect("notices"), ["n"]);
    }
}

//! Which tables there are and what is in their columns: read from what the migrations make, so that it is written down once.

use rusqlite::Connection;

use crate::store::StoreError;
use crate::store::migrate::Migration;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
}

/// The tables that `migrations` make, each after those whose rows its own rows name.
pub(super) fn tables(migrations: &[Migration]) -> Result<Vec<Table>, StoreError> {
    let made = Connection::open_in_memory()?;
    for migration in migrations {
        made.execute_batch(migration.definitions)?;
    }
    let names = texts(
        &made,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
        "",
    )?;
    let mut waiting = names
        .into_iter()
        .map(|name| Ok((texts(&made, "SELECT \"table\" FROM pragma_foreign_key_list(?1)", &name)?, name)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let mut ordered: Vec<String> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|(named, _)| named.iter().all(|table| ordered.contains(table)));
        let free = free.ok_or_else(|| StoreError::Column("rows that name each other in a circle".into()))?;
        ordered.push(waiting.remove(free).1);
    }
    ordered.into_iter().map(|name| Ok(Table { columns: columns(&made, &name)?, name })).collect()
}

fn columns(made: &Connection, table: &str) -> Result<Vec<(String, Kind)>, StoreError> {
    let names = texts(made, "SELECT name FROM pragma_table_info(?1) ORDER BY cid", table)?;
    let types = texts(made, "SELECT type FROM pragma_table_info(?1) ORDER BY cid", table)?;
    let kind = |written: &str| match written {
        "INTEGER" => Ok(Kind::Int),
        "TEXT" => Ok(Kind::Text),
        "BLOB" => Ok(Kind::Bytes),
        other => Err(StoreError::Column(other.into())),
    };
    names.into_iter().zip(types).map(|(name, written)| Ok((name, kind(&written)?))).collect()
}

fn texts(made: &Connection, query: &str, value: &str) -> Result<Vec<String>, StoreError> {
    let mut query = made.prepare(query)?;
    if query.parameter_count() > 0 {
        query.raw_bind_parameter(1, value)?;
    }
    let mut rows = query.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(row.get(0)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn every_version_has_its_tables_in_an_order_in_which_they_can_be_filled() {
        let place = |tables: &[Table], name: &str| tables.iter().position(|table| table.name == name);
        let first = tables(&migrate::ALL[..1]).expect("tables");
        assert_eq!(first.len(), 5);
        assert!(place(&first, "products") < place(&first, "revisions"), "{first:?}");
        assert!(!first.iter().any(|table| table.columns.iter().any(|(name, _)| name == "isv")), "{first:?}");
        let all = tables(&migrate::ALL).expect("tables");
        assert!(place(&all, "organisations") < place(&all, "products"), "a column that came later names them");
        let sandbox = place(&all, "sandbox").map(|place| all[place].columns.clone());
        assert_eq!(sandbox, Some(vec![("ahead".to_owned(), Kind::Int), ("key".to_owned(), Kind::Bytes)]));
    }
}

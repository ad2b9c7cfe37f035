//! A seal over what a row says: `audit` finds any single column that was changed behind the market's back, also where no
//! sum shows it.

use sha2::{Digest, Sha256};

use super::StoreError;
use super::sql::{Sql, Value, values};

/// The SHA-256 of a row's values, in the order of its table. Each goes in with its kind and its length, so that no two rows
/// look the same.
pub fn seal(values: &[Value<'_>]) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut add = |kind: u8, bytes: Option<&[u8]>| {
        hash.update([kind, u8::from(bytes.is_some())]);
        if let Some(bytes) = bytes {
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
    };
    for value in values {
        match *value {
            Value::Int(value) => add(0, value.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice)),
            Value::Text(value) => add(1, value.map(str::as_bytes)),
            Value::Bytes(value) => add(2, value),
        }
    }
    hash.finalize().to_vec()
}

/// A table with sealed rows.
pub(super) struct Sealed {
    pub(super) table: &'static str,
    /// What goes into the seal, in the order of the table; first, by what a row is found.
    pub(super) columns: &'static [&'static str],
    /// Those of them that may change.
    pub(super) changing: &'static [&'static str],
    /// What is kept with a new row and does not go into the seal.
    pub(super) beside: &'static [&'static str],
}

impl Sealed {
    /// Keeps a new row.
    pub(super) async fn insert(
        &self,
        sql: &mut dyn Sql,
        row: &[Value<'_>],
        beside: &[Value<'_>],
    ) -> Result<(), StoreError> {
        let names = [self.columns, self.beside, &["seal"]].concat();
        let places: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
        let (names, places) = (names.join(", "), places.join(", "));
        let statement = format!("INSERT INTO {} ({names}) VALUES ({places})", self.table);
        sql.run(&statement, &[row, beside, values![&seal(row)]].concat()).await?;
        Ok(())
    }

    /// Keeps what became of a row, which is given whole, and of columns beside it.
    pub(super) async fn update(
        &self,
        sql: &mut dyn Sql,
        row: &[Value<'_>],
        beside: &[(&str, Value<'_>)],
    ) -> Result<(), StoreError> {
        let seal = seal(row);
        let (mut sets, mut values) = (vec!["seal = $1".to_owned()], vec![Value::from(&seal)]);
        let sealed = self.columns.iter().copied().zip(row.iter().copied());
        let changing = sealed.filter(|(name, _)| self.changing.contains(name));
        for (name, value) in changing.chain(beside.iter().copied()) {
            values.push(value);
            sets.push(format!("{name} = ${}", values.len()));
        }
        values.extend(row.first());
        let (table, key, sets) = (self.table, self.columns[0], sets.join(", "));
        let statement = format!("UPDATE {table} SET {sets} WHERE {key} = ${}", values.len());
        sql.run(&statement, &values).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::values;

    #[test]
    fn every_value_counts() {
        let rows: [&[Value<'_>]; 8] = [
            values!["a", "b", 1_i64],
            values!["ab", "", 1_i64],
            values!["a", "b", 2_i64],
            values!["b", "a", 1_i64],
            values!["a", "b"],
            values!["a", "b", None::<i64>],
            values!["a", None::<&str>, 1_i64],
            values!["a", b"b".as_slice(), 1_i64],
        ];
        for (i, row) in rows.iter().enumerate() {
            for (j, other) in rows.iter().enumerate() {
                assert_eq!(seal(row) == seal(other), i == j, "{row:?} {other:?}");
            }
        }
    }
}

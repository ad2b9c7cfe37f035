//! A seal over what a row says: `audit` finds any single column that was changed behind the market's back, also where no
//! sum shows it.

use sha2::{Digest, Sha256};

use super::sql::Value;

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

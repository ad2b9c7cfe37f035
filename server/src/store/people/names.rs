//! Names of organisations, by what is in them.

use std::collections::BTreeSet;

use super::super::sql::{Sql, values};
use super::super::{StoreError, containing, like};

/// So many parts of what is looked for are tried; the rarest of them leads.
const TRIED: usize = 12;
/// A part is as good as rare where so few names have it.
const RARE: u32 = 200;

/// Every two letters that stand together in a text, in small Latin letters.
pub(in crate::store) fn parts_of(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.to_ascii_lowercase().chars().collect();
    letters.windows(2).map(|two| two.iter().collect()).collect()
}

/// Writes down what is in a new organisation's name.
pub(super) async fn keep(sql: &mut dyn Sql, organisation: &str, name: &str) -> Result<(), StoreError> {
    for part in parts_of(name) {
        let statement = "INSERT INTO name_parts (part, organisation) VALUES ($1, $2)";
        sql.run(statement, values![&part, organisation]).await?;
    }
    Ok(())
}

/// The ids of organisations whose names have `text` in them; at most `limit`.
pub(in crate::store) async fn find(sql: &mut dyn Sql, text: &str, limit: usize) -> Result<Vec<String>, StoreError> {
    let pattern = containing(text);
    let rows = match rarest(sql, text).await? {
        Some(part) => {
            let query = format!(
                "SELECT o.id FROM name_parts p JOIN organisations o ON o.id = p.organisation \
                 WHERE p.part = $1 AND {} LIMIT {limit}",
                like("o.name", "$2")
            );
            sql.rows(&query, values![&part, &pattern]).await?
        }
        None => {
            let query = format!("SELECT id FROM organisations WHERE {} LIMIT {limit}", like("name", "$1"));
            sql.rows(&query, values![&pattern]).await?
        }
    };
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// The part of a text that the fewest names have; `None` for a single letter.
async fn rarest(sql: &mut dyn Sql, text: &str) -> Result<Option<String>, StoreError> {
    let query = format!("SELECT count(*) FROM (SELECT 1 FROM name_parts WHERE part = $1 LIMIT {RARE}) few");
    let mut rarest: Option<(u32, String)> = None;
    for part in parts_of(text).into_iter().take(TRIED) {
        let count: u32 = sql.row(&query, values![&part]).await?.ok_or(StoreError::GivenUp)?.take()?;
        if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
            rarest = Some((count, part));
        }
    }
    Ok(rarest.map(|(_, part)| part))
}

//! Names of organisations and of those who are asked for there, by what is in them.

use std::collections::BTreeSet;

use shared::api::Role;

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
    Kept::Names.keep(sql, organisation, name).await
}

/// Writes down what is in the name and the mail address of a new member who is asked for at an enterprise.
pub(super) async fn keep_contact(
    sql: &mut dyn Sql,
    organisation: &str,
    role: &str,
    [name, mail]: [&str; 2],
) -> Result<(), StoreError> {
    if role == Role::BuyerAdmin.as_str() {
        Kept::Contacts.keep(sql, organisation, name).await?;
        Kept::Contacts.keep(sql, organisation, mail).await?;
    }
    Ok(())
}

/// Whose texts are found by their parts.
#[derive(Clone, Copy)]
pub(in crate::store) enum Kept {
    /// Organisations, by their names.
    Names,
    /// Enterprises, by the names and mail addresses of their administrators.
    Contacts,
}

impl Kept {
    const fn table(self) -> &'static str {
        match self {
            Self::Names => "name_parts",
            Self::Contacts => "contact_parts",
        }
    }

    /// What of an organisation `o` has to be like a pattern, which stands as `?`.
    pub(in crate::store) fn condition(self) -> String {
        match self {
            Self::Names => like("o.name", "?"),
            Self::Contacts => {
                let (name, mail) = (like("m.name", "?"), like("m.email", "?"));
                let admin = "SELECT 1 FROM members m WHERE m.organisation = o.id AND m.role = 'buyer_admin'";
                format!("EXISTS ({admin} AND ({name} OR {mail}))")
            }
        }
    }

    async fn keep(self, sql: &mut dyn Sql, organisation: &str, text: &str) -> Result<(), StoreError> {
        let statement =
            format!("INSERT INTO {} (part, organisation) VALUES ($1, $2) ON CONFLICT DO NOTHING", self.table());
        for part in parts_of(text) {
            sql.run(&statement, values![&part, organisation]).await?;
        }
        Ok(())
    }

    /// The ids of organisations with `text` in it; at most `limit`.
    pub(in crate::store) async fn find(
        self,
        sql: &mut dyn Sql,
        text: &str,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        let (pattern, condition, table) = (containing(text), self.condition().replace('?', "$1"), self.table());
        let rows = match self.rarest(sql, text).await? {
            Some(part) => {
                let query = format!(
                    "SELECT o.id FROM {table} p JOIN organisations o ON o.id = p.organisation \
                     WHERE p.part = $2 AND {condition} LIMIT {limit}"
                );
                sql.rows(&query, values![&pattern, &part]).await?
            }
            None => {
                let query = format!("SELECT o.id FROM organisations o WHERE {condition} LIMIT {limit}");
                sql.rows(&query, values![&pattern]).await?
            }
        };
        rows.into_iter().map(|mut row| row.take()).collect()
    }

    /// The part of a text that the fewest have; `None` for a single letter.
    async fn rarest(self, sql: &mut dyn Sql, text: &str) -> Result<Option<String>, StoreError> {
        let query = format!("SELECT count(*) FROM (SELECT 1 FROM {} WHERE part = $1 LIMIT {RARE}) few", self.table());
        let mut rarest: Option<(u32, String)> = None;
        for part in parts_of(text).into_iter().take(TRIED) {
            let count: u32 = sql.row(&query, values![&part]).await?.ok_or(StoreError::GivenUp)?.take()?;
            if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
                rarest = Some((count, part));
            }
        }
        Ok(rarest.map(|(_, part)| part))
    }
}

//! The demo market's accounts.

use shared::api::{OrganisationKind, Role, Who};
use shared::calendar::Timestamp;

use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::{WHO, who};

/// An organisation of the demo market.
#[derive(Clone, Copy, Debug)]
pub struct DemoOrganisation {
    /// Its id.
    pub id: &'static str,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: &'static str,
}

/// A member of one.
#[derive(Clone, Copy, Debug)]
pub struct DemoMember {
    /// The member's id.
    pub id: &'static str,
    /// The organisation's.
    pub organisation: &'static str,
    /// An address that nobody has.
    pub email: &'static str,
    /// The member's name.
    pub name: &'static str,
    /// What the member may do.
    pub role: Role,
}

/// Makes the demo accounts where they are missing, and gives the ISV the products that nobody sells.
pub struct Seed {
    /// The organisations.
    pub organisations: &'static [DemoOrganisation],
    /// Their members.
    pub members: &'static [DemoMember],
    /// Of these products.
    pub slugs: Vec<String>,
    /// When.
    pub at: Timestamp,
}

impl Step for Seed {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        for DemoOrganisation { id, kind, name } in self.organisations {
            let statement = "INSERT INTO organisations (id, kind, name, created_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (id) DO NOTHING";
            if sql.run(statement, values![*id, kind.as_str(), *name, self.at.unix()]).await? > 0 {
                super::names::keep(sql, id, name).await?;
            }
        }
        for (place, member) in (0..).zip(self.members) {
            let statement = "INSERT INTO members (id, organisation, email, name, role, demo, joined_at) \
                 VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT DO NOTHING";
            let DemoMember { id, organisation, email, name, role } = *member;
            // In this order on the page.
            let joined_at = self.at.unix() + place;
            if sql.run(statement, values![id, organisation, email, name, role.as_str(), joined_at]).await? > 0 {
                super::names::keep_contact(sql, organisation, role.as_str(), [name, email]).await?;
            }
        }
        if let Some(isv) = self.organisations.iter().find(|it| it.kind == OrganisationKind::Isv) {
            for slug in &self.slugs {
                let statement = "UPDATE products SET isv = $1 WHERE slug = $2 AND isv IS NULL";
                sql.run(statement, values![isv.id, slug]).await?;
            }
        }
        Ok(())
    }
}

/// The demo accounts.
pub struct Accounts;

impl Step for Accounts {
    type Done = Vec<Who>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = format!(
            "SELECT {WHO} FROM members m JOIN organisations o ON o.id = m.organisation WHERE m.demo = 1 \
             ORDER BY m.joined_at, m.id"
        );
        sql.rows(&query, &[]).await?.into_iter().map(|mut row| who(&mut row)).collect()
    }
}

//! Organisations, their members, and by what they are known.
//!
//! Instants here are those of the wall clock where an account is guarded (sessions, failures): a sandbox that is set to next
//! year signs nobody out. What a person reads a date of (invitations, tokens, joining) goes by the market's clock.

pub mod demo;
pub mod invitations;
pub mod members;
pub(super) mod names;
pub mod organisations;
pub mod sessions;
pub mod subjects;
pub mod throttle;
pub mod tokens;

use shared::api::{Organisation, OrganisationKind, Role, Who};

use super::StoreError;
use super::answers::Mismatch;
use super::sql::Row;

/// Why something about people was not done.
#[derive(Debug)]
pub enum Refused {
    /// Another member has this mail address.
    EmailTaken,
    /// A new member needs a mail address.
    NoEmail,
    /// There is no such invitation, or not any more.
    NoInvitation,
    /// The member has no such token.
    NoToken,
    /// The key came with another body before.
    Mismatch,
    /// The store does not answer.
    Store(StoreError),
}

impl From<Mismatch> for Refused {
    fn from(Mismatch: Mismatch) -> Self {
        Self::Mismatch
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The columns that [`who`] takes, of `members m JOIN organisations o`.
const WHO: &str = "m.id, m.name, m.email, m.role, m.demo, o.id, o.name, o.kind";

fn who(row: &mut Row) -> Result<Who, StoreError> {
    let (id, name, email) = (row.take()?, row.take()?, row.take()?);
    let (role, demo) = (role(row)?, row.take()?);
    Ok(Who { id, name, email, role, demo, organisation: organisation(row)? })
}

/// The next three columns: id, name, kind.
fn organisation(row: &mut Row) -> Result<Organisation, StoreError> {
    let (id, name) = (row.take()?, row.take()?);
    let kind: String = row.take()?;
    let kind = OrganisationKind::parse(&kind).ok_or(StoreError::Column(kind.into()))?;
    Ok(Organisation { id, name, kind })
}

fn role(row: &mut Row) -> Result<Role, StoreError> {
    let role: String = row.take()?;
    Role::parse(&role).ok_or(StoreError::Column(role.into()))
}

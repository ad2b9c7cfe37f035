//! Who may call a route. Every route of the table says it, in one place; the guard holds to it.

use shared::api::{Role, Scope};

use crate::caller::Caller;
use crate::failure::{Account, Failure};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Which people.
    pub people: People,
    /// A machine's token needs one of these; where there is none, no machine may.
    pub machines: &'static [Scope],
    /// Outside the sandbox there is no such route.
    pub sandbox_only: bool,
    /// Whoever may not call it is told that there is nothing.
    pub hidden: bool,
}

/// Which people may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Everybody; nobody looks who it is.
    All,
    /// Everybody; the handler is told who it is, if it is known.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in with one of these roles.
    Roles(&'static [Role]),
}

impl Allowed {
    /// Everybody, and nobody looks who it is: neither a cookie nor a token costs anything.
    pub const fn all() -> Self {
        Self::people(People::All)
    }

    /// Everybody; the handler is told who it is.
    pub const fn anyone() -> Self {
        Self::people(People::Anyone)
    }

    /// Whoever is signed in.
    pub const fn signed_in() -> Self {
        Self::people(People::SignedIn)
    }

    /// Whoever is signed in with one of these roles.
    pub const fn roles(roles: &'static [Role]) -> Self {
        Self::people(People::Roles(roles))
    }

    const fn people(people: People) -> Self {
        Self { people, machines: &[], sandbox_only: false, hidden: false }
    }

    /// Machines too, with a token that has one of these scopes, of a member who may.
    pub const fn machines(self, machines: &'static [Scope]) -> Self {
        Self { machines, ..self }
    }

    /// In the sandbox only.
    pub const fn sandbox_only(self) -> Self {
        Self { sandbox_only: true, ..self }
    }

    /// That there is such a thing is not for everybody to know.
    pub const fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }

    /// Whether the caller may.
    pub(super) fn check(&self, caller: Option<&Caller>) -> Result<(), Failure> {
        let not_allowed = || if self.hidden { Failure::NotFound } else { Account::NotAllowed.into() };
        let Some(caller) = caller else {
            let visitors = matches!(self.people, People::All | People::Anyone);
            return visitors.then_some(()).ok_or(Account::SignInRequired.into());
        };
        match self.people {
            People::Roles(roles) if !roles.contains(&caller.role()) => return Err(not_allowed()),
            _ => {}
        }
        match &caller.scopes {
            Some(_) if self.machines.is_empty() => Err(not_allowed()),
            Some(scopes) if !scopes.iter().any(|scope| self.machines.contains(scope)) => {
                Err(Account::ScopeMissing.into())
            }
            _ => Ok(()),
        }
    }
}

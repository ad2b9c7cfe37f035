//! Whose rows are looked at.

use shared::orders::Service;

/// Whose rows are looked at: what is another tenant's is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenant<'a> {
    /// What this enterprise bought.
    Enterprise(&'a str),
    /// What this ISV sold.
    Isv(&'a str),
    /// Everything: for the operator, and for work that time brings.
    Market,
}

impl<'a> Tenant<'a> {
    /// The condition on a row, with the tenant's id at `parameter`.
    pub(super) fn condition(self, parameter: &str) -> String {
        match self {
            Self::Enterprise(_) => format!("enterprise = {parameter}"),
            Self::Isv(_) => format!("isv = {parameter}"),
            // Always true; both databases want every parameter to be used.
            Self::Market => format!("coalesce({parameter}, '') = ''"),
        }
    }

    /// Whether it is the tenant's.
    pub fn sees(self, service: &Service) -> bool {
        match self {
            Self::Enterprise(id) => service.enterprise == id,
            Self::Isv(id) => service.isv == id,
            Self::Market => true,
        }
    }

    pub(super) fn id(self) -> Option<&'a str> {
        match self {
            Self::Enterprise(id) | Self::Isv(id) => Some(id),
            Self::Market => None,
        }
    }
}

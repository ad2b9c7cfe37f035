//! My services.

#[cfg(test)]
mod tests;
mod view;

use shared::api::{ServiceList, ServiceQuery};

use crate::account::Account;
use crate::page::list::List;
use crate::page::search::Searched;

/// My services.
pub type Services = List<ServiceQuery, Account>;

/// What can happen on the page.
pub type Msg = Searched<ServiceList>;

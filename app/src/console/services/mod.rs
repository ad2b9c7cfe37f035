//! Services, searched by what rule O9 names.

#[cfg(test)]
mod tests;
mod view;

use shared::api::{ServiceList, ServiceQuery};

use crate::console::Console;
use crate::page::list::List;
use crate::page::search::Searched;

/// Services.
pub type Services = List<ServiceQuery, Console>;

/// What can happen on the page.
pub type Msg = Searched<ServiceList>;

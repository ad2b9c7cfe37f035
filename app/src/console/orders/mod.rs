//! Orders, searched by what rule O9 names.

#[cfg(test)]
mod tests;
mod view;

use shared::api::{OrderList, OrderQuery};

use crate::console::Console;
use crate::page::list::List;
use crate::page::search::Searched;

/// Orders.
pub type Orders = List<OrderQuery, Console>;

/// What can happen on the page.
pub type Msg = Searched<OrderList>;

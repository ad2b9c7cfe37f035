//! My orders, searched by number, product and state.

#[cfg(test)]
mod tests;
mod view;

use shared::api::{OrderList, OrderQuery};

use crate::account::Account;
use crate::page::list::List;
use crate::page::search::Searched;

/// My orders.
pub type Orders = List<OrderQuery, Account>;

/// What can happen on the page.
pub type Msg = Searched<OrderList>;

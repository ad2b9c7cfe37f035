//! Enterprises that bought something of an ISV's, searched by what rule O9 names.

#[cfg(test)]
mod tests;
mod view;

use shared::api::{self, CustomerCard, CustomerList, CustomerQuery};

use crate::console::Console;
use crate::page::list::List;
use crate::page::search::{Query, Searched};

/// Customers.
pub type Customers = List<CustomerQuery, Console>;

/// What can happen on the page.
pub type Msg = Searched<CustomerList>;

impl Query for CustomerQuery {
    type List = CustomerList;
    type Row = CustomerCard;
    const PATH: &'static str = api::CUSTOMERS;

    fn rows(list: CustomerList) -> Vec<CustomerCard> {
        list.customers
    }

    fn next(list: &CustomerList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(_: &CustomerCard) -> Option<(&str, &str)> {
        None
    }
}

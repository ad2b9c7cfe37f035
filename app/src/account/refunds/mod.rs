//! My refunds, and what was refunded offline (rules O4, O9, O10).

#[cfg(test)]
mod tests;
mod view;

use shared::api::{RefundList, RefundQuery};

use crate::account::Account;
use crate::page::list::List;
use crate::page::search::Searched;
use crate::trade::aftersale::offline;
use crate::trade::records::Of;

/// Refunds.
pub type Refunds = List<RefundQuery, Account>;

/// Offline refunds.
pub type OfflineRefunds = List<Of<offline::OfflineRefunds>, Account>;

/// What can happen on the page of refunds.
pub type Msg = Searched<RefundList>;

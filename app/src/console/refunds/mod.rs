//! Refunds and offline refunds, searched by what rule O9 names.

mod offline_view;
#[cfg(test)]
mod tests;
mod view;

use shared::api::{RefundList, RefundQuery};

use crate::console::Console;
use crate::page::list::List;
use crate::page::search::Searched;
use crate::trade::aftersale::offline;
use crate::trade::records::Of;

/// Refunds.
pub type Refunds = List<RefundQuery, Console>;

/// Offline refunds.
pub type OfflineRefunds = List<Of<offline::OfflineRefunds>, Console>;

/// What can happen on the page of refunds.
pub type Msg = Searched<RefundList>;

//! What a market is told when it opens.

use crate::passwords::Cost;

/// How a market is run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// To try things out in: no real money, a clock that can be set forward, accounts to click on.
    pub sandbox: bool,
    /// How much work a password is.
    pub passwords: Cost,
}

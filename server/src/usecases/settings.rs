//! What a market is told when it opens.

use std::sync::Arc;

use shared::api::Payee;

use crate::mail::Mailer;
use crate::oidc::Provider;
use crate::passwords::Cost;
use crate::randomness::Randomness;

/// How a market is run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// To try things out in: no real money, a clock that can be set forward, accounts to click on.
    pub sandbox: bool,
    /// How much work a password is.
    pub passwords: Cost,
    /// What sends notices by mail; `None`: nothing does.
    pub mailer: Option<Arc<Mailer>>,
    /// An enterprise's own identity provider.
    pub oidc: Option<Arc<Provider>>,
    /// To whom transfers go.
    pub payee: Option<Payee>,
    /// Where ids come from.
    pub randomness: Arc<Randomness>,
}

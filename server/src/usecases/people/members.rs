//! Members of an organisation.

use shared::api::Members;

use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::people::members;

impl Market {
    /// The members of the caller's organisation.
    pub async fn members(&self, caller: &Caller) -> Result<Members, Failure> {
        let of = members::Of { organisation: caller.organisation().to_owned(), now: self.clock.now() };
        Ok(Members { members: self.store.read(of).await? })
    }
}

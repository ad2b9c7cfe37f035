//! The demo market's accounts: one click signs in.

use shared::api::{DemoAccount, DemoAccounts, DemoSignIn};

use super::super::form::read;
use super::super::market::Market;
use super::sign_in::{Origin, SignedIn};
use crate::failure::{Account, Failure};
use crate::store::people::demo;

impl Market {
    /// The accounts, in the order of the page.
    pub async fn demo_accounts(&self) -> Result<DemoAccounts, Failure> {
        let account = |who: shared::api::Who| DemoAccount {
            account: who.id,
            name: who.name,
            role: who.role,
            organisation: who.organisation.name,
        };
        Ok(DemoAccounts { accounts: self.store.read(demo::Accounts).await?.into_iter().map(account).collect() })
    }

    /// Signs in to one of them.
    pub async fn demo_sign_in(&self, body: &[u8], origin: &Origin) -> Result<SignedIn, Failure> {
        let DemoSignIn { account } = read(body)?;
        let accounts = self.store.read(demo::Accounts).await?;
        let found = accounts.into_iter().find(|who| who.id == account).ok_or(Account::UnknownAccount)?;
        self.begin(found.id, origin, Vec::new()).await
    }
}

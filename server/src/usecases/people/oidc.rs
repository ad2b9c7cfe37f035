//! Signing in at an enterprise's own identity provider.

use shared::api::Role;

use super::super::market::Market;
use super::sign_in::{Origin, SignedIn};
use crate::failure::{Account, Failure};
use crate::oidc::{OidcError, Provider, Way};
use crate::secret::{Secret, new_id};
use crate::store::people::subjects;
use shared::mail::address;

/// Of whom the provider vouches for and nobody invited: the least. An administrator can invite them to more.
const NEWCOMER: Role = Role::BuyerFinance;
const LONGEST_SUBJECT: usize = 255;

impl Market {
    /// Whether there is an identity provider to sign in at.
    pub fn offers_oidc(&self) -> bool {
        self.oidc.is_some()
    }

    /// The way to the provider's page and back to `next`, which is followed if it is one of ours.
    pub async fn begin_oidc(&self, next: &str) -> Result<Way, Failure> {
        Ok(self.provider()?.begin(local(next), Secret::new()?).await?)
    }

    /// Signs in who came back from the provider; returns where they wanted to go, too.
    pub async fn finish_oidc(
        &self,
        secret: Option<&Secret>,
        state: &str,
        code: &str,
        origin: &Origin,
    ) -> Result<(SignedIn, String), Failure> {
        let provider = self.provider()?;
        let secret = secret.ok_or(Account::OidcRefused)?;
        let (claims, next) = provider.finish(secret, state, code, self.clock.wall().unix()).await?;
        let sane = (1..=LONGEST_SUBJECT).contains(&claims.subject.len()) && !claims.subject.contains('\0');
        if !sane {
            return Err(Account::OidcRefused.into());
        }
        let email = claims.email.filter(|_| claims.email_verified).and_then(|email| address(&email));
        let name = claims.name.and_then(|name| super::name(&name, "/name").ok());
        let local_part = email.as_ref().and_then(|email| email.split('@').next()).map(str::to_owned);
        let (begin, session, device) = self.session_of(new_id()?, origin, Vec::new())?;
        let step = subjects::SignIn {
            organisation: provider.organisation().to_owned(),
            subject: claims.subject,
            email,
            name: name.or(local_part).unwrap_or_default(),
            role: NEWCOMER,
            now: self.clock.now(),
            session: begin,
        };
        let who = self.store.write(step).await?;
        Ok((SignedIn { who, session, device }, local(&next).to_owned()))
    }

    fn provider(&self) -> Result<&Provider, Failure> {
        Ok(self.oidc.as_deref().ok_or(Account::OidcNotOffered)?)
    }
}

impl From<OidcError> for Failure {
    fn from(error: OidcError) -> Self {
        tracing::warn!(%error, "nobody was signed in by the identity provider");
        match error {
            OidcError::Refused(_) => Account::OidcRefused.into(),
            OidcError::Provider(_) | OidcError::Issuer(_) => Account::OidcUnavailable.into(),
        }
    }
}

/// A path of ours, else the home page: nobody is led elsewhere by a link to us. Browsers take a backslash for a slash, and
/// leave tabs and line ends out.
fn local(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_ours() {
        for (next, followed) in [
            ("/account/orders?state=unpaid", "/account/orders?state=unpaid"),
            ("", "/"),
            ("account", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
        ] {
            assert_eq!(local(next), followed, "{next:?}");
        }
    }
}

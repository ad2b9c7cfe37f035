//! Signing in and out, and changing one's password.

use std::net::IpAddr;

use shared::api::{PasswordChange, SignIn, Who};

use super::super::form::read;
use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::passwords;
use crate::secret::{Hash, Secret};
use crate::store::answers::{Asked, Once};
use crate::store::people::{members, sessions, throttle, tokens};
use crate::store::{Step, StoreError};
use shared::mail::address;

/// Where somebody signs in from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The client's address.
    pub client: IpAddr,
    /// What its browser was given at an earlier sign-in.
    pub device: Option<Secret>,
    /// The session that the browser has.
    pub session: Option<Secret>,
}

impl Origin {
    /// An IPv6 client has a whole network to itself.
    fn client(&self) -> Vec<u8> {
        match self.client.to_canonical() {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets()[..8].to_vec(),
        }
    }
}

/// Somebody who has just signed in, with what their browser is to keep.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub who: Who,
    /// For this session.
    pub session: Secret,
    /// For the next sign-in.
    pub device: Secret,
}

impl Market {
    /// Signs in who says the right password.
    pub async fn sign_in(&self, body: &[u8], origin: &Origin) -> Result<SignedIn, Failure> {
        let SignIn { email, password } = read(body)?;
        let attempt = throttle::Attempt {
            // What is no address is nobody's, and counted like one.
            email: address(&email).unwrap_or_default(),
            client: origin.client(),
            device: origin.device.as_ref().map(Secret::hash),
            now: self.clock.wall(),
        };
        let throttle::Allowed { member, counted } = self.store.write(attempt).await?;
        let (member, hash) = member.map_or((None, None), |(member, hash)| (Some(member), hash));
        let good = self.passwords.verify(password, hash).await?;
        let member = member.filter(|_| good).ok_or(Account::SignInRefused)?;
        self.begin(member, origin, counted).await
    }

    /// Begins a member's session.
    pub(super) async fn begin(
        &self,
        member: String,
        origin: &Origin,
        forgiven: Vec<throttle::Count>,
    ) -> Result<SignedIn, Failure> {
        let (begin, session, device) = self.session_of(member, origin, forgiven)?;
        let who = self.store.write(begin).await?;
        Ok(SignedIn { who, session, device })
    }

    /// A member's session that is to begin, and its secrets.
    pub(super) fn session_of(
        &self,
        member: String,
        origin: &Origin,
        forgiven: Vec<throttle::Count>,
    ) -> Result<(sessions::Begin, Secret, Secret), Failure> {
        let session = Secret::new()?;
        let device = origin.device.clone().map_or_else(Secret::new, Ok)?;
        let begin = sessions::Begin {
            member,
            session: session.hash(),
            device: device.hash(),
            former: origin.session.as_ref().map(Secret::hash),
            forgiven,
            now: self.clock.wall(),
        };
        Ok((begin, session, device))
    }

    /// Whose session this is, and whether it now lasts anew.
    pub async fn session(&self, session: &Secret) -> Result<Option<(Caller, bool)>, Failure> {
        let (session, now) = (session.hash(), self.clock.wall());
        let Some(found) = self.store.read(sessions::Find { session, now }).await? else { return Ok(None) };
        if self.is_closed_to(&found.who) {
            return Ok(None);
        }
        if found.to_be_seen {
            self.note(sessions::Seen { session, now }).await;
        }
        Ok(Some((Caller { who: found.who, scopes: None }, found.to_be_seen)))
    }

    /// Whose token this is.
    pub async fn token(&self, token: &Secret) -> Result<Option<Caller>, Failure> {
        let now = self.clock.now();
        let Some(found) = self.store.read(tokens::Find { hash: token.hash(), now }).await? else { return Ok(None) };
        if self.is_closed_to(&found.who) {
            return Ok(None);
        }
        if found.to_be_used {
            self.note(tokens::Used { id: found.id, now }).await;
        }
        Ok(Some(Caller { who: found.who, scopes: Some(found.scopes) }))
    }

    /// A market that was a demo once keeps its accounts, which anybody could sign in to.
    fn is_closed_to(&self, who: &Who) -> bool {
        who.demo && !self.sandbox()
    }

    /// Writes down that somebody was here. Where that fails, they can read on all the same.
    async fn note(&self, step: impl Step<Done = (), Refused = StoreError>) {
        if let Err(error) = self.store.write(step).await {
            tracing::warn!(%error, "it was not written down when an account was last used");
        }
    }

    /// Ends a session.
    pub async fn sign_out(&self, session: &Secret) -> Result<(), Failure> {
        Ok(self.store.write(sessions::End(session.hash())).await?)
    }

    /// Ends all sessions of the caller.
    pub async fn sign_out_everywhere(&self, caller: &Caller) -> Result<(), Failure> {
        Ok(self.store.write(sessions::EndAll(caller.who.id.clone())).await?)
    }

    /// Changes the caller's password; all sessions but this one end.
    pub async fn change_password(
        &self,
        caller: &Caller,
        session: Option<Hash>,
        asked: Asked,
        body: &[u8],
    ) -> Result<(), Failure> {
        let PasswordChange { current, new } = read(body)?;
        // Once it was changed, the former one is wrong: what was answered has to be known before.
        if self.earlier(&asked).await?.is_some() {
            return Ok(());
        }
        passwords::check(&new, &caller.who.email).map_err(|passwords::Unfit| Account::PasswordUnfit)?;
        let again = throttle::Again { member: caller.who.id.clone(), now: self.clock.wall() };
        let throttle::Allowed { member, counted } = self.store.write(again).await?;
        let hash = member.and_then(|(_, hash)| hash);
        if !self.passwords.verify(current, hash).await? {
            return Err(Account::CurrentPasswordWrong.into());
        }
        let password_hash = self.passwords.hash(new).await?;
        let member = caller.who.id.clone();
        let step = members::ChangePassword { member, password_hash, session, forgiven: counted };
        self.store.write(Once { asked, now: self.clock.now(), step }).await?;
        Ok(())
    }
}

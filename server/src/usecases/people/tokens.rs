//! Tokens for machines.

use shared::api::{Token, TokenList, TokenMade, TokenRequest};
use shared::violation::Expected;

use super::super::form::{read, wrong};
use super::super::market::Market;
use super::{json, name};
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::secret::{Secret, may_be_id, new_id};
use crate::store::answers::{Asked, Made, Once};
use crate::store::people::tokens::{Make, Of, Revoke};

impl Market {
    /// The caller's tokens.
    pub async fn tokens(&self, caller: &Caller) -> Result<TokenList, Failure> {
        let of = Of { member: caller.who.id.clone(), now: self.clock.now() };
        Ok(TokenList { tokens: self.store.read(of).await? })
    }

    /// Makes a token for the caller's machine.
    pub async fn make_token(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<TokenMade, Failure> {
        let TokenRequest { name: given, mut scopes, expires_at } = read(body)?;
        let now = self.clock.now();
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(wrong("/scopes", Expected::Present));
        }
        if expires_at.is_some_and(|at| at.since(now) <= 0) {
            return Err(wrong("/expires_at", Expected::Instant));
        }
        let expires_at = expires_at.and_then(|at| at.in_offset(now.offset()));
        let name = name(&given, "/name")?;
        let token = Token { id: new_id()?, name, scopes, created_at: now, last_used_at: None, expires_at };
        // The answer is kept for those who ask again; what it keeps of the secret opens nothing.
        let salt = new_id()?;
        let hash = Secret::derived(&salt, asked.seal()).hash();
        let body = json(&TokenMade { token: token.clone(), secret: salt })?;
        let answer = Made { id: token.id.clone(), body };
        let seal = *asked.seal();
        let step = Make { hash, member: caller.who.id.clone(), token, answer };
        let made = self.store.write(Once { asked, now, step }).await?;
        let mut answer: TokenMade = read(made.body.as_bytes())?;
        answer.secret = Secret::derived(&answer.secret, &seal).into_string();
        Ok(answer)
    }

    /// Revokes one of the caller's tokens.
    pub async fn revoke_token(&self, caller: &Caller, asked: Asked, id: &str) -> Result<(), Failure> {
        if !may_be_id(id) {
            return Err(Account::TokenNotFound.into());
        }
        let step = Revoke { member: caller.who.id.clone(), id: id.to_owned() };
        self.store.write(Once { asked, now: self.clock.now(), step }).await?;
        Ok(())
    }
}

//! Invitations by link: good for seven days, and for one.

use shared::api::{
    Invitation, InvitationAccept, InvitationList, InvitationMade, InvitationRequest, Organisation, OrganisationKind,
    Role, invitation_page,
};
use shared::calendar::Timestamp;
use shared::violation::Expected;

use super::super::form::{read, wrong};
use super::super::market::Market;
use super::sign_in::{Origin, SignedIn};
use super::{json, name};
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::passwords;
use crate::secret::{Secret, new_id};
use crate::store::Store;
use crate::store::answers::{Asked, Made, Once};
use crate::store::people::invitations::{Accept, Find, Invite, Of, Revoke};
use crate::store::people::organisations::Add;
use shared::mail::address;

/// In seconds.
const GOOD_FOR: i64 = 7 * 24 * 60 * 60;

impl Market {
    /// The invitations into the caller's organisation.
    pub async fn invitations(&self, caller: &Caller) -> Result<InvitationList, Failure> {
        let of = Of { organisation: caller.organisation().to_owned(), now: self.clock.now() };
        Ok(InvitationList { invitations: self.store.read(of).await? })
    }

    /// Invites somebody into the caller's organisation.
    pub async fn invite(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<InvitationMade, Failure> {
        let InvitationRequest { role, email } = read(body)?;
        if role.of() != caller.kind() {
            return Err(Account::RoleNotOffered.into());
        }
        let email = email.map(|email| address(&email).ok_or_else(|| wrong("/email", Expected::Text))).transpose()?;
        let now = self.clock.now();
        let expires_at = expires_at(now)?;
        // The answer is kept for those who ask again; what it keeps of the secret opens nothing.
        let salt = new_id()?;
        let secret = Secret::derived(&salt, asked.seal());
        let answer = Made { id: String::new(), body: json(&InvitationMade { link: salt, expires_at })? };
        let step = Invite {
            invitation: secret.hash(),
            organisation: caller.organisation().to_owned(),
            role,
            email,
            by: Some(caller.who.id.clone()),
            now,
            expires_at: expires_at.unix(),
            answer,
        };
        let seal = *asked.seal();
        let made = self.store.write(Once { asked, now, step }).await?;
        let mut answer: InvitationMade = read(made.body.as_bytes())?;
        answer.link = invitation_page(Secret::derived(&answer.link, &seal).as_str());
        Ok(answer)
    }

    /// Revokes one of the invitations into the caller's organisation.
    pub async fn revoke_invitation(&self, caller: &Caller, asked: Asked, id: &str) -> Result<(), Failure> {
        let step = Revoke { organisation: caller.organisation().to_owned(), id: id.to_owned() };
        self.store.write(Once { asked, now: self.clock.now(), step }).await?;
        Ok(())
    }

    /// What the invitation of this secret is to.
    pub async fn invitation(&self, secret: &str) -> Result<Invitation, Failure> {
        let invitation = Secret::parse(secret).ok_or(Account::InvitationNotFound)?.hash();
        let found = self.store.read(Find { invitation, now: self.clock.now() }).await?;
        Ok(found.ok_or(Account::InvitationNotFound)?)
    }

    /// Takes up an invitation: a new member, signed in.
    pub async fn accept_invitation(&self, secret: &str, body: &[u8], origin: &Origin) -> Result<SignedIn, Failure> {
        let InvitationAccept { name: given, email, password } = read(body)?;
        let invitation = self.invitation(secret).await?;
        let given = name(&given, "/name")?;
        let email = match (invitation.email, email) {
            // Whom it is for is not the guest's to say.
            (Some(email), None) => email,
            (Some(_), Some(_)) => return Err(wrong("/email", Expected::NoSuchField)),
            (None, Some(email)) => address(&email).ok_or_else(|| wrong("/email", Expected::Text))?,
            (None, None) => return Err(wrong("/email", Expected::Present)),
        };
        passwords::check(&password, &email).map_err(|passwords::Unfit| Account::PasswordUnfit)?;
        let password_hash = self.passwords.hash(password).await?;
        let (begin, session, device) = self.session_of(new_id()?, origin, Vec::new())?;
        let step = Accept {
            invitation: Secret::parse(secret).ok_or(Account::InvitationNotFound)?.hash(),
            name: given,
            email: Some(email),
            password_hash,
            now: self.clock.now(),
            session: begin,
        };
        let who = self.store.write(step).await?;
        Ok(SignedIn { who, session, device })
    }
}

/// Adds an organisation to a store, without a market that is open: for who runs the server. Returns the link by which its
/// first member joins.
pub async fn add_organisation(
    store: &Store,
    kind: OrganisationKind,
    given: &str,
    now: Timestamp,
) -> Result<InvitationMade, Failure> {
    let role = match kind {
        OrganisationKind::Enterprise => Role::BuyerAdmin,
        OrganisationKind::Isv => Role::IsvOwner,
        OrganisationKind::Operator => Role::Operator,
    };
    let organisation = Organisation { id: new_id()?, name: name(given, "/name")?, kind };
    let expires_at = expires_at(now)?;
    let secret = Secret::new()?;
    let first = Invite {
        invitation: secret.hash(),
        organisation: organisation.id.clone(),
        role,
        email: None,
        by: None,
        now,
        expires_at: expires_at.unix(),
        answer: Made { id: String::new(), body: String::new() },
    };
    store.write(Add { organisation, first, now }).await?;
    Ok(InvitationMade { link: invitation_page(secret.as_str()), expires_at })
}

fn expires_at(now: Timestamp) -> Result<Timestamp, Failure> {
    now.plus_seconds(GOOD_FOR).ok_or_else(|| Failure::Internal("the calendar has ended".into()))
}

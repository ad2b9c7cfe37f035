//! People: signing in, organisations and their members, invitations, tokens for machines.

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;

/// What a member may do in their organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Enterprise: orders, pays, and sees to members.
    BuyerAdmin,
    /// Enterprise: pays and asks for invoices, nothing else.
    BuyerFinance,
    /// ISV: everything that is the ISV's.
    IsvOwner,
    /// ISV: services, orders and consultations; no prices, no members.
    IsvSupport,
    /// The market's operator (小二).
    Operator,
    /// The market's auditor: reads everything, writes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] =
        [Self::BuyerAdmin, Self::BuyerFinance, Self::IsvOwner, Self::IsvSupport, Self::Operator, Self::Auditor];

    /// Its name outside.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BuyerAdmin => "buyer_admin",
            Self::BuyerFinance => "buyer_finance",
            Self::IsvOwner => "isv_owner",
            Self::IsvSupport => "isv_support",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// The kind of organisation whose members can have it.
    pub const fn of(self) -> OrganisationKind {
        match self {
            Self::BuyerAdmin | Self::BuyerFinance => OrganisationKind::Enterprise,
            Self::IsvOwner | Self::IsvSupport => OrganisationKind::Isv,
            Self::Operator | Self::Auditor => OrganisationKind::Operator,
        }
    }
}

/// The kinds of organisations; each is a tenant of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Buys.
    Enterprise,
    /// Sells (服务商).
    Isv,
    /// Runs the market (小二).
    Operator,
}

impl OrganisationKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Enterprise, Self::Isv, Self::Operator];

    /// Its name outside.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Isv => "isv",
            Self::Operator => "operator",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What notices are written in where they go out by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese, where nobody has said otherwise.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Its name outside.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// Says what one reads, or with `organisation` what its members do who have not said so themselves; the latter by who
/// manages it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageRequest {
    /// The language.
    pub language: Language,
    /// For the whole organisation.
    #[serde(default)]
    pub organisation: bool,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does here.
    pub kind: OrganisationKind,
}

/// Signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The member's mail address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The member's id.
    pub id: String,
    /// The member's name.
    pub name: String,
    /// The member's mail address.
    pub email: String,
    /// What the member may do.
    pub role: Role,
    /// Where.
    pub organisation: Organisation,
    /// One of the demo market's accounts.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub demo: bool,
}

/// Signs in as one of the demo market's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// See [`DemoAccount::account`].
    pub account: String,
}

/// The demo market's accounts, one of each kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccounts {
    /// In the order of the page.
    pub accounts: Vec<DemoAccount>,
}

/// An account that one click signs in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// What to ask for.
    pub account: String,
    /// The member's name.
    pub name: String,
    /// What the member may do.
    pub role: Role,
    /// The organisation's name.
    pub organisation: String,
}

/// Changes the password of who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present one.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// The members of one's organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// In the order in which they joined.
    pub members: Vec<Member>,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The member's id.
    pub id: String,
    /// The member's name.
    pub name: String,
    /// The member's mail address.
    pub email: String,
    /// What the member may do.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
}

/// Invites somebody into one's organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationRequest {
    /// What they may do; one of the organisation's kind.
    pub role: Role,
    /// Whom; without it, whoever has the link says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// An invitation that was made. The link is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMade {
    /// The page to open, with the secret in it.
    pub link: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// The invitations into one's organisation, without their secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationList {
    /// The newest first.
    pub invitations: Vec<InvitationSent>,
}

/// An invitation as those see it who invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationSent {
    /// Its id, by which it is revoked.
    pub id: String,
    /// To what.
    pub role: Role,
    /// For whom, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// Whether somebody took it up.
    pub state: InvitationState,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum InvitationState {
    /// Nobody has taken it up; it can be, until it expires.
    Open,
    /// Somebody did.
    Taken {
        /// The member's name.
        name: String,
    },
}

/// What an invitation is to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The organisation.
    pub organisation: Organisation,
    /// What one will be able to do.
    pub role: Role,
    /// Whom it is for, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Takes up an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationAccept {
    /// The new member's name.
    pub name: String,
    /// The new member's mail address, where the invitation has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The new member's password.
    pub password: String,
}

/// What a machine's token is good for; never for more than its maker may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every GET.
    Read,
    /// Writes on quotations, orders and payments.
    Orders,
    /// Writes on services and trials.
    Services,
    /// The access check alone (rule V7).
    Access,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] = [Self::Read, Self::Orders, Self::Services, Self::Access];

    /// Its name outside.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Orders => "orders",
            Self::Services => "services",
            Self::Access => "access",
        }
    }

    /// The scope of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// Makes a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// What it is for, in the maker's words.
    pub name: String,
    /// What it is good for; at least one.
    pub scopes: Vec<Scope>,
    /// Until when; without it, until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// A token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its id, by which it is revoked.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// The tokens of who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenList {
    /// The newest first.
    pub tokens: Vec<Token>,
}

/// A token that was made. The secret is shown this once; the store keeps its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMade {
    /// The token.
    #[serde(flatten)]
    pub token: Token,
    /// What the machine sends as `Authorization: Bearer …`.
    pub secret: String,
}

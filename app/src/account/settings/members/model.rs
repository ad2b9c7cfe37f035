//! The page's state.

use shared::api::{self, InvitationList, InvitationMade, InvitationRequest, InvitationSent, Member, Role};

use crate::account::settings::{manages, sees_members};
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Method, Page, get, post, quiet};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Members {
    role: Option<Role>,
    /// Who is here.
    pub members: Loaded<Vec<Member>>,
    /// Who was invited, the newest first.
    pub invitations: Vec<InvitationSent>,
    /// The roles that can be offered.
    pub roles: Vec<Role>,
    /// Which of them is.
    pub offered: usize,
    /// Whom to invite, as typed; nobody in particular where it is empty.
    pub email: String,
    /// The address is none.
    pub email_wrong: bool,
    /// How far inviting has come.
    pub inviting: Submit,
    /// The link that was made, whole.
    pub link: Option<String>,
    /// Until when it is good.
    pub made: Option<InvitationMade>,
    /// Whether the link was copied.
    pub copied: Option<bool>,
    /// The invitation about which is asked whether to revoke it.
    pub asked: Option<String>,
    /// How far revoking has come.
    pub revoking: Submit,
    origin: String,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The members.
    Loaded(Result<api::Members, Failure>),
    /// The invitations.
    Sent(Result<InvitationList, Failure>),
    /// A role was chosen.
    Role(usize),
    /// An address was typed.
    Email(String),
    /// Make a link; it begins with this store's origin.
    Invite {
        /// Such as `https://market.example`.
        origin: String,
        /// Of the intent.
        key: Key,
    },
    /// Made, or not.
    Made(Result<InvitationMade, Failure>),
    /// Copy the link.
    Copy,
    /// Whether that worked.
    Copied(bool),
    /// Ask whether to revoke this invitation; none, not any more.
    Ask(Option<String>),
    /// Revoke the one that was asked about.
    Revoke(Key),
    /// Revoked, or not.
    Revoked(Result<(), Failure>),
}

impl Members {
    /// The page as somebody of this role has it.
    pub fn new(role: Option<Role>) -> Self {
        let offered = Role::ALL.into_iter().filter(|offered| role.is_some_and(|role| role.of() == offered.of()));
        Self {
            role,
            members: Loaded::Waiting,
            invitations: Vec::new(),
            roles: offered.collect(),
            offered: 0,
            email: String::new(),
            email_wrong: false,
            inviting: Submit::Idle,
            link: None,
            made: None,
            copied: None,
            asked: None,
            revoking: Submit::Idle,
            origin: String::new(),
        }
    }

    /// The role may see the page at all.
    pub fn may_see(&self) -> bool {
        self.role.is_some_and(sees_members)
    }

    /// The role may invite.
    pub fn may_invite(&self) -> bool {
        self.role.is_some_and(manages)
    }

    fn ask_invitations() -> Effect<Msg> {
        get(api::INVITATIONS.to_owned(), Msg::Sent)
    }

    fn invite(&mut self, origin: String, key: Key) -> Vec<Effect<Msg>> {
        let email = Some(self.email.trim().to_owned()).filter(|email| !email.is_empty());
        self.email_wrong = email.as_ref().is_some_and(|email| !email.contains('@'));
        if self.email_wrong {
            return vec![Effect::Focus("invite-email")];
        }
        let Some(role) = self.roles.get(self.offered).copied() else { return Vec::new() };
        let Some(key) = self.inviting.begin(key) else { return Vec::new() };
        self.origin = origin;
        self.link = None;
        self.made = None;
        vec![post(api::INVITATIONS.to_owned(), &InvitationRequest { role, email }, Some(key), Msg::Made)]
    }

    /// What was asked for before is not what is asked for now.
    fn chosen(&mut self) {
        self.email_wrong = false;
        if !self.inviting.waits() {
            self.inviting = Submit::Idle;
        }
    }
}

impl Page for Members {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        if self.may_see() {
            vec![get(api::MEMBERS.to_owned(), Msg::Loaded), Self::ask_invitations()]
        } else {
            Vec::new()
        }
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(members) => self.members = members.map(|members| members.members).into(),
            Msg::Sent(Ok(list)) => self.invitations = list.invitations,
            // The members are there all the same.
            Msg::Sent(Err(_)) => {}
            Msg::Role(index) => {
                self.offered = index;
                self.chosen();
            }
            Msg::Email(email) => {
                self.email = email;
                self.chosen();
            }
            Msg::Invite { origin, key } => return self.invite(origin, key),
            Msg::Made(Ok(made)) => {
                self.inviting = Submit::Idle;
                self.link = Some([&self.origin, &made.link].map(String::as_str).concat());
                self.made = Some(made);
                self.copied = None;
                self.email.clear();
                return vec![Self::ask_invitations(), Effect::Focus("invite-link")];
            }
            Msg::Made(Err(failure)) => self.inviting.fail(failure),
            Msg::Copy => {
                return self.link.clone().map(|link| Effect::Copy(link, Box::new(Msg::Copied))).into_iter().collect();
            }
            Msg::Copied(copied) => self.copied = Some(copied),
            Msg::Ask(asked) => {
                let focus = asked.is_some().then_some(Effect::Focus("keep-invitation"));
                self.asked = asked;
                self.revoking = Submit::Idle;
                return focus.into_iter().collect();
            }
            Msg::Revoke(key) => {
                let Some(id) = self.asked.clone() else { return Vec::new() };
                if let Some(key) = self.revoking.begin(key) {
                    return vec![quiet(Method::Delete, api::invitation_sent(&id), Some(key), Msg::Revoked)];
                }
            }
            Msg::Revoked(Ok(())) => {
                self.asked = None;
                self.revoking = Submit::Idle;
                // The link that is shown may be the one: it is not worth keeping on the page.
                self.link = None;
                self.made = None;
                return vec![Self::ask_invitations()];
            }
            Msg::Revoked(Err(failure)) => self.revoking.fail(failure),
        }
        Vec::new()
    }
}

//! The page's state.

use shared::api::{self, InvitationAccept, Who};

use crate::account::settings::security::Wrong;
use crate::client::Failure;
use crate::frame::roles::home;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Invitation {
    token: String,
    /// What it is to.
    pub invitation: Loaded<api::Invitation>,
    /// The new member's name as typed.
    pub name: String,
    /// The mail address as typed, where the invitation has none.
    pub email: String,
    /// The password as typed.
    pub password: String,
    /// What is missing.
    pub missing: Option<Missing>,
    /// How far it has come.
    pub submit: Submit,
}

/// What is missing in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The name.
    Name,
    /// The mail address.
    Email,
    /// A password that is neither too short nor too long.
    Password,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// What it is to.
    Loaded(Result<api::Invitation, Failure>),
    /// A name was typed.
    Name(String),
    /// A mail address was typed.
    Email(String),
    /// A password was typed.
    Password(String),
    /// Take it up.
    Accept,
    /// Who is signed in now.
    Accepted(Result<Who, Failure>),
}

impl Missing {
    /// The field's id.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}

impl Invitation {
    /// The page of the invitation with this secret.
    pub fn new(token: String) -> Self {
        Self {
            token,
            invitation: Loaded::Waiting,
            name: String::new(),
            email: String::new(),
            password: String::new(),
            missing: None,
            submit: Submit::Idle,
        }
    }

    fn accept(&mut self) -> Vec<Effect<Msg>> {
        let Some(invitation) = self.invitation.here() else { return Vec::new() };
        let (name, email) = (self.name.trim().to_owned(), self.email.trim().to_owned());
        let asks_email = invitation.email.is_none();
        self.missing = if name.is_empty() {
            Some(Missing::Name)
        } else if asks_email && !email.contains('@') {
            Some(Missing::Email)
        } else if !Wrong::fits(&self.password) {
            Some(Missing::Password)
        } else {
            None
        };
        if let Some(missing) = self.missing {
            return vec![Effect::Focus(missing.field())];
        }
        // It takes no key: the link is good for one member, however often it is sent.
        if self.submit.begin(Key(String::new())).is_none() {
            return Vec::new();
        }
        let accept = InvitationAccept { name, email: asks_email.then_some(email), password: self.password.clone() };
        vec![post(api::invitation(&self.token), &accept, None, Msg::Accepted)]
    }

    fn typed(&mut self) {
        self.missing = None;
        if !self.submit.waits() {
            self.submit = Submit::Idle;
        }
    }
}

impl Page for Invitation {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::invitation(&self.token), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(invitation) => self.invitation = invitation.into(),
            Msg::Name(name) => {
                self.name = name;
                self.typed();
            }
            Msg::Email(email) => {
                self.email = email;
                self.typed();
            }
            Msg::Password(password) => {
                self.password = password;
                self.typed();
            }
            Msg::Accept => return self.accept(),
            Msg::Accepted(Ok(who)) => return vec![Effect::Open(home(who.role).to_owned())],
            Msg::Accepted(Err(failure)) => self.submit.fail(failure),
        }
        Vec::new()
    }
}

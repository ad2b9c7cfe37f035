//! The page's state.

use shared::api::{self, DemoAccount, DemoAccounts, DemoSignIn, Who};

use crate::client::Failure;
use crate::frame::roles::home;
use crate::page::submit::{Key, Submit};
use crate::page::{Context, Effect, Page, get, post};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct SignIn {
    next: Option<String>,
    sandbox: bool,
    /// An enterprise's own identity provider can be signed in at.
    pub oidc: bool,
    /// The mail address as typed.
    pub email: String,
    /// The password as typed.
    pub password: String,
    /// The demo market's accounts.
    pub accounts: Vec<DemoAccount>,
    /// Which of them was clicked.
    pub clicked: Option<String>,
    /// How far it has come.
    pub submit: Submit,
    /// Something is missing in the form.
    pub incomplete: bool,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The demo market's accounts.
    Accounts(Result<DemoAccounts, Failure>),
    /// A mail address was typed.
    Email(String),
    /// A password was typed.
    Password(String),
    /// Sign in with what is typed.
    Submit,
    /// Sign in as a demo account.
    Demo(String),
    /// Who is signed in now.
    Answered(Result<Who, Failure>),
}

impl SignIn {
    /// The page; afterwards `next` is opened.
    pub fn new(next: Option<String>, context: &Context) -> Self {
        Self {
            next,
            sandbox: context.sandbox,
            oidc: context.oidc,
            email: String::new(),
            password: String::new(),
            accounts: Vec::new(),
            clicked: None,
            submit: Submit::Idle,
            incomplete: false,
        }
    }

    /// The way to the enterprise's identity provider, and then on.
    pub fn oidc_way(&self) -> Option<String> {
        let next: Option<String> =
            self.next.as_ref().map(|next| form_urlencoded::byte_serialize(next.as_bytes()).collect());
        self.oidc.then(|| next.map_or_else(|| api::OIDC.to_owned(), |next| [api::OIDC, "?next=", &next].concat()))
    }

    /// Signing in takes no key: done twice it begins two sessions, of which the browser keeps one.
    fn begin_submit(&mut self) -> bool {
        self.incomplete = false;
        self.submit.begin(Key(String::new())).is_some()
    }
}

impl Page for SignIn {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        let accounts = self.sandbox.then(|| get(api::DEMO_ACCOUNTS.to_owned(), Msg::Accounts));
        accounts.into_iter().collect()
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Accounts(Ok(list)) => self.accounts = list.accounts,
            // The form is there all the same.
            Msg::Accounts(Err(_)) => {}
            Msg::Email(email) => self.email = email,
            Msg::Password(password) => self.password = password,
            Msg::Submit => {
                if self.email.trim().is_empty() || self.password.is_empty() {
                    self.incomplete = true;
                    self.submit = Submit::Idle;
                    let missing = if self.email.trim().is_empty() { "email" } else { "password" };
                    return vec![Effect::Focus(missing)];
                }
                if self.begin_submit() {
                    self.clicked = None;
                    let body = api::SignIn { email: self.email.trim().to_owned(), password: self.password.clone() };
                    return vec![post(api::SESSION.to_owned(), &body, None, Msg::Answered)];
                }
            }
            Msg::Demo(account) => {
                if self.begin_submit() {
                    self.clicked = Some(account.clone());
                    return vec![post(api::DEMO_SESSION.to_owned(), &DemoSignIn { account }, None, Msg::Answered)];
                }
            }
            Msg::Answered(Ok(who)) => {
                let to = self.next.clone().unwrap_or_else(|| home(who.role).to_owned());
                return vec![Effect::Open(to)];
            }
            Msg::Answered(Err(failure)) => {
                self.submit.fail(failure);
                self.password.clear();
            }
        }
        Vec::new()
    }
}

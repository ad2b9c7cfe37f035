//! The page's state.

use shared::api::{self, Role, Scope, Token, TokenList, TokenMade, TokenRequest};
use shared::calendar::{DAY, Timestamp};

use crate::account::settings::manages;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Method, Page, get, post, quiet};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Tokens {
    role: Option<Role>,
    /// Those that there are.
    pub tokens: Loaded<Vec<Token>>,
    /// What the new one is for, as typed.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// For how long.
    pub lasts: Lasts,
    /// What is missing.
    pub missing: Option<Missing>,
    /// How far making it has come.
    pub making: Submit,
    /// The one that was made, with its secret.
    pub made: Option<TokenMade>,
    /// Whether the secret was copied.
    pub copied: Option<bool>,
    /// Which one is asked about before it is revoked.
    pub asked: Option<String>,
    /// How far revoking it has come.
    pub revoking: Submit,
}

/// For how long a token is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lasts {
    /// 90 days.
    #[default]
    Quarter,
    /// 365 days.
    Year,
    /// Until it is revoked.
    Always,
}

/// What is missing in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// What it is for.
    Name,
    /// What it is good for.
    Scopes,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The tokens.
    Loaded(Result<TokenList, Failure>),
    /// A name was typed.
    Name(String),
    /// A scope was ticked, or not any more.
    Scope(Scope, bool),
    /// For how long.
    Lasts(Lasts),
    /// Make it; the server's time now.
    Make(Timestamp, Key),
    /// Made, or not.
    Made(Result<TokenMade, Failure>),
    /// Copy the secret.
    Copy,
    /// Whether that worked.
    Copied(bool),
    /// Ask whether to revoke this one; none, not any more.
    Ask(Option<String>),
    /// Revoke the one that was asked about.
    Revoke(Key),
    /// Revoked, or not.
    Revoked(Result<(), Failure>),
}

impl Lasts {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Year, Self::Always];

    fn until(self, now: Timestamp) -> Option<Timestamp> {
        let days = match self {
            Self::Quarter => 90,
            Self::Year => 365,
            Self::Always => return None,
        };
        now.plus_seconds(days * DAY)
    }
}

impl Tokens {
    /// The page as somebody of this role has it.
    pub fn new(role: Option<Role>) -> Self {
        Self {
            role,
            tokens: Loaded::Waiting,
            name: String::new(),
            scopes: vec![Scope::Read],
            lasts: Lasts::default(),
            missing: None,
            making: Submit::Idle,
            made: None,
            copied: None,
            asked: None,
            revoking: Submit::Idle,
        }
    }

    /// The role has tokens at all.
    pub fn may(&self) -> bool {
        self.role.is_some_and(manages)
    }

    fn load() -> Effect<Msg> {
        get(api::TOKENS.to_owned(), Msg::Loaded)
    }

    fn make(&mut self, now: Timestamp, key: Key) -> Vec<Effect<Msg>> {
        let name = self.name.trim().to_owned();
        self.missing = match () {
            () if name.is_empty() => Some(Missing::Name),
            () if self.scopes.is_empty() => Some(Missing::Scopes),
            () => None,
        };
        if let Some(missing) = self.missing {
            let field = if missing == Missing::Name { "token-name" } else { "scope-read" };
            return vec![Effect::Focus(field)];
        }
        let Some(key) = self.making.begin(key) else { return Vec::new() };
        self.made = None;
        let request = TokenRequest { name, scopes: self.scopes.clone(), expires_at: self.lasts.until(now) };
        vec![post(api::TOKENS.to_owned(), &request, Some(key), Msg::Made)]
    }

    /// What was asked for before is not what is asked for now.
    fn changed(&mut self) {
        self.missing = None;
        if !self.making.waits() {
            self.making = Submit::Idle;
        }
    }
}

impl Page for Tokens {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        if self.may() { vec![Self::load()] } else { Vec::new() }
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(tokens) => self.tokens = tokens.map(|list| list.tokens).into(),
            Msg::Name(name) => {
                self.name = name;
                self.changed();
            }
            Msg::Scope(scope, ticked) => {
                self.scopes.retain(|other| *other != scope);
                if ticked {
                    self.scopes.push(scope);
                    self.scopes.sort_unstable();
                }
                self.changed();
            }
            Msg::Lasts(lasts) => {
                self.lasts = lasts;
                self.changed();
            }
            Msg::Make(now, key) => return self.make(now, key),
            Msg::Made(Ok(made)) => {
                self.making = Submit::Idle;
                self.name.clear();
                self.made = Some(made);
                self.copied = None;
                return vec![Self::load(), Effect::Focus("token-secret")];
            }
            Msg::Made(Err(failure)) => self.making.fail(failure),
            Msg::Copy => {
                let secret = self.made.as_ref().map(|made| made.secret.clone());
                return secret.map(|secret| Effect::Copy(secret, Box::new(Msg::Copied))).into_iter().collect();
            }
            Msg::Copied(copied) => self.copied = Some(copied),
            Msg::Ask(asked) => {
                let focus = asked.is_some().then_some(Effect::Focus("keep-token"));
                self.asked = asked;
                self.revoking = Submit::Idle;
                return focus.into_iter().collect();
            }
            Msg::Revoke(key) => {
                let Some(id) = self.asked.clone() else { return Vec::new() };
                if let Some(key) = self.revoking.begin(key) {
                    return vec![quiet(Method::Delete, api::token(&id), Some(key), Msg::Revoked)];
                }
            }
            Msg::Revoked(Ok(())) => {
                let revoked = self.asked.take();
                self.revoking = Submit::Idle;
                if self.made.as_ref().is_some_and(|made| Some(&made.token.id) == revoked.as_ref()) {
                    self.made = None;
                }
                return vec![Self::load()];
            }
            Msg::Revoked(Err(failure)) => self.revoking.fail(failure),
        }
        Vec::new()
    }
}

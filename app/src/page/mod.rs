//! What a page of somebody who signs in is: the account's and the consoles'.
//!
//! A [`Page`] is a model that turns messages into effects, which are data; how it looks is its [`Shown`], beside it.
//! [`live`] is the only place that carries effects out.

pub mod address;
mod client;
pub mod data;
mod effect;
pub mod list;
pub mod live;
mod loaded;
mod nowhere;
pub mod parts;
pub mod search;
pub mod submit;
pub mod table;
pub mod written;

#[cfg(test)]
pub(crate) mod samples;

use shared::api::{Payee, Role, Who};
use shared::calendar::Timestamp;

pub use effect::{Answer, Effect, Method, Request, get, post, post_empty, put, quiet, send, text};
pub use loaded::Loaded;
pub use nowhere::Nowhere;

use crate::element::{Element, Sink};
use crate::i18n::Lang;

/// What every page knows of its surroundings.
#[derive(Clone, Debug)]
pub struct Context {
    /// The language.
    pub lang: Lang,
    /// The server's time.
    pub now: Timestamp,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The market is one to try things out in.
    pub sandbox: bool,
    /// An enterprise's own identity provider can be signed in at.
    pub oidc: bool,
    /// To whom transfers go; `None` where the market does not say.
    pub payee: Option<Payee>,
}

impl Context {
    /// The signed-in member's role.
    pub fn role(&self) -> Option<Role> {
        self.who.as_ref().map(|who| who.role)
    }
}

/// A page: what happens to it.
pub trait Page: Send + Sync + 'static {
    /// What can happen on it.
    type Msg: 'static;

    /// What it asks for when it opens.
    fn begin(&mut self) -> Vec<Effect<Self::Msg>>;

    /// What `message` makes of it.
    fn update(&mut self, message: Self::Msg) -> Vec<Effect<Self::Msg>>;
}

/// A page as it is seen.
pub trait Shown: Page {
    /// Its content.
    fn view(&self, context: &Context, to: &Sink<Self::Msg>) -> Element;

    /// For `<title>`.
    fn title(&self, lang: Lang) -> String;
}

//! What a page of the account is: a model, its messages, and its effects as data.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::{Role, Who};
use shared::calendar::Timestamp;

use super::submit::Key;
use crate::client::Failure;
use crate::element::{Element, Sink};
use crate::i18n::Lang;
use crate::widgets::chrome::Switch;

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
}

impl Context {
    /// The signed-in member's role.
    pub fn role(&self) -> Option<Role> {
        self.who.as_ref().map(|who| who.role)
    }
}

/// A page: what it shows, and what happens to it.
pub trait Page: Send + Sync + 'static {
    /// What can happen on it.
    type Msg: 'static;

    /// What it asks for when it opens.
    fn begin(&mut self) -> Vec<Effect<Self::Msg>>;

    /// What `message` makes of it.
    fn update(&mut self, message: Self::Msg) -> Vec<Effect<Self::Msg>>;

    /// Its content.
    fn view(&self, context: &Context, to: &Sink<Self::Msg>) -> Element;

    /// For `<title>`.
    fn title(&self, lang: Lang) -> String;
}

/// What the browser has to do besides showing the model.
pub enum Effect<M> {
    /// Ask the server.
    Ask(Request<M>),
    /// Go to this address.
    Open(String),
    /// Write this query into the address.
    Query(String),
    /// Send this message after so many milliseconds.
    Later(u32, M),
    /// Bring the keyboard to the element with this id.
    Focus(&'static str),
    /// Copy a text; whether that worked is said by this message.
    Copy(String, fn(bool) -> M),
    /// Load the page again.
    Reload,
    /// What the header counts has changed.
    Recount,
    /// Another language or theme.
    Switch(Switch),
}

/// The text of an answer, or why there is none.
pub type Answer = Result<String, Failure>;

/// A request, and what its answer means.
pub struct Request<M> {
    /// How.
    pub method: Method,
    /// Where, with its query.
    pub path: String,
    /// The JSON that goes along.
    pub body: Option<String>,
    /// For writes: by which the server knows the same request again.
    pub key: Option<Key>,
    /// The message that an answer makes.
    pub then: Box<dyn FnOnce(Answer) -> M>,
}

/// How a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Takes away.
    Delete,
}

/// Reads `path` as a `T`.
pub fn get<T: DeserializeOwned, M>(path: String, then: impl FnOnce(Result<T, Failure>) -> M + 'static) -> Effect<M> {
    ask(Method::Get, path, None, None, then)
}

/// Reads `path` as it is written.
pub fn text<M>(path: String, then: impl FnOnce(Answer) -> M + 'static) -> Effect<M> {
    Effect::Ask(Request { method: Method::Get, path, body: None, key: None, then: Box::new(then) })
}

/// Sends `body` to `path`, once for each `key`; the answer is a `T`.
pub fn post<T: DeserializeOwned, M>(
    path: String,
    body: &impl Serialize,
    key: Option<Key>,
    then: impl FnOnce(Result<T, Failure>) -> M + 'static,
) -> Effect<M> {
    ask(Method::Post, path, serde_json::to_string(body).ok(), key, then)
}

/// Sends nothing but the request itself.
pub fn post_empty<T: DeserializeOwned, M>(
    path: String,
    key: Key,
    then: impl FnOnce(Result<T, Failure>) -> M + 'static,
) -> Effect<M> {
    ask(Method::Post, path, None, Some(key), then)
}

/// A request whose answer says nothing.
pub fn quiet<M>(
    method: Method,
    path: String,
    key: Option<Key>,
    then: impl FnOnce(Result<(), Failure>) -> M + 'static,
) -> Effect<M> {
    let then = Box::new(move |answer: Answer| then(answer.map(|_| ())));
    Effect::Ask(Request { method, path, body: None, key, then })
}

fn ask<T: DeserializeOwned, M>(
    method: Method,
    path: String,
    body: Option<String>,
    key: Option<Key>,
    then: impl FnOnce(Result<T, Failure>) -> M + 'static,
) -> Effect<M> {
    Effect::Ask(Request { method, path, body, key, then: Box::new(move |answer| then(read(answer))) })
}

fn read<T: DeserializeOwned>(answer: Answer) -> Result<T, Failure> {
    serde_json::from_str(&answer?).map_err(|_| Failure::Unreadable)
}

/// What a page waits for when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// On its way.
    Waiting,
    /// There.
    Here(T),
    /// Not to be had.
    Failed(Failure),
}

impl<T> Loaded<T> {
    /// What is there.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

impl<T> From<Result<T, Failure>> for Loaded<T> {
    fn from(result: Result<T, Failure>) -> Self {
        match result {
            Ok(value) => Self::Here(value),
            Err(failure) => Self::Failed(failure),
        }
    }
}

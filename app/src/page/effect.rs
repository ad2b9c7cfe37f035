//! What a page asks of the browser and of the server, as data.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::submit::Key;
use crate::client::Failure;
use crate::widgets::chrome::Switch;

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
    /// Bring the keyboard to the first field whose id is this or begins so, and into sight.
    Reveal(String),
    /// Keep a text in this browser under a name, or nothing any more.
    Keep(String, Option<String>),
    /// What this browser keeps under a name.
    Recall(String, Box<dyn FnOnce(Option<String>) -> M>),
    /// Hand the person a file with this name and text.
    Download(String, String),
    /// Copy a text; whether that worked is said by this message.
    Copy(String, Box<dyn FnOnce(bool) -> M>),
    /// Load the page again.
    Reload,
    /// What the header counts has changed.
    Recount,
    /// Another language or theme.
    Switch(Switch),
}

impl<M: 'static> Effect<M> {
    /// The same for a page of which this is a part: `into` makes its messages the page's.
    pub fn map<N: 'static>(self, into: fn(M) -> N) -> Effect<N> {
        match self {
            Self::Ask(Request { method, path, body, key, then }) => {
                Effect::Ask(Request { method, path, body, key, then: Box::new(move |answer| into(then(answer))) })
            }
            Self::Open(address) => Effect::Open(address),
            Self::Query(query) => Effect::Query(query),
            Self::Later(milliseconds, message) => Effect::Later(milliseconds, into(message)),
            Self::Focus(id) => Effect::Focus(id),
            Self::Reveal(id) => Effect::Reveal(id),
            Self::Keep(name, text) => Effect::Keep(name, text),
            Self::Recall(name, then) => Effect::Recall(name, Box::new(move |kept| into(then(kept)))),
            Self::Download(name, text) => Effect::Download(name, text),
            Self::Copy(text, then) => Effect::Copy(text, Box::new(move |copied| into(then(copied)))),
            Self::Reload => Effect::Reload,
            Self::Recount => Effect::Recount,
            Self::Switch(switch) => Effect::Switch(switch),
        }
    }
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
    /// Puts in the place of what is there.
    Put,
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

/// Puts `body` in the place of what is at `path`, once for each `key`; the answer is a `T`.
pub fn put<T: DeserializeOwned, M>(
    path: String,
    body: &impl Serialize,
    key: Key,
    then: impl FnOnce(Result<T, Failure>) -> M + 'static,
) -> Effect<M> {
    ask(Method::Put, path, serde_json::to_string(body).ok(), Some(key), then)
}

/// Sends `body` to `path`, once for each `key`; the answer says nothing.
pub fn send<M>(
    path: String,
    body: &impl Serialize,
    key: Key,
    then: impl FnOnce(Result<(), Failure>) -> M + 'static,
) -> Effect<M> {
    let then = Box::new(move |answer: Answer| then(answer.map(|_| ())));
    Effect::Ask(Request { method: Method::Post, path, body: serde_json::to_string(body).ok(), key: Some(key), then })
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

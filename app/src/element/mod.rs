//! Elements: what a view returns. Natively they print as HTML, in the browser Leptos mounts them and keeps them current.
//!
//! Leptos's own elements have a Rust type each, by tag, attributes and children; what builds, changes and drops them is
//! compiled for every one. That was half of what a buyer downloads. An [`Element`] is one type for all: a view is a plain
//! function from a model, and what differs from its last result is changed in the document.

mod dom;
mod html;

use std::borrow::Cow;
use std::rc::Rc;

pub use dom::{Mounted, take_over};

/// A text that is written into the document as it is, never as markup.
pub type Text = Cow<'static, str>;

/// What is called when something happens to an element.
pub type Handler = Rc<dyn Fn(web_sys::Event)>;

/// An element with everything in it.
///
/// In a box, and with what adds to it compiled once: views are long chains of small steps, and a step is then a call.
#[derive(Clone)]
pub struct Element(Box<Parts>);

#[derive(Clone)]
struct Parts {
    tag: &'static str,
    attributes: Vec<(&'static str, Value)>,
    handlers: Vec<(&'static str, Handler)>,
    children: Vec<Child>,
}

/// Of an element that keeps what the server painted in it.
const KEEPS: &str = "data-painted";

/// An attribute's value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(Text),
    /// What stands in a field, where a person changes it too.
    Typed(Text),
    /// There, or not there.
    Flag(bool),
}

/// What can stand in an element.
#[derive(Clone)]
pub enum Child {
    /// A text.
    Text(Text),
    /// An element.
    Element(Element),
    /// An element that is made in its turn.
    Later(Later),
}

/// An element that is made when what goes before it is in the document.
#[derive(Clone)]
pub struct Later {
    make: Rc<dyn Fn() -> Element>,
    /// Nothing happens to what is in it: taking it over from the painted page can wait.
    inert: bool,
}

/// An empty element.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts { tag, attributes: Vec::new(), handlers: Vec::new(), children: Vec::new() }))
}

impl Element {
    /// With an attribute.
    pub fn attr(self, name: &'static str, value: impl Into<Text>) -> Self {
        self.set(name, Value::Text(value.into()))
    }

    #[inline(never)]
    fn set(mut self, name: &'static str, value: Value) -> Self {
        self.0.attributes.push((name, value));
        self
    }

    #[inline(never)]
    fn handle(mut self, event: &'static str, handler: Handler) -> Self {
        self.0.handlers.push((event, handler));
        self
    }

    #[inline(never)]
    fn put(mut self, child: Child) -> Self {
        self.0.children.push(child);
        self
    }

    /// With an attribute, if there is a value for it.
    pub fn maybe_attr(self, name: &'static str, value: Option<impl Into<Text>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// With an attribute that is there or not: `hidden`, `checked`.
    pub fn flag(self, name: &'static str, is: bool) -> Self {
        self.set(name, Value::Flag(is))
    }

    /// With a state that is `true` or `false` in words: `aria-expanded`.
    pub fn state(self, name: &'static str, is: bool) -> Self {
        self.attr(name, if is { "true" } else { "false" })
    }

    /// With what stands in the field, which a person changes too.
    pub fn typed(self, text: impl Into<Text>) -> Self {
        self.set("value", Value::Typed(text.into()))
    }

    /// What the server painted in it besides stays in it for good.
    pub fn keeps_painted(self) -> Self {
        self.flag(KEEPS, true)
    }

    /// With a class.
    pub fn class(self, class: impl Into<Text>) -> Self {
        self.attr("class", class)
    }

    /// With an id.
    pub fn id(self, id: impl Into<Text>) -> Self {
        self.attr("id", id)
    }

    /// With something to do when `event` happens to it.
    pub fn on(self, event: &'static str, handler: impl Fn(web_sys::Event) + 'static) -> Self {
        self.handle(event, Rc::new(handler))
    }

    /// With a message to send when `event` happens to it.
    pub fn sends<M: 'static>(self, event: &'static str, to: &Sink<M>, message: impl Fn() -> M + 'static) -> Self {
        let to = to.clone();
        self.on(event, move |_| to.send(message()))
    }

    /// With another text or element in it.
    pub fn with(self, child: impl Into<Child>) -> Self {
        self.put(child.into())
    }

    /// With another text or element in it, if there is one. What may come and go belongs at an element's end, so that what
    /// stands before it keeps its place in the document, and the keyboard.
    pub fn maybe(self, child: Option<impl Into<Child>>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// With more texts or elements in it.
    pub fn all(self, children: impl IntoIterator<Item = impl Into<Child>>) -> Self {
        children.into_iter().fold(self, Self::with)
    }
}

impl Element {
    /// With another element in it, which follows when everything else has changed: before the browser paints, so that
    /// nothing outdated is ever seen. What a click is about stands in the document by then.
    pub fn after_all(self, make: impl Fn() -> Self + 'static) -> Self {
        self.put(Child::Later(Later { make: Rc::new(make), inert: false }))
    }

    /// The same for an element to which nothing happens. Where the server painted it, it is left alone at first.
    pub fn after_all_inert(self, make: impl Fn() -> Self + 'static) -> Self {
        self.put(Child::Later(Later { make: Rc::new(make), inert: true }))
    }
}

impl From<Element> for Child {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&'static str> for Child {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Child {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// Where a view sends what happens: to the page's model in the browser, nowhere in a first paint.
pub struct Sink<M>(Rc<dyn Fn(M)>);

impl<M: 'static> Sink<M> {
    /// Messages go to `take`.
    pub fn new(take: impl Fn(M) + 'static) -> Self {
        Self(Rc::new(take))
    }

    /// Nobody listens: the page is only printed.
    pub fn nowhere() -> Self {
        Self::new(|_| {})
    }

    /// Something happened.
    pub fn send(&self, message: M) {
        (self.0)(message);
    }
}

impl<M> Clone for Sink<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

//! What an app says about its pages.

use crate::page::{Context, Shown};

/// An address of an app, as the page that it means.
pub trait Address: Clone + 'static {
    /// The page at an address.
    fn read(path: &str, query: &str) -> Self;

    /// The path of the page.
    fn path(&self) -> String;

    /// What stands around it.
    fn place(&self) -> Place;

    /// Opens it: the same for the browser, which keeps it, and for the first paint, which prints it.
    fn open<O: Opened>(self, query: &str, context: &Context, opened: O) -> O::As;
}

/// What is done with a page that is opened.
pub trait Opened {
    /// What becomes of it.
    type As;

    /// Takes the page, as it begins.
    fn take<P: Shown>(self, page: P) -> Self::As;
}

/// What stands around a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing: the page is another house's.
    Bare,
    /// The frame, before anybody is known.
    SignIn,
    /// The frame.
    Framed,
    /// The frame around the notices themselves: they are counted by their page.
    Notices,
}

//! Which page a route opens.

use super::route::Route;
use super::{editor, products, revisions};
use crate::frame::{Address, Opened, Place};
use crate::page::{Context, Nowhere};

impl Address for Route {
    fn read(path: &str, _: &str) -> Self {
        Self::read(path)
    }

    fn path(&self) -> String {
        self.path()
    }

    fn place(&self) -> Place {
        Place::Framed
    }

    fn open<O: Opened>(self, query: &str, _: &Context, opened: O) -> O::As {
        match self {
            Self::Products => opened.take(products::Products::new(query)),
            Self::Editor(slug) => opened.take(editor::Editor::new(slug, query)),
            Self::Revisions(slug) => opened.take(revisions::Revisions::new(slug)),
            Self::Unknown => opened.take(Nowhere),
        }
    }
}

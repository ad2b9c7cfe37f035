//! The page for an address where there is nothing.

use super::{Context, Effect, Page, Shown};
use crate::client::Failure;
use crate::element::{Element, Sink};
use crate::i18n::Lang;
use crate::storefront::plain;

/// The page.
pub struct Nowhere;

impl Page for Nowhere {
    type Msg = ();

    fn begin(&mut self) -> Vec<Effect<()>> {
        Vec::new()
    }

    fn update(&mut self, (): ()) -> Vec<Effect<()>> {
        Vec::new()
    }
}

impl Shown for Nowhere {
    fn view(&self, context: &Context, _: &Sink<()>) -> Element {
        plain::failed(&Failure::NotFound, context.lang)
    }

    fn title(&self, _: Lang) -> String {
        "Quotient".to_owned()
    }
}

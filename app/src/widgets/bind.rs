//! Binding a model to the document: few types, so that every page shares the code of one binding.

use leptos::prelude::*;

/// A part of the page that is made anew when what it reads changes.
pub type Block = Box<dyn FnMut() -> AnyView + Send>;

/// A signal that a page's model lives in, with ways to show parts of it.
pub trait Shown<M: Send + Sync + 'static>: Copy + Send + Sync + 'static {
    /// The model.
    fn model(self) -> RwSignal<M>;

    /// A text that follows the model.
    fn text(self, of: impl Fn(&M) -> String + Send + Sync + 'static) -> Signal<String> {
        let model = self.model();
        Signal::derive(move || model.with(&of))
    }

    /// A condition that follows the model.
    fn is(self, of: impl Fn(&M) -> bool + Send + Sync + 'static) -> Signal<bool> {
        let model = self.model();
        Signal::derive(move || model.with(&of))
    }

    /// A part that follows the model.
    fn block(self, of: impl Fn(&M) -> AnyView + Send + 'static) -> Block {
        let model = self.model();
        Box::new(move || model.with(&of))
    }
}

impl<M: Send + Sync + 'static> Shown<M> for RwSignal<M> {
    fn model(self) -> RwSignal<M> {
        self
    }
}

/// Nothing.
pub fn nothing() -> AnyView {
    ().into_any()
}

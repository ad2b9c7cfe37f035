//! Elements that are made when what goes before them is in the document.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen_futures::spawn_local;

use super::{Mounted, change};
use crate::element::{Element, Later};

/// When what is inert on a painted page is taken over, unless it changes before: the first clicks go first.
const AT_LEISURE: Duration = Duration::from_millis(500);

type Make = Rc<dyn Fn() -> Element>;
/// Takes over what was painted.
pub(super) type Adopt = fn(Element, web_sys::Element) -> Mounted;

thread_local! {
    /// Those that change next, in the order of the document.
    static WAITING: RefCell<Vec<Rc<Slot>>> = const { RefCell::new(Vec::new()) };
}

/// The place of such an element.
pub(super) struct Slot {
    state: RefCell<State>,
    /// What it shall become.
    next: Cell<Option<Make>>,
}

enum State {
    /// As the server painted it, from what this makes, and how it is taken over.
    Painted(web_sys::Element, Make, Adopt),
    Mounted(Mounted),
}

impl Slot {
    pub(super) fn built(mounted: Mounted) -> Rc<Self> {
        Rc::new(Self { state: RefCell::new(State::Mounted(mounted)), next: Cell::new(None) })
    }

    /// What the server painted: left as it is for now.
    pub(super) fn painted(node: web_sys::Element, later: Later, adopt: Adopt) -> Rc<Self> {
        let state = RefCell::new(State::Painted(node, later.make, adopt));
        let slot = Rc::new(Self { state, next: Cell::new(None) });
        let at_leisure = slot.clone();
        set_timeout(move || at_leisure.settle(), AT_LEISURE);
        slot
    }

    pub(super) fn node(&self) -> web_sys::Element {
        match &*self.state.borrow() {
            State::Painted(node, ..) => node.clone(),
            State::Mounted(mounted) => mounted.node.clone(),
        }
    }

    /// Changes it in its turn.
    pub(super) fn change(self: &Rc<Self>, later: Later) {
        if self.next.replace(Some(later.make)).is_none() {
            WAITING.with_borrow_mut(|waiting| waiting.push(self.clone()));
        }
    }

    fn settle(&self) {
        let mut state = self.state.borrow_mut();
        if let State::Painted(node, make, adopt) = &*state {
            *state = State::Mounted(adopt(make(), node.clone()));
        }
        if let (Some(make), State::Mounted(mounted)) = (self.next.take(), &mut *state) {
            change(make(), mounted);
        }
    }
}

/// Changes those that wait once everything that watches the document has been told what has changed so far. It is a
/// microtask: the browser paints after it, and no click comes between.
pub(super) fn follow() {
    if WAITING.with_borrow(Vec::is_empty) {
        return;
    }
    spawn_local(async {
        loop {
            let waiting = WAITING.take();
            if waiting.is_empty() {
                break;
            }
            for slot in waiting {
                slot.settle();
            }
        }
    });
}

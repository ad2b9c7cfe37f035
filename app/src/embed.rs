//! Inside a frame on somebody else's site: what the page tells the element that holds it, and nobody else.
//!
//! Which sites may hold it, the page's policy says (`frame-ancestors`), so whoever answers is one of them. Until the parent has
//! answered, all it hears is `ready`.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::{document, window, window_event_listener_untyped};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Window};

thread_local! {
    /// The origin of the page around this one, once it has answered.
    static AROUND: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn parent() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (!Reflect::get(&window(), &"top".into()).is_ok_and(|top| top == JsValue::from(window()))).then_some(parent)
}

/// Says it to the page around this one, which was heard before.
fn tell(what: &str) {
    let around = AROUND.with_borrow(Clone::clone);
    if let Some((parent, around)) = parent().zip(around) {
        let _ = parent.post_message(&what.into(), &around);
    }
}

fn tell_height() {
    let page = document().query_selector(".embed").ok().flatten().and_then(|page| page.dyn_into::<HtmlElement>().ok());
    if let Some(page) = page {
        tell(&["height ", &page.offset_height().to_string()].concat());
    }
}

/// Begins to listen to the page around this one, and to tell it how high this one is.
pub fn start() {
    let Some(parent) = parent() else { return };
    let _ = window_event_listener_untyped("message", move |event| {
        let get = |name: &str| Reflect::get(&event, &name.into()).unwrap_or_default();
        let from = window().parent().ok().flatten();
        if get("data") != "shown" || from.is_none_or(|from| get("source") != JsValue::from(from)) {
            return;
        }
        AROUND.set(get("origin").as_string());
        tell_height();
    });
    watch();
    // Nothing of anybody's is in it.
    let _ = parent.post_message(&"ready".into(), "*");
}

/// Tells every new height.
fn watch() {
    let observer = Reflect::get(&window(), &"ResizeObserver".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let changed = Closure::<dyn Fn()>::new(tell_height).into_js_value();
    let observer = observer.and_then(|observer| Reflect::construct(&observer, &Array::of1(&changed)).ok());
    let Some((observer, root)) = observer.zip(document().get_element_by_id("app")) else { return };
    let observe = Reflect::get(&observer, &"observe".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    if let Some(observe) = observe {
        let _ = observe.call1(&observer, &root);
    }
}

/// Has the page around this one go to a page of the market; `false` where there is none.
pub fn open(path: &str) -> bool {
    let embedded = AROUND.with_borrow(Option::is_some);
    if embedded {
        tell(&["open ", path].concat());
    }
    embedded
}

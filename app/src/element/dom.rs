//! Elements in the document: built once, or taken over as the server painted them, then changed where the next view differs.

mod adopt;
mod later;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::document;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, Node};

pub use self::adopt::take_over;
use self::later::Slot;
use super::{Child, Element, Handler, Parts, Text, Value};

/// An element that is in the document, and what it was built from.
pub struct Mounted {
    tag: &'static str,
    /// It is SVG, or in one.
    in_drawing: bool,
    node: web_sys::Element,
    attributes: Vec<(&'static str, Value)>,
    listeners: Vec<Listener>,
    children: Vec<MountedChild>,
}

enum MountedChild {
    Text(web_sys::Text, Text),
    Element(Mounted),
    Later(Rc<Slot>),
}

/// The document keeps one listener for as long as the element lives; whom it calls is exchanged without asking it.
struct Listener {
    event: &'static str,
    handler: Rc<RefCell<Handler>>,
    _keep: Closure<dyn FnMut(Event)>,
}

impl Render for Element {
    type State = Mounted;

    fn build(self) -> Mounted {
        match adopt::painted() {
            Some(node) => adopt::adopt(self, node, false),
            None => build(self, false),
        }
    }

    fn rebuild(self, state: &mut Mounted) {
        change(self, state);
        later::follow();
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.node.remove();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        // What was taken over stays where it is: moved, it would lose the keyboard.
        let stays = marker.is_none() && self.node.parent_node().is_some_and(|at| at.is_same_node(Some(parent)));
        if !stays {
            let _ = parent.insert_before(&self.node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.node.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        vec![self.node.clone()]
    }
}

fn build(element: Element, in_drawing: bool) -> Mounted {
    let Parts { tag, attributes, handlers, children } = *element.0;
    let in_drawing = in_drawing || tag == "svg";
    let node = create(tag, in_drawing);
    for (name, value) in &attributes {
        set(&node, name, None, Some(value));
    }
    let listeners = handlers.into_iter().map(|(event, handler)| listen(&node, event, handler)).collect();
    let children = children.into_iter().map(|child| add(&node, child, in_drawing)).collect();
    Mounted { tag, in_drawing, node, attributes, listeners, children }
}

fn create(tag: &str, in_drawing: bool) -> web_sys::Element {
    let document = document();
    let made = if in_drawing {
        document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
    } else {
        document.create_element(tag)
    };
    // Refused only for names that are none: every tag here is a literal.
    made.unwrap_or_else(|error| wasm_bindgen::throw_val(error))
}

fn add(parent: &Node, child: Child, in_drawing: bool) -> MountedChild {
    let child = build_child(child, in_drawing);
    let _ = parent.append_child(&child.node());
    child
}

fn build_child(child: Child, in_drawing: bool) -> MountedChild {
    match child {
        Child::Text(text) => MountedChild::Text(document().create_text_node(&text), text),
        Child::Element(element) => MountedChild::Element(build(element, in_drawing)),
        Child::Later(later) => MountedChild::Later(Slot::built(build((later.make)(), in_drawing))),
    }
}

impl MountedChild {
    fn node(&self) -> Node {
        match self {
            Self::Text(node, _) => node.clone().into(),
            Self::Element(mounted) => mounted.node.clone().into(),
            Self::Later(slot) => slot.node().into(),
        }
    }
}

fn change(element: Element, mounted: &mut Mounted) {
    let Parts { tag, attributes, handlers, children } = *element.0;
    let same_handlers = handlers.iter().map(|(event, _)| *event).eq(mounted.listeners.iter().map(|old| old.event));
    if tag != mounted.tag || !same_handlers {
        let new = build(Element(Box::new(Parts { tag, attributes, handlers, children })), mounted.in_drawing);
        let _ = mounted.node.replace_with_with_node_1(&new.node);
        *mounted = new;
        return;
    }
    change_attributes(&mounted.node, &mounted.attributes, &attributes);
    mounted.attributes = attributes;
    for (listener, (_, handler)) in mounted.listeners.iter().zip(handlers) {
        listener.handler.replace(handler);
    }
    change_children(children, mounted);
}

fn change_attributes(node: &web_sys::Element, old: &[(&'static str, Value)], new: &[(&'static str, Value)]) {
    for (index, (name, value)) in new.iter().enumerate() {
        // Nearly always it stands where it stood.
        let same_place = old.get(index).filter(|(known, _)| known == name);
        let before = same_place.or_else(|| old.iter().find(|(known, _)| known == name));
        set(node, name, before.map(|(_, value)| value), Some(value));
    }
    for (name, value) in old {
        if new.iter().all(|(known, _)| known != name) {
            set(node, name, Some(value), None);
        }
    }
}

fn change_children(children: Vec<Child>, mounted: &mut Mounted) {
    let in_drawing = mounted.in_drawing;
    let wanted = children.len();
    for (index, child) in children.into_iter().enumerate() {
        match (child, mounted.children.get_mut(index)) {
            (child, None) => {
                let child = add(&mounted.node, child, in_drawing);
                mounted.children.push(child);
            }
            (Child::Text(text), Some(MountedChild::Text(node, old))) => {
                if text != *old {
                    node.set_data(&text);
                    *old = text;
                }
            }
            (Child::Element(element), Some(MountedChild::Element(old))) => change(element, old),
            (Child::Later(later), Some(MountedChild::Later(slot))) => slot.change(later),
            (child, Some(old)) => {
                let child = build_child(child, in_drawing);
                let _ = mounted.node.replace_child(&child.node(), &old.node());
                *old = child;
            }
        }
    }
    for gone in mounted.children.drain(wanted.min(mounted.children.len())..) {
        let _ = mounted.node.remove_child(&gone.node());
    }
}

/// Sets an attribute to its new value. What a person changes too, a field's text and whether it is checked, is held against
/// the field itself.
fn set(node: &web_sys::Element, name: &str, old: Option<&Value>, new: Option<&Value>) {
    // Only inputs have these two.
    let field = || node.unchecked_ref::<HtmlInputElement>();
    match new {
        Some(Value::Typed(text)) if field().value() != **text => return field().set_value(text),
        Some(Value::Flag(is)) if name == "checked" => {
            if field().checked() != *is {
                field().set_checked(*is);
            }
            return;
        }
        Some(Value::Typed(_)) => return,
        _ if old == new => return,
        _ => {}
    }
    let _ = match new {
        Some(Value::Text(text) | Value::Typed(text)) => node.set_attribute(name, text),
        Some(Value::Flag(true)) => node.set_attribute(name, ""),
        Some(Value::Flag(false)) | None => node.remove_attribute(name),
    };
}

fn listen(node: &web_sys::Element, event: &'static str, handler: Handler) -> Listener {
    let handler = Rc::new(RefCell::new(handler));
    let of_listener = handler.clone();
    let keep = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        // Not borrowed while it runs: what it does may lead back here.
        let handler = of_listener.borrow().clone();
        handler(event);
    });
    let callback: &JsValue = keep.as_ref();
    let _ = node.add_event_listener_with_callback(event, callback.unchecked_ref());
    Listener { event, handler, _keep: keep }
}

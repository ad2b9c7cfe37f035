//! Taking over what the server painted, instead of building it anew.
//!
//! The server printed it from the same view of the same model, so names and texts are taken for what they are. What stands
//! where is looked at all the same, and put right where it differs.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::Node;

use super::later::Slot;
use super::{Mounted, MountedChild, build, build_child, listen};
use crate::element::{Child, Element, KEEPS, Parts, Text};

thread_local! {
    static PAINTED: RefCell<Option<web_sys::Element>> = const { RefCell::new(None) };
}

/// The element that is mounted next is in the document already: this is it.
pub fn take_over(node: web_sys::Element) {
    PAINTED.set(Some(node));
}

pub(super) fn painted() -> Option<web_sys::Element> {
    PAINTED.take()
}

pub(super) fn adopt(element: Element, node: web_sys::Element, in_drawing: bool) -> Mounted {
    let Parts { tag, attributes, handlers, children } = *element.0;
    let in_drawing = in_drawing || tag == "svg";
    let listeners = handlers.into_iter().map(|(event, handler)| listen(&node, event, handler)).collect();
    let mut cursor = Cursor { at: node.first_child(), parent: &node, in_drawing };
    let children = children.into_iter().map(|child| cursor.take(child)).collect();
    if attributes.iter().all(|(name, _)| *name != KEEPS) {
        cursor.remove_rest();
    }
    Mounted { tag, in_drawing, node, attributes, listeners, children }
}

/// What stands in no drawing.
fn adopt_outside(element: Element, node: web_sys::Element) -> Mounted {
    adopt(element, node, false)
}

/// Goes through what is in an element.
struct Cursor<'n> {
    parent: &'n Node,
    at: Option<Node>,
    in_drawing: bool,
}

impl Cursor<'_> {
    fn take(&mut self, child: Child) -> MountedChild {
        match child {
            Child::Text(text) => self.text(text),
            Child::Element(element) => match self.element(element.0.tag) {
                Some(node) => MountedChild::Element(adopt(element, node, self.in_drawing)),
                None => self.build(Child::Element(element)),
            },
            Child::Later(later) if later.inert => match self.element("") {
                Some(node) => MountedChild::Later(Slot::painted(node, later, adopt_outside)),
                None => self.build(Child::Later(later)),
            },
            Child::Later(later) => {
                let element = (later.make)();
                let mounted = match self.element(element.0.tag) {
                    Some(node) => adopt(element, node, self.in_drawing),
                    None => {
                        let mounted = build(element, self.in_drawing);
                        let _ = self.parent.insert_before(&mounted.node, self.at.as_ref());
                        mounted
                    }
                };
                MountedChild::Later(Slot::built(mounted))
            }
        }
    }

    /// The next node, if it is an element with this tag, or with any where none is asked for.
    fn element(&mut self, tag: &str) -> Option<web_sys::Element> {
        let node = self.at.take_if(|node| {
            node.node_type() == Node::ELEMENT_NODE
                && (tag.is_empty() || node.unchecked_ref::<web_sys::Element>().local_name() == tag)
                // Where scripts run, what is in it was read as a text.
                && tag != "noscript"
        })?;
        self.at = node.next_sibling();
        Some(node.unchecked_into())
    }

    /// Texts that stand beside each other were read as one; an empty one leaves no trace.
    fn text(&mut self, text: Text) -> MountedChild {
        let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let found = self.at.take_if(|node| {
            length > 0
                && node.node_type() == Node::TEXT_NODE
                && node.unchecked_ref::<web_sys::Text>().length() >= length
        });
        let Some(found) = found.map(JsCast::unchecked_into::<web_sys::Text>) else {
            return self.build(Child::Text(text));
        };
        self.at =
            if found.length() > length { found.split_text(length).ok().map(Into::into) } else { found.next_sibling() };
        MountedChild::Text(found, text)
    }

    fn build(&self, child: Child) -> MountedChild {
        let child = build_child(child, self.in_drawing);
        let _ = self.parent.insert_before(&child.node(), self.at.as_ref());
        child
    }

    fn remove_rest(self) {
        let mut at = self.at;
        while let Some(node) = at {
            at = node.next_sibling();
            let _ = self.parent.remove_child(&node);
        }
    }
}

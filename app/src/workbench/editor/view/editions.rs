//! The editions beside each other: chosen, put in order, added.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::edition;
use super::fields::Fields;
use crate::element::{Element, el};
use crate::workbench::editor::Msg;
use crate::workbench::form::Act;

/// The editions, and the one that is open.
pub(super) fn view(fields: &Fields<'_>) -> Element {
    let bench = fields.bench;
    let lang = fields.lang;
    let tabs = (0..bench.form.editions.len()).map(|index| tab(fields, index));
    let add =
        fields.button(lang.pick("＋ 新建版本", "+ New edition").into(), || Act::AddEdition).attr("id", "add-edition");
    let tabs = el("div")
        .class("form-editions")
        .attr("role", "tablist")
        .attr("aria-label", lang.pick("版本", "Editions"))
        .all(tabs);
    fields.note("/editions", "x");
    let open = (bench.edition < bench.form.editions.len()).then(|| edition::view(fields, bench.edition));
    let said = fields.said();
    el("div")
        .class("form-part")
        .id("f-editions")
        .with(el("div").class("form-bar").with(tabs).with(add))
        .with(said)
        .maybe(open)
}

/// A tab can be moved by dragging it, and by Alt with the arrows.
fn tab(fields: &Fields<'_>, index: usize) -> Element {
    let bench = fields.bench;
    let lang = fields.lang;
    let edition = &bench.form.editions[index];
    let name = match edition.name.trim() {
        "" => lang.pick("未命名", "No name").to_owned(),
        name => name.to_owned(),
    };
    let below = format!("/editions/{index}/");
    let wrong = bench.checked.wrong.iter().any(|violation| violation.at.starts_with(&below));
    let last = bench.form.editions.len().saturating_sub(1);
    let (moved, dropped) = (fields.to.clone(), fields.to.clone());
    let mut class = "form-edition".to_owned();
    if edition.hidden {
        class.push_str(" is-hidden");
    }
    if wrong && bench.tried {
        class.push_str(" is-wrong");
    }
    el("button")
        .id(format!("edition-tab-{index}"))
        .class(class)
        .attr("type", "button")
        .attr("role", "tab")
        .attr("draggable", "true")
        .attr("title", lang.pick("拖动，或按 Alt + ← →，调整显示顺序", "Drag, or press Alt with ← →, to move it"))
        .state("aria-selected", index == bench.edition)
        .sends("click", fields.to, move || Msg::Edition(index))
        .on("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let to = match event.key().as_str() {
                "ArrowLeft" if index > 0 => index - 1,
                "ArrowRight" if index < last => index + 1,
                _ => return,
            };
            event.prevent_default();
            if event.alt_key() {
                moved.send(Msg::Did(Act::MoveEdition(index, to)));
            } else {
                moved.send(Msg::Edition(to));
            }
            crate::browser::focus(&format!("edition-tab-{to}"));
        })
        .on("dragstart", move |event| drag(&event, index))
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| {
            event.prevent_default();
            if let Some(from) = dragged(&event) {
                dropped.send(Msg::Did(Act::MoveEdition(from, index)));
            }
        })
        .with(name)
        .maybe(edition.hidden.then(|| el("span").class("form-mark").with(lang.pick("已隐藏", "hidden"))))
}

/// What is dragged, said in a way that only this list understands.
const KIND: &str = "application/x-edition";

fn drag(event: &web_sys::Event, index: usize) {
    if let Some(transfer) = event.dyn_ref::<web_sys::DragEvent>().and_then(web_sys::DragEvent::data_transfer) {
        let _ = transfer.set_data(KIND, &index.to_string());
    }
}

fn dragged(event: &web_sys::Event) -> Option<usize> {
    let transfer = event.dyn_ref::<web_sys::DragEvent>()?.data_transfer()?;
    transfer.get_data(KIND).ok()?.parse().ok()
}

//! The comparison of the editions.

use super::compare::{Comparison, comparison};
use super::model::Model;
use crate::element::{Element, el};
use crate::i18n::Lang;

/// Shows the table.
pub(super) fn view(model: &Model, lang: Lang) -> Element {
    let Comparison { editions, rows } = comparison(&model.offer, model.draft.term, lang);
    let chosen = |index: usize| (model.draft.edition == index).then_some("is-chosen");
    let heads = editions.iter().map(|&index| {
        let name = model.offer.editions[index].name.clone();
        el("th").attr("scope", "col").maybe_attr("class", chosen(index)).with(name)
    });
    let rows = rows.iter().map(|row| {
        let cells = row.cells.iter().zip(&editions).map(|(lines, &index)| {
            let none = lines.is_empty().then_some("—");
            let lines = lines.iter().map(|entry| {
                let part =
                    |class, text: &str| (!text.is_empty()).then(|| el("span").class(class).with(text.to_owned()));
                el("span").class("entry").maybe(part("entry-name", &entry.name)).maybe(part("price", &entry.price))
            });
            el("td").maybe_attr("class", chosen(index)).all(lines).maybe(none)
        });
        let label = el("th").attr("scope", "row").with(row.label.clone());
        el("tr").maybe_attr("class", (!row.differs()).then_some("is-same")).with(label).all(cells)
    });
    let table = el("table")
        .class("compare")
        .with(el("thead").with(el("tr").with(el("td")).all(heads)))
        .with(el("tbody").all(rows));
    let scroll = el("div")
        .class("scroll")
        .attr("role", "region")
        .attr("aria-labelledby", "compare")
        .attr("tabindex", "0")
        .with(table);
    let title = el("h2").id("compare").with(lang.pick("版本对比", "Compare editions"));
    el("section").class("part").with(title).with(scroll)
}

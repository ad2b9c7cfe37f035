//! Tables that become cards on a phone. The roles are written out: a browser forgets them where a row is laid out as a card.

use crate::element::{Child, Element, el};
use crate::page::parts::link;

/// A column: its name, and the class of its cells.
pub type Column = (&'static str, &'static str);

/// A cell of a column.
pub fn cell((name, class): Column, content: impl Into<Child>) -> Element {
    el("td").class(class).attr("role", "cell").attr("data-name", name).with(content)
}

/// The cell that leads to what its row is about.
pub fn leading((name, class): Column, href: String, words: impl Into<Child>) -> Element {
    el("th").class(class).attr("role", "rowheader").attr("scope", "row").attr("data-name", name).with(link(href, words))
}

/// A row of cells.
pub fn row(cells: impl IntoIterator<Item = Element>) -> Element {
    el("tr").attr("role", "row").all(cells)
}

/// A table of rows.
pub fn table(name: &'static str, columns: &[Column], rows: impl IntoIterator<Item = Element>, busy: bool) -> Element {
    let head = columns
        .iter()
        .map(|(name, class)| el("th").class(*class).attr("role", "columnheader").attr("scope", "col").with(*name));
    el("table")
        .class("table")
        .attr("role", "table")
        .attr("aria-label", name)
        .state("aria-busy", busy)
        .with(el("thead").attr("role", "rowgroup").with(row(head)))
        .with(el("tbody").attr("role", "rowgroup").all(rows))
}

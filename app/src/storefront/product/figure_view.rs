//! The price curve, with its labels on the curve itself.

use super::figure::{Figure, Mark};
use super::model::Model;
use crate::element::{Element, el};
use crate::format::yuan;
use crate::i18n::Lang;

/// Shows the curves of the last valid price; empty where nothing is counted.
pub(super) fn view(model: &Model, lang: Lang) -> Element {
    let figures = model.last.as_ref().map_or(&[][..], |price| &price.beside().figures);
    let part = el("section").flag("hidden", figures.is_empty()).class("part");
    part.with(el("h2").with(lang.pick("价格曲线", "Price curve")))
        .all(figures.iter().map(|figure| drawing(figure, lang)))
}

fn drawing(figure: &Figure, lang: Lang) -> Element {
    let Figure { name, unit, corners, first, last, chosen, cliffs } = figure;
    let cliff_sentences: Vec<String> =
        cliffs.iter().map(|(before, after)| cliff_sentence(before, after, unit, lang)).collect();
    let point = |mark: &Mark| [&mark.quantity.to_string(), " ", unit, " ", &yuan(mark.total)].concat();
    let summary = [
        name.as_str(),
        lang.pick("与合计：", " and total: "),
        &point(first),
        lang.pick("，", ", "),
        &point(last),
        lang.pick("。所选 ", ". Chosen: "),
        &point(chosen),
        lang.pick("。", ". "),
        &cliff_sentences.join(lang.pick("", " ")),
    ];
    let plot = el("svg")
        .class("curve-plot")
        .attr("y", "24")
        .attr("width", "100%")
        .attr("height", "160")
        .attr("overflow", "visible")
        .with(line("curve-ground", (0, 1000), (1000, 1000)))
        .with(line("curve-drop", (chosen.x, chosen.y), (chosen.x, 1000)))
        .with(stretched(corners))
        .all(
            cliffs.iter().flat_map(|(before, after)| [dot("curve-cliff", before, "4"), dot("curve-cliff", after, "4")]),
        )
        .with(dot("curve-chosen", chosen, "6"))
        .maybe(label(figure, point(chosen)));
    let ends = [("0", "start", first), ("100%", "end", last)].map(|(x, anchor, mark)| {
        let class = if mark.quantity == chosen.quantity { "curve-end is-chosen" } else { "curve-end" };
        el("text").class(class).attr("x", x).attr("y", "204").attr("text-anchor", anchor).with(point(mark))
    });
    let drawing = el("svg")
        .attr("role", "img")
        .attr("aria-label", summary.concat())
        .attr("width", "100%")
        .attr("height", "208")
        .with(plot)
        .all(ends);
    let title = el("span").with([name.as_str(), lang.pick(" → 合计", " → total")].concat());
    let caption =
        el("figcaption").with(title).all(cliff_sentences.into_iter().map(|sentence| el("span").with(sentence)));
    el("figure").class("curve").with(drawing).with(caption)
}

/// The curve, as wide as there is room, its line as thin as everywhere.
pub(crate) fn stretched(corners: &str) -> Element {
    let line = el("polyline")
        .class("curve-line")
        .attr("points", corners.to_owned())
        .attr("vector-effect", "non-scaling-stroke");
    el("svg")
        .attr("width", "100%")
        .attr("height", "100%")
        .attr("viewBox", "0 0 1000 1000")
        .attr("preserveAspectRatio", "none")
        .attr("overflow", "visible")
        .with(line)
}

pub(crate) fn line(class: &'static str, (x1, y1): (u16, u16), (x2, y2): (u16, u16)) -> Element {
    el("line")
        .class(class)
        .attr("x1", percent(x1))
        .attr("y1", percent(y1))
        .attr("x2", percent(x2))
        .attr("y2", percent(y2))
}

pub(crate) fn dot(class: &'static str, mark: &Mark, radius: &'static str) -> Element {
    el("circle").class(class).attr("cx", percent(mark.x)).attr("cy", percent(mark.y)).attr("r", radius)
}

/// The chosen point's label, where the curve is not: it rises, so above it on the left or below it on the right. At its ends
/// the point is labelled already.
fn label(figure: &Figure, text: String) -> Option<Element> {
    let Figure { first, last, chosen: mark, cliffs, .. } = figure;
    if [first.quantity, last.quantity].contains(&mark.quantity) {
        return None;
    }
    let after_cliff = cliffs.iter().any(|(_, after)| (after.x..after.x + 200).contains(&mark.x));
    let (dx, dy, anchor) = match mark {
        Mark { x: 251.., .. } if !after_cliff => ("-8", "-12", "end"),
        Mark { y: 851.., .. } => ("0", "-40", "start"),
        _ => ("12", "24", "start"),
    };
    let label = el("text")
        .class("curve-label")
        .attr("x", percent(mark.x))
        .attr("y", percent(mark.y))
        .attr("dx", dx)
        .attr("dy", dy)
        .attr("text-anchor", anchor)
        .with(text);
    Some(label)
}

pub(crate) fn cliff_sentence(before: &Mark, after: &Mark, unit: &str, lang: Lang) -> String {
    let (dear, cheap) = (yuan(before.total), yuan(after.total));
    lang.pick(
        format!("{} {unit} {dear}，{} {unit}只要 {cheap}。", before.quantity, after.quantity),
        format!("{} {unit} cost {dear}, {} {unit} only {cheap}.", before.quantity, after.quantity),
    )
}

pub(crate) fn percent(thousandths: u16) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

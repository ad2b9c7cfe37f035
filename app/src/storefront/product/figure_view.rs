//! The price curve, with its labels on the curve itself.

use leptos::prelude::*;

use super::figure::{Figure, Mark};
use super::model::Model;
use crate::format::yuan;
use crate::i18n::Lang;
use crate::widgets::bind::nothing;

/// Shows the curves of the last valid price.
pub(super) fn view(model: &Model, lang: Lang) -> AnyView {
    let Some(price) = model.last.as_ref().filter(|price| !price.figures.is_empty()) else { return nothing() };
    let figures: Vec<AnyView> = price.figures.iter().map(|figure| drawing(figure, lang)).collect();
    view! { <section class="part"><h2>{lang.pick("价格曲线", "Price curve")}</h2>{figures}</section> }.into_any()
}

fn drawing(figure: &Figure, lang: Lang) -> AnyView {
    let Figure { name, unit, corners, first, last, chosen, cliffs } = figure;
    let said = cliffs.iter().map(|(before, after)| cliff_sentence(before, after, unit, lang)).collect::<Vec<_>>();
    let summary = lang.pick(
        format!(
            "{name}与合计：{} {unit} {}，{} {unit} {}。所选 {} {unit} {}。{}",
            first.quantity,
            yuan(first.total),
            last.quantity,
            yuan(last.total),
            chosen.quantity,
            yuan(chosen.total),
            said.join("")
        ),
        format!(
            "{name} and total: {} {unit} {}, {} {unit} {}. Chosen: {} {unit} {}. {}",
            first.quantity,
            yuan(first.total),
            last.quantity,
            yuan(last.total),
            chosen.quantity,
            yuan(chosen.total),
            said.join(" ")
        ),
    );
    let marks: Vec<AnyView> = cliffs.iter().map(|(before, after)| cliff(before, after)).collect();
    let said: Vec<_> = said.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
    let label = format!("{} {unit} {}", chosen.quantity, yuan(chosen.total));
    // The label stays inside the drawing: to the left of a point on the right, below one at the top.
    let anchor = if chosen.x > 500 { "end" } else { "start" };
    let (dx, dy) = (if chosen.x > 500 { "-12" } else { "12" }, if chosen.y < 120 { "24" } else { "-12" });
    view! {
        <figure class="curve">
            <svg role="img" aria-label=summary width="100%" height="208">
                <svg class="curve-plot" x="0" y="16" width="100%" height="168" overflow="visible">
                    <line class="curve-ground" x1="0" x2="100%" y1="100%" y2="100%" />
                    <line class="curve-drop" x1=percent(chosen.x) x2=percent(chosen.x) y1=percent(chosen.y) y2="100%" />
                    <svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" overflow="visible">
                        <polyline class="curve-line" points=corners.clone() vector-effect="non-scaling-stroke" />
                    </svg>
                    {marks}
                    <circle class="curve-chosen" cx=percent(chosen.x) cy=percent(chosen.y) r="6" />
                    <text class="curve-label" x=percent(chosen.x) y=percent(chosen.y) dx=dx dy=dy text-anchor=anchor>
                        {label}
                    </text>
                </svg>
                <text class="curve-end" x="0" y="204">{format!("{} {unit}", first.quantity)}</text>
                <text class="curve-end" x="100%" y="204" text-anchor="end">{format!("{} {unit}", last.quantity)}</text>
            </svg>
            <figcaption><span>{name.clone()}{lang.pick(" → 合计", " → total")}</span><ul>{said}</ul></figcaption>
        </figure>
    }
    .into_any()
}

fn cliff(before: &Mark, after: &Mark) -> AnyView {
    view! {
        <circle class="curve-cliff" cx=percent(before.x) cy=percent(before.y) r="4" />
        <circle class="curve-cliff" cx=percent(after.x) cy=percent(after.y) r="4" />
    }
    .into_any()
}

fn cliff_sentence(before: &Mark, after: &Mark, unit: &str, lang: Lang) -> String {
    let (dear, cheap) = (yuan(before.total), yuan(after.total));
    lang.pick(
        format!("{} {unit} {dear}，{} {unit}只要 {cheap}。", before.quantity, after.quantity),
        format!("{} {unit} cost {dear}, {} {unit} only {cheap}.", before.quantity, after.quantity),
    )
}

fn percent(thousandths: u16) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

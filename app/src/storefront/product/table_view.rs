//! The comparison of the editions.

use leptos::prelude::*;

use super::Store;
use super::compare::comparison;
use super::model::Model;
use crate::i18n::Lang;
use crate::widgets::bind::{Shown, nothing};

/// Shows the table.
pub(super) fn view(store: Store, lang: Lang) -> AnyView {
    let of_offer = Memo::new(move |_| store.model.with(|model| model.revision));
    let table = move || {
        // Read, not only tracked: a memo that was never read follows nothing.
        of_offer.get();
        store.model.with_untracked(|model| table(store, model, lang))
    };
    table.into_any()
}

fn table(store: Store, model: &Model, lang: Lang) -> AnyView {
    let comparison = comparison(&model.offer, lang);
    if comparison.rows.is_empty() {
        return nothing();
    }
    let chosen = |index: usize| {
        store.text(move |model| if model.draft.edition == index { "is-chosen".to_owned() } else { String::new() })
    };
    let editions = comparison.editions;
    let heads: Vec<AnyView> = editions
        .iter()
        .map(|&index| {
            let name = model.offer.editions[index].name.clone();
            view! { <th scope="col" class=chosen(index)>{name}</th> }.into_any()
        })
        .collect();
    let rows: Vec<AnyView> = comparison
        .rows
        .into_iter()
        .map(|row| {
            let same = !row.differs();
            let cells = row.cells.into_iter().zip(&editions).map(|(lines, &index)| {
                let lines: Vec<AnyView> = if lines.is_empty() {
                    vec![view! { <span class="quiet">"—"</span> }.into_any()]
                } else {
                    lines.into_iter().map(|line| view! { <span class="line">{line}</span> }.into_any()).collect()
                };
                view! { <td class=chosen(index)>{lines}</td> }.into_any()
            });
            let cells: Vec<AnyView> = cells.collect();
            view! { <tr class:is-same=same><th scope="row">{row.label}</th>{cells}</tr> }.into_any()
        })
        .collect();
    let title = lang.pick("版本对比", "Compare editions");
    view! {
        <section class="part">
            <h2 id="compare">{title}</h2>
            <div class="scroll" role="region" aria-labelledby="compare" tabindex="0">
                <table class="compare">
                    <thead><tr><td></td>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

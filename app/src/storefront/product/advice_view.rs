//! Where the same or more costs less, beside the field that it is about.

use shared::calendar::Term;
use shared::pricing::Advice;

use super::model::{Model, Msg};
use crate::element::{Element, Sink, el};
use crate::format::{term, yuan_short};
use crate::i18n::Lang;

fn advice(model: &Model) -> &[Advice] {
    model.price.as_ref().map_or(&[], |price| &price.beside().advice)
}

/// More of the charge with this key for less, in one click.
pub(super) fn buy_more(model: &Model, key: &str, unit: &str, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let (asked, buy, saves) = advice(model).iter().find_map(|advice| match advice {
        Advice::BuyMore { charge, asked, buy, saves, .. } if charge == key => Some((*asked, *buy, *saves)),
        _ => None,
    })?;
    let saves = yuan_short(saves);
    let sentence = lang.pick(
        format!("{buy} {unit}比 {asked} {unit}便宜 {saves}"),
        format!("{buy} {unit} cost {saves} less than {asked} {unit}"),
    );
    let key = key.to_owned();
    let take = el("button")
        .class("link")
        .attr("type", "button")
        .sends("click", to, move || Msg::BuyMore(key.clone(), buy))
        .with(lang.pick(format!("改为 {buy} {unit}"), format!("Take {buy} {unit}")));
    Some(el("p").class("advice").with(el("span").with(sentence)).with(take))
}

/// The same length for less, or what the chosen term saves already.
pub(super) fn terms(model: &Model, lang: Lang) -> Option<Element> {
    let asked = term(model.draft.term?, lang);
    let sentence = advice(model).iter().find_map(|advice| match advice {
        Advice::LongerPays { than, times, saves, .. } => {
            let (than, saves, renewals) = (term(*than, lang), yuan_short(*saves), times.saturating_sub(1));
            Some(lang.pick(
                format!("{asked}比先买 {than}、再续费 {renewals} 次省 {saves}"),
                format!("{asked} costs {saves} less than {than} and {renewals} × its renewal"),
            ))
        }
        Advice::SplitTerm { terms, saves, .. } => {
            let (parts, saves) = (in_turn(terms, lang), yuan_short(*saves));
            Some(lang.pick(
                format!("先后购买 {parts}，总长不变，省 {saves}"),
                format!("{parts}, bought one after the other, last as long and cost {saves} less"),
            ))
        }
        Advice::BuyMore { .. } => None,
    })?;
    Some(el("p").class("advice").with(el("span").with(sentence)))
}

/// `6 个月 + 2 × 3 个月`: equal neighbours together.
fn in_turn(terms: &[Term], lang: Lang) -> String {
    let runs = terms.chunk_by(|a, b| a == b).map(|run| match run {
        [one] => term(*one, lang),
        [first, ..] => format!("{} × {}", run.len(), term(*first, lang)),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(" + ")
}

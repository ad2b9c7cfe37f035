//! The configurator: a form whose fields are named as in the address, so that it works without scripts too.

use leptos::prelude::*;
use shared::catalog::{ChargeKind, Edition, Offer, Quantity, TermOffer};

use super::address::{OPTION, QUANTITY};
use super::compare::{days, prices, range, tiers};
use super::draft::{DraftPick, number};
use super::model::{Field, Model, Msg, field_id};
use super::{Store, advice_view};
use crate::format::{discount, term, yuan};
use crate::i18n::Lang;
use crate::widgets::bind::{Shown, nothing};
use crate::widgets::radios::{Choice, Radios, radios};
use crate::widgets::spin::{Spin, SpinEvent, spin};

/// The form's id.
pub const FORM: &str = "configurator";

/// Shows the configurator.
pub fn view(store: Store, lang: Lang) -> AnyView {
    let of_offer = Memo::new(move |_| store.model.with(|model| model.revision));
    let of_edition = Memo::new(move |_| store.model.with(|model| (model.revision, model.draft.edition)));
    let editions = move || {
        // Read, not only tracked: a memo that was never read follows nothing.
        of_offer.get();
        store.model.with_untracked(|model| editions(store, &model.offer, lang))
    };
    let fields = move || {
        of_edition.get();
        store.model.with_untracked(|model| fields(store, model, lang))
    };
    view! {
        <form id=FORM class="config" method="get" autocomplete="off" on:submit=|event| event.prevent_default()>
            <h2 class="sr">{lang.pick("选择配置", "Configure")}</h2>
            {editions}
            {fields}
            <noscript>
                <button class="button" type="submit">{lang.pick("更新报价", "Update the price")}</button>
            </noscript>
        </form>
    }
    .into_any()
}

fn editions(store: Store, offer: &Offer, lang: Lang) -> AnyView {
    let visible: Vec<usize> = (0..offer.editions.len()).filter(|index| !offer.editions[*index].hidden).collect();
    let choices = visible.iter().map(|&index| {
        let edition = &offer.editions[index];
        let costs = move |model: &Model| {
            let price = model.last.as_ref().and_then(|price| price.in_editions.get(index).copied().flatten());
            price.map_or_else(|| "—".to_owned(), yuan)
        };
        let facts: Vec<_> = facts(edition, lang).into_iter().map(|fact| view! { <span>{fact}</span> }).collect();
        let more = view! {
            <span class="edition-price">{store.text(costs)}</span>
            <span class="edition-facts">{facts}</span>
        };
        Choice { value: edition.code.clone(), label: edition.name.clone(), more: Some(more.into_any()) }
    });
    let of = visible.clone();
    radios(Radios {
        id: "edition".to_owned(),
        label: lang.pick("套餐版本", "Edition").to_owned(),
        name: "edition".to_owned(),
        class: "choices editions",
        choices: choices.collect(),
        chosen: Signal::derive(move || {
            let chosen = store.model.with(|model| model.draft.edition);
            of.iter().position(|index| *index == chosen).unwrap_or(0)
        }),
        pick: Callback::new(move |place: usize| store.send(Msg::Edition(visible[place]))),
    })
}

/// What is to be known of an edition before choosing it.
fn facts(edition: &Edition, lang: Lang) -> Vec<String> {
    let mut facts = vec![prices(&edition.price, "", lang).join(" ")];
    for charge in &edition.charges {
        if let ChargeKind::Quantity(quantity) = &charge.kind {
            let (least, unit) = (quantity.minimum(), &quantity.unit);
            facts.push(
                lang.pick(format!("{} {least} {unit}起", charge.name), format!("{} from {least} {unit}", charge.name)),
            );
        }
    }
    if let Some(trial) = edition.trial {
        let days = days(trial.days, lang);
        facts.push(lang.pick(format!("可试用 {days}"), format!("{days} trial")));
    }
    facts
}

fn fields(store: Store, model: &Model, lang: Lang) -> AnyView {
    let edition = model.edition();
    let charges: Vec<AnyView> = edition
        .charges
        .iter()
        .enumerate()
        .map(|(index, charge)| match &charge.kind {
            ChargeKind::Quantity(limits) => quantity(store, index, &charge.key, &charge.name, limits, lang),
            ChargeKind::Option(values) => {
                let choices = values.iter().map(|value| {
                    let costs = prices(&value.price, "", lang).join(" ");
                    Choice { value: value.value.clone(), label: value.value.clone(), more: Some(costs.into_any()) }
                });
                radios(Radios {
                    id: format!("charge-{index}"),
                    label: charge.name.clone(),
                    name: [OPTION, &charge.key].concat(),
                    class: "choices",
                    choices: choices.collect(),
                    chosen: Signal::derive(move || {
                        store.model.with(|model| match model.draft.picks.get(index) {
                            Some(DraftPick::Value(value)) => *value,
                            _ => 0,
                        })
                    }),
                    pick: Callback::new(move |value| store.send(Msg::Value(index, value))),
                })
            }
        })
        .collect();
    view! {
        {charges}
        {terms(store, model, lang)}
        {count(store, lang)}
    }
    .into_any()
}

fn quantity(store: Store, index: usize, key: &str, name: &str, limits: &Quantity, lang: Lang) -> AnyView {
    let field = Field::Quantity(index);
    let (least, most, unit) = (limits.minimum(), limits.max, limits.unit.clone());
    let limits_in_words = match most {
        Some(most) => lang.pick(format!("{least}–{most} {unit}"), format!("{least} to {most} {unit}")),
        None => lang.pick(format!("{least} {unit}起"), format!("from {least} {unit}")),
    };
    let lines = tiers(limits, lang);
    // A graduated charge is priced by every tier up to the one reached; by volume by that one alone.
    let froms: Vec<u32> = limits.tiers.iter().map(|tier| tier.from).collect();
    let ranges: Vec<String> = (0..froms.len()).map(|index| range(limits, index)).collect();
    let reached = store.model.with_untracked(|_| ());
    let () = reached;
    let tier = Signal::derive(move || {
        let typed = store.model.with(|model| number(model.typed(field)));
        typed.and_then(|n| froms.iter().rposition(|from| i64::from(*from) <= n))
    });
    let items: Vec<AnyView> = lines
        .into_iter()
        .enumerate()
        .map(|(place, line)| {
            let (range, price) = match ranges.get(place).and_then(|range| Some((range.clone(), line.strip_prefix(range)?))) {
                Some((range, price)) => (range, price.trim().to_owned()),
                None => (line, String::new()),
            };
            let current = Signal::derive(move || if tier.get() == Some(place) { Some("true") } else { None });
            view! { <li aria-current=current><span class="tier-range">{range}</span>" "<span class="tier-price">{price}</span></li> }
                .into_any()
        })
        .collect();
    let note = format!("{}-note", field_id(field));
    let key = key.to_owned();
    let input = spin(Spin {
        id: field_id(field),
        name: [QUANTITY, &key].concat(),
        label: name.to_owned(),
        limits: limits_in_words,
        unit,
        least,
        most,
        typed: store.text(move |model| model.typed(field).to_owned()),
        wrong: store.is(move |model| model.wrong(field).is_some()),
        described_by: note.clone(),
        on: on_field(store, field),
        lang,
        beside: view! { <ul class="tiers">{items}</ul> }.into_any(),
    });
    let unit = limits.unit.clone();
    let said = store.block(move |model: &Model| match model.wrong(field) {
        Some(violation) => wrong(lang.pick(&violation.zh, &violation.en).clone()),
        None => advice_view::buy_more(store, model, &key, &unit, lang),
    });
    view! { <div class="field-group">{input}<div class="note" id=note>{said}</div></div> }.into_any()
}

fn wrong(sentence: String) -> AnyView {
    view! { <p class="wrong">{sentence}</p> }.into_any()
}

fn on_field(store: Store, field: Field) -> Callback<SpinEvent> {
    Callback::new(move |event| {
        store.send(match event {
            SpinEvent::Typed(text) => Msg::Typed(field, text),
            SpinEvent::Step(by) => Msg::Step(field, by),
            SpinEvent::Left => Msg::Left(field),
        });
    })
}

fn terms(store: Store, model: &Model, lang: Lang) -> AnyView {
    let sold = model.edition().terms.clone();
    if sold.is_empty() {
        return nothing();
    }
    let choices = sold.iter().map(|sold| {
        let more = match model.offer.term_offer(*sold) {
            Some(TermOffer::Discount(_, rate)) => Some(discount(rate, lang)),
            Some(TermOffer::Gift(_, n)) => Some(lang.pick("赠 ", "+ ").to_owned() + &days(n, lang)),
            None => None,
        };
        let more = more.map(leptos::prelude::IntoAny::into_any);
        Choice { value: sold.as_str().to_owned(), label: term(*sold, lang), more }
    });
    let choices = choices.collect();
    let of = sold.clone();
    let group = radios(Radios {
        id: "term".to_owned(),
        label: lang.pick("购买时长", "Term").to_owned(),
        name: "term".to_owned(),
        class: "choices",
        choices,
        chosen: Signal::derive(move || {
            let chosen = store.model.with(|model| model.draft.term);
            of.iter().position(|term| Some(*term) == chosen).unwrap_or(0)
        }),
        pick: Callback::new(move |place: usize| store.send(Msg::Term(sold[place]))),
    });
    let said = store.block(move |model: &Model| advice_view::terms(model, lang));
    view! { <div class="field-group">{group}<div class="note">{said}</div></div> }.into_any()
}

fn count(store: Store, lang: Lang) -> AnyView {
    let field = Field::Count;
    let input = spin(Spin {
        id: field_id(field),
        name: "count".to_owned(),
        label: lang.pick("购买个数", "Count").to_owned(),
        limits: lang.pick("1–100 个", "1 to 100").to_owned(),
        unit: lang.pick("个", "").to_owned(),
        least: 1,
        most: Some(100),
        typed: store.text(move |model| model.typed(field).to_owned()),
        wrong: store.is(move |model| model.wrong(field).is_some()),
        described_by: "count-note".to_owned(),
        on: on_field(store, field),
        lang,
        beside: nothing(),
    });
    let said = store.block(move |model: &Model| match model.wrong(field) {
        Some(violation) => wrong(lang.pick(&violation.zh, &violation.en).clone()),
        None => nothing(),
    });
    view! { <div class="field-group">{input}<div class="note" id="count-note">{said}</div></div> }.into_any()
}

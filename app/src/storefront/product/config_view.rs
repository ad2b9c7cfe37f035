//! The configurator: a form whose fields are named as in the address, so that it works without scripts too.

use shared::calendar::Term;
use shared::catalog::{Charge, ChargeKind, Edition, OptionValue, Quantity, TermOffer};

use super::address::{OPTION, QUANTITY};
use super::advice_view;
use super::compare::{days, price_for, tier_lines};
use super::draft::{DraftPick, number, term_in};
use super::model::{Field, Model, Msg, field_id};
use crate::element::{Child, Element, Sink, el};
use crate::format::{discount, term, yuan};
use crate::i18n::Lang;
use crate::widgets::radios::{Choice, Radios, radios};
use crate::widgets::spin::{Spin, SpinEvent, spin};

/// The form's id.
pub const FORM: &str = "configurator";

/// Shows the configurator.
pub fn view(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let charges = model.edition().charges.iter().enumerate().map(|(index, charge)| match &charge.kind {
        ChargeKind::Quantity(limits) => quantity(model, index, charge, limits, lang, to),
        ChargeKind::Option(values) => option(model, index, charge, values, lang, to),
    });
    let without_scripts =
        el("button").class("button").attr("type", "submit").with(lang.pick("更新报价", "Update the price"));
    el("form")
        .id(FORM)
        .class("config")
        .attr("method", "get")
        .attr("autocomplete", "off")
        .on("submit", |event| event.prevent_default())
        .with(el("h2").class("sr").with(lang.pick("选择配置", "Configure")))
        .with(editions(model, lang, to))
        .all(charges)
        .maybe(terms(model, lang, to))
        .with(count(model, lang, to))
        .with(el("noscript").with(without_scripts))
}

fn editions(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let visible = || model.offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden);
    let choices = visible().map(|(index, edition)| {
        let price = model.last.as_ref().and_then(|price| price.beside().in_editions.get(index).copied().flatten());
        let price = price.map_or_else(|| "—".to_owned(), yuan);
        let facts =
            facts(edition, term_in(edition, model.draft.term), lang).into_iter().map(|fact| el("span").with(fact));
        let more: [Child; 2] =
            [el("span").class("edition-price").with(price).into(), el("span").class("edition-facts").all(facts).into()];
        Choice { value: edition.code.clone(), label: edition.name.clone(), more: more.into() }
    });
    let group = Radios {
        id: "edition".to_owned(),
        label: lang.pick("套餐版本", "Edition").to_owned(),
        name: "edition".to_owned(),
        class: "choices editions",
        choices: choices.collect(),
        chosen: visible().position(|(index, _)| index == model.draft.edition).unwrap_or(0),
        note: adjusted(model, lang),
    };
    radios(group, to, Msg::Edition)
}

/// What became another choice because the edition that was changed to does not have the one before.
fn adjusted(model: &Model, lang: Lang) -> Option<Element> {
    let before = model.before.as_ref()?;
    let mut parts = Vec::new();
    let mut part = |name: &str, was: String, is: String| {
        if was != is {
            parts.push([name, " ", &was, " → ", &is].concat());
        }
    };
    let old = || model.offer.editions[before.edition].charges.iter().zip(&before.picks);
    for (charge, pick) in model.edition().charges.iter().zip(&model.draft.picks) {
        if let Some((other, was)) = old().find(|(other, _)| other.key == charge.key) {
            part(&charge.name, picked(other, was), picked(charge, pick));
        }
    }
    for (other, was) in old().filter(|(other, _)| model.edition().charges.iter().all(|it| it.key != other.key)) {
        part(&other.name, picked(other, was), lang.pick("该版本不含", "not in it").to_owned());
    }
    if let (Some(was), Some(is)) = (before.term, model.draft.term) {
        part(lang.pick("购买时长", "Term"), term(was, lang), term(is, lang));
    }
    let words = parts.join(lang.pick("；", "; "));
    let sentence = [lang.pick("该版本没有原来的选择，已调整：", "Adjusted to what this edition offers: "), &words];
    (!words.is_empty()).then(|| el("p").class("fine").attr("role", "status").with(sentence.concat()))
}

/// What is chosen of a charge, in words.
fn picked(charge: &Charge, pick: &DraftPick) -> String {
    match (pick, &charge.kind) {
        (DraftPick::Quantity(typed), ChargeKind::Quantity(limits)) => {
            let typed = number(typed).map_or_else(|| typed.clone(), |number| number.to_string());
            [&typed, " ", &limits.unit].concat()
        }
        (DraftPick::Value(index), ChargeKind::Option(values)) => {
            values.get(*index).map(|value| value.value.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// What is to be known of an edition before choosing it.
fn facts(edition: &Edition, term: Option<Term>, lang: Lang) -> Vec<String> {
    let base = price_for(&edition.price, term, "", lang);
    let mut facts = vec![[lang.pick("基础价 ", "Base "), &base].concat()];
    for charge in &edition.charges {
        if let ChargeKind::Quantity(quantity) = &charge.kind {
            facts.push([&charge.name, " ", &limits_in_words(quantity, lang)].concat());
        }
    }
    if let Some(trial) = edition.trial {
        let days = days(trial.days, lang);
        facts.push(lang.pick(format!("可试用 {days}"), format!("{days} trial")));
    }
    facts
}

fn option(model: &Model, index: usize, charge: &Charge, values: &[OptionValue], lang: Lang, to: &Sink<Msg>) -> Element {
    let choices = values.iter().map(|value| Choice {
        value: value.value.clone(),
        label: value.value.clone(),
        more: vec![price_for(&value.price, model.draft.term, "", lang).into()],
    });
    let chosen = match model.draft.picks.get(index) {
        Some(DraftPick::Value(value)) => *value,
        _ => 0,
    };
    let group = Radios {
        id: format!("charge-{index}"),
        label: charge.name.clone(),
        name: [OPTION, &charge.key].concat(),
        class: "choices",
        choices: choices.collect(),
        chosen,
        note: None,
    };
    radios(group, to, move |value| Msg::Value(index, value))
}

/// `5 人起`, `51–20000 人`.
fn limits_in_words(limits: &Quantity, lang: Lang) -> String {
    let (least, unit) = (limits.minimum(), &limits.unit);
    match limits.max {
        Some(most) => lang.pick(format!("{least}–{most} {unit}"), format!("{least} to {most} {unit}")),
        None => lang.pick(format!("{least} {unit}起"), format!("from {least} {unit}")),
    }
}

fn quantity(model: &Model, index: usize, charge: &Charge, limits: &Quantity, lang: Lang, to: &Sink<Msg>) -> Element {
    let field = Field::Quantity(index);
    let (least, most, unit) = (limits.minimum(), limits.max, &limits.unit);
    let typed = model.typed(field);
    let reached = number(typed).and_then(|n| limits.tiers.iter().rposition(|tier| i64::from(tier.from) <= n));
    let tiers = tier_lines(limits, model.draft.term, lang).into_iter().enumerate().map(|(place, (range, price))| {
        let current = (reached == Some(place)).then_some("true");
        let range = el("span").class("tier-range").with(range);
        el("li").maybe_attr("aria-current", current).with(range).with(" ").with(price)
    });
    let tiers = el("ul").class("tiers").all(tiers);
    let advice = || advice_view::buy_more(model, &charge.key, unit, lang, to);
    let input = Spin {
        id: field_id(field),
        name: [QUANTITY, &charge.key].concat(),
        label: charge.name.clone(),
        limits: limits_in_words(limits, lang),
        unit: unit.clone(),
        least,
        most,
        typed,
        wrong: model.wrong(field).is_some(),
        note: wrong(model, field, lang).or_else(advice),
        beside: Some(tiers),
    };
    spin(input, to, move |event| message(field, event), lang)
}

fn wrong(model: &Model, field: Field, lang: Lang) -> Option<Element> {
    let violation = model.wrong(field)?;
    Some(el("p").class("wrong").with(lang.pick(&violation.zh, &violation.en).clone()))
}

fn message(field: Field, event: SpinEvent) -> Msg {
    match event {
        SpinEvent::Typed(text) => Msg::Typed(field, text),
        SpinEvent::Step(by) => Msg::Step(field, by),
        SpinEvent::Left => Msg::Left(field),
    }
}

fn terms(model: &Model, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let sold = &model.edition().terms;
    let chosen = model.draft.term?;
    let choices = sold.iter().map(|sold| {
        let offer = match model.offer.term_offer(*sold) {
            Some(TermOffer::Discount(_, rate)) => Some(discount(rate, lang)),
            Some(TermOffer::Gift(_, n)) => Some(lang.pick("赠 ", "+ ").to_owned() + &days(n, lang)),
            None => None,
        };
        let more = offer.into_iter().map(Child::from).collect();
        Choice { value: sold.as_str().to_owned(), label: term(*sold, lang), more }
    });
    let group = Radios {
        id: "term".to_owned(),
        label: lang.pick("购买时长", "Term").to_owned(),
        name: "term".to_owned(),
        class: "choices",
        choices: choices.collect(),
        chosen: sold.iter().position(|term| *term == chosen).unwrap_or(0),
        note: advice_view::terms(model, lang),
    };
    Some(radios(group, to, Msg::Term))
}

fn count(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let field = Field::Count;
    let input = Spin {
        id: field_id(field),
        name: "count".to_owned(),
        label: lang.pick("购买个数", "Count").to_owned(),
        limits: lang.pick("1–100 个", "1 to 100").to_owned(),
        unit: lang.pick("个", "").to_owned(),
        least: 1,
        most: Some(100),
        typed: model.typed(field),
        wrong: model.wrong(field).is_some(),
        note: wrong(model, field, lang),
        beside: None,
    };
    spin(input, to, move |event| message(field, event), lang)
}

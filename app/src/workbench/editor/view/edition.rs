//! One edition: name, terms, price, trial, charges.

use shared::calendar::{Period, Term};

use super::fields::{Fields, Input, named};
use super::{charge, prices};
use crate::element::{Element, el};
use crate::format;
use crate::workbench::form::{Act, Edition, Field, PriceAt};

pub(super) fn view(fields: &Fields<'_>, index: usize) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let edition = &bench.form.editions[index];
    let charges = edition.charges.iter().enumerate().filter(|(_, charge)| charge.on);
    let charges: Vec<Element> =
        charges.enumerate().map(|(place, (at, _))| charge::view(fields, index, at, place)).collect();
    let recurring = !bench.form.one_time;
    let panel = el("div")
        .class("form-edition-open")
        .attr("role", "tabpanel")
        .attr("aria-labelledby", format!("edition-tab-{index}"))
        .with(head(fields, index, edition))
        .maybe(recurring.then(|| terms(fields, index, edition)))
        .with(price(fields, index, edition))
        .maybe(recurring.then(|| trial(fields, index, edition)))
        .with(ticks(fields, index, edition));
    let none = charges.is_empty().then(|| {
        el("p").class("form-quiet").with(
            lang.pick("没有勾选计费项：只按版本和时长收费。", "No charges ticked: only edition and term are charged."),
        )
    });
    panel.all(charges).maybe(none)
}

fn head(fields: &Fields<'_>, index: usize, edition: &Edition) -> Element {
    let lang = fields.lang;
    let sold = fields.bench.sold(index).is_some();
    let (name_at, code_at) = (format!("/editions/{index}/name"), format!("/editions/{index}/code"));
    let name = Input {
        at: &name_at,
        name: lang.pick("版本名称", "Edition's name").into(),
        typed: &edition.name,
        class: "form-name",
        hint: lang.pick("例如：专业版", "For example: 专业版").into(),
        locked: false,
    };
    let name = fields.input(name, Field::Name(index));
    let code = Input {
        at: &code_at,
        name: lang.pick("版本 Code", "Edition's code").into(),
        typed: &edition.code,
        class: "form-code",
        hint: "standard".into(),
        locked: sold,
    };
    let code = fields.input(code, Field::Code(index));
    let said = fields.said();
    let last = fields.bench.form.editions.len() == 1;
    let hide = fields.tick(
        format!("hide-{index}"),
        lang.pick("隐藏（不再售卖，已购企业仍可续费）", "Hidden (not for sale; buyers can still renew)"),
        edition.hidden,
        false,
        move |hidden| Act::Hide(index, hidden),
    );
    let copy = fields.button(lang.pick("复制版本", "Duplicate").into(), move || Act::DuplicateEdition(index));
    let remove = (!sold).then(|| {
        fields.button(lang.pick("删除版本", "Delete").into(), move || Act::RemoveEdition(index)).flag("disabled", last)
    });
    let why = sold.then(|| {
        el("span").class("form-quiet").with(
            lang.pick("已发布的版本不能删除，Code 不能更改", "Published: it cannot be deleted, nor its code changed"),
        )
    });
    el("div")
        .class("form-group")
        .with(
            el("div")
                .class("form-row")
                .with(named(&name_at, lang.pick("版本名称", "Name"), name))
                .with(named(&code_at, "Code", code)),
        )
        .with(said)
        .with(el("div").class("form-row is-low").with(hide).with(copy).maybe(remove).maybe(why))
}

fn terms(fields: &Fields<'_>, index: usize, edition: &Edition) -> Element {
    let lang = fields.lang;
    let at = format!("/editions/{index}/terms");
    let boxes = |period: Period| {
        Term::all().filter(move |term| term.period() == period).map(move |term| {
            let sold = edition.terms.contains(&term);
            let id =
                format!("{}-{}", super::super::place::field_id(&format!("/editions/{index}/terms")), term.as_str());
            fields.tick(id, format::term(term, lang), sold, false, move |on| Act::Sell(index, term, on))
        })
    };
    fields.note(&at, if edition.terms.is_empty() { "" } else { "x" });
    let said = fields.said();
    el("fieldset")
        .class("form-group")
        .with(el("legend").class("form-label").with(lang.pick("可订购周期", "Terms sold")))
        .with(el("div").class("form-terms").all(boxes(Period::Month)))
        .with(el("div").class("form-terms").all(boxes(Period::Year)))
        .with(said)
}

fn price(fields: &Fields<'_>, index: usize, edition: &Edition) -> Element {
    let lang = fields.lang;
    let at = format!("/editions/{index}/price");
    let base = lang.pick("基础价", "Base price");
    let inputs = prices::fields(fields, edition, &edition.price, &at, PriceAt::Edition(index), base);
    let cells = fields.cells.iter().copied().zip(inputs).map(|(cell, input)| {
        let pointer = [&at, cell.pointer()].concat();
        named(&pointer, prices::name(cell, edition.renew_same, lang), input)
    });
    let cells: Vec<Element> = cells.collect();
    let said = fields.said();
    let same = (!fields.bench.form.one_time).then(|| {
        fields.tick(
            format!("renew-same-{index}"),
            lang.pick("续费价与新购价相同（含计费项）", "Renewals cost the same, charges included"),
            edition.renew_same,
            false,
            move |same| Act::RenewSame(index, same),
        )
    });
    el("fieldset")
        .class("form-group")
        .with(el("legend").class("form-label").with(base))
        .with(el("div").class("form-row").all(cells).maybe(prices::helper(&edition.price, lang)))
        .with(said)
        .maybe(same)
}

fn trial(fields: &Fields<'_>, index: usize, edition: &Edition) -> Element {
    let lang = fields.lang;
    let input = |at: &str, name: &'static str, typed: &str, field| {
        let input = Input {
            at,
            name: name.into(),
            typed,
            class: "form-number",
            hint: lang.pick("不提供", "none").into(),
            locked: false,
        };
        fields.input(input, field)
    };
    let (days_at, extra_at) = (format!("/editions/{index}/trial_days"), format!("/editions/{index}/extra_trial_days"));
    let (days_name, extra_name) = (lang.pick("试用天数", "Days of trial"), lang.pick("额外试用天数", "Further days"));
    let days = input(&days_at, days_name, &edition.trial_days, Field::Trial(index));
    let extra = input(&extra_at, extra_name, &edition.extra_trial_days, Field::ExtraTrial(index));
    let said = fields.said();
    el("div")
        .class("form-group")
        .with(
            el("div")
                .class("form-row")
                .with(named(&days_at, days_name, days))
                .with(named(&extra_at, extra_name, extra)),
        )
        .with(said)
}

/// Which of the product's charges the edition has.
fn ticks(fields: &Fields<'_>, index: usize, edition: &Edition) -> Element {
    let lang = fields.lang;
    let form = &fields.bench.form;
    let sold = fields.bench.sold(index).is_some();
    let boxes = edition.charges.iter().enumerate().filter_map(|(at, charge)| {
        let module = form.module(charge.id)?;
        let name = match module.name.trim() {
            "" => lang.pick("未命名", "No name").to_owned(),
            name => name.to_owned(),
        };
        Some(fields.tick(format!("tick-{index}-{at}"), name, charge.on, sold, move |on| Act::Tick(index, at, on)))
    });
    let boxes: Vec<Element> = boxes.collect();
    let why = sold.then(|| {
        el("p").class("form-quiet").with(lang.pick(
            "版本发布后不能增减计费项：需要时请复制版本，再隐藏这一个。",
            "A published edition keeps its charges: to change them, duplicate it and hide this one.",
        ))
    });
    let quantity =
        fields.button(lang.pick("＋ 数量计费项", "+ Quantity").into(), move || Act::AddModule(true, index));
    let option =
        fields.button(lang.pick("＋ 枚举计费项", "+ Option").into(), move || Act::AddModule(false, index));
    el("fieldset")
        .class("form-group")
        .with(el("legend").class("form-label").with(lang.pick("额外计费项", "Charges")))
        .with(el("div").class("form-terms").all(boxes).with(quantity).with(option))
        .maybe(why)
}

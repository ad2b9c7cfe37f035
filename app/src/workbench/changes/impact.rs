//! What the services that run would pay at their next renewal.

use shared::api::{Impact, ImpactSum};
use shared::money::Fen;

use super::model::{Asked, Changes, Msg};
use crate::element::{Element, Sink, el};
use crate::format::yuan_short;
use crate::i18n::Lang;

pub(super) fn impact(model: &Changes, lang: Lang, to: &Sink<Msg>) -> Element {
    let part = el("section").class("changes-part");
    let refresh = el("button")
        .class("link")
        .attr("type", "button")
        .state("aria-busy", model.impact == Asked::Waiting)
        .sends("click", to, || Msg::Refresh)
        .with(lang.pick("刷新", "Refresh"));
    let head = el("div")
        .class("changes-head")
        .with(el("h3").with(lang.pick("正在运行的服务，下次续费时", "Running services, at their next renewal")))
        .with(refresh);
    let mut said: Vec<Element> = Vec::new();
    match &model.impact {
        Asked::Not => {}
        Asked::Waiting => {
            said.push(el("p").class("fine").with(lang.pick("正在计算…", "Computing…")));
        }
        Asked::Failed(failure) => said.push(el("p").class("notice is-wrong").with(failure.sentence(lang))),
        Asked::Known(impact) => {
            if model.stale {
                let sentence = lang
                    .pick("草稿又有改动，以下结果可能已过时。", "The draft has changed since: this may be outdated.");
                said.push(el("p").class("fine").with(sentence));
            }
            said.extend(known(impact, lang));
        }
    }
    part.with(head).with(el("div").attr("role", "status").all(said))
}

fn known(impact: &Impact, lang: Lang) -> Vec<Element> {
    let all = &impact.all;
    if all.services == 0 {
        let none = lang.pick("目前没有正在运行的服务，改价不影响任何人。", "No service runs: nobody is affected.");
        return vec![el("p").with(none)];
    }
    let mut parts = vec![el("p").class("changes-sum").with(sentence(all, lang))];
    if impact.editions.len() > 1 {
        let rows = impact.editions.iter().map(|edition| {
            el("div").with(el("dt").with(edition.name.clone())).with(el("dd").with(sentence(&edition.sum, lang)))
        });
        parts.push(el("dl").class("changes-editions").all(rows));
    }
    let fine = lang.pick(
        "按各服务现有的配置和时长，分别用已发布的续费价和草稿的续费价计算。",
        "Each service for what it has and the term that it has now, at the published renewal prices and at the draft’s.",
    );
    parts.push(el("p").class("fine").with(fine));
    parts
}

/// `共 12 个服务：3 个将多付，共 ¥36；2 个将少付，共 ¥10；7 个不变。`
pub(super) fn sentence(sum: &ImpactSum, lang: Lang) -> String {
    let ImpactSum { services, same, more, more_by, less, less_by, lost, none } = *sum;
    let yuan = |amount: Fen| yuan_short(amount);
    let parts: Vec<String> = [
        (
            more,
            lang.pick(
                format!("{more} 个将多付，一共 {}", yuan(more_by)),
                format!("{more} would pay more, {} in all", yuan(more_by)),
            ),
        ),
        (
            less,
            lang.pick(
                format!("{less} 个将少付，一共 {}", yuan(less_by)),
                format!("{less} would pay less, {} in all", yuan(less_by)),
            ),
        ),
        (
            lost,
            lang.pick(
                format!("{lost} 个将无法按现有时长续费"),
                format!("{lost} could not be renewed for their term any more"),
            ),
        ),
        (
            none,
            lang.pick(
                format!("{none} 个现在就无法按现有时长续费"),
                format!("{none} cannot be renewed for their term today either"),
            ),
        ),
        (same, lang.pick(format!("{same} 个不变"), format!("{same} would pay the same"))),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(_, words)| words)
    .collect();
    let said = parts.join(lang.pick("；", "; "));
    lang.pick(
        format!("共 {services} 个服务：{said}。"),
        match services {
            1 => format!("One service: {said}."),
            n => format!("{n} services: {said}."),
        },
    )
}

//! The page.

use shared::api::{self, Role};
use shared::lifecycle::GRACE_SECONDS;
use shared::orders::ServiceState;

use super::model::{MOST_NOTE, Msg, Service};
use crate::console::route::{Route, UNDER};
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, field, link, loaded, said, state, target_value, titled};
use crate::page::{Context, Shown};
use crate::trade::service::{facts, left, segments};
use crate::trade::timeline::timeline;
use crate::trade::words::service_state;

impl Shown for Service {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.service, context.lang, |service| page(self, service, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        let name = self.service.here().map(|service| service.product_name.as_str());
        titled(name.unwrap_or(lang.pick("服务", "Services")))
    }
}

fn page(model: &Service, service: &api::Service, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (class, words) = service_state(&service.state, lang);
    let customer = service.customer.as_ref().map(|customer| el("span").class("quiet").with(customer.name.clone()));
    let trial = service.trial.map(|_| el("span").class("badge").with(lang.pick("试用", "Trial")));
    let crumb = el("p").class("crumb").with(link(Route::Services.path(), lang.pick("服务", "Services")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(service.product_name.clone()))
        .with(el("p").class("head-state").with(state(class, words)).maybe(trial).maybe(customer));
    let stretches = &service.subscription.segments;
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("服务状态", "Where the service stands"))
        .with(el("p").class("now-said").attr("role", "status").with(standing(service, lang)))
        .maybe(left(service, context.now, lang))
        .maybe(timeline(stretches, context.now, lang))
        .with(opening(model, service, context, to));
    let stretches = (!stretches.is_empty()).then(|| segments(stretches, lang));
    let sells = matches!(context.role(), Some(Role::IsvOwner | Role::IsvSupport));
    let main = el("div").with(el("div").maybe(stretches)).maybe(sells.then(|| note(model, lang, to)));
    let detail = el("div").class("order-detail").with(main).with(facts(service, UNDER, lang));
    el("div").class("service-page").with(head).with(now).with(detail)
}

fn standing(service: &api::Service, lang: Lang) -> String {
    match service.state {
        ServiceState::Provisioning { since } => {
            let since = date_time(since, lang);
            lang.pick(
                format!("{since} 起待开通。客户在等：在应用里开通后，在这里标记。"),
                format!("To be opened since {since}. The customer waits: open it in the app, then say so here."),
            )
        }
        ServiceState::Active { since } => {
            let at = date_time(service.opened.unwrap_or(since), lang);
            lang.pick(format!("{at} 开通，客户可以使用。"), format!("Opened on {at}; the customer can use it."))
        }
        ServiceState::Expired { at } => {
            let (ended, closes) =
                (date_time(at, lang), at.plus_seconds(GRACE_SECONDS).map(|at| date_time(at, lang)).unwrap_or_default());
            lang.pick(
                format!("{ended} 到期，访问已停止。{closes} 前客户仍可续费，请保留数据。"),
                format!("Ended on {ended}; access is cut. The customer can renew until {closes}: keep the data."),
            )
        }
        ServiceState::Closed { at } => {
            let at = date_time(at, lang);
            lang.pick(format!("{at} 关闭，可以释放其资源。"), format!("Closed on {at}; what it holds can be released."))
        }
    }
}

/// Marking it as opened, or who may.
fn opening(model: &Service, service: &api::Service, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let waits = matches!(service.state, ServiceState::Provisioning { .. });
    let place = el("div").class("now-tools");
    if !waits {
        return place;
    }
    match context.role() {
        Some(Role::IsvOwner | Role::IsvSupport | Role::Operator) => {
            let words = lang.pick("标记为已开通", "Mark as opened");
            place.with(button("button", words, model.opening.waits(), to, || Msg::Open(draw_key()))).with(said(
                &model.opening,
                lang.pick("正在标记…", "Marking it…"),
                lang,
            ))
        }
        _ => place.with(el("p").class("fine").with(lang.pick(
            "审计账号只读：开通由服务商或平台运营标记。",
            "An auditor only reads: the vendor or the operator marks it as opened.",
        ))),
    }
}

/// The vendor's own words.
fn note(model: &Service, lang: Lang, to: &Sink<Msg>) -> Element {
    let (typing, submit) = (to.clone(), to.clone());
    let over = model.too_long();
    let text = el("textarea")
        .id("note")
        .attr("rows", "4")
        .attr("aria-describedby", "note-said")
        .state("aria-invalid", over > 0)
        .typed(model.note.clone())
        .on("input", move |event| typing.send(Msg::Note(target_value(&event))));
    let length = match over {
        0 => lang.pick(
            "只有贵公司看得到，可以按备注搜索服务。".to_owned(),
            "Only your company sees it. Services can be searched by it.".to_owned(),
        ),
        n => lang.pick(
            format!("超出 {n} 个字，最多 {MOST_NOTE} 个字。"),
            format!("{n} characters too long; at most {MOST_NOTE}."),
        ),
    };
    let keep = el("button")
        .class("button is-quiet")
        .attr("type", "submit")
        .state("aria-busy", model.noting.waits())
        .flag("disabled", !model.changed() && !model.noting.waits())
        .with(lang.pick("保存备注", "Keep the note"));
    let noted = model.noted.then(|| el("p").class("fine").with(lang.pick("已保存。", "Kept.")));
    el("form")
        .class("note-form")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Keep(draw_key()));
        })
        .with(field("note", lang.pick("备注", "Note"), text))
        .with(el("p").id("note-said").class("field-said").with(length))
        .with(el("div").class("tools").with(keep))
        .with(said(&model.noting, lang.pick("正在保存…", "Keeping it…"), lang))
        .with(el("div").attr("role", "status").maybe(noted))
}

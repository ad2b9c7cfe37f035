//! The page.

use shared::api::{Service, ServiceStateName};
use shared::calendar::Timestamp;

use super::model::{Msg, Services, name};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, empty, link, loaded, state, titled};
use crate::page::{Context, Shown};
use crate::trade::words::{remaining, service_picks, service_state, service_state_name};

const STATES: [ServiceStateName; 4] =
    [ServiceStateName::Provisioning, ServiceStateName::Active, ServiceStateName::Expired, ServiceStateName::Closed];

impl Shown for Services {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("我的服务", "My services"))
    }
}

fn view(model: &Services, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&model.services, lang, |services| {
        let page = el("div").class("services-page").with(el("h1").with(lang.pick("我的服务", "My services")));
        if services.is_empty() {
            let sentence = lang.pick(
                "还没有服务。购买或试用应用后，服务的状态、剩余时间和用量会在这里。",
                "No services yet. What you buy or try appears here, with its state, its time left and what it has.",
            );
            return page.with(empty(sentence, Some(link("/".to_owned(), lang.pick("去选应用", "Choose an app")))));
        }
        let shown: Vec<_> = services.iter().filter(|service| model.shows(service)).collect();
        let none = shown.is_empty().then(|| {
            let sentence = lang.pick("没有处于这个状态的服务。", "No service is in this state.");
            empty(
                sentence,
                Some(button("link", lang.pick("查看全部服务", "See all services"), false, to, || {
                    Msg::State(None)
                })),
            )
        });
        page.with(filters(model, services, lang, to))
            .with(el("ul").class("rows").all(shown.into_iter().map(|service| row(service, context.now, lang))))
            .with(el("div").maybe(none))
    })
}

fn filters(model: &Services, services: &[Service], lang: Lang, to: &Sink<Msg>) -> Element {
    let of = |state: ServiceStateName| services.iter().filter(|service| name(&service.state) == state).count();
    let all = [(None, services.len())];
    let states = all.into_iter().chain(STATES.map(|state| (Some(state), of(state)))).map(|(state, count)| {
        let words = state.map_or_else(|| lang.pick("全部", "All"), |state| service_state_name(state, lang));
        el("button")
            .class("filter")
            .attr("type", "button")
            .state("aria-pressed", model.state == state)
            .sends("click", to, move || Msg::State(state))
            .with(format!("{words} {count}"))
    });
    let group =
        el("div").class("filters").attr("role", "group").attr("aria-label", lang.pick("状态", "State")).all(states);
    el("div").class("list-tools").with(group)
}

fn row(service: &Service, now: Timestamp, lang: Lang) -> Element {
    let (class, words) = service_state(&service.state, lang);
    let trial = service.trial.map(|_| el("span").class("badge").with(lang.pick("试用", "Trial")));
    let picks = service_picks(service).into_iter().map(|(name, value)| [&name, " ", &value].concat());
    let what: Vec<String> = [service.names.edition.clone()].into_iter().chain(picks).collect();
    let name = el("span").class("row-name").with(service.product_name.clone()).maybe(trial);
    let main = el("span").class("row-main").with(name).with(el("span").class("row-what").with(what.join(" · ")));
    let side = el("span")
        .class("row-side")
        .with(el("span").class("row-left").with(remaining(service, now, lang)))
        .with(el("span").class("row-what row-number").with(service.id.clone()));
    let link = el("a")
        .class("row is-service")
        .attr("href", Route::Service(service.id.clone()).path())
        .with(main)
        .with(side)
        .with(state(class, words));
    el("li").with(link)
}

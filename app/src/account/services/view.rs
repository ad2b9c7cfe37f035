//! The page.

use shared::api::{Service, ServiceQuery, ServiceStateName};
use shared::calendar::Timestamp;

use super::{Msg, Services};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, state, titled};
use crate::page::search::Search;
use crate::page::{Context, Shown};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};
use crate::trade::words::{remaining, service_picks, service_state, service_states};

impl Shown for Services {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("我的服务", "My services"))
    }
}

fn view(model: &Services, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    loaded(&search.found, lang, |services| {
        let page = el("div").class("services-page").with(el("h1").with(lang.pick("我的服务", "My services")));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有服务。购买或试用应用后，服务的状态、剩余时间和用量会在这里。",
                "No services yet. What you buy or try appears here, with its state, its time left and what it has.",
            );
            return page.with(empty(sentence, Some(link("/".to_owned(), lang.pick("去选应用", "Choose an app")))));
        }
        let sentence = lang.pick("没有符合条件的服务。", "No service matches.");
        let rows = services.iter().map(|service| row(service, context.now, lang));
        page.with(fields(search, services.len(), lang, to))
            .with(stale(search, lang, to))
            .with(el("ul").class("rows").state("aria-busy", search.busy).all(rows))
            .with(none(services.is_empty(), sentence, lang.pick("查看全部服务", "See all services"), to))
            .with(more(search, lang.pick("更早的服务", "Older services"), to))
    })
}

fn fields(search: &Search<ServiceQuery>, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let ServiceQuery { id, product, state, .. } = &search.query;
    let label = lang.pick("服务编号", "Service number");
    let hint = lang.pick("服务编号，或开头几位", "Service number, or how it begins");
    let id = by_text("id", label, hint, id.as_ref(), to);
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(service_states(lang), state.map_or("", ServiceStateName::as_str), lang, to);
    tools(
        id.into_iter().chain(product).chain([states]),
        tally(search, found(count, "service", lang.pick("个服务", "services"), lang), lang),
    )
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

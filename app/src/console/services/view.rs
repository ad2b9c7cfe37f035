//! The page.

use shared::api::{Role, Service, ServiceQuery, ServiceStateName};
use shared::calendar::Timestamp;

use super::{Msg, Services};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{empty, loaded, state, titled};
use crate::page::search::Search;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};
use crate::trade::words::{remaining, service_picks, service_state, service_states};

impl Shown for Services {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(&self.search, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("服务", "Services"))
    }
}

fn view(search: &Search<ServiceQuery>, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let sells = matches!(context.role(), Some(Role::IsvOwner | Role::IsvSupport));
    loaded(&search.found, lang, |services| {
        let page = el("div").class("table-page").with(el("h1").with(lang.pick("服务", "Services")));
        if search.is_empty() {
            let sentence = if sells {
                lang.pick(
                    "还没有服务。订单支付后、试用申请后，待开通的服务会出现在这里。",
                    "No services yet. Once an order is paid or a trial begun, its services appear here to be opened.",
                )
            } else {
                lang.pick(
                    "还没有服务。全市场的服务都会列在这里。",
                    "No services yet. Every service of the market is listed here.",
                )
            };
            return page.with(empty(sentence, None));
        }
        let columns = columns(lang);
        let rows = services.iter().map(|service| one(service, &columns, context.now, lang));
        let sentence = lang.pick("没有符合条件的服务。", "No service matches.");
        page.with(fields(search, services.len(), sells, lang, to))
            .with(stale(search, lang, to))
            .with(table(lang.pick("服务", "Services"), &columns, rows, search.busy).flag("hidden", services.is_empty()))
            .with(none(services.is_empty(), sentence, lang.pick("查看全部服务", "See all services"), to))
            .with(more(search, lang.pick("更早的服务", "Older services"), to))
    })
}

fn fields(search: &Search<ServiceQuery>, count: usize, sells: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let ServiceQuery { id, product, state, customer, note } = &search.query;
    let label = lang.pick("服务编号", "Service number");
    let hint = lang.pick("服务编号，或开头几位", "Service number, or how it begins");
    let id = by_text("id", label, hint, id.as_ref(), to);
    let label = lang.pick("客户", "Customer");
    let customer = by_text("customer", label, lang.pick("客户名称", "Customer's name"), customer.as_ref(), to);
    let label = lang.pick("备注", "Note");
    let note =
        sells.then(|| by_text("note", label, lang.pick("备注里的文字", "A part of the note"), note.as_ref(), to));
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(service_states(lang), state.map_or("", ServiceStateName::as_str), lang, to);
    let found = tally(search, found(count, "service", lang.pick("个服务", "services"), lang), lang);
    let texts = id.into_iter().chain(customer).chain(note.into_iter().flatten());
    tools(texts.chain(product).chain([states]), found)
}

const fn columns(lang: Lang) -> [Column; 5] {
    match lang {
        Lang::Zh => [
            ("服务编号", "is-id"),
            ("商品", "is-what"),
            ("客户", "is-who"),
            ("状态", "is-state"),
            ("时间", "is-when is-long"),
        ],
        Lang::En => [
            ("Number", "is-id"),
            ("Product", "is-what"),
            ("Customer", "is-who"),
            ("State", "is-state"),
            ("Time", "is-when is-long"),
        ],
    }
}

fn one(service: &Service, columns: &[Column; 5], now: Timestamp, lang: Lang) -> Element {
    let [number, what, who, stands, when] = *columns;
    let (class, words) = service_state(&service.state, lang);
    let trial = service.trial.map(|_| lang.pick("试用", "Trial").to_owned());
    let picks = service_picks(service).into_iter().map(|(name, value)| [&name, " ", &value].concat());
    let more: Vec<String> = trial.into_iter().chain([service.names.edition.clone()]).chain(picks).collect();
    let note = service
        .note
        .as_ref()
        .filter(|note| !note.is_empty())
        .map(|note| el("span").class("row-note").with(note.clone()));
    let product = el("span")
        .with(service.product_name.clone())
        .with(" ")
        .with(el("span").class("row-what").with(more.join(" · ")))
        .maybe(note);
    row([
        leading(number, Route::Service(service.id.clone()).path(), service.id.clone()),
        cell(what, product),
        cell(who, service.customer.as_ref().map_or_else(String::new, |customer| customer.name.clone())),
        cell(stands, state(class, words)),
        cell(when, remaining(service, now, lang)),
    ])
}

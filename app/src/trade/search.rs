//! Orders and services as lists that are searched (rule O9), and the fields to search by.

use shared::api::{self, Order, OrderList, OrderQuery, Service, ServiceList, ServiceQuery};

use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, empty, target_value};
use crate::page::search::{Query, Search, Searched};

impl Query for OrderQuery {
    type List = OrderList;
    type Row = Order;
    const PATH: &'static str = api::ORDERS;

    fn rows(list: OrderList) -> Vec<Order> {
        list.orders
    }

    fn next(list: &OrderList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(row: &Order) -> Option<(&str, &str)> {
        Some((&row.product, &row.product_name))
    }
}

impl Query for ServiceQuery {
    type List = ServiceList;
    type Row = Service;
    const PATH: &'static str = api::SERVICES;

    fn rows(list: ServiceList) -> Vec<Service> {
        list.services
    }

    fn next(list: &ServiceList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(row: &Service) -> Option<(&str, &str)> {
        Some((&row.product, &row.product_name))
    }
}

/// A field for a text to search by.
pub fn by_text<L: 'static>(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    text: Option<&String>,
    to: &Sink<Searched<L>>,
) -> [Element; 2] {
    let to = to.clone();
    let input = el("input")
        .id(name)
        .class("search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", hint)
        .typed(text.cloned().unwrap_or_default())
        .on("input", move |event| to.send(Searched::By(name, target_value(&event))));
    [el("label").class("sr").attr("for", name).with(label), input]
}

/// A choice of the products that were seen.
pub fn by_product<Q: Query>(
    model: &Search<Q>,
    chosen: Option<&String>,
    lang: Lang,
    to: &Sink<Searched<Q::List>>,
) -> [Element; 2] {
    let mut products = model.products.clone();
    if let Some(slug) = chosen {
        products.entry(slug.clone()).or_insert_with(|| slug.clone());
    }
    let all =
        el("option").attr("value", "").flag("selected", chosen.is_none()).with(lang.pick("全部商品", "All products"));
    let products = products.into_iter().map(|(slug, name)| {
        let chosen = chosen == Some(&slug);
        el("option").attr("value", slug).flag("selected", chosen).with(name)
    });
    let to = to.clone();
    let select = el("select")
        .id("product")
        .class("select")
        .on("change", move |event| to.send(Searched::By("product", target_value(&event))))
        .with(all)
        .all(products);
    [el("label").class("sr").attr("for", "product").with(lang.pick("商品", "Product")), select]
}

/// The states to search by, each by its code and in words; no code stands for all.
pub fn by_state<L: 'static>(
    states: impl IntoIterator<Item = (&'static str, &'static str)>,
    chosen: &str,
    lang: Lang,
    to: &Sink<Searched<L>>,
) -> Element {
    let all = [("", lang.pick("全部", "All"))];
    let states = all.into_iter().chain(states).map(|(code, words)| {
        el("button")
            .class("filter")
            .attr("type", "button")
            .state("aria-pressed", code == chosen)
            .sends("click", to, move || Searched::By("state", code.to_owned()))
            .with(words)
    });
    el("div").class("filters").attr("role", "group").attr("aria-label", lang.pick("状态", "State")).all(states)
}

/// The fields to search by, and how many were found.
pub fn tools(fields: impl IntoIterator<Item = Element>, found: String) -> Element {
    el("form")
        .class("list-tools")
        .attr("role", "search")
        .on("submit", |event| event.prevent_default())
        .all(fields)
        .with(el("p").class("home-count").attr("role", "status").with(found))
}

/// Why what is shown is not what is searched for, if so. A place that stays, so that it is read out.
pub fn stale<Q: Query>(model: &Search<Q>, lang: Lang, to: &Sink<Searched<Q::List>>) -> Element {
    let stale = model.stale.as_ref().map(|failure| {
        let again = button("link", lang.pick("重试", "Try again"), false, to, || Searched::Again);
        el("p").class("notice is-wrong").with(failure.sentence(lang)).with(" ").with(again)
    });
    el("div").attr("role", "status").maybe(stale)
}

/// The way to older ones, if there are more.
pub fn more<Q: Query>(model: &Search<Q>, words: &'static str, to: &Sink<Searched<Q::List>>) -> Element {
    let more = || button("button is-quiet list-more", words, model.adding, to, || Searched::More);
    el("div").maybe(model.next.as_ref().map(|_| more()))
}

/// How many are shown, of which there may be more.
pub fn tally<Q: Query>(model: &Search<Q>, count: String, lang: Lang) -> String {
    if model.next.is_some() { [lang.pick("已显示最新的 ", "the latest "), &count].concat() } else { count }
}

/// So many of something.
pub fn found(count: usize, one: &'static str, many: &'static str, lang: Lang) -> String {
    match (lang, count) {
        (Lang::En, 1) => ["1 ", one].concat(),
        _ => format!("{count} {many}"),
    }
}

/// Nothing matches, and the way back to everything.
pub fn none<L: 'static>(nothing: bool, sentence: &'static str, all: &'static str, to: &Sink<Searched<L>>) -> Element {
    let none = nothing.then(|| empty(sentence, Some(button("link", all, false, to, || Searched::All))));
    el("div").maybe(none)
}

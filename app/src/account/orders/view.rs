//! The page.

use shared::api::{Order, OrderStateName};

use super::model::{Msg, Orders};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{button, empty, link, loaded, state, target_value, titled};
use crate::page::{Context, Shown};
use crate::trade::words::{order_amount, order_kind, order_state, order_state_name};

const STATES: [OrderStateName; 4] =
    [OrderStateName::Unpaid, OrderStateName::Paid, OrderStateName::Fulfilled, OrderStateName::Cancelled];

impl Shown for Orders {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("我的订单", "My orders"))
    }
}

fn view(model: &Orders, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&model.orders, lang, |orders| {
        let title = el("h1").with(lang.pick("我的订单", "My orders"));
        let page = el("div").class("orders-page").with(title);
        if orders.is_empty() && !model.narrowed() && !model.busy && model.stale.is_none() {
            let sentence = lang.pick(
                "还没有订单。选好应用和配置、确认报价之后，订单会出现在这里。",
                "No orders yet. Choose an app, confirm its price, and your order appears here.",
            );
            return page.with(empty(sentence, Some(link("/".to_owned(), lang.pick("去选应用", "Choose an app")))));
        }
        let stale = model.stale.as_ref().map(|failure| {
            let again = button("link", lang.pick("重试", "Try again"), false, to, || Msg::Again);
            el("p").class("notice is-wrong").with(failure.sentence(lang)).with(" ").with(again)
        });
        let none = orders.is_empty().then(|| {
            let sentence = lang.pick("没有符合条件的订单。", "No order matches.");
            empty(sentence, Some(button("link", lang.pick("查看全部订单", "See all orders"), false, to, || Msg::All)))
        });
        let rows = orders.iter().map(|order| row(order, lang));
        page.with(search(model, orders.len(), lang, to))
            .with(el("div").attr("role", "status").maybe(stale))
            .with(el("ul").class("rows").state("aria-busy", model.busy).all(rows))
            .with(el("div").maybe(none))
    })
}

fn search(model: &Orders, found: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let (typing, choosing) = (to.clone(), to.clone());
    let number = el("input")
        .id("number")
        .class("search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", lang.pick("订单号，或开头几位", "Order number, or how it begins"))
        .typed(model.search.number.clone().unwrap_or_default())
        .on("input", move |event| typing.send(Msg::Number(target_value(&event))));
    let all = el("option")
        .attr("value", "")
        .flag("selected", model.search.product.is_none())
        .with(lang.pick("全部商品", "All products"));
    let mut products = model.products.clone();
    if let Some(slug) = &model.search.product {
        products.entry(slug.clone()).or_insert_with(|| slug.clone());
    }
    let products = products.into_iter().map(|(slug, name)| {
        let chosen = model.search.product.as_ref() == Some(&slug);
        el("option").attr("value", slug).flag("selected", chosen).with(name)
    });
    let product = el("select")
        .id("product")
        .class("select")
        .on("change", move |event| {
            let slug = target_value(&event);
            choosing.send(Msg::Product((!slug.is_empty()).then_some(slug)));
        })
        .with(all)
        .all(products);
    let states = [None].into_iter().chain(STATES.map(Some)).map(|state| {
        let words = state.map_or_else(|| lang.pick("全部", "All"), |state| order_state_name(state, lang));
        el("button")
            .class("filter")
            .attr("type", "button")
            .state("aria-pressed", model.search.state == state)
            .sends("click", to, move || Msg::State(state))
            .with(words)
    });
    let count = match found {
        1 => lang.pick("1 个订单".to_owned(), "1 order".to_owned()),
        n => lang.pick(format!("{n} 个订单"), format!("{n} orders")),
    };
    el("form")
        .class("list-tools")
        .attr("role", "search")
        .on("submit", |event| event.prevent_default())
        .with(el("label").class("sr").attr("for", "number").with(lang.pick("订单号", "Order number")))
        .with(number)
        .with(el("label").class("sr").attr("for", "product").with(lang.pick("商品", "Product")))
        .with(product)
        .with(
            el("div").class("filters").attr("role", "group").attr("aria-label", lang.pick("状态", "State")).all(states),
        )
        .with(el("p").class("home-count").attr("role", "status").with(count))
}

fn row(order: &Order, lang: Lang) -> Element {
    let (class, words) = order_state(order, lang);
    let mut what = vec![order_kind(order.kind, lang).to_owned(), order.names.edition.clone()];
    what.extend(order.selection.term.map(|sold| term(sold, lang)));
    if order.selection.count > 1 {
        what.push(lang.pick(format!("{} 个", order.selection.count), format!("{} instances", order.selection.count)));
    }
    let was = order.amount.repriced.as_ref().map(|_| el("s").class("row-was").with(yuan(order.amount.quoted)));
    let amount = el("span").class("row-amount").with(order_amount(order, lang)).maybe(was);
    let main = el("span")
        .class("row-main")
        .with(el("span").class("row-name").with(order.product_name.clone()))
        .with(el("span").class("row-what").with(what.join(" · ")));
    let side = el("span")
        .class("row-side")
        .with(el("span").class("row-number").with(order.id.clone()))
        .with(el("span").class("row-what").with(date_time(order.placed_at, lang)));
    let link = el("a")
        .class("row")
        .attr("href", Route::Order(order.id.clone()).path())
        .with(main)
        .with(side)
        .with(state(class, words))
        .with(amount);
    el("li").with(link)
}

//! The page.

use shared::api::{Order, OrderQuery, OrderStateName};

use super::{Msg, Orders};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, state, titled};
use crate::page::search::Search;
use crate::page::{Context, Shown};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};
use crate::trade::words::{order_amount, order_kind, order_state, order_states};

impl Shown for Orders {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("我的订单", "My orders"))
    }
}

fn view(model: &Orders, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    loaded(&search.found, lang, |orders| {
        let title = el("h1").with(lang.pick("我的订单", "My orders"));
        let page = el("div").class("orders-page").with(title);
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有订单。选好应用和配置、确认报价之后，订单会出现在这里。",
                "No orders yet. Choose an app, confirm its price, and your order appears here.",
            );
            return page.with(empty(sentence, Some(link("/".to_owned(), lang.pick("去选应用", "Choose an app")))));
        }
        let sentence = lang.pick("没有符合条件的订单。", "No order matches.");
        let all = lang.pick("查看全部订单", "See all orders");
        page.with(fields(search, orders.len(), lang, to))
            .with(stale(search, lang, to))
            .with(
                el("ul").class("rows").state("aria-busy", search.busy).all(orders.iter().map(|order| row(order, lang))),
            )
            .with(none(orders.is_empty(), sentence, all, to))
            .with(more(search, lang.pick("更早的订单", "Older orders"), to))
    })
}

fn fields(search: &Search<OrderQuery>, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let OrderQuery { number, product, state, .. } = &search.query;
    let label = lang.pick("订单号", "Order number");
    let number = by_text(
        "number",
        label,
        lang.pick("订单号，或开头几位", "Order number, or how it begins"),
        number.as_ref(),
        to,
    );
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(order_states(lang), state.map_or("", OrderStateName::as_str), lang, to);
    let found = tally(search, found(count, "order", lang.pick("个订单", "orders"), lang), lang);
    tools(number.into_iter().chain(product).chain([states]), found)
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

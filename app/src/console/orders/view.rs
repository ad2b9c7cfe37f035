//! The page.

use shared::api::{Order, OrderQuery, OrderStateName, Role};

use super::{Msg, Orders};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, loaded, state, titled};
use crate::page::search::Search;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};
use crate::trade::words::{order_amount, order_kind, order_state, order_states};

impl Shown for Orders {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(&self.search, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("订单", "Orders"))
    }
}

fn view(search: &Search<OrderQuery>, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&search.found, lang, |orders| {
        let page = el("div").class("table-page").with(el("h1").with(lang.pick("订单", "Orders")));
        if search.is_empty() {
            let sentence = match context.role() {
                Some(Role::IsvOwner | Role::IsvSupport) => lang.pick(
                    "还没有订单。有企业购买或试用贵公司的应用后，订单会出现在这里，未支付的可以改价。",
                    "No orders yet. When an enterprise buys or tries one of your apps, its order appears here; unpaid ones can be repriced.",
                ),
                _ => lang.pick(
                    "还没有订单。全市场的订单都会列在这里。",
                    "No orders yet. Every order of the market is listed here.",
                ),
            };
            return page.with(empty(sentence, None));
        }
        let columns = columns(lang);
        let rows = orders.iter().map(|order| one(order, &columns, lang));
        let name = lang.pick("订单", "Orders");
        let sentence = lang.pick("没有符合条件的订单。", "No order matches.");
        page.with(fields(search, orders.len(), lang, to))
            .with(stale(search, lang, to))
            .with(table(name, &columns, rows, search.busy).flag("hidden", orders.is_empty()))
            .with(none(orders.is_empty(), sentence, lang.pick("查看全部订单", "See all orders"), to))
            .with(more(search, lang.pick("更早的订单", "Older orders"), to))
    })
}

fn fields(search: &Search<OrderQuery>, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let OrderQuery { number, product, state, customer } = &search.query;
    let label = lang.pick("订单号", "Order number");
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    let number = by_text("number", label, hint, number.as_ref(), to);
    let label = lang.pick("客户", "Customer");
    let customer = by_text("customer", label, lang.pick("客户名称", "Customer's name"), customer.as_ref(), to);
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(order_states(lang), state.map_or("", OrderStateName::as_str), lang, to);
    let found = tally(search, found(count, "order", lang.pick("个订单", "orders"), lang), lang);
    tools(number.into_iter().chain(customer).chain(product).chain([states]), found)
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("订单号", "is-id"),
            ("商品", "is-what"),
            ("客户", "is-who"),
            ("状态", "is-state"),
            ("金额", "is-amount"),
            ("下单时间", "is-when"),
        ],
        Lang::En => [
            ("Number", "is-id"),
            ("Product", "is-what"),
            ("Customer", "is-who"),
            ("State", "is-state"),
            ("Amount", "is-amount"),
            ("Placed", "is-when"),
        ],
    }
}

fn one(order: &Order, columns: &[Column; 6], lang: Lang) -> Element {
    let [number, what, who, stands, amount, when] = *columns;
    let (class, words) = order_state(order, lang);
    let mut more = vec![order_kind(order.kind, lang).to_owned(), order.names.edition.clone()];
    if order.selection.count > 1 {
        more.push(format!("× {}", order.selection.count));
    }
    let product =
        el("span").with(order.product_name.clone()).with(" ").with(el("span").class("row-what").with(more.join(" · ")));
    let wrong =
        order.mismatched.map(|_| el("span").class("row-wrong").with(lang.pick("有付款金额不符", "Wrong amount")));
    let was = order.amount.repriced.as_ref().map(|_| el("s").class("row-was").with(yuan(order.amount.quoted)));
    row([
        leading(number, Route::Order(order.id.clone()).path(), order.id.clone()),
        cell(what, product),
        cell(who, order.customer.as_ref().map_or_else(String::new, |customer| customer.name.clone())),
        cell(stands, el("span").with(state(class, words)).maybe(wrong)),
        cell(amount, el("span").with(order_amount(order, lang)).with(" ").maybe(was)),
        cell(when, date_time(order.placed_at, lang)),
    ])
}

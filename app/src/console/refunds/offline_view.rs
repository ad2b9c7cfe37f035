//! The page of offline refunds. A vendor records one on its order's page.

use shared::aftersale::OfflineRefund;
use shared::api::{Filed, RecordQuery, Role};

use super::OfflineRefunds;
use super::view::under_tabs;
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, state, titled};
use crate::page::search::Search;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Page, Shown};
use crate::trade::aftersale::offline::{self, offline_outcome, offline_state, offline_states};
use crate::trade::records::Of;
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};

type To = Sink<<OfflineRefunds as Page>::Msg>;

impl Shown for OfflineRefunds {
    fn view(&self, context: &Context, to: &To) -> Element {
        view(&self.search, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("线下退款", "Offline refunds"))
    }
}

fn view(search: &Search<Of<offline::OfflineRefunds>>, context: &Context, to: &To) -> Element {
    let lang = context.lang;
    loaded(&search.found, lang, |refunds| {
        let page = under_tabs(&Route::OfflineRefunds, lang);
        if search.is_empty() {
            let sells = matches!(context.role(), Some(Role::IsvOwner | Role::IsvSupport));
            let sentence = if sells {
                lang.pick(
                    "还没有线下退款。与企业商定部分退款并自行付款后，在订单里登记，由企业确认收到。",
                    "No offline refunds yet. Once you have paid what was agreed on with an enterprise, record it on the order's page; the enterprise confirms it.",
                )
            } else {
                lang.pick(
                    "还没有线下退款。服务商登记、企业确认的线下退款会列在这里；不经平台，也不进结算。",
                    "No offline refunds yet. What vendors record and enterprises confirm is listed here; it goes past the market and its settlement.",
                )
            };
            let orders = link(Route::Orders.path(), lang.pick("查看订单", "See the orders"));
            return page.with(empty(sentence, sells.then_some(orders)));
        }
        let RecordQuery { number, product, state: chosen, customer } = &search.query.query;
        let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
        let number = by_text("number", lang.pick("订单号", "Order number"), hint, number.as_ref(), to);
        let customers = lang.pick("客户名称", "Customer's name");
        let customer = by_text("customer", lang.pick("客户", "Customer"), customers, customer.as_ref(), to);
        let product = by_product(search, product.as_ref(), lang, to);
        let states = by_state(offline_states(lang), chosen.as_deref().unwrap_or_default(), lang, to);
        let found = tally(search, found(refunds.len(), "refund", lang.pick("笔线下退款", "refunds"), lang), lang);
        let columns = columns(lang);
        let rows = refunds.iter().map(|refund| one(refund, &columns, lang));
        let nothing = refunds.is_empty();
        let sentence = lang.pick("没有符合条件的线下退款。", "No offline refund matches.");
        let all = lang.pick("查看全部线下退款", "See all offline refunds");
        page.with(tools(number.into_iter().chain(customer).chain(product).chain([states]), found))
            .with(stale(search, lang, to))
            .with(table(lang.pick("线下退款", "Offline refunds"), &columns, rows, search.busy).flag("hidden", nothing))
            .with(more(search, lang.pick("更早的线下退款", "Older offline refunds"), to))
            .with(none(nothing, sentence, all, to))
    })
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("订单号", "is-id"),
            ("商品与约定", "is-what"),
            ("客户", "is-who"),
            ("状态", "is-state is-long"),
            ("金额", "is-amount"),
            ("登记时间", "is-when"),
        ],
        Lang::En => [
            ("Order", "is-id"),
            ("Product and agreement", "is-what"),
            ("Customer", "is-who"),
            ("State", "is-state is-long"),
            ("Amount", "is-amount"),
            ("Recorded", "is-when"),
        ],
    }
}

fn one(filed: &Filed<OfflineRefund>, columns: &[Column; 6], lang: Lang) -> Element {
    let refund = &filed.record;
    let [number, what, who, stands, amount, when] = *columns;
    let (class, words) = offline_state(&refund.state, lang);
    let note = el("span").class("row-what").with(refund.note.clone());
    let outcome = el("span").class("row-what").with(offline_outcome(refund, lang));
    row([
        leading(number, Route::Order(refund.order.clone()).path(), refund.order.clone()),
        cell(what, el("span").with(filed.product_name.clone()).with(" ").with(note)),
        cell(who, filed.customer.as_ref().map_or_else(String::new, |customer| customer.name.clone())),
        cell(stands, el("span").with(state(class, words)).with(" ").with(outcome)),
        cell(amount, yuan(refund.amount)),
        cell(when, date_time(refund.at, lang)),
    ])
}

//! The page of refunds.

use shared::api::{Refund, RefundQuery, RefundStateName, Role};
use shared::orders::RefundState;

use super::{Msg, Refunds};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, loaded, state, tabs, titled};
use crate::page::search::Search;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::aftersale::refund::{left, refund_state, refund_states};
use crate::trade::search::{by_state, by_text, found, more, none, stale, tally, tools};

impl Shown for Refunds {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(&self.search, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("退款", "Refunds"))
    }
}

/// The page's beginning; `here` is its address.
pub(super) fn under_tabs(here: &Route, lang: Lang) -> Element {
    let name = lang.pick("退款", "Refunds");
    let pages = [(Route::Refunds, name), (Route::OfflineRefunds, lang.pick("线下退款", "Offline refunds"))];
    let tabs = tabs(name, pages.map(|(route, words)| (route.path(), words, route == *here)));
    el("div").class("table-page").with(el("h1").with(name)).with(tabs)
}

fn view(search: &Search<RefundQuery>, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&search.found, lang, |refunds| {
        let page = under_tabs(&Route::Refunds, lang);
        if search.is_empty() {
            let sentence = match context.role() {
                Some(Role::IsvOwner | Role::IsvSupport) => lang.pick(
                    "还没有退款。企业申请后会出现在这里，须在 72 小时内处理，逾期视为同意。",
                    "No refunds yet. What enterprises ask for appears here; no answer within 72 hours is a yes.",
                ),
                _ => lang.pick(
                    "还没有退款。全市场的退款都会列在这里；以转账支付的，获准后由平台汇出。",
                    "No refunds yet. Every refund of the market is listed here; what was paid by transfer the operator sends back.",
                ),
            };
            return page.with(empty(sentence, None));
        }
        let name = lang.pick("退款", "Refunds");
        let columns = columns(lang);
        let rows = refunds.iter().map(|refund| one(refund, &columns, context));
        let nothing = refunds.is_empty();
        let sentence = lang.pick("没有符合条件的退款。", "No refund matches.");
        page.with(fields(search, refunds.len(), lang, to))
            .with(stale(search, lang, to))
            .with(table(name, &columns, rows, search.busy).flag("hidden", nothing))
            .with(more(search, lang.pick("更早的退款", "Older refunds"), to))
            .with(none(nothing, sentence, lang.pick("查看全部退款", "See all refunds"), to))
    })
}

fn fields(search: &Search<RefundQuery>, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let RefundQuery { order, applicant, state } = &search.query;
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    let order = by_text("order", lang.pick("订单号", "Order number"), hint, order.as_ref(), to);
    let label = lang.pick("申请人或企业", "Applicant or enterprise");
    let applicant = by_text("applicant", label, label, applicant.as_ref(), to);
    let states = by_state(refund_states(lang), state.map_or("", RefundStateName::as_str), lang, to);
    let found = tally(search, found(count, "refund", lang.pick("笔退款", "refunds"), lang), lang);
    tools(order.into_iter().chain(applicant).chain([states]), found)
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("退款编号", "is-id"),
            ("商品与原因", "is-what"),
            ("申请人", "is-who"),
            ("状态", "is-state is-long"),
            ("金额", "is-amount"),
            ("申请时间", "is-when"),
        ],
        Lang::En => [
            ("Number", "is-id"),
            ("Product and reason", "is-what"),
            ("Asked for by", "is-who"),
            ("State", "is-state is-long"),
            ("Amount", "is-amount"),
            ("Asked for", "is-when"),
        ],
    }
}

fn one(refund: &Refund, columns: &[Column; 6], context: &Context) -> Element {
    let lang = context.lang;
    let [number, what, who, stands, amount, when] = *columns;
    let (class, words) = refund_state(&refund.state, lang);
    let more = match &refund.state {
        RefundState::Reviewing { answer_until } => {
            let left = left(*answer_until, context.now, lang);
            Some(lang.pick(format!("还剩 {left}"), format!("{left} left")))
        }
        RefundState::Rejected { reason, .. } => Some(reason.clone()),
        _ => None,
    };
    let more = more.map(|more| el("span").class("row-what").with(more));
    let why = el("span").class("row-what").with(refund.reason.clone());
    let customer = refund.customer.as_ref().map(|customer| customer.name.clone()).unwrap_or_default();
    let applicant = el("span").class("row-what").with(refund.applicant.clone());
    row([
        leading(number, Route::Refund(refund.id.clone()).path(), refund.id.clone()),
        cell(what, el("span").with(refund.product_name.clone()).with(" ").with(why)),
        cell(who, el("span").with(customer).with(" ").with(applicant)),
        cell(stands, el("span").with(state(class, words)).with(" ").maybe(more)),
        cell(amount, yuan(refund.amount)),
        cell(when, date_time(refund.asked_at, lang)),
    ])
}

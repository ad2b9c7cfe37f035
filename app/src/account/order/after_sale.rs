//! What can be done about a paid order, and what was: refund, invoice, offline refund (rules O4, O5, O10). What would be
//! refused is there all the same, and says why.

use shared::aftersale::OfflineState;
use shared::api::{self, AfterSale, May, Role};
use shared::orders::{OrderState, RefundState};

use super::model::{Msg, Order};
use super::offline;
use crate::account::refund_ask::finance;
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::Context;
use crate::page::parts::{link, state};
use crate::trade::aftersale::invoice::{invoice_kind, invoice_outcome, invoice_state};
use crate::trade::aftersale::offline::offline_entry;
use crate::trade::aftersale::refund::{left, refund_state};
use crate::trade::aftersale::{part, why_not, words};

/// All of it; nothing of an order that was not paid.
pub(super) fn after_sale(order: &api::Order, context: &Context) -> Option<Element> {
    let (lang, beside) = (context.lang, order.after_sale.as_deref()?);
    let offline = (!beside.offline_refunds.is_empty()).then(|| {
        let entries = beside.offline_refunds.iter().map(|it| offline_entry(&it.record, lang));
        part("beside-offline", lang.pick("线下退款", "Offline refund"), entries)
    });
    let title = el("h2").id("after-title").with(lang.pick("售后", "After the sale"));
    let section = el("section")
        .class("after")
        .attr("aria-labelledby", "after-title")
        .with(title)
        .with(part("beside-refund", lang.pick("退款", "Refund"), refunds(order, beside, context)))
        .with(part("beside-invoice", lang.pick("发票", "Invoice"), invoices(order, beside, lang)))
        .maybe(offline);
    Some(section)
}

/// What waits for the reader's word: an offline refund that the vendor recorded.
pub(super) fn waiting(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Option<Element> {
    let says = matches!(context.role(), Some(Role::BuyerAdmin | Role::BuyerFinance));
    let beside = order.after_sale.as_deref().filter(|_| says)?;
    let refund = beside.offline_refunds.iter().find(|filed| filed.record.state == OfflineState::Recorded)?;
    let to = to.clone();
    let through = Sink::new(move |message| to.send(Msg::Offline(message)));
    Some(offline::saying(&model.offline, &refund.record, context.lang, &through))
}

fn refunds(order: &api::Order, beside: &AfterSale, context: &Context) -> Vec<Element> {
    let lang = context.lang;
    let one = |refund: &api::Refund| {
        let (class, words) = refund_state(&refund.state, lang);
        let more = match &refund.state {
            RefundState::Reviewing { answer_until } => {
                let left = left(*answer_until, context.now, lang);
                lang.pick(format!("服务商处理还剩 {left}"), format!("{left} left for the vendor to answer"))
            }
            RefundState::Rejected { reason, .. } => reason.clone(),
            _ => date_time(refund.asked_at, lang),
        };
        let way = link(Route::Refund(refund.id.clone()).path(), lang.pick("查看退款", "See the refund"));
        el("div")
            .class("beside-entry")
            .with(el("p").with(state(class, words)).with(" ").with(way))
            .with(el("p").class("row-what").with(more))
    };
    let reviewed = beside.refunds.iter().any(|refund| matches!(refund.state, RefundState::Reviewing { .. }));
    let over = reviewed || matches!(order.state, OrderState::Refunded { .. });
    let ask = lang.pick("申请退款", "Ask for a refund");
    let step = match &beside.refund {
        _ if over => None,
        May::No(why) => Some(why_not("refund-why", ask, words(why, lang))),
        May::Yes(_) if context.role() != Some(Role::BuyerAdmin) => Some(why_not("refund-why", ask, finance(lang))),
        May::Yes(terms) => {
            let way = Route::RefundAsk(order.id.clone()).path();
            let until = match terms.until {
                Some(until) => {
                    let until = date_time(until, lang);
                    lang.pick(
                        format!("全额退回 {}，可申请至 {until}。", yuan(terms.amount)),
                        format!("All of {} comes back; it can be asked for until {until}.", yuan(terms.amount)),
                    )
                }
                None => lang.pick(
                    format!("24 小时未全部开通，无需审核，全额退回 {}。", yuan(terms.amount)),
                    format!("Not everything opened within 24 hours: {} comes back without review.", yuan(terms.amount)),
                ),
            };
            let ask = el("a").class("button is-quiet").attr("href", way).with(ask);
            Some(el("div").class("beside-not").with(ask).with(el("p").class("fine").with(until)))
        }
    };
    beside.refunds.iter().map(one).chain(step).collect()
}

fn invoices(order: &api::Order, beside: &AfterSale, lang: Lang) -> Vec<Element> {
    let list = [&Route::Invoices.path(), "?number=", &order.id].concat();
    let one = |filed: &api::Filed<shared::aftersale::Invoice>| {
        let invoice = &filed.record;
        let (class, words) = invoice_state(&invoice.state, lang);
        let what = [invoice_kind(invoice.kind, lang), " · ", &invoice.title].concat();
        el("div")
            .class("beside-entry")
            .with(el("p").with(state(class, words)).with(" ").with(link(list.clone(), lang.pick("查看发票", "See it"))))
            .with(el("p").class("row-what").with(what))
            .with(el("p").class("row-what").with(invoice_outcome(invoice, lang)))
    };
    let held = beside.invoices.iter().any(|filed| filed.record.state.holds());
    let over = held || matches!(order.state, OrderState::Refunded { .. });
    let ask = lang.pick("申请发票", "Ask for an invoice");
    let step = match &beside.invoice {
        _ if over => None,
        May::No(why) => Some(why_not("invoice-why", ask, words(why, lang))),
        May::Yes(over) => {
            let way = Route::InvoiceAsk(order.id.clone()).path();
            let amount = lang.pick(
                format!("普通发票或增值税专用发票，金额 {}。", yuan(over.amount)),
                format!("An ordinary or a special VAT invoice over {}.", yuan(over.amount)),
            );
            let ask = el("a").class("button is-quiet").attr("href", way).with(ask);
            Some(el("div").class("beside-not").with(ask).with(el("p").class("fine").with(amount)))
        }
    };
    beside.invoices.iter().map(one).chain(step).collect()
}

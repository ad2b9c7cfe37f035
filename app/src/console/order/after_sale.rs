//! What stands beside a paid order: refunds and invoices, each leading on, and offline refunds (rules O4, O5, O10).

use shared::aftersale::Invoice;
use shared::api::{self, AfterSale, Filed, May, Refund, Role};
use shared::orders::RefundState;

use super::model::{Msg, Order};
use super::offline::recording;
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::Context;
use crate::page::parts::{link, state};
use crate::trade::aftersale::invoice::{invoice_kind, invoice_outcome, invoice_state};
use crate::trade::aftersale::offline::offline_entry;
use crate::trade::aftersale::refund::{left, refund_state};
use crate::trade::aftersale::{part, why_not, words};

/// All of it; nothing of an order that was not paid, and no part of which nothing can be said.
pub(super) fn after_sale(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Option<Element> {
    let (lang, beside) = (context.lang, order.after_sale.as_deref()?);
    let refunds = beside.refunds.iter().map(|refund| one_refund(refund, context));
    let refunds = some(refunds, lang.pick("企业没有申请退款。", "No refund was asked for."));
    let invoices = beside.invoices.iter().map(|invoice| one_invoice(invoice, lang));
    let invoices = some(invoices, lang.pick("企业没有申请发票。", "No invoice was asked for."));
    let section = el("section")
        .class("after")
        .attr("aria-labelledby", "after-title")
        .with(el("h2").id("after-title").with(lang.pick("售后", "After the sale")))
        .with(part("beside-refund", lang.pick("退款", "Refund"), refunds))
        .with(part("beside-invoice", lang.pick("发票", "Invoice"), invoices))
        .with(part(
            "beside-offline",
            lang.pick("线下退款", "Offline refund"),
            offline(model, order, beside, context, to),
        ));
    Some(section)
}

fn some(entries: impl Iterator<Item = Element>, nothing: &'static str) -> Vec<Element> {
    let entries: Vec<Element> = entries.collect();
    if entries.is_empty() { vec![el("p").class("fine").with(nothing)] } else { entries }
}

fn one_refund(refund: &Refund, context: &Context) -> Element {
    let lang = context.lang;
    let (class, words) = refund_state(&refund.state, lang);
    let more = match &refund.state {
        RefundState::Reviewing { answer_until } => {
            let left = left(*answer_until, context.now, lang);
            lang.pick(
                format!("处理还剩 {left}：{}", refund.reason),
                format!("{left} left to answer: {}", refund.reason),
            )
        }
        _ => [date_time(refund.asked_at, lang).as_str(), lang.pick("：", ": "), &refund.reason].concat(),
    };
    let way = link(Route::Refund(refund.id.clone()).path(), lang.pick("查看退款", "See the refund"));
    el("div")
        .class("beside-entry")
        .with(el("p").with(state(class, words)).with(" ").with(way))
        .with(el("p").class("row-what").with(more))
}

fn one_invoice(filed: &Filed<Invoice>, lang: Lang) -> Element {
    let invoice = &filed.record;
    let (class, words) = invoice_state(&invoice.state, lang);
    let list = [&Route::Invoices.path(), "?number=", &invoice.order].concat();
    let what = [invoice_kind(invoice.kind, lang), " · ", &invoice.title].concat();
    el("div")
        .class("beside-entry")
        .with(el("p").with(state(class, words)).with(" ").with(link(list, lang.pick("查看发票", "See it"))))
        .with(el("p").class("row-what").with(what))
        .with(el("p").class("row-what").with(invoice_outcome(invoice, lang)))
}

fn offline(model: &Order, order: &api::Order, beside: &AfterSale, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let entries = beside.offline_refunds.iter().map(|filed| offline_entry(&filed.record, lang));
    let record = lang.pick("登记线下退款", "Record an offline refund");
    let step = match (&beside.offline, context.role()) {
        (May::Yes(most), Some(Role::IsvOwner)) => {
            let to = to.clone();
            let through = Sink::new(move |message| to.send(Msg::Offline(message)));
            Some(recording(&model.offline, &order.id, *most, lang, &through))
        }
        (May::No(why), Some(Role::IsvOwner)) => Some(why_not("offline-why", record, words(why, lang))),
        (_, Some(Role::IsvSupport)) => {
            let why = lang.pick("线下退款由服务商负责人登记。", "Only the vendor's owner records offline refunds.");
            Some(why_not("offline-why", record, why))
        }
        _ => beside.offline_refunds.is_empty().then(|| {
            let nothing = lang.pick(
                "没有线下退款；由服务商登记，企业确认。",
                "None. The vendor records it, the enterprise confirms it.",
            );
            el("p").class("fine").with(nothing)
        }),
    };
    entries.chain(step).collect()
}

//! The page.

use shared::aftersale::{Invoice, InvoiceState};
use shared::api::{Filed, InvoiceList, RecordQuery};

use super::model::{Invoices, Msg};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, link, loaded, said, state, titled};
use crate::page::search::Searched;
use crate::page::submit::Submit;
use crate::page::{Context, Shown};
use crate::trade::aftersale::invoice::{invoice_kind, invoice_outcome, invoice_state, invoice_states};
use crate::trade::search::{by_product, by_state, by_text, more, none, stale, tally, tools};

impl Shown for Invoices {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context.lang, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("发票", "Invoices"))
    }
}

/// Messages of the list, as the page's.
fn through(to: &Sink<Msg>) -> Sink<Searched<InvoiceList>> {
    let to = to.clone();
    Sink::new(move |message| to.send(Msg::Search(message)))
}

fn view(model: &Invoices, lang: Lang, to: &Sink<Msg>) -> Element {
    let search = &model.search;
    loaded(&search.found, lang, |invoices| {
        let title = el("h1").with(lang.pick("发票", "Invoices"));
        let page = el("div").class("orders-page").with(title);
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有发票。订单支付后可以在订单里申请，由服务商开具。",
                "No invoices yet. Once an order is paid, ask for its invoice on the order's page; its vendor issues it.",
            );
            let orders = link(Route::Orders.path(), lang.pick("查看我的订单", "See my orders"));
            return page.with(empty(sentence, Some(orders)));
        }
        let to_list = through(to);
        let RecordQuery { number, product, state: chosen, .. } = &search.query.query;
        let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
        let number = by_text("number", lang.pick("订单号", "Order number"), hint, number.as_ref(), &to_list);
        let product = by_product(search, product.as_ref(), lang, &to_list);
        let states = by_state(invoice_states(lang), chosen.as_deref().unwrap_or_default(), lang, &to_list);
        let found = match invoices.len() {
            1 => lang.pick("1 张发票".to_owned(), "1 invoice".to_owned()),
            n => lang.pick(format!("{n} 张发票"), format!("{n} invoices")),
        };
        let rows = invoices.iter().map(|invoice| row(model, invoice, lang, to));
        let (sentence, all) =
            (lang.pick("没有符合条件的发票。", "No invoice matches."), lang.pick("查看全部发票", "See all invoices"));
        page.with(tools(number.into_iter().chain(product).chain([states]), tally(search, found, lang)))
            .with(stale(search, lang, &to_list))
            .with(el("ul").class("rows").state("aria-busy", search.busy).all(rows))
            .with(more(search, lang.pick("更早的发票", "Older invoices"), &to_list))
            .with(none(invoices.is_empty(), sentence, all, &to_list))
    })
}

fn row(model: &Invoices, filed: &Filed<Invoice>, lang: Lang, to: &Sink<Msg>) -> Element {
    let invoice = &filed.record;
    let (class, words) = invoice_state(&invoice.state, lang);
    let order = Route::Order(invoice.order.clone()).path();
    let name = el("a").class("row-name").attr("href", order.clone()).with(filed.product_name.clone());
    let what = [invoice_kind(invoice.kind, lang), " · ", &invoice.title].concat();
    let main = el("span")
        .class("row-main")
        .with(name)
        .with(el("span").class("row-what").with(what))
        .with(el("span").class("row-what").with(invoice.tax_number.to_string()));
    let side = el("span")
        .class("row-side")
        .with(el("a").class("row-number").attr("href", order).with(invoice.order.clone()))
        .with(el("span").class("row-what").with(invoice_outcome(invoice, lang)));
    let line = el("div")
        .class("row is-still")
        .with(main)
        .with(side)
        .with(state(class, words))
        .with(el("span").class("row-amount").with(yuan(invoice.amount)));
    el("li").with(line).maybe(steps(model, filed, lang, to))
}

/// Taking an open one back, asking again for one that was not issued.
fn steps(model: &Invoices, filed: &Filed<Invoice>, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let invoice = &filed.record;
    let submit = model.withdrawing.as_ref().filter(|(id, _)| *id == invoice.id).map(|(_, submit)| submit);
    match (&invoice.state, submit) {
        (InvoiceState::Open, Some(submit)) => Some(withdrawing(submit, lang, to)),
        (InvoiceState::Open, None) => {
            let id = invoice.id.clone();
            let words = lang.pick("撤回申请", "Withdraw it");
            let name = [words, lang.pick("：订单 ", ": order "), &invoice.order].concat();
            let withdraw = button("link", words, false, to, move || Msg::Ask(Some(id.clone())));
            Some(el("p").class("row-steps").with(withdraw.attr("aria-label", name)))
        }
        (InvoiceState::Rejected { .. }, _) if !held(model, &invoice.order) => {
            let again = Route::InvoiceAsk(invoice.order.clone()).path();
            let words = lang.pick("修改后重新申请", "Mend it and ask again");
            Some(el("p").class("row-steps").with(link(again, words)))
        }
        _ => None,
    }
}

/// Whether another invoice of the order is open or issued: then none is asked for again.
fn held(model: &Invoices, order: &str) -> bool {
    let all = model.search.found.here();
    all.is_some_and(|all| all.iter().any(|filed| filed.record.order == order && filed.record.state.holds()))
}

fn withdrawing(submit: &Submit, lang: Lang, to: &Sink<Msg>) -> Element {
    let sentence = lang.pick(
        "撤回后服务商不再开具；需要时可以重新申请。撤回后，订单可以申请退款。确定撤回？",
        "The vendor will not issue it; ask again when you need it. The order can be refunded then. Withdraw it?",
    );
    let keep =
        button("button is-quiet", lang.pick("保留申请", "Keep it"), false, to, || Msg::Ask(None)).id("keep-invoice");
    let sure =
        button("button", lang.pick("确定撤回", "Withdraw it"), submit.waits(), to, || Msg::Withdraw(draw_key()));
    let said = match submit {
        Submit::Idle => el("div").class("said"),
        other => said(other, lang.pick("正在撤回…", "Withdrawing…"), lang),
    };
    el("div")
        .class("ask is-plain")
        .attr("role", "group")
        .attr("aria-label", lang.pick("撤回开票申请", "Withdraw the request"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(sure).with(keep))
        .with(said)
}

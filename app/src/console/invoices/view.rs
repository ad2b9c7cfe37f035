//! The page.

use shared::aftersale::{Invoice, InvoiceState};
use shared::api::{Filed, InvoiceList, RecordQuery, Role};

use super::form::form;
use super::model::{Invoices, Msg};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, empty, loaded, state, titled};
use crate::page::search::Searched;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::aftersale::invoice::{invoice_kind, invoice_outcome, invoice_state, invoice_states};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};

impl Shown for Invoices {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
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

fn view(model: &Invoices, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    let issues = context.role() == Some(Role::IsvOwner);
    loaded(&search.found, lang, |invoices| {
        let name = lang.pick("发票", "Invoices");
        let page = el("div").class("table-page").with(el("h1").with(name)).with(lead(context));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有发票。企业为已支付的订单申请后，会出现在这里等待开具。",
                "No invoices yet. When an enterprise asks for one of a paid order, it appears here to be issued.",
            );
            return page.with(empty(sentence, None));
        }
        let to_list = through(to);
        let columns = columns(lang);
        let rows = invoices.iter().flat_map(|invoice| rows(model, invoice, &columns, issues, lang, to));
        let nothing = invoices.is_empty();
        let (sentence, all) =
            (lang.pick("没有符合条件的发票。", "No invoice matches."), lang.pick("查看全部发票", "See all invoices"));
        page.with(fields(model, invoices.len(), lang, &to_list))
            .with(stale(search, lang, &to_list))
            .with(el("div").id("done").attr("tabindex", "-1").attr("role", "status").maybe(done(model, lang)))
            .with(table(name, &columns, rows, search.busy).flag("hidden", nothing))
            .with(more(search, lang.pick("更早的发票", "Older invoices"), &to_list))
            .with(none(nothing, sentence, all, &to_list))
    })
}

fn lead(context: &Context) -> Element {
    let lang = context.lang;
    let words = match context.role() {
        Some(Role::IsvOwner) => lang.pick(
            "按申请的抬头和税号开具，发送后在这里填写号码；不能开具的请驳回并写明原因。",
            "Issue each as it is asked for, send it, and enter its number here; what you cannot issue, reject with the reason.",
        ),
        Some(Role::IsvSupport) => {
            lang.pick("发票由服务商负责人开具，您在这里只读。", "Only the vendor's owner issues invoices. You read here.")
        }
        _ => lang.pick("发票由服务商开具，平台在这里只读。", "Vendors issue invoices. The operator reads here."),
    };
    el("p").class("lead-fine").with(words)
}

fn fields(model: &Invoices, count: usize, lang: Lang, to: &Sink<Searched<InvoiceList>>) -> Element {
    let RecordQuery { number, product, state, customer } = &model.search.query.query;
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    let number = by_text("number", lang.pick("订单号", "Order number"), hint, number.as_ref(), to);
    let customers = lang.pick("客户名称", "Customer's name");
    let customer = by_text("customer", lang.pick("客户", "Customer"), customers, customer.as_ref(), to);
    let product = by_product(&model.search, product.as_ref(), lang, to);
    let states = by_state(invoice_states(lang), state.as_deref().unwrap_or_default(), lang, to);
    let found = tally(&model.search, found(count, "invoice", lang.pick("张发票", "invoices"), lang), lang);
    tools(number.into_iter().chain(customer).chain(product).chain([states]), found)
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("订单号", "is-id"),
            ("发票", "is-what"),
            ("客户", "is-who"),
            ("状态", "is-state is-long"),
            ("金额", "is-amount"),
            ("操作", "is-step"),
        ],
        Lang::En => [
            ("Order", "is-id"),
            ("Invoice", "is-what"),
            ("Customer", "is-who"),
            ("State", "is-state is-long"),
            ("Amount", "is-amount"),
            ("Step", "is-step"),
        ],
    }
}

fn rows(
    model: &Invoices,
    filed: &Filed<Invoice>,
    columns: &[Column; 6],
    issues: bool,
    lang: Lang,
    to: &Sink<Msg>,
) -> Vec<Element> {
    let invoice = &filed.record;
    let [number, what, who, stands, amount, step] = *columns;
    let (class, words) = invoice_state(&invoice.state, lang);
    let answering = model.answering.as_ref().filter(|it| it.id == invoice.id);
    let kind = el("span").class("row-what").with(invoice_kind(invoice.kind, lang));
    let outcome = el("span").class("row-what").with(invoice_outcome(invoice, lang));
    let open =
        (issues && invoice.state == InvoiceState::Open).then(|| opening(model, invoice, answering.is_some(), lang, to));
    let cells = [
        leading(number, Route::Order(invoice.order.clone()).path(), invoice.order.clone()),
        cell(what, el("span").with(invoice.title.clone()).with(" ").with(kind)),
        cell(who, filed.customer.as_ref().map_or_else(String::new, |customer| customer.name.clone())),
        cell(stands, el("span").with(state(class, words)).with(" ").with(outcome)),
        cell(amount, yuan(invoice.amount)),
        cell(step, el("span").maybe(open)),
    ];
    let form = answering.map(|answering| {
        let content = form(answering, invoice, lang, to);
        row([el("td").attr("role", "cell").attr("colspan", "6").with(content)]).class("is-open")
    });
    [row(cells)].into_iter().chain(form).collect()
}

fn opening(model: &Invoices, invoice: &Invoice, is_open: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let id = invoice.id.clone();
    let name = [lang.pick("处理：订单 ", "Answer: order "), &invoice.order].concat();
    let last = (model.last.as_ref() == Some(&invoice.id)).then_some("last-opened");
    button("link", lang.pick("处理", "Answer"), false, to, move || Msg::Open((!is_open).then(|| id.clone())))
        .attr("aria-label", name)
        .state("aria-expanded", is_open)
        .maybe_attr("id", last)
}

/// What became of the one that was answered last.
fn done(model: &Invoices, lang: Lang) -> Option<Element> {
    let invoice = &model.done.as_ref()?.record;
    let order = &invoice.order;
    let sentence = match &invoice.state {
        InvoiceState::Issued { number, .. } => lang.pick(
            format!("订单 {order} 的发票已标记为开具，号码 {number}。企业收到了通知。"),
            format!("The invoice for the order {order} is issued, number {number}. The enterprise was told."),
        ),
        _ => lang.pick(
            format!("订单 {order} 的开票申请已驳回，企业收到了通知。"),
            format!("The invoice for the order {order} was rejected. The enterprise was told."),
        ),
    };
    Some(el("p").class("notice is-done").with(sentence))
}

//! The page.

use shared::api::{Role, Transfer, TransferQuery};

use super::model::{Confirming, Msg, Transfers};
use super::words::{code, end, follows, state as stands, states};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, field, link, loaded, said, state, target_value, titled};
use crate::page::search::Searched;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_state, by_text, found, more, none, stale, tally, tools};

impl Shown for Transfers {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("转账", "Transfers"))
    }
}

fn view(model: &Transfers, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    let confirms = context.role() == Some(Role::Operator);
    loaded(&search.found, lang, |transfers| {
        let name = lang.pick("转账", "Transfers");
        let page = el("div").class("table-page").with(el("h1").with(name)).with(lead(confirms, lang));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有转账。有订单选择银行转账后，会出现在这里等待确认到账。",
                "No transfers yet. When an order is to be paid by bank transfer, it appears here to be confirmed.",
            );
            return page.with(empty(sentence, None));
        }
        let columns = columns(lang);
        let rows = transfers.iter().flat_map(|transfer| rows(model, transfer, &columns, confirms, lang, to));
        let in_list = through(to);
        let nothing = transfers.is_empty();
        let sentence = lang.pick("没有符合条件的转账。", "No transfer matches.");
        page.with(fields(model, transfers.len(), lang, to))
            .with(stale(search, lang, &in_list))
            .with(el("div").id("done").attr("tabindex", "-1").attr("role", "status").maybe(done(model, lang)))
            .with(table(name, &columns, rows, search.busy).flag("hidden", nothing))
            .with(none(nothing, sentence, lang.pick("查看全部转账", "See all transfers"), &in_list))
            .with(more(search, lang.pick("更早的转账", "Older transfers"), &in_list))
    })
}

/// Messages of the list, as the page's.
fn through(to: &Sink<Msg>) -> Sink<Searched<shared::api::TransferList>> {
    let to = to.clone();
    Sink::new(move |message| to.send(Msg::Search(message)))
}

fn lead(confirms: bool, lang: Lang) -> Element {
    let words = if confirms {
        lang.pick(
            "按银行流水逐笔确认到账：附言对上订单，金额照实填写。",
            "Confirm each transfer as the bank has it: its reference names the order, its amount is what arrived.",
        )
    } else {
        lang.pick(
            "审计账号只读：确认到账由平台运营操作。",
            "An auditor only reads: the operator confirms what arrived.",
        )
    };
    el("p").class("lead-fine").with(words)
}

fn fields(model: &Transfers, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let (TransferQuery { number, customer, state }, to) = (&model.search.query, through(to));
    let label = lang.pick("附言", "Reference");
    let hint = lang.pick("附言（订单号），或开头几位", "Reference, or how it begins");
    let number = by_text("number", label, hint, number.as_ref(), &to);
    let label = lang.pick("客户", "Customer");
    let customer = by_text("customer", label, lang.pick("客户名称", "Customer's name"), customer.as_ref(), &to);
    let states = by_state(states(lang), state.map_or("", code), lang, &to);
    let found = tally(&model.search, found(count, "transfer", lang.pick("笔转账", "transfers"), lang), lang);
    tools(number.into_iter().chain(customer).chain([states]), found)
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("附言", "is-id"),
            ("客户", "is-who"),
            ("状态", "is-state is-long"),
            ("应收", "is-amount is-due"),
            ("已到账", "is-amount is-arrived"),
            ("操作", "is-step"),
        ],
        Lang::En => [
            ("Reference", "is-id"),
            ("Customer", "is-who"),
            ("State", "is-state is-long"),
            ("Due", "is-amount is-due"),
            ("Arrived", "is-amount is-arrived"),
            ("Step", "is-step"),
        ],
    }
}

fn rows(
    model: &Transfers,
    transfer: &Transfer,
    columns: &[Column; 6],
    confirms: bool,
    lang: Lang,
    to: &Sink<Msg>,
) -> Vec<Element> {
    let [reference, who, state_of, due, arrived, step] = *columns;
    let (class, words) = stands(transfer, lang);
    let ends = end(transfer, lang).map(|end| el("span").class("row-what").with(end));
    let placed = el("span").class("row-what").with(date_time(transfer.placed_at, lang));
    let customer = el("span").with(transfer.customer.name.clone()).with(" ").with(placed);
    let confirming = model.confirming.as_ref().filter(|it| it.reference == transfer.reference);
    let open = confirms.then(|| opening(model, transfer, confirming.is_some(), lang, to));
    let cells = [
        leading(reference, Route::Order(transfer.order.clone()).path(), transfer.reference.clone()),
        cell(who, customer),
        cell(state_of, el("span").with(state(class, words)).with(" ").maybe(ends)),
        cell(due, yuan(transfer.expected)),
        cell(arrived, yuan(transfer.received)),
        cell(step, el("span").maybe(open)),
    ];
    let form = confirming.map(|confirming| {
        let content = form(confirming, transfer, lang, to);
        row([el("td").attr("role", "cell").attr("colspan", "6").with(content)]).class("is-open")
    });
    [row(cells)].into_iter().chain(form).collect()
}

fn opening(model: &Transfers, transfer: &Transfer, is_open: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let reference = transfer.reference.clone();
    let name = [lang.pick("确认到账：", "Confirm what arrived: "), &transfer.reference].concat();
    let id = (model.last.as_ref() == Some(&transfer.reference)).then_some("last-opened");
    button("link", lang.pick("确认到账", "Confirm"), false, to, move || {
        Msg::Open((!is_open).then(|| reference.clone()))
    })
    .attr("aria-label", name)
    .state("aria-expanded", is_open)
    .maybe_attr("id", id)
}

fn form(confirming: &Confirming, transfer: &Transfer, lang: Lang, to: &Sink<Msg>) -> Element {
    let (typing, submit) = (to.clone(), to.clone());
    let arrived = confirming.arrived();
    let input = el("input")
        .id("arrived")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "follows")
        .state("aria-invalid", confirming.tried && arrived.is_none())
        .typed(confirming.amount.clone())
        .on("input", move |event| typing.send(Msg::Amount(target_value(&event))));
    let sure = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", confirming.submit.waits())
        .with(lang.pick("确认到账", "Confirm"));
    let leave = button("button is-quiet", lang.pick("取消", "Leave it"), false, to, || Msg::Open(None));
    let follows = match arrived {
        Some(arrived) => follows(transfer, arrived, lang),
        None => lang.pick(
            "请填写大于零的金额，最多两位小数。".to_owned(),
            "Enter an amount above zero with at most two decimals.".to_owned(),
        ),
    };
    el("form")
        .class("confirm")
        .attr("novalidate", "")
        .attr("aria-label", [lang.pick("确认到账：", "Confirm what arrived: "), &transfer.reference].concat())
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Confirm(draw_key()));
        })
        .with(
            el("div")
                .class("confirm-row")
                .with(field("arrived", lang.pick("到账金额（元）", "What arrived, in yuan"), input))
                .with(el("div").class("tools").with(sure).with(leave)),
        )
        .with(el("p").id("follows").class("field-said").attr("aria-live", "polite").with(follows))
        .with(said(&confirming.submit, lang.pick("正在确认…", "Confirming…"), lang))
}

/// What became of the transfer that was confirmed last.
fn done(model: &Transfers, lang: Lang) -> Option<Element> {
    let (transfer, arrived) = model.done.as_ref()?;
    let (arrived, reference) = (yuan(*arrived), &transfer.reference);
    let (_, stands) = stands(transfer, lang);
    let what = lang.pick(
        format!("已确认 {reference} 到账 {arrived}，{stands}。"),
        format!("{arrived} confirmed for {reference}: {stands}. "),
    );
    let what = [what, end(transfer, lang).unwrap_or_default()].concat();
    let order = link(Route::Order(transfer.order.clone()).path(), lang.pick("查看订单", "See the order"));
    Some(el("p").class("notice is-done").with(what).with(" ").with(order))
}

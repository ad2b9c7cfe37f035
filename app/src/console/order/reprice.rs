//! Changing what an unpaid order costs.

use shared::api;
use shared::money::Fen;
use shared::orders::OrderState;

use super::model::{MOST_REASON, Msg, Order, Unfit, shares};
use crate::console::money::{runs, typed};
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{draw_key, fact, field, said, target_value, wrong};

/// The form, for the vendor of an unpaid order.
pub(super) fn form(model: &Order, order: &api::Order, lang: Lang, to: &Sink<Msg>) -> Element {
    let (amounts, reasons, submit) = (to.clone(), to.clone(), to.clone());
    let price = model.price(order);
    let amount = el("input")
        .id("amount")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("placeholder", typed(order.amount.due()))
        .attr("aria-describedby", "amount-said")
        .state("aria-invalid", model.tried && price.is_err())
        .typed(model.amount.clone())
        .on("input", move |event| amounts.send(Msg::Amount(target_value(&event))));
    let reason = el("input")
        .id("reason")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", MOST_REASON.to_string())
        .attr("placeholder", lang.pick("例如：老客户优惠", "For example: a long-standing customer"))
        .attr("aria-describedby", "reason-said")
        .state("aria-invalid", model.tried && model.because().is_none())
        .typed(model.reason.clone())
        .on("input", move |event| reasons.send(Msg::Reason(target_value(&event))));
    let button = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.submit.waits())
        .with(lang.pick("改价", "Change the price"));
    let no_reason = (model.tried && model.because().is_none())
        .then(|| lang.pick("请写明原因，买方会看到。", "Say why; the buyer reads it."));
    el("form")
        .class("reprice")
        .attr("novalidate", "")
        .attr("aria-labelledby", "reprice-title")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Reprice(draw_key()));
        })
        .with(el("h2").id("reprice-title").with(lang.pick("改价", "Change the price")))
        .with(
            el("div")
                .class("reprice-fields")
                .with(
                    field("amount", lang.pick("订单新金额（元）", "The order's new amount, in yuan"), amount)
                        .with(el("p").id("amount-said").class("field-said").maybe(unfit(model, price, lang))),
                )
                .with(
                    field("reason", lang.pick("改价原因", "Reason"), reason)
                        .with(el("p").id("reason-said").class("field-said").maybe(no_reason)),
                ),
        )
        .with(
            el("div")
                .class("reprice-live")
                .attr("aria-live", "polite")
                .maybe(price.ok().map(|to| comes_to(order, to, lang))),
        )
        .with(el("div").class("tools").with(button))
        .with(said(&model.submit, lang.pick("正在改价…", "Changing the price…"), lang))
        .with(el("div").attr("role", "status").maybe(model.done.then(|| done(lang))))
}

fn unfit(model: &Order, price: Result<Fen, Unfit>, lang: Lang) -> Option<&'static str> {
    match price.err()? {
        Unfit::Missing => model.tried.then(|| lang.pick("请填写新金额。", "Enter the new amount.")),
        Unfit::Unreadable => {
            Some(lang.pick("请填写金额，最多两位小数。", "Enter an amount with at most two decimals."))
        }
        Unfit::Same => Some(lang.pick("与现价相同。", "This is the price already.")),
    }
}

/// Both prices, what each service comes to, and what follows from it.
fn comes_to(order: &api::Order, to: Fen, lang: Lang) -> Element {
    let now = order.amount.due();
    let difference = if to < now {
        lang.pick(format!("少收 {}", yuan(now - to)), format!("{} less", yuan(now - to)))
    } else {
        lang.pick(format!("多收 {}", yuan(to - now)), format!("{} more", yuan(to - now)))
    };
    let each = runs(&shares(order, to)).into_iter().map(|(first, last, share)| {
        let which = match (first == last, lang) {
            (true, Lang::Zh) => format!("第 {first} 个服务"),
            (false, Lang::Zh) => format!("第 {first}–{last} 个服务，每个"),
            (true, Lang::En) => format!("Service {first}"),
            (false, Lang::En) => format!("Services {first}–{last}, each"),
        };
        fact(which, yuan(share))
    });
    let changed = order.amount.repriced.as_ref().map(|_| fact(lang.pick("现价", "Now"), yuan(now)));
    let prices = el("dl")
        .class("facts")
        .with(fact(lang.pick("原报价", "Quoted"), yuan(order.amount.quoted)))
        .maybe(changed)
        .with(fact(lang.pick("改为", "New"), el("strong").with(yuan(to))))
        .with(fact(lang.pick("差额", "Difference"), difference));
    let each = (order.selection.count > 1).then(|| el("dl").class("facts").all(each));
    let note = follows(order, to, lang).map(wrong);
    el("div").with(prices).maybe(each).maybe(note)
}

/// What a price does besides: what has arrived may cover it.
fn follows(order: &api::Order, to: Fen, lang: Lang) -> Option<String> {
    let arrived = order.transfer.as_ref().map_or(Fen::ZERO, |due| due.received);
    if to == Fen::ZERO {
        return Some(
            lang.pick(
                "改为 ¥0.00 后无需付款，订单立即生效，不能再改。",
                "At ¥0.00 nothing is to be paid: the order is paid at once, and its price is final.",
            )
            .to_owned(),
        );
    }
    (arrived >= to).then(|| {
        let (arrived, back) = (yuan(arrived), yuan(arrived - to));
        lang.pick(
            format!("已到账 {arrived}，改价后订单立即付清，多出的 {back} 须退回。"),
            format!("{arrived} has arrived: the order is paid at once, and {back} goes back."),
        )
    })
}

fn done(lang: Lang) -> Element {
    el("p").class("notice is-done").with(lang.pick(
        "已改价。买方收到了通知，并能看到原价、新价和原因。",
        "Done. The buyer was told, and sees both prices and the reason.",
    ))
}

/// Whether the price can still be changed.
pub(super) const fn open(order: &api::Order) -> bool {
    matches!(order.state, OrderState::Unpaid { .. })
}

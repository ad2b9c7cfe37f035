//! Answering one invoice, below its row.

use shared::aftersale::Invoice;

use super::model::{Answering, MOST_NUMBER, MOST_REASON, Msg};
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, fact, said, target_value};
use crate::trade::aftersale::invoice::invoice_kind;

/// The form.
pub(super) fn form(answering: &Answering, invoice: &Invoice, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let (sure, waiting) = if answering.rejects {
        (lang.pick("驳回申请", "Reject it"), lang.pick("正在驳回…", "Rejecting…"))
    } else {
        (lang.pick("标记为已开具", "Mark as issued"), lang.pick("正在标记…", "Marking it…"))
    };
    let class = if answering.rejects { "button is-danger" } else { "button" };
    let sure =
        el("button").class(class).attr("type", "submit").state("aria-busy", answering.text.submit.waits()).with(sure);
    let rejects = answering.rejects;
    let other =
        if rejects { lang.pick("改为开具", "Issue it after all") } else { lang.pick("驳回…", "Reject…") };
    let other = button("link", other, false, to, move || Msg::Reject(!rejects));
    let leave = button("button is-quiet", lang.pick("返回", "Back"), false, to, || Msg::Open(None));
    el("form")
        .class("confirm")
        .attr("novalidate", "")
        .attr("aria-label", [lang.pick("开票：订单 ", "Invoice for the order "), &invoice.order].concat())
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Answer(draw_key()));
        })
        .with(made_out(invoice, lang))
        .with(field(answering, lang, to))
        .with(el("div").class("tools").with(sure).with(leave).with(other))
        .with(said(&answering.text.submit, waiting, lang))
}

/// What is written on it.
fn made_out(invoice: &Invoice, lang: Lang) -> Element {
    el("dl")
        .class("facts made-out")
        .with(fact(lang.pick("类型", "Kind"), invoice_kind(invoice.kind, lang)))
        .with(fact(lang.pick("抬头", "Title"), invoice.title.clone()))
        .with(fact(lang.pick("税号", "Tax number"), invoice.tax_number.to_string()))
        .with(fact(lang.pick("金额（含税）", "Amount, tax included"), yuan(invoice.amount)))
        .with(fact(lang.pick("发送到", "Sent to"), invoice.email.clone()))
}

fn field(answering: &Answering, lang: Lang, to: &Sink<Msg>) -> Element {
    let typing = to.clone();
    let (name, note, most) = if answering.rejects {
        (
            lang.pick("驳回原因", "Why it is not issued"),
            lang.pick(
                "企业会看到，可以修改后重新申请；最多 200 个字。",
                "The enterprise reads it and can mend its request; at most 200 characters.",
            ),
            MOST_REASON,
        )
    } else {
        (
            lang.pick("发票号码", "The invoice's number"),
            lang.pick(
                "先按上面的内容开具并发送，再填写号码：字母、数字或连字符，最多 40 位。",
                "Issue and send it as above, then enter its number: letters, digits and hyphens, at most 40.",
            ),
            MOST_NUMBER,
        )
    };
    let input = el("input")
        .id("answer")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", most.to_string())
        .attr("aria-describedby", "answer-said")
        .state("aria-invalid", answering.text.tried && !answering.fit())
        .typed(answering.text.text.clone())
        .on("input", move |event| typing.send(Msg::Typed(target_value(&event))));
    el("div")
        .class("entry-field")
        .with(el("label").class("label").attr("for", "answer").with(name))
        .with(input)
        .with(el("p").id("answer-said").class("field-said").with(note))
}

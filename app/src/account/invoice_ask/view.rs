//! The page.

use shared::aftersale::InvoiceKind;
use shared::api::{May, Order};

use super::model::{Field, InvoiceAsk, MOST_TITLE, Msg};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{draw_key, link, loaded, said, target_value, titled};
use crate::page::{Context, Shown};
use crate::trade::aftersale::invoice::invoice_kind;
use crate::trade::aftersale::words;
use crate::widgets::radios::{Choice, Radios, radios};

const KINDS: [InvoiceKind; 2] = [InvoiceKind::Ordinary, InvoiceKind::Vat];

impl Shown for InvoiceAsk {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.order, context.lang, |order| page(self, order, context.lang, to))
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("申请发票", "Ask for an invoice"))
    }
}

fn page(model: &InvoiceAsk, order: &Order, lang: Lang, to: &Sink<Msg>) -> Element {
    let back = Route::Order(order.id.clone()).path();
    let crumb = el("p").class("crumb").with(link(back.clone(), [lang.pick("订单 ", "Order "), &order.id].concat()));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(lang.pick("申请发票", "Ask for an invoice")))
        .with(el("p").class("lead-fine").with(order.product_name.clone()));
    let notice = |why: String| {
        let way = link(back.clone(), lang.pick("返回订单", "Back to the order"));
        vec![el("p").class("notice").with(why), el("p").class("beside-way").with(way)]
    };
    let content = match order.after_sale.as_ref().map(|beside| &beside.invoice) {
        None => notice(
            lang.pick(
                "订单支付后才能申请发票；试用没有实付金额，无需开票。",
                "An invoice can be asked for once the order is paid. A trial cost nothing.",
            )
            .to_owned(),
        ),
        Some(May::No(why)) => notice(words(why, lang)),
        Some(May::Yes(over)) => {
            let total = el("p")
                .class("big-total")
                .with(el("span").id("total-name").with(lang.pick("开票金额（含税）", "Invoiced, tax included")))
                .with(el("output").attr("aria-labelledby", "total-name").with(yuan(over.amount)));
            let who = lang.pick(
                format!("由{}开具，发送到您填写的邮箱。", order.vendor),
                format!("{} issues it and sends it to the address below.", order.vendor),
            );
            let amount = el("section").class("asking-amount").with(total).with(el("p").class("fine").with(who));
            vec![amount, form(model, &back, lang, to)]
        }
    };
    el("div").class("asking").with(head).all(content)
}

fn form(model: &InvoiceAsk, back: &str, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let choice = |kind: InvoiceKind| {
        let more = match kind {
            InvoiceKind::Ordinary => lang.pick("不能抵扣进项税", "Its tax cannot be deducted"),
            InvoiceKind::Vat => lang.pick("一般纳税人可抵扣进项税", "General taxpayers deduct its tax"),
        };
        let label = invoice_kind(kind, lang).to_owned();
        let value = if kind == InvoiceKind::Vat { "vat" } else { "ordinary" };
        Choice { value: value.to_owned(), label, more: vec![more.into()] }
    };
    let kinds = Radios {
        id: "kind".to_owned(),
        label: lang.pick("发票类型", "Kind").to_owned(),
        name: "kind".to_owned(),
        class: "choices whats",
        choices: KINDS.map(choice).into(),
        chosen: KINDS.iter().position(|kind| *kind == model.kind).unwrap_or_default(),
        note: None,
    };
    let (title, tax, email) = (
        input(
            model,
            Field::Title,
            lang.pick("发票抬头", "Title"),
            [
                lang.pick("企业全称，最多 100 个字。", "The enterprise's full name; at most 100 characters."),
                lang.pick("请填写抬头，最多 100 个字。", "Give the title, in at most 100 characters."),
            ],
            to,
        ),
        input(
            model,
            Field::TaxNumber,
            lang.pick("纳税人识别号", "Tax number"),
            [
                lang.pick(
                    "18 位统一社会信用代码；也接受 15 位或 20 位税号。",
                    "The unified social credit code of 18 characters; older ones of 15 or 20 are taken too.",
                ),
                lang.pick(
                    "税号不正确，请逐位核对：18 位统一社会信用代码，或 15 位、20 位税号。",
                    "This is no tax number; check each of its 18 characters (15 or 20 for older ones).",
                ),
            ],
            to,
        ),
        input(
            model,
            Field::Email,
            lang.pick("收票邮箱", "Sent to"),
            [
                lang.pick("电子发票发送到这个邮箱。", "The invoice is sent to this mail address."),
                lang.pick("邮箱地址不正确，请检查。", "This can be no mail address; check it."),
            ],
            to,
        ),
    );
    let ask = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.submit.waits())
        .with(lang.pick("提交申请", "Ask for it"));
    let leave = el("a").class("button is-quiet").attr("href", back.to_owned()).with(lang.pick("返回订单", "Back"));
    let rule = lang.pick(
        "待开具和已开具期间订单不能退款；待开具的申请可以先撤回。",
        "While it is asked for, and once it is issued, the order cannot be refunded. An open request can be withdrawn.",
    );
    el("form")
        .class("asking-form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Ask(draw_key()));
        })
        .with(radios(kinds, to, |index| Msg::Kind(KINDS.get(index).copied().unwrap_or(InvoiceKind::Ordinary))))
        .all([title, tax, email])
        .with(el("p").class("fine").with(rule))
        .with(el("div").class("tools").with(ask).with(leave))
        .with(said(&model.submit, lang.pick("正在提交…", "Asking…"), lang))
}

fn input(
    model: &InvoiceAsk,
    field: Field,
    name: &'static str,
    [note, mend]: [&'static str; 2],
    to: &Sink<Msg>,
) -> Element {
    let unfit = model.tried && !model.fits(field);
    let note = if unfit { mend } else { note };
    let typing = to.clone();
    let (id, kind, complete, text) = match field {
        Field::Title => ("title", "text", "organization", &model.title),
        Field::TaxNumber => ("tax-number", "text", "off", &model.tax_number),
        Field::Email => ("email", "email", "email", &model.email),
    };
    let said = [id, "-said"].concat();
    let most = (field == Field::Title).then(|| MOST_TITLE.to_string());
    let input = el("input")
        .id(id)
        .attr("type", kind)
        .attr("autocomplete", complete)
        .maybe_attr("maxlength", most)
        .attr("aria-describedby", said.clone())
        .state("aria-invalid", unfit)
        .typed(text.clone())
        .on("input", move |event| typing.send(Msg::Typed(field, target_value(&event))));
    el("div")
        .class("entry-field")
        .with(el("label").class("label").attr("for", id).with(name))
        .with(input)
        .with(el("p").id(said).class("field-said").with(note))
}

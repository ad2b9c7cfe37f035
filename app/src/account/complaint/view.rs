//! The page: where the complaint stands, what everybody said, and complaining.

use shared::aftersale::ComplaintState;
use shared::api::{Order, Role};

use super::model::{Complaint, FiledComplaint, Msg};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, link, loaded, said, state, titled};
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::complaints::{MOST, complaint_state, thread};

impl Shown for Complaint {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.order, context.lang, |order| {
            loaded(&self.complaints, context.lang, |complaints| page(self, order, complaints, context, to))
        })
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("投诉", "Complaint"))
    }
}

fn page(model: &Complaint, order: &Order, complaints: &[FiledComplaint], context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let back = Route::Order(order.id.clone()).path();
    let crumb = el("p").class("crumb").with(link(back, [lang.pick("订单 ", "Order "), &order.id].concat()));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(lang.pick("投诉服务商", "Complain about the vendor")))
        .with(el("p").class("lead-fine").with([&order.product_name, " · ", &order.vendor].concat()));
    let admin = context.role() == Some(Role::BuyerAdmin);
    let standing = el("p")
        .id("standing")
        .class("now-said")
        .attr("role", "status")
        .attr("tabindex", "-1")
        .with(standing(complaints, lang));
    let step = match (model.open(), admin) {
        (_, false) => {
            let sentence = lang
                .pick("投诉由企业管理员提交和撤回。", "The enterprise's administrator complains, and takes it back.");
            el("p").class("notice").with(sentence)
        }
        (Some(_), true) => taking_back(model, lang, to),
        (None, true) => form(model, complaints.is_empty(), lang, to),
    };
    let all = complaints.iter().map(|complaint| {
        let (class, words) = complaint_state(&complaint.record, lang);
        el("article")
            .class("said-item")
            .with(el("p").class("opinion-head").with(state(class, words)))
            .with(thread(complaint, lang))
    });
    el("div").class("said-page").with(head).with(standing).with(el("div").all(all)).with(step)
}

fn standing(complaints: &[FiledComplaint], lang: Lang) -> &'static str {
    match complaints.first().map(|newest| (&newest.record.state, newest.record.answer.is_some())) {
        None => lang.pick(
            "对这笔订单的服务商不满意，可以向平台投诉。服务商会看到投诉并可回应一次，由平台裁定，双方都会收到结论和理由。",
            "Not content with this order's vendor? Complain to the operator. The vendor reads it and may answer once; the operator decides, and both sides are told the decision and why.",
        ),
        Some((ComplaintState::Open, false)) => lang.pick(
            "投诉已送达平台和服务商，等待服务商回应。平台可以随时裁定，不必等回应。",
            "The operator and the vendor have it; the vendor may answer. The operator may decide at any time.",
        ),
        Some((ComplaintState::Open, true)) => {
            lang.pick("服务商已回应，等待平台裁定。", "The vendor has answered. The operator is to decide.")
        }
        Some((ComplaintState::Withdrawn { .. }, _)) => {
            lang.pick("投诉已撤回。问题仍在时，可以再次投诉。", "It was taken back. If the trouble goes on, complain again.")
        }
        Some((ComplaintState::Closed { .. }, _)) => lang.pick(
            "平台已裁定。有新的问题时，可以再次投诉。",
            "The operator has decided. If there is a new trouble, complain again.",
        ),
    }
}

fn form(model: &Complaint, first: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let title = if first { lang.pick("提交投诉", "Complain") } else { lang.pick("再次投诉", "Complain again") };
    let text = Field {
        id: "text",
        name: lang.pick("投诉内容", "What you complain of"),
        note: lang.pick(
            "1 至 1000 个字。写明发生了什么、何时发生、希望怎样解决；服务商和平台都会看到。",
            "1 to 1000 characters: what happened, when, and what you want done. The vendor and the operator read it.",
        ),
        mend: lang.pick("请填写投诉内容，1 至 1000 个字。", "Say what you complain of, in 1 to 1000 characters."),
        most: MOST,
        lines: 6,
    };
    let send = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.written.submit.waits())
        .with(lang.pick("提交投诉", "Complain"));
    el("form")
        .class("said-form")
        .attr("novalidate", "")
        .attr("aria-labelledby", "form-title")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Send(draw_key()));
        })
        .with(el("h2").id("form-title").with(title))
        .with(written(&model.written, text, to, Msg::Typed))
        .with(el("div").class("tools").with(send))
        .with(said(&model.written.submit, lang.pick("正在提交…", "Sending it…"), lang))
}

fn taking_back(model: &Complaint, lang: Lang, to: &Sink<Msg>) -> Element {
    if !model.asked {
        let ask = button("button is-quiet", lang.pick("撤回投诉", "Take it back"), false, to, || Msg::Ask(true));
        return el("div").class("said-form").with(ask.id("take-back"));
    }
    let keep = button("button is-quiet", lang.pick("保留投诉", "Keep it"), false, to, || Msg::Ask(false)).id("keep");
    let busy = model.taking_back.waits();
    let sure =
        button("button is-danger", lang.pick("确定撤回", "Take it back"), busy, to, || Msg::TakeBack(draw_key()));
    let sentence = lang.pick(
        "撤回后平台不再处理这次投诉；之后可以另行投诉。确定撤回？",
        "The operator looks into it no further; you may complain again later. Take it back?",
    );
    el("div")
        .class("said-form ask")
        .attr("role", "group")
        .attr("aria-label", lang.pick("撤回投诉", "Take the complaint back"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(keep).with(sure))
        .with(said(&model.taking_back, lang.pick("正在撤回…", "Taking it back…"), lang))
}

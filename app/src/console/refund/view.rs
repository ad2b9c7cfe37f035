//! The page.

use shared::api::{self, Role};
use shared::orders::{Method, RefundState};

use super::model::{Asked, MOST_REASON, Msg, Refund};
use crate::console::route::{Route, UNDER};
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, link, loaded, said, state, titled};
use crate::page::submit::Submit;
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::aftersale::refund::{approved, detail, facts, left, refund_state};

impl Shown for Refund {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.refund, context.lang, |refund| page(self, refund, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        titled(&[lang.pick("退款 ", "Refund "), &self.id].concat())
    }
}

fn page(model: &Refund, refund: &api::Refund, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (class, words) = refund_state(&refund.state, lang);
    let customer = refund.customer.as_ref().map(|customer| el("span").class("quiet").with(customer.name.clone()));
    let crumb = el("p").class("crumb").with(link(Route::Refunds.path(), lang.pick("退款", "Refunds")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(refund.product_name.clone()))
        .with(el("p").class("head-state").with(state(class, words)).maybe(customer));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("退款进展", "Where the refund stands"))
        .with(el("p").class("now-said").attr("role", "status").with(standing(refund, context)))
        .maybe(steps(model, refund, context, to));
    let detail = el("div").class("order-detail").with(detail(refund, lang)).with(facts(refund, UNDER, lang));
    el("div").class("order-page").with(head).with(now).with(detail)
}

fn standing(refund: &api::Refund, context: &Context) -> String {
    let (lang, amount) = (context.lang, yuan(refund.amount));
    match &refund.state {
        RefundState::Reviewing { answer_until } => {
            let (left, until) = (left(*answer_until, context.now, lang), date_time(*answer_until, lang));
            lang.pick(
                format!("待服务商处理，还剩 {left}。{until} 前未处理视为同意，系统自动退款。"),
                format!(
                    "The vendor has {left} left to answer. Without an answer before {until} it is refunded by itself."
                ),
            )
        }
        RefundState::Withdrawn { at } => {
            let at = date_time(*at, lang);
            lang.pick(
                format!("企业于 {at} 撤回了申请，无需处理。"),
                format!("Withdrawn by the enterprise on {at}; nothing is to be done."),
            )
        }
        RefundState::Rejected { at, reason } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 审核不通过：{reason}"), format!("Not refunded, on {at}: {reason}"))
        }
        RefundState::Refunding { by, .. } if refund.via == Method::Transfer => lang.pick(
            format!("{}。订单已撤销，{amount} 待平台以银行转账退回。", approved(*by, lang)),
            format!(
                "{}. The order is undone; the operator has to send {amount} back by transfer.",
                approved(*by, lang)
            ),
        ),
        RefundState::Refunding { by, .. } => lang.pick(
            format!("{}。订单已撤销，支付渠道正在退回 {amount}。", approved(*by, lang)),
            format!("{}. The order is undone; the provider is sending {amount} back.", approved(*by, lang)),
        ),
        RefundState::Refunded { at, by, .. } => {
            let at = date_time(*at, lang);
            lang.pick(
                format!("{}。{amount} 已于 {at} 退回。", approved(*by, lang)),
                format!("{}. {amount} was sent back on {at}.", approved(*by, lang)),
            )
        }
    }
}

/// What the reader may do about it, or who may.
fn steps(model: &Refund, refund: &api::Refund, context: &Context, to: &Sink<Msg>) -> Option<Element> {
    let (lang, role) = (context.lang, context.role()?);
    let fine = |sentence: &'static str| Some(el("p").class("fine").with(sentence));
    match (&refund.state, role) {
        (RefundState::Reviewing { .. }, Role::IsvOwner) => Some(match model.asked {
            Some(Asked::Approve) => approving(model, refund, lang, to),
            Some(Asked::Reject) => rejecting(model, lang, to),
            _ => {
                let yes = button("button", lang.pick("同意退款", "Refund it"), false, to, || {
                    Msg::Ask(Some(Asked::Approve))
                });
                let no = button("button is-quiet", lang.pick("不同意", "Do not refund"), false, to, || {
                    Msg::Ask(Some(Asked::Reject))
                });
                el("div").class("tools now-tools").with(yes.id("first-step")).with(no)
            }
        }),
        (RefundState::Reviewing { .. }, Role::IsvSupport) => {
            fine(lang.pick("退款由服务商负责人处理。", "Only the vendor's owner answers refunds."))
        }
        (RefundState::Reviewing { .. }, _) => {
            fine(lang.pick(
                "退款由服务商审核，平台在这里只读。",
                "The vendor decides about refunds. The operator reads here.",
            ))
        }
        (RefundState::Refunding { .. }, Role::Operator) if refund.via == Method::Transfer => {
            Some(if model.asked == Some(Asked::Sent) {
                sending(model, refund, lang, to)
            } else {
                let words = lang.pick("标记为已汇出", "Mark as sent");
                let sent = button("button", words, false, to, || Msg::Ask(Some(Asked::Sent)));
                el("div").class("tools now-tools").with(sent.id("first-step"))
            })
        }
        (RefundState::Refunding { .. }, Role::Auditor) if refund.via == Method::Transfer => fine(
            lang.pick("审计账号只读：汇出后由平台运营标记。", "An auditor only reads: the operator marks it as sent."),
        ),
        _ => None,
    }
}

/// A step that is asked about before it is taken.
fn asking(
    model: &Refund,
    sentence: String,
    [name, sure, waiting]: [&'static str; 3],
    lang: Lang,
    to: &Sink<Msg>,
) -> Element {
    let leave = button("button is-quiet", lang.pick("返回", "Back"), false, to, || Msg::Ask(None)).id("leave-step");
    let sure = button("button", sure, model.doing.waits(), to, || Msg::Do(draw_key()));
    let said = match &model.doing {
        Submit::Idle => el("div").class("said"),
        other => said(other, waiting, lang),
    };
    el("div")
        .class("ask is-plain")
        .attr("role", "group")
        .attr("aria-label", name)
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(sure).with(leave))
        .with(said)
}

fn approving(model: &Refund, refund: &api::Refund, lang: Lang, to: &Sink<Msg>) -> Element {
    let amount = yuan(refund.amount);
    let sentence = lang.pick(
        format!("同意后立即生效，不能撤回：{amount} 全额退给企业，订单撤销；新购的服务随即关闭，续费和变更恢复到下单之前。该金额从结算中扣除。确定同意？"),
        format!("This takes effect at once and is final: all of {amount} goes back, and the order is undone. What it bought is closed; what it renewed or changed is as before. Settlement deducts the amount. Refund it?"),
    );
    let words = match lang {
        Lang::Zh => ["同意退款", "确定退款", "正在处理…"],
        Lang::En => ["Refund it", "Refund it", "Refunding…"],
    };
    asking(model, sentence, words, lang, to)
}

fn sending(model: &Refund, refund: &api::Refund, lang: Lang, to: &Sink<Msg>) -> Element {
    let amount = yuan(refund.amount);
    let customer = refund.customer.as_ref().map(|customer| customer.name.as_str()).unwrap_or_default();
    let sentence = lang.pick(
        format!("请先以银行转账向{customer}汇出 {amount}。标记后企业收到通知，退款完结，不能更改。确定已汇出？"),
        format!("Send {amount} to {customer} by transfer first. The enterprise is told and the refund is over; this is final. Was it sent?"),
    );
    let words = match lang {
        Lang::Zh => ["标记为已汇出", "确定已汇出", "正在标记…"],
        Lang::En => ["Mark as sent", "It was sent", "Marking it…"],
    };
    asking(model, sentence, words, lang, to)
}

fn rejecting(model: &Refund, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let field = Field {
        id: "reason",
        name: lang.pick("不同意的原因", "Why it is not refunded"),
        note: lang.pick("企业会看到，最多 200 个字。", "The enterprise reads it; at most 200 characters."),
        mend: lang.pick("请填写原因，企业会看到，最多 200 个字。", "Say why, in at most 200 characters."),
        most: MOST_REASON,
        lines: 3,
    };
    let sure = el("button")
        .class("button is-danger")
        .attr("type", "submit")
        .state("aria-busy", model.reason.submit.waits())
        .with(lang.pick("不同意退款", "Do not refund"));
    let leave = button("button is-quiet", lang.pick("返回", "Back"), false, to, || Msg::Ask(None));
    el("form")
        .class("ask is-plain")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Do(draw_key()));
        })
        .with(written(&model.reason, field, to, Msg::Reason))
        .with(el("div").class("tools").with(sure).with(leave))
        .with(said(&model.reason.submit, lang.pick("正在提交…", "Sending it…"), lang))
}

//! The page.

use shared::api::{self, Role};
use shared::orders::{Method, RefundState};

use super::model::{Msg, Refund};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, link, loaded, said, state, titled};
use crate::page::submit::Submit;
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
    let crumb = el("p").class("crumb").with(link(Route::Refunds.path(), lang.pick("退款", "Refunds")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(refund.product_name.clone()))
        .with(el("p").class("head-state").with(state(class, words)));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("退款进展", "Where the refund stands"))
        .with(el("p").class("now-said").attr("role", "status").with(standing(refund, context)))
        .all(steps(model, refund, context, to));
    let detail = el("div").class("order-detail").with(detail(refund, lang)).with(facts(refund, "/account", lang));
    el("div").class("order-page").with(head).with(now).with(detail)
}

fn standing(refund: &api::Refund, context: &Context) -> String {
    let (lang, amount) = (context.lang, yuan(refund.amount));
    match &refund.state {
        RefundState::Reviewing { answer_until } => {
            let (left, until) = (left(*answer_until, context.now, lang), date_time(*answer_until, lang));
            lang.pick(
                format!("等待服务商处理，还剩 {left}。{until} 前未处理视为同意。审核期间不能购买、续费或变更该商品。"),
                format!("The vendor has {left} left to answer; no answer before {until} is a yes. Until then this product cannot be bought, renewed or changed."),
            )
        }
        RefundState::Withdrawn { at } => {
            let at = date_time(*at, lang);
            lang.pick(
                format!("{at} 已撤回，订单和服务不变。"),
                format!("Withdrawn on {at}; order and service stay as they are."),
            )
        }
        RefundState::Rejected { reason, .. } => lang.pick(
            format!("服务商不同意退款：{reason}。订单和服务不变；有异议可再次申请，或与服务商协商线下退款。"),
            format!("The vendor does not refund: {reason}. Order and service stay as they are. You can ask again, or agree on an offline refund with the vendor."),
        ),
        RefundState::Refunding { by, .. } if refund.via == Method::Transfer => lang.pick(
            format!("{}。订单已撤销，{amount} 由平台以银行转账退回。", approved(*by, lang)),
            format!("{}. The order is undone; the operator sends {amount} back by transfer.", approved(*by, lang)),
        ),
        RefundState::Refunding { by, .. } => lang.pick(
            format!("{}。订单已撤销，{amount} 正在原路退回，通常几分钟内完成。", approved(*by, lang)),
            format!("{}. The order is undone; {amount} is on its way back, usually within minutes.", approved(*by, lang)),
        ),
        RefundState::Refunded { at, .. } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 已退回 {amount}。"), format!("{amount} was sent back on {at}."))
        }
    }
}

fn steps(model: &Refund, refund: &api::Refund, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let mut steps = Vec::new();
    let order = link(Route::Order(refund.order.clone()).path(), lang.pick("查看订单", "See the order"));
    match refund.state {
        RefundState::Reviewing { .. } if context.role() == Some(Role::BuyerAdmin) && model.asked => {
            steps.push(withdrawing(model, lang, to));
        }
        RefundState::Reviewing { .. } if context.role() == Some(Role::BuyerAdmin) => {
            let withdraw = button("button is-quiet", lang.pick("撤回申请", "Withdraw it"), false, to, || {
                Msg::AskWithdraw(true)
            });
            steps.push(el("div").class("tools now-tools").with(withdraw.id("withdraw-refund")).with(order));
        }
        _ => steps.push(el("div").class("now-links").with(order)),
    }
    steps
}

fn withdrawing(model: &Refund, lang: Lang, to: &Sink<Msg>) -> Element {
    let sentence = lang.pick(
        "撤回后订单照常有效；支付后 10 天内还可以再次申请。确定撤回？",
        "The order stays; within 10 days of its payment it can be asked for again. Withdraw it?",
    );
    let keep =
        button("button is-quiet", lang.pick("继续申请", "Keep asking"), false, to, || Msg::AskWithdraw(false))
            .id("keep-refund");
    let busy = model.withdrawing.waits();
    let sure = button("button", lang.pick("确定撤回", "Withdraw it"), busy, to, || Msg::Withdraw(draw_key()));
    let said = match &model.withdrawing {
        Submit::Idle => el("div").class("said"),
        other => said(other, lang.pick("正在撤回…", "Withdrawing…"), lang),
    };
    el("div")
        .class("ask is-plain")
        .attr("role", "group")
        .attr("aria-label", lang.pick("撤回退款申请", "Withdraw the refund"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(sure).with(keep))
        .with(said)
}

//! The page.

use shared::api::{Play, SandboxPayment, SandboxState};

use super::model::{Msg, Payment, way_back};
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, fact, link, loaded, said};
use crate::page::{Context, Shown};

impl Shown for Payment {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick("沙箱支付", "Sandbox Pay").to_owned()
    }
}

fn view(model: &Payment, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    outside(loaded(&model.payment, lang, |payment| sheet(model, payment, lang, to)), lang)
}

/// `content` as the provider frames it: outside of the market.
fn outside(content: Element, lang: Lang) -> Element {
    let name = el("p").class("provider-name").with(lang.pick("沙箱支付", "Sandbox Pay"));
    let what = lang.pick(
        "模拟的支付渠道 · 不是市场的页面 · 不涉及真实资金",
        "A pretended provider · not the market's page · no real money",
    );
    el("div")
        .class("provider")
        .with(el("header").class("provider-head").with(name).with(el("p").with(what)))
        .with(el("main").id("main").attr("tabindex", "-1").with(content))
}

fn sheet(model: &Payment, payment: &SandboxPayment, lang: Lang, to: &Sink<Msg>) -> Element {
    let title = match payment.state {
        SandboxState::Open => lang.pick("确认付款", "Confirm the payment"),
        SandboxState::Paid => lang.pick("已付款", "Paid"),
        SandboxState::Refused => lang.pick("已拒绝付款", "Payment refused"),
    };
    let facts = [
        fact(lang.pick("收款方", "To"), payment.vendor.clone()),
        fact(lang.pick("商品", "For"), payment.product_name.clone()),
        fact(lang.pick("订单号", "Order"), payment.order.clone()),
    ];
    let amount = el("p")
        .class("provider-amount")
        .with(el("span").id("amount-name").with(lang.pick("付款金额", "Amount")))
        .with(el("output").attr("aria-labelledby", "amount-name").with(yuan(payment.amount)));
    let sheet = el("div")
        .class("provider-sheet")
        .with(el("h1").with(title))
        .with(amount)
        .with(el("dl").class("facts").all(facts));
    if payment.state == SandboxState::Open {
        let waiting = lang.pick("正在处理…", "At it…");
        return sheet.all(plays(model, lang, to)).with(said(&model.submit, waiting, lang));
    }
    let back = lang.pick("返回商家", "Back to the merchant");
    sheet.with(el("p").class("provider-back").with(link(way_back(payment), back)))
}

/// Paying, refusing, and what can go wrong on the way.
fn plays(model: &Payment, lang: Lang, to: &Sink<Msg>) -> Vec<Element> {
    let busy = |play: Play| model.submit.waits() && model.playing == Some(play);
    let send = |class: &'static str, play: Play| {
        button(class, name(play, lang), busy(play), to, move || Msg::Play(play, draw_key()))
    };
    let odd = Play::ALL.into_iter().filter(|play| !matches!(play, Play::Pay | Play::Refuse)).map(|play| {
        el("li").with(send("provider-odd", play)).with(el("span").class("provider-what").with(what(play, lang)))
    });
    let lead = lang.pick(
        "也可以让渠道出点状况，看市场如何应对：",
        "Or have the provider go wrong, and see what the market makes of it:",
    );
    vec![
        el("div").class("provider-ways").with(send("provider-pay", Play::Pay)).with(send("provider-no", Play::Refuse)),
        el("h2").class("provider-lead").with(lead),
        el("ul").class("provider-odds").all(odd),
    ]
}

fn name(play: Play, lang: Lang) -> &'static str {
    match play {
        Play::Pay => lang.pick("确认付款", "Pay"),
        Play::Late => lang.pick("通知迟到", "Late notification"),
        Play::Double => lang.pick("重复通知", "Double notification"),
        Play::Lost => lang.pick("通知丢失", "Lost notification"),
        Play::OutOfOrder => lang.pick("通知乱序", "Out of order"),
        Play::WrongAmount => lang.pick("金额不符", "Wrong amount"),
        Play::Refuse => lang.pick("拒绝付款", "Refuse"),
    }
}

fn what(play: Play, lang: Lang) -> &'static str {
    match play {
        Play::Pay | Play::Refuse => "",
        Play::Late => {
            lang.pick("扣款成功，但订单关闭之后才通知", "takes the money, tells of it after the order has closed")
        }
        Play::Double => lang.pick("扣款一次，通知许多遍", "takes the money once, tells of it many times"),
        Play::Lost => lang.pick("扣款成功，前几次通知在路上丢了", "takes the money, the first notifications get lost"),
        Play::OutOfOrder => {
            lang.pick("扣款成功，先发后到、后发先到", "takes the money, an older notification arrives last")
        }
        Play::WrongAmount => lang.pick("通知的金额与订单不一致", "tells of another amount than the order's"),
    }
}

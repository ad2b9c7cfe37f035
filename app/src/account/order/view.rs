//! The page: where the order stands and what is to be done first, then what it is.

use shared::api::{self, Payee, Role, TransferDue};
use shared::money::Fen;
use shared::orders::{Method, OrderKind, OrderState};

use super::after_sale::{after_sale, waiting};
use super::model::{Came, Msg, Order};
use super::voice::voice;
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, fact, link, loaded, said, state, titled};
use crate::page::submit::Submit;
use crate::page::{Context, Shown};
use crate::storefront::product::address::again;
use crate::trade::order::{amounts, facts, history, services};
use crate::trade::words::{order_ended, order_state};

impl Shown for Order {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(&[lang.pick("订单 ", "Order "), &self.id].concat())
    }
}

fn view(model: &Order, context: &Context, to: &Sink<Msg>) -> Element {
    loaded(&model.order, context.lang, |order| page(model, order, context, to))
}

fn page(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (class, words) = order_state(order, lang);
    let crumb = el("p").class("crumb").with(link(Route::Orders.path(), lang.pick("我的订单", "My orders")));
    let title = el("h1").with(order.product_name.clone());
    let head = el("header").with(crumb).with(title).with(el("p").class("head-state").with(state(class, words)));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("订单进展", "Where the order stands"))
        .all(standing(model, order, context, to))
        .maybe(waiting(model, order, context, to));
    let left = el("div").with(amounts(order, lang)).with(history(order, lang));
    let detail = el("div").class("order-detail").with(left).with(facts(order, lang));
    let page = el("div").class("order-page").with(head).with(now).with(detail);
    page.with(el("div").maybe(after_sale(order, context))).with(voice(order, lang))
}

/// Where it stands and what can be done about it.
fn standing(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let sentence = |sentence: String| el("p").class("now-said").attr("role", "status").with(sentence);
    match order.state {
        OrderState::Unpaid { closes_at } => {
            let mut parts = vec![sentence(unpaid(model, order, &date_time(closes_at, lang), lang))];
            if let Some(notified) = order.mismatched {
                parts.push(mismatched(order, notified, lang));
            }
            if model.awaits_notification() && !model.gave_up() {
                parts.push(el("div").class("progress").attr("aria-hidden", "true"));
            }
            if let (Some(due), Method::Transfer) = (&order.transfer, order.method) {
                parts.push(transfer(model, due, context, to));
            }
            parts.push(ways(model, order, context, to));
            parts
        }
        OrderState::Paid { at } => {
            let at = date_time(at, lang);
            let opened = if order.kind == OrderKind::Trial {
                lang.pick(
                    "试用申请已提交，等服务商开通。试用期从开通时起算。".to_owned(),
                    "The trial has been asked for. The vendor opens it; its days run from then on.".to_owned(),
                )
            } else {
                lang.pick(
                    format!("支付成功。{at} 到账，服务商正在开通。"),
                    format!("Paid on {at}. The vendor is opening what you bought."),
                )
            };
            vec![sentence(opened), services(order, "/account", lang)]
        }
        OrderState::Fulfilled { paid_at, at } => {
            let (paid_at, at) = (date_time(paid_at, lang), date_time(at, lang));
            let done = lang
                .pick(format!("{paid_at} 支付，{at} 全部开通。"), format!("Paid on {paid_at}, all opened on {at}."));
            vec![sentence(done), services(order, "/account", lang)]
        }
        OrderState::Cancelled { at, why } => {
            let ended = [order_ended(why, lang), " ", &date_time(at, lang)].concat();
            let again = link(again(&order.product, &order.selection), lang.pick("重新选购", "Choose again"));
            vec![sentence(ended), el("p").with(again)]
        }
        OrderState::Refunded { paid_at, at, .. } => {
            let (paid_at, at) = (date_time(paid_at, lang), date_time(at, lang));
            let said = lang.pick(
                format!("{paid_at} 支付，{at} 退款获准，订单已撤销。"),
                format!("Paid on {paid_at}, undone on {at} when its refund was approved."),
            );
            vec![sentence(said), services(order, "/account", lang)]
        }
    }
}

fn unpaid(model: &Order, order: &api::Order, closes: &str, lang: Lang) -> String {
    match model.came {
        Came::Paid if model.gave_up() => lang.pick(
            format!("仍未收到支付渠道的通知。若已扣款，款项不会丢失：通知到达后订单自动变为已支付；订单在 {closes} 关闭后到账的，原路退回。可稍后刷新本页。"),
            format!("The provider has still not notified us. Money that it took is not lost: the order is paid once it does so; after it closes on {closes}, the money goes back. Reload this page later."),
        ),
        Came::Paid if model.takes_long() => lang.pick(
            "支付渠道的通知比平时慢，仍在等待。您可以离开本页，到账后会在这里和服务列表里看到，请勿重复付款。".to_owned(),
            "The provider's notification takes longer than usual; still waiting. You may leave: it will show here and in your services. Do not pay twice.".to_owned(),
        ),
        Came::Paid => lang.pick(
            "已从支付页返回，正在等待支付渠道的通知。通常几秒内到达，收到后才算支付成功。".to_owned(),
            "Back from the provider; waiting for its notification. It takes a few seconds, and only then the order is paid.".to_owned(),
        ),
        Came::Refused => lang.pick(
            format!("付款没有完成，未扣款。订单保留到 {closes}，可以重新支付。"),
            format!("The payment was not made; nothing was taken. The order is kept until {closes}; pay it again."),
        ),
        Came::Anywhere if order.method == Method::Transfer => lang.pick(
            format!("等待转账到账。请在 {closes} 前汇出，平台确认到账后开通服务。"),
            format!("Waiting for your transfer. It has to arrive before {closes}; the operator confirms it, then the services are opened."),
        ),
        Came::Anywhere => {
            lang.pick(format!("请在 {closes} 前支付，逾期订单自动关闭。"), format!("Pay before {closes}, or the order closes by itself."))
        }
    }
}

/// A notification of another amount: it paid nothing, and what to do.
fn mismatched(order: &api::Order, notified: Fen, lang: Lang) -> Element {
    let (notified, due) = (yuan(notified), yuan(order.amount.due()));
    let sentence = lang.pick(
        format!("支付渠道通知的金额是 {notified}，与应付的 {due} 不符，没有入账，订单仍待支付。平台已收到提醒，会核对这笔款项。请按 {due} 重新支付；若那一笔已经扣款，请凭订单号联系平台处理。"),
        format!("The provider notified a payment of {notified} instead of {due}. It paid nothing, and the order is still to be paid. The operator has been told and looks into it. Pay {due} again; if the other amount was taken from you, ask the operator for it with the order's number."),
    );
    el("p").class("notice is-wrong").attr("role", "alert").with(sentence)
}

fn transfer(model: &Order, due: &TransferDue, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let copy = match model.copied {
        None => lang.pick("复制附言", "Copy the reference"),
        Some(true) => lang.pick("已复制", "Copied"),
        Some(false) => lang.pick("请选中附言手动复制", "Select it and copy it by hand"),
    };
    let reference = el("span").class("reference").with(due.reference.clone());
    let mut facts = Vec::new();
    if let Some(Payee { name, bank, account }) = &context.payee {
        facts.push(fact(lang.pick("户名", "Account holder"), name.clone()));
        facts.push(fact(lang.pick("开户行", "Bank"), bank.clone()));
        facts.push(fact(lang.pick("账号", "Account number"), account.clone()));
    }
    facts.extend([
        fact(lang.pick("汇款附言", "Reference"), reference),
        fact(lang.pick("应汇金额", "To be sent"), yuan(due.missing)),
    ]);
    if due.received > Fen::ZERO {
        facts.push(fact(lang.pick("已到账", "Arrived"), yuan(due.received)));
    }
    let note = lang.pick(
        "汇款时请完整填写附言，平台凭它对上订单。",
        "Write the reference on the transfer: it is how your order is found.",
    );
    el("div")
        .class("transfer")
        .with(el("dl").class("facts").all(facts))
        .with(el("p").class("fine").with(note))
        .maybe(no_payee(context).map(|words| el("p").class("fine").with(words)))
        .with(button("button is-quiet", copy, false, to, || Msg::Copy))
}

/// What is said where the market does not say to whom transfers go.
fn no_payee(context: &Context) -> Option<&'static str> {
    let lang = context.lang;
    let words = match (&context.payee, context.sandbox) {
        (Some(_), _) => return None,
        (None, true) => lang.pick(
            "这是沙箱，没有真实的收款账户；由运营方在「转账」页确认到账。",
            "This is a sandbox without a real account: the operator confirms on the page Transfers that it arrived.",
        ),
        (None, false) => lang.pick(
            "收款账户（户名、开户行、账号）请向平台运营方索取。",
            "Ask the operator of the market which account it goes to.",
        ),
    };
    Some(words)
}

/// Paying, and taking the order back.
fn ways(model: &Order, order: &api::Order, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let pays = matches!(context.role(), Some(Role::BuyerAdmin | Role::BuyerFinance));
    let pay = |class: &'static str, words: &'static str, by: Method| {
        button(class, words, model.paying.waits(), to, move || Msg::Pay(by, draw_key()))
    };
    let mut buttons = Vec::new();
    if pays && (!model.awaits_notification() || model.takes_long()) {
        match order.method {
            Method::Sandbox => {
                buttons.push(pay("button", lang.pick("去支付", "Pay"), Method::Sandbox));
                buttons.push(pay(
                    "button is-quiet",
                    lang.pick("改用银行转账", "Pay by transfer instead"),
                    Method::Transfer,
                ));
            }
            Method::Transfer if context.sandbox => {
                buttons.push(pay(
                    "button is-quiet",
                    lang.pick("改用沙箱支付", "Use the sandbox instead"),
                    Method::Sandbox,
                ));
            }
            Method::Transfer => {}
        }
    }
    if context.role() == Some(Role::BuyerAdmin) && !model.cancel_asked {
        let cancel = button("link way-cancel", lang.pick("取消订单", "Cancel the order"), false, to, || {
            Msg::AskCancel(true)
        });
        buttons.push(cancel.id("cancel-order"));
    }
    let asked = model.cancel_asked.then(|| cancelling(model, lang, to));
    let waiting = lang.pick("正在打开支付…", "Opening the payment…");
    el("div")
        .class("ways-to")
        .with(el("div").class("tools").all(buttons))
        .with(said(&model.paying, waiting, lang))
        .maybe(asked)
}

fn cancelling(model: &Order, lang: Lang, to: &Sink<Msg>) -> Element {
    let sentence = lang.pick(
        "取消后不能恢复；已汇出的款项会退回。确定取消？",
        "This cannot be undone; money that is under way comes back. Cancel?",
    );
    let keep = button("button is-quiet", lang.pick("保留订单", "Keep it"), false, to, || Msg::AskCancel(false))
        .id("keep-order");
    let busy = model.cancelling.waits();
    let sure = button("button is-danger", lang.pick("确定取消", "Cancel it"), busy, to, || Msg::Cancel(draw_key()));
    let waiting = lang.pick("正在取消…", "Cancelling…");
    let said = match &model.cancelling {
        Submit::Idle => el("div").class("said"),
        other => said(other, waiting, lang),
    };
    el("div")
        .class("ask")
        .attr("role", "group")
        .attr("aria-label", lang.pick("取消订单", "Cancel the order"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(keep).with(sure))
        .with(said)
}

//! The page: the amount first, then what follows from asking, then the reason.

use shared::api::{May, Order, Role};
use shared::calendar::Timestamp;
use shared::lifecycle::GRACE_SECONDS;
use shared::orders::{OrderKind, RefundTerms};

use super::model::{MOST_REASON, Msg, RefundAsk, terms};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{draw_key, link, loaded, said, titled};
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::aftersale::words;
use crate::trade::words::method;

impl Shown for RefundAsk {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.order, context.lang, |order| page(self, order, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("申请退款", "Ask for a refund"))
    }
}

fn page(model: &RefundAsk, order: &Order, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let back = Route::Order(order.id.clone()).path();
    let crumb = el("p").class("crumb").with(link(back.clone(), [lang.pick("订单 ", "Order "), &order.id].concat()));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(lang.pick("申请退款", "Ask for a refund")))
        .with(el("p").class("lead-fine").with(order.product_name.clone()));
    let notice = |why: String| {
        let way = link(back.clone(), lang.pick("返回订单", "Back to the order"));
        vec![el("p").class("notice").with(why), el("p").class("beside-way").with(way)]
    };
    let content = match terms(order) {
        _ if context.role() == Some(Role::BuyerFinance) => notice(finance(lang).to_owned()),
        None => notice(
            lang.pick(
                "未支付的订单可以直接取消，试用无需退款。",
                "An unpaid order can be cancelled; a trial cost nothing.",
            )
            .to_owned(),
        ),
        Some(May::No(why)) => notice(words(why, lang)),
        Some(May::Yes(terms)) => {
            vec![amount(terms, lang), follows(order, terms, context.now, lang), form(model, terms, &back, lang, to)]
        }
    };
    el("div").class("asking").with(head).all(content)
}

/// Who asks, where the reader may not.
pub(in crate::account) const fn finance(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "退款由企业管理员申请；财务可以申请发票、付款和确认线下退款。",
        Lang::En => {
            "The enterprise's administrator asks for refunds. Finance asks for invoices, pays and confirms offline refunds."
        }
    }
}

fn amount(terms: &RefundTerms, lang: Lang) -> Element {
    let total = el("p")
        .class("big-total")
        .with(el("span").id("total-name").with(lang.pick("全额退回", "All of it comes back")))
        .with(el("output").attr("aria-labelledby", "total-name").with(yuan(terms.amount)));
    let by = method(terms.via, lang);
    let how = lang.pick(format!("原路退回：{by}"), format!("The way it came: {by}"));
    el("section").class("asking-amount").with(total).with(el("p").class("fine").with(how))
}

fn follows(order: &Order, terms: &RefundTerms, now: Timestamp, lang: Lang) -> Element {
    let mut rules = vec![service(order, terms, now, lang)];
    if terms.review {
        let until = terms.until.map(|until| date_time(until, lang)).unwrap_or_default();
        rules.push(lang.pick(
            "服务商须在 72 小时内处理，逾期未处理视为同意。审核期间您可以随时撤回，服务照常使用。".to_owned(),
            "The vendor answers within 72 hours; no answer is a yes. Until then you can withdraw it, and the service goes on.".to_owned(),
        ));
        rules.push(lang.pick(
            "审核期间不能购买、续费或变更该商品。".to_owned(),
            "While it is under review this product cannot be bought, renewed or changed.".to_owned(),
        ));
        rules.push(lang.pick(
            format!("可申请至 {until}，即支付后 10 天。"),
            format!("It can be asked for until {until}, 10 days after the payment."),
        ));
    } else {
        rules.push(lang.pick(
            "付款已满 24 小时仍未全部开通，无需审核：提交后立即退款，不能撤回。".to_owned(),
            "24 hours after the payment not everything is open, so nobody reviews it: it is refunded at once and cannot be withdrawn.".to_owned(),
        ));
    }
    match terms.unpaid {
        0 => {}
        1 => rules.push(lang.pick(
            "该商品有 1 个未支付的订单，会随之关闭。".to_owned(),
            "1 unpaid order of this product closes with it.".to_owned(),
        )),
        n => rules.push(lang.pick(
            format!("该商品有 {n} 个未支付的订单，会随之关闭。"),
            format!("{n} unpaid orders of this product close with it."),
        )),
    }
    el("section")
        .attr("aria-labelledby", "follows-title")
        .with(el("h2").id("follows-title").with(lang.pick("退款意味着", "What follows")))
        .with(el("ul").class("rules").all(rules.into_iter().map(|rule| el("li").with(rule))))
}

/// What becomes of what was ordered.
fn service(order: &Order, terms: &RefundTerms, now: Timestamp, lang: Lang) -> String {
    let Some(ends) = terms.ends else {
        return match order.kind {
            OrderKind::Purchase => lang.pick(
                "同意退款后服务立即关闭，访问停止，服务商会释放其资源。".to_owned(),
                "Once it is agreed to, the service closes at once and the vendor releases what it holds.".to_owned(),
            ),
            _ => lang.pick(
                "同意退款后，服务恢复到下单之前。".to_owned(),
                "Once it is agreed to, the service is as it was before the order.".to_owned(),
            ),
        };
    };
    let end = date_time(ends, lang);
    match now.since(ends) {
        late if late > GRACE_SECONDS => lang.pick(
            format!("同意退款后服务恢复到下单之前，即 {end} 已到期；到期已超过 7 天，服务随即关闭。"),
            format!("Once it is agreed to, the service is as before the order: ended on {end}. That is over 7 days ago, so it closes."),
        ),
        late if late >= 0 => lang.pick(
            format!("同意退款后服务恢复到下单之前，即 {end} 已到期，访问停止。"),
            format!("Once it is agreed to, the service is as before the order: ended on {end}, and access is cut."),
        ),
        _ => lang.pick(
            format!("同意退款后服务恢复到下单之前的配置，到期时间回到 {end}。"),
            format!("Once it is agreed to, the service has what it had before the order, and ends on {end} again."),
        ),
    }
}

fn form(model: &RefundAsk, terms: &RefundTerms, back: &str, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let reason = Field {
        id: "reason",
        name: lang.pick("退款原因", "Why"),
        note: lang.pick("服务商会看到，最多 200 个字。", "The vendor reads it; at most 200 characters."),
        mend: lang.pick("请填写退款原因，最多 200 个字。", "Say why, in at most 200 characters."),
        most: MOST_REASON,
        lines: 3,
    };
    let words = [lang.pick("申请退款 ", "Ask for "), &yuan(terms.amount), lang.pick("", " back")].concat();
    let ask =
        el("button").class("button").attr("type", "submit").state("aria-busy", model.reason.submit.waits()).with(words);
    el("form")
        .class("asking-form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Ask(draw_key()));
        })
        .with(written(&model.reason, reason, to, Msg::Reason))
        .with(el("div").class("tools").with(ask).with(
            el("a").class("button is-quiet").attr("href", back.to_owned()).with(lang.pick("不退了", "Keep the order")),
        ))
        .with(said(&model.reason.submit, lang.pick("正在提交…", "Asking…"), lang))
}

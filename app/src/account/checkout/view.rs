//! The page: who buys, how it is paid and under which terms on one side, what it costs on the other.

use shared::api::{Confirmed, Role};
use shared::lifecycle::ChangeMode;
use shared::orders::Method;

use super::later::later;
use super::model::{Again, Checkout, Msg, Tick};
use crate::account::route::Route;
use crate::account::service::change::words;
use crate::element::{Element, Sink, el};
use crate::format::{countdown, date, term, yuan};
use crate::i18n::Lang;
use crate::page::address::sign_in;
use crate::page::parts::{Accept, accept, button, draw_key, fact, link, loaded, said, titled, wrong};
use crate::page::{Context, Shown};
use crate::storefront::lines::row;
use crate::storefront::product::compare::days;
use crate::trade::lines::lines;
use crate::trade::words::{method, order_kind};
use crate::widgets::radios::{Choice, Radios, radios};

impl Shown for Checkout {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("确认订单", "Checkout"))
    }
}

fn view(model: &Checkout, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    loaded(&model.quoted, lang, |quoted| {
        let left = quoted.expires_at.since(context.now).max(0);
        let side = el("div")
            .class("checkout-side")
            .with(buyer(context, quoted))
            .with(pay(model, lang, to))
            .with(agreement(model, quoted, lang, to))
            .maybe(loss(model, quoted, lang, to))
            .maybe(later(model, quoted, context.now, lang, to).filter(|_| quoted.on.is_none()));
        el("div")
            .class("checkout-page")
            .with(el("h1").with(lang.pick("确认订单", "Checkout")))
            .with(el("div").class("checkout").with(side).with(card(model, quoted, context, left, to)))
    })
}

fn buyer(context: &Context, quoted: &Confirmed) -> Element {
    let lang = context.lang;
    let who = context.who.as_ref();
    let organisation = who.map_or_else(String::new, |who| who.organisation.name.clone());
    let person = who.map_or_else(String::new, |who| [&who.name, " · ", &who.email].concat());
    el("section")
        .class("checkout-part")
        .attr("aria-labelledby", "buyer-title")
        .with(el("h2").id("buyer-title").with(lang.pick("购买方", "Buyer")))
        .with(el("p").with(organisation))
        .with(el("p").class("fine").with(person))
        .with(el("p").class("fine").with([lang.pick("销售方：", "Sold by "), &quoted.vendor].concat()))
}

fn pay(model: &Checkout, lang: Lang, to: &Sink<Msg>) -> Element {
    let choice = |way: &Method| {
        let more = match way {
            Method::Sandbox => {
                lang.pick("在沙箱支付页选择结果，不产生真实扣款", "Choose what happens on its page; no real money")
            }
            Method::Transfer => {
                lang.pick("下单后显示汇款附言，7 天内到账有效", "A reference follows; the money has 7 days to arrive")
            }
        };
        let value = if *way == Method::Sandbox { "sandbox" } else { "transfer" };
        Choice { value: value.to_owned(), label: method(*way, lang).to_owned(), more: vec![more.into()] }
    };
    let group = Radios {
        id: "method".to_owned(),
        label: lang.pick("支付方式", "Payment").to_owned(),
        name: "method".to_owned(),
        class: "choices methods",
        choices: model.methods.iter().map(choice).collect(),
        chosen: model.method,
        note: None,
    };
    el("section").class("checkout-part").with(radios(group, to, Msg::Method))
}

fn agreement(model: &Checkout, quoted: &Confirmed, lang: Lang, to: &Sink<Msg>) -> Element {
    let version = model.agreement.map_or_else(|| "…".to_owned(), |version| version.to_string());
    let name = &quoted.product_name;
    let words = lang.pick(
        format!("我代表企业同意《{name}服务协议》第 {version} 版"),
        format!("On behalf of the enterprise I accept the agreement of {name}, version {version}"),
    );
    let first = lang.pick("请先同意协议，再提交订单。", "Accept the agreement before you order.");
    let first = model.accept_first.then_some(first);
    let it = Accept { id: "agreement", said: "agreement-said", words, accepted: model.accepted, first };
    accept(it, to, Msg::Accept)
}

/// What the change takes away, accepted by itself (rule O1).
fn loss(model: &Checkout, quoted: &Confirmed, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let end = quoted.on.as_ref().and_then(|on| on.subscription.end());
    let words = words::accepted(model.loss()?, end, lang);
    let first = lang.pick("请先勾选同意，再提交订单。", "Accept this before you order.");
    let first = (model.given_up == Tick::Missing).then_some(first);
    let accepted = model.given_up == Tick::Accepted;
    Some(accept(Accept { id: "accept-loss", said: "loss-said", words, accepted, first }, to, Msg::AcceptLoss))
}

fn card(model: &Checkout, quoted: &Confirmed, context: &Context, left: i64, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let quote = &quoted.quote;
    let had = quoted.on.as_ref().map_or(&[][..], |on| &on.subscription.segments);
    let lines = lines(quote, had, &quoted.names, &quoted.selection, lang).into_iter().map(row);
    let mut facts = Vec::new();
    if quote.count > 1 {
        facts.push(fact(lang.pick("每个", "Each"), format!("{} × {}", yuan(quote.instance_price), quote.count)));
    }
    if quote.gift_days > 0 {
        facts.push(fact(lang.pick("赠送时长", "Free on top"), days(quote.gift_days, lang)));
    }
    if let Some(end) = quote.end {
        facts.push(fact(lang.pick("现在付款，服务至", "Paid now, service until"), date(end, lang)));
    }
    if let Some(renewal) = quote.renewal_total {
        facts.push(fact(lang.pick("续费", "Renewal"), yuan(renewal)));
    }
    // Without a term of its own: what is paid once, or what goes on until the end that the service has.
    let sold = match quoted.selection.term {
        Some(sold) => term(sold, lang),
        None if quoted.on.is_some() => words::mode(ChangeMode::CoTerm, lang).to_owned(),
        None => lang.pick("一次购买", "paid once").to_owned(),
    };
    let what = [&quoted.names.edition, " · ", &sold].concat();
    let on = quoted.on.as_ref().map(|on| {
        let kind = order_kind(on.intent.kind(&on.subscription, &quoted.selection), lang);
        el("p").class("fine").with([kind, lang.pick(" · 服务 ", " · service "), &on.service].concat())
    });
    let total = el("p")
        .class("big-total")
        .with(el("span").id("total-name").with(lang.pick("合计", "Total")))
        .with(el("output").attr("aria-labelledby", "total-name").with(yuan(quote.due)));
    el("aside")
        .class("order-card")
        .attr("aria-label", lang.pick("订单内容", "What is ordered"))
        .with(el("h2").with(quoted.product_name.clone()))
        .with(el("p").class("fine").with(what))
        .maybe(on)
        .with(el("ul").class("lines").all(lines))
        .with(el("dl").class("facts").all(facts))
        .with(total)
        .all(ordering(model, quoted, context, left, to))
}

/// Ordering, or why that is not possible and what is.
fn ordering(model: &Checkout, quoted: &Confirmed, context: &Context, left: i64, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    if context.role() != Some(Role::BuyerAdmin) {
        let sentence = match context.role() {
            Some(Role::BuyerFinance) => lang.pick(
                "财务可以支付和申请发票，不能下单。请把本页链接发给企业管理员。",
                "Finance pays and asks for invoices, but does not order. Pass this page's link on to an administrator.",
            ),
            _ => lang.pick(
                "只有企业管理员可以下单。请换用企业账号登录。",
                "Only an enterprise's administrator orders. Sign in as one.",
            ),
        };
        let other =
            link(sign_in(&Route::Checkout(quoted.id.clone()).path()), lang.pick("换账号登录", "Sign in as another"));
        return vec![el("p").class("notice").with(sentence), el("p").class("card-way").with(other)];
    }
    let differs = matches!(model.again, Again::Differs(_));
    if (left == 0 && !model.placing.waits()) || differs || matches!(model.again, Again::Waiting) {
        return requoting(model, quoted, lang, to);
    }
    let waiting =
        lang.pick("正在提交订单，服务器会重新核对价格…", "Placing the order; the server computes the price again…");
    let left = lang.pick(format!("价格保留 {}", countdown(left)), format!("This price holds for {}", countdown(left)));
    let orders = model.placing.failure().map(|_| {
        el("p").class("card-way").with(link(Route::Orders.path(), lang.pick("查看我的订单", "See my orders")))
    });
    let busy = model.placing.waits();
    let place = button("button wide", lang.pick("提交订单", "Place order"), busy, to, || Msg::Place(draw_key()));
    let mut parts = vec![place, el("p").class("fine is-centred").with(left), said(&model.placing, waiting, lang)];
    parts.extend(orders);
    parts
}

fn requoting(model: &Checkout, quoted: &Confirmed, lang: Lang, to: &Sink<Msg>) -> Vec<Element> {
    let (sentence, words) = match &model.again {
        Again::Differs(total) => {
            let (then, now) = (yuan(quoted.quote.total), yuan(*total));
            (
                el("p").class("notice is-wrong").with(lang.pick(
                    format!("价格已变：报价单为 {then}，现价 {now}。未下单。"),
                    format!("The price has changed: {then} was quoted, it is {now} now. Nothing was ordered."),
                )),
                lang.pick(format!("按 {now} 重新报价"), format!("Quote again at {now}")),
            )
        }
        Again::Failed(failure) => (wrong(failure.sentence(lang)), lang.pick("重试", "Try again").to_owned()),
        Again::Idle | Again::Waiting => (
            el("p").class("notice").with(lang.pick(
                "报价已过 15 分钟有效期。按同样的配置重新报价后即可下单。",
                "This price was held for 15 minutes. Have the same quoted again, then order.",
            )),
            lang.pick("重新报价", "Quote again").to_owned(),
        ),
    };
    let again = button("button wide", words, model.again == Again::Waiting, to, || Msg::Again);
    vec![el("div").attr("role", "status").with(sentence), again]
}

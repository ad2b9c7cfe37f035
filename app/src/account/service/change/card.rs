//! What is wanted comes to this: the lines, what is due, what is lost, until when it lasts.

use shared::api::{Names, Role};
use shared::calendar::Timestamp;
use shared::lifecycle::Quote;
use shared::money::Fen;
use shared::violation::Violation;

use super::model::{Change, Desk, Msg};
use super::wish::{Loss, Outcome, What};
use super::words;
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::Context;
use crate::page::parts::{button, draw_key, link, said};
use crate::storefront::lines::row;
use crate::trade::lines::lines;

/// Shows the card.
pub(super) fn card(model: &Change, desk: &Desk, outcome: &Outcome, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let card = el("aside").class("order-card").attr("aria-label", lang.pick("报价", "Quote"));
    let card = card.with(el("h2").with(words::what(desk.wish.what, lang).0));
    match outcome {
        Ok(quote) => card.all(quoted(model, desk, quote, context, to)),
        Err(violations) => card.with(wrong(violations, lang)),
    }
}

fn wrong(violations: &[Violation], lang: Lang) -> Element {
    let sentences = violations.iter().map(|violation| el("li").with(lang.pick(&violation.zh, &violation.en).clone()));
    el("ul").class("wrong-list").attr("role", "status").all(sentences)
}

fn quoted(model: &Change, desk: &Desk, quote: &Quote, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let subscription = &desk.service.subscription;
    let end = subscription.end();
    let loss = Loss::of(quote, end);
    let offer = &desk.offer;
    let names = Names::of(&offer.editions[desk.wish.draft.edition]);
    let selection = desk.wish.selection(offer).unwrap_or_else(|| empty(desk));
    let lines = lines(quote, &subscription.segments, &names, &selection, lang).into_iter().map(row);
    let mut facts = Vec::new();
    if let Some(new) = quote.end {
        let mut why = words::end(end, new, lang);
        if quote.gift_days > 0 {
            let n = quote.gift_days;
            why.push_str(&lang.pick(format!("含赠送 {n} 天。"), format!(" {n} free days included.")));
        }
        facts.push(fact(lang.pick("服务至", "Service until"), date_time(new, lang), why));
    }
    if let Some(renewal) = quote.renewal_total {
        let why = lang.pick("同样配置、同样时长，按今天的续费价。", "The same again at today's renewal prices.");
        facts.push(fact(lang.pick("下次续费", "Next renewal"), yuan(renewal), why.to_owned()));
    }
    let total = el("p")
        .class("big-total")
        .with(el("span").id("due-name").with(lang.pick("应付", "Due")))
        .with(el("output").attr("aria-labelledby", "due-name").with(yuan(quote.due)));
    let why = words::due(desk.wish.what, desk.wish.change_mode(), lang);
    let mut parts = vec![
        el("ul").class("lines").all(lines),
        total,
        el("p").class("fine due-why").with(why),
        el("dl").class("facts change-facts").all(facts),
    ];
    parts.extend(loss.map(|loss| losing(loss, end, lang)));
    parts.extend(asking(model, desk, quote, context, to));
    parts
}

/// A renewal of what is not within today's limits any more: nothing in the fields is a selection.
fn empty(desk: &Desk) -> shared::pricing::SelectionFile {
    let service = &desk.service.subscription;
    shared::pricing::SelectionFile {
        edition: service.edition.clone(),
        term: None,
        quantities: service.quantities.clone(),
        options: service.options.clone(),
        count: 1,
    }
}

fn fact(name: &'static str, value: String, why: String) -> Element {
    el("div").with(el("dt").with(name)).with(el("dd").with(value)).with(el("dd").class("fact-why").with(why))
}

/// What is lost; it is accepted with the order (rule O1).
fn losing(loss: Loss, end: Option<Timestamp>, lang: Lang) -> Element {
    el("p").class("loss").with(words::loss(loss, end, lang))
}

fn asking(model: &Change, desk: &Desk, quote: &Quote, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    if context.role() != Some(Role::BuyerAdmin) {
        let sentence = lang.pick(
            "只有企业管理员可以续费或变更服务。",
            "Only an enterprise's administrator renews and changes services.",
        );
        return vec![el("p").class("notice").with(sentence)];
    }
    if desk.under_review {
        let sentence = lang.pick(
            "该商品有退款申请正在审核，审核结束前不能续费或变更。",
            "A refund of this product is under review. Until that has ended nothing can be renewed or changed.",
        );
        return vec![el("p").class("notice").with(sentence)];
    }
    let superseded = desk.superseded().map(|order| superseded(order, lang));
    let now = context.now;
    let words = if quote.due > Fen::ZERO {
        lang.pick("确认报价，去下单", "Confirm and order")
    } else {
        lang.pick("确认报价，无需付款", "Confirm; nothing is due")
    };
    let waiting = lang.pick("服务器正在核对价格…", "The server computes the price again…");
    let after = if quote.due > Fen::ZERO {
        lang.pick("付款后生效；付款前服务不变。", "It takes effect when it is paid; until then nothing changes.")
    } else {
        lang.pick("提交订单后立即生效。", "It takes effect as soon as it is ordered.")
    };
    let ask = button("button wide", words, model.asking.waits(), to, move || Msg::Ask(draw_key(), now));
    let after = el("p").class("fine is-centred").with(after);
    superseded.into_iter().chain([ask, after, said(&model.asking, waiting, lang)]).collect()
}

/// An order waits to be paid already, and a newer one takes its place.
fn superseded(order: &str, lang: Lang) -> Element {
    let it = link(Route::Order(order.to_owned()).path(), order.to_owned());
    let (before, after) = lang.pick(
        ("已有待支付的订单 ", "。提交新订单后，它会自动取消。"),
        ("Order ", " waits to be paid. A new order takes its place."),
    );
    el("p").class("notice").with(before).with(it).with(after)
}

/// What one of the two ways comes to, for its choice.
pub(super) fn beside(outcome: &Outcome, old: Option<Timestamp>, lang: Lang) -> Vec<Element> {
    let Ok(quote) = outcome else { return Vec::new() };
    let now = el("span").class("way-due").with([lang.pick("现在付 ", "now "), &yuan(quote.due)].concat());
    let until = quote.end.map(|end| {
        let until = [lang.pick("服务至 ", "until "), &date_time(end, lang)].concat();
        el("span").with(until)
    });
    let moved = quote.end.map(|end| el("span").with(words::end(old, end, lang)));
    let lost = (quote.forfeited > Fen::ZERO).then(|| {
        let amount = yuan(quote.forfeited);
        el("span").class("is-lost").with(lang.pick(format!("放弃 {amount}"), format!("{amount} forfeited")))
    });
    let all = [Some(now), until, moved, lost];
    all.into_iter().flatten().collect()
}

/// The same selection for a new term is no way to expand.
pub(super) const fn has_two_ways(what: What) -> bool {
    matches!(what, What::Expand | What::Upgrade)
}

//! The quote card: the total, what makes it up, and buying.

use shared::api::Names;
use shared::catalog::ChargeKind;

use super::compare::days;
use super::model::{Buying, Model, Msg, OtherPrice};
use super::priced::Priced;
use crate::element::{Element, Sink, el};
use crate::format::{date, term, yuan};
use crate::i18n::Lang;
use crate::storefront::lines::{fact, row, words};

/// Shows the card.
pub(super) fn view(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let mut class = "quote".to_owned();
    if model.lines_open {
        class.push_str(" is-open");
    }
    if model.price.is_err() {
        class.push_str(" is-dim");
    }
    el("aside")
        .class(class)
        .attr("aria-labelledby", "quote-title")
        .with(el("h2").class("sr").id("quote-title").with(lang.pick("报价", "Quote")))
        .with(bar(model, lang, to))
        .with(el("div").class("quote-said").attr("aria-live", "polite").all(said(model, lang)))
        .with(el("div").class("quote-lines").id("quote-lines").all(lines(model, lang)).all(fine_print(model, lang)))
}

fn bar(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let total = model.price.as_ref().map_or_else(|_| "—".to_owned(), |price| yuan(price.quote.total));
    let long = total.chars().count() > 10;
    let output = el("output")
        .class(if long { "quote-total is-long" } else { "quote-total" })
        .attr("aria-labelledby", "total-name")
        .attr("for", super::config_view::FORM)
        .with(total);
    let sum = el("div")
        .class("quote-sum")
        .with(el("span").class("quote-name").id("total-name").with(lang.pick("合计", "Total")))
        .with(output)
        .with(el("span").class("quote-for").with(paid_for(model, lang)));
    let toggle = el("button")
        .class("quote-toggle link")
        .attr("type", "button")
        .state("aria-expanded", model.lines_open)
        .attr("aria-controls", "quote-lines")
        .sends("click", to, || Msg::Lines)
        .with(if model.lines_open { lang.pick("收起", "Less") } else { lang.pick("明细", "Details") });
    let buy = el("button")
        .class("button buy")
        .attr("type", "button")
        .state("aria-busy", matches!(model.buying, Buying::Waiting | Buying::Fetching(_)))
        .sends("click", to, || Msg::Buy)
        .with(lang.pick("立即购买", "Buy now"));
    el("div").class("quote-bar").with(sum).with(toggle).with(buy)
}

/// `1 年，2 个，含税`.
fn paid_for(model: &Model, lang: Lang) -> String {
    let Ok(price) = &model.price else {
        return lang.pick("请先修改标出的内容", "First correct what is marked").to_owned();
    };
    let once = || lang.pick("一次购买", "paid once").to_owned();
    let mut parts = vec![model.draft.term.map_or_else(once, |sold| term(sold, lang))];
    let count = price.quote.count;
    if count > 1 {
        parts.push(lang.pick(format!("{count} 个"), format!("{count} instances")));
    }
    parts.push(lang.pick("含税", "incl. tax").to_owned());
    parts.join(lang.pick("，", ", "))
}

fn lines(model: &Model, lang: Lang) -> Vec<Element> {
    let Some(price) = &model.last else { return Vec::new() };
    let Priced { quote, file, .. } = price.as_ref();
    let edition = model.offer.editions.iter().find(|edition| edition.code == file.edition);
    let names = edition.map(Names::of).unwrap_or_default();
    let rows = quote.lines.iter().map(|line| row(words(line, &names, file, lang)));
    let mut facts = Vec::new();
    if quote.count > 1 {
        facts.push(fact(lang.pick("每个", "Each"), format!("{} × {}", yuan(quote.instance_price), quote.count)));
    }
    if quote.gift_days > 0 {
        facts.push(fact(lang.pick("赠送时长", "Free on top"), days(quote.gift_days, lang)));
    }
    if let Some(renewal) = quote.renewal_total {
        facts.push(fact(lang.pick("续费", "Renewal"), yuan(renewal)));
    }
    if let Some(end) = quote.end {
        facts.push(fact(lang.pick("服务至", "Service until"), date(end, lang)));
    }
    vec![el("ul").class("lines").all(rows), el("dl").class("facts").all(facts)]
}

fn fine_print(model: &Model, lang: Lang) -> Vec<Element> {
    let mut sentences = Vec::new();
    let counted = model.edition().charges.iter().any(|charge| matches!(charge.kind, ChargeKind::Quantity(_)));
    if model.draft.term.is_some() && counted {
        sentences.push(lang.pick(
            "续费时数量和选项保持不变，不能减少；需要减少时，请在服务到期后重新购买。",
            "A renewal keeps quantities and options. To have fewer, let the service end and buy anew.",
        ));
    }
    sentences.push(lang.pick(
        "购买前，服务器会重新计算并签发报价单。",
        "Before you buy, the server computes the price again and signs a quotation.",
    ));
    sentences.into_iter().map(|sentence| el("p").class("fine").with(sentence)).collect()
}

fn said(model: &Model, lang: Lang) -> Vec<Element> {
    let mut notices: Vec<(bool, String)> =
        model.wrong_elsewhere().map(|violation| (true, lang.pick(&violation.zh, &violation.en).clone())).collect();
    match &model.buying {
        Buying::Idle | Buying::Refused(_) => {}
        Buying::Waiting => {
            let sentence = lang.pick("正在与服务器核对价格…", "Confirming the price with the server…");
            notices.push((false, sentence.to_owned()));
        }
        Buying::Fetching(_) => {
            let sentence =
                lang.pick("价格有变，正在读取最新配置…", "The price has changed. Fetching the new configuration…");
            notices.push((false, sentence.to_owned()));
        }
        Buying::Changed(prices) => notices.push((true, changed(model, *prices, lang))),
        Buying::Failed(failure) => notices.push((true, failure.sentence(lang))),
    }
    let notice = |(wrong, sentence)| el("p").class(if wrong { "notice is-wrong" } else { "notice" }).with(sentence);
    notices.into_iter().map(notice).collect()
}

/// Both totals, and what to do.
fn changed(model: &Model, prices: OtherPrice, lang: Lang) -> String {
    let (shown, server) = (yuan(prices.shown), yuan(prices.server));
    if model.price.as_ref().is_ok_and(|price| price.quote.total == prices.server) {
        return lang.pick(
            format!("价格已更新：您看到的是 {shown}，现价 {server}。合计已是现价，接受请再次点击“立即购买”。"),
            format!("The price has changed: you saw {shown}, it is {server} now. To accept it, buy once more."),
        );
    }
    lang.pick(
        format!("页面显示 {shown}，服务器算得 {server}。请刷新页面后重试。"),
        format!("This page shows {shown}, the server computes {server}. Reload the page and try again."),
    )
}

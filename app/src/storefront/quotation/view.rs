//! The quotation page.

use shared::api;
use shared::orders::Intent;

use super::document::Document;
use super::model::{Again, Model, Msg};
use super::seal::{Seal, Sealed};
use crate::element::{Element, Sink, el};
use crate::format::{countdown, date, date_time, term, yuan};
use crate::i18n::Lang;
use crate::storefront::lines::{fact, lost, row, words};
use crate::storefront::product::compare::days;

/// Shows the page.
pub fn view(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let Some(document) = &model.document else { return unreadable(lang) };
    let page =
        el("div").class("quotation").with(tools(model, document, lang, to)).with(sheet(document, &model.sealed, lang));
    if model.seal == Seal::Bad {
        // Of what was not signed there is nothing more to say: neither how long it holds, nor to pass it on.
        return page;
    }
    let order = lang.pick(
        "也可以打印这份报价单，或把链接发给同事审批。",
        "You can also print this quotation, or pass its link on for approval.",
    );
    let next = el("div")
        .class("quotation-next")
        .all(validity(model, document, lang, to))
        .with(el("p").class("fine").with(order));
    page.with(next)
}

fn unreadable(lang: Lang) -> Element {
    let sentence = lang.pick("签名无效：这不是一份可读的报价单。", "Signature invalid: this is no readable quotation.");
    let title = el("h1").with(lang.pick("报价单", "Quotation"));
    el("div").class("plain").with(title).with(el("p").class("seal is-bad").with(sentence))
}

fn tools(model: &Model, document: &Document, lang: Lang, to: &Sink<Msg>) -> Element {
    let (class, sentence) = match model.seal {
        Seal::Unchecked => ("seal", lang.pick("正在验证签名…", "Checking the signature…")),
        Seal::Good if model.left() == 0 => {
            ("seal is-over", lang.pick("签名有效，但报价已过期", "Signature valid, but the quotation has expired"))
        }
        Seal::Good => ("seal is-good", lang.pick("签名有效", "Signature valid")),
        Seal::Bad => (
            "seal is-bad",
            lang.pick(
                "签名无效：内容与签名不符，请勿采信。",
                "Signature invalid: this is not what was signed. Do not rely on it.",
            ),
        ),
    };
    let copy = match model.copied {
        None => lang.pick("复制链接", "Copy link"),
        Some(true) => lang.pick("链接已复制", "Link copied"),
        Some(false) => lang.pick("请从地址栏复制", "Copy it from the address bar"),
    };
    let button = |class: &'static str| el("button").class(class).attr("type", "button");
    let download = el("a")
        .class("button is-quiet")
        .attr("href", api::quote(&document.id))
        .attr("download", ["quotation-", &document.id, ".json"].concat())
        .with(lang.pick("下载", "Download"));
    let tools = el("div")
        .class("tools")
        .with(button("button is-quiet").sends("click", to, || Msg::Copy).with(copy))
        .with(download)
        .with(button("button").sends("click", to, || Msg::Print).with(lang.pick("打印", "Print")));
    let seal = el("p").class(class).attr("role", "status").with(sentence);
    el("div").class("quotation-tools").with(seal).with(tools)
}

/// The document itself.
fn sheet(document: &Document, sealed: &Sealed, lang: Lang) -> Element {
    let head = el("dl").class("facts").all([
        fact(lang.pick("编号", "Number"), document.id.clone()),
        fact(lang.pick("签发", "Issued"), date_time(document.issued_at, lang)),
        fact(lang.pick("有效期至", "Valid until"), date_time(document.expires_at, lang)),
    ]);
    let title = el("h1").with(lang.pick("报价单", "Quotation"));
    let what = el("div")
        .class("sheet-what")
        .with(el("h2").with(document.product_name.clone()))
        .with(el("p").with(document.vendor.clone()));
    let lines = document.lines.iter().map(|line| row(words(line, &document.names, &document.selection, lang)));
    let total = el("p")
        .class("sheet-total")
        .with(el("span").id("total-name").with(lang.pick("合计", "Total")))
        .with(el("output").attr("aria-labelledby", "total-name").with(yuan(document.due)));
    el("article")
        .class("sheet")
        .with(el("header").class("sheet-head").with(title).with(head))
        .with(what)
        .with(el("dl").class("facts sheet-facts").all(facts(document, lang)))
        .with(el("ul").class("lines").all(lines).maybe(lost(document.forfeited, lang).map(row)))
        .maybe((document.count > 1).then(|| each(document, lang)))
        .with(total)
        .with(el("p").class("fine").with(lang.pick("人民币，含税。", "In CNY, tax included.")))
        .with(signature(sealed, lang))
}

fn facts(document: &Document, lang: Lang) -> Vec<Element> {
    let mut facts = Vec::new();
    if let Some((service, intent)) = &document.on {
        let name = match intent {
            Intent::Renew => lang.pick("续费服务", "Renewal of"),
            Intent::Change { .. } => lang.pick("变更服务", "Change of"),
        };
        facts.push(fact(name, service.clone()));
    }
    facts.push(fact(lang.pick("套餐版本", "Edition"), document.names.edition.clone()));
    if let Some(sold) = document.selection.term {
        facts.push(fact(lang.pick("购买时长", "Term"), term(sold, lang)));
    }
    facts.push(fact(lang.pick("购买个数", "Count"), document.count.to_string()));
    if document.gift_days > 0 {
        facts.push(fact(lang.pick("赠送时长", "Free on top"), days(document.gift_days, lang)));
    }
    if let Some(end) = document.end {
        facts.push(fact(lang.pick("服务至（签发时付款）", "Service until (if paid when issued)"), date(end, lang)));
    }
    if let Some(renewal) = document.renewal_total {
        facts.push(fact(lang.pick("续费", "Renewal"), yuan(renewal)));
    }
    facts
}

fn each(document: &Document, lang: Lang) -> Element {
    let product = format!("{} × {}", yuan(document.instance_price), document.count);
    let name = el("span").with(lang.pick("每个", "Each"));
    el("p").class("sheet-each").with(name).with(el("span").with(product))
}

fn signature(sealed: &Sealed, lang: Lang) -> Element {
    let entries = [
        (lang.pick("算法", "Algorithm"), "Ed25519".to_owned()),
        (lang.pick("密钥", "Key"), sealed.key_id.clone()),
        (lang.pick("签名", "Signature"), sealed.signature.clone()),
    ];
    let entries = entries.into_iter().flat_map(|(name, value)| [el("dt").with(name), el("dd").with(value)]);
    let title = el("h2").with(lang.pick("数字签名", "Digital signature"));
    el("footer").class("sheet-seal").with(title).with(el("dl").all(entries))
}

/// How long it is valid still; afterwards the way to a new one.
fn validity(model: &Model, document: &Document, lang: Lang, to: &Sink<Msg>) -> Vec<Element> {
    let left = model.left();
    if left > 0 {
        let left = countdown(left);
        let sentence = [lang.pick("有效，剩余 ", "Valid for another "), &left].concat();
        let order = ["/checkout/", &document.id].concat();
        let order = el("a").class("button").attr("href", order).with(lang.pick("去下单", "Order"));
        return vec![el("p").class("validity").with(sentence), el("p").class("quotation-order").with(order)];
    }
    if let Some((service, _)) = &document.on {
        // What it costs now depends on how the service stands now.
        let path = ["/account/services/", service, "/change"].concat();
        return vec![el("a").class("button").attr("href", path).with(lang.pick("重新报价", "Quote again"))];
    }
    let (sentence, button) = match &model.again {
        Again::Differs(total) => {
            let (now, then) = (yuan(*total), yuan(document.total));
            (
                lang.pick(
                    format!("价格已变：原报价 {then}，现价 {now}。"),
                    format!("The price has changed: it was {then} and is {now}."),
                ),
                lang.pick(format!("按 {now} 重新报价"), format!("Quote again at {now}")),
            )
        }
        Again::Failed(failure) => (failure.sentence(lang), lang.pick("重试", "Try again").to_owned()),
        Again::Idle | Again::Waiting => (
            lang.pick(
                "报价已过期。可以按同样的配置重新报价。",
                "This quotation has expired. The same can be quoted again.",
            )
            .to_owned(),
            lang.pick("重新报价", "Quote again").to_owned(),
        ),
    };
    let again = el("button")
        .class("button")
        .attr("type", "button")
        .state("aria-busy", model.again == Again::Waiting)
        .sends("click", to, || Msg::Again)
        .with(button);
    vec![el("p").class("validity is-over").attr("role", "status").with(sentence), again]
}

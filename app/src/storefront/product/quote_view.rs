//! The quote card: the total, what makes it up, and buying.

use leptos::prelude::*;
use shared::catalog::ChargeKind;

use super::Store;
use super::compare::days;
use super::model::{Buying, Model, Msg, OtherPrice};
use super::priced::Priced;
use crate::format::{date, term, yuan};
use crate::i18n::Lang;
use crate::storefront::lines::{LineWords, names, words};
use crate::widgets::bind::{Shown, nothing};

/// Shows the card.
pub fn view(store: Store, lang: Lang) -> AnyView {
    let open = RwSignal::new(false);
    let total = store.text(|model| match &model.price {
        Ok(price) => yuan(price.quote.total),
        Err(_) => "—".to_owned(),
    });
    let paid_for = store.text(move |model| paid_for(model, lang));
    let waiting = store.is(|model| matches!(model.buying, Buying::Waiting | Buying::Fetching(_)));
    let dim = store.is(|model| model.price.is_err());
    let expanded = Signal::derive(move || if open.get() { "true" } else { "false" });
    view! {
        <aside class="quote" class:is-open=open class:is-dim=dim aria-labelledby="quote-title">
            <h2 class="sr" id="quote-title">{lang.pick("报价", "Quote")}</h2>
            <div class="quote-bar">
                <div class="quote-sum">
                    <span class="quote-name" id="total-name">{lang.pick("合计", "Total")}</span>
                    <output class="quote-total" aria-labelledby="total-name" for="configurator">{total}</output>
                    <span class="quote-for">{paid_for}</span>
                </div>
                <button
                    class="quote-toggle link"
                    type="button"
                    aria-expanded=expanded
                    aria-controls="quote-lines"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {lang.pick("明细", "Details")}
                </button>
                <button class="button buy" type="button" aria-busy=Signal::derive(move || if waiting.get() { "true" } else { "false" }) on:click=move |_| store.send(Msg::Buy)>
                    {lang.pick("立即购买", "Buy now")}
                </button>
            </div>
            <div class="quote-said" aria-live="polite">{store.block(move |model: &Model| said(model, lang))}</div>
            <div class="quote-lines" id="quote-lines">
                {store.block(move |model: &Model| lines(model, lang))}
                {store.block(move |model: &Model| fine_print(model, lang))}
            </div>
        </aside>
    }
    .into_any()
}

/// `1 年 · 2 个 · 含税`.
fn paid_for(model: &Model, lang: Lang) -> String {
    let Ok(price) = &model.price else {
        return lang.pick("请先修改标出的内容", "First correct what is marked").to_owned();
    };
    let mut parts =
        vec![model.draft.term.map_or_else(|| lang.pick("一次购买", "paid once").to_owned(), |sold| term(sold, lang))];
    let count = price.quote.count;
    if count > 1 {
        parts.push(lang.pick(format!("{count} 个"), format!("{count} instances")));
    }
    parts.push(lang.pick("含税", "tax included").to_owned());
    parts.join(" · ")
}

fn lines(model: &Model, lang: Lang) -> AnyView {
    let Some(price) = &model.last else { return nothing() };
    let Priced { quote, file, .. } = price.as_ref();
    let edition = model.offer.editions.iter().find(|edition| edition.code == file.edition);
    let names = edition.map(names).unwrap_or_default();
    let lines: Vec<AnyView> = quote.lines.iter().map(|line| row(words(line, &names, file, lang))).collect();
    let mut facts = Vec::new();
    if quote.count > 1 {
        let each = lang.pick("每个", "Each");
        facts.push(fact(each, format!("{} × {}", yuan(quote.instance_price), quote.count)));
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
    view! { <ul class="lines">{lines}</ul><dl class="facts">{facts}</dl> }.into_any()
}

/// One line of a quote.
pub fn row(line: LineWords) -> AnyView {
    let how: Vec<AnyView> =
        line.how.into_iter().map(|how| view! { <span class="line-how">{how}</span> }.into_any()).collect();
    view! {
        <li>
            <span class="line-label">{line.label}</span>
            <span class="line-amount">{line.amount}</span>
            {how}
        </li>
    }
    .into_any()
}

/// A name and what it is.
pub fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn fine_print(model: &Model, lang: Lang) -> AnyView {
    let quantities = model.edition().charges.iter().any(|charge| matches!(charge.kind, ChargeKind::Quantity(_)));
    let keeps = (model.draft.term.is_some() && quantities).then(|| {
        lang.pick(
            "续费时数量和选项保持不变，不能减少；需要减少时，请在服务到期后重新购买。",
            "A renewal keeps quantities and options. To have fewer, let the service end and buy anew.",
        )
    });
    let confirmed = lang.pick(
        "购买前，服务器会重新计算并签发报价单。",
        "Before you buy, the server computes the price again and signs a quotation.",
    );
    view! { <p class="fine">{keeps}</p><p class="fine">{confirmed}</p> }.into_any()
}

fn said(model: &Model, lang: Lang) -> AnyView {
    let notice = |class: &'static str, sentence: String| view! { <p class=class>{sentence}</p> }.into_any();
    let elsewhere: Vec<AnyView> = model
        .wrong_elsewhere()
        .map(|violation| notice("notice is-wrong", lang.pick(&violation.zh, &violation.en).clone()))
        .collect();
    let buying = match &model.buying {
        Buying::Idle | Buying::Refused(_) => nothing(),
        Buying::Waiting => {
            notice("notice", lang.pick("正在与服务器核对价格…", "Confirming the price with the server…").to_owned())
        }
        Buying::Fetching(_) => notice(
            "notice",
            lang.pick("价格有变，正在读取最新配置…", "The price has changed. Fetching the new configuration…")
                .to_owned(),
        ),
        Buying::Changed(prices) => notice("notice is-wrong", changed(model, *prices, lang)),
        Buying::Failed(failure) => notice("notice is-wrong", failure.sentence(lang)),
    };
    view! { {elsewhere}{buying} }.into_any()
}

/// Both totals, and what to do.
fn changed(model: &Model, prices: OtherPrice, lang: Lang) -> String {
    let (shown, server) = (yuan(prices.shown), yuan(prices.server));
    let agreed = model.price.as_ref().is_ok_and(|price| price.quote.total == prices.server);
    if agreed {
        return lang.pick(
            format!("价格已更新：您看到的是 {shown}，服务器现价 {server}。上方已是现价，确认后请再次点击“立即购买”。"),
            format!("The price has changed: you saw {shown}, the server now asks {server}. The card shows it; buy again to accept."),
        );
    }
    lang.pick(
        format!("页面显示 {shown}，服务器算得 {server}。请刷新页面后重试。"),
        format!("This page shows {shown}, the server computes {server}. Reload the page and try again."),
    )
}

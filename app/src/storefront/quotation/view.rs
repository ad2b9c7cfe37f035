//! The quotation page.

use leptos::prelude::*;
use serde::Deserialize;
use shared::api::{self, Confirmed};
use wasm_bindgen_futures::spawn_local;

use super::model::{Again, Model};
use super::seal::Seal;
use crate::format::{countdown, date, date_time, term, yuan};
use crate::i18n::Lang;
use crate::route::Route;
use crate::storefront::lines::words;
use crate::storefront::product::compare::days;
use crate::storefront::product::quote_view::{fact, row};
use crate::widgets::bind::Shown;
use crate::{browser, client};

/// Shows the page.
pub fn view(model: RwSignal<Model>, lang: Lang) -> AnyView {
    let document =
        model.with_untracked(|model| model.confirmed.as_ref().map(|confirmed| sheet(model, confirmed, lang)));
    let Some(document) = document else { return unreadable(lang) };
    let seal_class = model.text(|model| {
        match model.seal {
            Seal::Unchecked => "seal",
            Seal::Good => "seal is-good",
            Seal::Bad => "seal is-bad",
        }
        .to_owned()
    });
    let seal = model.text(move |model| {
        match model.seal {
            Seal::Unchecked => lang.pick("正在验证签名…", "Checking the signature…"),
            Seal::Good => lang.pick("签名有效", "Signature valid"),
            Seal::Bad => lang.pick(
                "签名无效：内容与签名不符，请勿采信。",
                "Signature invalid: this is not what was signed. Do not rely on it.",
            ),
        }
        .to_owned()
    });
    view! {
        <div class="quotation">
            <div class="quotation-tools">
                <p class=seal_class role="status">{seal}</p>
                <div class="tools">
                    <button class="button is-quiet" type="button" on:click=move |_| copy(model)>
                        {model.text(move |model| copy_label(model.copied, lang))}
                    </button>
                    <a
                        class="button is-quiet"
                        href=model.with_untracked(|model| model.confirmed.as_ref().map(|found| api::quote(&found.id)))
                        download="quotation.json"
                    >
                        {lang.pick("下载", "Download")}
                    </a>
                    <button class="button" type="button" on:click=move |_| browser::print()>{lang.pick("打印", "Print")}</button>
                </div>
            </div>
            {document}
            <div class="quotation-next">
                {model.block(move |model_now: &Model| validity(model, model_now, lang))}
                <p class="fine">
                    {lang.pick(
                        "在线下单尚未开放。您可以打印这份报价单，或把链接发给同事审批。",
                        "Ordering online is not open yet. Print this quotation, or pass its link on for approval.",
                    )}
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn unreadable(lang: Lang) -> AnyView {
    let sentence = lang.pick("签名无效：这不是一份可读的报价单。", "Signature invalid: this is no readable quotation.");
    view! { <div class="plain"><h1>{lang.pick("报价单", "Quotation")}</h1><p class="wrong">{sentence}</p></div> }
        .into_any()
}

/// The document itself.
fn sheet(model: &Model, confirmed: &Confirmed, lang: Lang) -> AnyView {
    let Confirmed { selection, quote, names, .. } = confirmed;
    let lines: Vec<AnyView> = quote.lines.iter().map(|line| row(words(line, names, selection, lang))).collect();
    let each = (quote.count > 1).then(|| {
        view! {
            <p class="sheet-each">
                <span>{lang.pick("每个", "Each")}</span>
                <span>{format!("{} × {}", yuan(quote.instance_price), quote.count)}</span>
            </p>
        }
    });
    let mut facts = vec![fact(lang.pick("套餐版本", "Edition"), names.edition.clone())];
    if let Some(sold) = selection.term {
        facts.push(fact(lang.pick("购买时长", "Term"), term(sold, lang)));
    }
    facts.push(fact(lang.pick("购买个数", "Count"), quote.count.to_string()));
    if quote.gift_days > 0 {
        facts.push(fact(lang.pick("赠送时长", "Free on top"), days(quote.gift_days, lang)));
    }
    if let Some(end) = quote.end {
        facts.push(fact(lang.pick("服务至（现在购买）", "Service until (if bought now)"), date(end, lang)));
    }
    if let Some(renewal) = quote.renewal_total {
        facts.push(fact(lang.pick("续费", "Renewal"), yuan(renewal)));
    }
    view! {
        <article class="sheet">
            <header class="sheet-head">
                <h1>{lang.pick("报价单", "Quotation")}</h1>
                <dl class="facts">
                    {fact(lang.pick("编号", "Number"), confirmed.id.clone())}
                    {fact(lang.pick("签发", "Issued"), date_time(confirmed.issued_at, lang))}
                    {fact(lang.pick("有效期至", "Valid until"), date_time(confirmed.expires_at, lang))}
                </dl>
            </header>
            <div class="sheet-what">
                <h2>{confirmed.product_name.clone()}</h2>
                <p>{confirmed.vendor.clone()}</p>
            </div>
            <dl class="facts sheet-facts">{facts}</dl>
            <ul class="lines">{lines}</ul>
            {each}
            <p class="sheet-total">
                <span id="total-name">{lang.pick("合计", "Total")}</span>
                <output aria-labelledby="total-name">{yuan(quote.total)}</output>
            </p>
            <p class="fine">{lang.pick("人民币，含税。", "In CNY, tax included.")}</p>
            <footer class="sheet-seal">
                <h2>{lang.pick("数字签名", "Digital signature")}</h2>
                <dl>
                    <dt>{lang.pick("算法", "Algorithm")}</dt>
                    <dd>"Ed25519"</dd>
                    <dt>{lang.pick("密钥", "Key")}</dt>
                    <dd>{model.sealed.key_id.clone()}</dd>
                    <dt>{lang.pick("签名", "Signature")}</dt>
                    <dd>{model.sealed.signature.clone()}</dd>
                </dl>
            </footer>
        </article>
    }
    .into_any()
}

/// How long it is valid still; afterwards the way to a new one.
fn validity(store: RwSignal<Model>, model: &Model, lang: Lang) -> AnyView {
    let left = model.left();
    if left > 0 {
        let left = countdown(left);
        let sentence = lang.pick(format!("有效，剩余 {left}"), format!("Valid for another {left}"));
        return view! { <p class="validity">{sentence}</p> }.into_any();
    }
    let (sentence, button) = match &model.again {
        Again::Differs(total) => {
            let (now, then) =
                (yuan(*total), model.confirmed.as_ref().map(|found| yuan(found.quote.total)).unwrap_or_default());
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
                "报价已过期。配置不变，可以按现价重新报价。",
                "This quotation has expired. The same configuration can be quoted again.",
            )
            .to_owned(),
            lang.pick("重新报价", "Quote again").to_owned(),
        ),
    };
    let busy = if model.again == Again::Waiting { "true" } else { "false" };
    view! {
        <p class="validity is-over">{sentence}</p>
        <button class="button" type="button" aria-busy=busy on:click=move |_| again(store)>{button}</button>
    }
    .into_any()
}

#[derive(Deserialize)]
struct Issued {
    id: String,
}

fn again(store: RwSignal<Model>) {
    let Some(request) = store.try_update(Model::request).flatten() else { return };
    spawn_local(async move {
        match client::post::<Issued>(api::QUOTES, &request).await {
            Ok(issued) => browser::open(&Route::Quotation(issued.id).path()),
            Err(failure) => store.update(|model| model.refused(failure)),
        }
    });
}

fn copy(store: RwSignal<Model>) {
    spawn_local(async move {
        let copied = browser::copy_address().await;
        store.update(|model| model.copied = Some(copied));
    });
}

fn copy_label(copied: Option<bool>, lang: Lang) -> String {
    match copied {
        None => lang.pick("复制链接", "Copy link"),
        Some(true) => lang.pick("链接已复制", "Link copied"),
        Some(false) => lang.pick("请从地址栏复制", "Copy it from the address bar"),
    }
    .to_owned()
}

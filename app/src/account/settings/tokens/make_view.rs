//! Making a token, and its secret, this once.

use shared::api::Scope;

use super::model::{Lasts, Missing, Msg, Tokens};
use super::words::scope;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::Context;
use crate::page::parts::{Tick, button, draw_key, field, said, target_value, tick, wrong};
use crate::widgets::radios::{Choice, Radios, radios};

pub(super) fn make(model: &Tokens, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (typing, making, now) = (to.clone(), to.clone(), context.now);
    let name = el("input")
        .id("token-name")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", "60")
        .attr("aria-describedby", "token-said")
        .state("aria-invalid", model.missing == Some(Missing::Name))
        .typed(model.name.clone())
        .on("input", move |event| typing.send(Msg::Name(target_value(&event))));
    let legend = el("legend").class("label").with(lang.pick("权限范围", "Scopes"));
    let scopes = Scope::ALL.map(|it| scope_tick(model, it, lang, to));
    let choice = |lasts: &Lasts| {
        let (value, label) = match lasts {
            Lasts::Quarter => ("90", lang.pick("90 天", "90 days")),
            Lasts::Year => ("365", lang.pick("1 年", "1 year")),
            Lasts::Always => ("always", lang.pick("长期，直到吊销", "Until revoked")),
        };
        Choice { value: value.to_owned(), label: label.to_owned(), more: Vec::new() }
    };
    let group = Radios {
        id: "lasts".to_owned(),
        label: lang.pick("有效期", "Good for").to_owned(),
        name: "lasts".to_owned(),
        class: "choices",
        choices: Lasts::ALL.iter().map(choice).collect(),
        chosen: Lasts::ALL.iter().position(|lasts| *lasts == model.lasts).unwrap_or_default(),
        note: None,
    };
    let form = el("form")
        .class("entry")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            making.send(Msg::Make(now, draw_key()));
        })
        .with(field("token-name", lang.pick("用途", "What it is for"), name))
        .with(el("fieldset").class("scopes").with(legend).all(scopes))
        .with(radios(group, to, |index| Msg::Lasts(Lasts::ALL.get(index).copied().unwrap_or_default())))
        .with(
            el("button")
                .class("button")
                .attr("type", "submit")
                .state("aria-busy", model.making.waits())
                .with(lang.pick("创建令牌", "Make the token")),
        )
        .with(el("div").id("token-said").with(outcome(model, lang)));
    el("section")
        .class("settings-part")
        .attr("aria-labelledby", "make-title")
        .with(el("h2").id("make-title").with(lang.pick("新建令牌", "Another token")))
        .with(form)
        .with(el("div").maybe(secret(model, lang, to)))
}

fn scope_tick(model: &Tokens, it: Scope, lang: Lang, to: &Sink<Msg>) -> Element {
    let more = match it {
        Scope::Read => {
            lang.pick("所有查询：商品、订单、服务、通知", "Every query: products, orders, services, notices")
        }
        Scope::Orders => lang.pick("报价、下单、支付、取消订单", "Quotations, orders, payments, cancelling"),
        Scope::Services => lang.pick("试用和服务上的操作", "What is done with trials and services"),
        Scope::Access => lang.pick("只能查询某个服务是否可用", "Only whether a service can be used"),
    };
    tick(
        Tick {
            id: ["scope-", it.as_str()].concat().into(),
            words: el("span").with(scope(it, lang)).with(el("span").class("row-what").with(more)),
            ticked: model.scopes.contains(&it),
            missing: model.missing == Some(Missing::Scopes),
        },
        to,
        move |ticked| Msg::Scope(it, ticked),
    )
}

fn outcome(model: &Tokens, lang: Lang) -> Element {
    let sentence = match model.missing {
        Some(Missing::Name) => lang.pick("请写明令牌的用途。", "Say what the token is for."),
        Some(Missing::Scopes) => lang.pick("请至少选择一项权限。", "Choose at least one scope."),
        None => return said(&model.making, lang.pick("正在创建…", "Making it…"), lang),
    };
    el("div").class("said").attr("role", "status").with(wrong(sentence.to_owned()))
}

fn secret(model: &Tokens, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let made = model.made.as_ref()?;
    let lead = lang.pick(
        format!("“{}”已创建。令牌只显示这一次，请立即复制保存；服务器只保存它的哈希。", made.token.name),
        format!(
            "“{}” is made. Copy the token now: it is shown this once, and the server keeps only its hash.",
            made.token.name
        ),
    );
    let copy = match model.copied {
        None => lang.pick("复制令牌", "Copy the token"),
        Some(true) => lang.pick("已复制", "Copied"),
        Some(false) => lang.pick("请选中令牌手动复制", "Select it and copy it by hand"),
    };
    let shown = el("input")
        .id("token-secret")
        .class("secret")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("aria-label", lang.pick("访问令牌", "The token"))
        .attr("value", made.secret.clone());
    let how = lang.pick("请求头：", "Header: ");
    let how = el("p").class("fine").with(how).with(el("code").with("Authorization: Bearer …"));
    Some(el("div").class("once").attr("role", "status").with(el("p").with(lead)).with(shown).with(how).with(button(
        "button is-quiet",
        copy,
        false,
        to,
        || Msg::Copy,
    )))
}

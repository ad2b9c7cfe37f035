//! Inviting: a role, perhaps an address, and the link that is made.

use shared::api::Role;

use super::model::{Members, Msg};
use crate::browser;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::frame::roles::role;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, field, said, target_value, wrong};
use crate::widgets::radios::{Choice, Radios, radios};

pub(super) fn invite(model: &Members, lang: Lang, to: &Sink<Msg>) -> Element {
    let choice = |offered: &Role| Choice {
        value: offered.as_str().to_owned(),
        label: role(*offered, lang).to_owned(),
        more: vec![may(*offered, lang).into()],
    };
    let group = Radios {
        id: "role".to_owned(),
        label: lang.pick("角色", "Role").to_owned(),
        name: "role".to_owned(),
        class: "choices methods",
        choices: model.roles.iter().map(choice).collect(),
        chosen: model.offered,
        note: None,
    };
    let (typing, inviting) = (to.clone(), to.clone());
    let email = el("input")
        .id("invite-email")
        .attr("type", "email")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "invite-hint")
        .state("aria-invalid", model.email_wrong)
        .typed(model.email.clone())
        .on("input", move |event| typing.send(Msg::Email(target_value(&event))));
    let hint = lang.pick(
        "填写后只有这个邮箱能用链接加入；留空则谁有链接谁能加入。",
        "With an address, only that address can join; without, whoever has the link can.",
    );
    let title = lang.pick("邀请成员", "Invite somebody");
    let form = el("form")
        .class("entry")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            inviting.send(Msg::Invite { origin: browser::origin(), key: draw_key() });
        })
        .with(radios(group, to, Msg::Role))
        .with(field("invite-email", lang.pick("邮箱（可选）", "Mail address (optional)"), email))
        .with(el("p").id("invite-hint").class("fine").with(hint))
        .with(
            el("button")
                .class("button")
                .attr("type", "submit")
                .state("aria-busy", model.inviting.waits())
                .with(lang.pick("生成邀请链接", "Make a link")),
        )
        .with(outcome(model, lang));
    el("section")
        .class("settings-part")
        .attr("aria-labelledby", "invite-title")
        .with(el("h2").id("invite-title").with(title))
        .with(form)
        .with(el("div").maybe(link(model, lang, to)))
}

fn outcome(model: &Members, lang: Lang) -> Element {
    if model.email_wrong {
        let sentence = lang.pick("邮箱地址不正确。", "That is no mail address.").to_owned();
        return el("div").class("said").attr("role", "status").with(wrong(sentence));
    }
    said(&model.inviting, lang.pick("正在生成链接…", "Making the link…"), lang)
}

/// The link, this once.
fn link(model: &Members, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let (link, made) = model.link.as_ref().zip(model.made.as_ref())?;
    let until = date_time(made.expires_at, lang);
    let lead = lang.pick(
        format!("把链接发给对方，{until} 前有效，用一次即失效。离开本页后不再显示。"),
        format!("Send this link. It is good for one person until {until}, and is not shown again."),
    );
    let copy = match model.copied {
        None => lang.pick("复制链接", "Copy the link"),
        Some(true) => lang.pick("已复制", "Copied"),
        Some(false) => lang.pick("请选中链接手动复制", "Select it and copy it by hand"),
    };
    let shown = el("input")
        .id("invite-link")
        .class("secret")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("aria-label", lang.pick("邀请链接", "The link"))
        .attr("value", link.clone());
    Some(el("div").class("once").attr("role", "status").with(el("p").with(lead)).with(shown).with(button(
        "button is-quiet",
        copy,
        false,
        to,
        || Msg::Copy,
    )))
}

/// What a role may do, in words.
fn may(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::BuyerAdmin => lang.pick("下单、支付，管理服务和成员", "Orders, pays, and sees to services and members"),
        Role::BuyerFinance => {
            lang.pick("支付订单、办理发票，不能下单", "Pays and sees to invoices, and does not order")
        }
        Role::IsvOwner => {
            lang.pick("处理订单和服务，改价，管理成员", "Sees to orders, services and members, and changes prices")
        }
        Role::IsvSupport => lang.pick("处理订单和服务，不能改价", "Sees to orders and services, and changes no prices"),
        Role::Operator => {
            lang.pick("确认转账，处理全市场事务，管理成员", "Confirms transfers, runs the market, sees to members")
        }
        Role::Auditor => lang.pick("查看全市场，不能更改", "Sees the whole market and changes nothing"),
    }
}

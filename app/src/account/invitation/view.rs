//! The page.

use shared::api;

use super::model::{Invitation, Missing, Msg};
use crate::client::Failure;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::frame::roles::role;
use crate::i18n::Lang;
use crate::page::parts::{empty, fact, field, link, loaded, said, target_value, titled, wrong};
use crate::page::{Context, Loaded, Shown};

impl Shown for Invitation {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        let lang = context.lang;
        match &self.invitation {
            Loaded::Failed(Failure::Refused(refused)) if refused.status == 404 => gone(lang),
            invitation => loaded(invitation, lang, |invitation| page(self, invitation, context, to)),
        }
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("接受邀请", "Invitation"))
    }
}

fn gone(lang: Lang) -> Element {
    let sentence = lang.pick(
        "这个邀请链接已被使用、已失效或不完整。请联系邀请您的人重新生成一个。",
        "This link was used, has expired, or is not whole. Ask whoever invited you for another one.",
    );
    let sign_in = link("/sign-in".to_owned(), lang.pick("已有账号？去登录", "Have an account? Sign in"));
    el("div").with(el("h1").with(lang.pick("邀请无效", "No such invitation"))).with(empty(sentence, Some(sign_in)))
}

fn page(model: &Invitation, invitation: &api::Invitation, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let organisation = &invitation.organisation.name;
    let title = lang.pick(format!("加入{organisation}"), format!("Join {organisation}"));
    let until = date_time(invitation.expires_at, lang);
    let lead = lang.pick(
        format!("{organisation}邀请您成为成员。填好下面的信息就能开始，无需审核。"),
        format!("{organisation} invites you as a member. Fill this in and you are in."),
    );
    let mut facts = vec![
        fact(lang.pick("角色", "Role"), role(invitation.role, lang)),
        fact(lang.pick("有效期至", "Good until"), until),
    ];
    if let Some(email) = &invitation.email {
        facts.insert(0, fact(lang.pick("邮箱", "Mail address"), email.clone()));
    }
    let other = context.who.as_ref().map(|who| {
        let sentence = lang.pick(
            format!("您现在以“{}”的身份登录；接受后会切换到新账号。", who.name),
            format!("You are signed in as {}. Taking this up signs you in as the new member.", who.name),
        );
        el("p").class("notice").with(sentence)
    });
    el("div")
        .class("invitation-page")
        .with(el("h1").with(title))
        .with(el("p").class("lead").with(lead))
        .with(el("dl").class("facts").all(facts))
        .with(el("div").maybe(other))
        .with(form(model, invitation, lang, to))
}

fn form(model: &Invitation, invitation: &api::Invitation, lang: Lang, to: &Sink<Msg>) -> Element {
    let accepting = to.clone();
    let text = |missing: Missing, kind: &'static str, complete: &'static str, value: &str, make: fn(String) -> Msg| {
        let typing = to.clone();
        el("input")
            .id(missing.field())
            .attr("type", kind)
            .attr("autocomplete", complete)
            .attr("aria-describedby", "invitation-said")
            .state("aria-invalid", model.missing == Some(missing))
            .typed(value.to_owned())
            .on("input", move |event| typing.send(make(target_value(&event))))
    };
    let name = text(Missing::Name, "text", "name", &model.name, Msg::Name);
    let email = invitation.email.is_none().then(|| {
        let email = text(Missing::Email, "email", "username", &model.email, Msg::Email);
        field("email", lang.pick("邮箱", "Mail address"), email)
    });
    let password = text(Missing::Password, "password", "new-password", &model.password, Msg::Password);
    let hint = lang.pick("密码 10 至 200 个字符，不能与邮箱相同。", "10 to 200 characters, and not the mail address.");
    el("form")
        .class("entry")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            accepting.send(Msg::Accept);
        })
        .with(field("name", lang.pick("姓名", "Your name"), name))
        .with(el("div").maybe(email))
        .with(field("password", lang.pick("设置密码", "A password"), password))
        .with(el("p").class("fine").with(hint))
        .with(
            el("button")
                .class("button")
                .attr("type", "submit")
                .state("aria-busy", model.submit.waits())
                .with(lang.pick("接受邀请", "Take it up")),
        )
        .with(el("div").id("invitation-said").with(outcome(model, lang)))
}

fn outcome(model: &Invitation, lang: Lang) -> Element {
    let sentence = match model.missing {
        Some(Missing::Name) => lang.pick("请填写姓名。", "Enter your name."),
        Some(Missing::Email) => lang.pick("请填写正确的邮箱。", "Enter a mail address."),
        Some(Missing::Password) => lang.pick("密码须为 10 至 200 个字符。", "The password needs 10 to 200 characters."),
        None => return said(&model.submit, lang.pick("正在加入…", "Joining…"), lang),
    };
    el("div").class("said").attr("role", "status").with(wrong(sentence.to_owned()))
}

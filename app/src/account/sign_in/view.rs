//! The page.

use shared::api::DemoAccount;

use super::model::{Msg, SignIn};
use crate::element::{Element, Sink, el};
use crate::frame::roles::role;
use crate::i18n::Lang;
use crate::page::parts::{field, target_value, titled, wrong};
use crate::page::submit::Submit;
use crate::page::{Context, Shown};

impl Shown for SignIn {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("登录", "Sign in"))
    }
}

fn view(model: &SignIn, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let title = el("h1").with(lang.pick("登录", "Sign in"));
    let lead = lang.pick("登录后可以下单、支付和管理服务。", "Sign in to order, pay and look after services.");
    let accounts = (!model.accounts.is_empty()).then(|| demo(model, lang, to));
    el("div")
        .class(if model.accounts.is_empty() { "sign-in" } else { "sign-in has-demo" })
        .with(el("header").with(title).with(el("p").class("lead").with(lead)))
        .with(form(model, lang, to))
        .with(el("div").class("demo-place").maybe(accounts))
}

fn form(model: &SignIn, lang: Lang, to: &Sink<Msg>) -> Element {
    let (mail, password, submit) = (to.clone(), to.clone(), to.clone());
    let wrong_now = model.incomplete || model.submit.failure().is_some();
    let email = el("input")
        .id("email")
        .attr("type", "email")
        .attr("name", "email")
        .attr("autocomplete", "username")
        .attr("aria-describedby", "sign-in-said")
        .state("aria-invalid", wrong_now)
        .typed(model.email.clone())
        .on("input", move |event| mail.send(Msg::Email(target_value(&event))));
    let secret = el("input")
        .id("password")
        .attr("type", "password")
        .attr("name", "password")
        .attr("autocomplete", "current-password")
        .attr("aria-describedby", "sign-in-said")
        .state("aria-invalid", wrong_now)
        .typed(model.password.clone())
        .on("input", move |event| password.send(Msg::Password(target_value(&event))));
    let busy = model.submit.waits() && model.clicked.is_none();
    el("form")
        .class("entry")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Submit);
        })
        .with(field("email", lang.pick("邮箱", "Mail address"), email))
        .with(field("password", lang.pick("密码", "Password"), secret))
        .with(
            el("button")
                .class("button")
                .attr("type", "submit")
                .state("aria-busy", busy)
                .with(lang.pick("登录", "Sign in")),
        )
        .with(el("div").id("sign-in-said").class("said").attr("role", "status").maybe(said(model, lang)))
        .maybe(model.oidc_way().map(|way| oidc(way, lang)))
}

/// To the enterprise's own identity provider.
fn oidc(way: String, lang: Lang) -> Element {
    let words = lang.pick("用企业账号登录（单点登录）", "Sign in with your company account (SSO)");
    el("p").class("entry-other").with(el("a").class("button is-quiet wide").attr("href", way).with(words))
}

fn said(model: &SignIn, lang: Lang) -> Option<Element> {
    if model.incomplete {
        return Some(wrong(lang.pick("请填写邮箱和密码。", "Enter your mail address and password.").to_owned()));
    }
    match &model.submit {
        Submit::Idle => None,
        Submit::Waiting(_) => Some(el("p").class("notice").with(lang.pick("正在登录…", "Signing in…"))),
        Submit::Unanswered(_, failure) | Submit::Refused(failure) => Some(wrong(failure.sentence(lang))),
    }
}

fn demo(model: &SignIn, lang: Lang, to: &Sink<Msg>) -> Element {
    let one = |account: &DemoAccount| {
        let id = account.account.clone();
        let busy = model.submit.waits() && model.clicked.as_deref() == Some(&id);
        let who = el("span").class("demo-who").with(account.name.clone());
        let what = [&account.organisation, " · ", role(account.role, lang)].concat();
        let button = el("button")
            .class("demo-account")
            .attr("type", "button")
            .state("aria-busy", busy)
            .sends("click", to, move || Msg::Demo(id.clone()))
            .with(who)
            .with(" ")
            .with(el("span").class("demo-what").with(what));
        el("li").with(button)
    };
    let lead = lang.pick(
        "这是演示市场，点一下就能以该身份登录，不用密码。",
        "This is a demo market: one click signs in, without a password.",
    );
    el("section")
        .class("demo")
        .attr("aria-labelledby", "demo-title")
        .with(el("h2").id("demo-title").with(lang.pick("演示账号", "Demo accounts")))
        .with(el("p").class("fine").with(lead))
        .with(el("ul").class("demo-accounts").all(model.accounts.iter().map(one)))
}

//! The page.

use shared::api::Who;

use super::model::{Msg, Security, Wrong};
use crate::account::route::Route;
use crate::account::settings::tabs::under_tabs;
use crate::element::{Element, Sink, el};
use crate::frame::roles::role;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, fact, field, said, target_value, titled, wrong};
use crate::page::{Context, Shown};

impl Shown for Security {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        let parts = context.who.as_ref().map(|who| parts(self, who, context.lang, to));
        under_tabs(&Route::Security, el("div").class("settings").maybe(parts), context)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("登录与安全", "Sign-in and security"))
    }
}

fn parts(model: &Security, who: &Who, lang: Lang, to: &Sink<Msg>) -> Element {
    el("div").with(person(who, lang)).with(password(model, who, lang, to)).with(sessions(model, lang, to))
}

/// A part of the page with its title.
fn part(id: &'static str, title: &'static str, content: Vec<Element>) -> Element {
    el("section").class("settings-part").attr("aria-labelledby", id).with(el("h2").id(id).with(title)).all(content)
}

fn person(who: &Who, lang: Lang) -> Element {
    let facts = [
        fact(lang.pick("姓名", "Name"), who.name.clone()),
        fact(lang.pick("邮箱", "Mail address"), who.email.clone()),
        fact(lang.pick("所属组织", "Organisation"), who.organisation.name.clone()),
        fact(lang.pick("角色", "Role"), role(who.role, lang)),
    ];
    part("person-title", lang.pick("您的身份", "Who you are here"), vec![el("dl").class("facts").all(facts)])
}

fn password(model: &Security, who: &Who, lang: Lang, to: &Sink<Msg>) -> Element {
    let title = lang.pick("修改密码", "Change the password");
    if who.demo {
        let why = lang.pick(
            "演示账号一键登录，没有密码，这里不能修改。",
            "A demo account signs in with one click and has no password to change.",
        );
        return part("password-title", title, vec![el("p").class("fine").with(why)]);
    }
    let secret = |id: &'static str, complete: &'static str, value: &str, is_wrong: bool, make: fn(String) -> Msg| {
        let typing = to.clone();
        el("input")
            .id(id)
            .attr("type", "password")
            .attr("autocomplete", complete)
            .attr("aria-describedby", "password-said")
            .state("aria-invalid", is_wrong)
            .typed(value.to_owned())
            .on("input", move |event| typing.send(make(target_value(&event))))
    };
    let current = secret(
        "current-password",
        "current-password",
        &model.current,
        model.wrong == Some(Wrong::Current),
        Msg::Current,
    );
    let new = secret("new-password", "new-password", &model.new, model.wrong == Some(Wrong::Length), Msg::New);
    let again = secret("again-password", "new-password", &model.again, model.wrong == Some(Wrong::Again), Msg::Again);
    let changing = to.clone();
    let form = el("form")
        .class("entry")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            changing.send(Msg::Change(draw_key()));
        })
        .with(field("current-password", lang.pick("当前密码", "Present password"), current))
        .with(field("new-password", lang.pick("新密码", "New password"), new))
        .with(field("again-password", lang.pick("再输一次新密码", "New password again"), again))
        .with(
            el("button").class("button").attr("type", "submit").state("aria-busy", model.changing.waits()).with(title),
        )
        .with(el("div").id("password-said").with(outcome(model, lang)));
    let hint = lang.pick(
        "10 至 200 个字符，不能与邮箱相同。修改后，其他设备上的登录全部失效。",
        "10 to 200 characters, and not the mail address. Every other device is signed out then.",
    );
    part("password-title", title, vec![el("p").class("fine").with(hint), form])
}

fn outcome(model: &Security, lang: Lang) -> Element {
    let place = |content: Element| el("div").class("said").attr("role", "status").with(content);
    if let Some(what) = model.wrong {
        return place(wrong(sentence(what, lang).to_owned()));
    }
    if model.changed {
        let done =
            lang.pick("密码已修改，其他设备已退出登录。", "The password is changed; every other device is signed out.");
        return place(el("p").class("notice is-good").with(done));
    }
    said(&model.changing, lang.pick("正在修改密码…", "Changing the password…"), lang)
}

fn sentence(what: Wrong, lang: Lang) -> &'static str {
    match what {
        Wrong::Current => lang.pick("请输入当前密码。", "Enter the present password."),
        Wrong::Length => lang.pick("新密码须为 10 至 200 个字符。", "The new password needs 10 to 200 characters."),
        Wrong::Again => lang.pick("两次输入的新密码不一致。", "The two new passwords differ."),
    }
}

fn sessions(model: &Security, lang: Lang, to: &Sink<Msg>) -> Element {
    let lead = lang.pick(
        "在所有浏览器和设备上结束登录，包括这一台。访问令牌不受影响。",
        "Ends your sessions in every browser and on every device, this one too. API tokens stay.",
    );
    let leave = button(
        "button is-quiet",
        lang.pick("退出所有设备", "Sign out everywhere"),
        model.leaving.waits(),
        to,
        || Msg::Leave(draw_key()),
    );
    let said = said(&model.leaving, lang.pick("正在退出…", "Signing out…"), lang);
    let content = vec![el("p").class("fine").with(lead), leave, said];
    part("sessions-title", lang.pick("登录状态", "Sessions"), content)
}

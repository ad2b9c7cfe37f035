//! Who is invited sees by whom and to what, and is signed in with a name and a password.

use super::{Invitation, Missing, Msg};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, refused, request};
use crate::page::{Context, Effect, Page, Shown};

const OPEN: &str = r#"{"organisation":{"id":"e1","name":"示例企业","kind":"enterprise"},"role":"buyer_finance","expires_at":"2026-11-28T10:00:00+08:00"}"#;
const WHO: &str = r#"{"id":"m9","name":"新人","email":"new@example.com","role":"buyer_finance","organisation":{"id":"e1","name":"示例企业","kind":"enterprise"}}"#;

fn open(answer: Result<String, Failure>) -> Invitation {
    let mut model = Invitation::new("s3cret".into());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/invitations/s3cret");
    model.update((asked.then)(answer));
    model
}

fn html(model: &Invitation) -> String {
    let nobody = Context { who: None, ..context() };
    model.view(&nobody, &Sink::nowhere()).html()
}

#[test]
fn an_open_invitation_asks_for_everything_and_signs_in() {
    let mut model = open(Ok(OPEN.into()));
    for part in ["加入示例企业", "企业财务", "2026年11月28日 10:00", "邮箱"] {
        assert!(html(&model).contains(part), "{part}");
    }
    for (missing, field, fill) in [
        (Missing::Name, "name", Msg::Name(" 新人 ".into())),
        (Missing::Email, "email", Msg::Email("new@example.com".into())),
        (Missing::Password, "password", Msg::Password("correct horse".into())),
    ] {
        assert!(matches!(model.update(Msg::Accept).as_slice(), [Effect::Focus(id)] if *id == field), "{field}");
        assert_eq!(model.missing, Some(missing));
        model.update(fill);
    }
    let asked = request(model.update(Msg::Accept));
    let body = r#"{"name":"新人","email":"new@example.com","password":"correct horse"}"#;
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/invitations/s3cret", Some(body)));
    assert!(model.update(Msg::Accept).is_empty(), "a double click");
    let done = (asked.then)(Ok(WHO.into()));
    assert!(matches!(model.update(done).as_slice(), [Effect::Open(to)] if to == "/account/services"));
}

#[test]
fn one_for_an_address_does_not_ask_for_it() {
    let mut model = open(Ok(OPEN.replace(r#""role""#, r#""email":"new@example.com","role""#)));
    assert!(html(&model).contains("new@example.com") && !html(&model).contains(r#"id="email""#));
    model.update(Msg::Name("新人".into()));
    model.update(Msg::Password("correct horse".into()));
    let asked = request(model.update(Msg::Accept));
    assert_eq!(asked.body.as_deref(), Some(r#"{"name":"新人","password":"correct horse"}"#));
    model.update((asked.then)(Err(refused(409))));
    assert!(html(&model).contains("不行，请改。"));
}

#[test]
fn a_used_link_says_what_to_do_and_who_is_signed_in_is_told_of_the_switch() {
    let html = html(&open(Err(refused(404))));
    assert!(html.contains("邀请无效") && html.contains("重新生成"), "{html}");
    let html = open(Ok(OPEN.into())).view(&context(), &Sink::nowhere()).html();
    assert!(html.contains("您现在以“王敏”的身份登录"), "{html}");
}

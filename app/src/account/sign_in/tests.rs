//! Who signs in comes where they wanted to go.

use super::{Msg, SignIn};
use crate::element::Sink;
use crate::page::samples::{context, refused, request};
use crate::page::{Context, Effect, Page, Shown};

const ACCOUNTS: &str =
    r#"{"accounts":[{"account":"buyer","name":"王敏","role":"buyer_admin","organisation":"示例企业"}]}"#;
const BUYER: &str = r#"{"id":"m1","name":"王敏","email":"a@b.c","role":"buyer_admin","organisation":{"id":"e1","name":"示例企业","kind":"enterprise"},"demo":true}"#;

fn html(model: &SignIn) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

#[test]
fn one_click_signs_in_as_a_demo_account_and_leads_on() {
    let mut model = SignIn::new(Some("/checkout/q1".into()), &context());
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/demo/accounts");
    model.update((asked.then)(Ok(ACCOUNTS.into())));
    assert!(html(&model).contains("示例企业 · 企业管理员"));
    let asked = request(model.update(Msg::Demo("buyer".into())));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/demo/session", Some(r#"{"account":"buyer"}"#)));
    assert!(model.update(Msg::Demo("buyer".into())).is_empty(), "a double click");
    let done = (asked.then)(Ok(BUYER.into()));
    assert!(matches!(model.update(done).as_slice(), [Effect::Open(to)] if to == "/checkout/q1"));
}

#[test]
fn a_password_is_sent_once_and_a_wrong_one_is_cleared() {
    let mut model = SignIn::new(None, &Context { sandbox: false, ..context() });
    assert!(model.begin().is_empty(), "outside the sandbox there are no demo accounts");
    assert!(matches!(model.update(Msg::Submit).as_slice(), [Effect::Focus("email")]));
    assert!(html(&model).contains("请填写邮箱和密码"));
    model.update(Msg::Email(" a@b.c ".into()));
    assert!(matches!(model.update(Msg::Submit).as_slice(), [Effect::Focus("password")]));
    model.update(Msg::Password("p w".into()));
    let asked = request(model.update(Msg::Submit));
    assert_eq!(asked.body.as_deref(), Some(r#"{"email":"a@b.c","password":"p w"}"#));
    model.update((asked.then)(Err(refused(401))));
    assert_eq!((model.email.as_str(), model.password.as_str()), (" a@b.c ", ""));
    assert!(html(&model).contains("不行，请改。"));
    model.update(Msg::Password("q".into()));
    let asked = request(model.update(Msg::Submit));
    let done = (asked.then)(Ok(BUYER.into()));
    assert!(matches!(model.update(done).as_slice(), [Effect::Open(to)] if to == "/account/services"));
}

#[test]
fn the_way_to_the_enterprises_own_provider_is_there_where_there_is_one_and_leads_on() {
    assert!(!html(&SignIn::new(None, &context())).contains("/sign-in/oidc"));
    let offered = Context { oidc: true, ..context() };
    assert!(html(&SignIn::new(None, &offered)).contains(r#"href="/sign-in/oidc""#));
    let html = html(&SignIn::new(Some("/account/orders?a=b&c".into()), &offered));
    assert!(html.contains(r#"href="/sign-in/oidc?next=%2Faccount%2Forders%3Fa%3Db%26c""#), "{html}");
}

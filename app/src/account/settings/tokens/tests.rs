//! A token's secret is shown once; a token is revoked after a question.

use shared::api::{Role, Scope};

use super::{Lasts, Missing, Msg, Tokens};
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Effect, Method, Page, Shown};

const TOKENS: &str = r#"{"tokens":[
    {"id":"t2","name":"对账程序","scopes":["read","orders"],"created_at":"2026-11-01T09:00:00+08:00","last_used_at":"2026-11-20T08:00:00+08:00"},
    {"id":"t1","name":"旧脚本","scopes":["access"],"created_at":"2026-01-01T09:00:00+08:00","expires_at":"2026-10-01T09:00:00+08:00"}]}"#;
const MADE: &str =
    r#"{"id":"t3","name":"新的","scopes":["read"],"created_at":"2026-11-21T10:00:00+08:00","secret":"qt_s3cret"}"#;

fn open(tokens: &str) -> Tokens {
    let mut model = Tokens::new(Some(Role::BuyerAdmin));
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/tokens");
    model.update((asked.then)(Ok(tokens.into())));
    model
}

fn html(model: &Tokens) -> String {
    model.view(&context(), &Sink::nowhere()).html()
}

fn make(model: &mut Tokens, name: &str) -> Vec<Effect<Msg>> {
    model.update(Msg::Make(context().now, key(name)))
}

#[test]
fn tokens_say_what_they_are_good_for_and_until_when() {
    let html = html(&open(TOKENS));
    for part in [
        "对账程序",
        "读取、下单与支付",
        "长期有效",
        "上次使用",
        "旧脚本",
        "访问校验",
        "已于 2026年10月1日 到期",
        "从未使用",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(self::html(&open(r#"{"tokens":[]}"#)).contains("还没有访问令牌"));
}

#[test]
fn what_is_made_is_what_is_chosen_and_the_secret_is_shown() {
    let mut model = open(TOKENS);
    assert!(matches!(make(&mut model, "a").as_slice(), [Effect::Focus("token-name")]));
    assert_eq!(model.missing, Some(Missing::Name));
    model.update(Msg::Name(" 新的 ".into()));
    model.update(Msg::Scope(Scope::Read, false));
    assert!(matches!(make(&mut model, "a").as_slice(), [Effect::Focus("scope-read")]));
    assert!(html(&model).contains("请至少选择一项权限"));
    model.update(Msg::Scope(Scope::Orders, true));
    model.update(Msg::Scope(Scope::Read, true));
    let asked = request(make(&mut model, "a"));
    let body = r#"{"name":"新的","scopes":["read","orders"],"expires_at":"2027-02-19T10:00:00+08:00"}"#;
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/tokens", Some(body)));
    assert!(make(&mut model, "b").is_empty(), "a double click");
    let effects = model.update((asked.then)(Ok(MADE.into())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Ask(it) if it.path == "/api/tokens")));
    assert!(html(&model).contains(r#"value="qt_s3cret""#) && html(&model).contains("只显示这一次"));
    assert!(matches!(model.update(Msg::Copy).as_slice(), [Effect::Copy(secret, _)] if secret == "qt_s3cret"));

    model.update(Msg::Name("永久".into()));
    model.update(Msg::Lasts(Lasts::Always));
    let asked = request(make(&mut model, "c"));
    assert_eq!(asked.body.as_deref(), Some(r#"{"name":"永久","scopes":["read","orders"]}"#));
    assert!(!html(&model).contains("qt_s3cret"), "the one before is gone");
    model.update((asked.then)(Err(refused(422))));
    assert!(html(&model).contains("不行，请改。"));
}

#[test]
fn revoking_is_asked_about_first() {
    let mut model = open(TOKENS);
    assert!(model.update(Msg::Revoke(key("a"))).is_empty(), "nothing was asked about");
    model.update(Msg::Ask(Some("t2".into())));
    assert!(html(&model).contains("吊销“对账程序”后"));
    let asked = request(model.update(Msg::Revoke(key("a"))));
    assert_eq!((asked.method, asked.path.as_str(), asked.key), (Method::Delete, "/api/tokens/t2", Some(key("a"))));
    assert!(model.update(Msg::Revoke(key("b"))).is_empty(), "a double click");
    let asked = request(model.update((asked.then)(Ok(String::new()))));
    assert_eq!(asked.path, "/api/tokens");
    model.update(Msg::Ask(Some("t1".into())));
    model.update(Msg::Ask(None));
    assert!(!html(&model).contains("确定吊销"));
}

#[test]
fn who_may_not_have_tokens_is_told_why() {
    for role in [Role::BuyerFinance, Role::IsvSupport, Role::Auditor] {
        let mut model = Tokens::new(Some(role));
        assert!(model.begin().is_empty(), "what would be refused is not asked");
        let html = html(&model);
        assert!(html.contains("访问令牌只对管理员开放") && !html.contains("创建令牌"), "{html}");
    }
}

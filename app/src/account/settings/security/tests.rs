//! A password is changed once, and only when what is typed can be right.

use super::{Msg, Security, Wrong};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::submit::Submit;
use crate::page::{Context, Effect, Method, Page, Shown};

fn person() -> Context {
    let mut context = context();
    if let Some(who) = &mut context.who {
        who.demo = false;
    }
    context
}

fn html(model: &Security, context: &Context) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn typed(current: &str, new: &str, again: &str) -> Security {
    let mut model = Security::default();
    model.update(Msg::Current(current.into()));
    model.update(Msg::New(new.into()));
    model.update(Msg::Again(again.into()));
    model
}

#[test]
fn what_cannot_be_right_is_not_sent_and_the_field_is_shown() {
    for (current, new, again, wrong, field, says) in [
        ("", "0123456789", "0123456789", Wrong::Current, "current-password", "请输入当前密码"),
        ("old", "012345678", "012345678", Wrong::Length, "new-password", "10 至 200 个字符"),
        ("old", "0123456789", "0123456780", Wrong::Again, "again-password", "不一致"),
    ] {
        let mut model = typed(current, new, again);
        let effects = model.update(Msg::Change(key("a")));
        assert!(matches!(effects.as_slice(), [Effect::Focus(id)] if *id == field), "{field}");
        assert_eq!(model.wrong, Some(wrong));
        assert!(html(&model, &person()).contains(says), "{says}");
        model.update(Msg::New("something else".into()));
        assert_eq!(model.wrong, None, "typing takes the complaint away");
    }
    // Characters are counted, not bytes.
    assert!(Wrong::fits("一二三四五六七八九十") && !Wrong::fits("一二三四五六七八九"));
}

#[test]
fn a_change_is_sent_once_and_leaves_no_password_behind() {
    let mut model = typed("old", "0123456789", "0123456789");
    let asked = request(model.update(Msg::Change(key("a"))));
    assert_eq!((asked.method, asked.path.as_str(), asked.key), (Method::Post, "/api/password", Some(key("a"))));
    assert_eq!(asked.body.as_deref(), Some(r#"{"current":"old","new":"0123456789"}"#));
    assert!(model.update(Msg::Change(key("b"))).is_empty(), "a double click");
    model.update((asked.then)(Ok(String::new())));
    assert!(model.current.is_empty() && model.new.is_empty() && model.again.is_empty());
    assert!(html(&model, &person()).contains("密码已修改"));
}

#[test]
fn a_refusal_is_said_and_another_password_is_another_intent() {
    let mut model = typed("old", "0123456789", "0123456789");
    let asked = request(model.update(Msg::Change(key("a"))));
    model.update((asked.then)(Err(refused(422))));
    assert!(html(&model, &person()).contains("不行，请改。"));
    let asked = request(model.update(Msg::Change(key("b"))));
    model.update((asked.then)(Err(Failure::Unreachable)));
    assert!(html(&model, &person()).contains("不会重复提交"));
    model.update(Msg::Current("the right one".into()));
    assert_eq!(model.changing, Submit::Idle);
    let asked = request(model.update(Msg::Change(key("c"))));
    assert_eq!(asked.key, Some(key("c")));
}

#[test]
fn demo_accounts_have_no_password_and_everybody_can_leave_everywhere() {
    assert!(html(&Security::default(), &context()).contains("没有密码"));
    let mut model = Security::default();
    let asked = request(model.update(Msg::Leave(key("a"))));
    assert_eq!((asked.method, asked.path.as_str()), (Method::Delete, "/api/sessions"));
    assert!(model.update(Msg::Leave(key("b"))).is_empty(), "a double click");
    assert!(matches!(model.update((asked.then)(Ok(String::new()))).as_slice(), [Effect::Open(to)] if to == "/sign-in"));
}

use super::*;
use crate::page::samples::{key, refused, request};
use crate::page::{Effect, Page};

#[test]
fn a_product_is_made_and_its_editor_opens() {
    let mut page = Products::new("");
    page.update(Msg::Make(true));
    for (index, text) in [" 数据分析 ", "data", "分析", "看数据"].into_iter().enumerate() {
        page.update(Msg::Typed(index, text.to_owned()));
    }
    let asked = request(page.update(Msg::Send(key("a"))));
    assert_eq!(asked.path, "/api/workbench/products");
    assert_eq!(asked.body.as_deref(), Some(r#"{"slug":"data","name":"数据分析","intro":"看数据","category":"分析"}"#));
    assert!(page.update(Msg::Send(key("b"))).is_empty(), "a double click");
    let made = r#"{"slug":"data","text":{"name":"数据分析","intro":"看数据","vendor":"v","category":"分析"},"origins":[],"now":"2026-11-21T10:00:00+08:00"}"#;
    let opened = page.update((asked.then)(Ok(made.to_owned())));
    assert!(matches!(opened.as_slice(), [Effect::Open(path)] if path == "/console/products/data"));
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let mut page = Products::new("");
    page.update(Msg::Make(true));
    let asked = request(page.update(Msg::Send(key("a"))));
    page.update((asked.then)(Err(refused(422))));
    assert!(page.making.as_ref().is_some_and(|making| making.submit.failure().is_some()));
    page.update(Msg::Typed(0, "名".to_owned()));
    assert!(page.making.as_ref().is_some_and(|making| making.submit.failure().is_none()));
}

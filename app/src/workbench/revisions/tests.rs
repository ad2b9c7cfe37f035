use super::*;
use crate::page::{Effect, Loaded, Page};

fn config(revision: u32, year: &str) -> String {
    format!(
        r#"{{"revision":{revision},"at":"2026-11-21T10:00:00+08:00","config":{{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],
        "editions":[{{"code":"a","name":"甲","terms":["P1Y"],"price":{{"new":{{"year":"{year}"}},"renew":{{"year":"10"}}}}}}]}}}}"#
    )
}

#[test]
fn a_revision_is_held_against_the_one_before_it() {
    let mut page = Revisions::new("x".to_owned());
    page.begin();
    let asked = page.update(Msg::Open(2));
    let mut paths = Vec::new();
    for effect in asked {
        let Effect::Ask(request) = effect else { panic!("a request") };
        let text = if request.path.ends_with("/2") { config(2, "12") } else { config(1, "10") };
        paths.push(request.path.clone());
        page.update((request.then)(Ok(text)));
    }
    assert_eq!(paths, ["/api/workbench/products/x/revisions/2", "/api/workbench/products/x/revisions/1"]);
    let open = page.open.as_ref().expect("open");
    let Loaded::Here(changes) = &open.changes else { panic!("compared") };
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(change.at, "/editions/0/price/new/year");
    page.update(Msg::Open(2));
    assert!(page.open.is_none());
}

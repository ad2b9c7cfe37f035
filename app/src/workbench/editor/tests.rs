use super::Told;
use super::*;
use crate::client::Failure;
use crate::page::samples::{key, refused, request};
use crate::page::{Effect, Loaded, Page};
use crate::workbench::form::{Act, Cell, Field, Form, PriceAt};

const DEMO: &str = include_str!("../../../../server/demo/data-analytics-2.json");

fn workbench(draft: &str) -> String {
    let file: serde_json::Value = serde_json::from_str(DEMO).expect("JSON");
    let config = file["config"].to_string();
    format!(
        r#"{{"slug":"x","text":{{"name":"数据","intro":"","vendor":"v","category":"c"}},"origins":[],"now":"2026-11-21T10:00:00+08:00",
        "published":{{"revision":3,"at":"2026-11-20T10:00:00+08:00","config":{config}}}{draft}}}"#
    )
}

fn draft(version: u32, by: &str, form: &Form) -> String {
    let form = serde_json::to_string(form).expect("JSON");
    format!(r#","draft":{{"version":{version},"by":"{by}","at":"2026-11-21T09:00:00+08:00","form":{form}}}"#)
}

fn opened(answer: &str) -> Editor {
    let mut page = Editor::new("x".to_owned(), "");
    let asked = request(page.begin());
    let effects = page.update((asked.then)(Ok(answer.to_owned())));
    let [Effect::Recall(name, _)] = effects.as_slice() else { panic!("what is kept is asked for") };
    assert_eq!(name, "quotient-draft-x");
    page
}

fn bench(page: &Editor) -> &Bench {
    page.bench.here().expect("here")
}

const YEAR: Field = Field::Price(PriceAt::Edition(0), Cell::NewYear);

fn year(page: &Editor) -> &str {
    &bench(page).form.editions[0].price.new_year
}

#[test]
fn a_keystroke_is_read_at_once_and_typing_in_a_field_is_one_step_back() {
    let mut page = opened(&workbench(""));
    assert!(bench(&page).checked.wrong.is_empty() && !bench(&page).unsaved());
    page.update(Msg::Typed(YEAR, "1".into()));
    page.update(Msg::Typed(YEAR, "1x".into()));
    assert_eq!(bench(&page).checked.at("/editions/0/price/new/year").expect("wrong").code, "price_invalid");
    assert_eq!(bench(&page).checked.wrong.len(), 1, "a renewal price that follows is not wrong by itself");
    assert!(bench(&page).checked.offer.is_none() && bench(&page).checked.last.is_some());
    page.update(Msg::Undo);
    assert_eq!(year(&page), "12");
    assert!(bench(&page).checked.wrong.is_empty());
    page.update(Msg::Redo);
    assert_eq!(year(&page), "1x");
    page.update(Msg::Undo);
    page.update(Msg::Typed(Field::Trial(0), "8".into()));
    page.update(Msg::Redo);
    assert_eq!(year(&page), "12", "what was undone is gone once something else is done");
}

#[test]
fn what_is_not_saved_is_kept_in_the_browser_and_comes_back() {
    let mut page = opened(&workbench(""));
    let effects = page.update(Msg::Typed(YEAR, "15".into()));
    let [Effect::Later(_, Msg::Keep(edits))] = effects.as_slice() else { panic!("kept in a moment") };
    assert!(page.update(Msg::Keep(edits - 1)).is_empty(), "only the last");
    let effects = page.update(Msg::Keep(*edits));
    let [Effect::Keep(_, Some(kept))] = effects.as_slice() else { panic!("kept") };

    let mut again = opened(&workbench(""));
    again.update(Msg::Recalled(Some(kept.clone())));
    assert_eq!((year(&again), &bench(&again).told), ("15", &Some(Told::Recalled)));

    // Meanwhile somebody saved something else: both are there.
    let mut theirs = bench(&opened(&workbench(""))).form.clone();
    theirs.write(Field::Trial(0), "14".into());
    let mut merged = opened(&workbench(&draft(1, "李四", &theirs)));
    merged.update(Msg::Recalled(Some(kept.clone())));
    assert_eq!((year(&merged), bench(&merged).form.editions[0].trial_days.as_str()), ("15", "14"));
    merged.update(Msg::Discard);
    assert_eq!(year(&merged), "12");
}

#[test]
fn two_people_who_save_are_told_and_lose_nothing() {
    let mut page = opened(&workbench(""));
    page.update(Msg::Typed(YEAR, "15".into()));
    let asked = request(page.update(Msg::Save(key("a"))));
    assert_eq!(asked.path, "/api/workbench/products/x/draft");
    assert!(asked.body.as_deref().is_some_and(|body| body.contains(r#""replaces":0,"based_on":3"#)));
    let asked = request(page.update((asked.then)(Err(refused(409)))));
    assert_eq!(asked.path, "/api/workbench/products/x");
    let mut theirs = bench(&opened(&workbench(""))).form.clone();
    theirs.write(YEAR, "18".into());
    theirs.write(Field::Trial(0), "14".into());
    page.update((asked.then)(Ok(workbench(&draft(1, "李四", &theirs)))));
    assert_eq!((year(&page), bench(&page).form.editions[0].trial_days.as_str()), ("15", "14"));
    assert!(matches!(&bench(&page).told, Some(Told::Merged(mark)) if mark.by == "李四"));
    assert_eq!(bench(&page).conflicts.len(), 1);
    page.update(Msg::TakeTheirs(0));
    assert_eq!(year(&page), "18");
    page.update(Msg::Undo);
    let asked = request(page.update(Msg::Save(key("b"))));
    assert!(asked.body.as_deref().is_some_and(|body| body.contains(r#""replaces":1"#)));
    let mark = r#"{"version":2,"by":"我","at":"2026-11-21T10:00:00+08:00"}"#;
    let effects = page.update((asked.then)(Ok(mark.to_owned())));
    assert!(matches!(effects.as_slice(), [Effect::Keep(_, None)]), "nothing is left to keep");
    assert!(!bench(&page).unsaved());
}

#[test]
fn what_was_typed_while_saving_stays_unsaved() {
    let mut page = opened(&workbench(""));
    page.update(Msg::Typed(YEAR, "15".into()));
    let asked = request(page.update(Msg::Save(key("a"))));
    page.update(Msg::Typed(YEAR, "16".into()));
    assert!(page.update(Msg::Save(key("b"))).is_empty(), "one at a time");
    let mark = r#"{"version":1,"by":"我","at":"2026-11-21T10:00:00+08:00"}"#;
    page.update((asked.then)(Ok(mark.to_owned())));
    assert!(bench(&page).unsaved());
}

#[test]
fn what_may_not_change_any_more_is_said_at_its_place() {
    let mut page = opened(&workbench(""));
    for (act, field, at, code) in [
        (None, Some((Field::From(0, 0, 0), "4")), "/editions/0/charges/0/tiers/0/from", "minimum_changed"),
        (None, Some((Field::Value(0, 1, 0), "别的")), "/editions/0/charges/1/values", "option_value_removed"),
        (None, Some((YEAR, "")), "/editions/0/price/new/year", "price_period_removed"),
        (Some(Act::RemoveEdition(1)), None, "/editions", "edition_removed"),
        (Some(Act::Tick(0, 1, false)), None, "/editions/0/charges", "charge_removed"),
    ] {
        match (act, field) {
            (Some(act), _) => page.update(Msg::Did(act)),
            (_, Some((field, text))) => page.update(Msg::Typed(field, text.into())),
            _ => Vec::new(),
        };
        let wrong = bench(&page).checked.at(at).unwrap_or_else(|| panic!("{at}: {:?}", bench(&page).checked.wrong));
        assert_eq!(wrong.code, code);
        assert!(bench(&page).publishable().is_err());
        page.update(Msg::Undo);
    }
    assert!(bench(&page).checked.wrong.is_empty());
}

#[test]
fn a_failing_case_holds_publishing_up() {
    let mut page = opened(&workbench(""));
    let case = r#"{"name":"十人一年","request":{"op":"purchase","at":"2026-11-21T10:00:00+08:00","selection":{"edition":"standard","term":"P1Y",
        "quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP+微信","quyu":"上海"}}},"expect":{"total":"208.00"}}"#;
    page.update(Msg::Did(Act::AddCase(Box::new(serde_json::from_str(case).expect("a case")))));
    assert_eq!(bench(&page).checked.failing(), 0);
    assert!(bench(&page).publishable().is_ok(), "a case is a change");
    page.update(Msg::Typed(YEAR, "13".into()));
    assert_eq!(bench(&page).checked.failing(), 1);
    assert!(page.update(Msg::Publish(key("a"))).is_empty());
    page.update(Msg::Typed(Field::CaseTotal(0), "209.00".into()));
    let asked = request(page.update(Msg::Publish(key("b"))));
    assert_eq!(asked.path, "/api/workbench/products/x/publish");
    let revision = r#"{"revision":4,"at":"2026-11-21T10:00:00+08:00","by":"我"}"#;
    page.update((asked.then)(Ok(revision.to_owned())));
    assert_eq!(bench(&page).published.as_ref().expect("published").revision.revision, 4);
    assert!(!bench(&page).unsaved() && bench(&page).publishable().is_err(), "nothing more to publish");
}

#[test]
fn a_jump_leads_to_the_field() {
    let mut page = opened(&workbench(""));
    for (pointer, part, edition, id) in [
        ("/editions/2/charges/0/tiers/1/from", Part::Editions, 2, "f-editions-2-charges-0-tiers-1-from"),
        ("/editions/1/charges/1/name", Part::Charges, 2, "f-modules-1-name"),
        ("/upgrades/0", Part::Upgrades, 2, "f-upgrades"),
        ("/price_cap", Part::Rules, 2, "f-price_cap"),
        ("/editions", Part::Editions, 2, "f-editions"),
    ] {
        let effects = page.update(Msg::Jump(pointer.to_owned()));
        assert!(matches!(effects.as_slice(), [Effect::Reveal(found)] if found == id), "{pointer}");
        assert_eq!((bench(&page).part, bench(&page).edition), (part, edition), "{pointer}");
    }
}

#[test]
fn a_file_is_imported_whole_or_complained_about_place_by_place() {
    let mut page = opened(&workbench(""));
    page.update(Msg::Typed(YEAR, "15".into()));
    let Some(Effect::Download(name, text)) = page.update(Msg::Export).pop() else { panic!("a file") };
    assert_eq!(name, "x.json");
    page.update(Msg::Discard);
    page.update(Msg::File(text.clone().into_bytes()));
    assert_eq!(year(&page), "15");
    page.update(Msg::Undo);
    assert_eq!(year(&page), "12");

    let gb18030 = vec![0xB1, 0xEA, 0xD7, 0xBC, 0xB0, 0xE6];
    for (file, at, code) in [
        (gb18030, "", "malformed"),
        (b"{".to_vec(), "", "malformed"),
        (
            text.replace(r#""from": 5"#, r#""from": -5"#).into_bytes(),
            "/config/editions/0/charges/0/tiers/0/from",
            "malformed",
        ),
        (text.replace("\"cases\": []", "\"cases\": [1]").into_bytes(), "", "malformed"),
    ] {
        page.update(Msg::File(file));
        let refused = &bench(&page).refused_file;
        assert!(refused.iter().any(|wrong| wrong.at == at && wrong.code == code), "{at}: {refused:?}");
        assert_eq!(year(&page), "12");
    }
}

#[test]
fn an_older_revision_begins_a_new_one() {
    let mut page = Editor::new("x".to_owned(), "revision=1");
    let asked = request(page.begin());
    page.update((asked.then)(Ok(workbench(""))));
    let asked = request(page.update(Msg::Recalled(None)));
    assert_eq!(asked.path, "/api/workbench/products/x/revisions/1");
    let file: serde_json::Value = serde_json::from_str(DEMO).expect("JSON");
    let config = file["config"].to_string().replacen(r#""year":"12""#, r#""year":"9""#, 1);
    let old = format!(r#"{{"revision":1,"at":"2026-11-19T10:00:00+08:00","config":{config}}}"#);
    page.update((asked.then)(Ok(old)));
    assert_eq!(bench(&page).told, Some(Told::Old(1)));
    assert!(bench(&page).publishable().is_ok());
}

#[test]
fn an_older_revision_that_cannot_be_had_is_said_and_leaves_the_form() {
    for answer in
        [Err(Failure::Unreachable), Ok(r#"{"revision":1,"at":"2026-11-19T10:00:00+08:00","config":{}}"#.into())]
    {
        let mut page = Editor::new("x".to_owned(), "revision=1");
        let asked = request(page.begin());
        page.update((asked.then)(Ok(workbench(""))));
        let asked = request(page.update(Msg::Recalled(None)));
        page.update((asked.then)(answer));
        assert_eq!((&bench(&page).told, year(&page)), (&Some(Told::NotOld), "12"));
    }
}

#[test]
fn what_was_not_saved_is_a_step_back_from_an_older_revision() {
    let mut unsaved = opened(&workbench(""));
    unsaved.update(Msg::Typed(YEAR, "15".into()));
    let Some(Effect::Keep(_, Some(kept))) = unsaved.update(Msg::Keep(1)).pop() else { panic!("kept") };
    let mut page = Editor::new("x".to_owned(), "revision=1");
    let asked = request(page.begin());
    page.update((asked.then)(Ok(workbench(""))));
    let Some(Effect::Ask(asked)) = page.update(Msg::Recalled(Some(kept))).pop() else { panic!("the older one") };
    let file: serde_json::Value = serde_json::from_str(DEMO).expect("JSON");
    let config = file["config"].to_string();
    page.update((asked.then)(Ok(format!(r#"{{"revision":1,"at":"2026-11-19T10:00:00+08:00","config":{config}}}"#))));
    assert_eq!(year(&page), "12");
    page.update(Msg::Undo);
    assert_eq!(year(&page), "15");
}

#[test]
fn a_page_that_cannot_be_had_says_why() {
    let mut page = Editor::new("x".to_owned(), "");
    let asked = request(page.begin());
    page.update((asked.then)(Err(Failure::Unreachable)));
    assert!(matches!(page.bench, Loaded::Failed(Failure::Unreachable)));
}

#[test]
fn ten_thousand_tiers_are_read_and_the_page_lives() {
    let tiers: Vec<String> = (1..=10_000)
        .map(|from| format!(r#"{{"from":{from},"unit":{{"new":{{"year":"x"}},"renew":{{"year":"1"}}}}}}"#))
        .collect();
    let text = format!(
        r#"{{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"editions":[{{"code":"a","name":"甲","terms":["P1Y"],
        "price":{{"new":{{"year":"1"}},"renew":{{"year":"1"}}}},"charges":[{{"kind":"quantity","key":"u","name":"u","unit":"人","tiers":[{}]}}]}}]}}"#,
        tiers.join(",")
    );
    let mut page = opened(&workbench(""));
    page.update(Msg::File(text.clone().into_bytes()));
    assert_eq!(bench(&page).refused_file.len(), 10_000);
    page.update(Msg::File(text.replace(r#""x""#, r#""1""#).into_bytes()));
    assert_eq!(bench(&page).form.editions[0].charges[0].tiers.len(), 10_000);
    // A keystroke does not wait for ten thousand rows; whoever is led to one sees it.
    assert_eq!(bench(&page).rows, 100);
    page.update(Msg::Jump("/editions/0/charges/0/tiers/4999/from".to_owned()));
    assert_eq!(bench(&page).rows, 5000);
}

#[test]
fn sites_are_set_line_by_line_and_what_is_wrong_is_said() {
    let mut page = opened(&workbench("").replace(r#""origins":[]"#, r#""origins":["https://a.cn"]"#));
    assert_eq!(bench(&page).sites.typed, "https://a.cn");
    page.update(Msg::Sites("https://a.cn\n\n http://b \n".into()));
    let asked = request(page.update(Msg::SetSites(key("a"))));
    assert_eq!(asked.path, "/api/workbench/products/x/origins");
    assert_eq!(asked.body.as_deref(), Some(r#"{"origins":["https://a.cn","http://b"]}"#));
    page.update((asked.then)(Err(refused(422))));
    assert!(bench(&page).sites.submit.failure().is_some() && bench(&page).sites.changed());
    page.update(Msg::Sites("https://a.cn\nhttps://b.cn".into()));
    let asked = request(page.update(Msg::SetSites(key("b"))));
    page.update((asked.then)(Ok(r#"{"origins":["https://a.cn","https://b.cn"]}"#.to_owned())));
    assert!(!bench(&page).sites.changed());
    let effects = page.update(Msg::CopyTag("https://market.cn".into()));
    assert!(
        matches!(effects.as_slice(), [Effect::Copy(tag, _)] if tag.contains(r#"src="https://market.cn/embed.js""#) && tag.contains(r#"product="x""#))
    );
}

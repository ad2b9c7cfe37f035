//! What each click makes of the page, on the product of the seed (001, 3.4.2).

use shared::api::Product;
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::violation::Violation;

use super::address;
use super::draft::number;
use super::model::{Buying, Effect, Field, Model, Msg, OtherPrice, Published};
use crate::client::{Failure, Refused};
use crate::element::Sink;
use crate::i18n::Lang;

const USERS: Field = Field::Quantity(0);

fn product() -> Product {
    serde_json::from_str(include_str!("../../../tests/fixtures/product.json")).unwrap()
}

fn now() -> Timestamp {
    product().now
}

fn page(query: &str) -> Model {
    Model::new(Published::try_from(&product()).unwrap(), query)
}

/// The page after these messages, and what the last of them asked of the browser.
fn after(query: &str, messages: impl IntoIterator<Item = Msg>) -> (Model, Vec<Effect>) {
    let mut model = page(query);
    let effects = messages.into_iter().map(|message| model.update(message, now())).last().unwrap_or_default();
    (model, effects)
}

fn typed(text: &str) -> Msg {
    Msg::Typed(USERS, text.to_owned())
}

fn total(model: &Model) -> String {
    model.price.as_ref().map_or_else(|violations| violations[0].code.clone(), |price| price.quote.total.to_string())
}

fn html(model: &Model, lang: Lang) -> String {
    super::view::view(model, lang, &Sink::nowhere()).html()
}

/// The seed's selection: 10 users, APP+WAP+微信, 上海, one year.
fn seeds() -> [Msg; 3] {
    [typed("10"), Msg::Value(1, 1), Msg::Value(2, 1)]
}

#[test]
fn the_first_selection_is_a_year_of_the_first_edition_at_its_smallest() {
    let model = page("");
    assert_eq!(total(&model), "132.00");
    assert_eq!(
        address::print(&model.offer, &model.draft),
        "edition=standard&term=P1Y&q.yonghushu=5&o.xinghao=APP%2BWAP&o.quyu=%E5%8C%97%E4%BA%AC&count=1"
    );
}

#[test]
fn q6_the_seeds_selection_costs_208_and_renews_for_208() {
    let (model, effects) = after("", seeds());
    let price = model.price.as_ref().unwrap();
    assert_eq!(price.quote.total, Fen::new(20_800));
    assert_eq!(price.quote.renewal_total, Some(Fen::new(20_800)));
    let html = html(&model, Lang::Zh);
    for text in [">¥208.00</output>", "10 人 × ¥10/人/年", "型号：APP+WAP+微信", "2027年11月21日", "续费"]
    {
        assert!(html.contains(text), "{text}");
    }
    let [Effect::Address(query)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(page(query).draft, model.draft, "a copied link opens the same configuration");
}

#[test]
fn nine_users_are_told_that_ten_cost_less_and_take_it_in_one_click() {
    let (model, _) = after("", [typed("9")]);
    assert!(html(&model, Lang::Zh).contains("10 人比 9 人便宜 ¥8"));
    assert!(html(&model, Lang::En).contains("10 人 cost ¥8 less than 9 人"));
    let (model, _) = after("", [typed("9"), Msg::BuyMore("yonghushu".to_owned(), 10)]);
    assert_eq!((model.typed(USERS), total(&model).as_str()), ("10", "172.00"));
    assert!(!html(&model, Lang::Zh).contains("便宜"));
}

#[test]
fn what_is_typed_stays_and_is_explained() {
    for (text, code) in [
        ("4", "quantity_below_minimum"),
        ("-1", "quantity_below_minimum"),
        ("1000000000000", "quantity_above_maximum"),
        ("99999999999999999999999", "quantity_above_maximum"),
        ("", "malformed"),
        ("ten", "malformed"),
        ("1.5", "malformed"),
    ] {
        let (model, effects) = after("", [typed("8"), typed(text)]);
        assert_eq!((model.typed(USERS), total(&model).as_str()), (text, code));
        assert_eq!(model.wrong(USERS).unwrap().code, code);
        assert_eq!(model.wrong_elsewhere().count(), 0);
        assert_eq!(effects, [], "the address keeps the last selection that can be had");
        let html = html(&model, Lang::Zh);
        assert!(html.contains(&format!("value=\"{text}\"")) && html.contains(">—</output>"), "{text}");
    }
}

#[test]
fn numbers_are_read_as_chinese_keyboards_write_them() {
    for (text, n) in
        [("１２", Some(12)), (" 7 ", Some(7)), ("007", Some(7)), ("−3", Some(-3)), ("1e3", None), ("-", None)]
    {
        assert_eq!(number(text), n, "{text}");
    }
    let (model, _) = after("", [typed("１０"), Msg::Left(USERS)]);
    assert_eq!((model.typed(USERS), total(&model).as_str()), ("10", "172.00"));
}

#[test]
fn steps_stay_within_the_limits() {
    let step = |query, by| after(query, [Msg::Step(USERS, by)]).0.typed(USERS).to_owned();
    assert_eq!(step("q.yonghushu=9", 1), "10");
    assert_eq!(step("q.yonghushu=9", -10), "5");
    assert_eq!(step("edition=advanced&q.yonghushu=495", 10), "500");
    let (model, _) = after("", [typed("abc"), Msg::Step(USERS, 1)]);
    assert_eq!(model.typed(USERS), "6");
    let (model, _) = after("", [Msg::Step(Field::Count, 1000)]);
    assert_eq!((model.draft.count.as_str(), total(&model).as_str()), ("100", "13200.00"));
}

#[test]
fn another_edition_keeps_what_it_has_too() {
    let (model, _) = after("", seeds().into_iter().chain([Msg::Edition(1)]));
    assert_eq!(
        address::print(&model.offer, &model.draft),
        "edition=advanced&term=P1Y&q.yonghushu=10&o.quyu=%E4%B8%8A%E6%B5%B7&count=1"
    );
    assert_eq!(total(&model), "266.00");
    // What it does not have is said, until something else is chosen.
    let says = |messages: Vec<Msg>| {
        html(&after("q.yonghushu=600", messages).0, Lang::Zh)
            .contains("已调整：用户数 600 人 → 500 人；区域 北京 → 上海；型号 APP+WAP → 该版本不含</p>")
    };
    assert!(says(vec![Msg::Edition(1)]) && !says(vec![Msg::Edition(1), typed("12")]));
    let (model, _) = after("", seeds().into_iter().chain([Msg::Edition(1)]));
    assert!(html(&model, Lang::Zh).contains("已调整：型号 APP+WAP+微信 → 该版本不含</p>"));
    // The hidden third edition is no choice.
    let (model, _) = after("", [Msg::Edition(2)]);
    assert_eq!(model.draft, page("").draft);
}

#[test]
fn terms_and_counts_are_priced_and_longer_terms_discounted() {
    let (model, _) = after("", [Msg::Term(0)]);
    assert_eq!(total(&model), "11.00");
    let (model, _) = after("edition=advanced", [Msg::Term(2), Msg::Typed(Field::Count, "2".to_owned())]);
    // (60 + 10 × 40 + 72) × 0.85 = 452.20, for two.
    assert_eq!(total(&model), "904.40");
    let html = html(&model, Lang::Zh);
    for text in ["购买优惠（满 2 年）", "¥532 打 8.5 折", "−¥79.80", "¥452.20 × 2"] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn what_was_chosen_before_the_page_could_listen_is_priced() {
    let query = "q.yonghushu=10&o.quyu=%E4%B8%8A%E6%B5%B7";
    assert!(page("").shows("count=1") && !page("").shows(query));
    let (model, effects) = after("", [Msg::Chosen(query.to_owned())]);
    assert_eq!((&model.draft, total(&model).as_str()), (&page(query).draft, "172.00"));
    assert!(model.shows(query) && matches!(effects.as_slice(), [Effect::Address(_)]));
}

#[test]
fn what_was_bought_before_is_found_again_at_its_address() {
    for query in ["", "edition=advanced&term=P2Y&q.yonghushu=60&count=3", "o.xinghao=APP%2BWAP%2B%E5%BE%AE%E4%BF%A1"] {
        let model = page(query);
        let bought = model.draft.check(&model.offer).expect("valid").to_file(&model.offer);
        let again = address::again("data-analytics-2", &bought);
        let query = again.strip_prefix("/p/data-analytics-2?").expect("an address");
        assert_eq!(page(query).draft, model.draft, "{again}");
    }
}

#[test]
fn no_address_is_an_error() {
    for query in [
        "edition=old",
        "edition=nothing&term=P9Y&q.yonghushu=4&o.xinghao=x&count=0",
        "q.yonghushu=-99999999999999999999&count=abc",
        "%ff%fe&=&&edition&q.=1&term=",
    ] {
        assert_eq!(page(query).draft, page("").draft, "{query}");
    }
    assert_eq!(page("q.yonghushu=1000000000000").typed(USERS), "1000000000");
    assert_eq!(page("edition=advanced&q.yonghushu=501").typed(USERS), "500");
}

#[test]
fn buying_asks_for_the_total_that_is_shown() {
    let (mut model, effects) = after("", seeds().into_iter().chain([Msg::Buy]));
    let [Effect::Quote(request)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(request.expected_total, Some(Fen::new(20_800)));
    assert_eq!(request.revision, Some(3));
    assert_eq!(model.buying, Buying::Waiting);
    assert_eq!(model.update(Msg::Buy, now()), [], "one click is enough");
    assert_eq!(model.update(Msg::Answered(Ok("a1".into())), now()), [Effect::Open("a1".into())]);
}

#[test]
fn buying_what_cannot_be_had_leads_to_the_field() {
    let (_, effects) = after("", [typed("4"), Msg::Buy]);
    assert_eq!(effects, [Effect::Focus("charge-0".to_owned())]);
    let (_, effects) = after("", [Msg::Typed(Field::Count, "0".to_owned()), Msg::Buy]);
    assert_eq!(effects, [Effect::Focus("count".to_owned())]);
}

fn refused(total: Option<Fen>, violations: Vec<Violation>) -> Msg {
    let refused = Refused { status: 409, zh: "不行".into(), en: "No".into(), violations, total };
    Msg::Answered(Err(Failure::Refused(Box::new(refused))))
}

#[test]
fn another_price_is_shown_beside_the_one_that_was_seen() {
    let (mut model, effects) = after("", [Msg::Buy, refused(Some(Fen::new(13_700)), Vec::new())]);
    assert_eq!(effects, [Effect::Fetch]);
    let mut dearer = product();
    dearer.revision = 4;
    let config = dearer.config.get().replacen("\"year\": \"12\"", "\"year\": \"13\"", 1).replacen(
        "\"year\": \"12\"",
        "\"year\": \"13\"",
        1,
    );
    dearer.config = serde_json::value::RawValue::from_string(config).unwrap();
    let published = Box::new(Published::try_from(&dearer).unwrap());
    model.update(Msg::Fetched(Ok(published)), now());
    assert_eq!((model.revision, total(&model).as_str()), (4, "133.00"));
    let prices = OtherPrice { shown: Fen::new(13_200), server: Fen::new(13_700) };
    assert_eq!(model.buying, Buying::Changed(prices));
    let html = html(&model, Lang::Zh);
    assert!(html.contains("¥132.00") && html.contains("¥137.00"), "both totals are told");
}

#[test]
fn refusals_stand_at_their_fields_until_something_changes() {
    let violation =
        Violation { code: "x".into(), at: "/selection/count".into(), zh: "太多".into(), en: "Too many".into() };
    let (mut model, _) = after("", [Msg::Buy, refused(None, vec![violation])]);
    assert!(html(&model, Lang::Zh).contains("太多"));
    assert!(model.wrong(Field::Count).is_some());
    model.update(Msg::Step(USERS, 1), now());
    assert!(model.wrong(Field::Count).is_none());
}

#[test]
fn without_a_network_everything_stays_and_prices_go_on() {
    let (mut model, _) = after("", [Msg::Buy, Msg::Answered(Err(Failure::Unreachable))]);
    assert!(html(&model, Lang::En).contains("The server cannot be reached"));
    model.update(typed("10"), now());
    assert_eq!((total(&model).as_str(), &model.buying), ("172.00", &Buying::Idle));
}

#[test]
fn an_answer_to_what_is_no_longer_chosen_changes_nothing() {
    let (model, effects) = after("", [Msg::Buy, typed("10"), Msg::Answered(Ok("a1".into()))]);
    assert_eq!((effects.len(), &model.buying), (0, &Buying::Idle));
}

#[test]
fn the_curve_marks_the_cliff_and_the_chosen_point() {
    let (model, _) = after("", [typed("9")]);
    let figure = &model.price.as_ref().unwrap().beside().figures[0];
    let [(before, after)] = figure.cliffs.as_slice() else { panic!("one cliff: {figure:?}") };
    assert_eq!((before.quantity, after.quantity, figure.chosen.quantity), (9, 10, 9));
    assert_eq!((figure.first.x, figure.first.y, figure.last.x, figure.last.y), (0, 1000, 1000, 0));
    assert_eq!(figure.corners.split(' ').count(), 4, "a corner at each end and on each side of the cliff");
}

//! What is found, and what it costs at least.

use shared::api::{FromPrice, ProductCard, ProductText};
use shared::money::Fen;

use super::model::{Model, Msg, from_price};
use crate::element::Sink;
use crate::i18n::Lang;

fn card(name: &str, category: &str) -> ProductCard {
    let text = ProductText {
        name: name.into(),
        category: category.into(),
        vendor: "Acme 软件".into(),
        ..ProductText::default()
    };
    let from = FromPrice { price: Fen::new(100), term: "P1M".parse().ok() };
    ProductCard { slug: name.into(), text, from, trial_days: Some(7) }
}

fn shown(messages: &[Msg]) -> Vec<String> {
    let mut model = Model::new(vec![card("报表 Pro", "数据分析"), card("审批", "协同办公"), card("看板", "数据分析")]);
    for message in messages {
        model.update(message.clone());
    }
    model.cards.iter().filter(|card| model.shows(card)).map(|card| card.text.name.clone()).collect()
}

#[test]
fn words_and_categories_narrow_what_is_shown() {
    let search = |text: &str| Msg::Search(text.into());
    assert_eq!(shown(&[]).len(), 3);
    assert_eq!(shown(&[search("pro")]), ["报表 Pro"]);
    assert_eq!(shown(&[search("  acme 数据 ")]), ["报表 Pro", "看板"]);
    assert_eq!(shown(&[Msg::Category(Some(1))]), ["审批"]);
    assert_eq!(shown(&[Msg::Category(Some(1)), search("报表")]), [""; 0]);
    assert_eq!(shown(&[Msg::Category(Some(1)), Msg::Category(None)]).len(), 3);
}

#[test]
fn least_prices_say_what_they_are_for() {
    let says = |fen, term: Option<&str>, lang| {
        let (price, per) =
            from_price(FromPrice { price: Fen::new(fen), term: term.and_then(|term| term.parse().ok()) }, lang);
        price + &per
    };
    assert_eq!(says(100, Some("P1M"), Lang::Zh), "¥1 起/月");
    assert_eq!(says(100, Some("P1M"), Lang::En), "¥1/month and up");
    assert_eq!(says(75_000, Some("P3M"), Lang::Zh), "¥750 起/3 个月");
    assert_eq!(says(140_000, None, Lang::Zh), "¥1400 起");
    assert_eq!(says(0, Some("P1Y"), Lang::Zh), "免费");
}

#[test]
fn an_empty_page_says_what_belongs_there() {
    let html = |model: &Model| super::view::view(model, Lang::Zh, &Sink::nowhere()).html();
    assert!(html(&Model::new(Vec::new())).contains("还没有应用上架"));
    let mut model = Model::new(vec![card("看板", "数据分析")]);
    assert!(html(&model).contains("可试用 7 天"));
    model.update(Msg::Search("没有".into()));
    assert!(html(&model).contains("没有符合条件的应用"));
}

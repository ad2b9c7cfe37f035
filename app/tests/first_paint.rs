//! What the server sends before any script has run.
#![cfg(feature = "ssr")]

use app::first_paint::{self, Prefs, Theme};
use app::i18n::Lang;
use shared::api::{Product, ReviewPage};

fn product() -> Product {
    serde_json::from_str(include_str!("fixtures/product.json")).expect("the fixture is a product")
}

/// Nobody has said anything.
fn said() -> ReviewPage {
    ReviewPage { reviews: Vec::new(), next: None }
}

#[test]
fn the_default_selections_price_stands_in_the_page() {
    let page = first_paint::product(&product(), Some(&said()), "", Prefs::default());
    assert_eq!(page.title, "数据分析软件(演示例子2) · Quotient");
    assert_eq!((page.lang, page.theme), ("zh-CN", None));
    for text in [">¥132.00</output>", "标准版", "高级版", "5 人 × ¥12/人/年", "2027年11月21日", "暂无评分"]
    {
        assert!(page.body.contains(text), "{text}");
    }
    for no in ["旧版", " style=", " onclick"] {
        assert!(!page.body.contains(no), "{no}");
    }
}

#[test]
fn the_address_chooses_the_selection_and_the_preferences_the_words() {
    let prefs = Prefs { lang: Lang::En, theme: Some(Theme::Dark) };
    let query = "term=P1Y&q.yonghushu=10&o.xinghao=APP%2BWAP%2B%E5%BE%AE%E4%BF%A1&o.quyu=%E4%B8%8A%E6%B5%B7";
    let page = first_paint::product(&product(), Some(&said()), query, prefs);
    assert_eq!((page.lang, page.theme), ("en", Some("dark")));
    for text in [">¥208.00</output>", "Buy now", "21 November 2027"] {
        assert!(page.body.contains(text), "{text}");
    }
}

#[test]
fn data_cannot_end_the_element_that_holds_it() {
    let mut product = product();
    product.text.intro = "</script><script>alert(1)</script>".to_owned();
    let page = first_paint::product(&product, Some(&said()), "", Prefs::default());
    assert!(!page.data.contains('<'));
    assert!(!page.body.contains("<script"));
    let read: Product = serde_json::from_str(&page.data).expect("the same JSON");
    assert_eq!(read.text, product.text);
}

#[test]
fn o6_what_buyers_say_stands_in_the_page_in_both_languages_and_leads_to_older() {
    let review = r#"{"reviews":[{"id":"r1","customer":"上海***","first":{"stars":4,"text":"<b>好用</b>","at":"2026-11-22T10:00:00+08:00",
        "answer":{"text":"谢谢","at":"2026-11-23T10:00:00+08:00"}},"follow_up":{"stars":5,"text":"更好用","at":"2026-11-24T10:00:00+08:00",
        "answer":null}}],"next":"r1"}"#;
    let said: ReviewPage = serde_json::from_str(review).expect("a page of reviews");
    let page = first_paint::product(&product(), Some(&said), "term=P1Y&reviews=r9", Prefs::default());
    for text in [
        "★★★★☆",
        "上海***",
        "&lt;b&gt;好用&lt;/b&gt;",
        "服务商回复",
        "The vendor",
        "追评",
        "2026年11月23日",
        "23 November 2026",
        "href=\"?term=P1Y#reviews\"",
        "href=\"?term=P1Y&amp;reviews=r1#reviews\"",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    let none = first_paint::product(&product(), Some(&self::said()), "", Prefs::default());
    assert!(none.body.contains("暂无评价") && none.body.contains("No reviews yet"));
    let outage = first_paint::product(&product(), None, "", Prefs::default());
    assert!(
        outage.body.contains("评价暂时无法载入") && outage.body.contains(">¥132.00</output>"),
        "the price is there all the same"
    );
}

//! What buyers say of a product (rule O6): painted by the server alone, so that nobody downloads the code for it.
//!
//! The browser leaves it as it is, also where a person switches the language: its few words stand there in both, and the
//! page's language shows one of them.

use shared::aftersale::Opinion;
use shared::api::{PublicReview, ReviewPage};
use shared::calendar::Timestamp;

use crate::element::{Child, Element, Text, el};
use crate::format::date;
use crate::i18n::Lang;

/// By which the address says from where on older reviews are shown.
pub const BEFORE: &str = "reviews";
/// The part of the page that has them.
pub const PART: &str = "reviews";

/// The reviews of the page whose address has this query; `None` where they cannot be had at the moment.
pub fn reviews(page: Option<&ReviewPage>, query: &str) -> Vec<Element> {
    let Some(page) = page else {
        return vec![quiet(
            "评价暂时无法载入，请稍后刷新页面。",
            "Reviews cannot be loaded at the moment. Reload the page later.",
        )];
    };
    let asked = form_urlencoded::parse(query.as_bytes());
    let (older, others): (Vec<_>, Vec<_>) = asked.partition(|(name, _)| name == BEFORE);
    let address = |before: Option<&String>| {
        let mut address = form_urlencoded::Serializer::new(String::new());
        address.extend_pairs(&others).extend_pairs(before.map(|before| (BEFORE, before)));
        ["?", &address.finish(), "#", PART].concat()
    };
    let way = |address: String, [zh, en]: [Element; 2]| el("a").class("link").attr("href", address).with(zh).with(en);
    let newest = (!older.is_empty()).then(|| way(address(None), both("最新评价", "Newest reviews")));
    let next = page.next.as_ref().map(|next| way(address(Some(next)), both("更早的评价", "Older reviews")));
    if page.reviews.is_empty() && newest.is_none() {
        return vec![quiet(
            "暂无评价。购买后即可在订单页评价。",
            "No reviews yet. Who buys can write one from the order's page.",
        )];
    }
    let ways = el("p").class("tools").maybe(newest).maybe(next);
    vec![el("ul").class("said-list").all(page.reviews.iter().map(review)), ways]
}

fn review(PublicReview { customer, first, follow_up, .. }: &PublicReview) -> Element {
    let later = follow_up.as_ref().map(|later| opinion(later, None));
    el("li").class("said-item").with(opinion(first, Some(customer))).maybe(later)
}

/// What was said at one time; the first time has the enterprise's name.
fn opinion(Opinion { stars, text, at, answer }: &Opinion, customer: Option<&String>) -> Element {
    let count = stars.count();
    let [zh, en] = both(format!("{count} 星（满分 5 星）"), format!("{count} of 5 stars"));
    let signs = ["★".repeat(count.into()), "☆".repeat(5_usize.saturating_sub(count.into()))].concat();
    let who = match customer {
        Some(customer) => vec![el("strong").with(customer.clone())],
        None => both("追评", "Added later").map(|words| words.class("badge")).into(),
    };
    let head = el("p")
        .class("opinion-head")
        .with(el("span").class("stars").attr("aria-hidden", "true").with(signs))
        .with(el("span").class("sr").with(zh).with(en))
        .all(who)
        .all(dates(*at));
    let answer = answer.as_ref().map(|answer| {
        let [zh, en] = both("服务商回复", "The vendor");
        let head = el("p").class("opinion-head").with(el("strong").with(zh).with(en)).all(dates(answer.at));
        el("div").class("opinion-answer").with(head).with(el("p").class("opinion-text").with(answer.text.clone()))
    });
    el("div").class("opinion").with(head).with(el("p").class("opinion-text").with(text.clone())).maybe(answer)
}

fn dates(at: Timestamp) -> Vec<Element> {
    let [zh, en] = both(date(at, Lang::Zh), date(at, Lang::En));
    vec![el("time").attr("datetime", at.to_string()).with(zh).with(en)]
}

fn quiet(zh: &'static str, en: &'static str) -> Element {
    el("p").class("quiet").all(both(zh, en))
}

/// The same in both languages.
fn both(zh: impl Into<Text>, en: impl Into<Text>) -> [Element; 2] {
    let words = |lang: Lang, class: &'static str, words: Text| {
        el("span").attr("lang", lang.tag()).attr("data-in", class).with(Child::Text(words))
    };
    [words(Lang::Zh, "zh", zh.into()), words(Lang::En, "en", en.into())]
}

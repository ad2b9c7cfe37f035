//! Reviews as everybody sees them who has to do with one (rule O6).

use shared::aftersale::{Answer, Opinion, Review};
use shared::api::{self, FiledReview, ReviewList};

use super::records::{Kind, Of};
use crate::element::{Element, el};
use crate::format::date_time;
use crate::i18n::Lang;

/// Reviews.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reviews;

/// What is searched for among them.
pub type ReviewQuery = Of<Reviews>;

/// The longest text of a review, or of an answer to one, in characters.
pub const MOST: usize = 500;

impl Kind for Reviews {
    type Record = Review;
    type List = ReviewList;
    const PATH: &'static str = api::REVIEWS;

    fn rows(list: ReviewList) -> Vec<FiledReview> {
        list.reviews
    }

    fn next(list: &ReviewList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(review: &Review) -> &str {
        &review.product
    }
}

/// The states to search by: code and words.
pub fn review_states(lang: Lang) -> [(&'static str, &'static str); 2] {
    [("unanswered", lang.pick("待回复", "To be answered")), ("answered", lang.pick("已回复", "Answered"))]
}

/// So many of five stars, in words: what the picture says to who does not see it.
pub fn stars_in_words(count: u8, lang: Lang) -> String {
    lang.pick(format!("{count} 星（满分 5 星）"), format!("{count} of 5 stars"))
}

/// So many of five stars.
pub fn stars(count: u8, lang: Lang) -> Element {
    let picture = |sign: &str, times: u8| sign.repeat(usize::from(times));
    el("span")
        .class("stars")
        .attr("role", "img")
        .attr("aria-label", stars_in_words(count, lang))
        .with(picture("★", count))
        .with(el("span").class("stars-rest").with(picture("☆", 5_u8.saturating_sub(count))))
}

/// What was said at one time, and what the vendor answered.
pub fn opinion(opinion: &Opinion, later: bool, lang: Lang) -> Element {
    let when = el("time").attr("datetime", opinion.at.to_string()).with(date_time(opinion.at, lang));
    let later = later.then(|| el("span").class("badge").with(lang.pick("追评", "Added later")));
    el("div")
        .class("opinion")
        .with(el("p").class("opinion-head").with(stars(opinion.stars.count(), lang)).with(" ").with(when).maybe(later))
        .with(el("p").class("opinion-text").with(opinion.text.clone()))
        .maybe(opinion.answer.as_ref().map(|answer| answered(answer, lang)))
}

fn answered(Answer { text, at }: &Answer, lang: Lang) -> Element {
    let when = el("time").attr("datetime", at.to_string()).with(date_time(*at, lang));
    let head = el("p").class("opinion-head").with(el("strong").with(lang.pick("服务商回复", "The vendor"))).with(" ");
    el("div").class("opinion-answer").with(head.with(when)).with(el("p").class("opinion-text").with(text.clone()))
}

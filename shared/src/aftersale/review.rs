//! Reviews (评价, rule O6).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Refused, paid_for, said};
use crate::calendar::Timestamp;
use crate::orders::{NoticeKind, Order, OrderKind, Step, tell};

/// The longest text of a review or an answer, in characters.
const MOST_TEXT: usize = 500;

/// What an enterprise says of what it bought, once for each purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: String,
    /// The purchase that it is about.
    pub order: String,
    /// The enterprise that bought.
    pub enterprise: String,
    /// The ISV that answers.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// What was said first; its stars count.
    pub first: Opinion,
    /// What was said later (追评).
    pub follow_up: Option<Opinion>,
}

/// What was said at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// How good it was.
    pub stars: Stars,
    /// Why.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What the ISV answered, once.
    pub answer: Option<Answer>,
}

/// What the other side answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Its text.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// 1 to 5 stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stars(u8);

impl Stars {
    /// So many stars, if there are 1 to 5.
    pub fn new(stars: i64) -> Option<Self> {
        u8::try_from(stars).ok().filter(|stars| (1..=5).contains(stars)).map(Self)
    }

    /// How many.
    pub const fn count(self) -> u8 {
        self.0
    }
}

impl Serialize for Stars {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Stars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(i64::deserialize(deserializer)?).ok_or_else(|| de::Error::custom("not 1 to 5 stars"))
    }
}

/// Which of the two opinions is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The first.
    First,
    /// The later one.
    FollowUp,
}

impl Review {
    /// Something of it waits for the ISV's answer.
    pub fn waits(&self) -> bool {
        let opinions = core::iter::once(&self.first).chain(&self.follow_up);
        opinions.into_iter().any(|opinion| opinion.answer.is_none())
    }
}

/// The buyer reviews a paid purchase, of which there is no review yet (`others`).
pub fn review(
    id: String,
    stars: i64,
    text: &str,
    order: &Order,
    others: &[Review],
    at: Timestamp,
) -> Result<Step<Review>, Refused> {
    if order.kind != OrderKind::Purchase {
        return Err(Refused::NotAPurchase);
    }
    paid_for(order).ok_or(Refused::OrderNotPaid)?;
    if !others.is_empty() {
        return Err(Refused::Reviewed);
    }
    let first = opinion(stars, text, at)?;
    let kind = NoticeKind::Reviewed { order: order.id.clone(), stars: first.stars.count() };
    let after = Review {
        id,
        order: order.id.clone(),
        enterprise: order.enterprise.clone(),
        isv: order.isv.clone(),
        product: order.product.clone(),
        first,
        follow_up: None,
    };
    Ok(Step { effects: vec![tell(&after.isv, at, kind)], after })
}

/// The buyer adds to the review, once, as long as the purchase is not refunded.
pub fn follow_up(
    mut review: Review,
    stars: i64,
    text: &str,
    order: &Order,
    at: Timestamp,
) -> Result<Step<Review>, Refused> {
    paid_for(order).ok_or(Refused::OrderNotPaid)?;
    if review.follow_up.is_some() {
        return Err(Refused::Reviewed);
    }
    let later = opinion(stars, text, at)?;
    let kind = NoticeKind::Reviewed { order: review.order.clone(), stars: later.stars.count() };
    review.follow_up = Some(later);
    Ok(Step { effects: vec![tell(&review.isv, at, kind)], after: review })
}

/// The ISV answers one of the two, once each.
pub fn answer(mut review: Review, which: Which, text: &str, at: Timestamp) -> Result<Step<Review>, Refused> {
    let text = said(text, MOST_TEXT).ok_or(Refused::TextInvalid)?;
    let opinion = match which {
        Which::First => Some(&mut review.first),
        Which::FollowUp => review.follow_up.as_mut(),
    };
    let opinion = opinion.ok_or(Refused::NothingToAnswer)?;
    if opinion.answer.is_some() {
        return Err(Refused::Answered);
    }
    opinion.answer = Some(Answer { text, at });
    let kind = NoticeKind::ReviewAnswered { order: review.order.clone() };
    Ok(Step { effects: vec![tell(&review.enterprise, at, kind)], after: review })
}

fn opinion(stars: i64, text: &str, at: Timestamp) -> Result<Opinion, Refused> {
    let stars = Stars::new(stars).ok_or(Refused::StarsInvalid)?;
    let text = said(text, MOST_TEXT).ok_or(Refused::TextInvalid)?;
    Ok(Opinion { stars, text, at, answer: None })
}

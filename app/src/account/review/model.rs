//! The page's state. Whether a review is allowed is seen from the order; the server decides.

use shared::aftersale::Refused;
use shared::api::{self, FiledReview, Order, ReviewList, ReviewRequest};
use shared::orders::{OrderKind, OrderState};

use crate::client::Failure;
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, Loaded, Page, get, post};
use crate::trade::reviews::MOST;

/// Everything that the page shows.
pub struct Review {
    pub(super) id: String,
    /// The order.
    pub order: Loaded<Box<Order>>,
    /// Its review, if there is one.
    pub review: Loaded<Option<Box<FiledReview>>>,
    /// How many stars are chosen.
    pub stars: Option<u8>,
    /// The text.
    pub written: Written,
    /// It was sent just now.
    pub done: bool,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Order(Result<Box<Order>, Failure>),
    /// The reviews of orders with such a number.
    Reviews(Result<ReviewList, Failure>),
    /// So many stars.
    Stars(u8),
    /// A text was typed.
    Typed(String),
    /// Send it.
    Send(Key),
    /// The review as it is now.
    Sent(Result<Box<FiledReview>, Failure>),
}

/// What can still be said about an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::account) enum Next {
    /// A review.
    First,
    /// An addition to it.
    FollowUp,
}

/// What can still be said about an order of which there is this review, or why nothing can (rule O6).
pub(in crate::account) fn may(order: &Order, review: Option<&FiledReview>) -> Result<Next, Refused> {
    if order.kind != OrderKind::Purchase {
        return Err(Refused::NotAPurchase);
    }
    if !matches!(order.state, OrderState::Paid { .. } | OrderState::Fulfilled { .. }) {
        return Err(Refused::OrderNotPaid);
    }
    match review {
        None => Ok(Next::First),
        Some(review) if review.record.follow_up.is_none() => Ok(Next::FollowUp),
        Some(_) => Err(Refused::Reviewed),
    }
}

impl Review {
    /// The page for the order with this id.
    pub fn new(id: String) -> Self {
        Self {
            id,
            order: Loaded::Waiting,
            review: Loaded::Waiting,
            stars: None,
            written: Written::default(),
            done: false,
        }
    }

    fn send(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let (Some(order), Some(review)) = (self.order.here(), self.review.here()) else { return Vec::new() };
        let Ok(next) = may(order, review.as_deref()) else { return Vec::new() };
        let path = match (next, review) {
            (Next::FollowUp, Some(review)) => api::review_follow_up(&review.record.id),
            _ => api::order_review(&self.id),
        };
        self.written.tried = true;
        // What is missing is said beside the stars.
        let Some(stars) = self.stars else { return Vec::new() };
        match self.written.send(MOST, "text", key) {
            Ok((text, key)) => vec![post(path, &ReviewRequest { stars: stars.into(), text }, Some(key), Msg::Sent)],
            Err(instead) => instead,
        }
    }
}

impl Page for Review {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        let reviews = [api::REVIEWS, "?number=", &self.id].concat();
        vec![get(api::order(&self.id), Msg::Order), get(reviews, Msg::Reviews)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Order(order) => self.order = order.into(),
            Msg::Reviews(found) => {
                // Others may begin with the same number.
                let own = |list: ReviewList| list.reviews.into_iter().find(|it| it.record.order == self.id);
                self.review = found.map(|list| own(list).map(Box::new)).into();
            }
            Msg::Stars(stars) => {
                self.stars = Some(stars);
                self.written.submit.retyped();
            }
            Msg::Typed(text) => self.written.typed(text),
            Msg::Send(key) => return self.send(key),
            Msg::Sent(Ok(review)) => {
                self.review = Loaded::Here(Some(review));
                self.written = Written::default();
                self.stars = None;
                self.done = true;
                return vec![Effect::Focus("done")];
            }
            Msg::Sent(Err(failure)) => self.written.submit.fail(failure),
        }
        Vec::new()
    }
}

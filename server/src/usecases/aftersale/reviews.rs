//! Reviews, and how products stand by them (rule O6).

use std::collections::HashMap;

use shared::aftersale::{self as domain, Beside, Review, Standing, masked};
use shared::api::{
    FiledReview, Part, PublicReview, RecordQuery, ReviewAnswer, ReviewList, ReviewPage, ReviewPageQuery, ReviewRequest,
};

use super::super::form;
use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::{Asked, Made};
use crate::store::{Sql, Step, StoreError, standings};

/// How many reviews a page of them has.
const PAGE: usize = 20;
/// How many a product's page shows at once.
const SHOWN: usize = 5;

/// What was said of one.
struct Rated(String);

impl Step for Rated {
    type Done = HashMap<String, Standing>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        standings::rated(sql, Some(&self.0)).await
    }
}

struct Page {
    product: String,
    before: Option<String>,
    size: usize,
}

impl Step for Page {
    type Done = Vec<(Review, String)>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        // One more than is shown says whether there are more.
        let limit = i64::try_from(self.size + 1).unwrap_or(i64::MAX);
        Ok(standings::reviews(sql, &self.product, self.before.as_deref(), limit).await?)
    }
}

impl Market {
    /// What is written about a published product, the newest first.
    pub async fn product_reviews(&self, slug: &str, query: ReviewPageQuery) -> Result<ReviewPage, Failure> {
        self.published(slug)?;
        self.review_page(slug, query.before, PAGE).await
    }

    /// What a published product's page shows of it: the newest, or those before one.
    pub async fn latest_reviews(&self, slug: &str, before: Option<String>) -> Result<ReviewPage, Failure> {
        self.review_page(slug, before, SHOWN).await
    }

    async fn review_page(&self, slug: &str, before: Option<String>, size: usize) -> Result<ReviewPage, Failure> {
        let mut found = self.store.read(Page { product: slug.to_owned(), before, size }).await?;
        let more = found.len() > size;
        found.truncate(size);
        let next = found.last().filter(|_| more).map(|(review, _)| review.id.clone());
        let public = |(review, customer): (Review, String)| {
            let Review { id, first, follow_up, .. } = review;
            PublicReview { id, customer: masked(&customer), first, follow_up }
        };
        Ok(ReviewPage { reviews: found.into_iter().map(public).collect(), next })
    }

    /// The reviews that match, the newest first.
    pub async fn reviews(&self, caller: &Caller, query: RecordQuery, part: &Part) -> Result<ReviewList, Failure> {
        let (reviews, next) = self.records(caller, query, part).await?;
        Ok(ReviewList { reviews, next })
    }

    /// The buyer reviews a purchase.
    pub async fn review(&self, caller: &Caller, asked: Asked, order: &str, body: &[u8]) -> Result<Made, Failure> {
        let ReviewRequest { stars, text } = form::read(body)?;
        let make = move |id, order: &_, beside: &Beside<'_, _>, now| {
            domain::review(id, stars, &text, order, beside.others, now)
        };
        let made = self.make_record(caller, asked, order, Box::new(make)).await?;
        // The review is kept, whatever becomes of this: the next look finds it.
        if let Err(failure) = self.rate_anew(&made).await {
            tracing::warn!(error = %failure, "how a product stands");
        }
        Ok(made)
    }

    /// The buyer adds to a review.
    pub async fn follow_up(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let ReviewRequest { stars, text } = form::read(body)?;
        let change = move |review, order: &_, now| domain::follow_up(review, stars, &text, order, now);
        self.change_record(caller, asked, id, Box::new(change)).await
    }

    /// The ISV answers a review.
    pub async fn answer_review(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let ReviewAnswer { to, text } = form::read(body)?;
        let change = move |review, _: &_, now| domain::answer(review, to, &text, now);
        self.change_record::<Review>(caller, asked, id, Box::new(change)).await
    }

    /// Looks anew how every product stands.
    pub async fn refresh_standings(&self) -> Result<(), Failure> {
        let standings = self.store.read(standings::Read).await?;
        self.shelf.stand(|_| standings);
        Ok(())
    }

    /// The rating that a review has changed is shown at once.
    async fn rate_anew(&self, made: &Made) -> Result<(), Failure> {
        let review: FiledReview =
            serde_json::from_str(&made.body).map_err(|error| Failure::Internal(error.to_string()))?;
        let product = review.record.product;
        let rated = self.store.read(Rated(product.clone())).await?.remove(&product).unwrap_or_default();
        self.shelf.stand(|before| {
            let mut after = before.clone();
            let standing = after.entry(product).or_default();
            *standing = Standing { users: standing.users, ..rated };
            after
        });
        Ok(())
    }
}

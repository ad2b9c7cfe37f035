//! A service as it would run: what the configurator selects, bought some days before the day that is looked at.

use std::sync::Arc;

use shared::api::{Names, Service};
use shared::calendar::{DAY, Timestamp};
use shared::catalog::Offer;
use shared::json::At;
use shared::lifecycle::{self, Subscription, purchase};
use shared::money::Fen;
use shared::orders::ServiceState;
use shared::pricing::{Selection, SelectionFile, SelectionRules};
use shared::violation::Report;

use crate::account::service::change::{Change, Desk, Wish};
use crate::storefront::product::model::Model;

/// How many days before its end a service is renewed: when its buyer is told of the end (rule L5).
const NOTICE_DAYS: u32 = 7;

/// A service on the day that is looked at.
#[derive(Clone, Debug)]
pub struct Running {
    /// When it was bought, or its trial began.
    pub since: Timestamp,
    /// Its end.
    pub end: Timestamp,
    /// How many days lie between its beginning and the day.
    pub days: u32,
    /// The edition's name.
    pub edition: String,
    /// It was bought under the draft itself, since what is published does not sell it.
    pub by_draft: bool,
    /// What can be done with it; of a trial, nothing but buying.
    pub change: Change,
}

/// Why there is no such service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRunning {
    /// What is selected cannot be bought.
    NotForSale,
    /// It is bought for good: there is nothing to renew or change.
    OneTime,
    /// The edition has no trial.
    NoTrial,
    /// The calendar ends there.
    TooFar,
}

impl Running {
    pub(super) fn desk_mut(&mut self) -> Option<&mut Desk> {
        match &mut self.change.desk {
            crate::page::Loaded::Here(desk) => Some(desk),
            _ => None,
        }
    }
}

/// Some days before the end.
pub(super) fn near_its_end(days: u32) -> u32 {
    days.saturating_sub(NOTICE_DAYS)
}

/// In the middle.
pub(super) fn halfway(days: u32) -> u32 {
    days / 2
}

fn ago(at: Timestamp, days: u32) -> Result<Timestamp, NotRunning> {
    at.plus_seconds(-i64::from(days) * DAY).ok_or(NotRunning::TooFar)
}

/// The selected service, bought `days` before `at` under what is published, or under the draft where that does not sell it;
/// without `days`, `usual` says how many of the days that it lasts.
pub(super) fn service(
    product: &Model,
    published: Option<&Arc<Offer>>,
    at: Timestamp,
    days: Option<u32>,
    usual: fn(u32) -> u32,
) -> Result<Running, NotRunning> {
    let priced = product.price.as_ref().map_err(|_| NotRunning::NotForSale)?;
    let file = SelectionFile { count: 1, ..priced.file.clone() };
    let term = file.term.ok_or(NotRunning::OneTime)?;
    let offer = &product.offer;
    let sold = published.and_then(|published| Some((published, read(published, &file)?)));
    let by_draft = published.is_some() && sold.is_none();
    let (sold_by, selection) = match sold {
        Some(sold) => sold,
        None => (offer, read(offer, &file).ok_or(NotRunning::NotForSale)?),
    };
    let days = days.unwrap_or_else(|| usual(term.fixed_days() + sold_by.gift_days(term)));
    let since = ago(at, days)?;
    let quote = purchase(sold_by, &selection, since, None).map_err(|_| NotRunning::NotForSale)?;
    let subscription = quote.after.into_iter().next().ok_or(NotRunning::OneTime)?;
    let edition = sold_by.editions[selection.edition].name.clone();
    let end = subscription.end().ok_or(NotRunning::OneTime)?;
    let change = desk(product, subscription, at, quote.due)?;
    Ok(Running { since, end, days, edition, by_draft, change })
}

/// A trial of the selected edition that began `days` before `at`; without `days`, yesterday or today.
pub(super) fn trial(product: &Model, at: Timestamp, days: Option<u32>) -> Result<Running, NotRunning> {
    let offer = &product.offer;
    offer.subscription_rules().ok_or(NotRunning::OneTime)?;
    let priced = product.price.as_ref().map_err(|_| NotRunning::NotForSale)?;
    let days = days.unwrap_or(1);
    let since = ago(at, days)?;
    let found = lifecycle::trial(offer, &priced.file.edition, &priced.file.options, since);
    let (subscription, terms) = found.map_err(|_| NotRunning::NoTrial)?;
    let subscription = lifecycle::extended(&subscription, terms.days, since).ok_or(NotRunning::TooFar)?;
    let end = subscription.end().ok_or(NotRunning::NoTrial)?;
    let edition = product.edition().name.clone();
    let change = desk(product, subscription, at, Fen::ZERO)?;
    Ok(Running { since, end, days, edition, by_draft: false, change })
}

fn read(offer: &Offer, file: &SelectionFile) -> Option<Selection> {
    let at = At::ROOT;
    let rules = SelectionRules { at: &at, term_at: Some(&at), hidden_allowed: false, limits: true };
    Selection::check(offer, &file.as_raw(), rules, &mut Report::default())
}

/// The service beside what the draft sells.
fn desk(product: &Model, subscription: Subscription, at: Timestamp, paid: Fen) -> Result<Change, NotRunning> {
    let offer = product.offer.clone();
    let edition = offer.edition_index(&subscription.edition).ok_or(NotRunning::NotForSale)?;
    let end = subscription.end();
    let state = match end.filter(|end| *end <= at) {
        Some(end) => ServiceState::Expired { at: end },
        None => ServiceState::Active { since: at },
    };
    let service = Service {
        id: String::new(),
        order: String::new(),
        product: product.slug.clone(),
        product_name: product.text.name.clone(),
        vendor: product.text.vendor.clone(),
        state,
        names: Names::of(&offer.editions[edition]),
        subscription,
        paid,
        refunded: Fen::ZERO,
        forfeited: Fen::ZERO,
        opened: None,
        end,
        trial: None,
        note: None,
        customer: None,
    };
    let wish = Wish::first(&offer, &service, at).ok_or(NotRunning::NotForSale)?;
    let desk = Desk { service, revision: product.revision, offer, under_review: false, unpaid: Vec::new(), wish };
    Ok(Change::on(desk))
}

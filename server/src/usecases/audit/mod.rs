//! `quotient audit`: every invariant of the store, in one snapshot.
//!
//! What is kept is checked against what it was made from (prices are computed again, signatures verified, seals compared),
//! and what belongs together against each other (the ledger against orders, services and movements of money).

mod ledger;
mod orders;
mod quotations;
mod records;
mod refunds;
mod replay;
mod services;
mod settlements;
mod sums;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use shared::api::VerifyKey;
use shared::calendar::{Offset, Timestamp};
use shared::catalog::Offer;
use shared::orders::ledger::Account;

use crate::failure::Failure;
use crate::store::counted::{self, Counted};
use crate::store::{Sql, Step, Store, keys};

/// How many findings are written out; of the rest, how many there are.
const MOST: usize = 200;
/// Rows that are read at once.
const PAGE: i64 = 1000;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Each says where and what, in one line.
    pub findings: Vec<String>,
    /// Those that were not written out.
    pub more: usize,
    /// What was looked at, by name.
    pub looked_at: Vec<(&'static str, u64)>,
}

impl Report {
    /// Nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Writes out what is wrong at `place`.
    fn take(&mut self, place: impl std::fmt::Display, wrong: Wrong) {
        if !wrong.0.is_empty() {
            let place = place.to_string();
            wrong.0.iter().for_each(|what| self.add(&place, what));
        }
    }

    fn add(&mut self, place: &str, what: impl std::fmt::Display) {
        if self.findings.len() < MOST {
            self.findings.push(format!("{place}: {what}"));
        } else {
            self.more += 1;
        }
    }

    fn expect(&mut self, holds: bool, place: &str, what: impl std::fmt::Display) {
        if !holds {
            self.add(place, what);
        }
    }
}

/// For the command line.
impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut looked_at = String::new();
        for (name, count) in &self.looked_at {
            let comma = if looked_at.is_empty() { "" } else { ", " };
            write!(looked_at, "{comma}{count} {name}")?;
        }
        if self.is_clean() {
            return write!(f, "Everything agrees: {looked_at}.");
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if self.more > 0 {
            writeln!(f, "… and {} more", self.more)?;
        }
        write!(f, "Looked at: {looked_at}.")
    }
}

/// What is wrong with one thing.
#[derive(Debug, Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn add(&mut self, what: impl std::fmt::Display) {
        self.0.push(what.to_string());
    }

    fn expect(&mut self, holds: bool, what: impl std::fmt::Display) {
        if !holds {
            self.add(what);
        }
    }
}

/// Looks at each, on every processor there is; what it returns stands in their order.
fn each<T: Sync, R: Send>(items: &[T], look: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(processors()).max(1);
    let look = &look;
    thread::scope(|scope| {
        let looking: Vec<_> =
            items.chunks(share).map(|part| scope.spawn(move || part.iter().map(look).collect::<Vec<R>>())).collect();
        let done = looking.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.collect()
    })
}

/// A page that is looked at on other threads, while the next one is read.
struct Looking<P, R> {
    page: Arc<P>,
    parts: Vec<thread::JoinHandle<Vec<R>>>,
}

impl<P: Send + Sync + 'static, R: Send + 'static> Looking<P, R> {
    /// Looks at so many things of a page, on every processor there is.
    fn at(page: P, count: usize, look: impl Fn(&P, usize) -> R + Send + Sync + 'static) -> Self {
        let (page, look) = (Arc::new(page), Arc::new(look));
        let share = count.div_ceil(processors()).max(1);
        let part = |from: usize| {
            let (page, look) = (Arc::clone(&page), Arc::clone(&look));
            thread::spawn(move || (from..count.min(from + share)).map(|n| look(&page, n)).collect())
        };
        let parts = (0..count).step_by(share).map(part).collect();
        Self { page, parts }
    }

    /// The page, and what was returned for each of them.
    fn end(self) -> (Arc<P>, Vec<R>) {
        let parts = self.parts.into_iter();
        (self.page, parts.flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect())
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// The offers of all revisions that were asked for; `None`: it cannot be read.
type Offers = HashMap<(String, u32), Option<Arc<Offer>>>;

/// What the parts of an audit share.
struct Books {
    offset: Offset,
    keys: Arc<Vec<VerifyKey>>,
    offers: Arc<Offers>,
    /// What each account comes to, in fen.
    balances: HashMap<Account, i64>,
    /// What was looked at, counted by the civil time by which the store's own sums are.
    counted: Counted,
    counted_by: Offset,
    report: Report,
}

impl Books {
    fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// The account comes to `expected` fen, and belongs to what was looked at.
    fn settle(&mut self, place: &str, account: &Account, expected: i64) {
        let found = self.balances.remove(account).unwrap_or_default();
        self.report.expect(found == expected, place, format_args!("{account} is {found} fen, not {expected}"));
    }

    fn at(&self, seconds: i64) -> Option<Timestamp> {
        Timestamp::from_unix(seconds, self.offset)
    }

    /// Parses the offer of a revision, once.
    async fn read_offer(&mut self, sql: &mut dyn Sql, key: (String, u32)) -> Result<(), Failure> {
        if !self.offers.contains_key(&key) {
            let (slug, revision) = &key;
            let config = crate::store::products::config(sql, slug, *revision).await?;
            let offer = config.and_then(|config| Offer::parse(&config).ok());
            self.report.expect(offer.is_some(), slug, format_args!("revision {revision} cannot be read"));
            // Those who look at a page have the offers that it needs.
            Arc::make_mut(&mut self.offers).insert(key, offer.map(Arc::new));
        }
        Ok(())
    }
}

struct Audit(Offset);

impl Step for Audit {
    type Done = Report;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Report, Failure> {
        let mut books = Books {
            offset: self.0,
            keys: Arc::new(keys::all(sql).await?),
            offers: Arc::default(),
            balances: HashMap::new(),
            counted: Counted::default(),
            counted_by: counted::offset(sql).await?.unwrap_or(self.0),
            report: Report::default(),
        };
        ledger::check(sql, &mut books).await?;
        quotations::check(sql, &mut books).await?;
        let fulfilled = orders::check(sql, &mut books).await?;
        services::check(sql, &mut books).await?;
        records::check(sql, &mut books).await?;
        refunds::check(sql, &mut books).await?;
        ledger::check_isvs(&mut books, &fulfilled);
        settlements::check(sql, &mut books).await?;
        ledger::check_owners(&mut books);
        sums::check(sql, &mut books).await?;
        Ok(books.report)
    }
}

/// Checks every invariant of a store, at one moment.
pub async fn audit(store: &Store, offset: Offset) -> Result<Report, Failure> {
    store.read(Audit(offset)).await
}

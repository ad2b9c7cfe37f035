//! `quotient audit`: every invariant of the store, in one snapshot.
//!
//! What is kept is checked against what it was made from (prices are computed again, signatures verified, seals compared),
//! and what belongs together against each other (the ledger against orders, services and movements of money).

mod ledger;
mod orders;
mod quotations;
mod services;

use std::collections::HashMap;
use std::fmt::Write as _;

use shared::api::VerifyKey;
use shared::calendar::{Offset, Timestamp};
use shared::catalog::Offer;
use shared::orders::ledger::Account;

use crate::failure::Failure;
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

/// What the parts of an audit share.
struct Books {
    offset: Offset,
    keys: Vec<VerifyKey>,
    offers: HashMap<(String, u32), Option<Offer>>,
    /// What each account comes to, in fen.
    balances: HashMap<Account, i64>,
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

    /// The offer of a revision, parsed once.
    async fn offer(&mut self, sql: &mut dyn Sql, slug: &str, revision: u32) -> Result<Option<&Offer>, Failure> {
        let key = (slug.to_owned(), revision);
        if !self.offers.contains_key(&key) {
            let config = crate::store::products::config(sql, slug, revision).await?;
            let offer = config.and_then(|config| Offer::parse(&config).ok());
            self.report.expect(offer.is_some(), slug, format_args!("revision {revision} cannot be read"));
            self.offers.insert(key.clone(), offer);
        }
        Ok(self.offers.get(&key).and_then(Option::as_ref))
    }
}

struct Audit(Offset);

impl Step for Audit {
    type Done = Report;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Report, Failure> {
        let mut books = Books {
            offset: self.0,
            keys: keys::all(sql).await?,
            offers: HashMap::new(),
            balances: HashMap::new(),
            report: Report::default(),
        };
        ledger::check(sql, &mut books).await?;
        quotations::check(sql, &mut books).await?;
        let fulfilled = orders::check(sql, &mut books).await?;
        services::check(sql, &mut books).await?;
        ledger::check_isvs(&mut books, &fulfilled);
        ledger::check_owners(&mut books);
        Ok(books.report)
    }
}

/// Checks every invariant of a store, at one moment.
pub async fn audit(store: &Store, offset: Offset) -> Result<Report, Failure> {
    store.read(Audit(offset)).await
}

//! The ledger: every chain whole, every entry balanced, every account belonging to something.

use std::collections::{BTreeMap, HashMap};

use shared::money::Fen;
use shared::orders::ledger::{Account, Entry, Event, Posting};

use super::{Books, Looking, PAGE, Wrong};
use crate::failure::Failure;
use crate::store::StoreError;
use crate::store::ledger::{BEGINNING, link};
use crate::store::sql::{Row, Sql, values};

/// Entries that are read at once.
const ENTRIES: i64 = 4 * PAGE;

/// Walks every chain from its beginning, and sums the accounts.
pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    for mut chain in sql.rows("SELECT enterprise, entries, hash FROM chains", &[]).await? {
        let (enterprise, entries, head) = (chain.take()?, chain.take()?, chain.take()?);
        chains.insert(enterprise, Chain { entries, head, length: 0, hash: BEGINNING.to_vec() });
    }
    let (mut after, mut all, mut walked) = ((String::new(), 0), 0_u64, 0_u64);
    let mut before: Option<Looking<Vec<Kept>, Option<Read>>> = None;
    loop {
        let entries = entries(sql, &after).await?;
        if let Some((entries, read)) = before.take().map(Looking::end) {
            for (kept, entry) in entries.iter().zip(read) {
                if let Some(chain) = chains.get_mut(&kept.enterprise) {
                    walked += 1;
                    chain.walk(books, kept, entry);
                }
            }
        }
        let Some(last) = entries.last() else { break };
        after = (last.enterprise.clone(), last.number);
        let count = entries.len();
        all += count as u64;
        before = Some(Looking::at(entries, count, |entries, n| {
            read(&entries[n].event, &entries[n].postings).map(|entry| (entry.canonical(), entry))
        }));
    }
    for (enterprise, chain) in &chains {
        let (place, Chain { entries, length, .. }) = (format!("ledger of {enterprise}"), chain);
        books.report.expect(length == entries, &place, format_args!("{length} entries, not {entries}"));
        books.report.expect(chain.hash == chain.head, &place, "its last hash is not the chain's");
    }
    books.report.expect(all == walked, "ledger", format_args!("{} entries outside of a chain", all - walked));
    books.report.looked_at.push(("ledger entries", walked));
    Ok(())
}

/// An entry as it goes into the hash, and what it is.
type Read = (String, Entry);

/// A chain, as far as it was walked.
struct Chain {
    entries: i64,
    head: Vec<u8>,
    length: i64,
    hash: Vec<u8>,
}

impl Chain {
    fn walk(&mut self, books: &mut Books, kept: &Kept, entry: Option<Read>) {
        let Kept { enterprise, number, at, .. } = kept;
        let next = self.length + 1;
        let mut wrong = Wrong::default();
        wrong.expect(*number == next, format_args!("entry {next} is missing"));
        match entry {
            Some((text, entry)) => {
                self.hash = link(&self.hash, enterprise, *number, *at, &text);
                for Posting { account, fen } in entry.postings() {
                    *books.balances.entry(account.clone()).or_default() += fen.fen();
                }
            }
            None => wrong.add("it is no balanced entry"),
        }
        wrong.expect(self.hash == kept.hash, "its hash is not that of what it says");
        wrong.expect(books.at(*at).is_some(), "its instant is none");
        books.report.take(format_args!("ledger of {enterprise}, entry {number}"), wrong);
        self.hash.clone_from(&kept.hash);
        self.length = *number;
    }
}

/// An entry's row.
struct Kept {
    enterprise: String,
    number: i64,
    at: i64,
    event: String,
    postings: String,
    hash: Vec<u8>,
}

/// The next entries after that of this enterprise and number, an enterprise's in their order.
async fn entries(sql: &mut dyn Sql, (after, number): &(String, i64)) -> Result<Vec<Kept>, StoreError> {
    let query = "SELECT enterprise, number, at, event, postings, hash FROM entries WHERE (enterprise, number) > ($1, $2) \
         ORDER BY enterprise, number LIMIT $3";
    let rows = sql.rows(query, values![after, *number, ENTRIES]).await?;
    let entry = |mut row: Row| {
        let (enterprise, number, at) = (row.take()?, row.take()?, row.take()?);
        Ok(Kept { enterprise, number, at, event: row.take()?, postings: row.take()?, hash: row.take()? })
    };
    rows.into_iter().map(entry).collect()
}

fn read(event: &str, postings: &str) -> Option<Entry> {
    let postings: Vec<(String, i64)> = serde_json::from_str(postings).ok()?;
    let posting = |(account, fen): (String, i64)| Some(Posting { account: account.parse().ok()?, fen: Fen::new(fen) });
    Entry::new(Event::parse(event)?, postings.into_iter().map(posting).collect::<Option<_>>()?).ok()
}

/// What is payable to each ISV is what its fulfilled orders came to.
pub(super) fn check_isvs(books: &mut Books, fulfilled: &HashMap<String, i64>) {
    for (isv, amount) in fulfilled {
        let payable = -books.balance(Account::Payable(isv.clone())) - books.balance(Account::PaidOut(isv.clone()));
        books.report.expect(
            payable == *amount,
            &format!("ISV {isv}"),
            format_args!("{payable} fen are payable or paid out; its fulfilled orders came to {amount}"),
        );
    }
}

/// No account is left over whose owner was not looked at.
pub(super) fn check_owners(books: &mut Books) {
    let left: Vec<Account> = books.balances.iter().filter(|(_, fen)| **fen != 0).map(|(it, _)| it.clone()).collect();
    for account in left {
        books.report.add("ledger", format_args!("{account} belongs to nothing"));
    }
}

//! The ledger: every chain whole, every entry balanced, every account belonging to something.

use std::collections::HashMap;

use shared::money::Fen;
use shared::orders::ledger::{Account, Entry, Event, Owner, Posting};

use super::{Books, PAGE};
use crate::failure::Failure;
use crate::store::ledger::{BEGINNING, link};
use crate::store::sql::{Sql, values};

/// Walks every chain from its beginning, and sums the accounts.
pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let chains = sql.rows("SELECT enterprise, entries, hash FROM chains ORDER BY enterprise", &[]).await?;
    let mut walked = 0;
    for mut chain in chains {
        let (enterprise, entries, head): (String, i64, Vec<u8>) = (chain.take()?, chain.take()?, chain.take()?);
        let (length, hash) = walk(sql, books, &enterprise).await?;
        let place = format!("ledger of {enterprise}");
        books.report.expect(length == entries, &place, format_args!("{length} entries, not {entries}"));
        books.report.expect(hash == head, &place, "its last hash is not the chain's");
        walked += length;
    }
    let query = "SELECT count(*) FROM postings p WHERE NOT EXISTS \
         (SELECT 1 FROM entries e WHERE e.enterprise = p.enterprise AND e.number = p.number)";
    let stray: i64 = sql.row(query, &[]).await?.map_or(Ok(0), |mut row| row.take())?;
    books.report.expect(stray == 0, "ledger", format_args!("{stray} postings without an entry"));
    let all: i64 = sql.row("SELECT count(*) FROM entries", &[]).await?.map_or(Ok(0), |mut row| row.take())?;
    books.report.expect(all == walked, "ledger", format_args!("{} entries outside of a chain", all - walked));
    books.report.looked_at.push(("ledger entries", u64::try_from(walked).unwrap_or_default()));
    Ok(())
}

/// The length and the last hash of a chain, as its entries say.
async fn walk(sql: &mut dyn Sql, books: &mut Books, enterprise: &str) -> Result<(i64, Vec<u8>), Failure> {
    let (mut length, mut hash) = (0, BEGINNING.to_vec());
    loop {
        let query = "SELECT number, at, event, hash FROM entries WHERE enterprise = $1 AND number > $2 \
             ORDER BY number LIMIT $3";
        let entries = sql.rows(query, values![enterprise, length, PAGE]).await?;
        let last = length + PAGE;
        let query = "SELECT number, account, fen FROM postings WHERE enterprise = $1 AND number > $2 AND number <= $3";
        let mut postings: HashMap<i64, Vec<(String, i64)>> = HashMap::new();
        for mut row in sql.rows(query, values![enterprise, length, last]).await? {
            let (number, account, fen) = (row.take()?, row.take()?, row.take()?);
            postings.entry(number).or_default().push((account, fen));
        }
        let found = entries.len();
        for mut row in entries {
            let (number, at, event, kept): (i64, i64, String, Vec<u8>) =
                (row.take()?, row.take()?, row.take()?, row.take()?);
            let place = format!("ledger of {enterprise}, entry {number}");
            books.report.expect(number == length + 1, &place, format_args!("entry {} is missing", length + 1));
            let entry = read(&event, postings.remove(&number).unwrap_or_default());
            match &entry {
                Some(entry) => {
                    hash = link(&hash, enterprise, number, at, &entry.canonical());
                    for Posting { account, fen } in entry.postings() {
                        *books.balances.entry(account.clone()).or_default() += fen.fen();
                    }
                }
                None => books.report.add(&place, "it is no balanced entry"),
            }
            books.report.expect(hash == kept, &place, "its hash is not that of what it says");
            books.report.expect(books.at(at).is_some(), &place, "its instant is none");
            hash = kept;
            length = number;
        }
        if found < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            return Ok((length, hash));
        }
    }
}

fn read(event: &str, postings: Vec<(String, i64)>) -> Option<Entry> {
    let posting = |(account, fen): (String, i64)| Some(Posting { account: account.parse().ok()?, fen: Fen::new(fen) });
    Entry::new(Event::parse(event)?, postings.into_iter().map(posting).collect::<Option<_>>()?).ok()
}

/// What is payable to each ISV is what its fulfilled orders came to.
pub(super) fn check_isvs(books: &mut Books, fulfilled: &HashMap<String, i64>) {
    for (isv, amount) in fulfilled {
        let payable = -books.balance(Account::Payable(isv.clone()));
        books.report.expect(
            payable == *amount,
            &format!("ISV {isv}"),
            format_args!("{payable} fen are payable; its fulfilled orders came to {amount}"),
        );
    }
}

/// No account is left over whose owner was not looked at.
pub(super) fn check_owners(books: &mut Books) {
    let left: Vec<Account> = books.balances.iter().filter(|(_, fen)| **fen != 0).map(|(it, _)| it.clone()).collect();
    for account in left {
        if let Owner::Order(_) | Owner::Service(_) = account.owner() {
            books.report.add("ledger", format_args!("{account} belongs to nothing"));
        }
    }
}

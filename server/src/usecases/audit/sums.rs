//! What is counted as it happens is what an audit counts.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::{Books, Report};
use crate::failure::Failure;
use crate::store::Sql;
use crate::store::counted::{self, Counted};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    // A store whose tables were brought up to date, and which no server has opened since.
    if counted::offset(sql).await?.is_none() {
        return Ok(());
    }
    let (kept, found) = (Counted::kept(sql).await?, std::mem::take(&mut books.counted));
    compare(&mut books.report, "sum", &kept.sums, &found.sums);
    compare(&mut books.report, "customer", &kept.customers, &found.customers);
    let count = kept.sums.len() + kept.customers.len();
    books.report.looked_at.push(("sums", count as u64));
    Ok(())
}

fn compare<K: Ord + Debug, V: PartialEq + Debug>(
    report: &mut Report,
    what: &str,
    kept: &BTreeMap<K, V>,
    found: &BTreeMap<K, V>,
) {
    for (key, kept) in kept.iter().filter(|(key, kept)| found.get(key) != Some(kept)) {
        report.add(&format!("{what} {key:?}"), format_args!("it is {kept:?}, not {:?}", found.get(key)));
    }
    for (key, found) in found.iter().filter(|(key, _)| !kept.contains_key(key)) {
        report.add(&format!("{what} {key:?}"), format_args!("it is missing: {found:?}"));
    }
}

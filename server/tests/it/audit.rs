//! What an audit finds.

use server::store::counted::Recount;
use server::store::{Sql, Step, Store, StoreError};
use server::usecases::audit;
use shared::api::SettlementQuery;
use shared::calendar::Offset;
use shared::money::Fen;
use shared::settlement::Turnover;

use super::aftersale;
use super::refunds;
use super::store::fresh_database;
use super::trade::{Bench, story};

/// Any single column of the tables about money, changed behind the market's back: `audit` says so.
#[tokio::test]
async fn an_audit_finds_what_was_changed_in_one_column() {
    const TRIES: usize = 600;
    let bench = Bench::open(None).await;
    story(&bench).await;
    aftersale::story(&bench).await;
    Box::pin(refunds::story(&bench)).await;
    bench.store.close().await;
    let file = bench.folder.path().join("quotient.db");
    let connection = rusqlite::Connection::open(&file).expect("the file");
    connection.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
    let dice = Dice::of(2026);
    let (mut tried, mut survived) = (0, Vec::new());
    while tried < TRIES {
        let (table, columns) = dice.pick(&MONEY);
        let column = dice.pick(columns);
        let at = columns.iter().position(|it| it == column).expect("one of them");
        let rows: i64 = count(&connection, table);
        let query = format!("SELECT {} FROM {table} LIMIT 1 OFFSET {}", columns.join(", "), dice.below(rows));
        let read = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get(at)).collect();
        let before: Vec<rusqlite::types::Value> = connection.query_row(&query, [], read).expect("a row");
        let mut after = before.clone();
        after[at] = dice.other_than(&before[at]);
        // A row is found by all that stands in it: not every table numbers its rows.
        let found = (0..columns.len()).map(|at| format!("{} IS ?{}", columns[at], at + 2)).collect::<Vec<_>>();
        let update = format!("UPDATE {table} SET {column} = ?1 WHERE {}", found.join(" AND "));
        let change = |from: &[rusqlite::types::Value], to: &[rusqlite::types::Value]| {
            connection.execute(&update, rusqlite::params_from_iter(std::iter::once(&to[at]).chain(from)))
        };
        // What the tables themselves refuse, a unique key say, is no try.
        match change(&before, &after) {
            Ok(rows) => assert_eq!(rows, 1, "{table}.{column}: one row"),
            Err(_) => continue,
        }
        tried += 1;
        let looked = Store::look(bench.folder.path(), None).await.expect("a look");
        let found = audit(&looked, Offset::CHINA).await;
        looked.close().await;
        if found.is_ok_and(|report| report.is_clean()) {
            survived.push(format!("{table}.{column}: {:?} → {:?}", before[at], after[at]));
        }
        change(&after, &before).expect("put back");
    }
    assert!(survived.is_empty(), "{} of {tried} survived: {survived:#?}", survived.len());
}

/// What is counted as it happens is counted anew where it never was, and where the market's civil time is another.
#[tokio::test]
async fn what_is_counted_is_counted_anew_by_another_civil_time() {
    for database in [Some(None), fresh_database("counted").await.map(Some)].into_iter().flatten() {
        let bench = Bench::open(database.as_deref()).await;
        story(&bench).await;
        Box::pin(refunds::story(&bench)).await;
        let sales = bench.market.sales(&bench.isv).await.expect("sales");
        assert!(sales.products.iter().any(|product| product.paid > Fen::ZERO && product.refunded > Fen::ZERO));
        bench.store.write(Forget).await.expect("forgotten");
        let clean = async || audit(&bench.store, Offset::CHINA).await.expect("an audit").is_clean();
        assert!(!clean().await, "sums that are wrong are found");
        bench.store.write(Recount(Offset::CHINA)).await.expect("nothing to do");
        assert!(!clean().await, "counted already");
        for offset in ["+23:00", "-11:00", "+08:00"] {
            // Two servers that start together.
            let recount = || bench.store.write(Recount(offset.parse().expect("an offset")));
            let (one, other) = tokio::join!(recount(), recount());
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
            assert!(clean().await, "{offset}");
        }
        let open = bench.market.settlements(&bench.isv, SettlementQuery::default()).await.expect("settlements");
        assert!(!open.settlements.is_empty());
        for sums in open.settlements {
            let one = bench.market.settlement(&bench.isv, &sums.id).await.expect("a settlement");
            let lines: Vec<_> = one.lines.iter().flatten().map(|line| line.line.clone()).collect();
            let Turnover { fulfilled, refunded } = Turnover::of(&lines);
            assert_eq!((sums.fulfilled, sums.refunded), (fulfilled, refunded), "{}", sums.id);
        }
        assert_eq!(bench.market.sales(&bench.isv).await.expect("sales"), sales);
        bench.store.close().await;
    }
}

/// All sums but one are lost, and that one is wrong.
struct Forget;

impl Step for Forget {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.run("DELETE FROM customers", &[]).await?;
        sql.run("DELETE FROM sums WHERE what <> 'purchases'", &[]).await?;
        sql.run("UPDATE sums SET many = many + 1", &[]).await?;
        Ok(())
    }
}

/// The tables about money. Words and notes are shown and nothing else; they are the ISV's and the product's, not money's.
const MONEY: [(&str, &[&str]); 18] = [
    (
        "orders",
        &[
            "id",
            "enterprise",
            "isv",
            "product",
            "quotation",
            "kind",
            "method",
            "state",
            "amount_fen",
            "placed_at",
            "document",
            "seal",
            "service",
            "turn",
        ],
    ),
    ("service_orders", &["service", "order_id"]),
    (
        "refunds",
        &[
            "id",
            "order_id",
            "enterprise",
            "isv",
            "product",
            "applicant",
            "state",
            "amount_fen",
            "asked_at",
            "document",
            "seal",
        ],
    ),
    ("services", &["id", "enterprise", "isv", "product", "state", "created_at", "document", "seal"]),
    ("invoices", &RECORD),
    ("reviews", &RECORD),
    ("complaints", &RECORD),
    ("offline_refunds", &RECORD),
    ("settlement_lines", &["order_id", "kind", "isv", "at", "amount_fen", "month"]),
    (
        "settlements",
        &[
            "isv",
            "month",
            "fulfilled_fen",
            "refunded_fen",
            "deducted_fen",
            "carried_fen",
            "state",
            "document",
            "lines",
            "seal",
        ],
    ),
    ("customers", &["enterprise", "product", "isv", "orders", "paid_fen", "unpaid", "services", "latest", "turns"]),
    ("sums", &["isv", "month", "what", "product", "slot", "many", "amount_fen"]),
    ("trials", &["enterprise", "product", "service"]),
    ("chains", &["enterprise", "entries", "hash"]),
    ("entries", &["enterprise", "number", "at", "event", "postings", "hash"]),
    ("receipts", &["movement", "order_id", "amount_fen", "at", "seal"]),
    ("returns", &["id", "order_id", "amount_fen", "method", "movement", "at", "seal"]),
    (
        "quotations",
        &["id", "slug", "revision", "document", "signature", "key_id", "total_fen", "issued_at", "expires_at"],
    ),
];

const RECORD: [&str; 10] =
    ["id", "order_id", "enterprise", "isv", "product", "state", "figure", "made_at", "document", "seal"];

fn count(connection: &rusqlite::Connection, table: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count")
}

/// The same choices at every run.
struct Dice(std::cell::Cell<u64>);

impl Dice {
    fn of(seed: u64) -> Self {
        Self(std::cell::Cell::new(seed))
    }

    /// `SplitMix64`.
    fn roll(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut z = self.0.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&self, n: i64) -> i64 {
        let n = u64::try_from(n).expect("not negative");
        i64::try_from(self.roll() % n).expect("small")
    }

    fn pick<'t, T>(&self, from: &'t [T]) -> &'t T {
        let len = i64::try_from(from.len()).expect("short");
        &from[usize::try_from(self.below(len)).expect("an index")]
    }

    /// Another value of the same type.
    fn other_than(&self, value: &rusqlite::types::Value) -> rusqlite::types::Value {
        use rusqlite::types::Value;
        match value {
            Value::Null => Value::Text("x".to_owned()),
            Value::Integer(n) => {
                Value::Integer(n + [1, -1, 100, -100][usize::try_from(self.below(4)).expect("an index")])
            }
            Value::Real(x) => Value::Real(*x),
            Value::Text(text) => {
                // One character becomes another.
                let mut characters: Vec<char> = text.chars().collect();
                let Some(len) = i64::try_from(characters.len()).ok().filter(|len| *len > 0) else {
                    return Value::Text("x".to_owned());
                };
                let at = usize::try_from(self.below(len)).expect("an index");
                characters[at] = if characters[at] == '1' { '2' } else { '1' };
                Value::Text(characters.into_iter().collect())
            }
            Value::Blob(bytes) => {
                let mut bytes = bytes.clone();
                let len = i64::try_from(bytes.len()).expect("short");
                bytes[usize::try_from(self.below(len)).expect("an index")] ^= 1;
                Value::Blob(bytes)
            }
        }
    }
}

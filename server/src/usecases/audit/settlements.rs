//! Settlement: each month is the sum of its lines, each line is an order's, and all of them what the ledger owes the ISVs.

use std::collections::HashMap;

use shared::money::Fen;
use shared::orders::ledger::Account;
use shared::settlement::{Line, LineKind, Month, Statement, StatementState, Turnover, lines};

use super::Books;
use super::orders::{TOGETHER, of_ids};
use crate::failure::Failure;
use crate::store::settlements::{columns, digest, line};
use crate::store::sql::{Sql, values};
use crate::store::{document, seal};

/// What the lines and the months of an ISV come to.
#[derive(Default)]
struct Owed {
    lines: i64,
    paid_out: i64,
    /// What the last month that was looked at carried on.
    carried: Option<(Month, Fen)>,
}

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let mut owed: HashMap<String, Owed> = HashMap::new();
    let months = check_lines(sql, books, &mut owed).await?;
    check_months(sql, books, months, &mut owed).await?;
    for (isv, Owed { lines, paid_out, .. }) in owed {
        let place = format!("ISV {isv}");
        books.settle(&place, &Account::Payable(isv.clone()), paid_out - lines);
        books.settle(&place, &Account::PaidOut(isv.clone()), -paid_out);
        books.settle(&place, &Account::Held(isv), lines);
    }
    Ok(())
}

type Months = HashMap<(String, String), Vec<Line>>;

/// Checks every line against its order; returns those that are in a month.
async fn check_lines(
    sql: &mut dyn Sql,
    books: &mut Books,
    owed: &mut HashMap<String, Owed>,
) -> Result<Months, Failure> {
    let query = "SELECT order_id, kind, at, amount_fen, isv, month FROM settlement_lines ORDER BY at, order_id, kind";
    let (mut months, mut count): (Months, u64) = (HashMap::new(), 0);
    let mut kept: Vec<(Line, String, Option<String>)> = Vec::new();
    for mut row in sql.rows(query, &[]).await? {
        count += 1;
        match line(&mut row, books.offset) {
            Ok(line) => kept.push((line, row.take()?, row.take()?)),
            Err(_) => books.report.add("settlement", "a line cannot be read"),
        }
    }
    let mut kept = kept.into_iter();
    loop {
        let page: Vec<_> = kept.by_ref().take(TOGETHER).collect();
        if page.is_empty() {
            break;
        }
        let orders = of_ids(sql, page.iter().map(|(line, ..)| line.order.as_str())).await?;
        for (line, isv, month) in page {
            let place = format!("settlement of order {}", line.order);
            let order = orders.get(&line.order);
            let agrees = order.is_some_and(|order| order.isv == isv && lines(order).contains(&line));
            books.report.expect(agrees, &place, "its line is not what the order says");
            if let Some(order) = order {
                books.counted.line([&order.isv, &order.enterprise, &order.product], &line, books.counted_by);
            }
            let amount = line.amount.fen();
            owed.entry(isv.clone()).or_default().lines +=
                if line.kind == LineKind::Refunded { -amount } else { amount };
            if let Some(month) = month {
                months.entry((isv, month)).or_default().push(line);
            }
        }
    }
    books.report.looked_at.push(("settlement lines", count));
    Ok(months)
}

/// Checks every month that has closed against its lines and the month before.
async fn check_months(
    sql: &mut dyn Sql,
    books: &mut Books,
    mut months: Months,
    owed: &mut HashMap<String, Owed>,
) -> Result<(), Failure> {
    let query = "SELECT isv, month, fulfilled_fen, refunded_fen, deducted_fen, carried_fen, state, document, lines, seal \
         FROM settlements ORDER BY isv, month";
    for mut row in sql.rows(query, values![]).await? {
        let (isv, month): (String, String) = (row.take()?, row.take()?);
        let (fulfilled, refunded, deducted): (i64, i64, i64) = (row.take()?, row.take()?, row.take()?);
        let (carried, state, text): (i64, String, String) = (row.take()?, row.take()?, row.take()?);
        let (hash, kept): (Vec<u8>, Vec<u8>) = (row.take()?, row.take()?);
        let place = format!("settlement of {month} for {isv}");
        let found = values![&isv, &month, fulfilled, refunded, deducted, carried, &state, &text, &hash];
        books.report.expect(seal::seal(found) == kept, &place, "its seal is broken");
        let Ok(statement) = document::read::<Statement>(&text) else {
            books.report.add(&place, "its document cannot be read");
            continue;
        };
        let named = statement.month.to_string();
        let same = found == columns(&statement, &named, &text, &hash).as_slice();
        books.report.expect(same, &place, "its columns are not what its document says");
        let lines = months.remove(&(isv.clone(), month)).unwrap_or_default();
        books.report.expect(digest(lines.iter()) == hash, &place, "its lines are not those that it closed with");
        let owed = owed.entry(isv.clone()).or_default();
        let before = owed.carried.take().filter(|(last, _)| last.next() == statement.month);
        let before = before.map_or(Fen::ZERO, |(_, carried)| carried);
        let again = Statement::open(&isv, statement.month, Turnover::of(&lines), before);
        let sums = |it: &Statement| (it.fulfilled, it.refunded, it.deducted);
        books.report.expect(sums(&again) == sums(&statement), &place, "it is not the sum of its lines");
        if let StatementState::PaidOut { .. } = statement.state {
            owed.paid_out += statement.payable().fen();
        }
        owed.carried = Some((statement.month, statement.carried()));
    }
    for (isv, month) in months.keys() {
        books.report.add("settlement", format_args!("there are lines of {month} for {isv}, which has not closed"));
    }
    Ok(())
}

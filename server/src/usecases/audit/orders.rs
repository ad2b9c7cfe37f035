//! Orders: each against its quotation, its price, its movements of money, and its accounts.

use std::collections::HashMap;

use shared::api::Confirmed;
use shared::money::Fen;
use shared::orders::ledger::Account;
use shared::orders::{Order, OrderState};

use super::{Books, PAGE};
use crate::failure::Failure;
use crate::store::sql::{Sql, values};
use crate::store::{document, orders, quotations, seal};

/// Checks every order; returns what each ISV's fulfilled ones came to.
pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<HashMap<String, i64>, Failure> {
    let (mut after, mut count, mut fulfilled) = (String::new(), 0, HashMap::new());
    loop {
        let query = "SELECT id, enterprise, isv, product, quotation, kind, method, state, amount_fen, placed_at, \
             document, seal FROM orders WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![&after, PAGE]).await?;
        let last = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        for mut row in rows {
            let id: String = row.take()?;
            let place = format!("order {id}");
            let (enterprise, isv, product): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (quotation, kind, method): (Option<String>, String, String) = (row.take()?, row.take()?, row.take()?);
            let (state, amount, placed_at): (String, Fen, i64) = (row.take()?, row.take()?, row.take()?);
            let (text, kept): (String, Vec<u8>) = (row.take()?, row.take()?);
            let columns = values![
                &id,
                &enterprise,
                &isv,
                &product,
                &quotation,
                &kind[..],
                &method[..],
                &state[..],
                amount,
                placed_at,
                &text
            ];
            books.report.expect(seal::seal(columns) == kept, &place, "its seal is broken");
            after.clone_from(&id);
            count += 1;
            let Ok(order) = document::read::<Order>(&text) else {
                books.report.add(&place, "its document cannot be read");
                continue;
            };
            books.report.expect(
                columns == orders::columns(&order, &text).as_slice(),
                &place,
                "its columns are not what its document says",
            );
            check_price(sql, books, &place, &order).await?;
            check_money(sql, books, &place, &order).await?;
            if let OrderState::Fulfilled { .. } = order.state {
                *fulfilled.entry(order.isv.clone()).or_default() += order.amount.due().fen();
            }
        }
        if last {
            books.report.looked_at.push(("orders", count));
            return Ok(fulfilled);
        }
    }
}

/// It says what its quotation says, which is checked by itself.
async fn check_price(sql: &mut dyn Sql, books: &mut Books, place: &str, order: &Order) -> Result<(), Failure> {
    let Some(id) = &order.quote else {
        books.report.expect(order.amount.due() == Fen::ZERO, place, "it costs something and has no quotation");
        return Ok(());
    };
    let quotation = quotations::find(sql, id).await?;
    let confirmed = quotation.and_then(|quotation| document::read::<Confirmed>(&quotation.document).ok());
    let Some(confirmed) = confirmed else {
        books.report.add(place, format_args!("its quotation {id} is missing or cannot be read"));
        return Ok(());
    };
    let same = order.selection == confirmed.selection
        && order.product == confirmed.product
        && order.revision == confirmed.revision
        && order.amount.quoted == confirmed.quote.due;
    books.report.expect(same, place, "it is not what its quotation says");
    Ok(())
}

/// What the ledger has of it is what its document and its movements say.
async fn check_money(sql: &mut dyn Sql, books: &mut Books, place: &str, order: &Order) -> Result<(), Failure> {
    let due = order.amount.due().fen();
    let (receivable, ordered) = match order.state {
        OrderState::Unpaid { .. } => (due, due),
        OrderState::Paid { .. } | OrderState::Fulfilled { .. } => (0, due),
        OrderState::Cancelled { .. } => (0, 0),
    };
    let received = received(sql, books, place, &order.id).await?;
    let returned = returned(sql, books, place, &order.id).await?;
    let counted = order.movements.iter().filter(|movement| movement.counted);
    let counted: i64 = counted.map(|movement| movement.amount.fen()).sum();
    books.report.expect(counted == received, place, format_args!("it counts {counted} fen, {received} arrived"));
    let id = || order.id.clone();
    for (account, expected) in [
        (Account::Receivable(id()), receivable),
        (Account::Ordered(id()), -ordered),
        (Account::Received(id()), received),
        (Account::Returnable(id()), -order.kept.fen()),
        (Account::Returned(id()), -returned),
    ] {
        books.settle(place, &account, expected);
    }
    Ok(())
}

async fn received(sql: &mut dyn Sql, books: &mut Books, place: &str, order: &str) -> Result<i64, Failure> {
    let query = "SELECT movement, order_id, amount_fen, at, seal FROM receipts WHERE order_id = $1";
    let mut sum = 0;
    for mut row in sql.rows(query, values![order]).await? {
        let (movement, order, amount, at): (String, String, i64, i64) =
            (row.take()?, row.take()?, row.take()?, row.take()?);
        let kept: Vec<u8> = row.take()?;
        let whole = seal::seal(values![&movement, &order, amount, at]) == kept;
        books.report.expect(whole, place, format_args!("the seal of the receipt {movement} is broken"));
        sum += amount;
    }
    Ok(sum)
}

async fn returned(sql: &mut dyn Sql, books: &mut Books, place: &str, order: &str) -> Result<i64, Failure> {
    let query = "SELECT id, order_id, amount_fen, method, movement, at, seal FROM returns WHERE order_id = $1";
    let mut sum = 0;
    for mut row in sql.rows(query, values![order]).await? {
        let (id, order, amount): (String, String, i64) = (row.take()?, row.take()?, row.take()?);
        let (method, movement, at): (String, Option<String>, i64) = (row.take()?, row.take()?, row.take()?);
        let kept: Vec<u8> = row.take()?;
        let whole = seal::seal(values![&id, &order, amount, &method, &movement, at]) == kept;
        books.report.expect(whole, place, format_args!("the seal of the return {id} is broken"));
        sum += amount;
    }
    Ok(sum)
}

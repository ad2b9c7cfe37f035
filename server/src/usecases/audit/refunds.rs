//! Refunds: each as its document says, and its order undone exactly where it was approved (rule O4).

use shared::money::Fen;
use shared::orders::{OrderState, Refund, RefundState};

use super::{Books, PAGE};
use crate::failure::Failure;
use crate::store::sql::{Sql, values};
use crate::store::tenant::Tenant;
use crate::store::{document, orders, refunds, seal};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let query = "SELECT id, order_id, enterprise, isv, product, applicant, state, amount_fen, asked_at, document, seal \
             FROM refunds WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![&after, PAGE]).await?;
        let last = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        for mut row in rows {
            let (id, order, enterprise): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (isv, product, applicant): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (state, amount, asked_at): (String, Fen, i64) = (row.take()?, row.take()?, row.take()?);
            let (text, kept): (String, Vec<u8>) = (row.take()?, row.take()?);
            let place = format!("refund {id}");
            let columns =
                values![&id, &order, &enterprise, &isv, &product, &applicant, &state, amount, asked_at, &text];
            books.report.expect(seal::seal(columns) == kept, &place, "its seal is broken");
            after.clone_from(&id);
            count += 1;
            let Ok(refund) = document::read::<Refund>(&text) else {
                books.report.add(&place, "its document cannot be read");
                continue;
            };
            let same = columns == refunds::columns(&refund, &text).as_slice();
            books.report.expect(same, &place, "its columns are not what its document says");
            check_order(sql, books, &place, &refund).await?;
        }
        if last {
            books.report.looked_at.push(("refunds", count));
            break;
        }
    }
    // None is undone without one.
    let query = "SELECT o.id FROM orders o WHERE o.state = 'refunded' AND NOT EXISTS \
         (SELECT 1 FROM refunds r WHERE r.order_id = o.id AND r.state IN ('refunding', 'refunded'))";
    for mut row in sql.rows(query, &[]).await? {
        let order: String = row.take()?;
        books.report.add(&format!("order {order}"), "it is undone, and no refund of it was approved");
    }
    Ok(())
}

async fn check_order(sql: &mut dyn Sql, books: &mut Books, place: &str, refund: &Refund) -> Result<(), Failure> {
    let Some(stored) = orders::find(sql, &refund.order, Tenant::Market).await? else {
        books.report.add(place, "its order is missing");
        return Ok(());
    };
    let order = stored.order;
    let whole = (&refund.enterprise, &refund.isv, &refund.product, refund.amount)
        == (&order.enterprise, &order.isv, &order.product, order.amount.due());
    books.report.expect(whole, place, "it is not the whole of its order");
    let undone = matches!(order.state, OrderState::Refunded { .. });
    let (approved, owed) = match refund.state {
        RefundState::Refunding { .. } => (true, refund.amount),
        RefundState::Refunded { .. } => (true, Fen::ZERO),
        // A later one may have been approved.
        RefundState::Withdrawn { .. } | RefundState::Rejected { .. } => return Ok(()),
        RefundState::Reviewing { .. } => (false, order.kept),
    };
    books.report.expect(approved == undone, place, "its order is undone and it not approved, or the other way round");
    books.report.expect(order.kept == owed, place, format_args!("{} fen wait to be sent back", order.kept.fen()));
    Ok(())
}

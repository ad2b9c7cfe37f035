//! What is kept beside orders: each record is what its columns say, and belongs to its order.

use shared::aftersale::{Complaint, Invoice, OfflineRefund, Review};
use shared::orders::ledger::Account;
use shared::orders::{Order, OrderKind};

use super::{Books, PAGE};
use crate::failure::Failure;
use crate::store::orders;
use crate::store::records::{Record, columns};
use crate::store::sql::{Sql, values};
use crate::store::tenant::Tenant;
use crate::store::{document, seal};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    check_kind::<Invoice>(sql, books, |invoice, order| invoice.amount == order.amount.due()).await?;
    check_kind::<Review>(sql, books, |_, order| order.kind == OrderKind::Purchase).await?;
    check_kind::<Complaint>(sql, books, |_, _| true).await?;
    check_kind::<OfflineRefund>(sql, books, |refund, order| refund.amount <= order.amount.due()).await?;
    check_offline(sql, books).await
}

/// What the ledger has as refunded offline is what was confirmed.
async fn check_offline(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let query = "SELECT order_id, CAST(sum(figure) AS BIGINT) FROM offline_refunds WHERE state = 'confirmed' \
         GROUP BY order_id ORDER BY order_id";
    for mut row in sql.rows(query, &[]).await? {
        let (order, amount): (String, i64) = (row.take()?, row.take()?);
        let place = format!("order {order}");
        books.settle(&place, &Account::RefundedOffline(order.clone()), -amount);
        books.settle(&place, &Account::OutsideMarket(order), amount);
    }
    Ok(())
}

/// Checks every record of a kind; `agrees`: it says of its order what the order says.
async fn check_kind<R: Record>(
    sql: &mut dyn Sql,
    books: &mut Books,
    agrees: fn(&R, &Order) -> bool,
) -> Result<(), Failure> {
    let query = format!(
        "SELECT id, order_id, enterprise, isv, product, state, figure, made_at, document, seal FROM {} \
         WHERE id > $1 ORDER BY id LIMIT $2",
        R::TABLE
    );
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let rows = sql.rows(&query, values![&after, PAGE]).await?;
        if rows.is_empty() {
            books.report.looked_at.push((R::TABLE, count));
            return Ok(());
        }
        for mut row in rows {
            let (id, order, enterprise): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (isv, product, state): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (figure, made_at, text): (i64, i64, String) = (row.take()?, row.take()?, row.take()?);
            let kept: Vec<u8> = row.take()?;
            let place = format!("{} {id}", R::TABLE);
            let found = values![&id, &order, &enterprise, &isv, &product, &state, figure, made_at, &text];
            books.report.expect(seal::seal(found) == kept, &place, "its seal is broken");
            after.clone_from(&id);
            count += 1;
            let Ok(record) = document::read::<R>(&text) else {
                books.report.add(&place, "its document cannot be read");
                continue;
            };
            let index = record.index();
            let same = found == columns(index, &text).as_slice();
            books.report.expect(same, &place, "its columns are not what its document says");
            let order = orders::find(sql, index.order, Tenant::Market).await?.map(|stored| stored.order);
            let belongs = order.is_some_and(|order| {
                let parties = (order.enterprise.as_str(), order.isv.as_str(), order.product.as_str());
                parties == (index.enterprise, index.isv, index.product) && agrees(&record, &order)
            });
            books.report.expect(belongs, &place, format_args!("it is not what its order {} says", index.order));
        }
    }
}

//! Services: what each was paid and has consumed (rule L14), and its segments in order.

use shared::orders::ledger::Account;
use shared::orders::{Order, Service};

use super::{Books, PAGE};
use crate::failure::Failure;
use crate::store::orders::Tenant;
use crate::store::sql::{Sql, values};
use crate::store::{document, orders, seal, services};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let query = "SELECT id, enterprise, isv, product, state, created_at, document, seal FROM services \
             WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![&after, PAGE]).await?;
        let last = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        for mut row in rows {
            let id: String = row.take()?;
            let place = format!("service {id}");
            let (enterprise, isv, product): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (state, created_at): (String, i64) = (row.take()?, row.take()?);
            let (text, kept): (String, Vec<u8>) = (row.take()?, row.take()?);
            let columns = values![&id, &enterprise, &isv, &product, &state, created_at, &text];
            books.report.expect(seal::seal(columns) == kept, &place, "its seal is broken");
            after.clone_from(&id);
            count += 1;
            let Ok(service) = document::read::<Service>(&text) else {
                books.report.add(&place, "its document cannot be read");
                continue;
            };
            let same = columns == services::columns(&service, created_at, &text).as_slice();
            books.report.expect(same, &place, "its columns are not what its document says");
            check_time(books, &place, &service);
            check_money(books, &place, &service);
            let order = orders::find(sql, &service.order, Tenant::Market).await?;
            check_order(books, &place, &service, order.map(|stored| stored.order).as_ref());
        }
        if last {
            books.report.looked_at.push(("services", count));
            break;
        }
    }
    check_trials(sql, books).await
}

/// Segments follow one another and do not overlap.
fn check_time(books: &mut Books, place: &str, service: &Service) {
    let segments = &service.subscription.segments;
    let in_order = segments.iter().all(|segment| segment.start < segment.end)
        && segments.windows(2).all(|pair| pair[0].end <= pair[1].start);
    books.report.expect(in_order, place, "its segments overlap");
}

/// Paid in = consumed + remaining + refunded + forfeited (rule L14).
fn check_money(books: &mut Books, place: &str, service: &Service) {
    let id = || service.id.clone();
    let (paid, consumed) = (service.paid.fen(), service.consumed.fen());
    for (account, expected) in [
        (Account::PaidIn(id()), paid),
        (Account::Remaining(id()), consumed - paid),
        (Account::Consumed(id()), -consumed),
        (Account::Credit(id()), 0),
        (Account::Refunded(id()), 0),
        (Account::Forfeited(id()), 0),
    ] {
        books.settle(place, &account, expected);
    }
}

fn check_order(books: &mut Books, place: &str, service: &Service, order: Option<&Order>) {
    let belongs = order.is_some_and(|order| {
        order.services.contains(&service.id)
            && (&order.enterprise, &order.isv, &order.product) == (&service.enterprise, &service.isv, &service.product)
    });
    books.report.expect(belongs, place, format_args!("it does not belong to its order {}", service.order));
}

/// Each trial is of a service of that enterprise and product (rule L13).
async fn check_trials(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let query = "SELECT t.enterprise, t.product FROM trials t WHERE NOT EXISTS (SELECT 1 FROM services s \
         WHERE s.id = t.service AND s.enterprise = t.enterprise AND s.product = t.product)";
    for mut row in sql.rows(query, &[]).await? {
        let (enterprise, product): (String, String) = (row.take()?, row.take()?);
        books.report.add(&format!("trial of {product} by {enterprise}"), "its service is not theirs");
    }
    let query = "SELECT o.id FROM orders o WHERE o.kind = 'trial' AND NOT EXISTS \
         (SELECT 1 FROM trials t WHERE t.enterprise = o.enterprise AND t.product = o.product)";
    for mut row in sql.rows(query, &[]).await? {
        let order: String = row.take()?;
        books.report.add(&format!("order {order}"), "the trial that it began is not written down");
    }
    Ok(())
}

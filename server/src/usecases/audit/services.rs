//! Services: what each was paid and has consumed (rule L14), and its segments in order.

use std::collections::{BTreeSet, HashMap, HashSet};

use shared::orders::ledger::Account;
use shared::orders::{Order, Service, ServiceState};

use super::{Books, PAGE, Wrong, each, replay};
use crate::failure::Failure;
use crate::store::sql::{Row, Sql, values};
use crate::store::{StoreError, document, seal, services};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let query = "SELECT id, enterprise, isv, product, state, created_at, document, seal FROM services \
             WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![&after, PAGE]).await?;
        let page = rows.into_iter().map(Kept::read).collect::<Result<Vec<_>, StoreError>>()?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        count += page.len() as u64;
        let looked = each(&page, look);
        let of = looked.iter().filter_map(|(service, _)| service.as_ref());
        let orders = orders_of(sql, of).await?;
        let histories = replay::histories(sql, books, &page[0].id, &after).await?;
        let replayed = each(&looked, |(service, _)| service.as_ref().map(|it| replay::check(books, it, &histories)));
        for ((kept, (service, mut wrong)), replayed) in page.iter().zip(looked).zip(replayed) {
            let place = format!("service {}", kept.id);
            if let Some(service) = &service {
                check_order(&mut wrong, service, orders.get(&service.order));
            }
            books.report.take(&place, wrong);
            books.report.take(&place, replayed.unwrap_or_default());
            if let Some(service) = &service {
                check_money(books, &place, service);
            }
        }
    }
    books.report.looked_at.push(("services", count));
    check_trials(sql, books).await
}

/// A service's row.
struct Kept {
    id: String,
    enterprise: String,
    isv: String,
    product: String,
    state: String,
    created_at: i64,
    document: String,
    seal: Vec<u8>,
}

impl Kept {
    fn read(mut row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            enterprise: row.take()?,
            isv: row.take()?,
            product: row.take()?,
            state: row.take()?,
            created_at: row.take()?,
            document: row.take()?,
            seal: row.take()?,
        })
    }
}

/// What it says, if that can be read.
fn look(kept: &Kept) -> (Option<Service>, Wrong) {
    let mut wrong = Wrong::default();
    let Kept { id, enterprise, isv, product, state, created_at, document: text, seal: sealed } = kept;
    let columns = values![id, enterprise, isv, product, state, *created_at, text];
    wrong.expect(seal::seal(columns) == *sealed, "its seal is broken");
    let Ok(service) = document::read::<Service>(text) else {
        wrong.add("its document cannot be read");
        return (None, wrong);
    };
    let same = columns == services::columns(&service, *created_at, text).as_slice();
    wrong.expect(same, "its columns are not what its document says");
    check_time(&mut wrong, &service);
    (Some(service), wrong)
}

/// The orders that these services say they belong to, where they can be read.
async fn orders_of(
    sql: &mut dyn Sql,
    services: impl Iterator<Item = &Service>,
) -> Result<HashMap<String, Order>, StoreError> {
    let ids: BTreeSet<&str> = services.map(|service| &*service.order).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(HashMap::new()) };
    // Most belong to the order that their id begins with, so that these lie together; a few to a later one.
    let near = "SELECT id, document FROM orders WHERE id >= $1 AND id <= $2 ORDER BY id LIMIT $3";
    let mut texts: Vec<(String, String)> = Vec::new();
    for mut row in sql.rows(near, values![*first, *last, 2 * PAGE]).await? {
        texts.push((row.take()?, row.take()?));
    }
    let found: HashSet<String> = texts.iter().map(|(id, _)| id.clone()).collect();
    for id in ids.into_iter().filter(|id| !found.contains(*id)) {
        if let Some(mut row) = sql.row("SELECT document FROM orders WHERE id = $1", values![id]).await? {
            texts.push((id.to_owned(), row.take()?));
        }
    }
    let read = each(&texts, |(id, text)| document::read::<Order>(text).ok().map(|order| (id.clone(), order)));
    Ok(read.into_iter().flatten().collect())
}

/// Segments follow one another and do not overlap.
fn check_time(wrong: &mut Wrong, service: &Service) {
    let segments = &service.subscription.segments;
    let in_order = segments.iter().all(|segment| segment.start < segment.end)
        && segments.windows(2).all(|pair| pair[0].end <= pair[1].start);
    wrong.expect(in_order, "its segments overlap");
}

/// Paid in = consumed + remaining + refunded + forfeited (rule L14).
fn check_money(books: &mut Books, place: &str, service: &Service) {
    let id = || service.id.clone();
    let (paid, consumed, remaining) = (service.paid.fen(), service.consumed.fen(), service.remaining().fen());
    let on_segments: i64 = service.subscription.segments.iter().map(|segment| segment.paid.fen()).sum();
    let expected = match service.state {
        _ if service.one_time() => remaining,
        ServiceState::Provisioning { .. } | ServiceState::Active { .. } => on_segments,
        ServiceState::Expired { .. } | ServiceState::Closed { .. } => 0,
    };
    books.report.expect(remaining == expected, place, format_args!("{remaining} fen remain, not {expected}"));
    for (account, expected) in [
        (Account::PaidIn(id()), paid),
        (Account::Remaining(id()), -remaining),
        (Account::Consumed(id()), -consumed),
        (Account::Credit(id()), 0),
        (Account::Refunded(id()), -service.refunded.fen()),
        (Account::Forfeited(id()), -service.forfeited.fen()),
    ] {
        books.settle(place, &account, expected);
    }
}

fn check_order(wrong: &mut Wrong, service: &Service, order: Option<&Order>) {
    let belongs = order.is_some_and(|order| {
        order.services.contains(&service.id)
            && (&order.enterprise, &order.isv, &order.product) == (&service.enterprise, &service.isv, &service.product)
    });
    wrong.expect(belongs, format_args!("it does not belong to its order {}", service.order));
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

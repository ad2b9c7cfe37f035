//! Services: what each was paid and has consumed (rule L14), and its segments in order.

use shared::orders::ledger::Account;
use shared::orders::{Order, Service, ServiceState};

use super::orders::of_ids;
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
        let histories = replay::histories(sql, &page[0].id, &after).await?;
        let of = looked.iter().filter_map(|(service, _)| service.as_ref()).map(|service| &service.order);
        let orders = of_ids(sql, of.chain(histories.values().flatten()).map(String::as_str)).await?;
        for order in orders.values() {
            books.read_offer(sql, (order.product.clone(), order.revision)).await?;
        }
        let replay = |service: &Service| {
            // One that cannot be read is reported with the orders.
            let history = histories.get(&service.id).into_iter().flatten().filter_map(|id| orders.get(id));
            replay::check(books, service, &history.collect::<Vec<_>>())
        };
        let replayed = each(&looked, |(service, _)| service.as_ref().map(replay));
        for ((kept, (service, mut wrong)), replayed) in page.iter().zip(looked).zip(replayed) {
            let place = format!("service {}", kept.id);
            if kept.state == "active" {
                books.counted.active([&kept.isv, &kept.enterprise, &kept.product], 1);
            }
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

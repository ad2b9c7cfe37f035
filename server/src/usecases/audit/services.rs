//! Services: what each was paid and has consumed (rule L14), and its segments in order.

use std::collections::HashMap;
use std::sync::Arc;

use shared::orders::ledger::Account;
use shared::orders::{Order, Service, ServiceState};

use super::replay::{self, Histories};
use super::{Books, Looking, Offers, PAGE, Wrong};
use crate::failure::Failure;
use crate::store::sql::{Row, Sql, values};
use crate::store::{StoreError, document, seal, services};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    let mut before: Option<Looking<Page, (Option<Service>, Wrong)>> = None;
    loop {
        let page = Page::read(sql, &after).await?;
        if let Some((page, looked)) = before.take().map(Looking::end) {
            for (kept, (service, wrong)) in page.services.iter().zip(looked) {
                let place = format!("service {}", kept.id);
                if kept.state == "active" {
                    books.counted.active([&kept.isv, &kept.enterprise, &kept.product], 1);
                }
                books.report.take(&place, wrong);
                if let Some(service) = &service {
                    check_money(books, &place, service);
                }
            }
        }
        let Some(page) = page else { break };
        after.clone_from(&page.last);
        let services = page.services.len();
        count += services as u64;
        // Those of the quotations, which were looked at before: every order but a trial's has one.
        let offers = Arc::clone(&books.offers);
        before = Some(Looking::at(page, services, move |page, n| page.look(&offers, &page.services[n])));
    }
    books.report.looked_at.push(("services", count));
    check_trials(sql, books).await
}

/// Services, and what belongs to them.
struct Page {
    services: Vec<Kept>,
    histories: Histories,
    /// The documents of their orders, by the order's id.
    orders: HashMap<String, String>,
    /// The last one's id.
    last: String,
}

impl Page {
    /// The services after that of this id, if there are any.
    async fn read(sql: &mut dyn Sql, after: &str) -> Result<Option<Self>, StoreError> {
        let query = "SELECT id, enterprise, isv, product, state, created_at, document, seal FROM services \
             WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![after, PAGE]).await?;
        let services = rows.into_iter().map(Kept::read).collect::<Result<Vec<_>, StoreError>>()?;
        let (Some(first), Some(last)) = (services.first(), services.last()) else { return Ok(None) };
        let histories = replay::histories(sql, &first.id, &last.id).await?;
        let query = "SELECT o.id, o.document FROM orders o WHERE o.id IN \
             (SELECT order_id FROM service_orders WHERE service >= $1 AND service <= $2)";
        let mut orders = HashMap::new();
        for mut row in sql.rows(query, values![&first.id, &last.id]).await? {
            orders.insert(row.take()?, row.take()?);
        }
        let last = last.id.clone();
        Ok(Some(Self { services, histories, orders, last }))
    }

    /// The order of this id, where it can be read: one that cannot is reported with the orders.
    fn order(&self, id: &str) -> Option<Order> {
        document::read(self.orders.get(id)?).ok()
    }

    /// What it says, if that can be read.
    fn look(&self, offers: &Offers, kept: &Kept) -> (Option<Service>, Wrong) {
        let (service, mut wrong) = look(kept);
        if let Some(service) = &service {
            let history = self.histories.get(&service.id).into_iter().flatten();
            let history: Vec<Order> = history.filter_map(|id| self.order(id)).collect();
            let first = history.iter().find(|order| order.id == service.order);
            let read = if first.is_none() { self.order(&service.order) } else { None };
            check_order(&mut wrong, service, first.or(read.as_ref()));
            wrong.0.extend(replay::check(offers, service, &history).0);
        }
        (service, wrong)
    }
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

//! What is counted as it happens: an ISV's sums ([`super::sums`]) and what each enterprise has of each product, kept up with
//! every order, service and line of a settlement.

use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{Order, OrderState, Service, ServiceState};
use shared::settlement::{Line, Month};

use super::StoreError;
use super::customers::{self, Standing};
use super::sql::Sql;
use super::sums::{self, Key, Sum, What};

/// What an order of this kind is sold as; a trial is not.
pub(super) fn sold_as(kind: &str) -> Option<What> {
    match kind {
        "trial" => None,
        "purchase" => Some(What::Purchases),
        "renewal" => Some(What::Renewals),
        _ => Some(What::Changes),
    }
}

/// What an order of this state is for its customer: so much was paid, and so many wait to be.
pub(super) fn standing(state: &str, amount: Fen) -> (Fen, i64) {
    let paid = if matches!(state, "paid" | "fulfilled") { amount } else { Fen::ZERO };
    (paid, (state == "unpaid").into())
}

/// When it was paid, and when it was undone.
pub(super) fn sold_at(state: &OrderState) -> (Option<Timestamp>, Option<Timestamp>) {
    match *state {
        OrderState::Unpaid { .. } | OrderState::Cancelled { .. } => (None, None),
        OrderState::Paid { at } | OrderState::Fulfilled { paid_at: at, .. } => (Some(at), None),
        OrderState::Refunded { paid_at, at, .. } => (Some(paid_at), Some(at)),
    }
}

/// Counts what an order has become, which was in the state of this name before; `None`: it is new.
pub(super) async fn order(sql: &mut dyn Sql, order: &Order, before: Option<&str>) -> Result<(), StoreError> {
    let (state, amount) = (order.state.name(), order.amount.due());
    let of = [order.isv.as_str(), &order.enterprise, &order.product];
    let (paid_at, undone_at) = sold_at(&order.state);
    let was_paid = before.is_some_and(|before| !matches!(before, "unpaid" | "cancelled"));
    let sold = sold_as(order.kind.as_str()).filter(|_| !was_paid).zip(paid_at);
    let undone = undone_at.filter(|_| before != Some("refunded")).map(|at| (What::Undone, at));
    for (what, at) in sold.into_iter().chain(undone) {
        sums::add(sql, &Key::of(of, Some(Month::of(at)), what), Sum { many: 1, amount }).await?;
    }
    let (was, is) = (before.map_or((Fen::ZERO, 0), |before| standing(before, amount)), standing(state, amount));
    let more = Standing {
        orders: before.is_none().into(),
        paid: is.0 - was.0,
        unpaid: is.1 - was.1,
        services: 0,
        latest: order.placed_at.unix(),
        turns: order.turn.unwrap_or_default().into(),
    };
    // An order has its turn when it is no longer unpaid. One that is fulfilled is what it was.
    if (more.orders, more.paid, more.unpaid) != (0, Fen::ZERO, 0) {
        customers::add(sql, of, &more).await?;
    }
    Ok(())
}

/// Counts what a service has become.
pub(super) async fn service(sql: &mut dyn Sql, service: &Service, was_active: bool) -> Result<(), StoreError> {
    let active = matches!(service.state, ServiceState::Active { .. });
    if active == was_active {
        return Ok(());
    }
    let of = [service.isv.as_str(), &service.enterprise, &service.product];
    let many = if active { 1 } else { -1 };
    sums::add(sql, &Key::of(of, None, What::Running), Sum { many, amount: Fen::ZERO }).await?;
    customers::add(sql, of, &Standing { services: many, ..Standing::default() }).await
}

/// Counts a line of a settlement that was not there before.
pub(super) async fn line(sql: &mut dyn Sql, order: &Order, line: &Line) -> Result<(), StoreError> {
    let key =
        Key::of([&order.isv, &order.enterprise, &order.product], Some(Month::of(line.at)), What::Settled(line.kind));
    sums::add(sql, &key, Sum { many: 1, amount: line.amount }).await
}

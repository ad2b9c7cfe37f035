//! Ending an order that nobody paid, and giving back what was paid for it all the same (rules O2, O3).

use super::ledger::{cancelled, returned};
use super::notice::{tell, tell_operator};
use super::step::due;
use super::{CancelWhy, DueWork, Effect, Intent, Method, NoticeKind, Order, OrderState, ReturnWhy, SendBack, Step};
use crate::calendar::Timestamp;
use crate::money::Fen;

/// Ends an unpaid order; `transaction` is the movement that brought what is kept, if it was one.
pub(super) fn end_unpaid(step: &mut Step<Order>, why: CancelWhy, transaction: Option<(Method, &str)>, at: Timestamp) {
    let order = &mut step.after;
    order.state = OrderState::Cancelled { at, why };
    step.effects.extend(cancelled(&order.id, order.amount.due()).map(Effect::Post));
    if why != CancelWhy::ByBuyer {
        let kind = NoticeKind::OrderClosed { order: order.id.clone(), why };
        step.effects.push(tell(&order.enterprise, at, kind));
    }
    // A service that has expired may have waited for it.
    let renewed = order.on.as_ref().filter(|on| on.intent == Intent::Renew).map(|on| on.service.clone());
    step.effects.extend(renewed.map(|service| due(at, DueWork::CloseService(service))));
    let kept = core::mem::take(&mut order.kept);
    give_back(step, kept, return_why(why), transaction, at);
}

/// Why money for an order that was cancelled goes back.
pub(super) fn return_why(why: CancelWhy) -> ReturnWhy {
    match why {
        CancelWhy::ByBuyer => ReturnWhy::Cancelled,
        CancelWhy::NotPaid => ReturnWhy::Closed,
        CancelWhy::NoLongerAllowed => ReturnWhy::NoLongerAllowed,
        CancelWhy::Superseded => ReturnWhy::Superseded,
        CancelWhy::ServiceChanged => ReturnWhy::ServiceChanged,
        CancelWhy::RefundAsked => ReturnWhy::RefundAsked,
    }
}

/// Ends another order that is unpaid: what that brings.
pub(super) fn end_other(order: Order, why: CancelWhy, at: Timestamp) -> Vec<Effect> {
    let mut step = Step { after: order, effects: Vec::new() };
    end_unpaid(&mut step, why, None, at);
    let Step { after, mut effects } = step;
    effects.insert(0, Effect::UpdateOrder(Box::new(after)));
    effects
}

/// Money that is not owed goes back the way it came; the operator is told where that is by hand.
pub(super) fn give_back(
    step: &mut Step<Order>,
    amount: Fen,
    why: ReturnWhy,
    transaction: Option<(Method, &str)>,
    at: Timestamp,
) {
    let order = &step.after;
    let Some(entry) = returned(&order.id, amount) else { return };
    // Only transfers are kept.
    let via = transaction.map_or(Method::Transfer, |(via, _)| via);
    let transaction = transaction.map(|(_, transaction)| transaction.to_owned());
    let id = || order.id.clone();
    step.effects.push(Effect::Post(entry));
    step.effects.push(Effect::SendBack(SendBack { order: id(), amount, via, transaction }));
    step.effects.push(tell(&order.enterprise, at, NoticeKind::MoneyReturned { order: id(), amount, why }));
    if via == Method::Transfer {
        step.effects.push(tell_operator(at, NoticeKind::TransferToReturn { order: id(), amount }));
    }
}

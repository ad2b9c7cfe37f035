//! Placing an order, and what can be done with it before it is paid (rules O1, O2).

use super::end::{end_other, end_unpaid};
use super::ledger::{placed, repriced};
use super::notice::{tell, tell_operator};
use super::settle::{purchased, settle_if_covered};
use super::step::{due, later};
use super::{
    Amount, CancelWhy, DueWork, Effect, Method, NoticeKind, OnService, Order, OrderKind, OrderState, Refused, Repriced,
    Settling, Step, When, quote_on,
};
use crate::calendar::Timestamp;
use crate::money::Fen;
use crate::pricing::SelectionFile;

/// The longest reason for a new price, in characters.
const MOST_REASON: usize = 200;

/// What an order is placed with. Whether the quotation is the enterprise's own and unused is for the store to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// The order's id.
    pub id: String,
    /// The id of the enterprise that places it.
    pub enterprise: String,
    /// The id of the ISV that sells the product.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// The configuration's revision that was quoted.
    pub revision: u32,
    /// What was quoted.
    pub selection: SelectionFile,
    /// The service that it renews or changes.
    pub on: Option<OnService>,
    /// The quotation's id.
    pub quote: String,
    /// What it said is due.
    pub quoted: Fen,
    /// When it was issued: as of then it says what is due.
    pub issued_at: Timestamp,
    /// The second from which on no order is made from it.
    pub expires_at: Timestamp,
    /// The version of the product's agreement that was accepted.
    pub agreement: u32,
    /// How it is to be paid.
    pub method: Method,
    /// The credit that a change forfeits, as the buyer confirmed it; also where it forfeits none and shortens the service.
    pub accept_forfeit: Option<Fen>,
}

/// Places an order (rules O1, O2): the quotation must not have expired, and what it quotes is priced again on the
/// order's revision and compared. What costs nothing is paid at once. An unpaid order of the same kind on the same service is
/// superseded.
pub fn place(new: NewOrder, with: &Settling<'_>, at: Timestamp) -> Result<Step<Order>, Refused> {
    if at >= new.expires_at {
        return Err(Refused::QuoteExpired);
    }
    if with.under_review {
        return Err(Refused::RefundUnderReview);
    }
    let kind = match &new.on {
        Some(on) => {
            check_on(&new, on, with, at)?;
            on.intent.kind(&on.subscription, &new.selection)
        }
        None => {
            let quote = purchased(with.offer, &new.selection, at, None).map_err(Refused::Selection)?;
            (quote.due == new.quoted).then_some(OrderKind::Purchase).ok_or(Refused::AmountMismatch)?
        }
    };
    let closes_at = later(at, new.method.open_seconds());
    let order = Order {
        id: new.id,
        kind,
        enterprise: new.enterprise,
        isv: new.isv,
        product: new.product,
        revision: new.revision,
        selection: new.selection,
        on: new.on,
        quote: Some(new.quote),
        agreement: new.agreement,
        amount: Amount { quoted: new.quoted, repriced: None, reduced: None },
        method: new.method,
        state: OrderState::Unpaid { closes_at },
        placed_at: at,
        kept: Fen::ZERO,
        movements: Vec::new(),
        services: Vec::new(),
        turn: None,
        before: None,
    };
    let mut effects: Vec<Effect> = placed(&order.id, new.quoted).map(Effect::Post).into_iter().collect();
    let kind = NoticeKind::OrderPlaced { order: order.id.clone(), amount: new.quoted };
    effects.push(tell(&order.isv, at, kind));
    if new.quoted > Fen::ZERO {
        effects.push(due(closes_at, DueWork::CloseOrder(order.id.clone())));
        effects.extend(expect_transfer(&order, at));
    }
    let (superseded, rivals): (Vec<Order>, Vec<Order>) =
        with.rivals.iter().cloned().partition(|rival| supersedes(&order, rival));
    for rival in superseded {
        effects.extend(end_other(rival, CancelWhy::Superseded, at));
    }
    let mut step = Step { after: order, effects };
    settle_if_covered(&mut step, Fen::ZERO, None, &Settling { rivals, ..with.clone() }, at);
    Ok(step)
}

/// What was quoted for a service holds still: it is what it was, comes to the same as of then, and is allowed now.
fn check_on(new: &NewOrder, on: &OnService, with: &Settling<'_>, at: Timestamp) -> Result<(), Refused> {
    let service = with.service.as_ref().filter(|service| on.holds(service)).ok_or(Refused::ServiceChanged)?;
    let quote = |at| {
        let selection = new.selection.as_raw();
        quote_on(with.offer, &service.state, &service.subscription, on.intent, &selection, When::both(at), None)
    };
    let quoted = quote(new.issued_at).map_err(Refused::Selection)?;
    if quoted.due != new.quoted {
        return Err(Refused::AmountMismatch);
    }
    if on.takes_away(&quoted) && new.accept_forfeit != Some(quoted.forfeited) {
        return Err(Refused::ForfeitNotAccepted(quoted.forfeited));
    }
    quote(at).map_err(Refused::Selection)?;
    Ok(())
}

fn supersedes(order: &Order, rival: &Order) -> bool {
    let intent = |order: &Order| order.on.as_ref().map(|on| on.intent);
    intent(order).zip(intent(rival)).is_some_and(|(new, old)| new.supersedes(old))
}

/// The operator is told of transfers (rule L5).
fn expect_transfer(order: &Order, at: Timestamp) -> Option<Effect> {
    let kind = NoticeKind::TransferExpected { order: order.id.clone(), amount: order.amount.due() };
    (order.method == Method::Transfer).then(|| tell_operator(at, kind))
}

/// The ISV changes what an unpaid order costs (改价, rule O2): to another amount from nothing up to [`Fen::LIMIT`], with
/// a reason of 1 to 200 characters. Where nothing is due any more, it is paid at once.
pub fn reprice(
    mut order: Order,
    amount: Fen,
    reason: &str,
    with: &Settling<'_>,
    at: Timestamp,
) -> Result<Step<Order>, Refused> {
    order.open_until(at).ok_or(Refused::OrderNotUnpaid)?;
    let from = order.amount.due();
    if amount < Fen::ZERO || amount > Fen::LIMIT || amount == from {
        return Err(Refused::RepriceAmountInvalid);
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(Refused::RepriceReasonInvalid);
    }
    order.amount.repriced = Some(Repriced { amount, reason: reason.to_owned(), at });
    let mut effects: Vec<Effect> = repriced(&order.id, from, amount).map(Effect::Post).into_iter().collect();
    let kind = NoticeKind::OrderRepriced { order: order.id.clone(), from, to: amount, reason: reason.to_owned() };
    effects.push(tell(&order.enterprise, at, kind));
    let mut step = Step { after: order, effects };
    settle_if_covered(&mut step, Fen::ZERO, None, with, at);
    Ok(step)
}

/// An unpaid order is to be paid by another method from now on. By transfer it stays open for 7 × 24 h from its placing;
/// its time is never cut short. Once a part has arrived by transfer, the rest comes that way too.
pub fn pay_by(mut order: Order, method: Method, at: Timestamp) -> Result<Step<Order>, Refused> {
    let closes_at = order.open_until(at).ok_or(Refused::OrderNotUnpaid)?;
    let mut effects = Vec::new();
    if method != order.method {
        if order.kept > Fen::ZERO {
            return Err(Refused::TransferBegun);
        }
        order.method = method;
        let longer = later(order.placed_at, method.open_seconds());
        if longer > closes_at {
            order.state = OrderState::Unpaid { closes_at: longer };
            effects.push(due(longer, DueWork::CloseOrder(order.id.clone())));
        }
        effects.extend(expect_transfer(&order, at));
    }
    Ok(Step { after: order, effects })
}

/// The buyer takes an unpaid order back (rule O2); what arrived of its amount goes back.
pub fn cancel(order: Order, at: Timestamp) -> Result<Step<Order>, Refused> {
    order.open_until(at).ok_or(Refused::OrderNotUnpaid)?;
    let mut step = Step { after: order, effects: Vec::new() };
    end_unpaid(&mut step, CancelWhy::ByBuyer, None, at);
    Ok(step)
}

/// Due work: an order that was not paid in time closes, in the second that it says (rule O2); what arrived of its amount
/// goes back. `None` where it is not unpaid, or not yet due.
pub fn close(order: Order, at: Timestamp) -> Option<Step<Order>> {
    let OrderState::Unpaid { closes_at } = order.state else { return None };
    (closes_at <= at).then_some(())?;
    let mut step = Step { after: order, effects: Vec::new() };
    end_unpaid(&mut step, CancelWhy::NotPaid, None, closes_at);
    Some(step)
}

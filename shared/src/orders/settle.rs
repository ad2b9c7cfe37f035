//! From money to services: an order whose amount is there is paid (rules L2, L3, L7–L9, L13, O2).

use super::end::{end_other, end_unpaid, give_back};
use super::ledger::{fulfilled, paid, received, reduced};
use super::notice::tell;
use super::step::{due, later};
use super::undo::Applied;
use super::{
    CancelWhy, DueWork, Effect, Intent, Method, NoticeKind, OnService, Order, OrderState, ReturnWhy, Service,
    ServiceState, Step,
};
use crate::calendar::{DAY, Timestamp};
use crate::catalog::Offer;
use crate::json::At;
use crate::lifecycle::{ChangeMode, Quote, Subscription, purchase};
use crate::money::{Fen, share};
use crate::pricing::{Selection, SelectionFile, SelectionRules, named_picks};
use crate::violation::{Problem, Report, Violation};

/// What an order is settled with besides money.
#[derive(Clone, Debug)]
pub struct Settling<'a> {
    /// The offer of the order's own revision.
    pub offer: &'a Offer,
    /// The enterprise's trial of the product, if it has one: buying turns it into a paid service, unless it is closed.
    pub trial: Option<Service>,
    /// The service that the order renews or changes, as it stands.
    pub service: Option<Service>,
    /// The unpaid orders on that service; the order itself may be among them.
    pub rivals: Vec<Order>,
    /// How many of the enterprise's orders of the product have been settled, trials not counted.
    pub settled: u32,
    /// A refund of the product is under review: nothing new is ordered (rule O4).
    pub under_review: bool,
}

impl<'a> Settling<'a> {
    /// For an enterprise that has nothing of the product yet.
    pub const fn first(offer: &'a Offer) -> Self {
        Self { offer, trial: None, service: None, rivals: Vec::new(), settled: 0, under_review: false }
    }
}

/// How an order's amount came to be settled, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// It is paid; so much was too much and goes back.
    Paid { excess: Fen },
    /// So much is missing.
    Missing(Fen),
    /// What it is for cannot be bought any more: all of it, so much, goes back.
    NoLongerAllowed { returned: Fen },
}

/// What the selection costs at `at`, or why it cannot be bought.
pub(super) fn purchased(
    offer: &Offer,
    selection: &SelectionFile,
    at: Timestamp,
    paid: Option<Fen>,
) -> Result<Quote, Vec<Violation>> {
    let (root, mut report) = (At::ROOT, Report::default());
    let (here, term) = (root.key("selection"), root.key("selection"));
    let term = term.key("term");
    let rules = SelectionRules { at: &here, term_at: Some(&term), hidden_allowed: false, limits: true };
    let selection = Selection::check(offer, &selection.as_raw(), rules, &mut report);
    let selection = report.unless_any(selection)?;
    let quote =
        purchase(offer, &selection, at, paid).map_err(|_| vec![Violation::new(here, &Problem::AmountOverflow)])?;
    if quote.after.is_empty() {
        return Ok(Quote { after: bought_for_good(offer, &selection, at), ..quote });
    }
    Ok(quote)
}

/// The subscriptions that a one-time purchase makes: without segments or end (rule L2).
fn bought_for_good(offer: &Offer, selection: &Selection, at: Timestamp) -> Vec<Subscription> {
    let edition = &offer.editions[selection.edition];
    let (quantities, options) = named_picks(edition, &selection.picks);
    let (edition, anchor_day) = (edition.code.clone(), at.day());
    let one = Subscription { edition, quantities, options, trial: false, anchor_day, segments: Vec::new() };
    vec![one; selection.count.into()]
}

/// With `came` having come now, settles an unpaid order as soon as its amount is there, and posts what came.
pub(super) fn settle_if_covered(
    step: &mut Step<Order>,
    came: Fen,
    transaction: Option<(Method, &str)>,
    with: &Settling<'_>,
    at: Timestamp,
) -> Settled {
    let order = &mut step.after;
    let amount = order.amount.due();
    let there = order.kept + came;
    if there < amount {
        step.effects.extend(received(&order.id, came).map(Effect::Post));
        order.kept = there;
        return Settled::Missing(amount - there);
    }
    let arranged = match order.on.clone() {
        Some(on) => arrange_on(order, &on, amount, with, at),
        None => arrange_new(order, amount, with, at),
    };
    let Some(Arranged { amount, shares, services, before, first, last }) = arranged else {
        step.effects.extend(received(&order.id, came).map(Effect::Post));
        order.kept = there;
        end_unpaid(step, CancelWhy::NoLongerAllowed, transaction, at);
        return Settled::NoLongerAllowed { returned: there };
    };
    let ordered = order.amount.due();
    if amount < ordered {
        order.amount.reduced = Some(amount);
        step.effects.extend(reduced(&order.id, ordered - amount).map(Effect::Post));
    }
    order.kept = Fen::ZERO;
    order.state = OrderState::Paid { at };
    order.services = services.iter().map(|(_, service)| service.id.clone()).collect();
    order.turn = Some(with.settled + 1);
    order.before = before;
    let shared = order.services.iter().map(String::as_str).zip(shares);
    step.effects.extend(first.map(Effect::Post));
    step.effects.extend(paid(&order.id, came, amount, shared).map(Effect::Post));
    step.effects.extend(last.map(Effect::Post));
    for (new, service) in &services {
        let service = service.clone();
        let work: Vec<Effect> = service.end_work().collect();
        step.effects.push(if *new { Effect::Create(service) } else { Effect::Update(service) });
        step.effects.extend(work);
    }
    step.effects.push(tell(&order.isv, at, NoticeKind::OrderPaid { order: order.id.clone(), amount }));
    if order.on.is_none() {
        step.effects.push(due(later(at, DAY), DueWork::NotOpened(order.id.clone())));
    }
    // Whatever else was ordered on the service was quoted for what it is no longer.
    let id = order.id.clone();
    for rival in with.rivals.iter().filter(|rival| rival.id != id) {
        step.effects.extend(end_other(rival.clone(), CancelWhy::ServiceChanged, at));
    }
    let excess = there - amount;
    give_back(step, excess, ReturnWhy::Over, transaction, at);
    // A trial that runs has been opened.
    let services: Vec<Service> = services.into_iter().map(|(_, service)| service).collect();
    if let Some(fulfilled) = fulfil(&step.after, &services, at) {
        step.after = fulfilled.after;
        step.effects.extend(fulfilled.effects);
    }
    Settled::Paid { excess }
}

/// What an order leads to, settled now.
struct Arranged {
    /// What is paid for it: what was ordered, or less where less is due by now.
    amount: Fen,
    /// Of that, each service's share.
    shares: Vec<Fen>,
    /// The services, each with whether it is new.
    services: Vec<(bool, Service)>,
    before: Option<super::Before>,
    first: Option<super::ledger::Entry>,
    last: Option<super::ledger::Entry>,
}

/// New services; `None` where they can no longer be bought.
fn arrange_new(order: &Order, amount: Fen, with: &Settling<'_>, at: Timestamp) -> Option<Arranged> {
    let quote = purchased(with.offer, &order.selection, at, Some(amount)).ok()?;
    let shares = share(amount, &vec![1; quote.after.len()]);
    let services = services(order, with.trial.as_ref(), quote.after, &shares, at);
    Some(Arranged { amount, shares, services, before: None, first: None, last: None })
}

/// A service renewed or changed; `None` where that is no longer allowed, or the service not what was quoted.
fn arrange_on(order: &Order, on: &OnService, ordered: Fen, with: &Settling<'_>, at: Timestamp) -> Option<Arranged> {
    let service = with.service.as_ref();
    let evaluate = |paid| on.evaluate(with.offer, service, order, at, paid)?.ok();
    let amount = match on.intent {
        // Every second less is due.
        Intent::Change { mode: ChangeMode::CoTerm } => evaluate(None)?.due.min(ordered),
        Intent::Change { mode: ChangeMode::ReTerm } | Intent::Renew => ordered,
    };
    let quote = evaluate(Some(amount))?;
    let applied = service?.clone().changed_by(&order.id, on.intent, &quote, amount, at)?;
    let Applied { service, before, first, last } = applied;
    Some(Arranged { amount, shares: vec![amount], services: vec![(false, service)], before: Some(before), first, last })
}

/// The services that an order makes, each with whether it is new. A trial that is not closed becomes the first of them.
fn services(
    order: &Order,
    trial: Option<&Service>,
    subscriptions: Vec<Subscription>,
    shares: &[Fen],
    at: Timestamp,
) -> Vec<(bool, Service)> {
    let its_own = |service: &&Service| service.enterprise == order.enterprise && service.product == order.product;
    let mut trial = trial.filter(its_own).filter(|service| service.trial.is_some() && !service.is_closed(at)).cloned();
    let made =
        subscriptions.into_iter().zip(shares).enumerate().map(|(index, (subscription, share))| match trial.take() {
            Some(trial) => (false, trial.bought(&order.id, subscription, *share, at)),
            None => (true, new_service(order, index + 1, subscription, *share, at)),
        });
    made.collect()
}

/// The service with this number in its order.
pub(super) fn new_service(
    order: &Order,
    number: usize,
    subscription: Subscription,
    paid: Fen,
    at: Timestamp,
) -> Service {
    Service {
        id: format!("{}-{number}", order.id),
        order: order.id.clone(),
        product: order.product.clone(),
        enterprise: order.enterprise.clone(),
        isv: order.isv.clone(),
        state: ServiceState::Provisioning { since: at },
        opened: None,
        subscription,
        trial: None,
        paid,
        consumed: Fen::ZERO,
        forfeited: Fen::ZERO,
        refunded: Fen::ZERO,
        noticed: None,
    }
}

/// A paid order whose `services` have all been opened is fulfilled (rule O2), and its amount payable to the ISV; `None`
/// where it is not paid, is fulfilled already, or waits for a service. To be asked for every paid order that a service
/// belongs to, when it is opened: a trial that was bought before it was opened belongs to two.
pub fn fulfil(order: &Order, services: &[Service], at: Timestamp) -> Option<Step<Order>> {
    let OrderState::Paid { at: paid_at } = order.state else { return None };
    let open = |id: &String| services.iter().any(|service| service.id == *id && service.opened.is_some());
    order.services.iter().all(open).then_some(())?;
    let effects = fulfilled(&order.isv, order.amount.due()).map(Effect::Post).into_iter().collect();
    let after = Order { state: OrderState::Fulfilled { paid_at, at }, ..order.clone() };
    Some(Step { after, effects })
}

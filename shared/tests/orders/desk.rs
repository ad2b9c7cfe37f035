//! One order on a desk, as a server would keep it: effects are applied, entries added up, and every step is held against
//! the laws.

use std::collections::BTreeMap;

use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::money::Fen;
use shared::orders::ledger::{Account, Event, Owner};
use shared::orders::{
    Due, Effect, Method, Money, NewOrder, NoticeKind, Order, OrderState, Outcome, Recipient, Refused, Service,
    ServiceState, Settling, Step, place, receive,
};
use shared::pricing::SelectionFile;

pub(crate) const NOON: &str = "2026-01-01T12:00:00+08:00";
/// The product of most cases: 208.00 a year, with a trial of 7 days and an extra one of 3.
const SEED: &str = r#"{
  "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
  "upgrades": [{"from": "standard", "to": "plain"}],
  "editions": [
    {"code": "standard", "name": "标准版", "terms": ["P1M", "P1Y"],
     "price": {"new": {"month": "9", "year": "108"}, "renew": {"month": "9", "year": "108"}},
     "trial_days": 7, "extra_trial_days": 3,
     "charges": [
       {"kind": "quantity", "key": "users", "name": "用户数", "unit": "人",
        "tiers": [{"from": 5, "unit": {"new": {"month": "1", "year": "10"}, "renew": {"month": "1", "year": "10"}}}]},
       {"kind": "option", "key": "model", "name": "型号", "values": [
         {"value": "APP", "price": {"new": {"month": "0", "year": "0"}, "renew": {"month": "0", "year": "0"}}},
         {"value": "WAP", "price": {"new": {"month": "1", "year": "12"}, "renew": {"month": "1", "year": "12"}}}]}]},
    {"code": "long", "name": "长试用", "terms": ["P1Y"], "price": {"new": {"year": "0"}, "renew": {"year": "0"}}, "trial_days": 30},
    {"code": "plain", "name": "无试用", "terms": ["P1Y"], "price": {"new": {"year": "1"}, "renew": {"year": "1"}}},
    {"code": "gone", "name": "已隐藏", "hidden": true, "terms": ["P1Y"], "price": {"new": {"year": "1"}, "renew": {"year": "1"}},
     "trial_days": 7}
  ]}"#;
const ONCE: &str = r#"{"sale_mode": "one_time", "editions": [
    {"code": "standard", "name": "标准版", "price": {"new": {"once": "100"}}, "charges": [
       {"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "tiers": [{"from": 1, "unit": {"new": {"once": "1"}}}]}]}]}"#;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

pub(crate) fn fen(text: &str) -> Fen {
    text.parse().expect(text)
}

pub(crate) fn seed() -> Offer {
    Offer::parse(SEED).expect("a valid configuration")
}

pub(crate) fn once() -> Offer {
    Offer::parse(ONCE).expect("a valid configuration")
}

/// 10 users of the standard edition: 208.00 a year.
pub(crate) fn ten_users(count: u8) -> SelectionFile {
    serde_json::from_value(serde_json::json!({
        "edition": "standard", "term": "P1Y", "quantities": {"users": 10}, "options": {"model": "APP"}, "count": count
    }))
    .expect("a selection")
}

/// 7 users for good: 107.00.
pub(crate) fn for_good(count: u8) -> SelectionFile {
    serde_json::from_value(serde_json::json!({
        "edition": "standard", "quantities": {"users": 7}, "options": {}, "count": count
    }))
    .expect("a selection")
}

/// The year of the edition that is free.
pub(crate) fn free() -> SelectionFile {
    serde_json::from_value(serde_json::json!({
        "edition": "long", "term": "P1Y", "quantities": {}, "options": {}, "count": 1
    }))
    .expect("a selection")
}

pub(crate) fn new_order(selection: SelectionFile, quoted: &str, method: Method) -> NewOrder {
    NewOrder {
        id: "A".to_owned(),
        enterprise: "buyer".to_owned(),
        isv: "isv".to_owned(),
        product: "data".to_owned(),
        revision: 1,
        selection,
        quote: "q".to_owned(),
        quoted: fen(quoted),
        on: None,
        issued_at: at(NOON),
        expires_at: at(NOON).plus_seconds(900).expect("in range"),
        agreement: 1,
        method,
        accept_forfeit: None,
    }
}

/// What a server keeps.
pub(crate) struct Desk {
    pub(crate) offer: Offer,
    pub(crate) now: Timestamp,
    pub(crate) order: Order,
    pub(crate) services: BTreeMap<String, Service>,
    pub(crate) balances: BTreeMap<Account, i64>,
    pub(crate) events: Vec<Event>,
    pub(crate) due: Vec<Due>,
    pub(crate) told: Vec<(Recipient, NoticeKind)>,
    pub(crate) sent_back: Vec<(Fen, Method, Option<String>)>,
    /// What arrived and was counted, added up beside the ledger.
    pub(crate) arrived: i64,
}

impl Desk {
    /// Placed at [`NOON`].
    pub(crate) fn placed(offer: Offer, selection: SelectionFile, quoted: &str, method: Method) -> Self {
        Self::placed_with(offer, new_order(selection, quoted, method), None)
    }

    /// Placed at [`NOON`] by an enterprise that has a trial.
    pub(crate) fn placed_with(offer: Offer, new: NewOrder, trial: Option<Service>) -> Self {
        let now = at(NOON);
        let with = Settling { trial: trial.clone(), ..Settling::first(&offer) };
        let Step { after: order, effects } = place(new, &with, now).expect("an order");
        let services = trial.into_iter().map(|service| (service.id.clone(), service)).collect();
        let mut desk = Self {
            offer,
            now,
            order,
            services,
            balances: BTreeMap::new(),
            events: Vec::new(),
            due: Vec::new(),
            told: Vec::new(),
            sent_back: Vec::new(),
            arrived: 0,
        };
        desk.apply(effects);
        desk.check();
        desk
    }

    /// The seed's order of 208.00 for one year.
    pub(crate) fn seed(method: Method) -> Self {
        Self::placed(seed(), ten_users(1), "208.00", method)
    }

    /// The enterprise's trial, as a server would look it up.
    pub(crate) fn trial(&self) -> Option<Service> {
        self.services.values().find(|service| service.trial.is_some()).cloned()
    }

    pub(crate) fn later(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds).expect("in range");
    }

    /// Takes a step on the order.
    pub(crate) fn step(
        &mut self,
        step: impl FnOnce(Order, &Settling<'_>, Timestamp) -> Result<Step<Order>, Refused>,
    ) -> Result<(), Refused> {
        let with = Settling { trial: self.trial(), ..Settling::first(&self.offer) };
        let taken = step(self.order.clone(), &with, self.now)?;
        self.keep(taken);
        Ok(())
    }

    /// Money arrives.
    pub(crate) fn receive(&mut self, transaction: &str, amount: Fen, via: Method) -> Result<Outcome, Refused> {
        let with = Settling { trial: self.trial(), ..Settling::first(&self.offer) };
        let money = Money { transaction: transaction.to_owned(), amount, via };
        let (outcome, taken) = receive(self.order.clone(), &money, &with, self.now)?;
        if !matches!(outcome, Outcome::Duplicate | Outcome::Mismatch { .. }) {
            self.arrived += amount.fen();
        }
        self.keep(taken);
        Ok(outcome)
    }

    /// Takes a step on a service, and asks whether the order is fulfilled by it.
    pub(crate) fn serve(
        &mut self,
        id: &str,
        step: impl FnOnce(Service, Timestamp) -> Result<Step<Service>, Refused>,
    ) -> Result<(), Refused> {
        let before = self.services[id].clone();
        let Step { after, effects } = step(before.clone(), self.now)?;
        check_service_arrow(&before, &after);
        self.services.insert(id.to_owned(), after);
        self.apply(effects);
        let services: Vec<Service> = self.services.values().cloned().collect();
        if let Some(fulfilled) = shared::orders::fulfil(&self.order, &services, self.now) {
            self.keep(fulfilled);
        }
        self.check();
        Ok(())
    }

    fn keep(&mut self, step: Step<Order>) {
        check_order_arrow(&self.order.state, &step.after.state);
        self.order = step.after;
        self.apply(step.effects);
        self.check();
    }

    fn apply(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Post(entry) => {
                    let mut owners: BTreeMap<Owner<'_>, i64> = BTreeMap::new();
                    for posting in entry.postings() {
                        assert_ne!(posting.fen, Fen::ZERO);
                        *owners.entry(posting.account.owner()).or_default() += posting.fen.fen();
                        *self.balances.entry(posting.account.clone()).or_default() += posting.fen.fen();
                    }
                    assert!(owners.values().all(|sum| *sum == 0), "{entry:?}");
                    self.events.push(entry.event());
                }
                Effect::Create(service) => {
                    assert!(!self.services.contains_key(&service.id), "{} twice", service.id);
                    self.services.insert(service.id.clone(), service);
                }
                Effect::Update(service) => {
                    let before = self.services.insert(service.id.clone(), service.clone()).expect("a service");
                    check_service_arrow(&before, &service);
                }
                Effect::UpdateOrder(_) | Effect::AskRefund(_) => panic!("one order alone: {effect:?}"),
                Effect::Due(due) => self.due.push(due),
                Effect::Notify(notice) => self.told.push((notice.to, notice.kind)),
                Effect::SendBack(back) => self.sent_back.push((back.amount, back.via, back.transaction)),
            }
        }
    }

    pub(crate) fn balance(&self, account: &str) -> i64 {
        let account: Account = account.parse().expect(account);
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// What has to hold after every step.
    pub(crate) fn check(&self) {
        let order = &self.order;
        let (id, due) = (&order.id, order.amount.due().fen());
        let of = |kind: &str| self.balance(&format!("{kind}:{id}"));
        let sum = |kind: &str| -> i64 { self.services.keys().map(|id| self.balance(&format!("{kind}:{id}"))).sum() };
        assert_eq!(of("received"), self.arrived, "every fen that arrived is in the ledger");
        let sent_back: i64 = self.sent_back.iter().map(|(amount, ..)| amount.fen()).sum();
        assert_eq!(-of("returned"), sent_back, "what the ledger returned was sent back");
        assert_eq!(-of("returnable"), order.kept.fen(), "what is kept stands in the ledger");
        assert_eq!(of("received"), sum("paid_in") - of("returned") - of("returnable"), "money of the order");
        assert_eq!(sum("paid_in"), -sum("remaining") - sum("consumed") - sum("refunded") - sum("forfeited"), "L14");
        let (paid, unpaid) = match order.state {
            OrderState::Unpaid { .. } => (false, true),
            OrderState::Paid { .. } | OrderState::Fulfilled { .. } => (true, false),
            OrderState::Cancelled { .. } | OrderState::Refunded { .. } => (false, false),
        };
        assert_eq!(of("receivable"), if unpaid { due } else { 0 });
        assert_eq!(-of("ordered"), if paid || unpaid { due } else { 0 });
        assert_eq!(sum("paid_in"), if paid { due } else { 0 }, "exactly the amount went into services");
        assert!(paid || order.services.is_empty());
        assert!(unpaid || order.kept == Fen::ZERO, "nothing is kept once the order has ended");
        let fulfilled = matches!(order.state, OrderState::Fulfilled { .. });
        assert_eq!(-self.balance("payable:isv"), if fulfilled { due } else { 0 });
        assert!(self.events.iter().filter(|event| **event == Event::Paid).count() <= 1, "settled once");
        for service in self.services.values() {
            let of = |kind: &str| self.balance(&format!("{kind}:{}", service.id));
            assert_eq!(of("paid_in"), service.paid.fen());
            assert_eq!(-of("consumed"), service.consumed.fen());
            assert!(-of("remaining") >= 0);
            let segments = &service.subscription.segments;
            assert!(segments.windows(2).all(|pair| pair[0].end <= pair[1].start), "no overlap");
        }
    }
}

/// Rule O2's arrows, and staying.
fn check_order_arrow(from: &OrderState, to: &OrderState) {
    use OrderState::{Cancelled, Fulfilled, Paid, Refunded, Unpaid};
    let fine = match (from, to) {
        (Unpaid { closes_at: from }, Unpaid { closes_at: to }) => from <= to,
        (Unpaid { .. }, _) | (Paid { .. }, Fulfilled { .. }) => true,
        (Paid { .. } | Fulfilled { .. } | Cancelled { .. } | Refunded { .. }, _) => from == to,
    };
    assert!(fine, "{from:?} → {to:?}");
}

/// Rule L1's arrows, and staying.
fn check_service_arrow(from: &Service, to: &Service) {
    use ServiceState::{Active, Closed, Expired, Provisioning};
    let fine = match (from.state, to.state) {
        (Provisioning { .. }, Active { .. } | Expired { .. } | Provisioning { .. })
        | (Active { .. }, Expired { .. } | Active { .. })
        | (Expired { .. }, Active { .. } | Provisioning { .. } | Closed { .. }) => true,
        (before, after) => before == after,
    };
    assert!(fine, "{:?} → {:?}", from.state, to.state);
    assert!(from.opened.is_none() || from.opened == to.opened, "opened once");
}

//! One enterprise's affairs with one product, as a server would keep them: many orders, services and refunds. Every step is
//! held against the laws.

use std::collections::BTreeMap;

use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::lifecycle::ChangeMode;
use shared::money::Fen;
use shared::orders::ledger::{Account, Owner};
use shared::orders::{
    Due, DueWork, Effect, Intent, Method, Money, NewOrder, NewRefund, OnService, Order, OrderKind, OrderState, Outcome,
    Refund, RefundFacts, RefundState, Refused, Service, ServiceState, Settling, When, answer_for_isv, approve_refund,
    ask_refund, close, close_service, expire, notice_end, opened, place, quote_on, receive, refund_sent, settled_again,
};
use shared::pricing::SelectionFile;

use crate::desk::{NOON, at, seed};

pub(crate) struct Shop {
    pub(crate) offer: Offer,
    pub(crate) now: Timestamp,
    pub(crate) orders: BTreeMap<String, Order>,
    pub(crate) services: BTreeMap<String, Service>,
    pub(crate) refunds: BTreeMap<String, Refund>,
    balances: BTreeMap<Account, i64>,
    due: Vec<Due>,
    /// Refunds that the provider has been asked to send.
    to_send: Vec<String>,
    arrived: i64,
    sent_back: i64,
    made: u32,
}

/// What is wanted of a service.
pub(crate) enum Want {
    Renew(&'static str),
    /// So many users, and the edition.
    CoTerm(u32, &'static str),
    ReTerm(u32, &'static str, &'static str),
}

impl Shop {
    pub(crate) fn open() -> Self {
        Self {
            offer: seed(),
            now: at(NOON),
            orders: BTreeMap::new(),
            services: BTreeMap::new(),
            refunds: BTreeMap::new(),
            balances: BTreeMap::new(),
            due: Vec::new(),
            to_send: Vec::new(),
            arrived: 0,
            sent_back: 0,
            made: 0,
        }
    }

    fn id(&mut self) -> String {
        self.made += 1;
        format!("o{:04}", self.made)
    }

    fn settling(&self, on: Option<&OnService>) -> Settling<'_> {
        let mut with = Settling::first(&self.offer);
        with.settled = self.orders.values().filter_map(|order| order.turn).max().unwrap_or(0);
        with.under_review = self.refunds.values().any(|it| matches!(it.state, RefundState::Reviewing { .. }));
        if let Some(on) = on {
            with.service = self.services.get(&on.service).cloned();
            with.rivals = self
                .unpaid()
                .filter(|order| order.on.as_ref().is_some_and(|it| it.service == on.service))
                .cloned()
                .collect();
        }
        with
    }

    pub(crate) fn unpaid(&self) -> impl Iterator<Item = &Order> {
        self.orders.values().filter(|order| matches!(order.state, OrderState::Unpaid { .. }))
    }

    /// The last settled order that was not refunded.
    pub(crate) fn last(&self) -> Option<&Order> {
        self.orders.values().filter(|order| order.paid_at().is_some()).max_by_key(|order| order.turn)
    }

    fn place(
        &mut self,
        selection: SelectionFile,
        on: Option<OnService>,
        quoted: Fen,
        accept: Fen,
    ) -> Result<String, Refused> {
        let id = self.id();
        let new = NewOrder {
            id: id.clone(),
            enterprise: "buyer".to_owned(),
            isv: "isv".to_owned(),
            product: "data".to_owned(),
            revision: 1,
            selection,
            on: on.clone(),
            quote: id.clone(),
            quoted,
            issued_at: self.now,
            expires_at: self.now.plus_seconds(900).expect("in range"),
            agreement: 1,
            method: Method::Sandbox,
            accept_forfeit: Some(accept),
        };
        let step = place(new, &self.settling(on.as_ref()), self.now)?;
        self.orders.insert(id.clone(), step.after);
        self.apply(step.effects);
        self.check();
        Ok(id)
    }

    /// Orders a new service.
    pub(crate) fn buy(&mut self, selection: SelectionFile, quoted: &str) -> Result<String, Refused> {
        self.place(selection, None, quoted.parse().expect(quoted), Fen::ZERO)
    }

    /// Quotes and orders what is wanted of a service.
    pub(crate) fn order(&mut self, service: &str, want: &Want) -> Result<String, Refused> {
        let had = self.services[service].subscription.clone();
        let selection = |edition: &str, users, term: Option<&str>| SelectionFile {
            edition: edition.to_owned(),
            term: term.map(|term| term.parse().expect(term)),
            quantities: if edition == "standard" { [("users".to_owned(), users)].into() } else { BTreeMap::new() },
            options: if edition == "standard" { had.options.clone() } else { BTreeMap::new() },
            count: 1,
        };
        let (intent, selection) = match want {
            Want::Renew(term) => {
                let users = had.quantities.get("users").copied().unwrap_or_default();
                (Intent::Renew, selection(&had.edition, users, Some(term)))
            }
            Want::CoTerm(users, edition) => {
                (Intent::Change { mode: ChangeMode::CoTerm }, selection(edition, *users, None))
            }
            Want::ReTerm(users, edition, term) => {
                (Intent::Change { mode: ChangeMode::ReTerm }, selection(edition, *users, Some(term)))
            }
        };
        let state = self.services[service].state;
        let when = When::both(self.now);
        let quote = quote_on(&self.offer, &state, &had, intent, &selection.as_raw(), when, None);
        let quote = quote.map_err(Refused::Selection)?;
        let on = OnService { service: service.to_owned(), intent, subscription: had };
        self.place(selection, Some(on), quote.due, quote.forfeited)
    }

    /// The money of an order arrives.
    pub(crate) fn pay(&mut self, id: &str) -> Outcome {
        let order = self.orders[id].clone();
        let amount = order.amount.due();
        if amount == Fen::ZERO {
            return Outcome::Duplicate;
        }
        let money = Money { transaction: format!("t-{id}-{}", order.movements.len()), amount, via: Method::Sandbox };
        let on = order.on.clone();
        let (outcome, step) = receive(order, &money, &self.settling(on.as_ref()), self.now).expect("an amount");
        if !matches!(outcome, Outcome::Duplicate | Outcome::Mismatch { .. }) {
            self.arrived += amount.fen();
        }
        self.orders.insert(id.to_owned(), step.after);
        self.apply(step.effects);
        self.check();
        outcome
    }

    pub(crate) fn open_service(&mut self, id: &str) -> Result<(), Refused> {
        let step = opened(self.services[id].clone(), self.now)?;
        self.services.insert(id.to_owned(), step.after);
        self.apply(step.effects);
        self.check();
        Ok(())
    }

    pub(crate) fn services_of(&self, order: &Order) -> Vec<Service> {
        order.services.iter().map(|id| self.services[id].clone()).collect()
    }

    pub(crate) fn ask(&mut self, id: &str) -> Result<String, Refused> {
        let order = self.orders[id].clone();
        let unpaid: Vec<Order> = self.unpaid().cloned().collect();
        let facts = RefundFacts {
            last_turn: self.last().and_then(|order| order.turn),
            under_review: self.settling(None).under_review,
            services: self.services_of(&order),
            unpaid: u32::try_from(unpaid.len()).expect("few"),
            ..RefundFacts::default()
        };
        let refund = format!("{}-R{}", id, self.refunds.len());
        let new = NewRefund { id: refund.clone(), applicant: "王".to_owned(), reason: "不再需要".to_owned() };
        let step = ask_refund(new, &order, &facts, &unpaid, self.now)?;
        self.refunds.insert(refund.clone(), step.after);
        self.apply(step.effects);
        self.check();
        Ok(refund)
    }

    pub(crate) fn approve(&mut self, id: &str) -> Result<(), Refused> {
        let refund = self.refunds[id].clone();
        let order = self.orders[&refund.order].clone();
        let step = approve_refund(refund, &order, &self.services_of(&order), self.now)?;
        self.refunds.insert(id.to_owned(), step.after);
        self.apply(step.effects);
        self.check();
        Ok(())
    }

    fn apply(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Post(entry) => {
                    let mut owners: BTreeMap<Owner<'_>, i64> = BTreeMap::new();
                    for posting in entry.postings() {
                        *owners.entry(posting.account.owner()).or_default() += posting.fen.fen();
                        *self.balances.entry(posting.account.clone()).or_default() += posting.fen.fen();
                    }
                    assert!(owners.values().all(|sum| *sum == 0), "{entry:?}");
                }
                Effect::Create(service) => assert!(self.services.insert(service.id.clone(), service).is_none()),
                Effect::Update(service) => assert!(self.services.insert(service.id.clone(), service).is_some()),
                Effect::UpdateOrder(order) => assert!(self.orders.insert(order.id.clone(), *order).is_some()),
                Effect::Due(due) => self.due.push(due),
                Effect::SendBack(back) => self.sent_back += back.amount.fen(),
                Effect::AskRefund(asked) => self.to_send.push(asked.refund),
                Effect::Notify(_) => {}
            }
        }
    }

    /// Lets time pass, and does what is due meanwhile, in order.
    pub(crate) fn later(&mut self, seconds: i64) {
        let until = self.now.plus_seconds(seconds).expect("in range");
        for id in core::mem::take(&mut self.to_send) {
            // A provider may say it twice.
            self.sent(&id);
            self.sent(&id);
        }
        while let Some(next) = (0..self.due.len()).min_by_key(|n| self.due[*n].at).filter(|n| self.due[*n].at <= until)
        {
            let due = self.due.remove(next);
            self.now = self.now.max(due.at);
            self.work(due);
            self.check();
        }
        self.now = until;
    }

    fn work(&mut self, due: Due) {
        let at = due.at;
        match due.work {
            DueWork::CloseOrder(id) => {
                if let Some(step) = close(self.orders[&id].clone(), at) {
                    self.orders.insert(id, step.after);
                    self.apply(step.effects);
                }
            }
            DueWork::NoticeEnd(id) => self.step(&id, notice_end(self.services[&id].clone(), at)),
            DueWork::Expire(id) => self.step(&id, expire(self.services[&id].clone(), at)),
            DueWork::CloseService(id) => {
                let renewal =
                    |order: &&Order| order.on.as_ref().is_some_and(|on| on.intent == Intent::Renew && on.service == id);
                let closes_at = |order: &Order| match order.state {
                    OrderState::Unpaid { closes_at } => Some(closes_at),
                    _ => None,
                };
                let until = self.unpaid().filter(renewal).filter_map(closes_at).max();
                self.step(&id, close_service(self.services[&id].clone(), until, at));
            }
            DueWork::NotOpened(_) | DueWork::SettleMonth(_) => {}
            DueWork::AnswerRefund(id) => {
                let refund = self.refunds[&id].clone();
                let order = self.orders[&refund.order].clone();
                if let Some(step) = answer_for_isv(refund, &order, &self.services_of(&order), at) {
                    self.refunds.insert(id, step.after);
                    self.apply(step.effects);
                }
            }
        }
    }

    fn step(&mut self, id: &str, step: Option<shared::orders::Step<Service>>) {
        if let Some(step) = step {
            self.services.insert(id.to_owned(), step.after);
            self.apply(step.effects);
        }
    }

    fn sent(&mut self, id: &str) {
        let refund = self.refunds[id].clone();
        let (order, amount) = (self.orders[&refund.order].clone(), refund.amount);
        if let Some(step) = refund_sent(refund, order, Some((id, amount)), self.now).expect("it is refunding") {
            self.refunds.insert(id.to_owned(), step.after);
            self.apply(step.effects);
        }
    }

    fn balance(&self, kind: &str, id: &str) -> i64 {
        let account: Account = format!("{kind}:{id}").parse().expect(kind);
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// What has to hold after every step.
    pub(crate) fn check(&self) {
        for (id, service) in &self.services {
            let of = |kind| self.balance(kind, id);
            assert_eq!(of("paid_in"), service.paid.fen());
            assert_eq!(of("paid_in"), -of("consumed") - of("remaining") - of("refunded") - of("forfeited"), "L14 {id}");
            assert_eq!(-of("remaining"), service.remaining().fen());
            assert_eq!(-of("consumed"), service.consumed.fen());
            assert_eq!((-of("refunded"), -of("forfeited")), (service.refunded.fen(), service.forfeited.fen()));
            assert_eq!(of("credit"), 0);
            assert!(service.remaining() >= Fen::ZERO && service.consumed >= Fen::ZERO, "{service:?}");
            let on_segments: i64 = service.subscription.segments.iter().map(|it| it.paid.fen()).sum();
            let expected = match service.state {
                ServiceState::Provisioning { .. } | ServiceState::Active { .. } => on_segments,
                ServiceState::Expired { .. } | ServiceState::Closed { .. } => 0,
            };
            assert_eq!(service.remaining().fen(), expected, "{service:?}");
            let credit = service.subscription.credit(self.now).expect("in range");
            assert!(expected == 0 || credit <= service.remaining(), "no more is drawn out than was paid in");
            let segments = &service.subscription.segments;
            assert!(segments.windows(2).all(|pair| pair[0].end <= pair[1].start), "no overlap");
        }
        let mut payable = 0;
        for (id, order) in &self.orders {
            assert_eq!(-self.balance("returnable", id), order.kept.fen(), "{order:?}");
            let open = matches!(order.state, OrderState::Unpaid { .. });
            assert_eq!(self.balance("receivable", id), if open { order.amount.due().fen() } else { 0 });
            let settled = order.paid_at().is_some();
            let ordered = if open || settled { order.amount.due().fen() } else { 0 };
            assert_eq!(-self.balance("ordered", id), ordered);
            if let OrderState::Fulfilled { .. } = order.state {
                payable += order.amount.due().fen();
            }
            if settled && order.kind != OrderKind::Trial {
                let again = settled_again(order, &self.offer).expect("settled again");
                assert_eq!(again.amount, order.amount.due());
            }
        }
        assert_eq!(-self.balance("payable", "isv"), payable);
        let sum = |kind: &str| -> i64 {
            self.balances.iter().filter(|(account, _)| account.kind() == kind).map(|(_, fen)| fen).sum()
        };
        assert_eq!(sum("received"), self.arrived);
        assert_eq!(-sum("returned"), self.sent_back);
        assert!(self.sent_back <= self.arrived, "nobody gets more than was paid in");
    }
}

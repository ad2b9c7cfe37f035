//! The journey's own books: what every service has to look like, by the evaluator's answers, which the second opinion
//! (`tests::oracle`, which shares no code with the market) recomputes line by line.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::calendar::Timestamp;
use tests::evaluate::evaluate;
use tests::oracle::money::{exact_fen, fen};
use tests::oracle::quote::{check, remaining};
use tests::oracle::{list, text};

use crate::action::Action;

/// What a market shows at an instant.
pub(crate) struct Seen {
    pub(crate) orders: Vec<Value>,
    pub(crate) services: Vec<Value>,
    pub(crate) refunds: Vec<Value>,
    pub(crate) now: Timestamp,
}

impl Seen {
    pub(crate) fn new([orders, services, refunds]: [Vec<Value>; 3], now: Timestamp) -> Self {
        Self { orders, services, refunds, now }
    }
}

/// What has to be.
pub(crate) struct Books {
    seed: u64,
    /// Every revision of every product.
    configs: BTreeMap<(String, u64), Value>,
    revisions: BTreeMap<String, u64>,
    /// How each service stands, or stood at its end.
    services: BTreeMap<String, Value>,
    /// By order: how its service stood before.
    before: BTreeMap<String, Value>,
    /// How each order stood when it was looked at last.
    orders: BTreeMap<String, String>,
}

/// Something that changed what services have.
struct Turn<'v> {
    at: Timestamp,
    order: &'v Value,
    undone: bool,
}

impl Books {
    pub(crate) fn new(seed: u64) -> Self {
        let (configs, revisions) = (BTreeMap::new(), BTreeMap::new());
        Self { seed, configs, revisions, services: BTreeMap::new(), before: BTreeMap::new(), orders: BTreeMap::new() }
    }

    pub(crate) fn published(&mut self, slug: &str, config: Value) {
        let revision = self.revisions.entry(slug.to_owned()).or_default();
        *revision += 1;
        self.configs.insert((slug.to_owned(), *revision), config);
    }

    fn config(&self, of: &Value) -> &Value {
        let key = (text(of, "product").to_owned(), of["revision"].as_u64().expect("a revision"));
        self.configs.get(&key).expect("a revision that was published")
    }

    /// Holds what the market shows after an action against the books.
    pub(crate) fn hold(&mut self, action: &Action, answer: Option<&Value>, then: Timestamp, seen: &Seen) {
        if let (Action::Buy { .. } | Action::Change { .. }, Some(answer)) = (action, answer) {
            self.quoted(&answer["quote"], then);
        }
        let mut turns = Vec::new();
        for order in &seen.orders {
            let state = text(&order["state"], "is");
            let known = self.orders.insert(text(order, "id").to_owned(), state.to_owned());
            let was = known.as_deref().unwrap_or("unpaid");
            let settled = was == "unpaid" && ["paid", "fulfilled", "refunded"].contains(&state);
            if settled && order["kind"] != "trial" {
                let at = order["state"].get("paid_at").unwrap_or(&order["state"]["at"]);
                turns.push(Turn { at: instant(at), order, undone: false });
            }
            if state == "refunded" && was != "refunded" {
                turns.push(Turn { at: instant(&order["state"]["at"]), order, undone: true });
            }
        }
        turns.sort_by_key(|turn| (turn.at.unix(), turn.undone));
        for turn in turns {
            if turn.undone { self.undo(turn.order) } else { self.settle(turn.order, turn.at, seen) }
        }
        for service in &seen.services {
            let id = text(service, "id");
            let trial = service.get("trial").is_some_and(|trial| !trial.is_null());
            if let Some(expected) = self.services.get(id).filter(|_| !trial) {
                assert_eq!(*expected, service["subscription"], "seed {}: {id} at {}", self.seed, seen.now);
                self.conserved(service, seen.now);
            } else {
                self.services.insert(id.to_owned(), service["subscription"].clone());
            }
        }
    }

    /// L14: of what was paid in, what neither time nor a change nor a refund has taken is what remains.
    fn conserved(&self, service: &Value, now: Timestamp) {
        let amount = |name: &str| service.get(name).map_or(0, exact_fen);
        let lost = amount("refunded") + amount("forfeited");
        let left = remaining(&service["subscription"], now.unix());
        let paid = amount("paid");
        assert!(
            paid - lost >= left || service["state"]["is"] == "closed",
            "seed {}: more is left than was paid: {service}",
            self.seed
        );
    }

    /// The server's quotation is the evaluator's, which the second opinion shares.
    fn quoted(&self, quote: &Value, then: Timestamp) {
        let request = self.request(quote, then, None);
        let expected = self.recomputed(&request);
        for name in ["total", "credit", "forfeited", "due", "end", "after"] {
            assert_eq!(quote[name], expected[name], "seed {}: {name} of {request}", self.seed);
        }
    }

    fn recomputed(&self, request: &Value) -> Value {
        let answer = evaluate(request).unwrap_or_else(|codes| panic!("seed {}: {codes:?} for {request}", self.seed));
        check(request, &answer);
        answer
    }

    /// The evaluator's request for a quotation or an order.
    fn request(&self, of: &Value, at: Timestamp, paid: Option<i128>) -> Value {
        let (selection, on) = (&of["selection"], of.get("on").unwrap_or(of));
        let mut request = match on["intent"].as_str() {
            None => json!({"op": "purchase", "selection": selection}),
            Some("renew") => json!({"op": "renew", "term": selection["term"]}),
            Some(_) => {
                // A change is of one service.
                let mut selection = selection.clone();
                selection.as_object_mut().expect("an object").remove("count");
                json!({"op": "change", "mode": on["mode"], "selection": selection})
            }
        };
        if let Some(id) = on.get("service").or_else(|| on.get("subscription")).and_then(Value::as_str) {
            request["subscription"] = self.services[id].clone();
        }
        request["config"] = self.config(of).clone();
        request["at"] = json!(at);
        if let Some(paid) = paid {
            request["paid"] = json!(format!("{}.{:02}", paid / 100, paid % 100));
        }
        request
    }

    /// An order is settled: its services become what the evaluator says, as of the instant that rule O2 names.
    fn settle(&mut self, order: &Value, paid_at: Timestamp, seen: &Seen) {
        let re_term = order["mode"] == "re_term";
        let at = if re_term { instant(&order["placed_at"]) } else { paid_at };
        let amount = ["reduced", "repriced", "quoted"].iter().find_map(|name| {
            let amount = order.get(*name).filter(|amount| !amount.is_null())?;
            Some(fen(amount.get("amount").unwrap_or(amount)))
        });
        let amount = amount.expect("an amount");
        let answer = self.recomputed(&self.request(order, at, Some(amount)));
        let after = list(&answer, "after");
        let services = list(order, "services");
        let id = text(order, "id").to_owned();
        for (n, service) in services.iter().filter_map(Value::as_str).enumerate() {
            let before = self.services.remove(service);
            if let Some(before) = before.filter(|_| order.get("intent").is_some()) {
                self.before.insert(id.clone(), before);
            }
            let one_time = || {
                let shown = seen.services.iter().find(|shown| shown["id"] == service).expect("the service");
                shown["subscription"].clone()
            };
            self.services.insert(service.to_owned(), after.get(n).cloned().unwrap_or_else(one_time));
        }
        assert!(after.is_empty() || after.len() == services.len(), "seed {}: {order}", self.seed);
    }

    /// An order is undone: its service stands as before it.
    fn undo(&mut self, order: &Value) {
        if let (Some(before), Some(service)) = (self.before.remove(text(order, "id")), order["services"][0].as_str()) {
            self.services.insert(service.to_owned(), before);
        }
    }
}

fn instant(value: &Value) -> Timestamp {
    value.as_str().expect("an instant").parse().expect("an instant")
}

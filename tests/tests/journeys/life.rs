//! What happens in a journey: actions made from the dice and from what the market shows, done on every stage alike.

use std::fmt::Write as _;

use serde_json::{Value, json};
use shared::catalog::Offer;
use shared::pricing::SelectionFile;
use tests::dice::Dice;
use tests::generate::{Configuration, Size, repriced, selection, selection_of};

use crate::action::{Action, RefundStep};
use crate::books::{Books, Seen};
use crate::stage::{Stage, slug};

/// A journey that goes on.
pub(crate) struct Life {
    seed: u64,
    dice: Dice,
    /// The product sold by subscription, then another one.
    configs: [Configuration; 2],
    books: Books,
    /// What was done and what became of it.
    told: String,
}

impl Life {
    pub(crate) async fn begin(seed: u64, stages: &mut [Stage]) -> Self {
        let mut dice = Dice::seeded(seed);
        let configs =
            [Configuration::roll_subscription(&mut dice, Size::Normal), Configuration::roll(&mut dice, Size::Tiny)];
        let mut books = Books::new(seed);
        for (n, config) in configs.iter().enumerate() {
            for stage in &mut *stages {
                stage.publish(n, &config.json).await;
            }
            books.published(&slug(n), config.json.clone());
        }
        for stage in &*stages {
            stage.people().await;
        }
        Self { seed, dice, configs, books, told: String::new() }
    }

    /// One more action.
    pub(crate) async fn step(&mut self, stages: &mut [Stage]) {
        let seen = Seen::new(stages[0].seen().await, stages[0].now());
        let Some(action) = self.choose(&seen) else { return };
        if let Action::Publish { product, config } = &action {
            self.configs[*product] = Configuration::from_json(config.clone());
            self.books.published(&slug(*product), config.clone());
        }
        let mut first: Option<Result<Value, String>> = None;
        for stage in &mut *stages {
            let answer = stage.act(&action).await;
            match &first {
                None => first = Some(answer),
                Some(first) => assert_eq!(*first, answer, "seed {}: {action:?} on the other database", self.seed),
            }
        }
        let answer = first.expect("a stage");
        writeln!(self.told, "{action:?}\n{answer:?}").expect("written");
        if std::env::var("QUOTIENT_JOURNEY").is_ok() {
            println!("{} {action:?}\n    {answer:?}", seen.now);
        }
        let after = Seen::new(stages[0].seen().await, stages[0].now());
        self.books.hold(&action, answer.as_ref().ok(), seen.now, &after);
    }

    /// The whole history, the same on every stage; every audit is clean, before and after everything has come to its end.
    pub(crate) async fn end(mut self, stages: &mut [Stage]) -> String {
        let year = 366 * 24 * 60 * 60;
        for _ in 0..2 {
            for stage in &*stages {
                stage.audit().await;
            }
            for stage in &mut *stages {
                stage.act(&Action::Pass { seconds: 6 * year }).await.expect("time passes");
            }
            let seen = Seen::new(stages[0].seen().await, stages[0].now());
            self.books.hold(&Action::Pass { seconds: 0 }, None, seen.now, &seen);
        }
        let histories: Vec<_> = futures(stages).await;
        for history in &histories[1..] {
            assert_eq!(histories[0], *history, "seed {}: the same history on both databases", self.seed);
        }
        self.told + &histories[0]
    }

    fn choose(&mut self, seen: &Seen) -> Option<Action> {
        let dice = &mut self.dice;
        let buyer = dice.index(2);
        let method = if dice.chance(25) { "transfer" } else { "sandbox" };
        let unpaid: Vec<&Value> = seen.orders.iter().filter(|order| order["state"]["is"] == "unpaid").collect();
        let running: Vec<&Value> = seen.services.iter().filter(|it| it["state"]["is"] != "closed").collect();
        let open: Vec<&Value> = seen.services.iter().filter(|it| it["state"]["is"] == "provisioning").collect();
        Some(match dice.below(100) {
            0..12 => {
                let product = usize::from(dice.chance(30));
                let offer = &self.configs[product].offer;
                let mut wanted = selection(dice, offer);
                // So that a journey is about few services, of which much becomes.
                wanted.count = wanted.count.min(3);
                Action::Buy {
                    buyer,
                    body: json!({"product": slug(product), "selection": wanted.to_file(offer)}),
                    method,
                }
            }
            12..36 => {
                let order = some(dice, &unpaid)?;
                if order["method"] == "transfer" {
                    let due = order["transfer"]["missing"].as_str()?;
                    let amount = if dice.chance(70) {
                        due.to_owned()
                    } else {
                        format!("{}.{:02}", dice.below(300), dice.below(100))
                    };
                    Action::Transfer { reference: order["transfer"]["reference"].as_str()?.to_owned(), amount }
                } else {
                    let plays: [&'static str; 10] = [
                        "pay",
                        "pay",
                        "pay",
                        "pay",
                        "double",
                        "late",
                        "lost",
                        "out_of_order",
                        "wrong_amount",
                        "refuse",
                    ];
                    Action::Pay { buyer: buyer_of(order), order: id(order), play: plays[dice.index(plays.len())] }
                }
            }
            36..40 => Action::Reprice {
                order: id(some(dice, &unpaid)?),
                amount: format!("{}.{:02}", dice.below(400), dice.below(100)),
            },
            40..42 => {
                let order = some(dice, &unpaid)?;
                Action::Cancel { buyer: buyer_of(order), order: id(order) }
            }
            42..54 => Action::Open { service: id(some(dice, &open)?) },
            54..57 => Action::Trial { buyer, body: trial(dice, &self.configs[0].offer) },
            57..58 => {
                let service = some(dice, &running)?;
                Action::ExtraTrial { buyer: buyer_of(service), service: id(service) }
            }
            58..78 => {
                let service = some(dice, &running)?;
                let product = usize::from(service["product"] != slug(0));
                let body = change(dice, service, &self.configs[product].offer);
                Action::Change { buyer: buyer_of(service), body, method }
            }
            78..82 => {
                let order = some(dice, &seen.orders.iter().collect::<Vec<_>>())?;
                Action::AskRefund { buyer: buyer_of(order), order: id(order) }
            }
            82..87 => {
                let refund = some(dice, &seen.refunds.iter().collect::<Vec<_>>())?;
                let buyer = buyer_of(refund);
                let how = [
                    RefundStep::Approve,
                    RefundStep::Approve,
                    RefundStep::Reject,
                    RefundStep::Withdraw { buyer },
                    RefundStep::Sent,
                ];
                Action::Refund { id: id(refund), how: *dice.pick(&how) }
            }
            87..89 => {
                let product = dice.index(2);
                Action::Publish { product, config: repriced(dice, &self.configs[product].json) }
            }
            89..98 => {
                let seconds = match dice.below(6) {
                    0 => dice.below(120),
                    1 | 2 => dice.below(3 * 86_400),
                    3 | 4 => dice.below(60 * 86_400),
                    _ => dice.below(400 * 86_400),
                };
                Action::Pass { seconds }
            }
            _ => Action::Crash,
        })
    }
}

async fn futures(stages: &[Stage]) -> Vec<String> {
    let mut histories = Vec::new();
    for stage in stages {
        stage.audit().await;
        histories.push(stage.history().await);
    }
    histories
}

fn some<'v>(dice: &mut Dice, values: &[&'v Value]) -> Option<&'v Value> {
    if values.is_empty() { None } else { Some(*dice.pick(values)) }
}

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// Whose it is: the buyers are numbered by their enterprises.
fn buyer_of(value: &Value) -> usize {
    usize::from(value["customer"]["id"] == "two")
}

fn trial(dice: &mut Dice, offer: &Offer) -> Value {
    let wanted = selection(dice, offer).to_file(offer);
    json!({"product": slug(0), "selection": {"edition": wanted.edition, "options": wanted.options}})
}

/// A renewal, or a change: often to more of the same, else to anything.
fn change(dice: &mut Dice, service: &Value, offer: &Offer) -> Value {
    let (subscription, had) = (&service["id"], &service["subscription"]);
    let code = |edition: usize| offer.editions[edition].code.as_str();
    let now = (0..offer.editions.len()).find(|&edition| had["edition"] == code(edition)).unwrap_or_default();
    if dice.chance(35) {
        let sold = &offer.editions[now].terms;
        let term = if sold.is_empty() { "P1Y".to_owned() } else { dice.pick(sold).to_string() };
        return json!({"subscription": subscription, "intent": "renew", "term": term});
    }
    let edition = if dice.chance(70) { now } else { dice.index(offer.editions.len()) };
    let mut wanted: SelectionFile = selection_of(dice, offer, edition).to_file(offer);
    if dice.chance(80) {
        for (key, quantity) in &mut wanted.quantities {
            let had = had["quantities"][key].as_u64().and_then(|had| u32::try_from(had).ok()).unwrap_or_default();
            *quantity = (*quantity).max(had.saturating_add(dice.below(8)));
        }
        for (key, value) in &mut wanted.options {
            if let Some(had) = had["options"][key].as_str().filter(|_| dice.chance(60)) {
                had.clone_into(value);
            }
        }
    }
    let mode = if dice.chance(40) { "re_term" } else { "co_term" };
    let mut wanted = json!({"edition": wanted.edition, "term": wanted.term, "quantities": wanted.quantities, "options": wanted.options});
    if mode == "co_term" {
        wanted.as_object_mut().expect("an object").remove("term");
    }
    json!({"subscription": subscription, "intent": "change", "mode": mode, "selection": wanted})
}

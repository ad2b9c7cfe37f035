//! A random life of a subscription: bought, renewed, changed, while time passes and prices change; and a ledger beside it
//! that knows only what was paid and what the rulebook says is left.

use serde_json::{Value, json};
use shared::calendar::Timestamp;

use crate::dice::Dice;
use crate::evaluate::evaluate;
use crate::generate::{Configuration, Size, instant, later, offset, repriced, selection};
use crate::oracle::money::{exact_fen, fen};
use crate::oracle::quote::{check, remaining};
use crate::oracle::{int, list, text};

/// One service and its money.
#[derive(Debug)]
pub struct Chain {
    config: Value,
    offset: String,
    now: Timestamp,
    /// The subscription as the last quote left it.
    pub subscription: Value,
    /// What was paid in so far, in fen.
    pub paid_in: i128,
    /// What was used up so far: by how much the remaining value fell while time passed.
    pub consumed: i128,
    /// What was forfeited so far.
    pub forfeited: i128,
    /// The steps that were quoted, by name; refused ones leave no trace.
    pub steps: Vec<&'static str>,
}

impl Chain {
    /// A random purchase, of which one instance is followed; `None` where its price is past the limits.
    pub fn begin(dice: &mut Dice) -> Option<Self> {
        let configuration = Configuration::roll_subscription(dice, Size::Normal);
        let offset = offset(dice);
        let now = instant(dice, offset);
        let mut request = json!({
            "op": "purchase", "config": configuration.json, "at": now, "offset": offset.to_string(),
            "selection": selection(dice, &configuration.offer).to_file(&configuration.offer),
        });
        repay(dice, &mut request);
        let quote = quoted(&request).ok()?;
        let bought = list(&quote, "after");
        let subscription = bought[dice.index(bought.len())].clone();
        let paid_in = remaining(&subscription, now.unix());
        let config = configuration.json;
        let offset = offset.to_string();
        let steps = vec!["purchase"];
        let mut chain = Self { config, offset, now, subscription, paid_in, consumed: 0, forfeited: 0, steps };
        chain.balance();
        Some(chain)
    }

    /// A random step at a random later instant.
    ///
    /// # Panics
    /// Where money was made or lost, or the answer does not add up.
    pub fn step(&mut self, dice: &mut Dice) {
        self.pass_time(dice);
        if dice.chance(25) {
            self.config = repriced(dice, &self.config);
        }
        let (name, mut request) = match dice.below(3) {
            0 => ("renew", self.renewal(dice)),
            1 => ("co_term", self.change(dice, "co_term")),
            _ => ("re_term", self.change(dice, "re_term")),
        };
        repay(dice, &mut request);
        let Ok(quote) = quoted(&request) else { return };
        let paid = if request["paid"].is_null() { exact_fen(&quote["due"]) } else { fen(&request["paid"]) };
        let before = self.end();
        self.paid_in += paid;
        self.forfeited += exact_fen(&quote["forfeited"]);
        self.subscription = quote["after"][0].clone();
        self.steps.push(name);
        match name {
            "renew" => assert!(self.end() > before, "a renewal reaches further"),
            "co_term" => assert_eq!(self.end(), before, "the end stays"),
            _ => assert!(self.end() > self.now, "the new term begins now"),
        }
        self.balance();
    }

    fn request(&self, op: &str) -> Value {
        json!({"op": op, "config": self.config, "subscription": self.subscription, "at": self.now, "offset": self.offset})
    }

    fn end(&self) -> Timestamp {
        let last = list(&self.subscription, "segments").last().expect("a segment");
        text(last, "end").parse().expect("an instant")
    }

    fn value(&self) -> i128 {
        remaining(&self.subscription, self.now.unix())
    }

    fn pass_time(&mut self, dice: &mut Dice) {
        let value = self.value();
        let left = self.end().since(self.now).max(0);
        self.now = match dice.below(8) {
            0 => self.now.plus_seconds(left).expect("in range"),
            1..=4 => self.now.plus_seconds(left / 100 * i64::from(dice.below(100))).expect("in range"),
            _ => later(dice, self.now),
        };
        let consumed = value - self.value();
        assert!(consumed >= 0, "time never adds value");
        self.consumed += consumed;
    }

    fn renewal(&self, dice: &mut Dice) -> Value {
        let mut request = self.request("renew");
        let terms = &crate::oracle::price::edition(&self.config, text(&self.subscription, "edition"))["terms"];
        request["term"] = dice.pick(terms.as_array().expect("terms")).clone();
        request
    }

    /// A change that has a good chance to be allowed: the same edition or one that a rule leads to, quantities no lower.
    fn change(&self, dice: &mut Dice, mode: &str) -> Value {
        let mut request = self.request("change");
        let from = text(&self.subscription, "edition");
        let rules = list(&self.config, "upgrades").iter().filter(|rule| rule["from"] == from);
        let targets: Vec<&str> = core::iter::once(from).chain(rules.map(|rule| text(rule, "to"))).collect();
        let target = *dice.pick(&targets);
        let edition = crate::oracle::price::edition(&self.config, target);
        let (mut quantities, mut options) = (json!({}), json!({}));
        for charge in list(edition, "charges") {
            let key = text(charge, "key");
            if text(charge, "kind") == "option" {
                let known = &self.subscription["options"][key];
                let kept = list(charge, "values").iter().any(|value| value["value"] == *known) && dice.chance(70);
                options[key] = if kept { known.clone() } else { dice.pick(list(charge, "values"))["value"].clone() };
            } else {
                let minimum = int(&charge["tiers"][0], "from");
                let known = self.subscription["quantities"][key].as_i64().map_or(minimum, i128::from).max(minimum);
                let wanted = known + i128::from(*dice.pick(&[1, 0, 0, 5, 40]));
                let most = charge["max"].as_i64().unwrap_or(1_000_000_000);
                quantities[key] = json!(i64::try_from(wanted).unwrap_or(most).min(most));
            }
        }
        request["mode"] = json!(mode);
        request["selection"] = json!({"edition": target, "quantities": quantities, "options": options});
        if mode == "re_term" {
            request["selection"]["term"] = dice.pick(edition["terms"].as_array().expect("terms")).clone();
        }
        request
    }

    /// L14: paid in = consumed + remaining + forfeited, and the evaluator's credit is what remains.
    fn balance(&mut self) {
        let left = self.value();
        assert_eq!(self.paid_in, self.consumed + left + self.forfeited, "money is conserved: {self:#?}");
        let credit = evaluate(&json!({"op": "credit", "subscription": self.subscription, "at": self.now}));
        let credit = exact_fen(&credit.expect("a quote's subscription is a subscription")["credit"]);
        assert_eq!(credit, left, "credit");
        assert!(credit <= self.paid_in - self.consumed, "never more than was paid in");
    }
}

/// A random amount really paid, in some requests.
fn repay(dice: &mut Dice, request: &mut Value) {
    if dice.chance(35) {
        request["paid"] = json!(format!("{}.{:02}", dice.below(2000), dice.below(100)));
    }
}

/// The quote, held against everything that holds for quotes.
fn quoted(request: &Value) -> crate::evaluate::Answer {
    let answer = evaluate(request)?;
    check(request, &answer);
    Ok(answer)
}

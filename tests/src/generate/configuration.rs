//! Random valid sales configurations (rulebook section 2).

use serde_json::{Map, Value, json};
use shared::calendar::{Period, Term};
use shared::catalog::Offer;

use crate::dice::Dice;

/// How large a configuration may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// For brute force: every quantity has a maximum of at most 12, prices are small and often equal, at most two
    /// charges and three terms.
    Tiny,
    /// As configurations are in practice, rarely with a price at its limit or a quantity without maximum.
    Normal,
}

/// A valid configuration, in every form that a test may want.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The contract's JSON.
    pub json: Value,
    /// The same as text.
    pub text: String,
    /// What it parses to.
    pub offer: Offer,
}

impl Configuration {
    /// A random one.
    ///
    /// # Panics
    /// Where what was meant to be valid is refused: then this generator or the parser is wrong.
    pub fn roll(dice: &mut Dice, size: Size) -> Self {
        Self::from_json(Builder { dice, size, one_time: false, months: false }.configuration())
    }

    /// A random one that is sold by subscription.
    pub fn roll_subscription(dice: &mut Dice, size: Size) -> Self {
        Self::from_json(Builder { dice, size, one_time: false, months: false }.sold_by(false))
    }

    /// A configuration that is valid.
    ///
    /// # Panics
    /// Where it is not.
    pub fn from_json(json: Value) -> Self {
        let text = json.to_string();
        let offer = Offer::parse(&text).unwrap_or_else(|violations| panic!("{violations:#?}\nin {text}"));
        Self { json, text, offer }
    }
}

/// A charge as it is defined once for the product (rule S9).
#[derive(Clone)]
struct Defined {
    key: &'static str,
    name: &'static str,
    unit: Option<&'static str>,
}

const DEFINED: [Defined; 5] = [
    Defined { key: "users", name: "用户数", unit: Some("人") },
    Defined { key: "model", name: "型号", unit: None },
    Defined { key: "Storage_GB", name: "存储空间", unit: Some("GB") },
    Defined { key: "q", name: "Q", unit: Some("次/日") },
    Defined { key: "region", name: "地域", unit: None },
];
const NAMES: [&str; 4] = ["标准版", "专业版", "Enterprise", "旗舰版2"];
const CODES: [&str; 4] = ["standard", "pro", "ed-2", "0"];
const VALUES: [&str; 5] = ["APP+WAP", "APP+WAP+微信", "a/b~c", "\"quoted\" \\ 值", "上海"];

struct Builder<'d> {
    dice: &'d mut Dice,
    size: Size,
    one_time: bool,
    /// The edition at hand sells a term of months.
    months: bool,
}

impl Builder<'_> {
    fn tiny(&self) -> bool {
        self.size == Size::Tiny
    }

    fn configuration(self) -> Value {
        let one_time = self.dice.chance(12);
        self.sold_by(one_time)
    }

    fn sold_by(mut self, one_time: bool) -> Value {
        self.one_time = one_time;
        let editions = self.dice.between(1, if self.tiny() { 3 } else { 4 }) as usize;
        let most = if self.tiny() { 2 } else { DEFINED.len() };
        let defined = self.dice.some(&DEFINED, 0).into_iter().take(most).collect::<Vec<_>>();
        let visible = self.dice.index(editions);
        let mut config = Map::new();
        let sale_mode = if self.one_time { "one_time" } else { "subscription" };
        config.insert("sale_mode".into(), json!(sale_mode));
        let list = (0..editions).map(|i| self.edition(i, i == visible, &defined)).collect();
        config.insert("editions".into(), Value::Array(list));
        if self.dice.chance(25) {
            config.insert("price_cap".into(), self.cap());
        }
        if !self.one_time {
            config.insert("day_count".into(), json!(self.dice.pick(&["calendar", "fixed"])));
            let modes: [&[&str]; 4] = [&["co_term", "re_term"], &["re_term", "co_term"], &["co_term"], &["re_term"]];
            config.insert("change_modes".into(), json!(self.dice.pick(&modes)));
            self.put_list(&mut config, "upgrades", |this| this.upgrades(editions));
            self.put_list(&mut config, "term_offers", Self::term_offers);
        }
        Value::Object(config)
    }

    /// A list that may be left out, or be `null`, where it is empty (rule S20).
    fn put_list(&mut self, fields: &mut Map<String, Value>, name: &str, list: impl FnOnce(&mut Self) -> Vec<Value>) {
        let list = list(self);
        match (list.is_empty(), self.dice.below(3)) {
            (true, 0) => {}
            (true, 1) => drop(fields.insert(name.into(), Value::Null)),
            _ => drop(fields.insert(name.into(), Value::Array(list))),
        }
    }

    fn edition(&mut self, index: usize, visible: bool, defined: &[Defined]) -> Value {
        let mut edition = Map::new();
        edition.insert("code".into(), json!(CODES[index]));
        edition.insert("name".into(), json!(NAMES[index]));
        if !visible && self.dice.chance(25) {
            edition.insert("hidden".into(), json!(true));
        } else if self.dice.chance(30) {
            edition.insert("hidden".into(), self.dice.pick(&[Value::Bool(false), Value::Null]).clone());
        }
        if !self.one_time {
            let terms = self.terms();
            self.months = terms.iter().any(|term| term.period() == Period::Month);
            edition.insert("terms".into(), json!(terms));
            if self.dice.chance(30) {
                edition.insert("trial_days".into(), json!(self.dice.between(1, 180)));
                if self.dice.chance(50) {
                    edition.insert("extra_trial_days".into(), json!(self.dice.between(1, 180)));
                }
            }
        }
        edition.insert("price".into(), self.price_set());
        let ticked = if self.dice.chance(60) { defined.to_vec() } else { self.dice.some(defined, 0) };
        self.put_list(&mut edition, "charges", |this| ticked.iter().map(|defined| this.charge(defined)).collect());
        Value::Object(edition)
    }

    fn terms(&mut self) -> Vec<Term> {
        let tiny = ["P1Y", "P1M", "P2M", "P3M", "P6M", "P2Y"].map(|text| text.parse().expect("a term"));
        let all: Vec<Term> = if self.tiny() { tiny.to_vec() } else { Term::all().collect() };
        let mut left = all;
        let most = if self.tiny() { 3 } else { 6 };
        let n = self.dice.between(1, most);
        // Display order is the ISV's, not the terms' own.
        (0..n).map(|_| left.remove(self.dice.index(left.len()))).collect()
    }

    fn charge(&mut self, defined: &Defined) -> Value {
        let mut charge = Map::new();
        charge.insert("key".into(), json!(defined.key));
        charge.insert("name".into(), json!(defined.name));
        if let Some(unit) = defined.unit {
            charge.insert("kind".into(), json!("quantity"));
            charge.insert("unit".into(), json!(unit));
            self.quantity(&mut charge);
        } else {
            charge.insert("kind".into(), json!("option"));
            let values = self.dice.some(&VALUES, 1);
            let priced = values.iter().map(|value| json!({"value": value, "price": self.price_set()}));
            charge.insert("values".into(), priced.collect());
        }
        Value::Object(charge)
    }

    fn quantity(&mut self, charge: &mut Map<String, Value>) {
        let step = if self.tiny() { 3 } else { 40 };
        let mut from = self.dice.below(if self.tiny() { 4 } else { 12 });
        let mut tiers = Vec::new();
        for _ in 0..self.dice.between(1, if self.tiny() { 3 } else { 5 }) {
            let shape = if self.dice.chance(20) { "flat" } else { "unit" };
            tiers.push(json!({"from": from, shape: self.price_set()}));
            from += self.dice.between(1, step);
        }
        // The last tier begins below `from`, so that a maximum of `from − 1` is the tightest allowed.
        let most = from - 1 + self.dice.below(step);
        if self.tiny() || self.dice.chance(60) {
            charge.insert("max".into(), json!(most));
        } else if self.dice.chance(30) {
            charge.insert("max".into(), Value::Null);
        }
        match self.dice.below(4) {
            0 => {}
            1 => drop(charge.insert("tier_mode".into(), json!("volume"))),
            _ => drop(charge.insert("tier_mode".into(), json!("graduated"))),
        }
        charge.insert("tiers".into(), Value::Array(tiers));
    }

    fn price_set(&mut self) -> Value {
        if self.one_time {
            return json!({"new": {"once": self.price(1)}});
        }
        let new = self.prices();
        let renew = if self.dice.chance(40) { self.prices() } else { new.clone() };
        json!({"new": new, "renew": renew})
    }

    fn prices(&mut self) -> Value {
        let mut prices = Map::new();
        let shape = self.dice.below(4);
        if self.months || shape != 0 {
            prices.insert("month".into(), self.price(1));
        }
        if shape != 1 {
            prices.insert("year".into(), self.price(10));
        }
        Value::Object(prices)
    }

    /// A price around `scale` yuan: whole ones, ones with fen, free ones, and rarely the largest.
    fn price(&mut self, scale: u32) -> Value {
        let most = if self.tiny() { 5 } else { 40 };
        let yuan = self.dice.below(most) * scale;
        let text = match self.dice.below(24) {
            0..=7 => format!("{yuan}"),
            8..=9 => format!("{yuan}.{}", self.dice.below(10)),
            10..=20 => format!("{yuan}.{:02}", self.dice.below(100)),
            21 => "0.01".to_owned(),
            22 if !self.tiny() && self.dice.chance(10) => "99999999.99".to_owned(),
            _ => "0".to_owned(),
        };
        Value::String(text)
    }

    fn cap(&mut self) -> Value {
        let most = if self.tiny() { 60 } else { 4000 };
        json!(format!("{}.{:02}", self.dice.below(most), self.dice.below(100)))
    }

    fn upgrades(&mut self, editions: usize) -> Vec<Value> {
        let pairs = (0..editions).flat_map(|from| (0..editions).map(move |to| (from, to)));
        let pairs: Vec<(usize, usize)> = pairs.filter(|(from, to)| from != to).collect();
        let chosen = self.dice.some(&pairs, 0);
        chosen.into_iter().map(|(from, to)| json!({"from": CODES[from], "to": CODES[to]})).collect()
    }

    fn term_offers(&mut self) -> Vec<Value> {
        let gifts = match self.dice.below(3) {
            0 => return Vec::new(),
            kind => kind == 1,
        };
        let mut left: Vec<Term> = Term::all().collect();
        let mut offers = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let term = left.remove(self.dice.index(left.len()));
            offers.push(if gifts {
                let most = term.fixed_days() * 35 / 100;
                let days = if self.dice.chance(30) { most } else { self.dice.below(most + 1) };
                json!({"min_term": term, "gift_days": days})
            } else {
                let rates = ["0.85", "0.9", "1", "0.70", "0.7001", "0.9999", "0.88"];
                json!({"min_term": term, "discount": self.dice.pick(&rates)})
            });
        }
        offers
    }
}

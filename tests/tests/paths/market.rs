//! A product as the enumeration sees it: every selection that paths lead through, and what each costs, by the second opinion
//! of `tests::oracle`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::oracle::calendar::Moment;
use tests::oracle::price::{edition, gift_days, instance_price, list_amounts};
use tests::oracle::{int, list, text};

/// `{"edition", "quantities", "options"}`.
pub(crate) type Chosen = Value;

pub(crate) struct Market {
    pub(crate) config: Value,
    pub(crate) now: Moment,
    pub(crate) until: i64,
    pub(crate) wanted: Chosen,
    /// Every selection; what a service has is among them.
    pub(crate) all: Vec<Chosen>,
    pub(crate) held: Option<usize>,
    /// Every term that is sold.
    pub(crate) terms: Vec<String>,
    pub(crate) gift_days: Vec<i64>,
    /// By selection and term: the instance price at purchase and at renewal; `None` past the limits at either.
    prices: Vec<Vec<Option<(i128, i128)>>>,
    /// By selection and term: the list amounts of its options at purchase.
    options: Vec<Vec<Vec<i128>>>,
    /// By selection: the terms that its edition sells.
    sold: Vec<Vec<usize>>,
    pub(crate) has_wanted: Vec<bool>,
    pub(crate) within_limits: Vec<bool>,
    pub(crate) for_sale: Vec<bool>,
    /// By selection: those that it may become, but for options (rules L10, L11).
    pub(crate) targets: Vec<Vec<usize>>,
    pub(crate) same_edition: Vec<Vec<bool>>,
}

impl Market {
    pub(crate) fn new(config: &Value, now: Moment, until: i64, wanted: &Value, held: Option<Chosen>) -> Self {
        let wanted = chosen(wanted);
        let editions = || list(config, "editions").iter();
        let visible = editions().filter(|edition| edition["hidden"] != true);
        let mut all: Vec<Chosen> = visible.flat_map(|edition| selections(edition, &wanted, held.as_ref())).collect();
        let held = held.map(|held| {
            all.iter().position(|known| *known == held).unwrap_or_else(|| {
                all.push(held);
                all.len() - 1
            })
        });
        let terms: BTreeSet<String> = editions()
            .flat_map(|edition| list(edition, "terms"))
            .map(|term| term.as_str().expect("a term").to_owned())
            .collect();
        let terms: Vec<String> = terms.into_iter().collect();
        let mut market = Self {
            config: config.clone(),
            now,
            until,
            wanted,
            all,
            held,
            gift_days: terms.iter().map(|term| gift_days(config, term)).collect(),
            terms,
            prices: Vec::new(),
            options: Vec::new(),
            sold: Vec::new(),
            has_wanted: Vec::new(),
            within_limits: Vec::new(),
            for_sale: Vec::new(),
            targets: Vec::new(),
            same_edition: Vec::new(),
        };
        let nodes = 0..market.all.len();
        market.prices = nodes.clone().map(|node| market.priced(node)).collect();
        market.options = nodes.clone().map(|node| market.optioned(node)).collect();
        market.sold = nodes.clone().map(|node| market.sells(node)).collect();
        market.has_wanted = nodes.clone().map(|node| market.has(node)).collect();
        market.within_limits = nodes.clone().map(|node| market.limited(node)).collect();
        let visible = |node: usize| market.edition(node)["hidden"] != true;
        market.for_sale = nodes.clone().map(|node| market.within_limits[node] && visible(node)).collect();
        let targets = |from| nodes.clone().filter(|to| market.may_become(from, *to)).collect();
        market.targets = nodes.clone().map(targets).collect();
        let same =
            |from: usize| nodes.clone().map(|to| market.all[from]["edition"] == market.all[to]["edition"]).collect();
        market.same_edition = nodes.clone().map(same).collect();
        market
    }

    pub(crate) fn term(&self, text: &str) -> usize {
        self.terms.iter().position(|known| known == text).expect("a term sold")
    }

    fn priced(&self, node: usize) -> Vec<Option<(i128, i128)>> {
        let of = |kind, term: &str| instance_price(&self.config, &self.all[node], kind, Some(term)).ok();
        self.terms.iter().map(|term| of("new", term).zip(of("renew", term))).collect()
    }

    fn optioned(&self, node: usize) -> Vec<Vec<i128>> {
        let options: Vec<usize> = list(self.edition(node), "charges")
            .iter()
            .enumerate()
            .filter(|(_, charge)| charge["kind"] == "option")
            .map(|(i, _)| i + 1)
            .collect();
        let of = |term: &String| {
            let lines = list_amounts(&self.config, &self.all[node], "new", Some(term)).ok();
            lines.map_or(Vec::new(), |lines| options.iter().map(|i| lines[*i]).collect())
        };
        self.terms.iter().map(of).collect()
    }

    fn sells(&self, node: usize) -> Vec<usize> {
        list(self.edition(node), "terms").iter().map(|term| self.term(term.as_str().expect("a term"))).collect()
    }

    /// The terms that its edition sells.
    pub(crate) fn sold(&self, node: usize) -> &[usize] {
        &self.sold[node]
    }

    /// What the instance costs for the term at purchase and at renewal.
    pub(crate) fn price(&self, node: usize, term: usize) -> Option<(i128, i128)> {
        self.prices[node][term]
    }

    /// Rule L10: no option of the same edition to a value that costs less at purchase.
    pub(crate) fn options_hold(&self, from: usize, to: usize, term: usize) -> bool {
        let (old, new) = (&self.options[from][term], &self.options[to][term]);
        !self.same_edition[from][to] || (old.len() == new.len() && old.iter().zip(new).all(|(old, new)| new >= old))
    }

    pub(crate) fn edition(&self, node: usize) -> &Value {
        edition(&self.config, text(&self.all[node], "edition"))
    }

    pub(crate) fn mode(&self, mode: &str) -> bool {
        list(&self.config, "change_modes").iter().any(|known| known == mode)
    }

    pub(crate) fn fixed(&self) -> bool {
        self.config["day_count"] == "fixed"
    }

    fn has(&self, node: usize) -> bool {
        let has = &self.all[node];
        has["edition"] == self.wanted["edition"]
            && has["options"] == self.wanted["options"]
            && numbers(&self.wanted).all(|(key, n)| has["quantities"][key].as_i64() >= Some(n))
    }

    /// Exactly what is wanted, raised to what the service has and may not lose.
    pub(crate) fn exact(&self) -> Option<usize> {
        let mut exact = self.wanted.clone();
        if let Some(held) = self.held {
            for (key, n) in numbers(&self.wanted) {
                let has = self.all[held]["quantities"][key].as_i64().unwrap_or(0);
                exact["quantities"][key] = json!(n.max(has));
            }
        }
        self.all.iter().position(|known| *known == exact)
    }

    fn limited(&self, node: usize) -> bool {
        list(self.edition(node), "charges").iter().filter(|charge| charge["kind"] == "quantity").all(|charge| {
            let n = int(&self.all[node]["quantities"], text(charge, "key"));
            int(&charge["tiers"][0], "from") <= n && charge["max"].as_i64().is_none_or(|max| n <= max.into())
        })
    }

    /// Rules L10 and L11, but for options.
    fn may_become(&self, from: usize, to: usize) -> bool {
        let (old, new) = (&self.all[from], &self.all[to]);
        let rule = |rule: &Value| rule["from"] == old["edition"] && rule["to"] == new["edition"];
        let linked = old["edition"] == new["edition"] || list(&self.config, "upgrades").iter().any(rule);
        let kept = numbers(new).all(|(key, n)| old["quantities"][key].as_i64().is_none_or(|now| now <= n));
        linked && kept && self.edition(from)["hidden"] != true && self.for_sale[to]
    }
}

/// Edition, quantities and options alone, with both fields there.
pub(crate) fn chosen(value: &Value) -> Chosen {
    let or_empty = |name: &str| if value[name].is_null() { json!({}) } else { value[name].clone() };
    json!({"edition": value["edition"], "quantities": or_empty("quantities"), "options": or_empty("options")})
}

fn numbers(chosen: &Chosen) -> impl Iterator<Item = (&String, i64)> {
    let quantities = chosen["quantities"].as_object().expect("quantities").iter();
    quantities.map(|(key, n)| (key, n.as_i64().expect("a number")))
}

/// Of each quantity the minimum, each tier's first and last, the wanted and the held one; of each option all.
fn selections(edition: &Value, wanted: &Chosen, held: Option<&Chosen>) -> Vec<Chosen> {
    let mut all = vec![json!({"edition": edition["code"], "quantities": {}, "options": {}})];
    for charge in list(edition, "charges") {
        let key = text(charge, "key");
        let picks: Vec<Value> = if charge["kind"] == "option" {
            list(charge, "values").iter().map(|value| value["value"].clone()).collect()
        } else {
            let tiers: Vec<i64> =
                list(charge, "tiers").iter().map(|tier| tier["from"].as_i64().expect("a number")).collect();
            let (least, most) = (tiers[0], charge["max"].as_i64());
            let mut numbers: BTreeSet<i64> = tiers.iter().copied().collect();
            numbers.extend(tiers[1..].iter().map(|from| from - 1));
            numbers.extend(most);
            numbers.extend(wanted["quantities"][key].as_i64());
            numbers.extend(held.and_then(|held| held["quantities"][key].as_i64()));
            numbers.retain(|n| *n >= least && most.is_none_or(|most| *n <= most));
            numbers.into_iter().map(Value::from).collect()
        };
        let field = if charge["kind"] == "option" { "options" } else { "quantities" };
        let with = |chosen: &Chosen, pick: &Value| {
            let mut chosen = chosen.clone();
            chosen[field][key] = pick.clone();
            chosen
        };
        all = all.iter().flat_map(|chosen| picks.iter().map(|pick| with(chosen, pick)).collect::<Vec<_>>()).collect();
    }
    all
}

//! The search for cheaper paths against trying out every path, on small random products.
//!
//! What judges shares no code with what is judged: selections, prices, changes and the calendar are computed again from the
//! configuration's JSON. `QUOTIENT_CONFIGURATIONS` sets how many products are tried (400), `QUOTIENT_SEED` where they begin.

mod enumerate;
mod market;
mod witness;

use std::collections::BTreeMap;

use enumerate::{Cheapest, Enumeration, Service};
use market::{Market, chosen};
use serde_json::{Value, json};
use shared::calendar::Timestamp;
use shared::lifecycle::Subscription;
use shared::paths::{Found, Wanted, search};
use tests::dice::Dice;
use tests::evaluate::evaluate;
use tests::generate::{Configuration, Size, instant, offset, selection};
use tests::oracle::calendar::{Moment, end};
use tests::oracle::price::gift_days;
use tests::oracle::{list, text};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect(name))
}

/// More services than this are not enumerated.
const MOST: u64 = 50_000;

/// A product, a service or none, and what is wanted.
struct Case {
    configuration: Configuration,
    offset: String,
    now: Timestamp,
    until: Timestamp,
    wanted: shared::pricing::Selection,
    service: Option<Value>,
}

impl Case {
    fn roll(seed: u64) -> Option<Self> {
        let dice = &mut Dice::seeded(seed);
        let configuration = Configuration::roll_subscription(dice, Size::Tiny);
        let offset = offset(dice);
        let begin = instant(dice, offset);
        let wanted = selection(dice, &configuration.offer);
        let text = offset.to_string();
        let (service, now) = if dice.chance(50) {
            let (service, now) = live(dice, &configuration, begin, &text)?;
            (Some(service), now)
        } else {
            (None, begin)
        };
        let until = until(dice, &configuration.json, now)?;
        Some(Self { configuration, offset: text, now, until, wanted, service })
    }

    fn search(&self) -> Found {
        let service: Option<Subscription> =
            self.service.as_ref().map(|service| serde_json::from_value(service.clone()).expect("reads"));
        let wanted = Wanted { selection: &self.wanted, until: self.until };
        search(&self.configuration.offer, service.as_ref(), wanted, self.now).expect("small enough")
    }

    fn market(&self) -> Market {
        let wanted = serde_json::to_value(self.wanted.to_file(&self.configuration.offer)).expect("prints");
        let now = Moment::read(&self.now.to_string());
        Market::new(&self.configuration.json, now, self.until.unix(), &wanted, self.service.as_ref().map(chosen))
    }
}

/// A service that was bought, perhaps renewed or changed, and now runs or has lately ended.
fn live(dice: &mut Dice, configuration: &Configuration, begin: Timestamp, offset: &str) -> Option<(Value, Timestamp)> {
    let mut bought = selection(dice, &configuration.offer);
    bought.count = 1;
    let bought = serde_json::to_value(bought.to_file(&configuration.offer)).expect("prints");
    let request = |op: &str| json!({"op": op, "config": configuration.json, "at": begin, "offset": offset});
    let mut purchase = request("purchase");
    purchase["selection"] = bought.clone();
    let mut service = evaluate(&purchase).ok()?["after"][0].clone();
    if dice.chance(50) {
        let mut renewal = request("renew");
        renewal["subscription"] = service.clone();
        renewal["term"] = bought["term"].clone();
        if let Ok(quote) = evaluate(&renewal) {
            service = quote["after"][0].clone();
        }
    }
    let last: Timestamp = text(list(&service, "segments").last()?, "end").parse().expect("an instant");
    let length = u32::try_from(last.since(begin)).ok()?;
    let passed = match dice.below(8) {
        0 => 0,
        1 => length + dice.below(8 * 86_400),
        2 => length - 1,
        _ => dice.below(length),
    };
    Some((service, begin.plus_seconds(passed.into())?))
}

/// A date to which some terms of the product reach, or a second from it, or any.
fn until(dice: &mut Dice, config: &Value, now: Timestamp) -> Option<Timestamp> {
    let terms: Vec<&str> =
        list(config, "editions").iter().flat_map(|edition| list(edition, "terms")).filter_map(Value::as_str).collect();
    let (mut at, mut anchor) = (Moment::read(&now.to_string()), None);
    for _ in 0..dice.between(1, 3) {
        let term = dice.pick(&terms);
        let (unix, day) = end(at, anchor, term, gift_days(config, term), config["day_count"] == "fixed");
        (at, anchor) = (Moment { unix, ..at }, Some(day));
    }
    let seconds = at.unix - now.unix() + i64::from(*dice.pick(&[0, 0, 1, -1, -86_400]));
    now.plus_seconds(seconds.clamp(1, 1827 * 86_400))
}

#[test]
fn no_cheaper_path_is_missed_and_none_is_false() {
    let first = setting("QUOTIENT_SEED", 0);
    let count = setting("QUOTIENT_CONFIGURATIONS", 400);
    let (mut compared, mut skipped, mut looked_at) = (0_u64, 0_u64, 0_u64);
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + count {
        let Some(case) = Case::roll(seed) else { continue };
        let market = case.market();
        let start = case.service.as_ref().zip(market.held);
        let start = start.map(|(service, held)| Service::read(&market, service, held, case.now.unix()));
        let mut all = Enumeration::new(&market, MOST);
        let direct = all.direct(start.as_ref());
        // A path is cheaper than the direct way or nothing.
        all.best = direct.map(|cost| Cheapest { cost, steps: 0 });
        all.paths(start.as_ref());
        looked_at += all.looked_at;
        if !all.whole() {
            skipped += 1;
            continue;
        }
        compared += 1;
        let cheapest = all.best.filter(|best| direct.is_none_or(|direct| best.cost < direct));
        let found = case.search();
        let context = || format!("seed {seed}\n{}\n{:#?}", case.configuration.text, found);
        let cost = |path: &Option<shared::paths::Path>| path.as_ref().map(|path| i128::from(path.cost.fen()));
        assert_eq!(cost(&found.direct), direct, "direct: {}", context());
        assert_eq!(cost(&found.cheaper), cheapest.map(|best| best.cost), "cheaper: {}", context());
        let steps = found.cheaper.as_ref().map(|path| path.steps.len());
        assert_eq!(steps, cheapest.map(|best| best.steps), "steps: {}", context());
        for path in found.direct.iter().chain(&found.cheaper) {
            witness::check(&case, path);
        }
        if let Some(path) = &found.cheaper {
            let kind: Vec<_> = path.steps.iter().map(|step| format!("{:?}", step.action)).collect();
            let anew = if direct.is_some() { "" } else { " (no direct way)" };
            *kinds.entry(kind.join(" ") + anew).or_default() += 1;
        }
    }
    println!(
        "{compared} compared, {skipped} too large to try out, {looked_at} services looked at; cheaper: {kinds:#?}"
    );
    assert!(compared * 2 > count, "{compared} compared");
    // A comparison of nothing with nothing would prove nothing.
    let ways = |part: &str| kinds.iter().filter(|(kind, _)| kind.contains(part)).map(|(_, n)| n).sum::<u64>();
    for part in ["CoTerm", "ReTerm", "Renew", "Purchase"] {
        assert!(ways(part) > 4 || count < 400, "{part}: {kinds:?}");
    }
}

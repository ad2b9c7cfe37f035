//! The warnings (rule S19) against trying out everything: on random configurations small enough for that, none is missed and
//! none is false.
//!
//! What is judged here shares no code with what judges it, but for the price of a selection. `QUOTIENT_CONFIGURATIONS` sets
//! how many configurations of each sort are tried (1,000), `QUOTIENT_SEED` where they begin.

mod brute;

use brute::Brute;
use serde_json::{Value, json};
use shared::catalog::Offer;
use shared::json::At;
use shared::warnings::{Finding, Known, Warning, warnings};
use tests::dice::Dice;
use tests::generate::{Configuration, Size, repriced};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect(name))
}

/// Configurations from seed to seed, and how often each code came up among them.
fn none_missed_none_false(roll: impl Fn(&mut Dice) -> Configuration, percent: u64, codes: &[&str]) {
    let first = setting("QUOTIENT_SEED", 0);
    let count = setting("QUOTIENT_CONFIGURATIONS", 1000) * percent / 100;
    let mut seen = std::collections::BTreeMap::new();
    for seed in first..first + count {
        let configuration = roll(&mut Dice::seeded(seed));
        let found = warnings(&configuration.offer, &At::ROOT);
        let wrong = Brute::new(&configuration.offer).compare(&found);
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}\n{found:#?}\n{}", configuration.text);
        for warning in found {
            *seen.entry(warning.finding.code()).or_insert(0) += 1;
        }
    }
    println!("{count} configurations: {seen:?}");
    // A comparison of nothing with nothing would prove nothing.
    for code in codes {
        assert!(seen.get(code).is_some_and(|times| *times > 20 || count < 200), "{code} came up too seldom: {seen:?}");
    }
}

#[test]
fn on_random_configurations_none_is_missed_and_none_is_false() {
    none_missed_none_false(
        |dice| Configuration::roll(dice, Size::Tiny),
        100,
        &[
            "tier_inversion",
            "year_dearer_than_months",
            "upgrade_negative",
            "renew_dearer_than_new",
            "cap_below_minimum",
            "upgrade_between_different_charges",
            "upgrade_loop",
            "upgrade_short_term",
            "cap_across_terms",
        ],
    );
}

#[test]
fn where_gains_must_be_balanced_below_a_cap_none_is_missed_and_none_is_false() {
    none_missed_none_false(balanced, 100, &["upgrade_negative", "cap_across_terms"]);
}

#[test]
fn where_quantities_are_many_none_is_missed_and_none_is_false() {
    none_missed_none_false(wide, 20, &["upgrade_negative", "cap_across_terms", "tier_inversion"]);
}

/// Whatever is known of a configuration, the warnings about the next one are those that looking at everything finds.
#[test]
fn what_is_known_of_the_configuration_before_changes_nothing() {
    let count = setting("QUOTIENT_CONFIGURATIONS", 1000);
    let mut kept = 0;
    for seed in 0..count {
        let mut dice = Dice::seeded(seed);
        let mut known = Known::default();
        let size = if seed % 2 == 0 { Size::Normal } else { Size::Tiny };
        let mut json = Configuration::roll(&mut dice, size).json;
        for _ in 0..6 {
            let offer = Offer::parse(&json.to_string()).expect("a valid configuration");
            let found = known.warnings(&offer, &At::ROOT);
            assert_eq!(found, warnings(&offer, &At::ROOT), "seed {seed}\n{json}");
            kept += found.len();
            json = edited(&mut dice, &json, size);
        }
    }
    assert!(kept > 1000 || count < 200, "only {kept} warnings in all");
}

/// One edition at other prices, hidden or shown, moved or gone; other offers, cap or rules; or another configuration.
fn edited(dice: &mut Dice, config: &Value, size: Size) -> Value {
    let mut after = config.clone();
    let Some(editions) = after["editions"].as_array_mut() else { return after };
    let (count, edition) = (editions.len(), dice.index(editions.len()));
    match dice.below(10) {
        0..=4 => editions[edition] = repriced(dice, &editions[edition]),
        5 => editions[edition]["hidden"] = json!(editions[edition]["hidden"] != json!(true)),
        6 => editions.swap(0, count - 1),
        7 => after["price_cap"] = json!(format!("{}", 1 + dice.below(200))),
        8 => after["upgrades"] = Value::Null,
        _ => after = Configuration::roll(dice, size).json,
    }
    // Not every edit is allowed: no edition may be left, and what is sold once has no rules.
    if Offer::parse(&after.to_string()).is_ok() { after } else { config.clone() }
}

/// A discount takes 16.5 fen off 55 and 16.8 off 56, both rounded to 17; off 54 it takes 16. The one fen that is gained is
/// there only where a third charge adds one more (this was missed once).
#[test]
fn a_fen_that_rounding_swallows_is_found_where_it_does_not() {
    let price = |fen| json!({"new": {"year": yuan(fen)}, "renew": {"year": yuan(fen)}});
    let charge = |key: &str, tiers: Value| json!({"kind": "quantity", "key": key, "name": key, "unit": "个", "max": 4, "tiers": tiers});
    let config = |cap: &str| {
        json!({
            "sale_mode": "subscription", "day_count": "fixed", "change_modes": ["co_term"], "price_cap": cap,
            "term_offers": [{"min_term": "P1Y", "discount": "0.7"}],
            "editions": [{"code": "a", "name": "甲", "terms": ["P1Y"], "price": price(51), "charges": [
                charge("y", json!([{"from": 1, "unit": price(1)}, {"from": 4, "flat": price(2)}])),
                charge("z", json!([{"from": 1, "unit": price(1)}]))]}],
        })
    };
    let found = found(&config("0.39").to_string());
    let [negative] = of(&found, "upgrade_negative")[..] else { panic!("{found:#?}") };
    let Finding::UpgradeNegative(witness) = &negative.finding else { panic!("{negative:#?}") };
    assert_eq!((witness.old.quantities["y"], witness.new.quantities["y"]), (3, 4));
    assert_eq!((witness.old.quantities["z"], witness.new.quantities["z"]), (2, 2));
    assert_eq!((witness.old_price.fen(), witness.new_price.fen()), (39, 38));
}

/// An upgrade whose base price is dearer by some fen, for which one or two units of each charge make up at the cost given.
fn made_up_for(base: u32, charges: &[(&str, u32, u32)], users: Option<(u32, u32)>, cap: u32) -> Value {
    let price = |fen| json!({"new": {"year": yuan(fen)}, "renew": {"year": yuan(fen)}});
    let edition = |code: &str, name: &str, base: u32, side: fn(u32, u32) -> u32| {
        let charge = |(key, cost, gain): &(&str, u32, u32)| {
            let tiers = json!([{"from": 1, "flat": price(0)}, {"from": 2, "flat": price(side(*cost, *gain))}]);
            json!({"kind": "quantity", "key": key, "name": key, "unit": "个", "max": 2, "tiers": tiers})
        };
        let mut charges: Vec<Value> = charges.iter().map(charge).collect();
        charges.extend(users.map(|(cost, gain)| {
            let tiers = json!([{"from": 1, "unit": price(side(cost, gain))}]);
            json!({"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "tiers": tiers})
        }));
        json!({"code": code, "name": name, "terms": ["P1Y"], "price": price(base), "charges": charges})
    };
    json!({
        "sale_mode": "subscription", "day_count": "fixed", "change_modes": ["co_term"], "price_cap": yuan(cap),
        "editions": [edition("a", "甲", 0, |cost, gain| cost + gain), edition("b", "乙", base, |cost, _| cost)],
        "upgrades": [{"from": "a", "to": "b"}],
    })
}

/// The new quantities of the one upgrade that is found, if any.
fn made_up_by(config: &Value) -> Option<Vec<(String, u32)>> {
    let found = found(&config.to_string());
    let mut upgrades = of(&found, "upgrade_negative").into_iter().filter(|warning| warning.at == "/config/upgrades/0");
    let Finding::UpgradeNegative(witness) = &upgrades.next()?.finding else { panic!("{found:#?}") };
    Some(witness.new.quantities.clone().into_iter().collect())
}

/// The charge that gains the most fits below the cap alone, but not with another, and alone it does not gain enough.
#[test]
fn what_gains_most_is_left_out_where_the_cap_leaves_no_room_for_it() {
    let charges = [("x", 20, 6), ("y", 20, 6), ("z", 200, 9)];
    let expected = [("x", 2), ("y", 2), ("z", 1)].map(|(key, n)| (key.to_owned(), n));
    assert_eq!(made_up_by(&made_up_for(10, &charges, None, 215)), Some(expected.to_vec()));
    // 10 + 20 + 20 is the cap itself: then the new selection costs no less than the old.
    assert_eq!(made_up_by(&made_up_for(10, &charges, None, 50)), None);
    assert_eq!(made_up_by(&made_up_for(10, &charges, None, 51)), Some(expected.to_vec()));
}

/// Users without a maximum gain a fen each, as many as the cap leaves room for: 79 alone, too few; 49 beside one more x.
#[test]
fn users_are_fitted_to_the_room_that_other_charges_leave() {
    let config = |cap| made_up_for(100, &[("x", 30_000, 60)], Some((1_000, 1)), cap);
    let expected = [("users", 41), ("x", 2)].map(|(key, n)| (key.to_owned(), n));
    assert_eq!(made_up_by(&config(80_000)), Some(expected.to_vec()));
    // 100 + 30,000 + 41,000.
    assert_eq!(made_up_by(&config(71_101)), Some(expected.to_vec()));
    assert_eq!(made_up_by(&config(71_100)), None);
}

/// Two editions with quantities of up to 150, more than are tried one by one, with a cap or a discount.
fn wide(dice: &mut Dice) -> Configuration {
    let most = dice.between(2, 30);
    let mut editions = Vec::new();
    for (code, name) in [("a", "甲"), ("b", "乙")] {
        let sold = dice.some(&["P1M", "P5M", "P1Y"], 1);
        let months = sold[0] != "P1Y";
        let price = |dice: &mut Dice, most: u32| {
            let mut prices = json!({"year": yuan(dice.below(12 * most))});
            if months {
                prices["month"] = json!(yuan(dice.below(most)));
            }
            json!({"new": prices, "renew": prices})
        };
        let mut charge = |key: &str, max: u32| {
            let mut from = dice.below(3);
            let mut tiers = Vec::new();
            while from < max && tiers.len() < 3 {
                tiers.push(json!({"from": from, "unit": price(dice, most)}));
                from += dice.between(1, max);
            }
            let mode = *dice.pick(&["volume", "graduated"]);
            json!({"kind": "quantity", "key": key, "name": key, "unit": "个", "max": max, "tier_mode": mode, "tiers": tiers})
        };
        let charges = json!([charge("x", 150), charge("y", 3)]);
        let base = price(dice, 20 * most);
        editions.push(json!({"code": code, "name": name, "terms": sold, "price": base, "charges": charges}));
    }
    let mut config = json!({
        "sale_mode": "subscription", "day_count": "fixed", "editions": editions, "change_modes": ["co_term"],
        "upgrades": [{"from": "a", "to": "b"}],
    });
    if dice.chance(30) {
        config["term_offers"] = json!([{"min_term": dice.pick(&["P2M", "P1Y"]), "discount": "0.85"}]);
    }
    if dice.chance(70) {
        config["price_cap"] = json!(yuan(dice.below(400 * most) + 1));
    }
    Configuration::from_json(config)
}

/// Two editions with three quantities each, prices of a few fen, a cap and a discount: here the gain of one charge has to be
/// weighed against the cost of another, and a fen may be lost to rounding.
fn balanced(dice: &mut Dice) -> Configuration {
    let terms = ["P1M", "P1Y", "P2Y"];
    let most = dice.between(1, 12);
    let mut editions = Vec::new();
    for (code, name) in [("a", "甲"), ("b", "乙")] {
        let sold = dice.some(&terms, 1);
        let months = sold[0] == "P1M";
        let price = |dice: &mut Dice, most: u32| {
            let mut prices = json!({"year": yuan(dice.below(most))});
            if months || dice.chance(30) {
                prices["month"] = json!(yuan(dice.below(most)));
            }
            json!({"new": prices, "renew": prices})
        };
        let charges: Vec<Value> = ["x", "y", "z"]
            .iter()
            .map(|key| {
                let (from, second) = (dice.below(2), dice.between(2, 4));
                let mode = *dice.pick(&["volume", "graduated"]);
                let shape = *dice.pick(&["unit", "flat"]);
                let tiers = json!([{"from": from, "unit": price(dice, most)}, {"from": second, shape: price(dice, most)}]);
                json!({"kind": "quantity", "key": key, "name": key, "unit": "个", "max": 4, "tier_mode": mode, "tiers": tiers})
            })
            .collect();
        let base = price(dice, 10 * most);
        editions.push(json!({"code": code, "name": name, "terms": sold, "price": base, "charges": charges}));
    }
    let mut config = json!({
        "sale_mode": "subscription", "day_count": "fixed", "editions": editions, "change_modes": ["co_term"],
        "upgrades": [{"from": "a", "to": "b"}],
    });
    if dice.chance(70) {
        let discount = *dice.pick(&["0.7", "0.85", "0.9", "0.9999"]);
        config["term_offers"] = json!([{"min_term": dice.pick(&["P1M", "P1Y", "P2Y"]), "discount": discount}]);
    }
    if dice.chance(70) {
        config["price_cap"] = json!(yuan(dice.below(15 * most) + 1));
    }
    Configuration::from_json(config)
}

/// So many fen as a price.
fn yuan(fen: u32) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn found(text: &str) -> Vec<Warning> {
    let offer = Offer::parse(text).expect("valid");
    let found = warnings(&offer, &At::ROOT.key("config"));
    let fitting = found.iter().all(|warning| warning.at.starts_with("/config/"));
    assert!(fitting && found.iter().all(|warning| warning.zh.ends_with('。') && warning.en.ends_with('.')));
    found
}

fn of<'a>(warnings: &'a [Warning], code: &str) -> Vec<&'a Warning> {
    warnings.iter().filter(|warning| warning.finding.code() == code).collect()
}

/// The seed's second example, as the contract writes it.
fn demo_2() -> Value {
    let same = |month: &str, year: &str| {
        let prices = json!({"month": month, "year": year});
        json!({"new": prices, "renew": prices})
    };
    json!({
        "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
        "editions": [{
            "code": "standard", "name": "标准版", "terms": ["P1M", "P2M", "P1Y"], "price": same("1", "12"), "charges": [
                {"kind": "quantity", "key": "yonghushu", "name": "用户数", "unit": "人",
                 "tiers": [{"from": 5, "unit": same("1", "12")}, {"from": 10, "unit": same("1", "10")}]},
                {"kind": "option", "key": "xinghao", "name": "型号", "values": [
                    {"value": "APP+WAP", "price": same("2", "24")}, {"value": "APP+WAP+微信", "price": same("5", "60")}]},
                {"kind": "option", "key": "quyu", "name": "区域", "values": [
                    {"value": "北京", "price": same("3", "36")}, {"value": "上海", "price": same("3", "36")}]},
            ],
        }],
    })
}

#[test]
fn the_seeds_second_example_has_9_users_dearer_than_10() {
    let found = found(&demo_2().to_string());
    let inversions = of(&found, "tier_inversion");
    let kinds: Vec<_> = inversions.iter().map(|warning| serde_json::to_value(warning).expect("JSON")).collect();
    assert_eq!(kinds.len(), 2);
    for (warning, kind) in kinds.iter().zip(["new", "renew"]) {
        assert_eq!(warning["code"], "tier_inversion");
        assert_eq!(warning["at"], "/config/editions/0/charges/0/tiers/1");
        let range = json!([{"from": 9, "to": 9, "but": 10, "costs_only": "100.00"}]);
        let witness = json!({"kind": kind, "per": "year", "buy": 9, "costs": "108.00", "but": 10, "costs_only": "100.00",
            "ranges": range});
        assert_eq!(warning["witness"], witness);
    }
    assert!(inversions[0].zh.contains("9 人每年 ¥108.00，10 人每年只要 ¥100.00"), "{}", inversions[0].zh);
    assert!(inversions[0].en.contains("9 人 cost ¥108.00 a year, but 10 人 only ¥100.00"), "{}", inversions[0].en);

    let [negative] = of(&found, "upgrade_negative")[..] else { panic!("{found:#?}") };
    let Finding::UpgradeNegative(witness) = &negative.finding else { panic!("{negative:#?}") };
    assert_eq!(negative.at, "/config/editions/0");
    assert_eq!((witness.old.quantities["yonghushu"], witness.new.quantities["yonghushu"]), (9, 10));
    assert_eq!(witness.terms.iter().map(ToString::to_string).collect::<Vec<_>>(), ["P1Y"]);
    assert_eq!(witness.difference.to_string(), "-8.00");
    assert_eq!(found.len(), 3);
}

#[test]
fn a_warning_reads_back_as_it_was_written() {
    for warning in found(&demo_2().to_string()) {
        let text = serde_json::to_string(&warning).expect("JSON");
        assert_eq!(serde_json::from_str::<Warning>(&text).expect(&text), warning);
    }
}

#[test]
fn the_evaluator_answers_with_warnings() {
    let request = json!({"op": "validate", "config": demo_2()});
    let answer: Value = serde_json::from_str(&shared::eval::answer(&request.to_string())).expect("JSON");
    assert_eq!(answer["ok"]["warnings"][0]["code"], "tier_inversion");
    assert_eq!(answer["ok"]["warnings"][0]["at"], "/config/editions/0/charges/0/tiers/1");
}

/// The seed's first example: three editions, upgrades to the higher ones, renewal ten times as dear.
#[test]
fn the_seeds_first_example_renews_dearer_and_upgrades_for_short_terms() {
    let price = json!({"new": {"month": "1", "year": "10"}, "renew": {"month": "10", "year": "100"}});
    let dear = json!({"new": {"month": "20", "year": "200"}, "renew": {"month": "20", "year": "200"}});
    let config = json!({
        "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term"],
        "editions": [
            {"code": "standard", "name": "标准版", "terms": ["P1M", "P3M", "P6M", "P1Y"], "price": price},
            {"code": "advanced", "name": "高级版", "terms": ["P6M", "P1Y"], "price": dear},
            {"code": "premium", "name": "尊贵版", "terms": ["P1Y", "P2Y"], "price": dear},
        ],
        "upgrades": [{"from": "standard", "to": "advanced"}, {"from": "standard", "to": "premium"},
                     {"from": "advanced", "to": "premium"}],
    });
    let found = found(&config.to_string());
    let [renew] = of(&found, "renew_dearer_than_new")[..] else { panic!("{found:#?}") };
    let witness = json!({"prices": [
        {"at": "/config/editions/0/price", "per": "month", "new": "1.00", "renew": "10.00"},
        {"at": "/config/editions/0/price", "per": "year", "new": "10.00", "renew": "100.00"}]});
    assert_eq!(serde_json::to_value(renew).expect("JSON")["witness"], witness);
    let short: Vec<_> =
        of(&found, "upgrade_short_term").iter().map(|warning| serde_json::to_value(warning).expect("JSON")).collect();
    let witnesses: Vec<_> = short.iter().map(|warning| (&warning["at"], &warning["witness"])).collect();
    let expected = [
        (json!("/config/upgrades/0"), json!({"short": ["P1M", "P3M"], "shortest": "P6M"})),
        (json!("/config/upgrades/1"), json!({"short": ["P1M", "P3M", "P6M"], "shortest": "P1Y"})),
        (json!("/config/upgrades/2"), json!({"short": ["P6M"], "shortest": "P1Y"})),
    ];
    assert_eq!(witnesses, expected.iter().map(|(at, witness)| (at, witness)).collect::<Vec<_>>());
    assert_eq!(found.len(), 4);
}

/// Without a maximum, the witness is still the first quantity at which it happens, and not 10^9.
#[test]
fn a_witness_is_as_small_as_it_gets() {
    let price = |year: &str| json!({"new": {"year": year}, "renew": {"year": year}});
    let users = |year: &str| {
        json!([{"kind": "quantity", "key": "users", "name": "用户数", "unit": "人",
        "tiers": [{"from": 1, "unit": price(year)}]}])
    };
    let config = |cap: Value| {
        json!({
            "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term"], "price_cap": cap,
            "editions": [
                {"code": "a", "name": "甲", "terms": ["P1Y"], "price": price("0"), "charges": users("20")},
                {"code": "b", "name": "乙", "terms": ["P1Y"], "price": price("100"), "charges": users("10")},
            ],
            "upgrades": [{"from": "a", "to": "b"}],
        })
    };
    for cap in [Value::Null, json!("500"), json!("211")] {
        let found = found(&config(cap).to_string());
        let [negative] = of(&found, "upgrade_negative")[..] else { panic!("{found:#?}") };
        let Finding::UpgradeNegative(witness) = &negative.finding else { panic!("{negative:#?}") };
        assert_eq!(negative.at, "/config/upgrades/0");
        assert_eq!((witness.old.quantities["users"], witness.new.quantities["users"]), (11, 11));
        assert!(witness.difference.fen() < 0);
    }
    // 20 × 11 = 220 and 100 + 10 × 11 = 210 both cost the cap; below it the new edition is never cheaper.
    assert_eq!(of(&found(&config(json!("210")).to_string()), "upgrade_negative").len(), 0);
}

//! What a change of a configuration means, on random configurations: nothing exactly where they are equal, each field's
//! change led to, typical totals as they are quoted.

use proptest::prelude::*;
use serde_json::{Value, json};
use shared::catalog::{Offer, PriceKind};
use shared::differences::{differences, typical};
use shared::json::At;
use shared::pricing::{Selection, SelectionFile, SelectionRules, total};
use shared::violation::Report;
use tests::dice::{Dice, dice, runs};
use tests::generate::{Configuration, Size, repriced};

/// Every pointer to a value inside `value`.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let below = format!("{here}/{name}");
                all.push(below.clone());
                pointers(value, &below, all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let below = format!("{here}/{index}");
                all.push(below.clone());
                pointers(item, &below, all);
            }
        }
        _ => {}
    }
}

/// Changes one thing at a random place; where it was, of an item of a list that is gone: the list.
fn mutated(dice: &mut Dice, config: &Value) -> (Value, String) {
    let mut all = Vec::new();
    pointers(config, "", &mut all);
    let mut mutated = config.clone();
    let mut at = dice.pick(&all).clone();
    let place = mutated.pointer_mut(&at).expect("it is there");
    match place {
        Value::Bool(is) => *is = !*is,
        Value::Number(n) => *place = json!(n.as_u64().unwrap_or_default() + u64::from(dice.between(1, 3))),
        Value::Null => *place = if at.ends_with("price_cap") { json!("77.01") } else { json!(9) },
        Value::String(text) => {
            let others =
                ["calendar", "fixed", "co_term", "re_term", "volume", "graduated", "P1Y", "P2M", "P3Y", "0.71"];
            *place = if text.parse::<f64>().is_ok() {
                json!(if text.starts_with("0.") { "0.72" } else { "7.31" })
            } else if dice.chance(50) {
                json!(format!("{text}X"))
            } else {
                json!(dice.pick(&others))
            };
        }
        Value::Array(items) if items.len() > 1 => {
            let index = dice.index(items.len());
            if dice.chance(50) {
                items.remove(index);
            } else {
                items.swap(0, index);
            }
        }
        // Nothing given for something that was.
        Value::Array(_) | Value::Object(_) => {
            let (parent, name) =
                at.rsplit_once('/').map(|(parent, name)| (parent.to_owned(), name.to_owned())).expect("a place");
            match mutated.pointer_mut(&parent) {
                Some(Value::Object(fields)) => drop(fields.remove(&name)),
                Some(Value::Array(items)) if items.len() > 1 => {
                    items.remove(name.parse().expect("an index"));
                    at = parent;
                }
                _ => {}
            }
        }
    }
    (mutated, at)
}

/// Whether one of the places is the other, or in it.
fn leads(change: &str, to: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(change, to) || within(to, change)
}

#[test]
fn each_fields_change_is_led_to() {
    let (mut valid, mut places) = (0, std::collections::BTreeSet::new());
    for seed in 0..6_000 {
        let mut dice = Dice::seeded(seed);
        let before = Configuration::roll(&mut dice, if seed % 2 == 0 { Size::Normal } else { Size::Tiny }).offer;
        let file = serde_json::to_value(&before).expect("a configuration");
        let (after, at) = mutated(&mut dice, &file);
        let Ok(after) = Offer::parse(&after.to_string()) else { continue };
        let changes = differences(&before, &after);
        assert_eq!(changes.is_empty(), before == after, "seed {seed} at {at}: {changes:#?}");
        if before == after {
            continue;
        }
        valid += 1;
        places.insert(at.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default().to_owned());
        assert!(
            changes.iter().any(|change| leads(&change.at, &at)),
            "seed {seed}: nothing leads to {at}: {changes:#?}"
        );
        for change in &changes {
            assert!(!change.zh.is_empty() && !change.en.is_empty(), "{change:?}");
        }
    }
    assert!(valid > 1_500, "only {valid}");
    for field in [
        "name",
        "code",
        "terms",
        "month",
        "year",
        "hidden",
        "max",
        "from",
        "value",
        "day_count",
        "discount",
        "price_cap",
    ] {
        assert!(places.contains(field), "{field} was never changed: {places:?}");
    }
}

/// What a selection costs under an offer, as a buyer's is read and priced.
fn quoted(offer: &Offer, file: &SelectionFile) -> Option<shared::money::Fen> {
    let at = At::ROOT;
    let rules = SelectionRules { at: &at, term_at: Some(&at), hidden_allowed: false, limits: true };
    let mut report = Report::default();
    let selection = Selection::check(offer, &file.as_raw(), rules, &mut report)?;
    total(offer, &selection, PriceKind::New).ok()
}

proptest! {
    #![proptest_config(runs())]

    #[test]
    fn nothing_is_different_exactly_where_configurations_are_equal(mut dice in dice()) {
        let before = Configuration::roll(&mut dice, Size::Normal);
        prop_assert_eq!(differences(&before.offer, &before.offer.clone()), vec![]);
        let other = Configuration::roll(&mut dice, Size::Normal).offer;
        prop_assert_eq!(differences(&before.offer, &other).is_empty(), before.offer == other);
    }

    #[test]
    fn typical_totals_are_what_is_quoted_and_all_are_accounted_for(mut dice in dice()) {
        let before = Configuration::roll(&mut dice, Size::Normal);
        let after = if dice.chance(80) {
            Configuration::from_json(repriced(&mut dice, &before.json)).offer
        } else {
            Configuration::roll(&mut dice, Size::Normal).offer
        };
        let all = typical(&before.offer, &after, usize::MAX);
        prop_assert_eq!((all.left_out, all.rows.len()), (0, all.looked_at));
        prop_assert_eq!(all.rows.iter().filter(|row| row.old != row.new).count(), all.changed);
        for (index, row) in all.rows.iter().enumerate() {
            prop_assert_eq!(row.old, quoted(&before.offer, &row.selection), "{:?}", row);
            prop_assert_eq!(row.new, quoted(&after, &row.selection), "{:?}", row);
            prop_assert!(all.rows[..index].iter().all(|other| other.selection != row.selection), "twice: {:?}", row);
        }
        let ratios = all.rows.iter().filter_map(|row| {
            let (old, new) = (row.old?, row.new?);
            (old != new && old.fen() > 0).then(|| ((new - old).fen().abs(), old.fen()))
        });
        let ratios: Vec<(i64, i64)> = ratios.collect();
        for pair in ratios.windows(2) {
            let ((a, of_a), (b, of_b)) = (pair[0], pair[1]);
            prop_assert!(i128::from(a) * i128::from(of_b) >= i128::from(b) * i128::from(of_a));
        }
        let few = typical(&before.offer, &after, 5);
        prop_assert_eq!(few.rows.len() + few.left_out, all.looked_at);
        prop_assert_eq!(&few.rows[..], &all.rows[..few.rows.len()]);
    }
}

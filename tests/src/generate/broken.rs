//! Random damage to a JSON document.

use serde_json::{Value, json};

use crate::dice::Dice;

/// `valid` with one to four random changes: values replaced, removed, doubled, moved, fields renamed or added.
pub fn broken(dice: &mut Dice, valid: &Value) -> Value {
    let mut value = valid.clone();
    for _ in 0..dice.between(1, 4) {
        let places = count(&value);
        let mut place = dice.index(places);
        damage_at(dice, &mut value, &mut place);
    }
    value
}

/// How many values there are in the tree.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Damages the value at `place` in the order of the tree; `place` counts down to it.
fn damage_at(dice: &mut Dice, value: &mut Value, place: &mut usize) -> bool {
    if *place == 0 {
        damage(dice, value);
        return true;
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| damage_at(dice, item, place)),
        Value::Object(fields) => fields.values_mut().any(|field| damage_at(dice, field, place)),
        _ => false,
    }
}

fn damage(dice: &mut Dice, value: &mut Value) {
    match value {
        Value::Array(items) if !items.is_empty() && dice.chance(70) => {
            let index = dice.index(items.len());
            match dice.below(4) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                2 => items.reverse(),
                _ => items.clear(),
            }
        }
        Value::Object(fields) if !fields.is_empty() && dice.chance(70) => {
            let key = fields.keys().nth(dice.index(fields.len())).cloned().unwrap_or_default();
            let field = fields.get(&key).cloned().unwrap_or_default();
            match dice.below(3) {
                0 => drop(fields.remove(&key)),
                1 => drop(fields.insert(strange(dice).to_string(), field)),
                _ => drop(fields.insert(key, strange(dice))),
            }
        }
        Value::String(text) if dice.chance(50) => {
            let other = ["", "x", "-1", "1e9", "P13M", "P1M", "100000000", "0.001", "2026-02-30T00:00:00Z", "标准版"];
            *text = match dice.below(3) {
                0 => (*dice.pick(&other)).to_owned(),
                1 => format!("{text}{}", dice.pick(&other)),
                _ => text.chars().rev().collect(),
            };
        }
        Value::Number(number) if dice.chance(50) => {
            let other = number.as_i64().map_or(json!(1.5), |n| json!(n.saturating_sub(1)));
            *value = if dice.chance(50) { other } else { strange(dice) };
        }
        _ => *value = strange(dice),
    }
}

/// A value that seldom belongs where it is put.
fn strange(dice: &mut Dice) -> Value {
    let values = [
        Value::Null,
        json!(0),
        json!(-1),
        json!(1_000_000_001),
        json!(u64::MAX),
        json!(1.5),
        json!(1e300),
        json!(true),
        json!(""),
        json!("once"),
        json!("a/b~c"),
        json!([]),
        json!([null]),
        json!({}),
        json!({"month": "1"}),
        json!({"from": 1, "unit": null}),
    ];
    dice.pick(&values).clone()
}

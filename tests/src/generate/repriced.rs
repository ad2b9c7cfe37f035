//! The same configuration at other prices, as an ISV changes them over time.

use serde_json::Value;

use crate::dice::Dice;

/// `config` with some of its prices replaced; everything else as it was.
pub fn repriced(dice: &mut Dice, config: &Value) -> Value {
    let mut config = config.clone();
    reprice(dice, &mut config);
    config
}

fn reprice(dice: &mut Dice, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| reprice(dice, item)),
        Value::Object(fields) => {
            for (name, field) in fields {
                let price = ["month", "year", "once"].contains(&name.as_str());
                match field {
                    Value::String(text) if price && dice.chance(40) => {
                        *text = format!("{}.{:02}", dice.below(60), dice.below(100));
                    }
                    _ => reprice(dice, field),
                }
            }
        }
        _ => {}
    }
}

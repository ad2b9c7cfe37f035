//! Another program computes every quote again from its explanation, and from the rulebook's words.

use serde_json::{Value, json};
use tests::dice::Dice;
use tests::evaluate::evaluate;
use tests::generate::{Configuration, Size, instant, offset, selection};
use tests::oracle::quote;

const CASES: &str = include_str!("../cases/eval.jsonl");

#[test]
fn every_quote_of_the_cases_can_be_computed_again() {
    let mut quotes = 0;
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let request = &case["req"];
        let Ok(answer) = evaluate(request) else { continue };
        if answer.get("lines").is_some() {
            quote::check(request, &answer);
            quotes += 1;
        }
    }
    assert!(quotes > 100, "{quotes}");
}

#[test]
fn random_purchases_can_be_computed_again() {
    let mut quotes = 0;
    for seed in 0..1500 {
        let dice = &mut Dice::seeded(seed);
        let configuration = Configuration::roll(dice, Size::Normal);
        let offer = &configuration.offer;
        let offset = offset(dice);
        let mut request = json!({
            "op": "purchase", "config": configuration.json, "at": instant(dice, offset), "offset": offset.to_string(),
            "selection": selection(dice, offer).to_file(offer),
        });
        if dice.chance(30) {
            request["paid"] = json!(format!("{}.{:02}", dice.below(3000), dice.below(100)));
        }
        match evaluate(&request) {
            Ok(answer) => {
                quote::check(&request, &answer);
                quotes += 1;
            }
            Err(violations) => assert_eq!(violations, [("amount_overflow".to_owned(), "/selection".to_owned())]),
        }
    }
    assert!(quotes > 1300, "{quotes}");
}

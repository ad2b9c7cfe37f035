//! Nothing panics, and every answer is an answer, whatever the line.

use std::time::Instant;

use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Value, json};
use tests::codes::check_answer;
use tests::dice::{Dice, dice, runs};
use tests::evaluate::evaluate;
use tests::generate::{Configuration, Size, broken};

const CASES: &str = include_str!("../cases/eval.jsonl");

fn check(line: &str) {
    check_answer(line, &shared::eval::answer(line));
}

/// The requests of the reference cases.
fn requests() -> Vec<Value> {
    let request = |line| serde_json::from_str::<Value>(line).expect("a case")["req"].take();
    CASES.lines().map(request).collect()
}

const NAMES: &[&str] = &[
    "op",
    "config",
    "selection",
    "subscription",
    "at",
    "editions",
    "charges",
    "tiers",
    "values",
    "segments",
    "price",
    "new",
    "renew",
    "month",
    "year",
    "once",
    "from",
    "kind",
    "key",
    "terms",
    "quantities",
    "options",
    "",
    "a/b~c",
];
const WORDS: &[&str] =
    &["purchase", "renew", "change", "credit", "validate", "subscription", "one_time", "P1Y", "1", "-0", "NaN"];

/// Any JSON, with the contract's field names among the keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        let key = prop_oneof![3 => prop::sample::select(NAMES).prop_map(str::to_owned), 1 => any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(runs())]

    #[test]
    fn any_json_is_answered(value in any_json()) {
        check(&value.to_string());
    }

    #[test]
    fn any_json_in_any_field_is_answered(value in any_json(), mut dice in dice()) {
        let requests = requests();
        let mut request = dice.pick(&requests).clone();
        let fields = request.as_object_mut().expect("an object");
        let names: Vec<String> = fields.keys().cloned().collect();
        fields.insert(dice.pick(&names).clone(), value);
        check(&request.to_string());
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn a_damaged_configuration_is_answered(mut dice in dice()) {
        let rolled = Configuration::roll(&mut dice, Size::Normal);
        let line = json!({"op": "validate", "config": broken(&mut dice, &rolled.json)}).to_string();
        check(&line);
    }
}

/// Valid requests with a few values replaced, removed, doubled, renamed; `PROPTEST_CASES` × 10 of them.
#[test]
fn damaged_requests_are_answered() {
    let requests = requests();
    let (mut good, cases) = (0, runs().cases * 10);
    for seed in 0..u64::from(cases) {
        let dice = &mut Dice::seeded(seed);
        let request = broken(dice, dice.clone().pick(&requests));
        let line = request.to_string();
        let answer = shared::eval::answer(&line);
        check_answer(&line, &answer);
        good += u32::from(answer.starts_with("{\"ok\""));
    }
    // Damage that is too small to matter, and damage that does, are both tried.
    assert!(good > cases / 50 && good < cases / 2, "{good} of {cases} are still good");
}

/// What a line may be damaged with.
const ODD: &[char] = &['"', '\\', '{', ']', ',', '\0', '9', 'e', '-', '\u{202e}', '\u{fffd}', '界'];

/// Valid lines with characters removed, doubled or replaced.
#[test]
fn damaged_lines_are_answered() {
    let lines: Vec<String> = requests().iter().map(Value::to_string).collect();
    for seed in 0..u64::from(runs().cases * 4) {
        let dice = &mut Dice::seeded(seed);
        let mut line: Vec<char> = dice.pick(&lines).chars().collect();
        for _ in 0..dice.between(1, 5) {
            if line.is_empty() {
                break;
            }
            let at = dice.index(line.len());
            match dice.below(4) {
                0 => drop(line.remove(at)),
                1 => line.insert(at, line[at]),
                2 => line.truncate(at + 1),
                _ => line[at] = *dice.pick(ODD),
            }
        }
        check(&line.into_iter().collect::<String>());
    }
}

#[test]
fn deep_nesting_is_answered() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"op\":", "}"), ("[[{\"config\":", "}]]")] {
        for depth in [10, 100, 127, 128, 129, 100_000] {
            check(&format!("{}0{}", open.repeat(depth), close.repeat(depth)));
            check(&format!("{{\"op\":\"validate\",\"config\":{}0{}}}", open.repeat(depth), close.repeat(depth)));
            check(&open.repeat(depth));
        }
    }
}

/// A line of a megabyte must not keep the evaluator busy: what is read is (nearly) linear in the line.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn large_lines_take_linear_time() {
    let validate = |config: &str| format!("{{\"op\":\"validate\",\"config\":{{{config}}}}}");
    let joined = |item: &dyn Fn(u32) -> String| (0..30_000).map(item).collect::<Vec<_>>().join(",");
    let (unknown, known) = ("\"x\":0,".repeat(40_000), "\"sale_mode\":0,".repeat(40_000));
    let editions = joined(&|i| format!("{{\"code\":\"e{i}\"}}"));
    let upgrades = joined(&|i| format!("{{\"from\":\"e{}\",\"to\":\"e{i}\"}}", 29_999 - i));
    let terms = joined(&|i| format!("\"t{i}\""));
    let lines = [
        ("repeated fields", validate(&format!("{unknown}{known}\"editions\":[]"))),
        (
            "upgrades",
            validate(&format!("\"sale_mode\":\"one_time\",\"editions\":[{editions}],\"upgrades\":[{upgrades}]")),
        ),
        ("terms", validate(&format!("\"editions\":[{{\"terms\":[{terms}]}}]"))),
    ];
    for (what, line) in lines {
        let start = Instant::now();
        let answer = shared::eval::answer(&line);
        let took = start.elapsed();
        println!("{what}: {took:?} for {} bytes, {} bytes of answer", line.len(), answer.len());
        assert!(took.as_secs() < 10, "{what}: {took:?}");
    }
}

/// So many segments, each paid with the largest amount, that the sum is beyond every integer.
#[test]
fn the_credit_of_very_many_segments_is_refused() {
    let instant = |second: u32| format!("2026-01-01T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
    let segment = |second: u32| {
        json!({"start": instant(second), "end": instant(second + 1), "paid": "10000000000000.00", "kind": "new",
               "term": "P1M", "gift_days": 0, "term_seconds": 1})
    };
    let subscription = |segments: u32| {
        json!({"edition": "a", "quantities": {}, "options": {}, "trial": false, "anchor_day": 1,
               "segments": (0..segments).map(segment).collect::<Vec<_>>()})
    };
    let credit = |segments| {
        evaluate(&json!({"op": "credit", "subscription": subscription(segments), "at": "2026-01-01T00:00:00Z"}))
    };
    assert_eq!(credit(1), Ok(json!({"credit": "10000000000000.00"})));
    for segments in [2, 9_300, 20_000] {
        assert_eq!(credit(segments), Err(vec![("amount_overflow".to_owned(), "/subscription".to_owned())]));
    }
}

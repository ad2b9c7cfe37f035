//! Ten thousand bodies that nobody meant well. Always the same ones: a failure can be looked at again.

use std::ops::Range;

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Map, Value, json};

use super::support::{TestMarket, example, post};

/// The generator `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("64 bits");
        usize::try_from(self.next() % end).expect("small")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn range(&mut self, length: usize) -> Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(12) + 1)
    }
}

const KEYS: [&str; 14] = [
    "product",
    "selection",
    "edition",
    "term",
    "quantities",
    "options",
    "count",
    "expected_total",
    "revision",
    "yonghushu",
    "xinghao",
    "quyu",
    "",
    "a/b~c",
];
const TEXTS: [&str; 16] = [
    "data-analytics-2",
    "data-analytics-1",
    "document-migration",
    "standard",
    "premium",
    "P1Y",
    "P1M",
    "上海",
    "APP+WAP",
    "208.00",
    "-1",
    "1e5",
    "",
    "\u{0}",
    "\u{202e}\u{fdd0}",
    "𠮷𠮷",
];

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth > 4 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(random.next().is_multiple_of(2)),
        2 => json!(random.next()),
        3 => json!(*random.pick(&[-1_i64, 0, 1, 5, 10, 101, 1_000_000_000_000, i64::MIN])),
        4 => json!(f64::from_bits(random.next())),
        5 => json!(*random.pick(&TEXTS)),
        6 => (0..random.below(5)).map(|_| value(random, depth + 1)).collect(),
        _ => {
            let field = |_| ((*random.pick(&KEYS)).to_owned(), value(random, depth + 1));
            Value::Object((0..6).map(field).collect::<Map<_, _>>())
        }
    }
}

/// Replaces, adds or removes something somewhere inside.
fn disturb(random: &mut Random, node: &mut Value) {
    let deeper = random.below(3) > 0;
    match node {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let index = random.below(fields.len());
            if let Some((_, inner)) = fields.iter_mut().nth(index) {
                disturb(random, inner);
            }
        }
        Value::Object(fields) if random.below(2) == 0 => {
            fields.remove(*random.pick(&KEYS));
        }
        Value::Object(fields) => {
            fields.insert((*random.pick(&KEYS)).to_owned(), value(random, 3));
        }
        other => *other = value(random, 3),
    }
}

/// Changes bytes with no regard for JSON or UTF-8.
fn scramble(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(3) {
        let range = random.range(bytes.len());
        match random.below(3) {
            0 => drop(bytes.drain(range)),
            1 => {
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.start..range.start, copy);
            }
            _ => {
                let noise: Vec<u8> = range.clone().map(|_| random.next().to_le_bytes()[0]).collect();
                bytes.splice(range, noise);
            }
        }
    }
}

fn body(random: &mut Random) -> Vec<u8> {
    match random.below(5) {
        // Of the right form, but not what the server says.
        4 => {
            let mut request = example();
            request["expected_total"] = json!(format!("{}.{:02}", random.below(300), random.below(100)));
            request["revision"] = json!(random.below(3));
            request.to_string().into_bytes()
        }
        0 => value(random, 0).to_string().into_bytes(),
        1 => {
            let mut bytes = example().to_string().into_bytes();
            scramble(random, &mut bytes);
            bytes
        }
        _ => {
            let mut request = example();
            for _ in 0..=random.below(3) {
                disturb(random, &mut request);
            }
            request.to_string().into_bytes()
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_hostile_bodies_get_a_code_and_the_market_goes_on() {
    let market = TestMarket::open().await;
    let mut random = Random(208);
    let bodies: Vec<Vec<u8>> = (0..10_000).map(|_| body(&mut random)).collect();
    let answers = stream::iter(bodies.iter().enumerate()).map(|(index, body)| {
        let path = if index % 2 == 0 { "/api/prices" } else { "/api/quotes" };
        let asked = market.ask(post(path, body.clone()));
        async move { (body, asked.await) }
    });
    let mut answers = answers.buffer_unordered(128);
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    while let Some((body, answer)) = answers.next().await {
        let body = String::from_utf8_lossy(body);
        let code = if answer.status.is_success() {
            assert!(answer.json()["total"].is_string(), "{body}");
            "good".to_owned()
        } else {
            let (status, code) = answer.problem();
            assert!((400..500).contains(&status), "{status} for {body}");
            for (_, at) in answer.violations() {
                assert!(at.is_empty() || at.starts_with('/'), "{at} for {body}");
            }
            code
        };
        *seen.entry(code).or_default() += 1;
    }
    for code in ["good", "malformed", "invalid_selection", "product_not_found", "price_mismatch", "quote_stale"] {
        assert!(seen.contains_key(code), "the bodies are too tame, {code} is missing: {seen:?}");
    }
    assert_eq!(market.get("/healthz").await.status, 200);
    assert_eq!(market.post("/api/prices", example()).await.json()["total"], "208.00");
}

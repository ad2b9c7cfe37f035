//! What one keystroke in the sales configuration editor computes, natively: the configuration is read, its warnings are
//! found, the preview is priced; and what is computed while the part that shows it is open. For the seed's product and for 20
//! editions with 10 charges of 10 tiers each. In the page it takes two to three times as long.

#![expect(clippy::float_arithmetic, reason = "times, not money")]

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};
use shared::calendar::{Term, Timestamp};
use shared::catalog::Offer;
use shared::differences::{differences, typical};
use shared::json::At;
use shared::lifecycle::purchase;
use shared::pricing::{advice, smallest};
use shared::warnings::{Known, warnings};

const SEED: &str = include_str!("../../server/demo/data-analytics-2.json");
const ROUNDS: usize = 41;

fn price(month: usize) -> Value {
    let (month, year) = (month.to_string(), (month * 10).to_string());
    json!({"new": {"month": month, "year": year}, "renew": {"month": month, "year": year}})
}

/// As large as the workbench has to bear; one price is `odd`, so that there is something to compare. `shape` says what makes
/// it hard: 0 nothing, 1 a cap, 2 a cap and a discount.
fn large(odd: usize, shape: u8) -> String {
    let charges = |edition: usize| -> Vec<Value> {
        let charge = |c: usize| {
            let tier = |t: usize| json!({"from": 1 + t * 10, "unit": price(200 - t * 10 + edition + if t == 3 { odd } else { 0 })});
            let tiers: Vec<Value> = (0..10).map(tier).collect();
            let key: String = ["k", &"abcdefghij"[c..=c]].concat();
            json!({"kind": "quantity", "key": key, "name": format!("计费项{c}"), "unit": "个", "max": 1000, "tiers": tiers})
        };
        (0..10).map(charge).collect()
    };
    let editions: Vec<Value> = (0..20)
        .map(|e| {
            json!({"code": format!("edition-{e}"), "name": format!("版本{e}"), "terms": ["P1M", "P3M", "P6M", "P1Y", "P2Y", "P3Y"],
                "trial_days": 7, "price": price(100 + e), "charges": charges(e)})
        })
        .collect();
    let rules = (0..20).flat_map(|from| ((from + 1)..20).map(move |to| (from, to)));
    let rules: Vec<Value> =
        rules.map(|(from, to)| json!({"from": format!("edition-{from}"), "to": format!("edition-{to}")})).collect();
    let mut config = json!({"sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
        "upgrades": rules, "editions": editions});
    if shape > 0 {
        config["price_cap"] = json!("50000");
    }
    if shape > 1 {
        config["term_offers"] = json!([{"min_term": "P1Y", "discount": "0.9"}]);
    }
    config.to_string()
}

/// Milliseconds, the median and the 95th of a hundred.
#[expect(clippy::disallowed_methods, reason = "a stopwatch")]
fn timed<T>(mut run: impl FnMut() -> T) -> (f64, f64) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            black_box(run());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[ROUNDS / 2], times[ROUNDS * 95 / 100])
}

fn measure(name: &str, before: &str, text: &str) {
    let now: Timestamp = "2026-11-21T10:00:00+08:00".parse().expect("an instant");
    let old = Offer::parse(before).expect("a configuration");
    let mut offer = old.clone();
    // As one types: one edition is another.
    offer.editions[0] = Offer::parse(text).expect("a configuration").editions.swap_remove(0);
    let selection = smallest(&offer, 0, offer.editions[0].terms.iter().find(|term| **term == Term::YEAR).copied());
    println!("{name}: {} bytes, {} warnings", text.len(), warnings(&offer, &At::ROOT).len());
    let print = |what: &str, (p50, p95): (f64, f64)| println!("  {what:<44} p50 {p50:8.3} ms   p95 {p95:8.3} ms");
    print("read", timed(|| Offer::parse(text)));
    print("compared with the one before", timed(|| offer == old));
    print("warnings, all", timed(|| warnings(&offer, &At::ROOT)));
    let (mut known, mut turn) = (Known::default(), 0);
    known.warnings(&old, &At::ROOT);
    let keystroke = timed(|| {
        turn += 1;
        known.warnings(if turn % 2 == 0 { &old } else { &offer }, &At::ROOT)
    });
    print("warnings, after a keystroke in an edition", keystroke);
    print(
        "preview: price and advice",
        timed(|| (purchase(&offer, &selection, now, None), advice(&offer, &selection, now))),
    );
    print("changes, while they are open: sentences", timed(|| differences(&old, &offer)));
    print("changes, while they are open: typical totals", timed(|| typical(&old, &offer, 30)));
}

fn main() {
    let product: Value = serde_json::from_str(SEED).expect("JSON");
    let seed = product["config"].to_string();
    measure("seed", &seed.replace("\"10\"", "\"11\""), &seed);
    for (name, shape) in
        [("20 × 10 × 10", 0), ("20 × 10 × 10, with a cap", 1), ("20 × 10 × 10, with a cap and a discount", 2)]
    {
        measure(name, &large(1, shape), &large(0, shape));
    }
}

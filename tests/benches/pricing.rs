//! How long a price takes, natively, as ratios against yardsticks interleaved in the same run.
//!
//! `total`: a purchase total against a hand-written integer loop over the same tables (budget 2×), and the same sum with
//! `rust_decimal` throughout for comparison. `quote`: the whole explained quote of the 208 example (budget 2 µs).

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::hint::black_box;
use std::time::Instant;

use rust_decimal::Decimal;
use shared::calendar::Timestamp;
use shared::catalog::{ChargeKind, Offer, PriceKind, TierPrice};
use shared::lifecycle::purchase;
use shared::money::Fen;
use shared::pricing::{Pick, Selection, total};

const CONFIG: &str = include_str!("../cases/example-208.json");
const ROUNDS: usize = 9;
const CALLS: usize = 200_000;

/// The tables that someone would write down by hand for a term, and the loop over them: everything that the rulebook's
/// section 3 asks of a price, in plain integers, without our checks for overflow.
struct Hand {
    base: i64,
    charges: Vec<HandCharge>,
    /// What is taken off, in ten-thousandths.
    discount: Option<i64>,
    cap: Option<i64>,
}

enum HandCharge {
    Tiers {
        graduated: bool,
        rows: Vec<HandTier>,
    },
    /// The price of each value.
    Values(Vec<i64>),
}

struct HandTier {
    from: u32,
    price: i64,
    flat: bool,
}

impl HandTier {
    fn amount(&self, units: u32) -> i64 {
        if self.flat { self.price } else { self.price * i64::from(units) }
    }
}

impl Hand {
    fn total(&self, selection: &HandSelection) -> i64 {
        let mut sum = self.base;
        for (charge, chosen) in self.charges.iter().zip(&selection.chosen) {
            match charge {
                HandCharge::Tiers { graduated: false, rows } => {
                    for tier in rows.iter().rev() {
                        if *chosen >= tier.from {
                            sum += tier.amount(*chosen);
                            break;
                        }
                    }
                }
                HandCharge::Tiers { graduated: true, rows } => {
                    for (i, tier) in rows.iter().enumerate() {
                        let first = if i == 0 { 1 } else { tier.from };
                        let last = if i + 1 < rows.len() { rows[i + 1].from - 1 } else { *chosen };
                        if *chosen >= first {
                            sum += tier.amount(last.min(*chosen) - first + 1);
                        }
                    }
                }
                HandCharge::Values(values) => sum += values[*chosen as usize],
            }
        }
        if let Some(off) = self.discount {
            sum -= (sum * off + 5000) / 10_000;
        }
        if let Some(cap) = self.cap {
            sum = sum.min(cap);
        }
        sum * i64::from(selection.count)
    }
}

/// A quantity or an index for each charge, and a count.
struct HandSelection {
    chosen: Vec<u32>,
    count: u8,
}

/// The same with a decimal type all the way.
struct InDecimals {
    base: Decimal,
    charges: Vec<Vec<(u32, Decimal)>>,
}

impl InDecimals {
    fn total(&self, hand: &Hand, selection: &HandSelection) -> Decimal {
        let mut sum = self.base;
        for ((charge, prices), chosen) in hand.charges.iter().zip(&self.charges).zip(&selection.chosen) {
            match charge {
                HandCharge::Tiers { .. } => {
                    let tier = prices.iter().rev().find(|(from, _)| chosen >= from);
                    sum += tier.map_or(Decimal::ZERO, |(_, unit)| *unit * Decimal::from(*chosen));
                }
                HandCharge::Values(_) => sum += prices[*chosen as usize].1,
            }
        }
        sum * Decimal::from(selection.count)
    }
}

fn hand_tables(offer: &Offer) -> Hand {
    let year = |price: &shared::catalog::PriceSet| {
        let basis = shared::catalog::Basis::Term(PriceKind::New, shared::calendar::Term::YEAR);
        price.on(basis).expect("a yearly price").amount().fen()
    };
    let edition = &offer.editions[0];
    let charge = |kind: &ChargeKind| match kind {
        ChargeKind::Quantity(quantity) => {
            let tier = |tier: &shared::catalog::Tier| {
                let (TierPrice::Unit(price) | TierPrice::Flat(price)) = &tier.price;
                HandTier { from: tier.from, price: year(price), flat: matches!(tier.price, TierPrice::Flat(_)) }
            };
            let graduated = quantity.tier_mode == shared::catalog::TierMode::Graduated;
            HandCharge::Tiers { graduated, rows: quantity.tiers.iter().map(tier).collect() }
        }
        ChargeKind::Option(values) => HandCharge::Values(values.iter().map(|value| year(&value.price)).collect()),
    };
    let charges = edition.charges.iter().map(|c| charge(&c.kind)).collect();
    // The example has neither; the loop asks for them all the same, as any that prices such products must.
    Hand { base: year(&edition.price), charges, discount: black_box(None), cap: black_box(None) }
}

fn decimals(hand: &Hand) -> InDecimals {
    let yuan = |fen: i64| Decimal::new(fen, 2);
    let prices = |charge: &HandCharge| match charge {
        HandCharge::Tiers { rows, .. } => rows.iter().map(|tier| (tier.from, yuan(tier.price))).collect(),
        HandCharge::Values(values) => values.iter().map(|&fen| (0, yuan(fen))).collect(),
    };
    InDecimals { base: yuan(hand.base), charges: hand.charges.iter().map(prices).collect() }
}

/// Selections in an order that no branch predictor learns by heart.
fn selections() -> (Vec<Selection>, Vec<HandSelection>) {
    let mut state: u32 = 0x9E37_79B9;
    let mut next = |bound: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % bound
    };
    (0..1024)
        .map(|_| {
            let (quantity, a, b, count) = (5 + next(40), next(2) as usize, next(2) as usize, 1 + next(3));
            let count = u8::try_from(count).expect("a small count");
            let picks = vec![Pick::Quantity(quantity), Pick::Value(a), Pick::Value(b)];
            let term = Some(shared::calendar::Term::YEAR);
            let selection = Selection { edition: 0, term, picks, count };
            let chosen = vec![quantity, u32::try_from(a).expect("small"), u32::try_from(b).expect("small")];
            (selection, HandSelection { chosen, count })
        })
        .unzip()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn nanoseconds(calls: usize, mut call: impl FnMut(usize)) -> f64 {
    let start = Instant::now();
    for i in 0..calls {
        call(i);
    }
    start.elapsed().as_secs_f64() * 1e9 / calls as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn verdict(value: f64, budget: f64) -> String {
    if value <= budget { "ok".to_owned() } else { format!("missed by {:.2}", value - budget) }
}

fn main() {
    let offer = Offer::parse(CONFIG).expect("a valid configuration");
    let hand = hand_tables(&offer);
    let decimal = decimals(&hand);
    let (ours, theirs) = selections();
    for (selection, by_hand) in ours.iter().zip(&theirs) {
        let total = total(&offer, selection, PriceKind::New).expect("within limits");
        assert_eq!(total, Fen::new(hand.total(by_hand)));
        assert_eq!(total.to_string(), format!("{:.2}", decimal.total(&hand, by_hand)));
    }
    let at: Timestamp = "2026-01-01T10:00:00+08:00".parse().expect("an instant");
    let picks = vec![Pick::Quantity(10), Pick::Value(1), Pick::Value(1)];
    let example = Selection { edition: 0, term: Some(shared::calendar::Term::YEAR), picks, count: 1 };
    // The page and the server compile the table once and price from it: so does the yardstick.
    let table = example.table(&offer, PriceKind::New);
    let total_of = |i: usize| {
        let selection = black_box(&ours[i % 1024]);
        table.total(&selection.picks, selection.count)
    };
    assert_eq!(total(&offer, &example, PriceKind::New), Ok(Fen::new(20_800)));

    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        rounds[0].push(nanoseconds(CALLS, |i| {
            let _ = black_box(total_of(i));
        }));
        rounds[1].push(nanoseconds(CALLS, |i| {
            black_box(hand.total(black_box(&theirs[i % 1024])));
        }));
        rounds[2].push(nanoseconds(CALLS, |i| {
            black_box(decimal.total(&hand, black_box(&theirs[i % 1024])));
        }));
        rounds[3].push(nanoseconds(CALLS / 10, |_| {
            let _ = black_box(purchase(&offer, black_box(&example), at, None));
        }));
    }
    let [ours, by_hand, in_decimals, quote] = rounds.map(median);
    let ratio = ours / by_hand;
    println!("pricing, natively (medians of {ROUNDS} interleaved rounds)");
    println!("  total            {ours:7.1} ns");
    println!(
        "  by hand          {by_hand:7.1} ns   total / by hand = {ratio:.2}  budget 2.00  {}",
        verdict(ratio, 2.0)
    );
    println!("  rust_decimal     {in_decimals:7.1} ns   rust_decimal / total = {:.2}", in_decimals / ours);
    println!("  explained quote  {quote:7.1} ns   budget 2000 ns  {}", verdict(quote, 2000.0));
}

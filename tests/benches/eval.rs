//! How many evaluator lines a second one core answers (budget 100,000), over the reference cases as they are, next to a
//! yardstick in the same run: reading each line into `serde_json::Value` and writing it out again.

#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times and ratios, not money")]

use std::hint::black_box;
use std::time::Instant;

/// The allocator of the `quotient` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CASES: &str = include_str!("../cases/eval.jsonl");
const ROUNDS: usize = 9;
const PASSES: usize = 10;
const BUDGET: f64 = 100_000.0;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn lines_per_second(lines: &[String], mut answer: impl FnMut(&str)) -> f64 {
    let start = Instant::now();
    for _ in 0..PASSES {
        for line in lines {
            answer(line);
        }
    }
    (lines.len() * PASSES) as f64 / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let case = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("a case");
    let lines: Vec<String> = CASES.lines().map(|line| case(line)["req"].to_string()).collect();
    let (mut ours, mut one_by_one, mut yardstick) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut evaluator = shared::eval::Evaluator::default();
        ours.push(lines_per_second(&lines, |line| {
            black_box(evaluator.answer(black_box(line)));
        }));
        one_by_one.push(lines_per_second(&lines, |line| {
            black_box(shared::eval::answer(black_box(line)));
        }));
        yardstick.push(lines_per_second(&lines, |line| {
            black_box(case(black_box(line)).to_string());
        }));
    }
    let [ours, one_by_one, yardstick] = [ours, one_by_one, yardstick].map(median);
    let verdict = if ours >= BUDGET { "ok".to_owned() } else { format!("missed by {:.0}", BUDGET - ours) };
    let bytes = lines.iter().map(String::len).sum::<usize>() / lines.len();
    println!("evaluator, one core (medians of {ROUNDS} interleaved rounds; {bytes} bytes a line on average)");
    println!("  lines a second   {ours:9.0}   budget {BUDGET:.0}  {verdict}");
    println!("  one by one       {one_by_one:9.0}   without the last configuration kept in between");
    println!("  parse and print  {yardstick:9.0}   evaluator / parse and print = {:.2}", ours / yardstick);
}

//! Random journeys of a whole market: purchases, renewals, changes, trials, refunds, payments that go wrong, prices that change,
//! clock jumps and crashes. The same seed lives the same history, byte by byte, on SQLite and on PostgreSQL; after every step the
//! services stand where a second opinion says (`books.rs`), and every audit is clean.
//!
//! `QUOTIENT_JOURNEYS` says how many seeds, `QUOTIENT_JOURNEY` tells the story of a single one.

mod action;
mod books;
mod life;
mod stage;

use std::ops::Range;

use life::Life;
use stage::Stage;

/// How many seeds the test command lives through.
const SEEDS: u64 = 200;
/// How many steps each of them has.
const STEPS: usize = 50;
/// On every how manieth seed PostgreSQL lives along: making its tables takes longer than the life.
const POSTGRES_EVERY: u64 = 4;
/// How many lives go on at once: most of their time is waiting for a disk.
const WORKERS: u64 = 4;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Lives through the journey of a seed on every stage; returns its history.
async fn live(seed: u64, mut stages: Vec<Stage>) -> String {
    let mut life = Life::begin(seed, &mut stages).await;
    for _ in 0..STEPS {
        life.step(&mut stages).await;
    }
    life.end(&mut stages).await
}

/// Lives through every seed whose turn it is.
async fn work(worker: u64, seeds: Range<u64>, postgres: Option<String>) {
    for seed in seeds.filter(|seed| seed % WORKERS == worker) {
        let mut stages = vec![Stage::on_sqlite(seed).await];
        if let Some(server) = postgres.as_deref().filter(|_| (seed / WORKERS).is_multiple_of(POSTGRES_EVERY)) {
            stages.push(Stage::on_postgresql(seed, server, worker).await);
        }
        let history = live(seed, stages).await;
        if seed.is_multiple_of(50) {
            let again = live(seed, vec![Stage::on_sqlite(seed).await]).await;
            assert_eq!(history, again, "seed {seed} lives the same again");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_journeys_keep_every_invariant_and_are_the_same_on_both_databases() {
    let postgres = std::env::var("QUOTIENT_TEST_POSTGRES").ok();
    if postgres.is_none() {
        println!("QUOTIENT_TEST_POSTGRES is not set: lived on SQLite only. `cargo xtask test native` starts one.");
    }
    let seeds = match setting("QUOTIENT_JOURNEY") {
        Some(seed) => seed..seed + 1,
        None => 0..setting("QUOTIENT_JOURNEYS").unwrap_or(SEEDS),
    };
    let working = (0..WORKERS).map(|worker| tokio::spawn(work(worker, seeds.clone(), postgres.clone())));
    for worker in working.collect::<Vec<_>>() {
        worker.await.expect("lived through");
    }
}

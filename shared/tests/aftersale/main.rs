//! After the sale: tables with rule numbers, and laws over random runs.
#![cfg(not(target_family = "wasm"))]

mod complaints;
mod invoices;
mod reviews;
mod settlement;

use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{Amount, CancelWhy, Method, Order, OrderKind, OrderState};

fn at(day: i64) -> Timestamp {
    let first: Timestamp = "2026-01-01T12:00:00+08:00".parse().expect("an instant");
    first.plus_seconds(day * 86_400).expect("in range")
}

/// A purchase of 208.00.
fn order(state: OrderState) -> Order {
    Order {
        id: "A".to_owned(),
        kind: OrderKind::Purchase,
        enterprise: "buyer".to_owned(),
        isv: "isv".to_owned(),
        product: "data".to_owned(),
        revision: 1,
        selection: serde_json::from_str(r#"{"edition":"standard","quantities":{},"options":{},"count":1}"#)
            .expect("a selection"),
        quote: Some("q".to_owned()),
        agreement: 1,
        amount: Amount { quoted: Fen::new(20_800), repriced: None, reduced: None },
        method: Method::Sandbox,
        state,
        placed_at: at(0),
        kept: Fen::ZERO,
        movements: Vec::new(),
        services: Vec::new(),
        on: None,
        turn: None,
        before: None,
    }
}

fn paid() -> Order {
    order(OrderState::Paid { at: at(0) })
}

/// Orders that are not paid.
fn unpaid() -> [Order; 2] {
    [
        order(OrderState::Unpaid { closes_at: at(1) }),
        order(OrderState::Cancelled { at: at(1), why: CancelWhy::ByBuyer }),
    ]
}

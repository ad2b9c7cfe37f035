//! Bars, each with its number beside it.

use shared::money::Fen;

use crate::element::{Element, el};

/// A bar, as a part of the longest one.
pub(super) fn bar(amount: Fen, longest: Fen) -> Element {
    let bar = el("rect").attr("height", "100%").attr("width", percent(thousandths(amount, longest)));
    el("svg").class("bar").attr("width", "100%").attr("height", "16").attr("aria-hidden", "true").with(bar)
}

/// How many thousandths of the longest bar an amount is; what is there is seen.
fn thousandths(amount: Fen, longest: Fen) -> i64 {
    if amount <= Fen::ZERO || longest <= Fen::ZERO {
        return 0;
    }
    let exact = i128::from(amount.fen()) * 1000 / i128::from(longest.fen());
    i64::try_from(exact).unwrap_or(1000).clamp(2, 1000)
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

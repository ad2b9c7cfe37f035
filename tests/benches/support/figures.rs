//! What is printed of what was measured.

pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    quantile(values, 0.5)
}

/// The value that this share of all is not above.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
pub(crate) fn quantile(values: impl IntoIterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let at = (values.len() as f64 * share) as usize;
    values[at.min(values.len() - 1)]
}

/// Whether a budget is met: `met` is 1 where it just is, and larger where there is room.
pub(crate) fn verdict(met: f64) -> String {
    if met >= 1.0 { "ok".to_owned() } else { format!("missed by {:.0} %", (1.0 - met) * 100.0) }
}

//! Named points at which the process can be made to end as if the power went: for `cargo xtask crash`, which looks whether
//! anything is lost or doubled then. Without the feature `faults` there is nothing here.

/// Every point, in the order in which an order passes them.
pub const POINTS: [&str; 14] = [
    "claimed",
    "held",
    "ordered",
    "posted",
    "served",
    "noticed",
    "scheduled",
    "kept",
    "committing",
    "committed",
    "notified",
    "worked",
    "refund_kept",
    "refund_asked",
];

/// Ends the process where `QUOTIENT_FAULT` says so: `name:n`, the `n`th time that this point is passed.
#[cfg(feature = "faults")]
pub fn point(name: &'static str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicI64, Ordering};

    static FAULT: LazyLock<Option<(String, AtomicI64)>> = LazyLock::new(|| {
        let fault = std::env::var("QUOTIENT_FAULT").ok()?;
        let (name, times) = fault.split_once(':')?;
        Some((name.to_owned(), AtomicI64::new(times.parse().ok()?)))
    });
    debug_assert!(POINTS.contains(&name), "{name} is no point");
    if let Some((at, left)) = &*FAULT
        && at == name
        && left.fetch_sub(1, Ordering::Relaxed) == 1
    {
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
    }
}

/// Does nothing.
#[cfg(not(feature = "faults"))]
#[inline]
pub fn point(_: &'static str) {}

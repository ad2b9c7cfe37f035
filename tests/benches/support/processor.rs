//! How much work something is, whatever else the machine does.

/// The processor time that this process has used, in seconds; what else the machine does is not in it.
pub(crate) fn processor_seconds() -> f64 {
    /// Of the kernel's interface, whatever the machine's own ticks are.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

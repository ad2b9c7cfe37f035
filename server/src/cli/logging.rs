//! Logs go to standard error: JSON for machines, lines for a person at a terminal.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Starts logging at the level in `QUOTIENT_LOG`, else `info`.
pub(super) fn start() {
    let filter = EnvFilter::builder()
        .with_env_var("QUOTIENT_LOG")
        .with_default_directive(tracing::Level::INFO.into())
        .from_env_lossy();
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.with_target(false).init();
    } else {
        lines.json().flatten_event(true).with_current_span(false).init();
    }
    // A panic ends one request, not the server; its place belongs in the log.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

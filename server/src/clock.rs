//! The one clock. Nothing else in the workspace reads the system's time: instants are arguments everywhere.

use core::sync::atomic::{AtomicI64, Ordering};
use core::time::Duration;
use std::time::{Instant, SystemTime};

use shared::calendar::{Offset, Timestamp};

/// The marketplace's time, written in its civil offset (rule M3).
#[derive(Debug)]
pub struct Clock {
    offset: Offset,
    base: Base,
    /// Seconds by which a sandbox was set forward.
    ahead: AtomicI64,
    /// Seconds that a standing clock went on by.
    passed: AtomicI64,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    System,
    /// Stands still at this second since 1970.
    Standing(i64),
}

impl Clock {
    /// The system's clock.
    pub const fn system(offset: Offset) -> Self {
        Self { offset, base: Base::System, ahead: AtomicI64::new(0), passed: AtomicI64::new(0) }
    }

    /// A clock that moves only by [`Clock::advance`] and [`Clock::pass`].
    pub const fn standing_at(at: Timestamp) -> Self {
        Self {
            offset: at.offset(),
            base: Base::Standing(at.unix()),
            ahead: AtomicI64::new(0),
            passed: AtomicI64::new(0),
        }
    }

    /// The present instant.
    ///
    /// # Panics
    /// When the system's clock shows a year that is not between 0 and 9999.
    pub fn now(&self) -> Timestamp {
        let seconds = self.base().saturating_add(self.ahead.load(Ordering::Relaxed));
        Timestamp::from_unix(seconds, self.offset).expect("the clock shows a year between 0 and 9999")
    }

    /// The instant outside, whatever a sandbox was set forward by: what guards an account goes by it, so that who looks at
    /// next year is not signed out by the way there.
    ///
    /// # Panics
    /// As [`Clock::now`].
    pub fn wall(&self) -> Timestamp {
        Timestamp::from_unix(self.base(), self.offset).expect("the clock shows a year between 0 and 9999")
    }

    /// Lets a standing clock go on.
    pub fn pass(&self, by: Duration) {
        self.passed.fetch_add(i64::try_from(by.as_secs()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Seconds by which a sandbox was set forward.
    pub fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    /// Goes on from where a sandbox was set forward to before, or by another server; never back.
    pub fn set_ahead(&self, seconds: i64) {
        self.ahead.fetch_max(seconds, Ordering::Relaxed);
    }

    fn base(&self) -> i64 {
        match self.base {
            Base::System => system_seconds(),
            Base::Standing(seconds) => seconds.saturating_add(self.passed.load(Ordering::Relaxed)),
        }
    }

    /// Sets the clock forward; time never goes back, and not beyond the calendar's end.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        if self.now().plus_seconds(by).is_some() {
            self.ahead.fetch_add(by, Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one clock")]
fn system_seconds() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Measures how long something takes; says nothing about what time it is.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_told_and_never_leaves_the_calendar() {
        let clock = Clock::standing_at("2026-01-01T10:00:00+08:00".parse().expect("an instant"));
        assert_eq!(clock.now().to_string(), "2026-01-01T10:00:00+08:00");
        clock.advance(Duration::from_hours(24));
        assert_eq!(clock.now().to_string(), "2026-01-02T10:00:00+08:00");
        clock.advance(Duration::MAX);
        assert_eq!(clock.now().to_string(), "2026-01-02T10:00:00+08:00");
    }

    #[test]
    fn the_wall_clock_knows_nothing_of_the_sandbox() {
        let clock = Clock::standing_at("2026-01-01T10:00:00+08:00".parse().expect("an instant"));
        clock.advance(Duration::from_hours(24));
        clock.pass(Duration::from_hours(1));
        assert_eq!(clock.wall().to_string(), "2026-01-01T11:00:00+08:00");
        assert_eq!(clock.now().to_string(), "2026-01-02T11:00:00+08:00");
    }

    #[test]
    fn the_system_clock_writes_the_marketplaces_offset() {
        assert!(Clock::system(Offset::CHINA).now().to_string().ends_with("+08:00"));
    }
}

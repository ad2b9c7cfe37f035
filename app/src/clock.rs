//! The time that prices begin at: the server's, carried on by this computer's clock.

use std::cell::Cell;

use shared::calendar::{Offset, Timestamp};

thread_local! {
    /// Seconds that the server is ahead of this computer, and the offset that it writes instants in.
    static SERVER: Cell<(i64, Offset)> = const { Cell::new((0, Offset::CHINA)) };
}

/// Notes that the server's clock shows `now` while this computer's shows `here`.
pub fn set(now: Timestamp, here: i64) {
    SERVER.set((now.unix() - here, now.offset()));
}

/// The server's time while this computer's clock shows `here`; `None` only past the ends of the calendar.
pub fn at(here: i64) -> Option<Timestamp> {
    let (ahead, offset) = SERVER.get();
    Timestamp::from_unix(here.saturating_add(ahead), offset)
}

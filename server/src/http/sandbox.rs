//! The sandbox's time above the store's pages: HTML of the server's, so that nobody downloads code for it.

use shared::calendar::Timestamp;

/// The time when the page was asked for, and the way to set the clock forward. In both languages: the style shows the page's,
/// which the page can change without asking again.
pub(super) fn strip(now: Timestamp) -> String {
    let (year, month, day, hour, minute, _) = now.civil();
    let both = |zh: &str, en: &str| format!(r#"<span lang="zh-CN">{zh}</span><span lang="en">{en}</span>"#);
    let (what, set) = (both("沙箱时间", "Sandbox time"), both("拨快时钟", "Set forward"));
    format!(
        "<section class=\"sandbox-strip\" aria-label=\"沙箱 Sandbox\"><div class=\"wrap\"><p>{what} \
         <time datetime=\"{now}\">{year}-{month:02}-{day:02} {hour:02}:{minute:02}</time></p>\
         <a href=\"/sandbox/clock#clock-day\">{set}</a></div></section>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_said_in_the_markets_own_hours() {
        let strip = strip("2026-11-21T09:05:00+08:00".parse().expect("an instant"));
        assert!(strip.contains(r#"<time datetime="2026-11-21T09:05:00+08:00">2026-11-21 09:05</time>"#), "{strip}");
    }
}

//! The clock goes forward only, once for each click; signing out leads to the store.

use super::Place;
use super::model::{Frame, Msg};
use crate::page::samples::{context, key, refused, request};
use crate::page::submit::Submit;
use crate::page::{Effect, Method, Page};

fn frame() -> Frame {
    Frame::new("/account/orders".into(), Place::Framed, &context())
}

#[test]
fn the_clock_is_set_forward_by_days_and_to_a_day() {
    let mut frame = frame();
    let asked = request(frame.update(Msg::Days(358, key("a"))));
    assert_eq!((asked.path.as_str(), asked.body.as_deref()), ("/api/sandbox/clock", Some(r#"{"advance":"P358D"}"#)));
    assert!(frame.update(Msg::Days(358, key("b"))).is_empty(), "a double click");
    let set = (asked.then)(Ok(r#"{"now":"2027-11-14T10:00:00+08:00"}"#.into()));
    assert!(matches!(frame.update(set).as_slice(), [Effect::Reload]));

    let mut frame = self::frame();
    let now = context().now;
    for behind in ["", "2026-11-21", "2027-02-30", "soon"] {
        frame.update(Msg::Day(behind.into()));
        assert!(frame.update(Msg::ToDay(now, key("c"))).is_empty() && frame.day_wrong, "{behind}");
    }
    frame.update(Msg::Day("2026-11-22".into()));
    let asked = request(frame.update(Msg::ToDay(now, key("d"))));
    assert_eq!(asked.body.as_deref(), Some(r#"{"at":"2026-11-22T00:00:00+08:00"}"#));
    let failed = (asked.then)(Err(refused(409)));
    assert!(frame.update(failed).is_empty());
    assert_eq!(frame.setting, Submit::Refused(refused(409)));
}

#[test]
fn signing_out_ends_this_session_or_all_of_them() {
    for (everywhere, path) in [(false, "/api/session"), (true, "/api/sessions")] {
        let mut frame = frame();
        let asked = request(frame.update(Msg::Leave { everywhere, key: key("a") }));
        assert_eq!((asked.method, asked.path.as_str()), (Method::Delete, path));
        let left = (asked.then)(Ok(String::new()));
        assert!(matches!(frame.update(left).as_slice(), [Effect::Open(to)] if to == "/"));
    }
}

#[test]
fn what_is_unread_is_counted_for_those_who_have_notices() {
    let mut frame = frame();
    let asked = request(frame.begin());
    frame.update((asked.then)(Ok(r#"{"notices":[],"unread":3}"#.into())));
    assert_eq!(frame.unread, 3);
    assert!(
        Frame::new("/account/notices".into(), Place::Notices, &context()).begin().is_empty(),
        "the list counts itself"
    );
    assert!(Frame::new("/sign-in".into(), Place::SignIn, &context()).begin().is_empty());
}

//! The configuration that was read last, so that a file of golden cases reads its configuration once.
//!
//! An answer must depend on its line alone. So the text of the configuration is compared byte for byte, and the rest of the
//! line is read as it stands, with `null` where the configuration was.

use core::ops::Range;
use std::sync::Arc;

use crate::catalog::Offer;

/// A valid configuration and its text.
#[derive(Debug)]
pub(super) struct Known {
    text: Box<str>,
    pub(super) offer: Arc<Offer>,
}

impl Known {
    /// Remembers the offer that was read from the configuration at `place` in `line`.
    pub(super) fn new(line: &str, place: Range<usize>, offer: Arc<Offer>) -> Self {
        Self { text: line[place].into(), offer }
    }

    /// `line` without the configuration at `place`, where that is this one.
    pub(super) fn without(&self, line: &str, place: &Range<usize>) -> Option<String> {
        let same = line[place.clone()] == *self.text;
        same.then(|| [&line[..place.start], "null", &line[place.end..]].concat())
    }
}

/// Where the value of the field `config` stands in a line that is a JSON object. In a line that is none, anywhere: what
/// this finds is replaced only where it is a text that was read as a configuration before.
pub(super) fn config_of(line: &str) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let mut depth = 0_u32;
    let mut found: Option<usize> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = end_of_string(bytes, at)?;
                if depth == 1 && bytes[at..end].contains(&b'\\') {
                    // The escapes may spell `config`.
                    return None;
                }
                if depth == 1 && found.is_none() && &bytes[at..end] == b"\"config\"" {
                    let colon = end + line[end..].find(|c: char| !c.is_ascii_whitespace())?;
                    if bytes[colon] == b':' {
                        let value = colon + 1 + line[colon + 1..].find(|c: char| !c.is_ascii_whitespace())?;
                        if bytes[value] != b'{' {
                            return None;
                        }
                        found = Some(value);
                    }
                }
                at = end;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if let (1, Some(start)) = (depth, found) {
                    return Some(start..at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place after the string that begins at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::config_of;

    #[test]
    fn the_configuration_is_found_at_the_top_alone() {
        let of = |line: &'static str| config_of(line).map(|range| &line[range]);
        assert_eq!(of(r#"{"op":"x","config" : {"a":[{}],"b":"}\"{"},"at":1}"#), Some(r#"{"a":[{}],"b":"}\"{"}"#));
        assert_eq!(of(r#"{"at":"config","selection":{"config":{"a":1}},"config":{}}"#), Some("{}"));
        for line in [
            "",
            "{",
            "\"",
            r#"{"config""#,
            r#"{"config":"#,
            r#"{"a":"\"#,
            r#"{"config":1}"#,
            "]",
            r#"{"\u0063onfig":{},"config":{}}"#,
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}

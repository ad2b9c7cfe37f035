//! Reading a small body into its type; what is wrong with it is `malformed`, with its place.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use shared::violation::{Expected, Problem, Violation};

use crate::failure::Failure;

/// Reads a body that has one of [`shared::api`]'s forms. It stops at the first thing that is wrong: such a body has a few
/// fields, which a program filled in.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let text = str::from_utf8(body).map_err(|_| Failure::malformed(Expected::Json))?;
    if holds_nul(text) {
        // PostgreSQL keeps no such text.
        return Err(Failure::malformed(Expected::Text));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let at = pointer(error.path());
        malformed(at, &error.into_inner())
    })?;
    reader.end().map_err(|_| Failure::malformed(Expected::Json))?;
    Ok(read)
}

/// `field` of a body says something that cannot be.
pub(crate) fn wrong(at: &str, expected: Expected) -> Failure {
    Failure::Malformed(vec![Violation::new(at, &Problem::Malformed(expected))])
}

/// A NUL can stand in JSON as an escape only.
fn holds_nul(text: &str) -> bool {
    text.match_indices("\\u0000").any(|(at, _)| {
        let before = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        before % 2 == 0
    })
}

fn malformed(mut at: String, error: &serde_json::Error) -> Failure {
    if !error.is_data() {
        return Failure::malformed(Expected::Json);
    }
    let said = error.to_string();
    let field = |prefix: &str| said.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    let field_of = |at: &mut String, name: &str| {
        let step = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        if !at.ends_with(&step) {
            at.push_str(&step);
        }
    };
    let expected = if let Some(name) = field("missing field `") {
        field_of(&mut at, name);
        Expected::Present
    } else if let Some(name) = field("unknown field `") {
        field_of(&mut at, name);
        Expected::NoSuchField
    } else if let Some(name) = field("duplicate field `") {
        field_of(&mut at, name);
        Expected::Once
    } else {
        // What it is instead is said by the reader, in English; the place says enough in Chinese.
        let said = said.split(" at line ").next().unwrap_or_default();
        return Failure::Malformed(vec![Violation {
            code: "malformed".to_owned(),
            at,
            zh: "这一项的类型或取值不正确。".to_owned(),
            en: format!("This is not of the right form: {said}."),
        }]);
    };
    wrong(&at, expected)
}

fn pointer(path: &Path) -> String {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    };
    path.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use shared::api::{SignIn, TokenRequest};

    use super::*;

    fn refused<T: DeserializeOwned>(body: &str) -> (String, String) {
        match read::<T>(body.as_bytes()).err() {
            Some(Failure::Malformed(mut violations)) if violations.len() == 1 => {
                let violation = violations.remove(0);
                assert_eq!(violation.code, "malformed");
                (violation.at, violation.en)
            }
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (body, at) in [
            ("", ""),
            ("[]", ""),
            (r#"{"email":"a","password":"b"} x"#, ""),
            ("{", ""),
            ("{}", "/email"),
            (r#"{"email":"a"}"#, "/password"),
            (r#"{"email":1,"password":"b"}"#, "/email"),
            (r#"{"email":null,"password":"b"}"#, "/email"),
            (r#"{"email":"a","password":"b","x/y":1}"#, "/x~1y"),
            (r#"{"email":"a","email":"a","password":"b"}"#, "/email"),
            (r#"{"email":"a\u0000","password":"b"}"#, ""),
            (r#"{"email":"\ud800","password":"b"}"#, ""),
        ] {
            assert_eq!(refused::<SignIn>(body).0, at, "{body}");
        }
        for (body, at) in [
            (r#"{"name":"a","scopes":["read","all"]}"#, "/scopes/1"),
            (r#"{"name":"a","scopes":"read"}"#, "/scopes"),
            (r#"{"name":"a","scopes":[],"expires_at":"tomorrow"}"#, "/expires_at"),
        ] {
            assert_eq!(refused::<TokenRequest>(body).0, at, "{body}");
        }
    }

    #[test]
    fn a_backslash_before_is_no_nul() {
        let read: SignIn = read(br#"{"email":"\\u0000","password":"b"}"#).expect("read");
        assert_eq!(read.email, "\\u0000");
        assert!(holds_nul(r"\\\u0000") && !holds_nul(r"\\u0000"));
    }
}

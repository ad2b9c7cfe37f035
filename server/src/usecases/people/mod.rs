//! People: signing in, members, invitations, tokens for machines.

mod demo;
mod invitations;
mod members;
mod oidc;
mod sign_in;
mod tokens;

pub use invitations::add_organisation;
pub use sign_in::{Origin, SignedIn};

use serde::Serialize;
use shared::violation::Expected;

use super::form;
use crate::failure::Failure;

/// Longest name of a person or a token, in characters.
const LONGEST_NAME: usize = 50;
/// Longest mail address (RFC 5321).
const LONGEST_ADDRESS: usize = 254;

/// A mail address as it is kept, if it can be one.
fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.rsplit_once('@')?;
    let sane = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    (text.len() <= LONGEST_ADDRESS && sane(local) && sane(domain)).then_some(text)
}

/// A name as it is kept.
fn name(text: &str, at: &str) -> Result<String, Failure> {
    let text = text.trim();
    let sane = (1..=LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    sane.then(|| text.to_owned()).ok_or_else(|| form::wrong(at, Expected::Text))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_way() {
        assert_eq!(address(" Wang@Example.COM ").as_deref(), Some("wang@example.com"));
        for text in ["", "@", "a@", "@b", "a b@c", "a@b@c", "a\u{7}@b", &format!("{}@b", "a".repeat(253))] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}

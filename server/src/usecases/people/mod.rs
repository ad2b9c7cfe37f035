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
/// A name as it is kept.
fn name(text: &str, at: &str) -> Result<String, Failure> {
    let text = text.trim();
    let sane = (1..=LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    sane.then(|| text.to_owned()).ok_or_else(|| form::wrong(at, Expected::Text))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Internal(error.to_string()))
}

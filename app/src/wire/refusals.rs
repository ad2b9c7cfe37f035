//! Refusals.

use shared::json::Node;
use shared::violation::Violation;

use super::Fields;
use crate::client::Refused;

/// What the page needs of a [`shared::api::Refusal`].
pub fn refusal(node: &Node<'_>) -> Option<Refused> {
    let fields = Fields::of(node);
    let violation = |node| {
        let fields = Fields::of(node);
        Some(Violation {
            code: fields.text("code")?,
            at: fields.text("at")?,
            zh: fields.text("zh")?,
            en: fields.text("en")?,
        })
    };
    Some(Refused {
        status: fields.int("status")?,
        zh: fields.text("zh")?,
        en: fields.text("detail")?,
        violations: fields.list("violations").iter().filter_map(violation).collect(),
        total: fields.get("quote").and_then(|quote| Fields::of(quote).amount("total")),
    })
}

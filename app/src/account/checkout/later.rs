//! What the years after the purchase cost, before it is made.

use shared::api::Confirmed;
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::json::At;
use shared::lifetime::{Event, Plan, Row, lifetime};
use shared::pricing::{Selection, SelectionRules};
use shared::violation::Report;

use super::model::Checkout;
use crate::element::{Element, el};
use crate::format::{date, term, yuan};
use crate::i18n::Lang;

/// How many renewals are shown.
const RENEWALS: u8 = 2;

/// The purchase and its renewals, each with its date and what it costs today; nothing of what is bought once.
pub(super) fn later(model: &Checkout, quoted: &Confirmed, now: Timestamp, lang: Lang) -> Option<Element> {
    let (rows, sold) = (rows(model.offer.as_deref()?, quoted, now)?, quoted.selection.term?);
    let first = rows.iter().find(|row| row.event == Event::Purchase)?.due;
    let dearer = rows.iter().any(|row| row.event == Event::Renewal && row.due > first);
    let lines = rows.iter().map(|row| {
        let what = match row.event {
            Event::Renewal => lang.pick("续费 ", "Renewal, "),
            _ => lang.pick("新购 ", "Purchase, "),
        };
        let amount = if row.due > first { "is-amount is-dearer" } else { "is-amount" };
        el("tr")
            .with(el("th").attr("scope", "row").with(date(row.at, lang)))
            .with(el("td").with([what, &term(sold, lang)].concat()))
            .with(el("td").class(amount).with(yuan(row.due)))
    });
    let table = el("table").class("segments").with(el("tbody").all(lines));
    let warning = dearer.then(|| {
        let words = lang.pick("续费比首次购买贵，请留意以后每期的费用。", "Renewals cost more than the first term.");
        el("p").class("notice").with(words)
    });
    let note = lang.pick(
        "按今天的价格，假设每次到期时续费同样时长。续费沿用数量和选项，不能减少；需要减少时，请到期后重新购买。",
        "At today's prices, renewed for the same term whenever it ends. A renewal keeps quantities and options; for fewer, let it end and buy anew.",
    );
    Some(
        el("section")
            .class("checkout-part later")
            .attr("aria-labelledby", "later-title")
            .with(el("h2").id("later-title").with(lang.pick("以后的费用", "What follows")))
            .with(table)
            .with(el("p").class("fine").with(note))
            .maybe(warning),
    )
}

fn rows(offer: &Offer, quoted: &Confirmed, now: Timestamp) -> Option<Vec<Row>> {
    let (root, mut report) = (At::ROOT, Report::default());
    let term_at = root.key("term");
    let rules = SelectionRules { at: &root, term_at: Some(&term_at), hidden_allowed: false, limits: true };
    let selection = Selection::check(offer, &quoted.selection.as_raw(), rules, &mut report)?;
    let plan = Plan { selection: &selection, trial: false, expansion: None, renewals: (selection.term?, RENEWALS) };
    lifetime(offer, &plan, now).ok()
}

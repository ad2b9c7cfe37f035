//! The price that is shown, as golden case: the evaluator's request and what it answers.

use serde::Serialize;
use serde_json::{Map, Value, json};
use shared::calendar::{Offset, Term, Timestamp};
use shared::catalog::{ChargeKind, Edition};
use shared::golden::Case;
use shared::money::Fen;
use shared::pricing::SelectionFile;

use crate::account::service::change::{Desk, words};
use crate::format::term;
use crate::i18n::Lang;
use crate::storefront::product::model::Model;

/// A purchase of what is selected.
pub(super) fn purchase(product: &Model, at: Timestamp, lang: Lang) -> Option<Case> {
    let priced = product.price.as_ref().ok()?;
    let mut expect = Map::new();
    expect.insert("total".into(), value(&priced.quote.total));
    if let Some(renewal) = priced.quote.renewal_total {
        expect.insert("renewal_total".into(), value(&renewal));
    }
    let mut name = selected(product.edition(), &priced.file, lang);
    if priced.file.count > 1 {
        name.push(lang.pick(format!("{} 个", priced.file.count), format!("× {}", priced.file.count)));
    }
    Some(Case {
        name: name.join(" · "),
        request: request("purchase", at, [("selection", value(&priced.file))]),
        expect,
    })
}

/// A renewal or a change of what is on the desk.
pub(super) fn change(desk: &Desk, at: Timestamp, lang: Lang) -> Option<Case> {
    let quote = desk.outcome(at).ok()?;
    let subscription = ("subscription", value(&desk.service.subscription));
    let wish = &desk.wish;
    let mut name = vec![words::named(wish.what, lang).to_owned()];
    let request = match wish.change_mode() {
        None => {
            let sold = wish.draft.term?;
            name.push(desk.service.names.edition.clone());
            name.push(term(sold, lang));
            request("renew", at, [subscription, ("term", value(&sold))])
        }
        Some(mode) => {
            let mut file = wish.selection(&desk.offer)?;
            // The end stays: there is no term to be chosen.
            file.term = file.term.filter(|_| mode == shared::lifecycle::ChangeMode::ReTerm);
            name.extend(selected(&desk.offer.editions[wish.draft.edition], &file, lang));
            let mut selection = value(&file);
            if let Some(selection) = selection.as_object_mut() {
                selection.remove("count");
            }
            request("change", at, [subscription, ("selection", selection), ("mode", value(&mode))])
        }
    };
    let mut expect = Map::new();
    expect.insert("due".into(), value::<Fen>(&quote.due));
    Some(Case { name: name.join(" · "), request, expect })
}

fn request<const N: usize>(op: &str, at: Timestamp, fields: [(&str, Value); N]) -> Map<String, Value> {
    let mut request = Map::new();
    request.insert("op".into(), json!(op));
    if at.offset() != Offset::CHINA {
        request.insert("offset".into(), json!(at.offset().to_string()));
    }
    request.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
    request.insert("at".into(), json!(at.to_string()));
    request
}

/// No type here has a map whose keys are anything but texts, so that all of them are values.
fn value<T: Serialize>(of: &T) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// `标准版`, `用户数 10 人`, `1 年`.
fn selected(edition: &Edition, file: &SelectionFile, lang: Lang) -> Vec<String> {
    let charges = edition.charges.iter().filter_map(|charge| match &charge.kind {
        ChargeKind::Quantity(quantity) => {
            file.quantities.get(&charge.key).map(|n| format!("{} {n} {}", charge.name, quantity.unit))
        }
        ChargeKind::Option(_) => file.options.get(&charge.key).map(|value| format!("{} {value}", charge.name)),
    });
    let sold: Option<Term> = file.term;
    [edition.name.clone()].into_iter().chain(charges).chain(sold.map(|sold| term(sold, lang))).collect()
}

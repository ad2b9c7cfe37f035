//! Quoting the renewal or a change of a service (rules L3, L7–L12): priced on what is sold now and on what the service is now.

use std::sync::Arc;

use shared::api::{Names, OrganisationKind};
use shared::calendar::{Term, Timestamp};
use shared::catalog::Offer;
use shared::json::{At, Fields, Node, choice, int, parsed, text};
use shared::lifecycle::{ChangeMode, Quote};
use shared::money::Fen;
use shared::orders::{Intent, OnService, Service, When, quote_on};
use shared::pricing::{RawSelection, SelectionFile};
use shared::violation::{Expected, Problem, Report};

use super::market::Market;
use super::offered::Offered;
use crate::caller::Caller;
use crate::failure::{Account, Failure, Trade};
use crate::store::products::{self, StoredProduct};
use crate::store::services::{self, StoredService};
use crate::store::{Sql, Step};

/// For how long what a page shows of a change may be behind, in seconds: what is due falls with every second.
const BEHIND: i64 = 60;

const FIELDS: [&str; 8] =
    ["subscription", "intent", "mode", "term", "selection", "accept_forfeit", "expected_total", "revision"];
const INTENTS: [(&str, Wanted); 2] = [("renew", Wanted::Renew), ("change", Wanted::Change)];
const MODES: [(&str, ChangeMode); 2] = [("co_term", ChangeMode::CoTerm), ("re_term", ChangeMode::ReTerm)];

#[derive(Clone, Copy)]
enum Wanted {
    Renew,
    Change,
}

/// A service and its product as it is sold now, also where it takes no new purchases.
pub(super) struct Look {
    pub(super) caller: Caller,
    pub(super) service: String,
}

impl Step for Look {
    type Done = (StoredService, StoredProduct);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let found = services::find(sql, &self.service, self.caller.tenant()).await?.ok_or(Trade::ServiceNotFound)?;
        let product = products::find(sql, &found.service.product).await?;
        Ok((found, product.ok_or(Trade::ServiceNotFound)?))
    }
}

/// What is asked for, read from a body.
struct Asked<'a> {
    service: &'a str,
    intent: Intent,
    selection: Option<RawSelection<'a>>,
    term: Option<&'a str>,
    accept_forfeit: Option<Fen>,
    expected_total: Option<Fen>,
    revision: Option<i64>,
}

impl<'a> Asked<'a> {
    fn read(node: &'a Node<'_>) -> Result<Self, Failure> {
        let (root, mut report) = (At::ROOT, Report::default());
        let report = &mut report;
        let Some(fields) = Fields::read(node, &FIELDS, &root, report) else {
            return Err(Failure::refused(std::mem::take(report).into_violations()));
        };
        let service = fields.required("subscription", &root, report);
        let service = service.and_then(|node| text(node, &root.key("subscription"), report));
        let intent = fields.required("intent", &root, report);
        let intent = intent.and_then(|node| choice(node, &INTENTS, &root.key("intent"), report));
        let amount = |name, report: &mut Report| {
            fields.get(name).and_then(|node| parsed(node, Expected::Amount, &root.key(name), report))
        };
        let (accept_forfeit, expected_total) = (amount("accept_forfeit", report), amount("expected_total", report));
        let revision = fields.get("revision").and_then(|node| int(node, &root.key("revision"), report));
        // Each intent has fields of its own; the other's do not belong.
        let strange: &[&str] = match intent {
            Some(Wanted::Renew) => &["mode", "selection"],
            Some(Wanted::Change) => &["term"],
            None => &[],
        };
        for name in strange.iter().filter(|name| fields.get(name).is_some()) {
            report.add(&root.key(name), Problem::Malformed(Expected::NoSuchField));
        }
        let (mut term, mut selection) = (None, None);
        let intent = match intent {
            Some(Wanted::Renew) => {
                let node = fields.required("term", &root, report);
                term = node.and_then(|node| text(node, &root.key("term"), report));
                Some(Intent::Renew)
            }
            Some(Wanted::Change) => {
                let mode = fields.required("mode", &root, report);
                let mode = mode.and_then(|node| choice(node, &MODES, &root.key("mode"), report));
                let known: &[&str] = match mode {
                    Some(ChangeMode::CoTerm) => &["edition", "quantities", "options"],
                    _ => &["edition", "term", "quantities", "options"],
                };
                let node = fields.required("selection", &root, report);
                selection = node.and_then(|node| RawSelection::read(node, known, &root.key("selection"), report));
                mode.map(|mode| Intent::Change { mode })
            }
            None => None,
        };
        let read = std::mem::take(report).unless_any(service.zip(intent)).map_err(Failure::refused)?;
        let (service, intent) = read;
        Ok(Self { service, intent, selection, term, accept_forfeit, expected_total, revision })
    }

    /// As it is held against an offer: a renewal has what the service has.
    fn raw<'s>(&'s self, service: &'s Service) -> RawSelection<'s> {
        match &self.selection {
            Some(selection) => selection.clone(),
            None => RawSelection { term: Some(self.term), ..service.subscription.as_raw() },
        }
    }

    /// Refuses what the buyer was shown otherwise. A moved revision comes first: it explains a moved total. What is due, and
    /// what is forfeited, falls while time passes: it may be what it was a little ago.
    fn confirmed(&self, quote: &Quote, earlier: Option<&Quote>, revision: u32) -> Result<(), Failure> {
        if self.revision.is_some_and(|shown| shown != i64::from(revision)) {
            return Err(Failure::QuoteStale(Box::new(quote.clone()), revision));
        }
        let differs = |shown: Option<Fen>, of: fn(&Quote) -> Fen| {
            let most = earlier.map_or(of(quote), of).max(of(quote));
            shown.is_some_and(|shown| shown < of(quote) || shown > most)
        };
        if differs(self.expected_total, |quote| quote.total) || differs(self.accept_forfeit, |quote| quote.forfeited) {
            return Err(Failure::PriceMismatch(Box::new(quote.clone()), revision));
        }
        Ok(())
    }
}

/// Whether a body asks for a quotation on a service.
pub(super) fn is_on_service(node: &Node<'_>) -> bool {
    let fields = Fields::any(node);
    fields.is_some_and(|fields| fields.get("subscription").is_some() || fields.get("intent").is_some())
}

impl Market {
    /// The quote that `node` asks for, of a service of the caller's enterprise.
    pub(super) async fn offered_on_service(
        &self,
        caller: Option<&Caller>,
        node: &Node<'_>,
        now: Timestamp,
    ) -> Result<Offered, Failure> {
        let asked = Asked::read(node)?;
        let caller = caller.ok_or(Account::SignInRequired)?;
        if caller.kind() != OrganisationKind::Enterprise {
            return Err(Account::NotAllowed.into());
        }
        let look = Look { caller: caller.clone(), service: asked.service.to_owned() };
        let (StoredService { service, words, .. }, product) = self.store.read(look).await?;
        let offer = self.offer(&product.slug, product.revision).await?;
        let raw = asked.raw(&service);
        let quote_at =
            |at| quote_on(&offer, &service.state, &service.subscription, asked.intent, &raw, When::both(at), None);
        let quote = quote_at(now).map_err(Failure::refused)?;
        let earlier = now.plus_seconds(-BEHIND).and_then(|at| quote_at(at).ok());
        asked.confirmed(&quote, earlier.as_ref(), product.revision)?;
        let published = self.published(&product.slug).ok();
        let text = published.as_ref().map(|product| (product.text.name.clone(), product.text.vendor.clone()));
        let (product_name, vendor) = text.unwrap_or((words.product_name, words.vendor));
        Ok(Offered {
            product: product.slug,
            product_name,
            vendor,
            revision: product.revision,
            selection: selection_of(&quote, &asked, &raw),
            names: names_of(&offer, &quote),
            on: Some(OnService { service: service.id, intent: asked.intent, subscription: service.subscription }),
            quote,
        })
    }

    /// The fresh quote for what was quoted of a service that has changed since, or whose product was revised.
    pub(super) async fn afresh(
        &self,
        caller: &Caller,
        on: &OnService,
        selection: &SelectionFile,
        now: Timestamp,
    ) -> Result<(Box<Quote>, u32), Failure> {
        let look = Look { caller: caller.clone(), service: on.service.clone() };
        let (StoredService { service, .. }, product) = self.store.read(look).await?;
        let offer: Arc<Offer> = self.offer(&product.slug, product.revision).await?;
        let term = selection.term.map(Term::as_str);
        let raw = match on.intent {
            Intent::Renew => RawSelection { term: Some(term), ..service.subscription.as_raw() },
            Intent::Change { .. } => RawSelection { count: None, ..selection.as_raw() },
        };
        let quote = quote_on(&offer, &service.state, &service.subscription, on.intent, &raw, When::both(now), None);
        Ok((Box::new(quote.map_err(Failure::refused)?), product.revision))
    }
}

/// What was quoted, with names: what the service will have, and the term that is bought.
fn selection_of(quote: &Quote, asked: &Asked<'_>, raw: &RawSelection<'_>) -> SelectionFile {
    let after = quote.after.first();
    let bought = !matches!(asked.intent, Intent::Change { mode: ChangeMode::CoTerm });
    SelectionFile {
        edition: after.map(|after| after.edition.clone()).unwrap_or_default(),
        term: raw.term.flatten().filter(|_| bought).and_then(|term| term.parse().ok()),
        quantities: after.map(|after| after.quantities.clone()).unwrap_or_default(),
        options: after.map(|after| after.options.clone()).unwrap_or_default(),
        count: 1,
    }
}

fn names_of(offer: &Offer, quote: &Quote) -> Names {
    let edition = quote.after.first().and_then(|after| offer.edition_index(&after.edition));
    edition.map(|index| Names::of(&offer.editions[index])).unwrap_or_default()
}

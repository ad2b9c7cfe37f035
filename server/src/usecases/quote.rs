//! A quotation: priced by the server, signed, kept, and from then on as it was.

use std::sync::Arc;

use shared::api::{self, Confirmed};
use shared::calendar::Timestamp;
use shared::orders::Refused;
use shared::pricing::SelectionFile;

use super::market::Market;
use super::offered::Offered;
use super::request::{Priced, json, quote_of};
use super::service_quote::is_on_service;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::secret;
use crate::store::answers::{Asked, Claim, Made, Mismatch};
use crate::store::quotations::{self, Quotation};

/// How long a quotation can be ordered from, in seconds (rule O1).
const VALID: i64 = 15 * 60;
/// A document is rarely longer, in bytes.
const USUAL: usize = 4096;

impl Market {
    /// Issues the quotation that `body` (a [`api::QuoteRequest`]) asks for, answered with the JSON text of [`api::Signed`];
    /// where it was `asked` with a key, the same request again is answered with the same bytes for 24 hours.
    pub async fn quote(&self, caller: Option<&Caller>, body: &[u8], asked: Option<Asked>) -> Result<Made, Failure> {
        let now = self.clock.now();
        if let Some(asked) = &asked
            && let Some(earlier) = self.earlier(asked).await?
        {
            return Ok(earlier);
        }

        let node = json(body)?;
        let offered = if is_on_service(&node) {
            self.offered_on_service(caller, &node, now).await?
        } else {
            let priced = self.priced(&node, &["product", "selection", "expected_total", "revision"], now)?;
            Offered::from(confirmed_by_buyer(priced)?)
        };
        drop(node);
        let quotation = Arc::new(self.sign(offered, now)?);
        let made = Arc::new(Made { id: quotation.id.clone(), body: signed_text(&quotation) });
        let answer = asked.map(|asked| (asked, Arc::clone(&made)));
        let issue = quotations::Issue { quotation, enterprise: enterprise(caller), answer, now };
        match self.store.write(issue).await? {
            Claim::New => Ok(Arc::unwrap_or_clone(made)),
            Claim::Earlier(earlier) => Ok(earlier),
            Claim::Mismatch => Err(Mismatch.into()),
        }
    }

    /// The quotation with this id, byte for byte as it was issued.
    pub async fn quotation(&self, id: &str) -> Result<String, Failure> {
        let may_be = secret::may_be_id(id);
        let found = if may_be { self.store.read(quotations::Find(id.to_owned())).await? } else { None };
        found.map(|quotation| signed_text(&quotation)).ok_or(Failure::QuotationNotFound)
    }

    /// What a quotation says, to be ordered from: one that belongs to another enterprise is not there.
    pub(super) async fn quotation_of(&self, caller: &Caller, id: &str) -> Result<Confirmed, Failure> {
        let (quotation, owner) =
            self.store.read(quotations::FindOwned(id.to_owned())).await?.ok_or(Failure::QuotationNotFound)?;
        if owner.is_some_and(|owner| owner != caller.organisation()) {
            return Err(Failure::QuotationNotFound);
        }
        read(&quotation)
    }

    /// What a quotation says.
    pub(super) async fn confirmed(&self, id: &str) -> Result<Confirmed, Failure> {
        let found = self.store.read(quotations::Find(id.to_owned())).await?;
        read(&found.ok_or(Failure::QuotationNotFound)?)
    }

    /// The fresh quote of a selection that was quoted with an older revision.
    pub(super) async fn outdated(
        &self,
        slug: &str,
        selection: &SelectionFile,
        now: Timestamp,
    ) -> Result<Failure, Failure> {
        self.refresh().await?;
        let product = self.published(slug).map_err(|_| Failure::from(Refused::ProductNotForSale))?;
        let quote = quote_of(&product.offer, selection, now)?;
        Ok(Failure::QuoteStale(Box::new(quote), product.revision))
    }

    fn sign(&self, offered: Offered, now: Timestamp) -> Result<Quotation, Failure> {
        let total = offered.quote.total;
        let expires_at = now.plus_seconds(VALID).ok_or_else(|| Failure::Internal("the calendar has ended".into()))?;
        let confirmed = Confirmed {
            id: self.ids()?.quotation(),
            product: offered.product,
            product_name: offered.product_name,
            vendor: offered.vendor,
            revision: offered.revision,
            selection: offered.selection,
            on: offered.on,
            quote: offered.quote,
            names: offered.names,
            issued_at: now,
            expires_at,
        };
        let mut document = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut document, &confirmed).map_err(|error| Failure::Internal(error.to_string()))?;
        let document = String::from_utf8(document).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Quotation {
            signature: self.key.sign(&document),
            document,
            id: confirmed.id,
            slug: confirmed.product,
            revision: confirmed.revision,
            key_id: self.key.public().kid.clone(),
            total,
            issued_at: now.unix(),
            expires_at: expires_at.unix(),
        })
    }
}

fn read(quotation: &Quotation) -> Result<Confirmed, Failure> {
    serde_json::from_str(&quotation.document).map_err(|error| Failure::Internal(error.to_string()))
}

/// Refuses what the buyer was shown otherwise. A moved revision comes first: it explains a moved total.
fn confirmed_by_buyer(priced: Priced) -> Result<Priced, Failure> {
    let published = priced.product.revision;
    if priced.revision.is_some_and(|shown| shown != i64::from(published)) {
        return Err(Failure::QuoteStale(Box::new(priced.quote), published));
    }
    if priced.expected_total.is_some_and(|shown| shown != priced.quote.total) {
        return Err(Failure::PriceMismatch(Box::new(priced.quote), published));
    }
    Ok(priced)
}

/// To whom a quotation belongs (rule O1): to the enterprise of who is signed in, else to whoever has its id.
fn enterprise(caller: Option<&Caller>) -> Option<String> {
    let buyer = caller.filter(|caller| caller.kind() == api::OrganisationKind::Enterprise);
    buyer.map(|caller| caller.organisation().to_owned())
}

/// The JSON text of [`api::Signed`]: the document's own text with its signature beside it. Put together from the texts,
/// so that what is shown is what was signed.
fn signed_text(quotation: &Quotation) -> String {
    let Quotation { document, signature, key_id, .. } = quotation;
    let fields = document.strip_suffix('}').unwrap_or(document);
    let mut text = Vec::with_capacity(document.len() * 5 / 2 + 256);
    text.extend_from_slice(fields.as_bytes());
    text.extend_from_slice(br#","document":"#);
    // Writing to memory does not fail, nor is JSON anything but UTF-8.
    let _ = serde_json::to_writer(&mut text, document);
    let rest = [r#","signature":""#, signature, r#"","key_id":""#, key_id, "\"}"];
    text.extend(rest.iter().flat_map(|part| part.bytes()));
    String::from_utf8(text).unwrap_or_default()
}

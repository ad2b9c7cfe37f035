//! Prices and signed quotations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;
use crate::catalog::{Charge, ChargeKind, Edition};
use crate::lifecycle::ChangeMode;
use crate::lifecycle::Quote;
use crate::money::Fen;
use crate::orders::OnService;
use crate::pricing::SelectionFile;

/// What stands before the document in the bytes that are signed, so that no other signature can be passed off as one.
pub const SIGNED_PREFIX: &str = "quotient-quotation-v1\n";

/// Asks for a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRequest {
    /// The product's slug.
    pub product: String,
    /// What is wanted.
    pub selection: SelectionFile,
}

/// Asks for a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteRequest {
    /// The product's slug.
    pub product: String,
    /// What is wanted.
    pub selection: SelectionFile,
    /// The total that the buyer was shown; another one is refused as `price_mismatch`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected_total: Option<Fen>,
    /// The configuration's revision that the buyer was shown; an older one is refused as `quote_stale`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revision: Option<u32>,
}

/// Asks for a quotation for renewing or changing a service of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceQuoteRequest {
    /// The service's id.
    pub subscription: String,
    /// What is wanted of it.
    pub intent: IntentName,
    /// Of a change: whether the end stays.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mode: Option<ChangeMode>,
    /// Of a renewal: for how long.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub term: Option<String>,
    /// Of a change: what it shall have; with a term exactly for `re_term`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub selection: Option<ChangeSelection>,
    /// The credit that the change forfeits, as the buyer was shown it; another one is refused as `price_mismatch`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accept_forfeit: Option<Fen>,
    /// The total that the buyer was shown, up to a minute ago; another one is refused as `price_mismatch`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected_total: Option<Fen>,
    /// The configuration's revision that the buyer was shown; an older one is refused as `quote_stale`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revision: Option<u32>,
}

/// See [`crate::orders::Intent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentName {
    /// A further term.
    Renew,
    /// Another selection, or a new term from now on.
    Change,
}

/// What a service shall have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSelection {
    /// The edition's code.
    pub edition: String,
    /// The term, with `re_term` only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub term: Option<String>,
    /// By charge key.
    pub quantities: BTreeMap<String, u32>,
    /// By charge key.
    pub options: BTreeMap<String, String>,
}

/// What the server confirms: the quotation's document, whose JSON text is what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Cannot be guessed: who knows it may see the quotation.
    pub id: String,
    /// The product's slug.
    pub product: String,
    /// The product's name at that time.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// The configuration's revision that it was priced with.
    pub revision: u32,
    /// What is quoted.
    pub selection: SelectionFile,
    /// The service that it renews or changes, as it was then; absent where new ones are bought.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on: Option<OnService>,
    /// What it costs, and why.
    #[serde(flatten)]
    pub quote: Quote,
    /// The words that belong to the codes in the quote.
    pub names: Names,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it can be ordered from (rule O1: 15 minutes).
    pub expires_at: Timestamp,
}

/// What a quotation's codes are called, so that it can be read without the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The edition's name.
    pub edition: String,
    /// Charges: key, name, and unit (empty for options).
    pub charges: Vec<ChargeName>,
}

impl Names {
    /// Those of an edition and its charges.
    pub fn of(edition: &Edition) -> Self {
        let charge = |charge: &Charge| ChargeName {
            key: charge.key.clone(),
            name: charge.name.clone(),
            unit: match &charge.kind {
                ChargeKind::Quantity(quantity) => quantity.unit.clone(),
                ChargeKind::Option(_) => String::new(),
            },
        };
        Self { edition: edition.name.clone(), charges: edition.charges.iter().map(charge).collect() }
    }
}

/// A charge in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeName {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its unit; empty for options.
    pub unit: String,
}

/// A quotation with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The quotation.
    #[serde(flatten)]
    pub confirmed: Confirmed,
    /// The exact JSON text of the quotation that was signed.
    pub document: String,
    /// Ed25519 (RFC 8032) over [`SIGNED_PREFIX`] and `document` in UTF-8; base64url without padding.
    pub signature: String,
    /// Which key signed it.
    pub key_id: String,
}

/// A JSON Web Key Set of Ed25519 public keys (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyKeys {
    /// The keys, the present one first.
    pub keys: Vec<VerifyKey>,
}

/// One public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyKey {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// The public key, base64url without padding.
    pub x: String,
    /// The key's id.
    pub kid: String,
    /// `EdDSA`.
    pub alg: String,
    /// `sig`.
    #[serde(rename = "use")]
    pub usage: String,
}

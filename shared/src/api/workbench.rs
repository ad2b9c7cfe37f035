//! An ISV's products and the work on their sales configuration.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::ProductText;
use crate::calendar::Timestamp;
use crate::golden;
use crate::money::Fen;

/// An ISV's products, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProductList {
    /// Those that match.
    pub products: Vec<OwnProduct>,
}

/// Which products (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnProductQuery {
    /// A part of the name, or of the slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ListingState>,
}

/// Whether a product is in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingState {
    /// Never listed: there is only a draft.
    Draft,
    /// Listed (上架).
    Listed,
}

/// A product in its ISV's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProduct {
    /// Its address in the store.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: ListingState,
    /// What is published; absent where it was never listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Revision>,
    /// The draft that somebody works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftMark>,
}

/// Makes a product → 201 [`Workbench`]. It is in nobody's store before its configuration is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    /// Its address in the store: lower-case letters, digits and hyphens, 1 to 64, beginning with a letter or digit.
    pub slug: String,
    /// Its name: 1 to 50 characters.
    pub name: String,
    /// What it is, in 1 to 100 characters (rule P3).
    pub intro: String,
    /// The store's category: 1 to 20 characters.
    pub category: String,
}

/// A product as its ISV works on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workbench {
    /// Its address in the store.
    pub slug: String,
    /// Its words.
    pub text: ProductText,
    /// What is published; absent where it was never listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PublishedConfig>,
    /// The draft that somebody works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    /// The sites that may show its configurator: `https://shop.example.com`.
    pub origins: Vec<String>,
    /// The server's time, in the marketplace's offset.
    pub now: Timestamp,
}

/// A revision of a sales configuration, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number, from 1.
    pub revision: u32,
    /// When it was published.
    pub at: Timestamp,
    /// The member who published it; absent where the market was set up with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What the member said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A product's revisions, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionList {
    /// Those of this part.
    pub revisions: Vec<Revision>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A revision with what was published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishedConfig {
    /// Which one, when and by whom.
    #[serde(flatten)]
    pub revision: Revision,
    /// The configuration, to be read by [`crate::catalog::Offer::parse`].
    pub config: Box<RawValue>,
    /// What selections must cost.
    #[serde(default)]
    pub cases: Vec<golden::Case>,
}

/// Who saved a draft, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMark {
    /// Rises with every save, from 1.
    pub version: u32,
    /// The revision that it was begun from; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u32>,
    /// The member who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What somebody works on: as typed, valid or not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Which one.
    #[serde(flatten)]
    pub mark: DraftMark,
    /// What stands in the editor's fields. The server keeps it and does not read it.
    pub form: Box<RawValue>,
}

impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        self.mark == other.mark && self.form.get() == other.form.get()
    }
}

impl Eq for Draft {}

/// Saves a draft: PUT → [`DraftMark`]; 409 `draft_conflict` with the [`Draft`] that somebody else has saved since, or without
/// one where that draft was published since. A version's number never comes again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftSave {
    /// The version that this one replaces; 0 where there is none yet.
    pub replaces: u32,
    /// The revision that it was begun from; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u32>,
    /// What stands in the fields: JSON of at most 2 MB.
    pub form: Box<RawValue>,
}

/// Publishes a configuration: POST → 201 [`Revision`] (rules S4, S13, S16). It takes effect at once.
///
/// Refused, and nothing is changed: 422 with every violation of the configuration and of what may not change any more;
/// 422 `golden_case_failed` with the cases that cost something else; 409 `revision_stale` where another revision was
/// published since.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishRequest {
    /// The configuration.
    pub config: Box<RawValue>,
    /// What selections must cost.
    #[serde(default)]
    pub cases: Vec<golden::Case>,
    /// The revision that the publisher saw as the published one; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u32>,
    /// The version of the draft that this is; it is done with then. Another version stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<u32>,
    /// What to say of it: at most 200 characters.
    #[serde(default)]
    pub note: String,
}

/// Asks what a configuration would mean for the services that run: POST → [`Impact`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactRequest {
    /// The configuration.
    pub config: Box<RawValue>,
}

/// What the services that run would pay at their next renewal: for the term that they have now, under the published
/// configuration and under another one. Whose they are is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// All of them.
    pub all: ImpactSum,
    /// By edition, in the order of the published configuration; those without services are left out.
    pub editions: Vec<EditionImpact>,
}

/// What the services of an edition would pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionImpact {
    /// The edition's code.
    pub code: String,
    /// Its name in the published configuration.
    pub name: String,
    /// Its services.
    #[serde(flatten)]
    pub sum: ImpactSum,
}

/// Services by what they would pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactSum {
    /// How many run.
    pub services: u32,
    /// How many would pay the same.
    pub same: u32,
    /// How many would pay more.
    pub more: u32,
    /// How much more, in all.
    pub more_by: Fen,
    /// How many would pay less.
    pub less: u32,
    /// How much less, in all; not negative.
    pub less_by: Fen,
    /// How many could not be renewed for their term any more, and can today.
    pub lost: u32,
    /// How many cannot be renewed for their term today either.
    pub none: u32,
}

/// The sites that may show a product's configurator: PUT → the same, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origins {
    /// `https://` and a host name, at most 20; `http://localhost` and `http://127.0.0.1` for trying out.
    pub origins: Vec<String>,
}

/// Enterprises that bought something of an ISV's, by name (D 4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerList {
    /// Those that match.
    pub customers: Vec<CustomerCard>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which enterprises (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerQuery {
    /// The id, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A part of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A part of a contact's name or mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// An enterprise as its ISV sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerCard {
    /// The organisation's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its administrators: whom to ask.
    pub contacts: Vec<Contact>,
    /// How many of its services of this ISV run.
    pub services: u32,
    /// How many orders it placed with this ISV.
    pub orders: u32,
    /// What it paid this ISV, less what was refunded.
    pub paid: Fen,
    /// When it placed its latest order.
    pub latest: Timestamp,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The member's name.
    pub name: String,
    /// The mail address.
    pub mail: String,
}

/// What an ISV sold, month by month and product by product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sales {
    /// The last twelve months, the oldest first, this one last.
    pub months: Vec<MonthSales>,
    /// The same twelve months, by product, the one that sold most first.
    pub products: Vec<ProductSales>,
}

/// What was sold in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthSales {
    /// The month.
    pub month: crate::settlement::Month,
    /// Paid for new services.
    pub purchases: Fen,
    /// Paid for renewals.
    pub renewals: Fen,
    /// Paid for expansions, upgrades and new terms.
    pub changes: Fen,
    /// Refunded in it.
    pub refunded: Fen,
    /// How many orders were paid.
    pub orders: u32,
}

/// What was sold of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductSales {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What was paid.
    pub paid: Fen,
    /// What was refunded.
    pub refunded: Fen,
    /// How many orders were paid.
    pub orders: u32,
    /// How many services run.
    pub services: u32,
}

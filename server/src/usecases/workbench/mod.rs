//! An ISV's workbench (rules S4, S13, S16): its products, drafts that nobody overwrites, and publishing.

mod customers;
mod draft;
mod impact;
mod origins;
mod product;
mod publish;

use shared::api::{
    self, ListingState, OwnProductList, OwnProductQuery, ProductText, PublishedConfig, RevisionList, Workbench,
};
use shared::calendar::Timestamp;
use shared::violation::{Expected, Violation};

use super::form::wrong;
use super::market::Market;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::search::Found;
use crate::store::workbench::{self, Own};
use crate::store::{Sql, Step, StoreError};

/// A product of an ISV's; what is another's looks as if it were not there.
#[derive(Clone, Debug)]
struct Place {
    slug: String,
    isv: String,
}

impl Place {
    fn of(caller: &Caller, slug: &str) -> Self {
        Self { slug: slug.to_owned(), isv: caller.organisation().to_owned() }
    }

    async fn find(&self, sql: &mut dyn Sql) -> Result<Own, Failure> {
        workbench::own(sql, &self.slug, &self.isv).await?.ok_or(Failure::ProductNotFound)
    }
}

struct Find(Place);

impl Step for Find {
    type Done = Own;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Own, Failure> {
        self.0.find(sql).await
    }
}

/// Something wrong that only a server finds: no rule of the configuration's.
fn violation(code: &str, at: &str, (zh, en): (&str, &str)) -> Violation {
    Violation { code: code.to_owned(), at: at.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn text(json: &str) -> Result<ProductText, Failure> {
    serde_json::from_str(json).map_err(|error| Failure::Internal(format!("a product's text: {error}")))
}

struct All {
    isv: String,
    now: Timestamp,
}

impl Step for All {
    type Done = Vec<workbench::Listed>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        workbench::all(sql, &self.isv, self.now).await
    }
}

struct Open {
    place: Place,
    now: Timestamp,
}

impl Step for Open {
    type Done = Workbench;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Workbench, Failure> {
        let (slug, now) = (&self.place.slug, self.now);
        let own = self.place.find(sql).await?;
        let published = match own.revision {
            Some(number) => workbench::revision(sql, slug, number, now).await?,
            None => None,
        };
        let draft = workbench::draft(sql, slug, now).await?;
        let origins = workbench::origins(sql, slug).await?;
        Ok(Workbench { slug: slug.clone(), text: text(&own.text)?, published, draft, origins, now })
    }
}

struct Revisions {
    place: Place,
    part: Part,
    now: Timestamp,
}

impl Step for Revisions {
    type Done = Found<api::Revision>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        self.place.find(sql).await?;
        Ok(workbench::revisions(sql, &self.place.slug, self.part.of_store(), self.now).await?)
    }
}

struct OneRevision {
    place: Place,
    number: u32,
    now: Timestamp,
}

impl Step for OneRevision {
    type Done = PublishedConfig;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<PublishedConfig, Failure> {
        self.place.find(sql).await?;
        let found = workbench::revision(sql, &self.place.slug, self.number, self.now).await?;
        found.ok_or(Editing::RevisionNotFound.into())
    }
}

impl Market {
    /// The caller's products that match, by name.
    pub async fn own_products(&self, caller: &Caller, query: OwnProductQuery) -> Result<OwnProductList, Failure> {
        let all = All { isv: caller.organisation().to_owned(), now: self.clock.now() };
        let mut products = Vec::new();
        let part = query.name.map(|part| part.to_lowercase());
        for workbench::Listed { text: json, mut product } in self.store.read(all).await? {
            product.name = text(&json)?.name;
            let named = |part: &String| product.name.to_lowercase().contains(part) || product.slug.contains(part);
            if part.as_ref().is_none_or(named) && query.state.is_none_or(|state: ListingState| state == product.state) {
                products.push(product);
            }
        }
        products.sort_by(|a, b| (&a.name, &a.slug).cmp(&(&b.name, &b.slug)));
        Ok(OwnProductList { products })
    }

    /// A product with what is published of it and who works on what.
    pub async fn workbench(&self, caller: &Caller, slug: &str) -> Result<Workbench, Failure> {
        self.store.read(Open { place: Place::of(caller, slug), now: self.clock.now() }).await
    }

    /// A product's revisions, the newest first.
    pub async fn revisions(&self, caller: &Caller, slug: &str, part: &api::Part) -> Result<RevisionList, Failure> {
        let part = Part::read(part)?;
        if part.after().is_some_and(|(_, number)| number.parse::<u32>().is_err()) {
            return Err(wrong("/after", Expected::Text));
        }
        let step = Revisions { place: Place::of(caller, slug), part, now: self.clock.now() };
        let (revisions, next) = shown(self.store.read(step).await?, |revision| revision);
        Ok(RevisionList { revisions, next })
    }

    /// What was published as this revision.
    pub async fn revision(&self, caller: &Caller, slug: &str, number: u32) -> Result<PublishedConfig, Failure> {
        self.store.read(OneRevision { place: Place::of(caller, slug), number, now: self.clock.now() }).await
    }
}

//! What the server has of a product: what is published, and the form.

use std::sync::Arc;

use shared::api::{PublishedConfig, Revision, Workbench};
use shared::catalog::Offer;
use shared::golden::Case;

use crate::client::Failure;
use crate::workbench::form::Form;

/// What is published of a product.
#[derive(Clone, Debug)]
pub struct Published {
    /// Which revision.
    pub revision: Revision,
    /// The configuration.
    pub offer: Arc<Offer>,
    /// Its golden cases.
    pub cases: Vec<Case>,
}

/// The form that the server has of a product.
pub(super) fn form_of(workbench: &Workbench, published: Option<&Published>) -> Form {
    // A draft that this page cannot read is of another version of the market; what is published always can be.
    let draft = workbench.draft.as_ref().and_then(|draft| serde_json::from_str(draft.form.get()).ok());
    draft.unwrap_or_else(|| {
        published.map_or_else(Form::first, |published| Form::read(&published.offer, published.cases.clone()))
    })
}

pub(super) fn published_of(workbench: &Workbench) -> Result<Option<Published>, Failure> {
    let read = |config: &PublishedConfig| {
        let offer = Offer::parse(config.config.get()).map_err(|_| Failure::Unreadable)?;
        Ok(Published { revision: config.revision.clone(), offer: Arc::new(offer), cases: config.cases.clone() })
    };
    workbench.published.as_ref().map(read).transpose()
}

//! What a configuration would mean for the services that run.

use std::sync::Arc;

use shared::api::{Impact, ImpactRequest};
use shared::catalog::Offer;
use shared::impact::Weighing;
use shared::json::{At, Node};
use shared::violation::{Expected, Problem, Report};

use super::super::form;
use super::Place;
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::{Sql, Step, services};
use crate::usecases::Market;

struct Weigh {
    place: Place,
    published: Arc<Offer>,
    other: Offer,
}

impl Step for Weigh {
    type Done = Impact;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Impact, Failure> {
        let mut weighing = Weighing::new(&self.published, &self.other);
        let mut after = None;
        loop {
            let (running, last) = services::running(sql, &self.place.slug, after.as_ref()).await?;
            for service in running {
                weighing.add(&service.subscription);
            }
            let Some(last) = last else { return Ok(weighing.done()) };
            after = Some(last);
        }
    }
}

impl Market {
    /// What the configuration that `body` (an [`ImpactRequest`]) has would mean for the product's services at their next
    /// renewal. A product that was never listed has none.
    pub async fn impact(&self, caller: &Caller, slug: &str, body: &[u8]) -> Result<Impact, Failure> {
        let request: ImpactRequest = form::read(body)?;
        let place = Place::of(caller, slug);
        let own = self.store.read(super::Find(place.clone())).await?;
        let reading = tokio::task::spawn_blocking(move || read(request.config.get()));
        let other = reading.await.map_err(|error| Failure::Internal(error.to_string()))??;
        let Some(revision) = own.revision else { return Ok(Impact::default()) };
        let published = self.offer(slug, revision).await?;
        self.store.read(Weigh { place, published, other }).await
    }
}

/// The configuration that stands in a request as `config`.
fn read(config: &str) -> Result<Offer, Failure> {
    let mut report = Report::default();
    let offer = offer(config, &mut report);
    Ok(report.unless_any(offer).map_err(Editing::InvalidConfig)?)
}

/// The same; what is wrong is noted.
pub(super) fn offer(config: &str, report: &mut Report) -> Option<Offer> {
    let root = At::ROOT;
    let at = root.key("config");
    let Ok(node) = Node::parse(config) else {
        report.add(&at, Problem::Malformed(Expected::Json));
        return None;
    };
    Offer::read(&node, &at, report)
}

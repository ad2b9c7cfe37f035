//! Trials (rule L13).

use std::sync::Arc;

use shared::api::TrialRequest;
use shared::calendar::Timestamp;
use shared::orders::{self as domain, Effect, NewTrial, Refused};

use super::super::desk::Desk;
use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::super::words_of;
use super::{Find, view};
use crate::caller::Caller;
use crate::catalogue::Published;
use crate::failure::{Failure, Trade};
use crate::store::answers::{Asked, Made, Once};
use crate::store::products::standing;
use crate::store::services::{self, StoredService};
use crate::store::{Sql, Step, orders, refunds, trials};

struct Begin {
    caller: Caller,
    request: TrialRequest,
    product: Arc<Published>,
    ids: Ids,
    now: Timestamp,
}

impl Step for Begin {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let Self { caller, request, product, ids, now } = self;
        let enterprise = caller.organisation();
        let mut desk = Desk::of(sql, enterprise, ids).await?;
        let standing = standing(sql, &product.slug).await?.filter(|standing| standing.visible);
        let isv = standing.ok_or(Refused::ProductNotForSale)?.isv;
        let new = NewTrial {
            order: ids.order(*now),
            enterprise: enterprise.to_owned(),
            isv,
            product: product.slug.clone(),
            revision: product.revision,
            edition: request.selection.edition.clone(),
            options: request.selection.options.clone(),
            agreement: product.text.agreement,
        };
        if refunds::under_review(sql, enterprise, &product.slug).await? {
            return Err(Refused::RefundUnderReview.into());
        }
        let taken = trials::of(sql, enterprise, &product.slug).await?.is_some();
        let step = domain::begin_trial(new, taken, &product.offer, *now)?;
        let words = words_of(product, &step.after.selection.edition);
        orders::insert(sql, &step.after, &words).await?;
        desk.apply(sql, &step.effects, &words, *now).await?;
        let service = step.effects.into_iter().find_map(|effect| match effect {
            Effect::Create(service) => Some(service),
            _ => None,
        });
        let service = service.ok_or_else(|| Failure::Internal("a trial without a service".to_owned()))?;
        trials::insert(sql, &service).await?;
        desk.leave(sql).await?;
        let customer = caller.who.organisation.name.clone();
        view::answer(StoredService { service, words, note: String::new(), customer }, caller)
    }
}

struct Extra {
    caller: Caller,
    id: String,
    ids: Ids,
    now: Timestamp,
}

impl Step for Extra {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let mut desk = Desk::of(sql, self.caller.organisation(), &self.ids).await?;
        let stored = services::find(sql, &self.id, self.caller.tenant()).await?.ok_or(Trade::ServiceNotFound)?;
        let step = domain::extra_trial(stored.service, self.now)?;
        services::update(sql, &step.after).await?;
        desk.apply(sql, &step.effects, &stored.words, self.now).await?;
        desk.leave(sql).await?;
        view::answer(StoredService { service: step.after, ..stored }, &self.caller)
    }
}

impl Market {
    /// Begins a trial.
    pub async fn begin_trial(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<Made, Failure> {
        let now = self.clock.now();
        let request: TrialRequest = form::read(body)?;
        let product = self.published(&request.product)?;
        let step = Begin { caller: caller.clone(), request, product, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }

    /// The extra trial of a service.
    pub async fn extra_trial(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        let now = self.clock.now();
        let found = self.store.read(Find { caller: caller.clone(), id: id.to_owned() }).await?;
        let step = Extra { caller: caller.clone(), id: found.service.id, ids: self.ids()?, now };
        self.store.write(Once { asked, now, step }).await
    }
}

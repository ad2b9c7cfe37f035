//! Publishing: a configuration that is good in itself, changes nothing that running services need, and costs what it should.

use std::sync::Arc;

use shared::api::{PublishRequest, Revision};
use shared::calendar::Timestamp;
use shared::catalog::{Offer, before_listing, locked};
use shared::golden::{self, Case};
use shared::violation::{Report, Violation};

use super::super::form;
use super::impact::offer;
use super::{Find, Place, violation};
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::answers::{Asked, Made, Once};
use crate::store::sql::Lock;
use crate::store::workbench::{self, Own, Revise};
use crate::store::{Sql, Step};
use crate::usecases::Market;

const LONGEST_NOTE: usize = 200;

/// What is published now.
struct Present {
    offer: Arc<Offer>,
    config: String,
    cases: Vec<Case>,
}

/// What can be published, where nothing else is published meanwhile.
struct Checked {
    /// As pages get it.
    config: String,
    cases: String,
}

struct Publish {
    place: Place,
    caller: Caller,
    checked: Checked,
    based_on: Option<u32>,
    draft: Option<u32>,
    note: String,
    now: Timestamp,
}

impl Step for Publish {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let Self { place: Place { slug, .. }, caller, checked, based_on, draft, note, now } = self;
        sql.hold(Lock::Products).await?;
        let own = self.place.find(sql).await?;
        // What was checked was checked against this one.
        if own.revision != *based_on {
            return Err(Editing::RevisionStale(own.revision).into());
        }
        if own.revision.is_none() {
            list_where_review_will_stand(sql, &self.place, &own).await?;
        }
        let Checked { config, cases } = checked;
        let revise = Revise { slug, config, cases, who: &caller.who.id, note, at: *now };
        let revision = workbench::revise(sql, &revise).await?;
        workbench::settle(sql, slug, *draft).await?;
        let by = Some(caller.who.name.clone());
        let revision = Revision { revision, at: *now, by, note: note.clone() };
        let body = serde_json::to_string(&revision).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: revision.revision.to_string(), body })
    }
}

/// A product that was never listed. To publish it will be to submit it for review (rules P4, P5); until there is one, it is
/// listed directly, here and nowhere else.
async fn list_where_review_will_stand(sql: &mut dyn Sql, place: &Place, own: &Own) -> Result<(), Failure> {
    Ok(workbench::list(sql, &place.slug, &place.isv, &own.text).await?)
}

impl Market {
    /// Publishes what `body` (a [`PublishRequest`]) has, answered with its [`Revision`]. It takes effect at once: here when
    /// this returns, on other servers with their next look, and orders of the former revision are refused everywhere.
    pub async fn publish(&self, caller: &Caller, asked: Asked, slug: &str, body: &[u8]) -> Result<Made, Failure> {
        if let Some(made) = self.earlier(&asked).await? {
            return Ok(made);
        }
        let place = Place::of(caller, slug);
        let (checked, request) = match self.checked(&place, body).await {
            Ok(checked) => checked,
            // The same request may have been done meanwhile, and be why this one is not.
            Err(failure) => return self.earlier(&asked).await?.ok_or(failure),
        };
        let (now, caller) = (self.clock.now(), caller.clone());
        let PublishRequest { based_on, draft, note, .. } = request;
        let step = Publish { place, caller, checked, based_on, draft, note, now };
        let made = self.store.write(Once { asked, now, step }).await?;
        if let Err(error) = self.refresh().await {
            // It is published. Until the next look the former revision is quoted here, and not sold.
            tracing::warn!(%error, slug, "what was published is not shown yet");
        }
        Ok(made)
    }

    async fn checked(&self, place: &Place, body: &[u8]) -> Result<(Checked, PublishRequest), Failure> {
        let request: PublishRequest = form::read(body)?;
        let own = self.store.read(Find(place.clone())).await?;
        if own.revision != request.based_on {
            return Err(Editing::RevisionStale(own.revision).into());
        }
        let present = match own.revision {
            Some(revision) => Some(self.present(place, revision).await?),
            None => None,
        };
        // Some megabytes of tiers and cases take a while.
        let checking = tokio::task::spawn_blocking(move || check(present.as_ref(), &request).map(|it| (it, request)));
        checking.await.map_err(|error| Failure::Internal(error.to_string()))?
    }

    async fn present(&self, place: &Place, revision: u32) -> Result<Present, Failure> {
        let offer = self.offer(&place.slug, revision).await?;
        let config = written(&offer)?;
        let step = super::OneRevision { place: place.clone(), number: revision, now: self.clock.now() };
        Ok(Present { offer, config, cases: self.store.read(step).await?.cases })
    }
}

fn written(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Internal(error.to_string()))
}

fn check(present: Option<&Present>, request: &PublishRequest) -> Result<Checked, Failure> {
    let mut report = Report::default();
    let offer = offer(request.config.get(), &mut report);
    let mut wrong = report.into_violations();
    if let Some(offer) = offer.as_ref().filter(|_| wrong.is_empty()) {
        wrong.extend(changes_not_allowed(present, offer));
    }
    wrong.extend(around(request));
    let Some(offer) = offer.filter(|_| wrong.is_empty()) else { return Err(Editing::InvalidConfig(wrong).into()) };
    let offer = Arc::new(offer);
    let failed = failed_cases(&golden::check_offer(&offer, &request.cases), &request.cases);
    if !failed.is_empty() {
        return Err(Editing::GoldenCaseFailed(failed).into());
    }
    let checked = Checked { config: written(&*offer)?, cases: written(&request.cases)? };
    let same = |present: &Present| present.config == checked.config && present.cases == request.cases;
    if present.is_some_and(same) { Err(Editing::NothingChanges.into()) } else { Ok(checked) }
}

/// What may not change any more (rules S4, S13), or not be set yet (rule S16).
fn changes_not_allowed(present: Option<&Present>, offer: &Offer) -> Vec<Violation> {
    let found = present.map_or_else(|| before_listing(offer), |present| locked(&present.offer, offer));
    let under = |violation: Violation| Violation { at: format!("/config{}", violation.at), ..violation };
    found.into_iter().map(under).collect()
}

/// What is wrong besides the configuration.
fn around(request: &PublishRequest) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if request.cases.len() > golden::MOST {
        let zh = format!("价格用例最多 {} 个。", golden::MOST);
        let en = format!("There are {} cases at most.", golden::MOST);
        wrong.push(violation("cases_too_many", "/cases", (&zh, &en)));
    }
    if request.note.chars().count() > LONGEST_NOTE {
        let zh = format!("发布说明最多 {LONGEST_NOTE} 个字符。");
        let en = format!("A note has at most {LONGEST_NOTE} characters.");
        wrong.push(violation("note_too_long", "/note", (&zh, &en)));
    }
    wrong
}

/// One violation for each case that is not as it should be.
fn failed_cases(differences: &[Vec<golden::Difference>], cases: &[Case]) -> Vec<Violation> {
    let mut failed = Vec::new();
    for (n, (differences, case)) in differences.iter().zip(cases).enumerate() {
        if differences.is_empty() {
            continue;
        }
        let (zh, en): (Vec<_>, Vec<_>) = differences.iter().map(golden::Difference::sentences).unzip();
        let (zh, en) = (format!("“{}”：{}", case.name, zh.concat()), format!("“{}”: {}", case.name, en.join(" ")));
        failed.push(violation("golden_case_failed", &format!("/cases/{n}"), (&zh, &en)));
    }
    failed
}

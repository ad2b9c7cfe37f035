//! Saving a draft: whoever saves says what it replaces, so nobody's work is overwritten.

use shared::api::{DraftMark, DraftSave};
use shared::calendar::Timestamp;
use shared::json::Node;
use shared::violation::Expected;

use super::super::form::{self, wrong};
use super::Place;
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::answers::{Asked, Made, Once};
use crate::store::sql::Lock;
use crate::store::{Sql, Step, workbench};
use crate::usecases::Market;

struct Save {
    place: Place,
    caller: Caller,
    said: DraftSave,
    now: Timestamp,
}

impl Step for Save {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let (DraftSave { replaces, based_on, form }, Place { slug, isv }) = (&self.said, &self.place);
        sql.hold(Lock::Products).await?;
        let own = self.place.find(sql).await?;
        let before = workbench::draft(sql, slug, self.now).await?;
        if before.as_ref().map_or(0, |draft| draft.mark.version) != *replaces {
            return Err(Editing::DraftConflict(before.map(Box::new)).into());
        }
        let published = own.revision.unwrap_or_default();
        if based_on.is_some_and(|based_on| !(1..=published).contains(&based_on)) {
            return Err(wrong("/based_on", Expected::Between(1, published.into())));
        }
        let who = &self.caller.who;
        let save = workbench::Save { slug, isv, based_on: *based_on, form: form.get(), who: &who.id, at: self.now };
        let version = workbench::save(sql, &save).await?;
        let mark = DraftMark { version, based_on: *based_on, by: who.name.clone(), at: self.now };
        let body = serde_json::to_string(&mark).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: slug.clone(), body })
    }
}

impl Market {
    /// Saves the draft that `body` (a [`DraftSave`]) has, answered with its [`DraftMark`].
    pub async fn save_draft(&self, caller: &Caller, asked: Asked, slug: &str, body: &[u8]) -> Result<Made, Failure> {
        let said: DraftSave = form::read(body)?;
        // It is kept as it is; but whoever opens it must be able to read it, however deep and whatever is in its texts.
        Node::parse(said.form.get()).map_err(|_| wrong("/form", Expected::Json))?;
        let now = self.clock.now();
        let step = Save { place: Place::of(caller, slug), caller: caller.clone(), said, now };
        self.store.write(Once { asked, now, step }).await
    }
}

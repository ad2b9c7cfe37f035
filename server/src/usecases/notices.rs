//! What people were told (rule L5).

use shared::api::{Notice, NoticeList, OrganisationKind};
use shared::calendar::Timestamp;

use super::market::Market;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::notices::{self, StoredNotice};
use crate::store::{Sql, Step};

struct Latest(String);

impl Step for Latest {
    type Done = (Vec<StoredNotice>, u32);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        Ok(notices::latest(sql, &self.0).await?)
    }
}

struct MarkRead {
    organisation: String,
    id: String,
}

impl Step for MarkRead {
    type Done = ();
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), Failure> {
        let found = notices::mark_read(sql, &self.organisation, &self.id).await?;
        found.then_some(()).ok_or(Trade::NoticeNotFound.into())
    }
}

impl Market {
    /// The latest notices of the caller's organisation.
    pub async fn notices(&self, caller: &Caller) -> Result<NoticeList, Failure> {
        let (latest, unread) = self.store.read(Latest(addressee(caller))).await?;
        let offset = self.clock.now().offset();
        let notice = |stored: StoredNotice| {
            let StoredNotice { id, at, read, kind } = stored;
            Some(Notice { id, kind, at: Timestamp::from_unix(at, offset)?, read })
        };
        Ok(NoticeList { notices: latest.into_iter().filter_map(notice).collect(), unread })
    }

    /// Marks a notice as read. Twice is as good as once.
    pub async fn read_notice(&self, caller: &Caller, id: &str) -> Result<(), Failure> {
        self.store.write(MarkRead { organisation: addressee(caller), id: id.to_owned() }).await
    }
}

/// Under which name the store keeps the caller's notices.
fn addressee(caller: &Caller) -> String {
    match caller.kind() {
        OrganisationKind::Operator => String::new(),
        OrganisationKind::Enterprise | OrganisationKind::Isv => caller.organisation().to_owned(),
    }
}

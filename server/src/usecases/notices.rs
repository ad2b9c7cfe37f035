//! What people were told (rule L5).

use shared::api::{self, Notice, NoticeList, OrganisationKind};
use shared::calendar::Timestamp;

use super::market::Market;
use super::part::{Part, shown};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::notices::{self, StoredNotice};
use crate::store::search::Found;
use crate::store::{Sql, Step};

struct List {
    organisation: String,
    part: Part,
}

impl Step for List {
    type Done = (Found<StoredNotice>, u32);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        Ok(notices::list(sql, &self.organisation, self.part.of_store()).await?)
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

struct MarkEarlierRead {
    organisation: String,
    id: String,
}

impl Step for MarkEarlierRead {
    /// Whether more may be left.
    type Done = bool;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<bool, Failure> {
        let more = notices::mark_earlier_read(sql, &self.organisation, &self.id).await?;
        more.ok_or(Trade::NoticeNotFound.into())
    }
}

impl Market {
    /// The notices of the caller's organisation, the newest first.
    pub async fn notices(&self, caller: &Caller, part: &api::Part) -> Result<NoticeList, Failure> {
        let list = List { organisation: addressee(caller), part: Part::read(part)? };
        let (found, unread) = self.store.read(list).await?;
        let offset = self.clock.now().offset();
        let notice = |stored: StoredNotice| {
            let StoredNotice { id, at, read, kind } = stored;
            Some(Notice { id, kind, at: Timestamp::from_unix(at, offset)?, read })
        };
        let (notices, next) = shown(found, notice);
        Ok(NoticeList { notices: notices.into_iter().flatten().collect(), next, unread })
    }

    /// Marks a notice as read. Twice is as good as once.
    pub async fn read_notice(&self, caller: &Caller, id: &str) -> Result<(), Failure> {
        self.store.write(MarkRead { organisation: addressee(caller), id: id.to_owned() }).await
    }

    /// Marks a notice and every one that was written before it as read: what came since then was not seen.
    pub async fn read_notices(&self, caller: &Caller, id: &str) -> Result<(), Failure> {
        while self.store.write(MarkEarlierRead { organisation: addressee(caller), id: id.to_owned() }).await? {}
        Ok(())
    }
}

/// Under which name the store keeps the caller's notices.
fn addressee(caller: &Caller) -> String {
    match caller.kind() {
        OrganisationKind::Operator => String::new(),
        OrganisationKind::Enterprise | OrganisationKind::Isv => caller.organisation().to_owned(),
    }
}

//! Refunds that buyer and ISV agree on outside the market (rule O10).

use shared::aftersale::{self as domain, Beside};
use shared::api::{OfflineList, OfflineRecord, Part, RecordQuery, Rejection};

use super::super::form;
use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::{Asked, Made};

impl Market {
    /// The offline refunds that match, the newest first.
    pub async fn offline_refunds(
        &self,
        caller: &Caller,
        query: RecordQuery,
        part: &Part,
    ) -> Result<OfflineList, Failure> {
        let (offline_refunds, next) = self.records(caller, query, part).await?;
        Ok(OfflineList { offline_refunds, next })
    }

    /// The ISV records what was agreed on.
    pub async fn record_offline(
        &self,
        caller: &Caller,
        asked: Asked,
        order: &str,
        body: &[u8],
    ) -> Result<Made, Failure> {
        let OfflineRecord { amount, note } = form::read(body)?;
        let make =
            move |id, order: &_, beside: &Beside<'_, _>, now| domain::record(id, amount, &note, order, beside, now);
        self.make_record(caller, asked, order, Box::new(make)).await
    }

    /// The buyer has the money.
    pub async fn confirm_offline(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.change_record(caller, asked, id, Box::new(|refund, _, now| domain::confirm(refund, now))).await
    }

    /// The buyer says that it is not so.
    pub async fn decline_offline(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let Rejection { reason } = form::read(body)?;
        let change = move |refund, _: &_, now| domain::decline(refund, &reason, now);
        self.change_record(caller, asked, id, Box::new(change)).await
    }
}

//! Complaints (rule O7).

use shared::aftersale::{self as domain, Beside, Complaint};
use shared::api::{ComplaintDecision, ComplaintList, Part, RecordQuery, Said};

use super::super::form;
use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::{Asked, Made};

impl Market {
    /// The complaints that match, the newest first.
    pub async fn complaints(&self, caller: &Caller, query: RecordQuery, part: &Part) -> Result<ComplaintList, Failure> {
        let (complaints, next) = self.records(caller, query, part).await?;
        Ok(ComplaintList { complaints, next })
    }

    /// The buyer complains of an order's ISV.
    pub async fn complain(&self, caller: &Caller, asked: Asked, order: &str, body: &[u8]) -> Result<Made, Failure> {
        let Said { text } = form::read(body)?;
        let make =
            move |id, order: &_, beside: &Beside<'_, _>, now| domain::complain(id, &text, order, beside.others, now);
        self.make_record(caller, asked, order, Box::new(make)).await
    }

    /// The ISV answers a complaint.
    pub async fn reply(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let Said { text } = form::read(body)?;
        let change = move |complaint, _: &_, now| domain::reply(complaint, &text, now);
        self.change_record(caller, asked, id, Box::new(change)).await
    }

    /// The buyer takes a complaint back.
    pub async fn take_back(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.change_record(caller, asked, id, Box::new(|complaint, _, now| domain::take_back(complaint, now))).await
    }

    /// The operator decides a complaint.
    pub async fn decide(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let ComplaintDecision { outcome, finding } = form::read(body)?;
        let change = move |complaint, _: &_, now| domain::decide(complaint, outcome, &finding, now);
        self.change_record::<Complaint>(caller, asked, id, Box::new(change)).await
    }
}

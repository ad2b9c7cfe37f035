//! What stands beside an order that was paid: what may be asked for, and what was (rules O4 – O7, O10).

use shared::aftersale::{self as domain, Beside, Complaint, Invoice, OfflineRefund, Review};
use shared::api::{AfterSale, Filed, Moved};
use shared::calendar::Timestamp;
use shared::orders::{Order, OrderKind, OrderState, RefundState, may_ask_refund};

use super::super::aftersale::filed;
use super::super::refunds::{facts, refund};
use super::Find;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::orders::{self, StoredOrder};
use crate::store::records::{self, Record, Stored};
use crate::store::{Sql, Step, money, refunds};

/// Whether anything stands beside the order.
fn has(order: &Order) -> bool {
    let ended_unpaid = matches!(order.state, OrderState::Unpaid { .. } | OrderState::Cancelled { .. });
    order.kind != OrderKind::Trial && !ended_unpaid
}

/// An order and what stands beside it, at one moment.
pub(super) struct Look {
    pub(super) find: Find,
    pub(super) now: Timestamp,
}

/// What is seen of it.
pub(super) struct Seen {
    pub(super) stored: StoredOrder,
    /// The money that moved for it.
    pub(super) money: Vec<Moved>,
    /// The complaints about it, the newest first.
    pub(super) complaints: Vec<Filed<Complaint>>,
    /// What can be done about it, if it was paid, and what was.
    pub(super) after_sale: Option<AfterSale>,
}

impl Step for Look {
    type Done = Seen;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let Find { caller, id } = &self.find;
        let stored = orders::find(sql, id, caller.tenant()).await?.ok_or(Trade::OrderNotFound)?;
        let order = &stored.order;
        let money = money::of_order(sql, id, self.now.offset()).await?;
        let complaints = newest_first::<Complaint>(records::of_order(sql, id).await?, &stored, caller);
        if !has(order) {
            return Ok(Seen { stored, money, complaints, after_sale: None });
        }
        let asked = refunds::of_order(sql, id).await?;
        let refund_reviewed = asked.iter().any(|it| matches!(it.refund.state, RefundState::Reviewing { .. }));
        let invoices: Vec<Invoice> = records::of_order(sql, id).await?;
        let offline: Vec<OfflineRefund> = records::of_order(sql, id).await?;
        let reviews: Vec<Review> = records::of_order(sql, id).await?;
        let facts = facts(sql, order).await?;
        let after_sale = AfterSale {
            refund: may_ask_refund(order, &facts, self.now).into(),
            invoice: domain::may_request(order, &Beside { others: &invoices, refund_reviewed }).into(),
            offline: domain::may_record(order, &Beside { others: &offline, refund_reviewed }).into(),
            refunds: asked.into_iter().map(|stored| refund(stored, caller)).collect(),
            invoices: newest_first(invoices, &stored, caller),
            offline_refunds: newest_first(offline, &stored, caller),
            review: newest_first(reviews, &stored, caller).pop(),
        };
        Ok(Seen { stored, money, complaints, after_sale: Some(after_sale) })
    }
}

/// Records of an order, which the store has in the order of their making.
fn newest_first<R: Record>(records: Vec<R>, of: &StoredOrder, caller: &Caller) -> Vec<Filed<R>> {
    let stored = |record| Stored { record, words: of.words.clone(), customer: of.customer.clone() };
    records.into_iter().rev().map(|record| filed(stored(record), caller)).collect()
}

//! Doing what a step of the domain says has to happen besides.

use shared::api::Names;
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::orders::{Effect, OnService, Settling};

use super::concerned::concerned;
use super::ids::Ids;
use crate::store::ledger::Chain;
use crate::store::tenant::Tenant;
use crate::store::words::Words;
use crate::store::{
    Sql, StoreError, customers, due, mails, money, notices, orders, refunds, sandbox, services, trials,
};

/// An enterprise's affairs, held while something about them is done.
pub(super) struct Desk<'a> {
    chain: Chain,
    ids: &'a Ids,
    made: u32,
}

impl<'a> Desk<'a> {
    /// Waits until nobody else is at the enterprise's affairs.
    pub(super) async fn of(sql: &mut dyn Sql, enterprise: &str, ids: &'a Ids) -> Result<Self, StoreError> {
        Ok(Self { chain: Chain::hold(sql, enterprise).await?, ids, made: 0 })
    }

    /// The same, where this step has made so many things already.
    pub(super) async fn after(
        sql: &mut dyn Sql,
        enterprise: &str,
        ids: &'a Ids,
        made: u32,
    ) -> Result<Self, StoreError> {
        Ok(Self { made, ..Self::of(sql, enterprise, ids).await? })
    }

    /// How many things the step has made.
    pub(super) const fn made(&self) -> u32 {
        self.made
    }

    /// Keeps what effects say that are about no service.
    pub(super) async fn apply_plain(
        &mut self,
        sql: &mut dyn Sql,
        effects: &[Effect],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let words = Words { product_name: String::new(), vendor: String::new(), names: Names::default() };
        self.apply(sql, effects, &words, at).await
    }

    /// Keeps what the effects say, in their order. `words` are those of the product that new services are of.
    pub(super) async fn apply(
        &mut self,
        sql: &mut dyn Sql,
        effects: &[Effect],
        words: &Words,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for effect in effects {
            match effect {
                Effect::Post(entry) => self.chain.post(sql, entry, at).await?,
                Effect::Create(service) => services::insert(sql, service, words, at).await?,
                Effect::Update(service) => services::update(sql, service).await?,
                Effect::UpdateOrder(order) => orders::update(sql, order).await?,
                Effect::Due(due) => due::add(sql, due).await?,
                Effect::Notify(notice) => {
                    let id = self.id();
                    notices::insert(sql, &id, notice).await?;
                    if let Some(now) = self.ids.mailing() {
                        mails::enqueue(sql, &id, notice, concerned(notice), now).await?;
                    }
                }
                Effect::SendBack(back) => money::send_back(sql, &self.id(), back, at).await?,
                Effect::AskRefund(asked) => sandbox::ask_refund(sql, [self.id(), self.id()], asked, at).await?,
            }
        }
        Ok(())
    }

    /// Finishes. What was done is there once the transaction is.
    pub(super) async fn leave(self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        self.chain.keep(sql).await
    }

    fn id(&mut self) -> String {
        self.made += 1;
        self.ids.nth(self.made)
    }
}

/// What an order is settled with: its offer, and what the enterprise has of the product.
pub(super) async fn settling<'o>(
    sql: &mut dyn Sql,
    offer: &'o Offer,
    enterprise: &str,
    product: &str,
    on: Option<&OnService>,
) -> Result<Settling<'o>, StoreError> {
    let mut settling = Settling::first(offer);
    settling.settled = customers::turns(sql, enterprise, product).await?;
    settling.under_review = refunds::under_review(sql, enterprise, product).await?;
    match on {
        Some(on) => {
            let found = services::find(sql, &on.service, Tenant::Enterprise(enterprise)).await?;
            settling.service = found.map(|stored| stored.service);
            settling.rivals = orders::unpaid_on(sql, &on.service).await?;
        }
        None => settling.trial = trials::of(sql, enterprise, product).await?,
    }
    Ok(settling)
}

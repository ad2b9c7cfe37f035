//! Who bought something of an ISV (rule O9, D 4.5), and what it sold.

use std::collections::HashMap;

use shared::api::{self, CustomerCard, CustomerList, CustomerQuery, MonthSales, ProductSales, Sales};
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::settlement::Month;

use super::super::part::{Part, shown};
use super::text;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::customers::{self, Search};
use crate::store::search::Found;
use crate::store::{Sql, Step, workbench};
use crate::usecases::Market;

const MONTHS: usize = 12;

struct List {
    isv: String,
    query: CustomerQuery,
    part: Part,
    now: Timestamp,
}

impl Step for List {
    type Done = Found<CustomerCard>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let CustomerQuery { id, name, contact } = &self.query;
        let search = Search {
            id: id.as_deref(),
            name: name.as_deref(),
            contact: contact.as_deref(),
            after: self.part.after().map(|(_, id)| id.as_str()),
            limit: self.part.limit(),
        };
        Ok(customers::search(sql, &self.isv, &search, self.now).await?)
    }
}

struct Sum {
    isv: String,
    now: Timestamp,
}

impl Step for Sum {
    type Done = Sales;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Sales, Failure> {
        let mut month = Month::of(self.now);
        for _ in 1..MONTHS {
            month = month.previous();
        }
        let (mut months, mut whole) = (Vec::with_capacity(MONTHS), None);
        for _ in 0..MONTHS {
            let span = span(month, self.now)?;
            months.push(self.month(sql, month, span).await?);
            whole = Some((whole.map_or(span.0, |(from, _)| from), span.1));
            month = month.next();
        }
        let products = self.products(sql, whole.unwrap_or_default()).await?;
        Ok(Sales { months, products })
    }
}

/// A month's seconds.
fn span(month: Month, now: Timestamp) -> Result<customers::Span, Failure> {
    let bounds = month.start(now.offset()).zip(month.end(now.offset()));
    let (start, end) = bounds.ok_or_else(|| Failure::Internal("the calendar has ended".to_owned()))?;
    Ok((start.unix(), end.unix()))
}

impl Sum {
    async fn month(&self, sql: &mut dyn Sql, month: Month, span: customers::Span) -> Result<MonthSales, Failure> {
        let [mut purchases, mut renewals, mut changes, mut refunded] = [Fen::ZERO; 4];
        let mut orders = 0;
        for sold in customers::by_kind(sql, &self.isv, span).await? {
            orders += sold.orders;
            match sold.what.as_str() {
                "purchase" => purchases = purchases + sold.amount,
                "renewal" => renewals = renewals + sold.amount,
                _ => changes = changes + sold.amount,
            }
        }
        for undone in customers::undone(sql, &self.isv, span).await? {
            refunded = refunded + undone.amount;
        }
        Ok(MonthSales { month, purchases, renewals, changes, refunded, orders })
    }

    async fn products(&self, sql: &mut dyn Sql, span: customers::Span) -> Result<Vec<ProductSales>, Failure> {
        let undone = customers::undone(sql, &self.isv, span).await?.into_iter();
        let mut undone: HashMap<String, Fen> = undone.map(|sold| (sold.what, sold.amount)).collect();
        let mut products = Vec::new();
        for sold in customers::by_product(sql, &self.isv, span).await? {
            let own = workbench::own(sql, &sold.what, &self.isv).await?;
            let name = own.map_or_else(|| Ok(sold.what.clone()), |own| text(&own.text).map(|text| text.name))?;
            let services = customers::running(sql, &self.isv, &sold.what).await?;
            let refunded = undone.remove(&sold.what).unwrap_or_default();
            let (slug, paid, orders) = (sold.what, sold.amount, sold.orders);
            products.push(ProductSales { slug, name, paid, refunded, orders, services });
        }
        products.sort_by(|a, b| (b.paid, &a.slug).cmp(&(a.paid, &b.slug)));
        Ok(products)
    }
}

impl Market {
    /// The caller's customers that match, by name.
    pub async fn customers(
        &self,
        caller: &Caller,
        query: CustomerQuery,
        part: &api::Part,
    ) -> Result<CustomerList, Failure> {
        let (isv, part, now) = (caller.organisation().to_owned(), Part::read(part)?, self.clock.now());
        let found = self.store.read(List { isv, query, part, now }).await?;
        let (customers, next) = shown(found, |card| card);
        Ok(CustomerList { customers, next })
    }

    /// What the caller sold in the last twelve months.
    pub async fn sales(&self, caller: &Caller) -> Result<Sales, Failure> {
        self.store.read(Sum { isv: caller.organisation().to_owned(), now: self.clock.now() }).await
    }
}

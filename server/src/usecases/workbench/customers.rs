//! Who bought something of an ISV (rule O9, D 4.5), and what it sold.

use std::collections::BTreeMap;
use std::iter::successors;

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
use crate::store::sums::{self, OfMonth, Sum, What};
use crate::store::{Sql, Step, StoreError, workbench};
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

/// What an ISV sold in twelve months.
struct Year {
    isv: String,
    now: Timestamp,
}

impl Step for Year {
    type Done = Sales;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Sales, Failure> {
        let last = Month::of(self.now);
        let first = (1..MONTHS).fold(last, |month, _| month.previous());
        let found = sums::of_months(sql, &self.isv, first, last).await?;
        let running = sums::running(sql, &self.isv).await?;
        let mut products = Vec::new();
        for mut product in by_product(&found)? {
            let own = workbench::own(sql, &product.slug, &self.isv).await?;
            product.name = own.map_or_else(|| Ok(product.slug.clone()), |own| text(&own.text).map(|text| text.name))?;
            product.services = running.get(&product.slug).copied().unwrap_or_default();
            products.push(product);
        }
        products.sort_by(|a, b| (b.paid, &a.slug).cmp(&(a.paid, &b.slug)));
        Ok(Sales { months: by_month(&found, first)?, products })
    }
}

fn many(sum: &Sum) -> Result<u32, StoreError> {
    u32::try_from(sum.many).map_err(|_| StoreError::Column(sum.many.to_string().into()))
}

/// The months from the first on, those too in which nothing was sold.
fn by_month(found: &[OfMonth], first: Month) -> Result<Vec<MonthSales>, StoreError> {
    let one = |month: Month| {
        let [purchases, renewals, changes, refunded] = [Fen::ZERO; 4];
        let mut sales = MonthSales { month, purchases, renewals, changes, refunded, orders: 0 };
        for OfMonth { what, sum, .. } in found.iter().filter(|found| found.month == month) {
            let part = match what {
                What::Purchases => &mut sales.purchases,
                What::Renewals => &mut sales.renewals,
                What::Changes => &mut sales.changes,
                What::Undone => &mut sales.refunded,
                What::Settled(_) | What::Running => continue,
            };
            *part = *part + sum.amount;
            sales.orders += if *what == What::Undone { 0 } else { many(sum)? };
        }
        Ok(sales)
    };
    successors(Some(first), |month| Some(month.next())).take(MONTHS).map(one).collect()
}

/// The products of which something was sold, without their names.
fn by_product(found: &[OfMonth]) -> Result<Vec<ProductSales>, StoreError> {
    let mut products: BTreeMap<&str, ProductSales> = BTreeMap::new();
    for OfMonth { what, product: slug, sum, .. } in found {
        let [paid, refunded] = [Fen::ZERO; 2];
        let new = || ProductSales { slug: slug.clone(), name: String::new(), paid, refunded, orders: 0, services: 0 };
        let product = products.entry(slug).or_insert_with(new);
        match what {
            What::Purchases | What::Renewals | What::Changes => {
                product.paid = product.paid + sum.amount;
                product.orders += many(sum)?;
            }
            What::Undone => product.refunded = product.refunded + sum.amount,
            What::Settled(_) | What::Running => {}
        }
    }
    Ok(products.into_values().filter(|product| product.orders > 0).collect())
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
        self.store.read(Year { isv: caller.organisation().to_owned(), now: self.clock.now() }).await
    }
}

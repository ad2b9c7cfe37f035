//! Which page a route opens.

use super::route::{Route, UNDER};
use super::{
    complaints, customers, invoices, order, orders, refund, refunds, reviews, sales, service, services, settlement,
    settlements, transfers,
};
use crate::frame::{Address, Opened, Place};
use crate::page::{Context, Nowhere};
use crate::trade::notices::Notices;

impl Address for Route {
    fn read(path: &str, _: &str) -> Self {
        Self::read(path)
    }

    fn path(&self) -> String {
        self.path()
    }

    fn place(&self) -> Place {
        match self {
            Self::Notices => Place::Notices,
            _ => Place::Framed,
        }
    }

    fn open<O: Opened>(self, query: &str, context: &Context, opened: O) -> O::As {
        match self {
            Self::Orders => opened.take(orders::Orders::new(query)),
            Self::Order(id) => opened.take(order::Order::new(id)),
            Self::Services => opened.take(services::Services::new(query)),
            Self::Service(id) => opened.take(service::Service::new(id)),
            Self::Customers => opened.take(customers::Customers::new(query)),
            Self::Sales => opened.take(sales::Sales::default()),
            Self::Refunds => opened.take(refunds::Refunds::new(query)),
            Self::OfflineRefunds => opened.take(refunds::OfflineRefunds::new(query)),
            Self::Refund(id) => opened.take(refund::Refund::new(id)),
            Self::Invoices => opened.take(invoices::Invoices::new(query)),
            Self::Transfers => opened.take(transfers::Transfers::new(query)),
            Self::Settlements => opened.take(settlements::Settlements::new(query, context.role())),
            Self::Settlement(id) => opened.take(settlement::Settlement::new(id, context.role())),
            Self::Reviews => opened.take(reviews::Reviews::new(query)),
            Self::Complaints => opened.take(complaints::Complaints::new(query)),
            Self::Notices => opened.take(Notices::new(UNDER)),
            Self::Unknown => opened.take(Nowhere),
        }
    }
}

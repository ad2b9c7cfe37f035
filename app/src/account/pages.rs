//! Which page a route opens.

use super::route::Route;
use super::settings::{members, security, tokens};
use super::{
    checkout, clock, complaint, invitation, invoice_ask, invoices, order, orders, payment, refund, refund_ask, refunds,
    review, service, services, sign_in, trial,
};
use crate::frame::{Address, Opened, Place};
use crate::page::{Context, Nowhere};
use crate::trade::notices::Notices;

impl Address for Route {
    fn read(path: &str, query: &str) -> Self {
        Self::read(path, query)
    }

    fn path(&self) -> String {
        self.path()
    }

    fn place(&self) -> Place {
        match self {
            Self::Payment(_) => Place::Bare,
            Self::SignIn(_) => Place::SignIn,
            Self::Notices => Place::Notices,
            _ => Place::Framed,
        }
    }

    fn open<O: Opened>(self, query: &str, context: &Context, opened: O) -> O::As {
        match self {
            Self::SignIn(next) => opened.take(sign_in::SignIn::new(next, context)),
            Self::Checkout(id) => opened.take(checkout::Checkout::new(id, context.sandbox)),
            Self::Trial(slug) => opened.take(trial::Trial::new(slug, query)),
            Self::Payment(id) => opened.take(payment::Payment::new(id)),
            Self::Services => opened.take(services::Services::new(query)),
            Self::Service(id) => opened.take(service::Service::new(id)),
            Self::Change(id) => opened.take(service::change::Change::new(id)),
            Self::Orders => opened.take(orders::Orders::new(query)),
            Self::Order(id) => opened.take(order::Order::new(id, query)),
            Self::Review(id) => opened.take(review::Review::new(id)),
            Self::Complaint(id) => opened.take(complaint::Complaint::new(id)),
            Self::Notices => opened.take(Notices::new("/account")),
            Self::Refunds => opened.take(refunds::Refunds::new(query)),
            Self::OfflineRefunds => opened.take(refunds::OfflineRefunds::new(query)),
            Self::Refund(id) => opened.take(refund::Refund::new(id)),
            Self::RefundAsk(id) => opened.take(refund_ask::RefundAsk::new(id)),
            Self::Invoices => opened.take(invoices::Invoices::new(query)),
            Self::InvoiceAsk(id) => opened.take(invoice_ask::InvoiceAsk::new(id, context)),
            Self::Clock => opened.take(clock::Clock),
            Self::Invitation(token) => opened.take(invitation::Invitation::new(token)),
            Self::Security => opened.take(security::Security::default()),
            Self::Members => opened.take(members::Members::new(context.role())),
            Self::Tokens => opened.take(tokens::Tokens::new(context.role())),
            Self::Unknown => opened.take(Nowhere),
        }
    }
}

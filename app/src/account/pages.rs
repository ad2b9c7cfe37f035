//! Which page a route opens: the same for the browser, which keeps it, and for the first paint, which prints it.

use super::page::{Context, Page};
use super::parts::Nowhere;
use super::route::Route;
use super::{checkout, invoices, notices, order, orders, payment, service, services, sign_in, trial};

/// What is done with the page that is opened.
pub trait Opened {
    /// What becomes of it.
    type As;

    /// Takes the page, as it begins.
    fn take<P: Page>(self, page: P) -> Self::As;
}

/// Opens the page of `route`.
pub fn open<O: Opened>(route: Route, query: &str, context: &Context, opened: O) -> O::As {
    match route {
        Route::SignIn(next) => opened.take(sign_in::SignIn::new(next, context.sandbox)),
        Route::Checkout(id) => opened.take(checkout::Checkout::new(id, context.sandbox)),
        Route::Trial(slug) => opened.take(trial::Trial::new(slug, query)),
        Route::Payment(id) => opened.take(payment::Payment::new(id)),
        Route::Services => opened.take(services::Services::new()),
        Route::Service(id) => opened.take(service::Service::new(id)),
        Route::Orders => opened.take(orders::Orders::new(query)),
        Route::Order(id) => opened.take(order::Order::new(id, query)),
        Route::Notices => opened.take(notices::Notices::new()),
        Route::Invoices => opened.take(invoices::Invoices),
        Route::Unknown => opened.take(Nowhere),
    }
}

//! Which page of the account an address means.

/// A page of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Signing in; then to this address.
    SignIn(Option<String>),
    /// Ordering from the quotation with this id.
    Checkout(String),
    /// Trying the product with this slug.
    Trial(String),
    /// The sandbox provider's page for the payment with this id.
    Payment(String),
    /// My services.
    Services,
    /// One of them.
    Service(String),
    /// Renewing or changing it.
    Change(String),
    /// My orders.
    Orders,
    /// One of them.
    Order(String),
    /// Reviewing what was ordered.
    Review(String),
    /// Complaining of its vendor.
    Complaint(String),
    /// My notices.
    Notices,
    /// Asking for the refund of an order.
    RefundAsk(String),
    /// My refunds.
    Refunds,
    /// What was refunded offline.
    OfflineRefunds,
    /// One of my refunds.
    Refund(String),
    /// My invoices.
    Invoices,
    /// Asking for an order's invoice.
    InvoiceAsk(String),
    /// The sandbox's clock.
    Clock,
    /// The invitation with this secret.
    Invitation(String),
    /// One's password and sessions.
    Security,
    /// The organisation's members.
    Members,
    /// One's tokens for machines.
    Tokens,
    /// No page of ours.
    Unknown,
}

impl Route {
    /// The page at an address.
    pub fn read(path: &str, query: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["sign-in"] => Self::SignIn(next(query)),
            ["checkout", id] => Self::Checkout((*id).to_owned()),
            ["trial", slug] => Self::Trial((*slug).to_owned()),
            ["sandbox", "pay", id] => Self::Payment((*id).to_owned()),
            ["account", "services"] | ["account"] => Self::Services,
            ["account", "services", id] => Self::Service((*id).to_owned()),
            ["account", "services", id, "change"] => Self::Change((*id).to_owned()),
            ["account", "orders"] => Self::Orders,
            ["account", "orders", id] => Self::Order((*id).to_owned()),
            ["account", "orders", id, "review"] => Self::Review((*id).to_owned()),
            ["account", "orders", id, "complaint"] => Self::Complaint((*id).to_owned()),
            ["account", "notices"] => Self::Notices,
            ["account", "orders", id, "refund"] => Self::RefundAsk((*id).to_owned()),
            ["account", "orders", id, "invoice"] => Self::InvoiceAsk((*id).to_owned()),
            ["account", "refunds"] => Self::Refunds,
            ["account", "refunds", "offline"] => Self::OfflineRefunds,
            ["account", "refunds", id] => Self::Refund((*id).to_owned()),
            ["account", "invoices"] => Self::Invoices,
            ["sandbox", "clock"] => Self::Clock,
            ["invitation", token] => Self::Invitation((*token).to_owned()),
            ["account", "settings"] => Self::Security,
            ["account", "settings", "members"] => Self::Members,
            ["account", "settings", "tokens"] => Self::Tokens,
            _ => Self::Unknown,
        }
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        match self {
            Self::SignIn(_) => "/sign-in".to_owned(),
            Self::Checkout(id) => ["/checkout/", id].concat(),
            Self::Trial(slug) => ["/trial/", slug].concat(),
            Self::Payment(id) => ["/sandbox/pay/", id].concat(),
            Self::Services => "/account/services".to_owned(),
            Self::Service(id) => ["/account/services/", id].concat(),
            Self::Change(id) => ["/account/services/", id, "/change"].concat(),
            Self::Orders => "/account/orders".to_owned(),
            Self::Order(id) => ["/account/orders/", id].concat(),
            Self::Review(id) => ["/account/orders/", id, "/review"].concat(),
            Self::Complaint(id) => ["/account/orders/", id, "/complaint"].concat(),
            Self::Notices => "/account/notices".to_owned(),
            Self::RefundAsk(id) => ["/account/orders/", id, "/refund"].concat(),
            Self::InvoiceAsk(id) => ["/account/orders/", id, "/invoice"].concat(),
            Self::Refunds => "/account/refunds".to_owned(),
            Self::OfflineRefunds => "/account/refunds/offline".to_owned(),
            Self::Refund(id) => ["/account/refunds/", id].concat(),
            Self::Invoices => "/account/invoices".to_owned(),
            Self::Clock => "/sandbox/clock".to_owned(),
            Self::Invitation(token) => ["/invitation/", token].concat(),
            Self::Security => "/account/settings".to_owned(),
            Self::Members => "/account/settings/members".to_owned(),
            Self::Tokens => "/account/settings/tokens".to_owned(),
            Self::Unknown => "/".to_owned(),
        }
    }
}

/// The address to go on to, if it is one of this store's.
fn next(query: &str) -> Option<String> {
    let (_, next) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next")?;
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\t', '\n', '\r']);
    ours.then(|| next.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::address::sign_in;

    #[test]
    fn paths_are_read_as_they_are_written() {
        let id = || "a1".to_owned();
        for route in [
            Route::SignIn(None),
            Route::Checkout(id()),
            Route::Trial(id()),
            Route::Payment(id()),
            Route::Services,
            Route::Service(id()),
            Route::Change(id()),
            Route::Orders,
            Route::Order(id()),
            Route::Review(id()),
            Route::Complaint(id()),
            Route::Notices,
            Route::RefundAsk(id()),
            Route::Refunds,
            Route::OfflineRefunds,
            Route::Refund(id()),
            Route::Invoices,
            Route::InvoiceAsk(id()),
            Route::Clock,
            Route::Invitation(id()),
            Route::Security,
            Route::Members,
            Route::Tokens,
        ] {
            assert_eq!(Route::read(&route.path(), ""), route);
        }
        assert_eq!(Route::read("/account", ""), Route::Services);
        assert_eq!(Route::read("/account/x", ""), Route::Unknown);
    }

    #[test]
    fn signing_in_leads_back_to_this_store_only() {
        let next = |query| Route::read("/sign-in", query);
        assert_eq!(next("next=%2Fcheckout%2Fa1"), Route::SignIn(Some("/checkout/a1".into())));
        assert_eq!(
            Route::read("/sign-in", sign_in("/a?b=c&d").split_once('?').unwrap().1),
            Route::SignIn(Some("/a?b=c&d".into()))
        );
        for elsewhere in ["next=https://evil", "next=//evil", "next=/%5Cevil", "next=%2F%09%2Fevil", "next=", "x=/a"] {
            assert_eq!(next(elsewhere), Route::SignIn(None), "{elsewhere}");
        }
    }
}

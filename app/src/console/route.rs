//! Which page of the console an address means.

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Orders.
    Orders,
    /// One of them.
    Order(String),
    /// Services.
    Services,
    /// One of them.
    Service(String),
    /// Who bought something.
    Customers,
    /// What was sold.
    Sales,
    /// Refunds.
    Refunds,
    /// What was refunded offline.
    OfflineRefunds,
    /// A refund.
    Refund(String),
    /// Invoices.
    Invoices,
    /// Transfers to confirm.
    Transfers,
    /// What each month comes to.
    Settlements,
    /// One of them.
    Settlement(String),
    /// Reviews.
    Reviews,
    /// Complaints.
    Complaints,
    /// Notices.
    Notices,
    /// No page of ours.
    Unknown,
}

/// Under which address the console's pages stand.
pub const UNDER: &str = "/console";

impl Route {
    /// The page at a path.
    pub fn read(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["console", "orders"] => Self::Orders,
            ["console", "orders", id] => Self::Order((*id).to_owned()),
            ["console", "services"] => Self::Services,
            ["console", "services", id] => Self::Service((*id).to_owned()),
            ["console", "customers"] => Self::Customers,
            ["console", "sales"] => Self::Sales,
            ["console", "refunds"] => Self::Refunds,
            ["console", "refunds", "offline"] => Self::OfflineRefunds,
            ["console", "refunds", id] => Self::Refund((*id).to_owned()),
            ["console", "invoices"] => Self::Invoices,
            ["console", "transfers"] => Self::Transfers,
            ["console", "settlements"] => Self::Settlements,
            ["console", "settlements", id] => Self::Settlement((*id).to_owned()),
            ["console", "reviews"] => Self::Reviews,
            ["console", "complaints"] => Self::Complaints,
            ["console", "notices"] => Self::Notices,
            _ => Self::Unknown,
        }
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        match self {
            Self::Orders => [UNDER, "/orders"].concat(),
            Self::Order(id) => [UNDER, "/orders/", id].concat(),
            Self::Services => [UNDER, "/services"].concat(),
            Self::Service(id) => [UNDER, "/services/", id].concat(),
            Self::Customers => [UNDER, "/customers"].concat(),
            Self::Sales => [UNDER, "/sales"].concat(),
            Self::Refunds => [UNDER, "/refunds"].concat(),
            Self::OfflineRefunds => [UNDER, "/refunds/offline"].concat(),
            Self::Refund(id) => [UNDER, "/refunds/", id].concat(),
            Self::Invoices => [UNDER, "/invoices"].concat(),
            Self::Transfers => [UNDER, "/transfers"].concat(),
            Self::Settlements => [UNDER, "/settlements"].concat(),
            Self::Settlement(id) => [UNDER, "/settlements/", id].concat(),
            Self::Reviews => [UNDER, "/reviews"].concat(),
            Self::Complaints => [UNDER, "/complaints"].concat(),
            Self::Notices => [UNDER, "/notices"].concat(),
            Self::Unknown => "/".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        let id = || "a1".to_owned();
        for route in [
            Route::Orders,
            Route::Order(id()),
            Route::Services,
            Route::Service(id()),
            Route::Customers,
            Route::Sales,
            Route::Transfers,
            Route::Settlements,
            Route::Settlement(id()),
            Route::Reviews,
            Route::Complaints,
            Route::Refunds,
            Route::OfflineRefunds,
            Route::Refund(id()),
            Route::Invoices,
            Route::Notices,
        ] {
            assert_eq!(Route::read(&route.path()), route);
        }
        assert_eq!(Route::read("/console/x"), Route::Unknown);
        assert_eq!(Route::read("/account/orders"), Route::Unknown);
    }
}

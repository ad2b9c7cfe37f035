//! Which page an address means. Every page is a document of its own: the server sends it painted, links are plain links,
//! and what a router would do the browser does.

/// A page of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The store's home.
    Home,
    /// The product with this slug.
    Product(String),
    /// The configurator of the product with this slug, in a frame on somebody else's site.
    Embedded(String),
    /// The quotation with this id.
    Quotation(String),
    /// No page of ours.
    Unknown,
}

impl Route {
    /// The page at a path.
    pub fn read(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::Home,
            (Some("p"), Some(slug), None) => Self::Product(slug.to_owned()),
            (Some("embed"), Some(slug), None) => Self::Embedded(slug.to_owned()),
            (Some("quote"), Some(id), None) => Self::Quotation(id.to_owned()),
            _ => Self::Unknown,
        }
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "/".to_owned(),
            Self::Product(slug) => ["/p/", slug].concat(),
            Self::Embedded(slug) => ["/embed/", slug].concat(),
            Self::Quotation(id) => ["/quote/", id].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        for route in [
            Route::Home,
            Route::Product("data-analytics-2".into()),
            Route::Embedded("a".into()),
            Route::Quotation("a1_B".into()),
        ] {
            assert_eq!(Route::read(&route.path()), route);
        }
        for path in ["/p", "/p/", "/p/a/b", "/quote", "/x"] {
            assert_eq!(Route::read(path), Route::Unknown, "{path}");
        }
        assert_eq!(Route::read("//p/x/"), Route::Product("x".into()));
    }
}

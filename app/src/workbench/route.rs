//! Which page of the workbench an address means.

/// A page of the workbench.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// One's products.
    Products,
    /// One of them: its sales configuration.
    Editor(String),
    /// Its published revisions.
    Revisions(String),
    /// No page of ours.
    Unknown,
}

/// Under which address the pages stand.
pub const UNDER: &str = "/console/products";

impl Route {
    /// The page at a path.
    pub fn read(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["console", "products"] => Self::Products,
            ["console", "products", slug] => Self::Editor((*slug).to_owned()),
            ["console", "products", slug, "revisions"] => Self::Revisions((*slug).to_owned()),
            _ => Self::Unknown,
        }
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        match self {
            Self::Products => UNDER.to_owned(),
            Self::Editor(slug) => [UNDER, "/", slug].concat(),
            Self::Revisions(slug) => [UNDER, "/", slug, "/revisions"].concat(),
            Self::Unknown => "/".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        for route in [Route::Products, Route::Editor("a-1".to_owned()), Route::Revisions("a-1".to_owned())] {
            assert_eq!(Route::read(&route.path()), route);
        }
        assert_eq!(Route::read("/console/orders"), Route::Unknown);
    }
}

//! Places in a document.

use core::fmt;

/// A place in a document. Costs nothing until it is printed, as a JSON pointer (RFC 6901).
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    /// The whole document.
    pub const ROOT: Self = Self { parent: None, step: Step::Root };

    /// The field `key` of this place.
    pub const fn key(&'p self, key: &'p str) -> At<'p> {
        At { parent: Some(self), step: Step::Key(key) }
    }

    /// The item `index` of this place.
    pub const fn index(&'p self, index: usize) -> At<'p> {
        At { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Index(index) => write!(f, "/{index}"),
            Step::Key(key) if key.contains(['~', '/']) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Key(key) => write!(f, "/{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_as_rfc_6901_says() {
        let root = At::ROOT;
        let (options, index) = (root.key("options"), 3);
        assert_eq!(options.key("a/b~c").index(index).to_string(), "/options/a~1b~0c/3");
        assert_eq!(root.to_string(), "");
    }
}

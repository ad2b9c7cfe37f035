//! Mail addresses.

/// Longest address (RFC 5321).
const LONGEST: usize = 254;

/// An address as it is kept, in lower case, if it can be one. Whether anybody reads what is sent there, only sending shows.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.rsplit_once('@')?;
    let sane = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    (text.len() <= LONGEST && sane(local) && sane(domain)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_way() {
        assert_eq!(address(" Wang@Example.COM ").as_deref(), Some("wang@example.com"));
        for text in ["", "@", "a@", "@b", "a b@c", "a@b@c", "a\u{7}@b", &format!("{}@b", "a".repeat(253))] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}

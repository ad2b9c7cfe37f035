//! Secrets that are handed out: 256 random bits each, of which the store keeps a hash.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};

/// What the store keeps of a secret: SHA-256. A secret has 256 random bits, nobody can try them out.
pub type Hash = [u8; 32];

/// A secret: in a cookie, a link, or a machine's settings.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        Ok(Self(BASE64.encode(random)))
    }

    /// What somebody says is one; `None` where it cannot be.
    pub fn parse(text: &str) -> Option<Self> {
        let may_be = text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        may_be.then(|| Self(text.to_owned()))
    }

    /// One that is made from `salt`, which may be kept, and `seal`, which is not: the same two make the same secret.
    pub fn derived(salt: &str, seal: &Hash) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"quotient-secret-v1\n");
        hash.update(seal);
        hash.update(salt);
        Self(BASE64.encode(hash.finalize()))
    }

    /// The secret, base64url.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The secret, to be handed out.
    pub fn into_string(self) -> String {
        self.0
    }

    /// By which the store knows it.
    pub fn hash(&self) -> Hash {
        Sha256::digest(&self.0).into()
    }
}

/// Not for the log.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// An id that cannot be guessed: 128 random bits.
pub fn new_id() -> Result<String, getrandom::Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    Ok(BASE64.encode(random))
}

/// Whether a text from outside can be an id. What cannot is not asked for: PostgreSQL takes a NUL for a mistake of ours.
pub fn may_be_id(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_are_read_again_and_stay_out_of_the_log() {
        let (one, two) = (Secret::new().expect("random"), Secret::new().expect("random"));
        assert_ne!(one, two);
        assert_ne!(one.hash(), two.hash());
        assert_eq!(Secret::parse(one.as_str()), Some(one.clone()));
        assert!(!format!("{one:?}").contains(one.as_str()));
        for text in ["", "short", &"a".repeat(44), &format!("{}\0", "a".repeat(42)), &"é".repeat(43)] {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_derived_secret_needs_both_its_halves() {
        let secret = Secret::derived("salt", &[1; 32]);
        assert_eq!(secret, Secret::derived("salt", &[1; 32]));
        assert_ne!(secret, Secret::derived("salt", &[2; 32]));
        assert_ne!(secret, Secret::derived("other", &[1; 32]));
        assert!(Secret::parse(secret.as_str()).is_some());
    }
}

//! Passwords: Argon2id, a few at a time, so that many who sign in do not take the processors from those who buy.

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::thread::available_parallelism;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

/// How much work a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory that one takes, in KiB.
    pub memory_kib: u32,
    /// How often it goes over it.
    pub passes: u32,
}

/// OWASP's first choice for Argon2id: 19 MiB, two passes.
impl Default for Cost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

/// A password that may not be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

/// Shortest and longest password, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=200;

/// Whether a member with this address may choose this password.
pub fn check(password: &str, email: &str) -> Result<(), Unfit> {
    let fits = LENGTH.contains(&password.chars().count()) && !password.trim().eq_ignore_ascii_case(email);
    fits.then_some(()).ok_or(Unfit)
}

/// Why a password was neither good nor bad.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// What is stored is no hash, or there are no random numbers.
    #[error("passwords: {0}")]
    Hash(String),
    /// The server is stopping.
    #[error("passwords: stopping")]
    Stopping,
}

/// Hashes and verifies.
pub struct Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Of no password: verified where there is no member, so that both take the same time.
    nobody: Arc<OnceLock<String>>,
}

impl Passwords {
    /// One for the market. Half of the processors stay free.
    pub fn new(cost: Cost) -> Self {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).unwrap_or_default();
        let turns = (available_parallelism().map_or(1, NonZeroUsize::get) / 2).max(1);
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            turns: Arc::new(Semaphore::new(turns)),
            nobody: Arc::default(),
        }
    }

    /// The hash to keep of a new password.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let argon2 = self.argon2.clone();
        self.in_turn(move || hash(&argon2, password.as_bytes())).await?
    }

    /// Whether the password is the one whose hash was kept. Without a hash it takes as long and is no.
    pub async fn verify(&self, password: String, kept: Option<String>) -> Result<bool, PasswordError> {
        let (argon2, nobody) = (self.argon2.clone(), Arc::clone(&self.nobody));
        let verify = move || {
            let known = kept.is_some();
            let kept = match kept {
                Some(kept) => kept,
                None => match nobody.get() {
                    Some(nobody) => nobody.clone(),
                    None => nobody.get_or_init(|| hash(&argon2, b"nobody").unwrap_or_default()).clone(),
                },
            };
            let kept = PasswordHash::new(&kept).map_err(|error| PasswordError::Hash(error.to_string()))?;
            Ok(argon2.verify_password(password.as_bytes(), &kept).is_ok() && known)
        };
        self.in_turn(verify).await?
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| PasswordError::Stopping)?;
        // The turn ends with the work, also where nobody waits for it any more.
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| PasswordError::Stopping)
    }
}

fn hash(argon2: &Argon2<'_>, password: &[u8]) -> Result<String, PasswordError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| PasswordError::Hash(error.to_string()))?;
    let hash = argon2.hash_password_with_salt(password, &salt);
    Ok(hash.map_err(|error| PasswordError::Hash(error.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 8, passes: 1 };

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let passwords = Passwords::new(CHEAP);
        let kept = passwords.hash("correct horse".to_owned()).await.expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        assert_ne!(kept, passwords.hash("correct horse".to_owned()).await.expect("hashed"), "salted");
        for (password, kept, good) in [
            ("correct horse", Some(&kept), true),
            ("correct hors", Some(&kept), false),
            ("correct horse", None, false),
            ("nobody", None, false),
        ] {
            let found = passwords.verify(password.to_owned(), kept.cloned()).await.expect("verified");
            assert_eq!(found, good, "{password} {kept:?}");
        }
        assert!(passwords.verify("x".to_owned(), Some("no hash".to_owned())).await.is_err());
    }

    /// Whoever asks for an address that nobody has must not learn so from the time it takes.
    #[tokio::test]
    async fn nobodys_hash_is_as_much_work_as_anybodys() {
        let passwords = Passwords::new(CHEAP);
        assert!(!passwords.verify("x".to_owned(), None).await.expect("verified"));
        let nobody = passwords.nobody.get().expect("made");
        assert!(nobody.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{nobody}");
    }

    #[test]
    fn a_password_has_10_to_200_characters_and_is_not_the_address() {
        for (password, fits) in [
            ("123456789", false),
            ("1234567890", true),
            ("一二三四五六七八九十", true),
            ("Wang@Example.com", false),
            (&"x".repeat(200), true),
            (&"x".repeat(201), false),
        ] {
            assert_eq!(check(password, "wang@example.com").is_ok(), fits, "{password}");
        }
    }
}

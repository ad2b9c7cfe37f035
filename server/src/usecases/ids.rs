//! Ids that cannot be guessed. Drawn before a step begins: a step that is done again makes the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use shared::calendar::Timestamp;

use super::Market;
use crate::failure::Failure;

/// Digits and letters that are not mistaken for one another (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The randomness of one step, and the second in which it was drawn.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    random: [u8; 32],
    second: i64,
    mailing: Option<Timestamp>,
}

impl Market {
    /// What the next step names its things by.
    pub(super) fn ids(&self) -> Result<Ids, Failure> {
        let mailing = self.mailer.is_some().then(|| self.clock.wall());
        Ok(Ids { random: self.randomness.draw()?, second: self.clock.now().unix(), mailing })
    }
}

impl Ids {
    /// Where notices also go out by mail: now, outside.
    pub(super) fn mailing(&self) -> Option<Timestamp> {
        self.mailing
    }

    /// An order's number: its day, and ten characters that a person can read out: the second of the day, then 33 random bits.
    /// Later orders have greater numbers, so those of a group of writes lie together in the store.
    pub(super) fn order(&self, at: Timestamp) -> String {
        let (year, month, day, hour, minute, second) = at.civil();
        let [hour, minute, second] = [hour, minute, second].map(u64::from);
        let second = (hour * 60 + minute) * 60 + second;
        let random = self.hash("order").iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte));
        let number = second << 33 | random >> 31;
        let letter = |place: u64| char::from(LETTERS[usize::try_from(number >> (5 * place) & 31).unwrap_or_default()]);
        let letters: String = (0..10).rev().map(letter).collect();
        format!("{year:04}{month:02}{day:02}-{letters}")
    }

    /// A quotation's id.
    pub(super) fn quotation(&self) -> String {
        self.nth(0)
    }

    /// The id of the `n`th other thing that the step makes: the second, then 128 random bits. Neighbours in time lie together
    /// in the store, so that a group of writes changes few pages of it.
    pub(super) fn nth(&self, n: u32) -> String {
        format!("{:08x}{}", self.second, BASE64.encode(&self.hash(&n.to_string())[..16]))
    }

    fn hash(&self, of: &str) -> Vec<u8> {
        Sha256::new().chain_update(self.random).chain_update(of).finalize().to_vec()
    }
}

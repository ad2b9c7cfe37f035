//! Whether a quotation is what the store signed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Serialize;
use shared::api::{SIGNED_PREFIX, Signed, VerifyKeys};

/// The part of a signed quotation that the signature is about; what else an answer says is not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// The exact JSON text that was signed.
    pub document: String,
    /// Ed25519 over [`SIGNED_PREFIX`] and the document; base64url without padding.
    pub signature: String,
    /// Which key signed it.
    pub key_id: String,
}

impl From<&Signed> for Sealed {
    fn from(signed: &Signed) -> Self {
        let Signed { document, signature, key_id, .. } = signed;
        Self { document: document.clone(), signature: signature.clone(), key_id: key_id.clone() }
    }
}

/// What checking the signature found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Not checked yet: the server leaves that to the browser.
    Unchecked,
    /// The store signed exactly this.
    Good,
    /// It did not.
    Bad,
}

/// Checks the signature with the store's keys.
pub fn check(sealed: &Sealed, keys: &VerifyKeys) -> Seal {
    let message = [SIGNED_PREFIX, &sealed.document].concat();
    let verified = keys.keys.iter().filter(|key| key.kid == sealed.key_id).any(|key| {
        let key = bytes(&key.x).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature = bytes(&sealed.signature).map(|bytes| Signature::from_bytes(&bytes));
        key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message.as_bytes(), &signature).is_ok())
    });
    if verified { Seal::Good } else { Seal::Bad }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

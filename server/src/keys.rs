//! The key that quotations are signed with: made at the first start, kept beside the data, readable by its owner only.
//!
//! What is signed is [`SIGNED_PREFIX`] followed by the quotation's document, the exact JSON text of
//! [`shared::api::Confirmed`] in UTF-8. The signature is Ed25519 (RFC 8032), the published key a JSON Web Key
//! (RFC 7517, RFC 8037) whose id is its thumbprint (RFC 7638). So anyone can check a quotation without this program.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::api::{SIGNED_PREFIX, VerifyKey};

use crate::store::quotations::Quotation;

const FILE: &str = "quotation-key.json";

/// Signs quotations.
pub struct QuotationKey {
    secret: SigningKey,
    public: VerifyKey,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the signing key {}: {error}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is there and holds no Ed25519 key.
    #[error("{} holds no Ed25519 key; restore it from a backup, or move it away to have a new one made", .0.display())]
    Unreadable(PathBuf),
    /// The system gives no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// The file's content: a private JSON Web Key (RFC 8037).
#[derive(Serialize, Deserialize)]
struct PrivateKey {
    kty: String,
    crv: String,
    d: String,
}

impl QuotationKey {
    /// The key in `folder`, made where there is none yet.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        let failed = |error| KeyError::File { path: path.clone(), error };
        if !path.try_exists().map_err(failed)? {
            let mut seed = [0; 32];
            getrandom::fill(&mut seed)?;
            place(folder, &path, &private_text(seed)).map_err(failed)?;
        }
        let text = fs::read_to_string(&path).map_err(failed)?;
        let seed = parse_private(&text).ok_or(KeyError::Unreadable(path))?;
        Ok(Self::from_seed(seed))
    }

    /// The key that belongs to a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let secret = SigningKey::from_bytes(&seed);
        let x = BASE64.encode(secret.verifying_key().as_bytes());
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        let public = VerifyKey {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x,
            kid: BASE64.encode(thumbprint),
            alg: "EdDSA".to_owned(),
            usage: "sig".to_owned(),
        };
        Self { secret, public }
    }

    /// The public half.
    pub fn public(&self) -> &VerifyKey {
        &self.public
    }

    /// The signature over a quotation's document, base64url without padding.
    pub fn sign(&self, document: &str) -> String {
        BASE64.encode(self.secret.sign([SIGNED_PREFIX, document].concat().as_bytes()).to_bytes())
    }
}

/// Whether `key` signed a quotation.
pub fn verifies(key: &VerifyKey, quotation: &Quotation) -> bool {
    let read = || -> Option<bool> {
        let public: [u8; 32] = BASE64.decode(&key.x).ok()?.try_into().ok()?;
        let signature: [u8; 64] = BASE64.decode(&quotation.signature).ok()?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&public).ok()?;
        let bytes = [SIGNED_PREFIX, &quotation.document].concat();
        Some(key.verify_strict(bytes.as_bytes(), &Signature::from_bytes(&signature)).is_ok())
    };
    read().unwrap_or(false)
}

fn private_text(seed: [u8; 32]) -> String {
    format!(r#"{{"kty":"OKP","crv":"Ed25519","d":"{}"}}"#, BASE64.encode(seed))
}

fn parse_private(text: &str) -> Option<[u8; 32]> {
    let key: PrivateKey = serde_json::from_str(text).ok()?;
    let known = key.kty == "OKP" && key.crv == "Ed25519";
    BASE64.decode(key.d).ok().filter(|_| known)?.try_into().ok()
}

/// Puts a complete file at `path`, or leaves the one that somebody else put there in the meantime.
fn place(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let part = folder.join(format!(".{FILE}.{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&part, path);
    fs::remove_file(&part)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use ed25519_dalek::{Signature, VerifyingKey};

    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = QuotationKey::open(folder.path()).expect("a key");
        let again = QuotationKey::open(folder.path()).expect("a key");
        assert_eq!(first.public(), again.public());
        let mode = fs::metadata(folder.path().join(FILE)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn what_is_no_key_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        for text in
            ["", "{}", r#"{"kty":"OKP","crv":"Ed25519","d":"AAAA"}"#, r#"{"kty":"EC","crv":"P-256","d":"AAAA"}"#]
        {
            fs::write(folder.path().join(FILE), text).expect("written");
            assert!(matches!(QuotationKey::open(folder.path()), Err(KeyError::Unreadable(_))), "{text}");
            assert_eq!(fs::read_to_string(folder.path().join(FILE)).expect("still there"), text);
        }
    }

    #[test]
    fn the_key_of_rfc_8037_has_its_thumbprint() {
        let seed = BASE64.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").expect("base64");
        let key = QuotationKey::from_seed(seed.try_into().expect("32 bytes"));
        assert_eq!(key.public().x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.public().kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_signature_holds_for_its_document_alone() {
        let key = QuotationKey::from_seed([7; 32]);
        let public: [u8; 32] = BASE64.decode(&key.public().x).expect("base64").try_into().expect("32 bytes");
        let public = VerifyingKey::from_bytes(&public).expect("a key");
        let signature = Signature::from_slice(&BASE64.decode(key.sign("{}")).expect("base64")).expect("64 bytes");
        assert!(public.verify_strict(format!("{SIGNED_PREFIX}{{}}").as_bytes(), &signature).is_ok());
        assert!(public.verify_strict(b"{}", &signature).is_err());
    }
}

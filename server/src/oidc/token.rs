//! ID tokens: signed by the provider, for us, for this sign-in, now.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

use super::OidcError;

/// So far its clock may be from ours, in seconds.
const LEEWAY: i64 = 60;

/// What a provider says of who signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// Who, to the provider.
    #[serde(rename = "sub")]
    pub subject: String,
    /// The mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether the address is known to be theirs.
    #[serde(default)]
    pub email_verified: bool,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A provider's public keys (RFC 7517).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone, Debug, Deserialize)]
struct Key {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

impl Keys {
    /// Whether the key is here that a token says it was signed with.
    pub(super) fn has_key_of(&self, token: &str) -> bool {
        header(token).is_ok_and(|header| self.key(&header).is_some())
    }

    fn key(&self, header: &Header) -> Option<&Key> {
        let kind = match &*header.alg {
            "RS256" => "RSA",
            "ES256" => "EC",
            // Neither none, nor a key that we would share.
            _ => return None,
        };
        let mut fitting = self.keys.iter().filter(|key| key.kty == kind);
        match &header.kid {
            Some(kid) => fitting.find(|key| key.kid.as_ref() == Some(kid)),
            None => fitting.next().filter(|_| fitting.next().is_none()),
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
}

/// What a token has to say.
pub(super) struct Expected<'e> {
    pub(super) issuer: &'e str,
    pub(super) client: &'e str,
    pub(super) nonce: &'e str,
    /// Seconds since 1970.
    pub(super) now: i64,
}

#[derive(Deserialize)]
struct Registered {
    iss: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    /// Whether it is for us: among others only where it says that we asked.
    fn is(&self, client: &str, azp: Option<&str>) -> bool {
        match self {
            Self::One(one) => one == client && azp.is_none_or(|azp| azp == client),
            Self::Many(many) => {
                many.iter().any(|one| one == client)
                    && if many.len() > 1 { azp == Some(client) } else { azp.is_none_or(|azp| azp == client) }
            }
        }
    }
}

/// What the token says, if it is good.
pub(super) fn verify(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, OidcError> {
    let header = header(token)?;
    let key = keys.key(&header).ok_or(OidcError::Refused("signed with no key of its"))?;
    let (signed, signature) = token.rsplit_once('.').ok_or(OidcError::Refused("no token"))?;
    if !is_signed(key, signed.as_bytes(), &bytes(signature)?) {
        return Err(OidcError::Refused("a wrong signature"));
    }
    let payload = bytes(signed.split('.').nth(1).unwrap_or_default())?;
    let said: Registered = serde_json::from_slice(&payload).map_err(|_| OidcError::Refused("no claims"))?;
    for (holds, why) in [
        (said.iss == expected.issuer, "another issuer"),
        (said.aud.is(expected.client, said.azp.as_deref()), "for somebody else"),
        (said.exp > expected.now - LEEWAY, "expired"),
        (said.iat < expected.now + LEEWAY, "issued in the future"),
        (said.nonce.as_deref() == Some(expected.nonce), "for another sign-in"),
    ] {
        if !holds {
            return Err(OidcError::Refused(why));
        }
    }
    serde_json::from_slice(&payload).map_err(|_| OidcError::Refused("no subject"))
}

fn is_signed(key: &Key, signed: &[u8], signature: &[u8]) -> bool {
    let part = |text: &str| BASE64.decode(text).unwrap_or_default();
    if key.kty == "RSA" {
        let public = RsaPublicKeyComponents { n: part(&key.n), e: part(&key.e) };
        return public.verify(&signature::RSA_PKCS1_2048_8192_SHA256, signed, signature).is_ok();
    }
    let point = [&[4][..], &part(&key.x), &part(&key.y)].concat();
    let public = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
    key.crv.as_deref() == Some("P-256") && public.verify(signed, signature).is_ok()
}

fn header(token: &str) -> Result<Header, OidcError> {
    let mut parts = token.split('.');
    let (first, three) = (parts.next().unwrap_or_default(), parts.count() == 2);
    let header = bytes(first)?;
    let header = serde_json::from_slice(&header).map_err(|_| OidcError::Refused("no token"));
    if three { header } else { Err(OidcError::Refused("no token")) }
}

fn bytes(part: &str) -> Result<Vec<u8>, OidcError> {
    BASE64.decode(part).map_err(|_| OidcError::Refused("no token"))
}

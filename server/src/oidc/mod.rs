//! Signing in at an enterprise's own identity provider: OpenID Connect Core 1.0, authorization code flow with PKCE.
//!
//! Between the way there and the way back nothing is stored: the browser keeps one secret, and state, nonce and verifier are
//! derived from it.

mod token;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use crate::secret::Secret;
pub use token::Claims;
use token::{Expected, Keys};

/// Longest answer of a provider, in bytes.
const LARGEST: usize = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(10);

/// Which provider, and whose members it knows.
#[derive(Clone)]
pub struct Settings {
    /// Its issuer identifier, an address.
    pub issuer: String,
    /// By which it knows us.
    pub client: String,
    /// By which it believes us.
    pub secret: String,
    /// The id of the organisation whose members it knows.
    pub organisation: String,
    /// Our own address, `https://market.example`.
    pub origin: String,
}

/// Without the secret.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} for {} at {}", self.client, self.organisation, self.issuer)
    }
}

/// Why nobody was signed in this way.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The issuer's address is none that can be trusted.
    #[error("the issuer {0} has to be an https address")]
    Issuer(String),
    /// It cannot be reached, or its answer cannot be read.
    #[error("the identity provider: {0}")]
    Provider(String),
    /// It says no, or the browser came back by another way.
    #[error("the identity provider's answer was refused: {0}")]
    Refused(&'static str),
}

impl From<reqwest::Error> for OidcError {
    fn from(error: reqwest::Error) -> Self {
        Self::Provider(error.to_string())
    }
}

/// A provider.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    http: reqwest::Client,
    /// What it said of itself, once it has been asked.
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    metadata: Metadata,
    keys: Keys,
}

/// Of its `/.well-known/openid-configuration`.
#[derive(Clone, Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
}

/// Where the browser is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The provider's page.
    pub location: String,
    /// What the browser keeps until it is back.
    pub secret: Secret,
}

impl Provider {
    /// A provider; it is not asked anything yet.
    pub fn new(settings: Settings) -> Result<Self, OidcError> {
        let issuer = &settings.issuer;
        let here = ["http://127.0.0.1:", "http://localhost:"].iter().any(|local| issuer.starts_with(local));
        if !issuer.starts_with("https://") && !here {
            return Err(OidcError::Issuer(issuer.clone()));
        }
        // Where another one is installed already, that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { settings, http, known: Mutex::default() })
    }

    /// The organisation whose members it knows.
    pub fn organisation(&self) -> &str {
        &self.settings.organisation
    }

    /// The way to its page, and back to `next`, a path of ours.
    pub async fn begin(&self, next: &str, secret: Secret) -> Result<Way, OidcError> {
        let known = self.known().await?;
        let challenge = BASE64.encode(Sha256::digest(derived(&secret, "verifier").as_str()));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("response_type", "code");
        query.append_pair("scope", "openid email profile");
        query.append_pair("client_id", &self.settings.client);
        query.append_pair("redirect_uri", &self.back());
        query.append_pair("state", &state(&secret, next));
        query.append_pair("nonce", derived(&secret, "nonce").as_str());
        query.append_pair("code_challenge", &challenge);
        query.append_pair("code_challenge_method", "S256");
        let endpoint = &known.metadata.authorization_endpoint;
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        Ok(Way { location: format!("{endpoint}{joint}{}", query.finish()), secret })
    }

    /// Who came back, and where they wanted to go. `now`: seconds since 1970.
    pub async fn finish(
        &self,
        secret: &Secret,
        came: &str,
        code: &str,
        now: i64,
    ) -> Result<(Claims, String), OidcError> {
        let next = came.split_once('.').and_then(|(_, next)| BASE64.decode(next).ok());
        let next = next.and_then(|next| String::from_utf8(next).ok()).ok_or(OidcError::Refused("no state"))?;
        if state(secret, &next) != came {
            return Err(OidcError::Refused("another state"));
        }
        let token = self.exchange(code, derived(secret, "verifier").as_str()).await?;
        let nonce = derived(secret, "nonce");
        let expected =
            Expected { issuer: &self.settings.issuer, client: &self.settings.client, nonce: nonce.as_str(), now };
        let keys = self.known().await?.keys;
        let keys = if keys.has_key_of(&token) { keys } else { self.ask().await?.keys };
        Ok((token::verify(&token, &keys, &expected)?, next))
    }

    fn back(&self) -> String {
        format!("{}/sign-in/oidc/callback", self.settings.origin)
    }

    async fn known(&self) -> Result<Known, OidcError> {
        if let Some(known) = &*self.known.lock().await {
            return Ok(known.clone());
        }
        self.ask().await
    }

    async fn ask(&self) -> Result<Known, OidcError> {
        let issuer = self.settings.issuer.trim_end_matches('/');
        let metadata: Metadata = self.get(&format!("{issuer}/.well-known/openid-configuration")).await?;
        if metadata.issuer != self.settings.issuer {
            return Err(OidcError::Refused("it says that it is another issuer"));
        }
        let keys = self.get(&metadata.jwks_uri).await?;
        let known = Known { metadata, keys };
        *self.known.lock().await = Some(known.clone());
        Ok(known)
    }

    async fn get<T: DeserializeOwned>(&self, address: &str) -> Result<T, OidcError> {
        read(self.http.get(address).header(ACCEPT, "application/json").send().await?).await
    }

    async fn exchange(&self, code: &str, verifier: &str) -> Result<String, OidcError> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.back())
            .append_pair("code_verifier", verifier)
            .finish();
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let endpoint = self.known().await?.metadata.token_endpoint;
        let request = self.http.post(endpoint).header(ACCEPT, "application/json");
        let request = request.basic_auth(encoded(&self.settings.client), Some(encoded(&self.settings.secret)));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let response = request.send().await?;
        // Of what the browser brought; whether it believes us (401) is not the browser's fault.
        if response.status() == StatusCode::BAD_REQUEST {
            return Err(OidcError::Refused("the code is not good"));
        }
        let answer: TokenAnswer = read(response).await?;
        Ok(answer.id_token)
    }
}

async fn read<T: DeserializeOwned>(mut response: reqwest::Response) -> Result<T, OidcError> {
    if !response.status().is_success() {
        return Err(OidcError::Provider(format!("it answered {}", response.status())));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(OidcError::Provider("its answer is too long".to_owned()));
        }
    }
    serde_json::from_slice(&body).map_err(|error| OidcError::Provider(error.to_string()))
}

fn derived(secret: &Secret, what: &str) -> Secret {
    Secret::derived(what, &secret.hash())
}

/// Says where to go afterwards, and that it was us who said so to this browser.
fn state(secret: &Secret, next: &str) -> String {
    format!("{}.{}", derived(secret, &format!("state {next}")).as_str(), BASE64.encode(next))
}

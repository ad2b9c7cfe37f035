//! Signing in at an enterprise's own identity provider: a small one, which the tests run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use server::oidc::{Provider, Settings as OidcSettings};
use server::usecases::Settings;
use sha2::{Digest, Sha256};
use shared::api::OrganisationKind;

use super::super::support::{Answer, TestMarket, now, settings};
use super::Browser;

/// A provider with one client; what it says next is the test's to choose.
struct Idp {
    issuer: String,
    key: EcdsaKeyPair,
    /// Changes to what an honest provider would say.
    claims: Mutex<Value>,
    /// The header's algorithm.
    alg: Mutex<&'static str>,
    /// What was asked for with a code, which is good once.
    codes: Mutex<HashMap<String, HashMap<String, String>>>,
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).expect("a key")
}

fn form(bytes: &[u8]) -> HashMap<String, String> {
    form_urlencoded::parse(bytes).into_owned().collect()
}

impl Idp {
    async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let idp = Arc::new(Self {
            issuer: format!("http://{}", listener.local_addr().expect("an address")),
            key: key(),
            claims: Mutex::new(json!({})),
            alg: Mutex::new("ES256"),
            codes: Mutex::default(),
        });
        let router = axum::Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&idp));
        tokio::spawn(async move { axum::serve(listener, router).await });
        idp
    }

    /// What its page does once the person has said who they are: leads back with a code.
    fn agree(&self, location: &str) -> String {
        let (page, query) = location.split_once('?').expect("a query");
        assert_eq!(page, format!("{}/authorize", self.issuer));
        let asked = form(query.as_bytes());
        assert_eq!((&*asked["response_type"], &*asked["client_id"]), ("code", "market"));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let back = asked["redirect_uri"].strip_prefix("https://market.example").expect("the market").to_owned();
        let code = format!("code-{}", self.codes.lock().expect("unpoisoned").len());
        let state = asked["state"].clone();
        self.codes.lock().expect("unpoisoned").insert(code.clone(), asked);
        format!("{back}?state={state}&code={code}")
    }

    fn say(&self, claims: Value) {
        *self.claims.lock().expect("unpoisoned") = claims;
    }

    fn id_token(&self, nonce: &str) -> String {
        let now = now().unix();
        let mut claims = json!({
            "iss": self.issuer, "aud": "market", "sub": "u-1", "exp": now + 300, "iat": now, "nonce": nonce,
            "email": "Wu.Fang@Enterprise.example", "email_verified": true, "name": "吴芳"
        });
        for (name, value) in self.claims.lock().expect("unpoisoned").as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let header = json!({"alg": *self.alg.lock().expect("unpoisoned"), "kid": "one"});
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
        let key = if claims["forged"] == true { &key() } else { &self.key };
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).expect("signed");
        format!("{signed}.{}", BASE64.encode(signature))
    }
}

async fn metadata(State(idp): State<Arc<Idp>>) -> String {
    let at = |path: &str| format!("{}{path}", idp.issuer);
    let said = json!({
        "issuer": idp.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys")
    });
    said.to_string()
}

async fn keys(State(idp): State<Arc<Idp>>) -> String {
    let point = idp.key.public_key().as_ref();
    let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
    json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "one", "x": x, "y": y}]}).to_string()
}

async fn token(State(idp): State<Arc<Idp>>, headers: HeaderMap, RawForm(body): RawForm) -> Response {
    let said = form(&body);
    let known = format!("Basic {}", STANDARD.encode("market:s%2Fecret"));
    let asked = idp.codes.lock().expect("unpoisoned").remove(&said["code"]);
    let good = asked.filter(|asked| {
        headers[header::AUTHORIZATION] == known.as_str()
            && said["grant_type"] == "authorization_code"
            && said["redirect_uri"] == asked["redirect_uri"]
            && BASE64.encode(Sha256::digest(&said["code_verifier"])) == asked["code_challenge"]
    });
    match good {
        Some(asked) => {
            json!({"id_token": idp.id_token(&asked["nonce"]), "token_type": "Bearer"}).to_string().into_response()
        }
        None => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// A market whose demo enterprise has this provider.
async fn market(idp: &Idp) -> TestMarket {
    let provider = Provider::new(OidcSettings {
        issuer: idp.issuer.clone(),
        client: "market".to_owned(),
        secret: "s/ecret".to_owned(),
        organisation: "demo-enterprise".to_owned(),
        origin: "https://market.example".to_owned(),
    });
    TestMarket::open_with(Settings { oidc: Some(Arc::new(provider.expect("a provider"))), ..settings() }).await
}

/// Goes to the provider's page; returns where that leads back to.
async fn there(browser: &Browser<'_>, idp: &Idp, next: &str) -> String {
    let answer = browser.get(&format!("/sign-in/oidc?next={next}")).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    idp.agree(answer.header("location"))
}

async fn there_and_back(browser: &Browser<'_>, idp: &Idp) -> Answer {
    let back = there(browser, idp, "%2Faccount%2Fservices").await;
    browser.get(&back).await
}

#[tokio::test]
async fn whom_the_enterprises_provider_knows_is_signed_in() {
    let idp = Idp::start().await;
    let market = market(&idp).await;
    let browser = Browser::new(&market);
    let answer = there_and_back(&browser, &idp).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/account/services"), "{}", answer.text());
    assert_eq!(browser.cookie("quotient_oidc"), None);
    let who = browser.get("/api/session").await.json();
    assert_eq!((&who["email"], &who["name"]), (&json!("wu.fang@enterprise.example"), &json!("吴芳")));
    assert_eq!(who["organisation"]["id"], "demo-enterprise");
    assert_eq!(who["role"], "buyer_finance", "nobody invited them: the least");

    // The same person again, whatever their address is now.
    idp.say(json!({"email": "other@enterprise.example", "email_verified": false}));
    let again = Browser::new(&market);
    there_and_back(&again, &idp).await;
    assert_eq!(again.get("/api/session").await.json()["id"], who["id"]);

    // A member with that address keeps their role.
    idp.say(json!({"sub": "u-2", "email": "wang.xiaoming@enterprise.example"}));
    there_and_back(&again, &idp).await;
    assert_eq!(again.get("/api/session").await.json()["id"], "demo-buyer-admin");
    // An audience among others, where it says that we asked.
    idp.say(json!({"sub": "u-2", "aud": ["market", "x"], "azp": "market"}));
    assert_eq!(there_and_back(&again, &idp).await.status, 303);
    // Nobody is led elsewhere.
    for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        let back = there(&again, &idp, next).await;
        assert_eq!(again.get(&back).await.header("location"), "/", "{next}");
    }
}

#[tokio::test]
async fn what_the_provider_did_not_say_to_this_browser_now_is_refused() {
    let idp = Idp::start().await;
    let market = market(&idp).await;
    let now = now().unix();
    for claims in [
        json!({"iss": "https://evil.example"}),
        json!({"aud": "another"}),
        json!({"aud": ["market", "another"]}),
        json!({"azp": "another"}),
        json!({"exp": now - 60}),
        json!({"iat": now + 60}),
        json!({"nonce": "another"}),
        json!({"nonce": null}),
        json!({"sub": ""}),
        json!({"sub": "a\u{0}"}),
        json!({"forged": true}),
    ] {
        idp.say(claims.clone());
        let browser = Browser::new(&market);
        let answer = there_and_back(&browser, &idp).await;
        assert_eq!(answer.problem(), (401, "oidc_refused".to_owned()), "{claims}");
        assert_eq!(browser.get("/api/session").await.status, 401, "{claims}");
    }
    idp.say(json!({}));
    for alg in ["none", "HS256", "RS256", "ES384"] {
        *idp.alg.lock().expect("unpoisoned") = alg;
        let answer = there_and_back(&Browser::new(&market), &idp).await;
        assert_eq!(answer.problem(), (401, "oidc_refused".to_owned()), "{alg}");
    }
    *idp.alg.lock().expect("unpoisoned") = "ES256";

    // Another browser's way back, none at all, and one that was taken before.
    let (one, two) = (Browser::new(&market), Browser::new(&market));
    let back = there(&one, &idp, "%2F").await;
    there(&two, &idp, "%2F").await;
    assert_eq!(two.get(&back).await.problem().1, "oidc_refused");
    assert_eq!(Browser::new(&market).get(&back).await.problem().1, "oidc_refused");
    assert_eq!(one.get("/sign-in/oidc/callback?error=access_denied").await.problem().1, "oidc_refused");
    assert_eq!(one.get(&back.replacen("state=", "state=x", 1)).await.problem().1, "oidc_refused");
    let secret = one.cookie("quotient_oidc").expect("a secret");
    assert_eq!(one.get(&back).await.status, 303);
    let again = axum::http::Request::get(&back).header(header::COOKIE, format!("quotient_oidc={secret}"));
    let again = market.ask(again.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!(again.problem().1, "oidc_refused", "a code is good once");
}

#[tokio::test]
async fn a_provider_vouches_for_its_own_organisation_only() {
    let idp = Idp::start().await;
    let market = market(&idp).await;
    Browser::of_new(&market, OrganisationKind::Enterprise, "liu.yang@one.example").await;
    for (claims, refused) in [
        (json!({"email": "liu.yang@one.example"}), (409, "email_taken")),
        (json!({"email": "zhou.lei@operator.example"}), (409, "email_taken")),
        (json!({"email_verified": false}), (403, "oidc_email_missing")),
        (json!({"email": null}), (403, "oidc_email_missing")),
    ] {
        idp.say(claims.clone());
        let answer = there_and_back(&Browser::new(&market), &idp).await;
        assert_eq!(answer.problem(), (refused.0, refused.1.to_owned()), "{claims}");
    }
    // Not a second person under the first one's address.
    idp.say(json!({}));
    assert_eq!(there_and_back(&Browser::new(&market), &idp).await.status, 303);
    idp.say(json!({"sub": "u-2"}));
    let answer = there_and_back(&Browser::new(&market), &idp).await;
    assert_eq!(answer.problem(), (409, "email_taken".to_owned()));
}

#[tokio::test]
async fn without_a_provider_or_with_one_that_is_away_it_is_said_so() {
    let market = TestMarket::open().await;
    for path in ["/sign-in/oidc", "/sign-in/oidc/callback?state=x&code=y"] {
        assert_eq!(market.get(path).await.problem(), (404, "oidc_not_offered".to_owned()), "{path}");
    }
    let settings = |issuer: &str| OidcSettings {
        issuer: issuer.to_owned(),
        client: String::new(),
        secret: "hidden".to_owned(),
        organisation: String::new(),
        origin: String::new(),
    };
    for issuer in ["http://idp.example", "ftp://idp.example", "http://127.0.0.1.evil.example", ""] {
        assert!(Provider::new(settings(issuer)).is_err(), "{issuer}");
    }
    let away = Provider::new(settings("http://127.0.0.1:9")).expect("a provider");
    assert!(!format!("{away:?}").contains("hidden"));
    let market =
        TestMarket::open_with(Settings { oidc: Some(Arc::new(away)), ..super::super::support::settings() }).await;
    assert_eq!(market.get("/sign-in/oidc").await.problem(), (502, "oidc_unavailable".to_owned()));
}

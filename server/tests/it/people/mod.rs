//! Accounts, as browsers and machines meet them.

mod accounts;
mod browsers;
mod fixtures;
mod oidc;
mod routes;
mod store;
mod throttle;

use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use server::http::Peer;
use shared::api::OrganisationKind;

use super::support::{Answer, TestMarket, now};

pub(super) const PASSWORD: &str = "correct horse battery";

/// Somebody's browser: it keeps cookies, and says where a request comes from.
pub(crate) struct Browser<'m> {
    market: &'m TestMarket,
    cookies: Mutex<Vec<(String, String)>>,
    client: IpAddr,
}

impl<'m> Browser<'m> {
    pub(crate) fn new(market: &'m TestMarket) -> Self {
        Self::at(market, "192.0.2.1")
    }

    /// At this address.
    pub(crate) fn at(market: &'m TestMarket, client: &str) -> Self {
        Self { market, cookies: Mutex::default(), client: client.parse().expect("an address") }
    }

    /// Signed in as a demo account.
    pub(crate) async fn of(market: &'m TestMarket, account: &str) -> Self {
        let browser = Self::new(market);
        let answer = browser.post("/api/demo/session", json!({"account": account})).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        browser
    }

    /// Of the first member of a new organisation, signed in.
    pub(crate) async fn of_new(market: &'m TestMarket, kind: OrganisationKind, email: &str) -> Self {
        Self::of_named(market, kind, "另一家公司", email).await
    }

    /// The same, of this name.
    pub(crate) async fn of_named(market: &'m TestMarket, kind: OrganisationKind, name: &str, email: &str) -> Self {
        let added = server::usecases::add_organisation(&market.store, kind, name, now()).await;
        let link = added.expect("an organisation").link;
        let browser = Self::new(market);
        let accept = json!({"name": "刘洋", "email": email, "password": PASSWORD});
        let answer = browser.post(&link.replace("/invitation/", "/api/invitations/"), accept).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        browser
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/api/session", json!({"email": email, "password": password})).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(keyed(Request::delete(path)), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        let request = keyed(Request::post(path)).header(header::CONTENT_TYPE, "application/json");
        self.send(request, body.to_string().into()).await
    }

    /// Any method; a write gets a key and a body.
    pub(crate) async fn call(&self, method: &Method, path: &str, body: &Value) -> Answer {
        match *method {
            Method::GET => self.get(path).await,
            Method::DELETE => self.delete(path).await,
            _ => {
                self.send(keyed(with_json(Request::builder().method(method).uri(path))), body.to_string().into()).await
            }
        }
    }

    pub(crate) async fn send(&self, request: Builder, body: Body) -> Answer {
        let mut request = request.extension(Peer(self.client)).body(body).expect("a request");
        let cookies = self.cookies.lock().expect("unpoisoned").clone();
        if !cookies.is_empty() {
            let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, pairs.join("; ").parse().expect("a header"));
        }
        let answer = self.market.ask(request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("ASCII");
            let (name, rest) = line.split_once('=').expect("a cookie");
            let (value, attributes) = rest.split_once(';').expect("attributes");
            let mut cookies = self.cookies.lock().expect("unpoisoned");
            cookies.retain(|(known, _)| known != name);
            if !attributes.contains("Max-Age=0") {
                cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().expect("unpoisoned");
        cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    pub(crate) fn forget(&self, name: &str) {
        self.cookies.lock().expect("unpoisoned").retain(|(known, _)| known != name);
    }
}

/// With a key that no other request has.
fn keyed(request: Builder) -> Builder {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    request.header("idempotency-key", format!("key-{}", COUNT.fetch_add(1, Ordering::Relaxed)))
}

fn with_json(request: Builder) -> Builder {
    request.header(header::CONTENT_TYPE, "application/json")
}

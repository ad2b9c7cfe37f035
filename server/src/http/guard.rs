//! Before every handler: who asks, and may they.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::body::{Bytes, HttpBody};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use super::allowed::{Allowed, People};
use super::cookies::Cookie;
use super::{Shared, body};
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::secret::Secret;
use crate::store::answers::Asked;
use crate::usecases::Origin;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What a machine's secret begins with: who finds one in a log knows what it is.
pub(super) const TOKEN_PREFIX: &str = "qt_";

/// What the guard knows of a request.
#[derive(Clone, Debug)]
struct Guarded {
    caller: Option<Caller>,
    /// As the table of routes has it.
    path: &'static str,
}

/// The address that a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// `handler`, guarded.
pub(super) fn guarded(
    handler: MethodRouter<Shared>,
    path: &'static str,
    allowed: Allowed,
    site: &Shared,
) -> MethodRouter<Shared> {
    if allowed == Allowed::all() {
        return handler;
    }
    let state = (Arc::clone(site), path, allowed);
    handler.route_layer(middleware::from_fn_with_state(state, guard))
}

async fn guard(
    State((site, path, allowed)): State<(Shared, &'static str, Allowed)>,
    mut request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let page = reads && !path.starts_with("/api/");
    let credential = match Credential::of(request.headers()) {
        Ok(credential) => credential,
        Err(failure) => return failure.into_response(),
    };
    let known = match admit(&site, allowed, &credential, request.headers(), reads).await {
        Ok(known) => known,
        Err(Failure::Account(Account::SignInRequired)) if page => return to_sign_in(&request),
        Err(failure) => return failure.into_response(),
    };
    let (caller, anew) = known.map_or((None, false), |(caller, anew)| (Some(caller), anew));
    request.extensions_mut().insert(Guarded { caller, path });
    let mut response = next.run(request).await;
    if let (Credential::Session(session), true) = (&credential, anew)
        && !response.headers().contains_key(header::SET_COOKIE)
        && let Err(failure) = Cookie::Session.set(response.headers_mut(), session, site.secure())
    {
        return failure.into_response();
    }
    response
}

/// By what somebody wants to be known.
enum Credential {
    None,
    Session(Secret),
    Token(Secret),
}

impl Credential {
    fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        if let Some(authorization) = headers.get(header::AUTHORIZATION) {
            let token = authorization.to_str().ok().and_then(|value| value.split_once(' '));
            let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let token = token.and_then(|(_, token)| Secret::parse(token.trim().strip_prefix(TOKEN_PREFIX)?));
            return token.map(Self::Token).ok_or(Account::TokenInvalid.into());
        }
        Ok(Cookie::Session.read(headers).map_or(Self::None, Self::Session))
    }
}

/// Who it is, and whether their session lasts anew; or why they may not.
async fn admit(
    site: &Shared,
    allowed: Allowed,
    credential: &Credential,
    headers: &HeaderMap,
    reads: bool,
) -> Result<Option<(Caller, bool)>, Failure> {
    let market = site.market();
    if allowed.sandbox_only && !market.sandbox() {
        return Err(Failure::NotFound);
    }
    // What a browser sends along by itself is no proof that the person wants it.
    if !reads && !matches!(credential, Credential::Token(_)) && is_cross_site(headers) {
        return Err(Account::CrossSite.into());
    }
    let known = match credential {
        _ if allowed.people == People::All => None,
        Credential::None => None,
        Credential::Session(session) => match market.session(session).await {
            // Whoever only looks, where anyone may, can go on without the store.
            Err(Failure::Store(error)) if reads && allowed.people == People::Anyone => {
                tracing::warn!(%error, "a session was not looked up");
                None
            }
            known => known?,
        },
        Credential::Token(token) => Some((market.token(token).await?.ok_or(Account::TokenInvalid)?, false)),
    };
    allowed.check(known.as_ref().map(|(caller, _)| caller))?;
    Ok(known)
}

/// Whether a page of another site sent this. Browsers say it; who says nothing is no browser.
fn is_cross_site(headers: &HeaderMap) -> bool {
    if let Some(from) = headers.get(SEC_FETCH_SITE) {
        return !matches!(from.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let host = headers.get(header::HOST).map(HeaderValue::as_bytes);
    let origin = origin.as_bytes();
    let authority = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    authority.is_none() || authority != host
}

/// Signed out, a person is led to the page and back. The way back is one of ours: it is where the request came in.
fn to_sign_in(request: &Request) -> Response {
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    let place = format!("/sign-in?next={next}");
    let headers = [(header::LOCATION, place), (header::CACHE_CONTROL, "no-store".to_owned())];
    (axum::http::StatusCode::SEE_OTHER, headers).into_response()
}

/// Who asks, if that is known.
impl OptionalFromRequestParts<Shared> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Option<Self>, Failure> {
        Ok(parts.extensions.get::<Guarded>().and_then(|guarded| guarded.caller.clone()))
    }
}

/// Who asks, on a route for those who are signed in.
impl FromRequestParts<Shared> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Failure> {
        let caller = parts.extensions.get::<Guarded>().and_then(|guarded| guarded.caller.clone());
        Ok(caller.ok_or(Account::SignInRequired)?)
    }
}

/// A write of somebody who is signed in: done once for each `Idempotency-Key`.
pub(super) struct Write {
    pub(super) caller: Caller,
    /// For [`crate::store::answers::Once`].
    pub(super) asked: Asked,
    /// Empty where the request has none.
    pub(super) body: Bytes,
}

impl FromRequest<Shared> for Write {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &Shared) -> Result<Self, Failure> {
        let guarded = request.extensions().get::<Guarded>().cloned();
        let Some(Guarded { caller: Some(caller), path }) = guarded else { return Err(Account::SignInRequired.into()) };
        let key = idempotency_key(request.headers())?.ok_or(Account::IdempotencyKeyMissing)?;
        // The same key for another order is another request: what the address names belongs to what is asked.
        let mut said = format!("{} {}\n", request.method(), request.uri().path()).into_bytes();
        let empty = request.body().is_end_stream();
        let body = if empty { Bytes::new() } else { body::json_up_to(body::largest(path), request).await? };
        said.extend_from_slice(&body);
        let asked = Asked::new(&caller.who.id, path, &key, &said);
        Ok(Self { caller, asked, body })
    }
}

/// The request's `Idempotency-Key`, if it has one.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = key.to_str().map_err(|_| Failure::IdempotencyKeyInvalid)?;
    let valid = (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    valid.then(|| Some(key.to_owned())).ok_or(Failure::IdempotencyKeyInvalid)
}

/// Where a request comes from, for signing in.
impl FromRequestParts<Shared> for Origin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Shared) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        Ok(Self {
            client: client(&parts.headers, peer, site.proxies()),
            device: Cookie::Device.read(&parts.headers),
            session: Cookie::Session.read(&parts.headers),
        })
    }
}

/// The client's address as the outermost of our proxies saw it. What stands further left, anyone may have written.
fn client(headers: &HeaderMap, peer: IpAddr, proxies: usize) -> IpAddr {
    let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
    let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let place = proxies.checked_sub(1).and_then(|before| named.len().checked_sub(before + 1));
    place.and_then(|place| named[place].parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_browser_says_where_a_write_comes_from() {
        for (said, cross) in [
            (&[][..], false),
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")], true),
            (&[("origin", "http://a:1"), ("host", "a:1")], false),
            (&[("origin", "https://a"), ("host", "a")], false),
            (&[("origin", "https://a.evil"), ("host", "a")], true),
            (&[("origin", "null"), ("host", "a")], true),
            (&[("origin", "null"), ("host", "null")], true),
            (&[("origin", "https://a")], true),
        ] {
            assert_eq!(is_cross_site(&headers(said)), cross, "{said:?}");
        }
    }

    #[test]
    fn the_way_to_sign_in_leads_back_here_and_nowhere_else() {
        for (wanted, next) in [
            ("/account/orders?state=unpaid&q=%E6%9C%8D", "%2Faccount%2Forders%3Fstate%3Dunpaid%26q%3D%25E6%259C%258D"),
            ("http://evil.example/account", "%2Faccount"),
        ] {
            let request = Request::get(wanted).body(axum::body::Body::empty()).expect("a request");
            let response = to_sign_in(&request);
            assert_eq!(response.status(), 303);
            assert_eq!(response.headers()[header::LOCATION], format!("/sign-in?next={next}"));
        }
    }

    #[test]
    fn a_client_is_who_our_own_proxies_say() {
        let peer: IpAddr = "10.0.0.1".parse().expect("an address");
        let forwarded = headers(&[("x-forwarded-for", "1.1.1.1, 2.2.2.2"), ("x-forwarded-for", "3.3.3.3")]);
        for (proxies, expected) in [(0, "10.0.0.1"), (1, "3.3.3.3"), (2, "2.2.2.2"), (3, "1.1.1.1"), (4, "10.0.0.1")] {
            assert_eq!(client(&forwarded, peer, proxies).to_string(), expected, "{proxies}");
        }
        assert_eq!(client(&headers(&[("x-forwarded-for", "unknown")]), peer, 1), peer);
    }
}

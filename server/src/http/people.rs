//! Accounts over HTTP.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::api::json;
use super::cookies::Cookie;
use super::guard::{TOKEN_PREFIX, Write};
use super::{Shared, Site, body};
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::usecases::{Origin, SignedIn};

type PathText = Result<Path<String>, PathRejection>;

pub(super) async fn sign_in(State(site): State<Shared>, origin: Origin, request: Request) -> Result<Response, Failure> {
    let body = body::json(request).await?;
    signed_in(&site, StatusCode::OK, &site.market.sign_in(&body, &origin).await?)
}

pub(super) async fn who(caller: Caller) -> Result<Response, Failure> {
    json(&caller.who)
}

/// Whoever has no session has nothing to sign out of, and is signed out.
pub(super) async fn sign_out(State(site): State<Shared>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(session) = Cookie::Session.read(&headers) {
        site.market.sign_out(&session).await?;
    }
    signed_out(&site)
}

pub(super) async fn sign_out_everywhere(State(site): State<Shared>, caller: Caller) -> Result<Response, Failure> {
    site.market.sign_out_everywhere(&caller).await?;
    signed_out(&site)
}

pub(super) async fn change_password(
    State(site): State<Shared>,
    headers: HeaderMap,
    write: Write,
) -> Result<StatusCode, Failure> {
    let session = Cookie::Session.read(&headers).map(|session| session.hash());
    site.market.change_password(&write.caller, session, write.asked, &write.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn set_language(State(site): State<Shared>, write: Write) -> Result<StatusCode, Failure> {
    site.market.set_language(&write.caller, write.asked, &write.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn demo_accounts(State(site): State<Shared>) -> Result<Response, Failure> {
    json(&site.market.demo_accounts().await?)
}

pub(super) async fn demo_sign_in(
    State(site): State<Shared>,
    origin: Origin,
    request: Request,
) -> Result<Response, Failure> {
    let body = body::json(request).await?;
    signed_in(&site, StatusCode::OK, &site.market.demo_sign_in(&body, &origin).await?)
}

pub(super) async fn members(State(site): State<Shared>, caller: Caller) -> Result<Response, Failure> {
    json(&site.market.members(&caller).await?)
}

pub(super) async fn invitations(State(site): State<Shared>, caller: Caller) -> Result<Response, Failure> {
    json(&site.market.invitations(&caller).await?)
}

pub(super) async fn invite(State(site): State<Shared>, write: Write) -> Result<Response, Failure> {
    let made = site.market.invite(&write.caller, write.asked, &write.body).await?;
    Ok((StatusCode::CREATED, json(&made)?).into_response())
}

pub(super) async fn revoke_invitation(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<StatusCode, Failure> {
    let Path(id) = id.map_err(|_| Account::InvitationNotFound)?;
    site.market.revoke_invitation(&write.caller, write.asked, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn invitation(State(site): State<Shared>, token: PathText) -> Result<Response, Failure> {
    let Path(token) = token.map_err(|_| Account::InvitationNotFound)?;
    json(&site.market.invitation(&token).await?)
}

pub(super) async fn accept_invitation(
    State(site): State<Shared>,
    token: PathText,
    origin: Origin,
    request: Request,
) -> Result<Response, Failure> {
    let Path(token) = token.map_err(|_| Account::InvitationNotFound)?;
    let body = body::json(request).await?;
    signed_in(&site, StatusCode::CREATED, &site.market.accept_invitation(&token, &body, &origin).await?)
}

pub(super) async fn tokens(State(site): State<Shared>, caller: Caller) -> Result<Response, Failure> {
    json(&site.market.tokens(&caller).await?)
}

pub(super) async fn make_token(State(site): State<Shared>, write: Write) -> Result<Response, Failure> {
    let mut made = site.market.make_token(&write.caller, write.asked, &write.body).await?;
    made.secret.insert_str(0, TOKEN_PREFIX);
    Ok((StatusCode::CREATED, json(&made)?).into_response())
}

pub(super) async fn revoke_token(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<StatusCode, Failure> {
    let Path(id) = id.map_err(|_| Account::TokenNotFound)?;
    site.market.revoke_token(&write.caller, write.asked, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leads to the enterprise's identity provider.
pub(super) async fn begin_oidc(State(site): State<Shared>, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let way = site.market.begin_oidc(&parameter(query.as_deref(), "next")).await?;
    let mut response = redirect(&way.location)?;
    Cookie::Oidc.set(response.headers_mut(), &way.secret, site.secure())?;
    Ok(response)
}

/// The way back from it.
pub(super) async fn finish_oidc(
    State(site): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    origin: Origin,
) -> Result<Response, Failure> {
    let secret = Cookie::Oidc.read(&headers);
    let (state, code) = (parameter(query.as_deref(), "state"), parameter(query.as_deref(), "code"));
    let (signed_in, next) = site.market.finish_oidc(secret.as_ref(), &state, &code, &origin).await?;
    let mut response = redirect(&next)?;
    keep(&site, &mut response, &signed_in)?;
    Cookie::Oidc.clear(response.headers_mut(), site.secure())?;
    Ok(response)
}

fn parameter(query: Option<&str>, name: &str) -> String {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn redirect(place: &str) -> Result<Response, Failure> {
    let place = HeaderValue::try_from(place).map_err(|error| Failure::Internal(error.to_string()))?;
    let headers = [(header::LOCATION, place), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

fn keep(site: &Site, response: &mut Response, signed_in: &SignedIn) -> Result<(), Failure> {
    Cookie::Session.set(response.headers_mut(), &signed_in.session, site.secure())?;
    Cookie::Device.set(response.headers_mut(), &signed_in.device, site.secure())
}

fn signed_in(site: &Site, status: StatusCode, signed_in: &SignedIn) -> Result<Response, Failure> {
    let mut response = (status, json(&signed_in.who)?).into_response();
    keep(site, &mut response, signed_in)?;
    Ok(response)
}

fn signed_out(site: &Site) -> Result<Response, Failure> {
    let mut response = StatusCode::NO_CONTENT.into_response();
    Cookie::Session.clear(response.headers_mut(), site.secure())?;
    Ok(response)
}

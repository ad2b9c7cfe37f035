//! The storefront's files, compiled in.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Shared;
use super::accepts::accepts;
use crate::failure::Failure;

/// A file of the storefront.
pub(super) struct Asset {
    /// Without a leading slash.
    pub(super) path: &'static str,
    /// Of its content, for `ETag`.
    pub(super) tag: &'static str,
    pub(super) plain: &'static [u8],
    /// Where compressing helps.
    pub(super) brotli: Option<&'static [u8]>,
}

pub(super) static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/storefront.rs"));

/// Templates of pages are no files to be had.
const TEMPLATE: &str = ".html";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");

/// Whatever no route takes: a file, or nothing.
pub(super) async fn file(State(_): State<Shared>, request: Request) -> Result<Response, Failure> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path().trim_start_matches('/');
    let found = ASSETS.iter().find(|asset| reads && asset.path == path && !path.ends_with(TEMPLATE));
    found.map(|asset| answer(asset, request.headers())).ok_or(Failure::NotFound)
}

fn answer(asset: &Asset, headers: &HeaderMap) -> Response {
    let compressed = asset.brotli.filter(|_| accepts(headers, &header::ACCEPT_ENCODING, "br"));
    // Two forms of a file are two entities.
    let tag = format!("\"{}{}\"", asset.tag, if compressed.is_some() { "-br" } else { "" });
    let kept = if is_named_by_hash(asset.path) { FOR_EVER } else { ASK_AGAIN };
    let common = [(header::CACHE_CONTROL, kept), (header::VARY, VARY)];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let mut response =
        if known.is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)) {
            (StatusCode::NOT_MODIFIED, common).into_response()
        } else {
            let kind = HeaderValue::from_static(kind(asset.path));
            (common, [(header::CONTENT_TYPE, kind)], compressed.unwrap_or(asset.plain)).into_response()
        };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    if compressed.is_some() {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// Trunk names a file by its content's hash: `tokens-2f00c9c4f7dd0a1b.css`, `storefront-2f00c9c4f7dd0a1b_bg.wasm`.
fn is_named_by_hash(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        digits >= 12 && part[digits..].starts_with(['.', '_'])
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_ever() {
        for path in
            ["tokens-2f00c9c4f7dd0a1b.css", "storefront-2f00c9c4f7dd0a1b_bg.wasm", "snippets/a-0123456789abcdef.js"]
        {
            assert!(is_named_by_hash(path), "{path}");
        }
        for path in ["favicon.svg", "a-b.css", "a-deadbeef.css", "robots.txt", "a-2f00c9c4f7dd0a1bz.js"] {
            assert!(!is_named_by_hash(path), "{path}");
        }
    }

    static SAMPLE: Asset = Asset { path: "a-2f00c9c4f7dd0a1b.js", tag: "2f00", plain: b"plain", brotli: Some(b"br") };

    #[tokio::test]
    async fn a_file_comes_compressed_where_that_is_accepted_and_not_again_where_it_is_known() {
        for (asked, value, status, body, encoding) in [
            (header::ACCEPT_ENCODING, "gzip, br", 200, "br", Some("br")),
            (header::ACCEPT_ENCODING, "gzip", 200, "plain", None),
            (header::IF_NONE_MATCH, "\"x\", W/\"2f00\"", 304, "", None),
            (header::IF_NONE_MATCH, "\"2f00-br\"", 200, "plain", None),
        ] {
            let response = answer(&SAMPLE, &HeaderMap::from_iter([(asked, HeaderValue::from_static(value))]));
            assert_eq!(response.status(), status, "{value}");
            let found = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().expect("ASCII"));
            assert_eq!(found, encoding, "{value}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], FOR_EVER);
            let bytes = axum::body::to_bytes(response.into_body(), 100).await.expect("a body");
            assert_eq!(bytes, body, "{value}");
        }
    }
}

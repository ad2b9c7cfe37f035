//! The headers that say what a browser may do with our answers.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

/// Pages may do what they need; nothing may be loaded from elsewhere, framed, or run unless its hash is known.
const PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; \
     img-src 'self' data:; font-src 'self'; manifest-src 'self'";
/// What is no page may do nothing.
const OTHERWISE: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

/// Who else than our own pages may have an answer.
#[derive(Clone, Debug, Default)]
pub(super) enum Open {
    /// Nobody.
    #[default]
    No,
    /// Every site's page may load it: a script that is meant for them.
    Everywhere,
    /// These sites, and no others, may show it in a frame.
    Framed(Vec<String>),
}

/// Computed once for the storefront that is compiled in.
pub(super) struct Security {
    page: HeaderValue,
    hsts: bool,
}

impl Security {
    pub(super) fn new<'a>(
        scripts: impl Iterator<Item = &'a str>,
        styles: impl Iterator<Item = &'a str>,
        hsts: bool,
    ) -> Self {
        let scripts: String = scripts.map(source).collect();
        let styles: String = styles.map(source).collect();
        let page = format!("{PAGE}; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}");
        Self { page: HeaderValue::try_from(page).unwrap_or(OTHERWISE), hsts }
    }

    /// Whether the site is only ever reached by HTTPS.
    pub(super) fn hsts(&self) -> bool {
        self.hsts
    }

    /// Adds them to an answer.
    pub(super) fn apply(&self, headers: &mut HeaderMap, open: &Open) {
        let html = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        headers.reserve(ALWAYS.len() + 3);
        headers.insert(header::CONTENT_SECURITY_POLICY, if html { self.page.clone() } else { OTHERWISE });
        for (name, value) in ALWAYS {
            headers.insert(name, value);
        }
        match open {
            Open::No => {}
            Open::Everywhere => drop(headers.insert(RESOURCE, CROSS_ORIGIN)),
            Open::Framed(origins) if origins.is_empty() => {}
            Open::Framed(origins) => {
                let policy = self.page.to_str().unwrap_or_default();
                let ancestors = format!("frame-ancestors {}", origins.join(" "));
                let policy = policy.replacen("frame-ancestors 'none'", &ancestors, 1);
                // What cannot be said stays forbidden.
                if let Ok(policy) = HeaderValue::try_from(policy) {
                    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
                    // It knows no list; browsers that know the policy go by that.
                    headers.remove(header::X_FRAME_OPTIONS);
                    headers.insert(RESOURCE, CROSS_ORIGIN);
                }
            }
        }
        if self.hsts {
            const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
            headers.insert(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
        }
    }
}

/// An inline element as a CSP names it.
fn source(content: &str) -> String {
    format!(" 'sha256-{}'", BASE64.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(kind: &'static str, hsts: bool) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        Security::new(["doSomething();"].into_iter(), std::iter::empty(), hsts).apply(&mut headers, &Open::No);
        headers
    }

    #[test]
    fn a_page_runs_our_files_and_the_scripts_whose_hash_is_known() {
        let headers = applied("text/html; charset=utf-8", true);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("ASCII");
        // The example of the CSP specification.
        let scripts = "script-src 'self' 'wasm-unsafe-eval' 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=';";
        assert!(policy.contains(scripts), "{policy}");
        assert!(policy.ends_with("style-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn a_page_is_framed_by_those_who_may_and_nobody_else() {
        let of = |open: Open| {
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, html)]);
            Security::new(std::iter::empty(), std::iter::empty(), false).apply(&mut headers, &open);
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("ASCII").to_owned();
            let ancestors = policy.split("; ").find_map(|part| part.strip_prefix("frame-ancestors ")).expect("one");
            (ancestors.to_owned(), headers.contains_key(header::X_FRAME_OPTIONS))
        };
        assert_eq!(of(Open::No), ("'none'".to_owned(), true));
        assert_eq!(of(Open::Framed(Vec::new())), ("'none'".to_owned(), true));
        let two = ["https://a.example", "http://localhost:1"].map(str::to_owned);
        assert_eq!(of(Open::Framed(two.into())), ("https://a.example http://localhost:1".to_owned(), false));
        assert_eq!(of(Open::Framed(vec!["\n".to_owned()])), ("'none'".to_owned(), true));
    }

    #[test]
    fn what_is_no_page_may_do_nothing() {
        let headers = applied("application/json", false);
        assert!(
            headers[header::CONTENT_SECURITY_POLICY].as_bytes().starts_with(b"default-src 'none'; base-uri 'none'")
        );
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}

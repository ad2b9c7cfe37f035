//! The two cookies: one for the session, one by which a browser is known at the next sign-in.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::failure::Failure;
use crate::secret::Secret;
use crate::store::people::sessions;

/// A cookie of ours. No script reads it, and no other site's page sends it along with a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    Session,
    Device,
    /// For the way to an identity provider and back.
    Oidc,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "quotient_session",
            Self::Device => "quotient_device",
            Self::Oidc => "quotient_oidc",
        }
    }

    const fn lasts(self) -> i64 {
        match self {
            Self::Session => sessions::LASTS,
            Self::Device => sessions::DEVICE_LASTS,
            Self::Oidc => 10 * 60,
        }
    }

    /// The request's, if it has a sane one.
    pub(super) fn read(self, headers: &HeaderMap) -> Option<Secret> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == self.name()).and_then(|(_, value)| Secret::parse(value))
    }

    /// Has the browser keep it. `secure`: by HTTPS only.
    pub(super) fn set(self, headers: &mut HeaderMap, secret: &Secret, secure: bool) -> Result<(), Failure> {
        self.put(headers, secret.as_str(), self.lasts(), secure)
    }

    /// Has the browser forget it.
    pub(super) fn clear(self, headers: &mut HeaderMap, secure: bool) -> Result<(), Failure> {
        self.put(headers, "", 0, secure)
    }

    fn put(self, headers: &mut HeaderMap, value: &str, lasts: i64, secure: bool) -> Result<(), Failure> {
        let secure = if secure { "; Secure" } else { "" };
        let name = self.name();
        let line = format!("{name}={value}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}");
        let line = HeaderValue::try_from(line).map_err(|error| Failure::Internal(error.to_string()))?;
        headers.append(header::SET_COOKIE, line);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_is_found_among_others() {
        let secret = "a".repeat(43);
        for (line, found) in [
            (format!("lang=zh; quotient_session={secret}; x=y"), true),
            (format!("quotient_session={secret}"), true),
            (format!("xquotient_session={secret}"), false),
            ("quotient_session=".to_owned(), false),
            ("quotient_session=short".to_owned(), false),
            (format!("quotient_session=\"{secret}\""), false),
        ] {
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(&line).expect("a header"))]);
            assert_eq!(Cookie::Session.read(&headers).is_some(), found, "{line}");
            assert_eq!(Cookie::Device.read(&headers), None);
        }
    }

    #[test]
    fn a_cookie_is_out_of_scripts_reach_and_of_other_sites() {
        let mut headers = HeaderMap::new();
        let secret = Secret::new().expect("random");
        Cookie::Session.set(&mut headers, &secret, true).expect("set");
        let line = headers[header::SET_COOKIE].to_str().expect("ASCII");
        let expected =
            format!("quotient_session={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure", secret.as_str());
        assert_eq!(line, expected);
    }
}

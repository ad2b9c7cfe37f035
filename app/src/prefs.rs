//! What a person prefers: language and theme, remembered in two cookies so that the server's first paint has them too.

use crate::i18n::Lang;

/// A theme that was chosen; without one the system's holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on white.
    Light,
    /// Light on black.
    Dark,
}

impl Theme {
    /// The value of `data-theme` and of the cookie.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// `light` or `dark`.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// Language and theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    /// The language of the page.
    pub lang: Lang,
    /// The chosen theme, if one was chosen.
    pub theme: Option<Theme>,
}

impl Prefs {
    /// From the `Cookie` header and the address's query, of which `lang` goes first.
    pub fn read(cookies: &str, query: &str) -> Self {
        let cookie = |name: &str| {
            let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
        };
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "lang");
        let lang = asked.and_then(|(_, tag)| Lang::parse(&tag)).or_else(|| cookie("lang").and_then(Lang::parse));
        Self { lang: lang.unwrap_or_default(), theme: cookie("theme").and_then(Theme::parse) }
    }

    /// The cookie that remembers `value` under `name` for a year, as `document.cookie` takes it.
    pub fn cookie(name: &str, value: &str) -> String {
        [name, "=", value, "; Path=/; Max-Age=31536000; SameSite=Lax"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_goes_before_the_cookie_and_nonsense_counts_as_nothing() {
        let read = |cookies, query| {
            let prefs = Prefs::read(cookies, query);
            (prefs.lang.code(), prefs.theme.map(Theme::code))
        };
        assert_eq!(read("", ""), ("zh", None));
        assert_eq!(read("a=b; lang=en; theme=dark", ""), ("en", Some("dark")));
        assert_eq!(read("lang=en;theme=light", "edition=x&lang=zh"), ("zh", Some("light")));
        assert_eq!(read("lang=fr; theme=pink; broken", "lang=en-GB"), ("en", None));
        assert_eq!(read("lang=en", "lang=fr&%ff"), ("en", None));
    }
}

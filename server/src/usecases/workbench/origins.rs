//! Which sites may show a product's configurator.

use shared::api::Origins;
use shared::violation::Violation;

use super::{super::form, Place, violation};
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::answers::{Asked, Made, Once};
use crate::store::sql::Lock;
use crate::store::{Sql, Step, StoreError, workbench};
use crate::usecases::Market;

const MOST: usize = 20;
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;
/// Where somebody tries things out.
const OWN_MACHINE: [&str; 2] = ["localhost", "127.0.0.1"];

struct Set {
    place: Place,
    origins: Vec<String>,
}

impl Step for Set {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        sql.hold(Lock::Products).await?;
        self.place.find(sql).await?;
        workbench::set_origins(sql, &self.place.slug, &self.origins).await?;
        let origins = Origins { origins: self.origins.clone() };
        let body = serde_json::to_string(&origins).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Made { id: self.place.slug.clone(), body })
    }
}

struct Allowed(String);

impl Step for Allowed {
    type Done = Vec<String>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Vec<String>, StoreError> {
        workbench::origins(sql, &self.0).await
    }
}

impl Market {
    /// The sites that may show the product's configurator.
    pub async fn origins(&self, slug: &str) -> Result<Vec<String>, Failure> {
        Ok(self.store.read(Allowed(slug.to_owned())).await?)
    }

    /// From now on the sites that `body` ([`Origins`]) names may show the product's configurator, and no others.
    pub async fn set_origins(&self, caller: &Caller, asked: Asked, slug: &str, body: &[u8]) -> Result<Made, Failure> {
        let said: Origins = form::read(body)?;
        let origins = read(&said.origins).map_err(Editing::InvalidOrigins)?;
        let now = self.clock.now();
        let step = Set { place: Place::of(caller, slug), origins };
        self.store.write(Once { asked, now, step }).await
    }
}

/// The origins as browsers write them, or everything that is wrong.
fn read(said: &[String]) -> Result<Vec<String>, Vec<Violation>> {
    let (mut origins, mut wrong) = (Vec::new(), Vec::new());
    if said.len() > MOST {
        let (zh, en) = (format!("最多允许 {MOST} 个网站。"), format!("There are {MOST} sites at most."));
        wrong.push(violation("origins_too_many", "/origins", (&zh, &en)));
    }
    for (n, said) in said.iter().enumerate() {
        let at = format!("/origins/{n}");
        match origin(said) {
            None => {
                let zh = "请填写 https:// 加域名，如 https://shop.example.com，不带路径；中文域名请用 Punycode 形式。";
                let en = "This takes https:// and a host name in ASCII, like https://shop.example.com, without a path.";
                wrong.push(violation("origin_invalid", &at, (zh, en)));
            }
            Some(origin) if origins.contains(&origin) => {
                let sentences = ("这个网站已在列表中。", "This site is in the list already.");
                wrong.push(violation("origin_duplicate", &at, sentences));
            }
            Some(origin) => origins.push(origin),
        }
    }
    if wrong.is_empty() { Ok(origins) } else { Err(wrong) }
}

/// An origin as browsers write it: in lower case, without a port that goes without saying.
fn origin(said: &str) -> Option<String> {
    let said = said.trim().to_ascii_lowercase();
    let (scheme, rest) = said.split_once("://")?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let usual = match scheme {
        "https" if is_host(host) => "443",
        "http" if OWN_MACHINE.contains(&host) => "80",
        _ => return None,
    };
    let port = match port {
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(port.parse::<u16>().ok()?.to_string()),
        Some(_) => return None,
        None => None,
    };
    let port = port.filter(|port| port != usual).map_or_else(String::new, |port| format!(":{port}"));
    Some(format!("{scheme}://{host}{port}"))
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(good)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= LONGEST_HOST && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_says_it_is() {
        for (said, kept) in [
            ("https://shop.example.com", "https://shop.example.com"),
            (" HTTPS://Shop.Example.COM:443/ ", "https://shop.example.com"),
            ("https://shop.example.com:8443", "https://shop.example.com:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:080", "http://127.0.0.1"),
            ("https://xn--fiq228c.cn", "https://xn--fiq228c.cn"),
        ] {
            assert_eq!(origin(said).as_deref(), Some(kept), "{said}");
        }
        for nothing in [
            "",
            "*",
            "https://",
            "https://*",
            "https://*.example.com",
            "http://shop.example.com",
            "shop.example.com",
            "https://a/b",
            "https://a b",
            "https://a;b",
            "https://a'b",
            "https://a,b",
            "https://商店.cn",
            "https://a..b",
            "https://-a",
            "https://a:x",
            "https://a:99999",
            "https://a:",
            "https://u@a",
            "ftp://a",
            "null",
            "data:,",
            "https://a?b",
            "https://a#b",
            "https://a\\b",
            "https://a\nb",
        ] {
            assert_eq!(origin(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn everything_wrong_is_said() {
        let said = ["https://a.example", "x", "https://A.example/"].map(str::to_owned);
        let wrong = read(&said).expect_err("wrong");
        let wrong: Vec<_> = wrong.iter().map(|it| (it.code.as_str(), it.at.as_str())).collect();
        assert_eq!(wrong, [("origin_invalid", "/origins/1"), ("origin_duplicate", "/origins/2")]);
        let many: Vec<String> = (0..=MOST).map(|n| format!("https://s{n}.example")).collect();
        assert_eq!(read(&many).expect_err("too many")[0].code, "origins_too_many");
        assert_eq!(read(&many[1..]).expect("good").len(), MOST);
    }
}

//! The sites that may show the product's configurator.

use shared::api::{self, Origins};
use shared::violation::Violation;

use super::bench::Bench;
use super::msg::Msg;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, put};

/// The sites, and what is typed of them.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// Those that the server knows.
    pub known: Vec<String>,
    /// As typed: one a line.
    pub typed: String,
    /// How far setting them has come.
    pub submit: Submit,
    /// Whether the tag is in the clipboard; unknown before somebody wanted it there.
    pub copied: Option<bool>,
}

impl Sites {
    /// The sites that the server knows.
    pub(super) fn new(known: Vec<String>) -> Self {
        Self { typed: known.join("\n"), known, submit: Submit::Idle, copied: None }
    }

    /// What is typed, line by line.
    fn lines(&self) -> Vec<String> {
        self.typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Whether something else is typed than the server knows.
    pub fn changed(&self) -> bool {
        self.lines() != self.known
    }

    /// What the server found wrong.
    pub fn wrong(&self) -> &[Violation] {
        match self.submit.failure() {
            Some(Failure::Refused(refused)) => &refused.violations,
            _ => &[],
        }
    }
}

impl Bench {
    pub(super) fn set_sites(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(key) = self.sites.submit.begin(key) else { return Vec::new() };
        let origins = Origins { origins: self.sites.lines() };
        vec![put(api::own_origins(&self.slug), &origins, key, Msg::SitesSet)]
    }

    pub(super) fn sites_set(&mut self, answer: Result<Origins, Failure>) {
        match answer {
            Ok(origins) => self.sites = Sites { copied: self.sites.copied, ..Sites::new(origins.origins) },
            Err(failure) => self.sites.submit.fail(failure),
        }
    }

    /// What a site puts into its page; `market` is this market's address.
    pub fn tag(&self, market: &str) -> String {
        format!(
            "<script src=\"{market}/embed.js\" async></script>\n<quotient-configurator product=\"{}\"></quotient-configurator>",
            self.slug
        )
    }
}

//! The page's state: a product that is fetched, then worked on.

use shared::api;

use super::bench::Bench;
use super::kept;
use super::msg::Msg;
use crate::page::{Effect, Loaded, Page, get};

/// The page.
pub struct Editor {
    slug: String,
    /// The older revision to begin from.
    from: Option<u32>,
    /// What is worked on.
    pub bench: Loaded<Box<Bench>>,
}

impl Editor {
    /// The page for a product; `query` may name an older revision to begin from.
    pub fn new(slug: String, query: &str) -> Self {
        let from = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "revision");
        Self { slug, from: from.and_then(|(_, revision)| revision.parse().ok()), bench: Loaded::Waiting }
    }
}

impl Page for Editor {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::own_product(&self.slug), Msg::Bench)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match (message, &mut self.bench) {
            (Msg::Bench(workbench), bench) => {
                *bench = workbench.and_then(|workbench| Bench::new(*workbench).map(Box::new)).into();
                match bench {
                    Loaded::Here(_) => vec![Effect::Recall(kept::name(&self.slug), Box::new(Msg::Recalled))],
                    _ => Vec::new(),
                }
            }
            (Msg::Recalled(kept), Loaded::Here(bench)) => {
                let mut effects = bench.update(Msg::Recalled(kept));
                // Over what was not saved, which is then a step back and not lost.
                let old = self.from.take();
                effects.extend(old.map(|old| get(api::own_revision(&self.slug, old), Msg::Old)));
                effects
            }
            (message, Loaded::Here(bench)) => bench.update(message),
            _ => Vec::new(),
        }
    }
}

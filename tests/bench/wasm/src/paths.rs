//! The search for cheaper paths, as the page would call it.

use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::paths::{self, Wanted};
use shared::pricing::Selection;
use wasm_bindgen::prelude::wasm_bindgen;

/// A parsed configuration, what is wanted of it, and until when.
#[wasm_bindgen]
pub struct Search {
    offer: Offer,
    selection: Selection,
    now: Timestamp,
    until: Timestamp,
}

#[wasm_bindgen]
impl Search {
    /// Parses and checks all of it, once.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, selection: &str, now: &str, until: &str) -> Result<Search, String> {
        let (offer, selection) = crate::checked(config, selection)?;
        let instant = |text: &str| text.parse().map_err(|_| format!("no instant: {text}"));
        Ok(Self { offer, selection, now: instant(now)?, until: instant(until)? })
    }

    /// What the direct way costs, and the cheaper path with its steps, in words.
    pub fn run(&self) -> String {
        let wanted = Wanted { selection: &self.selection, until: self.until };
        match paths::search(&self.offer, None, wanted, self.now) {
            Err(refused) => format!("{refused:?}"),
            Ok(found) => {
                let direct = found.direct.map_or_else(|| "none".to_owned(), |path| path.cost.to_string());
                let cheaper = found.cheaper.map(|path| {
                    let steps = path.steps.iter().map(|step| format!("{:?} {}", step.action, step.selection.edition));
                    format!(", cheaper {}: {}", path.cost, steps.collect::<Vec<_>>().join(", "))
                });
                format!("direct {direct}{}", cheaper.unwrap_or_default())
            }
        }
    }
}

//! Prices one selection again and again with another quantity, as a stepper in the page does.
//!
//! The same total crosses to JS in every way there is, so that `pages/wasm-vs-decimal.mjs` can say what each costs.

mod paths;

use shared::catalog::{ChargeKind, Offer, PriceKind, Quantity};
use shared::json::{At, Node};
use shared::money::Fen;
use shared::pricing::{Pick, PriceTable, RawSelection, Selection, SelectionRules};
use shared::violation::Report;
use wasm_bindgen::prelude::wasm_bindgen;

/// A parsed configuration with a checked selection, of which the first quantity changes.
#[wasm_bindgen]
pub struct Purchase {
    offer: Offer,
    selection: Selection,
    /// Compiled once, as the page does.
    table: PriceTable,
    /// Where among the picks the quantity is.
    varied: usize,
    /// The last total's text, for JS to read where it lies.
    text: Box<[u8; 24]>,
}

#[wasm_bindgen]
impl Purchase {
    /// Parses and checks both, once.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, selection: &str) -> Result<Purchase, String> {
        let (offer, selection) = checked(config, selection)?;
        let varied = selection.picks.iter().position(|pick| matches!(pick, Pick::Quantity(_)));
        let varied = varied.ok_or_else(|| "nothing is sold by quantity".to_owned())?;
        let table = selection.table(&offer, PriceKind::New);
        Ok(Self { offer, selection, table, varied, text: Box::default() })
    }

    /// The total as a number of fen: exact, since 10^15 is below 2^53. NaN where the quantity is refused.
    #[expect(clippy::cast_precision_loss, reason = "no amount is above 10^15")]
    pub fn fen(&mut self, quantity: u32) -> f64 {
        self.total(quantity).map_or(f64::NAN, |total| total.fen() as f64)
    }

    /// The same as a `BigInt`; -1 where the quantity is refused.
    pub fn fen_as_bigint(&mut self, quantity: u32) -> i64 {
        self.total(quantity).map_or(-1, Fen::fen)
    }

    /// The same as `208.00`, decoded by the glue; empty where the quantity is refused.
    pub fn text(&mut self, quantity: u32) -> String {
        self.total(quantity).map(|total| total.to_string()).unwrap_or_default()
    }

    /// The same written to [`Purchase::place`] in ASCII, without allocation; its length, 0 where the quantity is refused.
    pub fn write(&mut self, quantity: u32) -> usize {
        let Some(total) = self.total(quantity) else { return 0 };
        write_yuan(total, &mut self.text)
    }

    /// Where [`Purchase::write`] writes to.
    pub fn place(&self) -> *const u8 {
        self.text.as_ptr()
    }
}

impl Purchase {
    fn total(&mut self, quantity: u32) -> Option<Fen> {
        let edition = &self.offer.editions[self.selection.edition];
        let allowed = |q: &Quantity| q.minimum() <= quantity && quantity <= q.maximum();
        match &edition.charges[self.varied].kind {
            ChargeKind::Quantity(charge) if allowed(charge) => {}
            _ => return None,
        }
        self.selection.picks[self.varied] = Pick::Quantity(quantity);
        self.table.total(&self.selection.picks, self.selection.count).ok()
    }
}

/// The offer, and the selection that fits it.
fn checked(config: &str, selection: &str) -> Result<(Offer, Selection), String> {
    let offer = Offer::parse(config).map_err(|violations| format!("{violations:?}"))?;
    let node = Node::parse(selection).map_err(|error| error.to_string())?;
    let mut report = Report::default();
    let known = ["edition", "term", "quantities", "options", "count"];
    let term_at = At::ROOT.key("term");
    let rules = SelectionRules { at: &At::ROOT, term_at: Some(&term_at), hidden_allowed: false, limits: true };
    let selection = RawSelection::read(&node, &known, &At::ROOT, &mut report)
        .and_then(|raw| Selection::check(&offer, &raw, rules, &mut report))
        .ok_or_else(|| "the selection does not fit the configuration".to_owned())?;
    Ok((offer, selection))
}

/// Writes an amount as yuan with two decimals from the buffer's start; returns its length.
fn write_yuan(amount: Fen, buffer: &mut [u8; 24]) -> usize {
    let mut rest = amount.fen().unsigned_abs();
    let mut digits = [b'0'; 24];
    let mut at = digits.len();
    let mut written = 0;
    while written < 3 || rest > 0 {
        if written == 2 {
            at -= 1;
            digits[at] = b'.';
        }
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        written += 1;
    }
    let text = &digits[at..];
    buffer[..text.len()].copy_from_slice(text);
    text.len()
}

//! Random valid selections.

use shared::catalog::{ChargeKind, Offer};
use shared::pricing::{Pick, Selection};

use crate::dice::Dice;

/// A valid selection of a visible edition. (Its price may still be past the limits.)
pub fn selection(dice: &mut Dice, offer: &Offer) -> Selection {
    let visible: Vec<usize> = (0..offer.editions.len()).filter(|&i| !offer.editions[i].hidden).collect();
    let edition = *dice.pick(&visible);
    selection_of(dice, offer, edition)
}

/// A valid selection of this edition, hidden or not.
pub fn selection_of(dice: &mut Dice, offer: &Offer, edition: usize) -> Selection {
    let found = &offer.editions[edition];
    let term = if found.terms.is_empty() { None } else { Some(*dice.pick(&found.terms)) };
    let picks = found.charges.iter().map(|charge| pick(dice, &charge.kind)).collect();
    let count = if dice.chance(30) { dice.between(1, 100) } else { dice.between(1, 3) };
    Selection { edition, term, picks, count: u8::try_from(count).unwrap_or(1) }
}

/// A quantity is often at or beside a tier's beginning, where things go wrong.
fn pick(dice: &mut Dice, kind: &ChargeKind) -> Pick {
    let quantity = match kind {
        ChargeKind::Option(values) => return Pick::Value(dice.index(values.len())),
        ChargeKind::Quantity(quantity) => quantity,
    };
    let (low, high) = (quantity.minimum(), quantity.maximum());
    let last = quantity.tiers.last().map_or(low, |tier| tier.from);
    let n = match dice.below(12) {
        0 => low,
        1..=3 => dice.pick(&quantity.tiers).from,
        4 => dice.pick(&quantity.tiers).from.saturating_sub(1),
        5 => dice.pick(&quantity.tiers).from.saturating_add(1),
        6 if dice.chance(20) => high,
        _ => dice.between(low, last.saturating_add(20)),
    };
    Pick::Quantity(n.clamp(low, high))
}

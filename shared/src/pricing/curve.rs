//! The price curve: how the total grows with the units of one charge, with its cliffs (价格倒挂).

use serde::Serialize;

use super::{Pick, Selection};
use crate::catalog::{ChargeKind, Offer, PriceKind};
use crate::money::Fen;

/// The curve of one charge, everything else as selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Curve {
    /// Points by rising quantity; straight between two neighbours, but for a step where their quantities are one apart.
    pub points: Vec<CurvePoint>,
    /// Quantities at which the total falls below that of the quantity before.
    pub cliffs: Vec<u32>,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CurvePoint {
    /// So many units.
    pub quantity: u32,
    /// What they cost in all.
    pub total: Fen,
}

/// How many points a short curve has at most: beyond it, only the quantities where something changes are computed.
const DENSE: u32 = 240;

/// The curve of the quantity charge at `charge` from its minimum to `until` (or its maximum, if that is less); `None`
/// where the charge counts nothing. Quantities whose total is past the limits are left out.
pub fn curve(offer: &Offer, selection: &Selection, charge: usize, until: u32) -> Option<Curve> {
    let ChargeKind::Quantity(quantity) = &offer.editions[selection.edition].charges.get(charge)?.kind else {
        return None;
    };
    let (first, last) = (quantity.minimum(), until.min(quantity.maximum()).max(quantity.minimum()));
    let step = ((last - first) / DENSE).max(1);
    let borders = |after: u32| {
        let both = quantity.tiers.iter().flat_map(|tier| [tier.from.saturating_sub(1), tier.from]);
        both.filter(move |n| *n > after).min()
    };
    let next = |n: &u32| {
        let next = n.saturating_add(step).min(borders(*n).unwrap_or(last)).min(last);
        (next > *n).then_some(next)
    };
    let quantities = core::iter::successors(Some(first), next);
    let table = selection.table(offer, PriceKind::New);
    let mut picks = selection.picks.clone();
    let mut at = |n: u32| {
        picks[charge] = Pick::Quantity(n);
        let total = table.total(&picks, selection.count).ok()?;
        Some(CurvePoint { quantity: n, total })
    };
    let points: Vec<CurvePoint> = quantities.filter_map(&mut at).collect();
    let falls = |pair: &[CurvePoint]| (pair[1].total < pair[0].total).then_some(pair[1].quantity);
    let cliffs = points.windows(2).filter_map(falls).collect();
    Some(Curve { points, cliffs })
}

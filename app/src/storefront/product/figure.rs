//! The price curve as a drawing: units of one charge to the right, the total upwards.
//!
//! Places are whole thousandths of the drawing's width and height, so that it scales to any screen without floats.

use shared::catalog::{ChargeKind, Offer, Quantity};
use shared::money::Fen;
use shared::pricing::{CurvePoint, Pick, Selection, curve};

/// The drawing for one quantity charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The charge's name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The curve's corners as an SVG `points` list, in thousandths.
    pub corners: String,
    /// Its beginning.
    pub first: Mark,
    /// Its end.
    pub last: Mark,
    /// What is chosen.
    pub chosen: Mark,
    /// Where one unit more makes the total fall: before and after.
    pub cliffs: Vec<(Mark, Mark)>,
}

/// A point of the curve and its place in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// So many units.
    pub quantity: u32,
    /// What they cost in all.
    pub total: Fen,
    /// Thousandths from the left.
    pub x: u16,
    /// Thousandths from the top.
    pub y: u16,
}

/// One drawing for each quantity charge of the selected edition that has more than one price to show.
pub fn figures(offer: &Offer, selection: &Selection) -> Vec<Figure> {
    let charges = &offer.editions[selection.edition].charges;
    let drawn = charges.iter().zip(&selection.picks).enumerate().filter_map(|(index, (charge, pick))| {
        let (ChargeKind::Quantity(quantity), Pick::Quantity(chosen)) = (&charge.kind, pick) else { return None };
        let points = curve(offer, selection, index, reach(quantity, *chosen))?;
        let scale = Scale::of(&points.points)?;
        let mark = |quantity: u32| {
            let point = points.points.iter().find(|point| point.quantity == quantity)?;
            Some(scale.mark(*point))
        };
        let pair = |quantity: &u32| {
            let index = points.points.iter().position(|point| point.quantity == *quantity)?;
            let before = points.points.get(index.checked_sub(1)?)?;
            Some((scale.mark(*before), scale.mark(points.points[index])))
        };
        Some(Figure {
            name: charge.name.clone(),
            unit: quantity.unit.clone(),
            corners: corners(&points.points, &scale),
            first: scale.mark(*points.points.first()?),
            last: scale.mark(*points.points.last()?),
            chosen: mark(*chosen).or_else(|| alone(offer, selection, *chosen, &scale))?,
            cliffs: points.cliffs.iter().filter_map(pair).collect(),
        })
    });
    drawn.collect()
}

/// The chosen point where a long curve has no point of its own there.
fn alone(offer: &Offer, selection: &Selection, quantity: u32, scale: &Scale) -> Option<Mark> {
    let total = shared::pricing::total(offer, selection, shared::catalog::PriceKind::New).ok()?;
    Some(scale.mark(CurvePoint { quantity, total }))
}

/// How far to draw: past the last tier, and further by doubling so that stepping does not move the whole picture.
pub fn reach(quantity: &Quantity, chosen: u32) -> u32 {
    let last_tier = quantity.tiers.last().map_or(0, |tier| tier.from);
    let mut reach = last_tier.saturating_mul(2).max(quantity.minimum().saturating_add(10));
    while reach < chosen.saturating_add(chosen / 4) {
        reach = reach.saturating_mul(2);
    }
    reach.min(quantity.maximum())
}

/// From quantities and totals to thousandths.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: CurvePoint,
    wide: u32,
    high: i64,
}

impl Scale {
    /// `None` where there is nothing to draw: fewer than two points, or one price for all.
    pub fn of(points: &[CurvePoint]) -> Option<Self> {
        let (first, last) = (points.first()?, points.last()?);
        let least = points.iter().map(|point| point.total).min()?;
        let most = points.iter().map(|point| point.total).max()?;
        let scale = Self {
            low: CurvePoint { quantity: first.quantity, total: least },
            wide: last.quantity - first.quantity,
            high: (most - least).fen(),
        };
        (scale.wide > 0 && scale.high > 0).then_some(scale)
    }

    /// Where a point stands.
    pub fn mark(&self, point: CurvePoint) -> Mark {
        let CurvePoint { quantity, total } = point;
        let right = u64::from(quantity.saturating_sub(self.low.quantity)) * 1000 / u64::from(self.wide);
        let up = i128::from((total - self.low.total).fen()) * 1000 / i128::from(self.high);
        let thousandths = |n: i128| u16::try_from(n.clamp(0, 1000)).unwrap_or(0);
        Mark { quantity, total, x: thousandths(right.into()), y: 1000 - thousandths(up) }
    }
}

/// The points at which the curve bends.
pub fn corners(points: &[CurvePoint], scale: &Scale) -> String {
    let straight = |a: &CurvePoint, b: &CurvePoint, c: &CurvePoint| {
        let run = |from: &CurvePoint, to: &CurvePoint| i128::from(to.quantity - from.quantity);
        let rise = |from: &CurvePoint, to: &CurvePoint| i128::from((to.total - from.total).fen());
        run(a, b) * rise(b, c) == run(b, c) * rise(a, b)
    };
    let mut list = String::new();
    for (index, point) in points.iter().enumerate() {
        let inner = index.checked_sub(1).and_then(|before| Some((points.get(before)?, points.get(index + 1)?)));
        if inner.is_some_and(|(before, after)| straight(before, point, after)) {
            continue;
        }
        let Mark { x, y, .. } = scale.mark(*point);
        if !list.is_empty() {
            list.push(' ');
        }
        list.push_str(&x.to_string());
        list.push(',');
        list.push_str(&y.to_string());
    }
    list
}

//! Price sets: each price by kind and period.

use super::Changes;
use super::words::{Both, per, price, slots};
use crate::catalog::{Per, PriceKind, PriceSet};
use crate::money::Fen;

/// Notes what of a price set is different; `what` it is the price of, `at` is the set's pointer.
pub(super) fn compare(before: &PriceSet, after: &PriceSet, what: &Both, at: &str, changes: &mut Changes) {
    let pairs = slots(before).into_iter().zip(slots(after));
    let changed: Vec<Price> = pairs
        .filter(|(old, new)| old.3 != new.3)
        .map(|(old, new)| Price { kind: new.0, per: new.1, at: new.2, old: old.3, new: new.3 })
        .collect();
    for one in &changed {
        let twin = changed.iter().any(|other| one.is_as(other));
        // A renewal price that changes as the purchase price does is said with it.
        if !twin || one.kind == PriceKind::New {
            changes.turned([at, one.at].concat(), named(what, one.kind, twin, one.per), price(one.old), price(one.new));
        }
    }
}

struct Price {
    kind: PriceKind,
    per: Per,
    at: &'static str,
    old: Option<Fen>,
    new: Option<Fen>,
}

impl Price {
    /// Whether the other one is the same change of the same period, of the other kind.
    fn is_as(&self, other: &Self) -> bool {
        self.kind != other.kind && (self.per, self.old, self.new) == (other.per, other.old, other.new)
    }
}

/// `基础价（新购，每年）`.
fn named((zh, en): &Both, kind: PriceKind, for_both: bool, period: Per) -> Both {
    let (per_zh, per_en) = per(period);
    let (kind_zh, kind_en) = match (period, for_both, kind) {
        (Per::Once, ..) => ("", ""),
        (_, true, _) => ("新购和续费，", "purchase and renewal, "),
        (_, _, PriceKind::New) => ("新购，", "purchase, "),
        (_, _, PriceKind::Renew) => ("续费，", "renewal, "),
    };
    (format!("{zh}（{kind_zh}{per_zh}）"), format!("{en} ({kind_en}{per_en})"))
}

//! That nothing explodes, counted in steps: the clock of a shared machine proves nothing.

use super::*;
use crate::calendar::DayCount;
use crate::catalog::{
    ChangeModes, Charge, PriceSet, Prices, Quantity, Sale, SubscriptionRules, TermOffers, Tier, TierMode, TierPrice,
    Upgrade,
};

/// Prices that rise and fall from tier to tier and differ from edition to edition.
fn price(seed: u32) -> PriceSet {
    let fen = |salt: u32| Fen::new(i64::from(seed.wrapping_mul(2_654_435_761).wrapping_add(salt) >> 20) + 1);
    let prices = |salt| Prices { month: Some(fen(salt)), year: Some(fen(salt + 7)) };
    PriceSet::Recurring { new: prices(1), renew: prices(2) }
}

/// How large an offer is.
#[derive(Clone, Copy)]
struct Size {
    editions: u32,
    charges: u32,
    tiers: u32,
    terms: usize,
    /// Every edition upgrades to this many that follow it, round and round.
    rules: u32,
}

impl Size {
    /// The runs that all changes can have: each of two editions' tiers begins at most two.
    fn runs(self) -> u64 {
        let changes = u64::from(self.editions * (1 + self.rules)) * self.terms as u64;
        changes * u64::from(self.charges * self.tiers) * 4
    }
}

fn offer(Size { editions, charges, tiers, terms, rules }: Size, cap: Option<Fen>) -> Offer {
    let tier = |seed: u32, i: u32| Tier { from: 1 + 5 * i, price: TierPrice::Unit(price(seed * tiers + i)) };
    let charge = |e: u32, c: u32| Charge {
        key: format!("k{}", "x".repeat(c as usize)),
        name: format!("计费项{c}"),
        kind: ChargeKind::Quantity(Quantity {
            unit: "个".to_owned(),
            max: None,
            tier_mode: if c % 3 == 2 { TierMode::Graduated } else { TierMode::Volume },
            tiers: (0..tiers).map(|i| tier(e * charges + c, i)).collect(),
        }),
    };
    let edition = |e: u32| Edition {
        code: format!("e{e}"),
        name: format!("版本{e}"),
        hidden: false,
        terms: Term::all().skip(14 - terms).collect(),
        price: price(1_000_000 + e),
        trial: None,
        charges: (0..charges).map(|c| charge(e, c)).collect(),
    };
    let (count, rules) = (editions as usize, rules as usize);
    let upgrades = (0..count).flat_map(|from| (1..=rules).map(move |i| Upgrade { from, to: (from + i) % count }));
    let discounts = Term::all().skip(5).map(|term| (term, Rate::parse("0.85").expect("a rate")));
    let rules = SubscriptionRules {
        day_count: DayCount::Calendar,
        change_modes: ChangeModes { co_term: true, re_term: true },
        upgrades: upgrades.collect(),
        term_offers: TermOffers::Discounts(discounts.collect()),
    };
    Offer { sale: Sale::Subscription(rules), editions: (0..editions).map(edition).collect(), price_cap: cap }
}

/// How many steps all changes of an offer take, and how many of them have a witness.
fn steps(offer: &Offer) -> (u64, usize) {
    let mut looking = Looking::new(offer);
    let upgrades = live_rules(offer).map(|(_, rule)| (rule.from, rule.to));
    let all: Vec<(usize, usize)> = (0..offer.editions.len()).map(|e| (e, e)).chain(upgrades).collect();
    let found = all.into_iter().filter(|(from, to)| looking.change(*from, *to).is_some()).count();
    (looking.steps.used, found)
}

#[test]
fn steps_grow_in_proportion_to_size() {
    let large = Size { editions: 20, charges: 30, tiers: 200, terms: 2, rules: 1 };
    let entangled = Size { editions: 20, charges: 3, tiers: 8, terms: 14, rules: 19 };
    for size in [large, entangled] {
        for cap in [None, Some(Fen::new(1_000_000)), Some(Fen::new(9_999_999_999))] {
            let (used, found) = steps(&offer(size, cap));
            assert!(used <= size.runs() + Steps::MOST, "{used} steps with the cap {cap:?}");
            assert!(cap == Some(Fen::new(1_000_000)) || found > 0, "nothing was found");
        }
    }
}

#[test]
fn an_ordinary_configuration_never_uses_its_steps_up() {
    let ordinary = Size { editions: 5, charges: 4, tiers: 5, terms: 4, rules: 3 };
    for cap in [10_000, 50_000, 100_000, 400_000, 1_000_000] {
        let (used, _) = steps(&offer(ordinary, Some(Fen::new(cap))));
        assert!(used < ordinary.runs() + Steps::MOST / 4, "{used} steps with the cap {cap}");
    }
}

/// Each charge can gain a little at a cost, the base price costs all that together, and the cap allows only some of it: what is
/// needed is a knapsack of many charges. It may be given up, but only after so many steps.
#[test]
fn a_knapsack_made_to_be_hard_ends() {
    let size = Size { editions: 2, charges: 20, tiers: 20, terms: 14, rules: 1 };
    let mut offer = offer(size, Some(Fen::new(300_000)));
    let fixed = |fen: i64| {
        let prices = Prices { month: Some(Fen::new(fen)), year: Some(Fen::new(12 * fen)) };
        PriceSet::Recurring { new: prices, renew: prices }
    };
    let mut seed = 1_u32;
    for c in 0..20 {
        for (i, dear) in (0_i64..20).enumerate() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (cost, gain) = (800 * dear + i64::from(seed >> 24), i64::from(seed >> 8 & 0x1ff));
            for (edition, fen) in [(0, cost + gain), (1, cost)] {
                let ChargeKind::Quantity(quantity) = &mut offer.editions[edition].charges[c].kind else {
                    panic!("a quantity")
                };
                quantity.tiers[i].price = TierPrice::Flat(fixed(fen));
                quantity.tier_mode = TierMode::Volume;
            }
        }
    }
    offer.editions[0].price = fixed(0);
    let mut needed = 0;
    for base in [500, 1_000, 2_000, 3_000, 4_000] {
        offer.editions[1].price = fixed(base);
        let (used, _) = steps(&offer);
        assert!(used <= size.runs() + Steps::MOST, "{used} steps");
        needed += u64::from(used > size.runs());
    }
    assert!(needed > 0, "the sums were never needed");
}

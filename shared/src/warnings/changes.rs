//! Warnings about the upgrade rules themselves. Only rules between visible editions are looked at.
//!
//! **`upgrade_between_different_charges`**, one for each rule whose editions do not have the same charges, by key.
//!
//! **`upgrade_loop`**, one for each set of editions that can all be reached from one another (a strongly connected component
//! of more than one edition): a shortest loop within it, from its first edition in display order. At the loop's first rule.
//!
//! **`upgrade_short_term`**, where the difference can be paid (`co_term`), one for each rule whose first edition sells terms
//! that are shorter than every term of the second: those, and the second's shortest.

use super::finding::{DifferentCharges, Finding, ShortTerm, UpgradeLoop};
use super::{Found, sentences};
use crate::catalog::{Edition, Offer, Upgrade};

/// The rules between visible editions, with their index in the configuration.
pub(super) fn live_rules(offer: &Offer) -> impl Iterator<Item = (usize, Upgrade)> {
    let rules = offer.subscription_rules().map_or(&[][..], |rules| &rules.upgrades);
    let visible = |edition: usize| !offer.editions[edition].hidden;
    rules.iter().copied().enumerate().filter(move |(_, rule)| visible(rule.from) && visible(rule.to))
}

pub(super) fn between_different_charges(found: &mut Found<'_>) {
    let offer = found.offer;
    for (i, rule) in live_rules(offer) {
        let (from, to) = (&offer.editions[rule.from], &offer.editions[rule.to]);
        // Mostly all editions have the same charges in the same order: no need to look any closer.
        if from.charges.iter().map(|charge| &charge.key).eq(to.charges.iter().map(|charge| &charge.key)) {
            continue;
        }
        let different = DifferentCharges { only_from: keys_without(from, to), only_to: keys_without(to, from) };
        if different.only_from.is_empty() && different.only_to.is_empty() {
            continue;
        }
        let sentences = sentences::different_charges(from, to, &different);
        found.add(&format!("/upgrades/{i}"), Finding::UpgradeBetweenDifferentCharges(different), sentences);
    }
}

/// The keys of `one`'s charges that `other` does not have.
fn keys_without(one: &Edition, other: &Edition) -> Vec<String> {
    let known: std::collections::BTreeSet<&str> = other.charges.iter().map(|charge| charge.key.as_str()).collect();
    let keys = one.charges.iter().map(|charge| &charge.key);
    keys.filter(|key| !known.contains(key.as_str())).cloned().collect()
}

pub(super) fn loops(found: &mut Found<'_>) {
    let offer = found.offer;
    let rules: Vec<(usize, Upgrade)> = live_rules(offer).collect();
    let count = offer.editions.len();
    let [ahead, back] = steps(&rules);
    let mut done = vec![false; count];
    for start in 0..count {
        if done[start] {
            continue;
        }
        let reached = distances(start, count, &ahead);
        let reaching = distances(start, count, &back);
        let members: Vec<usize> = (0..count).filter(|&i| reached[i].is_some() && reaching[i].is_some()).collect();
        for &member in &members {
            done[member] = true;
        }
        let Some(shortest) = members.iter().filter_map(|&first| loop_from(first, count, &rules)).min_by_key(Vec::len)
        else {
            continue;
        };
        let editions: Vec<&Edition> = shortest.iter().map(|&i| &offer.editions[i]).collect();
        let first_rule = rules.iter().find(|(_, rule)| [rule.from, rule.to] == shortest[..2]).map_or(0, |(i, _)| *i);
        let codes = editions.iter().map(|edition| edition.code.clone()).collect();
        let sentences = sentences::upgrade_loop(&editions);
        found.add(&format!("/upgrades/{first_rule}"), Finding::UpgradeLoop(UpgradeLoop { editions: codes }), sentences);
    }
}

/// The rules as steps from edition to edition, ahead and back.
fn steps(rules: &[(usize, Upgrade)]) -> [Vec<(usize, usize)>; 2] {
    let ahead: Vec<_> = rules.iter().map(|(_, rule)| (rule.from, rule.to)).collect();
    let back = ahead.iter().map(|(from, to)| (*to, *from)).collect();
    [ahead, back]
}

/// How many steps each edition is from `start`.
fn distances(start: usize, count: usize, steps: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut distances = vec![None; count];
    distances[start] = Some(0);
    for distance in 1..count {
        for &(from, to) in steps {
            if distances[from] == Some(distance - 1) && distances[to].is_none() {
                distances[to] = Some(distance);
            }
        }
    }
    distances
}

/// A shortest loop through `first`, which stands at both ends.
fn loop_from(first: usize, count: usize, rules: &[(usize, Upgrade)]) -> Option<Vec<usize>> {
    let [ahead, back] = steps(rules);
    let to_first = distances(first, count, &back);
    let nearest = |at: usize| {
        let next = ahead.iter().filter(|(from, _)| *from == at);
        next.filter_map(|(_, to)| Some((to_first[*to]?, *to))).min()
    };
    let mut path = vec![first];
    loop {
        let (distance, next) = nearest(*path.last()?)?;
        path.push(next);
        if distance == 0 {
            return Some(path);
        }
    }
}

pub(super) fn short_terms(found: &mut Found<'_>) {
    let offer = found.offer;
    if !offer.subscription_rules().is_some_and(|rules| rules.change_modes.co_term) {
        return;
    }
    for (i, rule) in live_rules(offer) {
        let (from, to) = (&offer.editions[rule.from], &offer.editions[rule.to]);
        let Some(shortest) = to.terms.iter().min().copied() else { continue };
        let mut short: Vec<_> = from.terms.iter().copied().filter(|term| *term < shortest).collect();
        short.sort_unstable();
        let Some(first) = short.first().copied() else { continue };
        let sentences = sentences::short_term(from, to, first, shortest);
        found.add(&format!("/upgrades/{i}"), Finding::UpgradeShortTerm(ShortTerm { short, shortest }), sentences);
    }
}

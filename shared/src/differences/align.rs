//! Two lists of which each item has a key of its own: what stayed, came, went and moved.

use std::collections::BTreeMap;

/// What became of the items of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Places before and after of what is in both, in the order after.
    pub(super) kept: Vec<(usize, usize)>,
    /// Places after of what is new.
    pub(super) added: Vec<usize>,
    /// Places before of what is gone.
    pub(super) gone: Vec<usize>,
    /// Of what was kept, as few as can be whose moving explains the order after.
    pub(super) moved: Vec<(usize, usize)>,
}

/// Aligns two lists by what `key` says of an item.
pub(super) fn align<'t, T, K: Ord>(before: &'t [T], after: &'t [T], key: impl Fn(&'t T) -> K) -> Aligned {
    let mut places: BTreeMap<K, usize> = before.iter().enumerate().map(|(place, item)| (key(item), place)).collect();
    let mut aligned = Aligned::default();
    for (place, item) in after.iter().enumerate() {
        match places.remove(&key(item)) {
            Some(old) => aligned.kept.push((old, place)),
            None => aligned.added.push(place),
        }
    }
    aligned.gone = places.into_values().collect();
    aligned.gone.sort_unstable();
    aligned.moved = moved(&aligned.kept);
    aligned
}

/// What is not in the longest run of pairs whose places before rise: those kept their order among each other.
fn moved(kept: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best run of each length, and the pair that each pair follows.
    let mut ends: Vec<usize> = Vec::new();
    let mut follows: Vec<Option<usize>> = Vec::with_capacity(kept.len());
    for (index, (old, _)) in kept.iter().enumerate() {
        let length = ends.partition_point(|end| kept[*end].0 < *old);
        follows.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut stays = vec![false; kept.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        stays[index] = true;
        at = follows[index];
    }
    kept.iter().zip(stays).filter(|(_, stays)| !stays).map(|(pair, _)| *pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, moved: &str, added: &str, gone: &str) {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        let aligned = align(&before, &after, |item| *item);
        let of = |places: &[usize], list: &[char]| places.iter().map(|place| list[*place]).collect::<String>();
        let places: Vec<usize> = aligned.moved.iter().map(|(_, place)| *place).collect();
        assert_eq!(of(&places, &after), moved, "moved");
        assert_eq!((of(&aligned.added, &after).as_str(), of(&aligned.gone, &before).as_str()), (added, gone));
        assert!(aligned.kept.iter().all(|(old, new)| before[*old] == after[*new]));
    }

    #[test]
    fn as_little_as_can_be_has_moved() {
        check("abc", "abc", "", "", "");
        check("abcd", "dabc", "d", "", "");
        check("abcd", "bcda", "a", "", "");
        check("abc", "xcb", "c", "x", "a");
        check("", "ab", "", "ab", "");
    }
}

//! Amounts as people type them.

use shared::money::Fen;

use crate::typed::narrow;

/// The amount in a field; `None` where it is none. Yuan with at most two decimals; a currency sign, separators of thousands
/// and what Chinese keyboards write instead of digits and points are understood.
pub(super) fn amount(typed: &str) -> Option<Fen> {
    let around = |c: &char| matches!(c, ',' | '，' | '¥' | '￥' | ' ' | '元');
    let text: String = typed.trim().chars().filter(|c| !around(c)).map(narrow).collect();
    text.parse().ok()
}

/// An amount as a field has it: `400.01`.
pub(super) fn typed(amount: Fen) -> String {
    amount.to_string()
}

/// Equal shares of an amount and where each run of them begins and ends, counted from 1: of ¥400.01 for two,
/// `(1, 1, ¥200.01), (2, 2, ¥200.00)`.
pub(super) fn runs(shares: &[Fen]) -> Vec<(usize, usize, Fen)> {
    let mut runs: Vec<(usize, usize, Fen)> = Vec::new();
    for (index, share) in shares.iter().enumerate() {
        match runs.last_mut() {
            Some((_, to, of)) if of == share => *to = index + 1,
            _ => runs.push((index + 1, index + 1, *share)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use shared::money::share;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for typed in ["400.01", " ¥400.01 ", "４００。０１", "￥400.01元", "0400.01"] {
            assert_eq!(amount(typed), Some(Fen::new(40_001)), "{typed}");
        }
        assert_eq!(amount("1,234.5"), Some(Fen::new(123_450)));
        assert_eq!(amount("0"), Some(Fen::ZERO));
        for typed in ["", "-1", "1.234", "1e3", "四百", ".", "99999999999999999999"] {
            assert_eq!(amount(typed), None, "{typed}");
        }
    }

    #[test]
    fn equal_shares_stand_together() {
        let of = |total, count: usize| runs(&share(Fen::new(total), &vec![1; count]));
        assert_eq!(of(40_001, 2), [(1, 1, Fen::new(20_001)), (2, 2, Fen::new(20_000))]);
        assert_eq!(of(41_600, 2), [(1, 2, Fen::new(20_800))]);
        assert_eq!(of(5, 3), [(1, 2, Fen::new(2)), (3, 3, Fen::new(1))]);
    }
}

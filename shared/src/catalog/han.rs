//! Which characters are Chinese: Unicode's script Han (rule S3).

/// The ranges of `Script=Han` in Unicode 16.
const HAN: [(u32, u32); 19] = [
    (0x2E80, 0x2E99),
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFA6D),
    (0xFA70, 0xFAD9),
    (0x16FE2, 0x16FE3),
    (0x16FF0, 0x16FF1),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B739),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
    (0x2EBF0, 0x323AF),
];

/// Whether `c` is a Han character.
pub(super) fn is_han(c: char) -> bool {
    let code = u32::from(c);
    HAN.iter().any(|&(first, last)| (first..=last).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::is_han;

    #[test]
    fn s3_chinese_characters_and_nothing_that_only_looks_so() {
        assert!("标准版〇𠀀龥".chars().all(is_han));
        assert!(!"aＡ，。！あ한 -_🙂".chars().any(is_han));
    }
}

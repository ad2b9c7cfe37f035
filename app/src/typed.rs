//! What people type instead of digits.

/// A character as a number has it: full-width digits, points and signs, which Chinese keyboards write, are narrow ones.
pub const fn narrow(c: char) -> char {
    match c {
        '０' => '0',
        '１' => '1',
        '２' => '2',
        '３' => '3',
        '４' => '4',
        '５' => '5',
        '６' => '6',
        '７' => '7',
        '８' => '8',
        '９' => '9',
        '．' | '。' => '.',
        '－' | '−' => '-',
        other => other,
    }
}

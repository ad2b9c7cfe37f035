//! Random instants and offsets.

use shared::calendar::{DAY, Offset, Timestamp};

use crate::dice::Dice;

/// 2024-01-01T00:00:00Z.
const BASE: i64 = 1_704_067_200;

/// An offset from UTC: China's at the simplest.
pub fn offset(dice: &mut Dice) -> Offset {
    let texts = ["+08:00", "+08:00", "Z", "+00:00", "-05:30", "+05:45", "+14:00", "-23:59", "+23:59"];
    dice.pick(&texts).parse().unwrap_or(Offset::CHINA)
}

/// An instant from 2024 to 2031, often on a day at a month's end.
#[expect(clippy::missing_panics_doc, reason = "these years are in range in every offset")]
pub fn instant(dice: &mut Dice, offset: Offset) -> Timestamp {
    let day = if dice.chance(40) {
        // Around the ends of months: 31 January, 29 February and their neighbours.
        let ends = [30, 31, 58, 59, 60, 90, 120, 181, 364, 365, 366, 396, 424, 425, 1520, 1521];
        i64::from(*dice.pick(&ends))
    } else {
        i64::from(dice.below(2800))
    };
    let second = i64::from(*dice.pick(&[36_000, 0, 86_399, 57_599, 57_600, 12_345]));
    Timestamp::from_unix(BASE + day * DAY + second, offset).expect("in range")
}

/// An instant at or after `from`: in a moment, in days, in months or in years.
pub fn later(dice: &mut Dice, from: Timestamp) -> Timestamp {
    let seconds = match dice.below(6) {
        0 => dice.below(3),
        1 => dice.below(86_400),
        2 | 3 => dice.below(40 * 86_400),
        4 => dice.below(12) * 31 * 86_400,
        _ => dice.below(800 * 86_400),
    };
    from.plus_seconds(i64::from(seconds)).unwrap_or(from)
}

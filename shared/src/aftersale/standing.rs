//! How a product stands with those who bought it (rule O6).

use crate::money::{Rounding, mul_div};

/// 用户评分 and 使用人数 in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standing {
    /// How many first reviews there are, of purchases that were not refunded.
    pub reviews: i64,
    /// Their stars in all.
    pub stars: i64,
    /// How many enterprises have an active paid service.
    pub users: u32,
}

impl Standing {
    /// The mean of the first reviews with one decimal, rounded half away from zero (`4.3` for 4.25); `None` without any:
    /// 暂无评分.
    pub fn rating(&self) -> Option<String> {
        let tenths = (self.reviews > 0).then(|| mul_div(self.stars, 10, self.reviews, Rounding::HalfAwayFromZero))?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// The name of an enterprise as everybody may read it under its review: its beginning.
pub fn masked(name: &str) -> String {
    let shown = if name.chars().count() > 4 { 2 } else { 1 };
    name.chars().take(shown).chain("***".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o6_a_rating_has_one_decimal() {
        for (stars, expected) in [
            (&[][..], None),
            (&[5], Some("5.0")),
            (&[4, 5], Some("4.5")),
            (&[4, 4, 4, 5], Some("4.3")),
            (&[1, 1, 2], Some("1.3")),
            (&[5, 5, 4], Some("4.7")),
            (&[4; 20], Some("4.0")),
            (&[4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5], Some("4.1")),
        ] {
            let reviews = i64::try_from(stars.len()).expect("few");
            let standing = Standing { reviews, stars: stars.iter().sum(), users: 0 };
            assert_eq!(standing.rating().as_deref(), expected, "{stars:?}");
        }
    }

    #[test]
    fn o6_who_reviewed_is_not_told_in_full() {
        for (name, shown) in [("上海晨光贸易有限公司", "上海***"), ("晨光公司", "晨***"), ("A", "A***"), ("", "***")]
        {
            assert_eq!(masked(name), shown);
        }
    }
}

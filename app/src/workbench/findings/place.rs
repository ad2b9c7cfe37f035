//! A JSON pointer into a configuration, as a person knows the place.

use shared::catalog::{ChargeKind, Offer};

use crate::i18n::Lang;

/// `标准版 › 用户数 › 第 2 档`; empty for the configuration itself.
pub(super) fn place(offer: Option<&Offer>, pointer: &str, lang: Lang) -> String {
    let mut parts = pointer.split('/').skip(1);
    let mut words: Vec<String> = Vec::new();
    let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
    match pointer.split('/').nth(1) {
        Some("editions") => {
            number();
            let Some(index) = number() else { return lang.pick("版本", "Editions").to_owned() };
            let edition = offer.and_then(|offer| offer.editions.get(index));
            let nameless = || lang.pick(format!("第 {} 个版本", index + 1), format!("edition {}", index + 1));
            words.push(edition.map_or_else(nameless, |edition| edition.name.clone()));
            let rest: Vec<&str> = pointer.split('/').skip(3).collect();
            match rest.as_slice() {
                ["charges", charge, rest @ ..] => {
                    let charge = charge.parse::<usize>().ok();
                    let known = edition.zip(charge).and_then(|(edition, index)| edition.charges.get(index));
                    words.extend(known.map(|charge| charge.name.clone()));
                    let item = rest.get(1).and_then(|index| index.parse::<usize>().ok());
                    match (rest.first(), item, known.map(|charge| &charge.kind)) {
                        (Some(&"tiers"), Some(item), _) => {
                            words.push(lang.pick(format!("第 {} 档", item + 1), format!("tier {}", item + 1)));
                        }
                        (Some(&"values"), Some(item), Some(ChargeKind::Option(values))) => {
                            words.extend(values.get(item).map(|value| value.value.clone()));
                        }
                        _ => {}
                    }
                }
                ["price", ..] => words.push(lang.pick("基础价", "base price").to_owned()),
                ["terms", ..] => words.push(lang.pick("购买时长", "terms").to_owned()),
                ["trial_days" | "extra_trial_days", ..] => words.push(lang.pick("试用", "trial").to_owned()),
                _ => {}
            }
        }
        Some("upgrades") => words.push(lang.pick("升级规则", "Upgrades").to_owned()),
        Some("term_offers") => words.push(lang.pick("购买优惠", "Offers").to_owned()),
        Some("price_cap") => words.push(lang.pick("总价上限", "Price cap").to_owned()),
        Some("change_modes") => words.push(lang.pick("变更方式", "Ways to change").to_owned()),
        _ => words.push(lang.pick("整个配置", "The whole configuration").to_owned()),
    }
    words.join(" › ")
}

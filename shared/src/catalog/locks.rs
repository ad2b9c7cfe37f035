//! What may no longer change once a configuration has been submitted (rules S4, S13).
//!
//! Running services renew and change at today's configuration; these are the changes that would keep them from it. To change
//! more, hide the edition and make another.

use super::{Charge, ChargeKind, Edition, Offer, PriceSet, Prices, Quantity, TierPrice};
use crate::catalog::PriceKind;
use crate::json::At;
use crate::violation::Violation;

/// A change to a submitted configuration that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lock {
    SaleModeChanged,
    EditionRemoved { code: String },
    ChargeAdded { key: String },
    ChargeRemoved { key: String },
    ChargeKindChanged { key: String },
    UnitChanged { unit: String },
    MinimumChanged { minimum: u32 },
    MaximumLowered { maximum: Option<u32> },
    OptionValueRemoved { value: String },
    PricePeriodRemoved { kind: PriceKind, period: &'static str },
    UpgradesBeforeListing,
}

/// Every change from `submitted` to `draft` that is not allowed, in the order of the draft; pointers are into the draft, for
/// what is gone to the list that it was in.
pub fn locked(submitted: &Offer, draft: &Offer) -> Vec<Violation> {
    let mut changes = Changes(Vec::new());
    let root = At::ROOT;
    if submitted.subscription_rules().is_some() != draft.subscription_rules().is_some() {
        // Every price is of the other way of selling; to list them all would help nobody.
        changes.add(&root.key("sale_mode"), &Lock::SaleModeChanged);
        return changes.0;
    }
    let editions = root.key("editions");
    for (i, edition) in draft.editions.iter().enumerate() {
        // An edition with a new code is a new one, and free.
        if let Some(before) = submitted.editions.iter().find(|before| before.code == edition.code) {
            changes.edition(before, edition, &editions.index(i));
        }
    }
    for before in submitted.editions.iter().filter(|before| draft.edition_index(&before.code).is_none()) {
        changes.add(&editions, &Lock::EditionRemoved { code: before.code.clone() });
    }
    changes.0
}

/// What the configuration of a product that was never listed may not have yet: upgrade rules, which need a listed product
/// (rule S16).
pub fn before_listing(draft: &Offer) -> Vec<Violation> {
    let mut changes = Changes(Vec::new());
    if draft.subscription_rules().is_some_and(|rules| !rules.upgrades.is_empty()) {
        changes.add(&At::ROOT.key("upgrades"), &Lock::UpgradesBeforeListing);
    }
    changes.0
}

struct Changes(Vec<Violation>);

impl Changes {
    fn add(&mut self, at: &At<'_>, lock: &Lock) {
        let (zh, en) = lock.sentences();
        self.0.push(Violation { code: lock.code().to_owned(), at: at.to_string(), zh, en });
    }

    fn edition(&mut self, before: &Edition, after: &Edition, at: &At<'_>) {
        self.prices(&before.price, &after.price, &at.key("price"));
        let charges = at.key("charges");
        for (i, charge) in after.charges.iter().enumerate() {
            let here = charges.index(i);
            match before.charges.iter().find(|before| before.key == charge.key) {
                Some(before) => self.charge(before, charge, &here),
                None => self.add(&here, &Lock::ChargeAdded { key: charge.key.clone() }),
            }
        }
        for gone in before.charges.iter().filter(|before| after.charges.iter().all(|charge| charge.key != before.key)) {
            self.add(&charges, &Lock::ChargeRemoved { key: gone.key.clone() });
        }
    }

    fn charge(&mut self, before: &Charge, after: &Charge, at: &At<'_>) {
        match (&before.kind, &after.kind) {
            (ChargeKind::Quantity(before), ChargeKind::Quantity(after)) => self.quantity(before, after, at),
            (ChargeKind::Option(before), ChargeKind::Option(after)) => {
                let values = at.key("values");
                for (i, value) in after.iter().enumerate() {
                    if let Some(before) = before.iter().find(|before| before.value == value.value) {
                        self.prices(&before.price, &value.price, &values.index(i).key("price"));
                    }
                }
                for gone in before.iter().filter(|before| after.iter().all(|value| value.value != before.value)) {
                    self.add(&values, &Lock::OptionValueRemoved { value: gone.value.clone() });
                }
            }
            _ => self.add(&at.key("kind"), &Lock::ChargeKindChanged { key: after.key.clone() }),
        }
    }

    fn quantity(&mut self, before: &Quantity, after: &Quantity, at: &At<'_>) {
        if before.unit != after.unit {
            self.add(&at.key("unit"), &Lock::UnitChanged { unit: before.unit.clone() });
        }
        let tiers = at.key("tiers");
        if before.minimum() != after.minimum() {
            self.add(&tiers.index(0).key("from"), &Lock::MinimumChanged { minimum: before.minimum() });
        }
        if after.maximum() < before.maximum() {
            self.add(&at.key("max"), &Lock::MaximumLowered { maximum: before.max });
        }
        // Beyond the maximum before, nothing was sold.
        let sold_before = after.tiers.iter().enumerate().filter(|(_, tier)| tier.from <= before.maximum());
        for (i, tier) in sold_before {
            let last = after.tier_end(i).unwrap_or(after.maximum());
            // Tiers may move: what counts is which of the tiers before priced some of the same quantities.
            let first = before.tiers.partition_point(|known| known.from <= tier.from).saturating_sub(1);
            let overlapping = before.tiers[first..].iter().take_while(|known| known.from <= last);
            let given = overlapping.fold([false; 4], |given, known| {
                let of = periods(price_of(&known.price).1);
                [0, 1, 2, 3].map(|i| given[i] || of[i].is_some())
            });
            let here = tiers.index(i);
            let (name, price) = price_of(&tier.price);
            self.periods_kept(given, price, &here.key(name));
        }
    }

    fn prices(&mut self, before: &PriceSet, after: &PriceSet, at: &At<'_>) {
        self.periods_kept(periods(before).map(|price| price.is_some()), after, at);
    }

    /// Complains about each period that was `given` and is not any more.
    fn periods_kept(&mut self, given: [bool; 4], after: &PriceSet, at: &At<'_>) {
        let names = [
            (PriceKind::New, "new", "month"),
            (PriceKind::New, "new", "year"),
            (PriceKind::Renew, "renew", "month"),
            (PriceKind::Renew, "renew", "year"),
        ];
        for ((was_given, now), (kind, kind_name, period)) in given.into_iter().zip(periods(after)).zip(names) {
            if was_given && now.is_none() {
                self.add(&at.key(kind_name).key(period), &Lock::PricePeriodRemoved { kind, period });
            }
        }
    }
}

/// A tier's price, with its name in the file.
fn price_of(price: &TierPrice) -> (&'static str, &PriceSet) {
    match price {
        TierPrice::Unit(price) => ("unit", price),
        TierPrice::Flat(price) => ("flat", price),
    }
}

/// The prices of a month and a year at purchase, then at renewal.
fn periods(price: &PriceSet) -> [Option<crate::money::Fen>; 4] {
    match price {
        PriceSet::Once(_) => [None; 4],
        PriceSet::Recurring { new, renew } => {
            let of = |prices: &Prices| [prices.month, prices.year];
            let ([a, b], [c, d]) = (of(new), of(renew));
            [a, b, c, d]
        }
    }
}

impl Lock {
    fn code(&self) -> &'static str {
        match self {
            Self::SaleModeChanged => "sale_mode_changed",
            Self::EditionRemoved { .. } => "edition_removed",
            Self::ChargeAdded { .. } => "charge_added",
            Self::ChargeRemoved { .. } => "charge_removed",
            Self::ChargeKindChanged { .. } => "charge_kind_changed",
            Self::UnitChanged { .. } => "unit_changed",
            Self::MinimumChanged { .. } => "minimum_changed",
            Self::MaximumLowered { .. } => "maximum_lowered",
            Self::OptionValueRemoved { .. } => "option_value_removed",
            Self::PricePeriodRemoved { .. } => "price_period_removed",
            Self::UpgradesBeforeListing => "upgrades_before_listing",
        }
    }

    fn sentences(&self) -> (String, String) {
        const NEW_EDITION: (&str, &str) =
            ("如需更改，请隐藏该版本并新建一个版本。", "To change it, hide the edition and make another.");
        let (zh, en, (then_zh, then_en)) = match self {
            Self::SaleModeChanged => (
                "商品提交审核后，售卖方式不能更改。".to_owned(),
                "The way of selling cannot change once the product has been submitted.".to_owned(),
                ("请另建一个商品。", "Make another product."),
            ),
            Self::EditionRemoved { code } => (
                format!("版本“{code}”提交审核后不能删除，其 Code 也不能更改。"),
                format!("Edition “{code}” cannot be deleted, nor its code changed, once it has been submitted."),
                ("不再售卖时，请隐藏该版本。", "Hide it if it is not sold any more."),
            ),
            Self::ChargeAdded { key } => (
                format!("版本提交审核后不能增加计费项（“{key}”）。"),
                format!("No charge (“{key}”) can be added to an edition once it has been submitted."),
                NEW_EDITION,
            ),
            Self::ChargeRemoved { key } => (
                format!("版本提交审核后不能删除计费项（“{key}”），其参数值也不能更改。"),
                format!("Charge “{key}” cannot be removed, nor its key changed, once the edition has been submitted."),
                NEW_EDITION,
            ),
            Self::ChargeKindChanged { key } => (
                format!("版本提交审核后，计费项“{key}”的类型不能更改。"),
                format!("The kind of charge “{key}” cannot change once the edition has been submitted."),
                NEW_EDITION,
            ),
            Self::UnitChanged { unit } => (
                format!("版本提交审核后，计费单位不能更改，应为“{unit}”。"),
                format!("The unit cannot change once the edition has been submitted; it is “{unit}”."),
                NEW_EDITION,
            ),
            Self::MinimumChanged { minimum } => (
                format!("版本提交审核后，起量数不能更改，应为 {minimum}。"),
                format!("The minimum cannot change once the edition has been submitted; it is {minimum}."),
                NEW_EDITION,
            ),
            Self::MaximumLowered { maximum: Some(maximum) } => (
                format!("版本提交审核后，最大数量不能调低，至少为 {maximum}。"),
                format!("The maximum cannot fall once the edition has been submitted; it is {maximum} at least."),
                NEW_EDITION,
            ),
            Self::MaximumLowered { maximum: None } => (
                "版本提交审核时没有最大数量，之后不能再设置。".to_owned(),
                "The edition was submitted without a maximum, and cannot be given one.".to_owned(),
                NEW_EDITION,
            ),
            Self::OptionValueRemoved { value } => (
                format!("版本提交审核后，枚举值“{value}”不能删除或更改。"),
                format!("The value “{value}” cannot be removed or changed once the edition has been submitted."),
                NEW_EDITION,
            ),
            Self::UpgradesBeforeListing => (
                "升级规则在商品上架后才能设置。".to_owned(),
                "Upgrade rules can be set once the product is listed.".to_owned(),
                ("请先不设升级规则，上架后再添加。", "Publish without them first, then add them."),
            ),
            Self::PricePeriodRemoved { kind, period } => {
                let (kind_zh, kind_en) = match kind {
                    PriceKind::New => ("新购", "purchase"),
                    PriceKind::Renew => ("续费", "renewal"),
                };
                let period_zh = if *period == "month" { "月价" } else { "年价" };
                (
                    format!("版本提交审核后，已填写的{kind_zh}{period_zh}不能删除。"),
                    format!(
                        "The {kind_en} price of a {period} cannot be taken away once the edition has been submitted."
                    ),
                    ("价格可以修改，请填写新的价格。", "Prices can change: give a new one."),
                )
            }
        };
        (format!("{zh}{then_zh}"), format!("{en} {then_en}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBMITTED: &str = r#"{"sale_mode":"subscription","day_count":"fixed","change_modes":["co_term"],"editions":[
        {"code":"a","name":"甲","terms":["P1Y"],"price":{"new":{"month":"1","year":"10"},"renew":{"year":"10"}},"charges":[
            {"kind":"quantity","key":"users","name":"用户数","unit":"人","max":100,"tiers":[
                {"from":5,"unit":{"new":{"month":"1","year":"12"},"renew":{"year":"12"}}},
                {"from":10,"unit":{"new":{"year":"10"},"renew":{"year":"10"}}}]},
            {"kind":"option","key":"model","name":"型号","values":[
                {"value":"大","price":{"new":{"year":"1"},"renew":{"month":"1","year":"1"}}},
                {"value":"小","price":{"new":{"year":"1"},"renew":{"year":"1"}}}]}]},
        {"code":"b","name":"乙","terms":["P1Y"],"price":{"new":{"year":"1"},"renew":{"year":"1"}}}]}"#;

    /// What a draft that differs from [`SUBMITTED`] in one text breaks.
    fn broken(from: &str, to: &str) -> Vec<(String, String)> {
        assert_eq!(SUBMITTED.matches(from).count(), 1, "{from}");
        let parse = |text: &str| Offer::parse(text).unwrap_or_else(|violations| panic!("{violations:#?}"));
        let draft = parse(&SUBMITTED.replace(from, to));
        let found = locked(&parse(SUBMITTED), &draft);
        assert!(found.iter().all(|violation| violation.zh.ends_with('。') && violation.en.ends_with('.')));
        found.into_iter().map(|violation| (violation.code, violation.at)).collect()
    }

    #[test]
    fn s4_s13_what_running_services_need_stays() {
        let users = "/editions/0/charges/0";
        let model = "/editions/0/charges/1";
        for (from, to, expected) in [
            (r#""code":"b""#, r#""code":"c""#, vec![("edition_removed", "/editions".to_owned())]),
            (r#""unit":"人""#, r#""unit":"个""#, vec![("unit_changed", format!("{users}/unit"))]),
            (r#""from":5"#, r#""from":4"#, vec![("minimum_changed", format!("{users}/tiers/0/from"))]),
            (r#""max":100"#, r#""max":99"#, vec![("maximum_lowered", format!("{users}/max"))]),
            (r#""value":"小""#, r#""value":"中""#, vec![("option_value_removed", format!("{model}/values"))]),
            (
                r#""key":"model""#,
                r#""key":"form""#,
                vec![("charge_added", model.to_owned()), ("charge_removed", "/editions/0/charges".to_owned())],
            ),
            (
                r#""price":{"new":{"month":"1","year":"10"}"#,
                r#""price":{"new":{"month":"1"}"#,
                vec![("price_period_removed", "/editions/0/price/new/year".to_owned())],
            ),
            (
                r#""renew":{"month":"1","year":"1"}"#,
                r#""renew":{"year":"1"}"#,
                vec![("price_period_removed", format!("{model}/values/0/price/renew/month"))],
            ),
            (
                r#""unit":{"new":{"month":"1","year":"12"}"#,
                r#""flat":{"new":{"year":"12"}"#,
                vec![("price_period_removed", format!("{users}/tiers/0/flat/new/month"))],
            ),
            // The second tier now prices quantities that had a monthly price.
            (r#""from":10"#, r#""from":9"#, vec![("price_period_removed", format!("{users}/tiers/1/unit/new/month"))]),
            (
                r#"{"code":"b","name":"乙""#,
                r#"{"code":"b","name":"乙","charges":[{"kind":"option","key":"x","name":"x","values":[
                    {"value":"1","price":{"new":{"year":"1"},"renew":{"year":"1"}}}]}]"#,
                vec![("charge_added", "/editions/1/charges/0".to_owned())],
            ),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(code, at)| (code.to_owned(), at)).collect();
            assert_eq!(broken(from, to), expected, "{from} → {to}");
        }
    }

    #[test]
    fn s16_upgrades_come_after_listing() {
        let parse = |text: &str| Offer::parse(text).expect("valid");
        assert_eq!(before_listing(&parse(SUBMITTED)), []);
        let rules = SUBMITTED.replacen('{', r#"{"upgrades":[{"from":"a","to":"b"}],"#, 1);
        let found = before_listing(&parse(&rules));
        let found: Vec<_> = found.iter().map(|found| (found.code.as_str(), found.at.as_str())).collect();
        assert_eq!(found, [("upgrades_before_listing", "/upgrades")]);
    }

    #[test]
    fn s13_prices_names_and_what_is_added_are_free() {
        for (from, to) in [
            (r#""from":10"#, r#""from":20"#),
            (r#""max":100"#, r#""max":101"#),
            (
                r#"{"new":{"year":"10"},"renew":{"year":"10"}}}]}"#,
                r#"{"new":{"month":"1","year":"10"},"renew":{"year":"10"}}}]}"#,
            ),
            (r#""max":100"#, r#""max":null"#),
            (r#""name":"用户数""#, r#""name":"人数""#),
            (r#""name":"乙""#, r#""name":"丙","hidden":true"#),
            (r#""max":100"#, r#""max":100,"tier_mode":"graduated""#),
            (
                r#"{"new":{"year":"10"},"renew":{"year":"10"}}"#,
                r#"{"new":{"month":"0","year":"99"},"renew":{"year":"0"}}"#,
            ),
            (r#"{"value":"小""#, r#"{"value":"中","price":{"new":{"year":"1"},"renew":{"year":"1"}}},{"value":"小""#),
            (
                r#"{"code":"b""#,
                r#"{"code":"c","name":"丁","terms":["P1Y"],"price":{"new":{"year":"1"},"renew":{"year":"1"}}},{"code":"b""#,
            ),
        ] {
            // Moving the second tier up leaves the tier before it with quantities that had no monthly price: more, not less.
            assert_eq!(broken(from, to), [], "{from} → {to}");
        }
    }

    #[test]
    fn s13_kind_and_way_of_selling_stay() {
        let submitted = Offer::parse(SUBMITTED).expect("valid");
        let once = r#"{"sale_mode":"one_time","editions":[{"code":"a","name":"甲","price":{"new":{"once":"1"}}}]}"#;
        let once = Offer::parse(once).expect("valid");
        let codes = |found: Vec<Violation>| found.into_iter().map(|v| (v.code, v.at)).collect::<Vec<_>>();
        assert_eq!(codes(locked(&submitted, &once)), [("sale_mode_changed".to_owned(), "/sale_mode".to_owned())]);
        assert_eq!(codes(locked(&once, &once)), []);
        let beyond = SUBMITTED.replace("\"max\":100", "\"max\":null").replace(
            r#"{"new":{"year":"10"},"renew":{"year":"10"}}}]}"#,
            r#"{"new":{"month":"1","year":"10"},"renew":{"year":"10"}}},
                {"from":101,"unit":{"new":{"year":"1"},"renew":{"year":"1"}}}]}"#,
        );
        assert_eq!(codes(locked(&submitted, &Offer::parse(&beyond).expect("valid"))), []);
        let mut draft = submitted.clone();
        draft.editions[0].charges[0].kind = draft.editions[0].charges[1].kind.clone();
        assert_eq!(
            codes(locked(&submitted, &draft)),
            [("charge_kind_changed".to_owned(), "/editions/0/charges/0/kind".to_owned())]
        );
    }
}

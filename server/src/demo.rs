//! The demo market: the seeds' two examples, and a product for each other way of selling.

use serde::Deserialize;
use serde_json::value::RawValue;
use shared::api::{OrganisationKind, Role};
use shared::calendar::Timestamp;

use crate::store::people::demo::{DemoMember, DemoOrganisation, Seed};
use crate::store::products::NewProduct;

/// In the order of the store.
const FILES: [&str; 6] = [
    include_str!("../demo/data-analytics-2.json"),
    include_str!("../demo/data-analytics-1.json"),
    include_str!("../demo/team-approval.json"),
    include_str!("../demo/customer-care.json"),
    include_str!("../demo/document-migration.json"),
    include_str!("../demo/meeting-notes.json"),
];

/// One of each kind. All demo products are the one ISV's, whatever vendor they name.
pub const ORGANISATIONS: [DemoOrganisation; 3] = [
    DemoOrganisation {
        id: "demo-enterprise",
        kind: OrganisationKind::Enterprise,
        name: "上海晨光贸易有限公司（演示企业）",
    },
    DemoOrganisation {
        id: "demo-isv", kind: OrganisationKind::Isv, name: "杭州云图数据技术有限公司（演示服务商）"
    },
    DemoOrganisation { id: "demo-operator", kind: OrganisationKind::Operator, name: "演示市场（运营方）" },
];

/// One of each role, in the order of the page.
pub const MEMBERS: [DemoMember; 6] = [
    member("demo-buyer-admin", "demo-enterprise", "wang.xiaoming@enterprise.example", "王晓明", Role::BuyerAdmin),
    member("demo-buyer-finance", "demo-enterprise", "li.jing@enterprise.example", "李静", Role::BuyerFinance),
    member("demo-isv-owner", "demo-isv", "chen.jianguo@isv.example", "陈建国", Role::IsvOwner),
    member("demo-isv-support", "demo-isv", "zhao.min@isv.example", "赵敏", Role::IsvSupport),
    member("demo-operator-1", "demo-operator", "zhou.lei@operator.example", "周磊", Role::Operator),
    member("demo-auditor", "demo-operator", "sun.yue@operator.example", "孙悦", Role::Auditor),
];

const fn member(
    id: &'static str,
    organisation: &'static str,
    email: &'static str,
    name: &'static str,
    role: Role,
) -> DemoMember {
    DemoMember { id, organisation, email, name, role }
}

/// The accounts to be made.
pub fn people(at: Timestamp) -> Seed {
    let slugs = products().into_iter().map(|product| product.slug).collect();
    Seed { organisations: &ORGANISATIONS, members: &MEMBERS, slugs, at }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slug: String,
    text: Box<RawValue>,
    config: Box<RawValue>,
}

/// The demo products, ready to be published.
///
/// # Panics
/// Never with the files that are compiled in, which a test reads.
pub fn products() -> Vec<NewProduct> {
    let read = |text: &&str| {
        let File { slug, text, config } = serde_json::from_str(text).expect("a demo product's file");
        NewProduct { slug, visible: true, text: text.get().to_owned(), config: config.get().to_owned() }
    };
    FILES.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use shared::calendar::Term;
    use shared::catalog::{Offer, PriceKind};
    use shared::json::At;
    use shared::pricing::{RawSelection, Selection, SelectionRules, total};
    use shared::violation::Report;

    use super::*;
    use crate::catalogue::Published;
    use crate::store::products::StoredProduct;

    fn offer(slug: &str) -> Offer {
        let product = products().into_iter().find(|product| product.slug == slug).expect(slug);
        Offer::parse(&product.config).expect(slug)
    }

    /// What the selection costs new and at renewal.
    fn costs(
        offer: &Offer,
        edition: &str,
        term: &str,
        quantities: &[(&str, i64)],
        options: &[(&str, &str)],
    ) -> [String; 2] {
        let raw = RawSelection {
            edition: Some(edition),
            term: Some(Some(term)),
            quantities: quantities.iter().map(|&(key, n)| (key, Some(n))).collect(),
            options: options.iter().map(|&(key, value)| (key, Some(value))).collect(),
            count: None,
        };
        let mut report = Report::default();
        let rules = SelectionRules { at: &At::ROOT, term_at: Some(&At::ROOT), hidden_allowed: false, limits: true };
        let selection = Selection::check(offer, &raw, rules, &mut report);
        let selection = selection.unwrap_or_else(|| panic!("{:?}", report.into_violations()));
        [PriceKind::New, PriceKind::Renew].map(|kind| total(offer, &selection, kind).expect("in range").to_string())
    }

    #[test]
    fn every_product_can_be_published() {
        for product in products() {
            let slug = product.slug.clone();
            let stored = StoredProduct { slug: product.slug, text: product.text, revision: 1, config: product.config };
            let published = Published::read(stored).unwrap_or_else(|error| panic!("{slug}: {error}"));
            let text = &published.text;
            assert!((1..=100).contains(&text.intro.chars().count()), "{slug}: the intro has 1 to 100 characters");
            assert!(!text.name.is_empty() && !text.vendor.is_empty() && !text.category.is_empty(), "{slug}");
            assert!(!text.details.is_empty() && !text.tutorial.is_empty() && !text.support.is_empty(), "{slug}");
            assert_eq!((text.users, text.rating.as_deref()), (0, None), "{slug}: nobody has bought or rated it yet");
        }
    }

    #[test]
    fn the_first_example_has_the_seeds_numbers() {
        let offer = offer("data-analytics-1");
        assert_eq!(costs(&offer, "standard", "P1M", &[], &[]), ["1.00", "10.00"]);
        assert_eq!(costs(&offer, "standard", "P1Y", &[], &[]), ["10.00", "100.00"]);
        let terms = |code: &str| {
            let edition = &offer.editions[offer.edition_index(code).expect(code)];
            edition.terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!([terms("standard"), terms("advanced"), terms("premium")], ["P1M P3M P6M P1Y", "P6M P1Y", "P1Y P2Y"]);
        let trials: Vec<_> = offer.editions.iter().map(|edition| edition.trial.map(|trial| trial.days)).collect();
        assert_eq!(trials, [Some(7), None, None]);
        let upgrades = &offer.subscription_rules().expect("a subscription").upgrades;
        let upgrades: Vec<_> = upgrades.iter().map(|upgrade| (upgrade.from, upgrade.to)).collect();
        assert_eq!(upgrades, [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn the_second_example_comes_to_208() {
        let offer = offer("data-analytics-2");
        let options = [("xinghao", "APP+WAP+微信"), ("quyu", "上海")];
        assert_eq!(costs(&offer, "standard", "P1Y", &[("yonghushu", 10)], &options), ["208.00", "208.00"]);
        assert_eq!(costs(&offer, "standard", "P1Y", &[("yonghushu", 9)], &options), ["216.00", "216.00"]);
        let options = [("xinghao", "APP+WAP"), ("quyu", "北京")];
        assert_eq!(costs(&offer, "standard", "P2M", &[("yonghushu", 5)], &options), ["22.00", "22.00"]);
        let standard = &offer.editions[0];
        assert_eq!(standard.terms, ["P1M", "P2M", "P1Y"].map(|term| term.parse::<Term>().expect(term)));
    }

    #[test]
    fn the_other_products_show_flat_tiers_discount_gift_cap_and_once() {
        let approval = offer("team-approval");
        // A flat tier of 50 people: 199 × 12 × 0.90.
        assert_eq!(costs(&approval, "team", "P1Y", &[("people", 30)], &[])[0], "2149.20");
        // 2000 × 6 × 24 × 0.85 would be 244,800: the cap.
        assert_eq!(costs(&approval, "team", "P2Y", &[("people", 2000)], &[])[0], "99999.00");
        let care = offer("customer-care");
        assert_eq!(care.gift_days("P1Y".parse().expect("a term")), 60);
        assert_eq!(care.gift_days("P3M".parse().expect("a term")), 0);
        assert!(offer("document-migration").subscription_rules().is_none());
        assert_eq!(costs(&offer("meeting-notes"), "free", "P1Y", &[("people", 10)], &[]), ["0.00", "0.00"]);
    }
}

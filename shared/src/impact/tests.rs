use super::*;

const PUBLISHED: &str = r#"{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"editions":[
    {"code":"a","name":"甲","terms":["P1M","P1Y"],"price":{"new":{"month":"1","year":"10"},"renew":{"month":"2","year":"20"}},
     "charges":[{"kind":"quantity","key":"n","name":"用户数","unit":"人","tiers":[
        {"from":1,"unit":{"new":{"month":"1","year":"1"},"renew":{"month":"1","year":"1"}}}]}]},
    {"code":"b","name":"乙","terms":["P1Y"],"price":{"new":{"year":"5"},"renew":{"year":"5"}}}]}"#;

fn offer(text: &str) -> Offer {
    Offer::parse(text).unwrap_or_else(|violations| panic!("{violations:#?}"))
}

fn subscription(edition: &str, users: &str, term: &str) -> Subscription {
    let text = format!(
        r#"{{"edition":"{edition}","quantities":{users},"options":{{}},"trial":false,"anchor_day":31,"segments":[
        {{"start":"2026-01-31T10:00:00+08:00","end":"2026-02-28T10:00:00+08:00","paid":"1.00","kind":"new","term":"{term}",
          "gift_days":0,"term_seconds":2419200}}]}}"#
    );
    serde_json::from_str(&text).expect("a subscription")
}

fn weighed(other: &str, services: &[Subscription]) -> Impact {
    let (published, other) = (offer(PUBLISHED), offer(other));
    let mut weighing = Weighing::new(&published, &other);
    for service in services {
        weighing.add(service);
    }
    weighing.done()
}

#[test]
fn each_service_is_renewed_for_the_term_that_it_has() {
    let services = [
        subscription("a", r#"{"n":3}"#, "P1M"),
        subscription("a", r#"{"n":3}"#, "P1M"),
        subscription("a", r#"{"n":4}"#, "P1Y"),
        subscription("b", "{}", "P1Y"),
        // Not sold for this term any more, in either.
        subscription("b", "{}", "P1M"),
    ];
    // A month's renewal dearer by 0.50, a year's cheaper by 8 + 0; edition b as it was.
    let other = PUBLISHED.replace(r#""renew":{"month":"2","year":"20"}"#, r#""renew":{"month":"2.50","year":"12"}"#);
    let impact = weighed(&other, &services);
    let fen = Fen::new;
    let expected =
        ImpactSum { services: 5, same: 1, more: 2, more_by: fen(100), less: 1, less_by: fen(800), lost: 0, none: 1 };
    assert_eq!(impact.all, expected);
    let codes: Vec<_> =
        impact.editions.iter().map(|it| (it.code.as_str(), it.name.as_str(), it.sum.services)).collect();
    assert_eq!(codes, [("a", "甲", 3), ("b", "乙", 2)]);
    let parts = impact.editions.iter().fold([0; 5], |[a, b, c, d, e], EditionImpact { sum, .. }| {
        [a + sum.same, b + sum.more, c + sum.less, d + sum.lost, e + sum.none]
    });
    assert_eq!(parts.iter().sum::<u32>(), impact.all.services);
}

#[test]
fn a_term_that_is_sold_no_more_is_lost_and_purchase_prices_change_nothing() {
    let service = [subscription("a", r#"{"n":3}"#, "P1M")];
    let without = PUBLISHED.replace(r#"["P1M","P1Y"]"#, r#"["P1Y"]"#);
    assert_eq!(weighed(&without, &service).all.lost, 1);
    let dearer = PUBLISHED.replace(r#""new":{"month":"1","year":"10"}"#, r#""new":{"month":"9","year":"90"}"#);
    assert_eq!(weighed(&dearer, &service).all.same, 1);
    assert_eq!(weighed(PUBLISHED, &[]), Impact::default());
}

#[test]
fn trials_and_what_was_bought_for_good_count_for_nothing() {
    let mut trial = subscription("a", r#"{"n":3}"#, "P1M");
    trial.trial = true;
    trial.segments[0].kind = SegmentKind::Trial;
    let mut good = subscription("a", r#"{"n":3}"#, "P1M");
    good.segments.clear();
    assert_eq!(weighed(PUBLISHED, &[trial, good]), Impact::default());
}

//! What a service costs over the years, against the evaluator asked step by step.

use serde_json::{Value, json};
use shared::calendar::Term;
use shared::catalog::Offer;
use shared::lifetime::{Event, Expansion, Plan, Row, lifetime};
use shared::pricing::{Selection, smallest};
use tests::dice::Dice;
use tests::evaluate::evaluate;
use tests::generate::{Configuration, Size, instant, offset, selection};
use tests::oracle::calendar::DAY;
use tests::oracle::money::exact_fen;
use tests::oracle::quote::check;
use tests::oracle::text;

/// Every row is the quote of that day: the purchase, the expansion and each renewal, asked for as an outsider would.
#[test]
fn every_row_is_the_quote_of_its_day() {
    let (mut rows_seen, mut expansions, mut trials) = (0, 0, 0);
    for seed in 0..600 {
        let dice = &mut Dice::seeded(seed);
        let rolled = Configuration::roll_subscription(dice, Size::Normal);
        let chosen = selection(dice, &rolled.offer);
        let offset = offset(dice);
        let now = instant(dice, offset);
        let more = Selection { term: None, ..selection(dice, &rolled.offer) }.to_file(&rolled.offer);
        let after_seconds = i64::from(dice.below(700)) * DAY / 2;
        let expansion = dice.chance(60).then(|| Expansion { after_seconds, to: more.as_raw() });
        let term = *dice.pick(&rolled.offer.editions[chosen.edition].terms);
        let plan = Plan { selection: &chosen, trial: dice.chance(50), expansion, renewals: (term, 3) };
        let Ok(rows) = lifetime(&rolled.offer, &plan, now) else { continue };
        rows_seen += rows.len();
        expansions += rows.iter().filter(|row| row.event == Event::Expansion).count();
        trials += rows.iter().filter(|row| row.event == Event::Trial).count();
        let mut service = Value::Null;
        for (i, row) in rows.iter().enumerate() {
            assert!(i == 0 || rows[i - 1].at <= row.at, "in order of time");
            let mut request = json!({"config": rolled.json, "at": row.at, "offset": offset.to_string()});
            match row.event {
                Event::Trial => {
                    assert_eq!((row.at, row.due.fen(), &row.quote), (now, 0, &None));
                    assert_eq!(row.end.map(|end| end.since(now) % DAY), Some(0), "whole days");
                    continue;
                }
                Event::Purchase => {
                    request["op"] = json!("purchase");
                    request["selection"] = serde_json::to_value(chosen.to_file(&rolled.offer)).expect("prints");
                }
                Event::Expansion => {
                    request["op"] = json!("change");
                    request["mode"] = json!("co_term");
                    request["subscription"] = service.clone();
                    request["selection"] = json!({
                        "edition": more.edition, "quantities": more.quantities, "options": more.options,
                    });
                }
                Event::Renewal => {
                    assert_eq!(row.at.to_string(), text(&rows_end(&service), "end"), "at the end of the service");
                    request["op"] = json!("renew");
                    request["term"] = json!(term);
                    request["subscription"] = service.clone();
                }
            }
            let quote = evaluate(&request).unwrap_or_else(|refused| panic!("{refused:?}: {rows:#?}"));
            check(&request, &quote);
            assert_eq!(serde_json::to_value(&row.quote).expect("prints"), quote);
            let instances = if row.event == Event::Purchase { 1 } else { i128::from(chosen.count) };
            assert_eq!(i128::from(row.due.fen()), exact_fen(&quote["due"]) * instances, "for all instances");
            service = quote["after"][0].clone();
        }
        let renewals = rows.iter().filter(|row| row.event == Event::Renewal).count();
        assert_eq!(renewals, 3, "as planned");
    }
    assert!(rows_seen > 500 && expansions > 20 && trials > 20, "{rows_seen} rows, {expansions}, {trials}");
}

fn rows_end(service: &Value) -> Value {
    service["segments"].as_array().and_then(|segments| segments.last()).expect("a segment").clone()
}

/// The seed's first demo: ten yuan for the first year, a hundred for every other.
#[test]
fn a_renewal_ten_times_the_first_price_is_seen_before_buying() {
    let demo: Value = serde_json::from_str(include_str!("../../server/demo/data-analytics-1.json")).expect("JSON");
    let offer = Offer::parse(&demo["config"].to_string()).expect("valid");
    let standard = offer.edition_index("standard").expect("an edition");
    let selection = smallest(&offer, standard, Some(Term::YEAR));
    let now = "2026-01-31T10:00:00+08:00".parse().expect("an instant");
    let plan = Plan { selection: &selection, trial: false, expansion: None, renewals: (Term::YEAR, 2) };
    let rows = lifetime(&offer, &plan, now).expect("can be bought");
    let row = |row: &Row| (row.event, row.at.to_string(), row.due.to_string());
    let expected = [
        (Event::Purchase, "2026-01-31T10:00:00+08:00", "10.00"),
        (Event::Renewal, "2027-01-31T10:00:00+08:00", "100.00"),
        (Event::Renewal, "2028-01-31T10:00:00+08:00", "100.00"),
    ];
    let expected = expected.map(|(event, at, due)| (event, at.to_owned(), due.to_owned()));
    assert_eq!(rows.iter().map(row).collect::<Vec<_>>(), expected);
}

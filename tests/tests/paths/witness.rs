//! A path, asked of the evaluator step by step.

use serde_json::{Value, json};
use shared::paths::{Action, Path};
use tests::evaluate::evaluate;
use tests::oracle::calendar::Moment;
use tests::oracle::money::exact_fen;
use tests::oracle::quote::check as check_quote;
use tests::oracle::{list, text};

use crate::Case;
use crate::market::chosen;

/// Each step is allowed, costs what is claimed, and all of them give what is wanted from now until the date.
pub(crate) fn check(case: &Case, path: &Path) {
    let market = case.market();
    let has_wanted = |service: &Value| {
        let has = chosen(service);
        let wanted = &market.wanted["quantities"];
        has["edition"] == market.wanted["edition"]
            && has["options"] == market.wanted["options"]
            && wanted
                .as_object()
                .expect("quantities")
                .iter()
                .all(|(key, n)| has["quantities"][key].as_i64() >= n.as_i64())
    };
    let mut service = case.service.clone();
    let (mut cost, mut now) = (0, case.now);
    for step in &path.steps {
        assert!(step.at >= now, "steps follow one another");
        if step.at > now {
            let service = service.as_ref().expect("only a service waits");
            assert!(has_wanted(service) && reaches(service, now.unix()) == step.at.unix() + 1, "waiting: {path:#?}");
            now = step.at;
        }
        let selection = serde_json::to_value(&step.selection).expect("prints");
        let op = match step.action {
            Action::Purchase => "purchase",
            Action::Renew => "renew",
            Action::CoTerm | Action::ReTerm => "change",
        };
        let mut request = json!({
            "op": op, "config": case.configuration.json, "at": step.at, "offset": case.offset,
        });
        if let Some(service) = &service {
            request["subscription"] = service.clone();
        }
        let mut asked = chosen(&selection);
        if step.action != Action::CoTerm {
            asked["term"] = selection["term"].clone();
        }
        match step.action {
            Action::Renew => request["term"] = selection["term"].clone(),
            _ => request["selection"] = asked,
        }
        match step.action {
            Action::CoTerm => request["mode"] = json!("co_term"),
            Action::ReTerm => request["mode"] = json!("re_term"),
            _ => {}
        }
        let quote = evaluate(&request).unwrap_or_else(|refused| panic!("{refused:?}: {path:#?}"));
        check_quote(&request, &quote);
        assert_eq!(serde_json::to_value(&step.quote).expect("prints"), quote, "the same quote");
        cost += exact_fen(&quote["due"]);
        service = Some(quote["after"][0].clone());
    }
    let service = service.expect("a service");
    assert_eq!(i128::from(path.cost.fen()), cost, "{path:#?}");
    assert!(has_wanted(&service) && reaches(&service, now.unix()) >= case.until.unix(), "{path:#?}");
}

/// Until when it runs from `at` on without a break.
fn reaches(service: &Value, at: i64) -> i64 {
    list(service, "segments").iter().fold(at, |reached, segment| {
        let (start, end) = (Moment::read(text(segment, "start")).unix, Moment::read(text(segment, "end")).unix);
        if start <= reached && reached < end { end } else { reached }
    })
}

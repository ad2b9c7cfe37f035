//! Advice against brute force: every quantity and every sequence of terms is tried.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::calendar::Timestamp;
use shared::pricing::{Advice, advice};
use tests::dice::{Dice, runs};
use tests::generate::{Configuration, Size, instant, offset, selection};
use tests::oracle::calendar::{Moment, end, months};
use tests::oracle::money::fen;
use tests::oracle::price::{edition, gift_days, instance_price};
use tests::oracle::{int, list, text};

/// A product, what a buyer asks for, and what is advised.
struct Asked {
    config: Value,
    selection: Value,
    at: Timestamp,
    advice: Vec<Advice>,
}

impl Asked {
    fn roll(dice: &mut Dice) -> Self {
        let rolled = Configuration::roll_subscription(dice, Size::Tiny);
        let chosen = selection(dice, &rolled.offer);
        let offset = offset(dice);
        let at = instant(dice, offset);
        let advice = advice(&rolled.offer, &chosen, at);
        let selection = serde_json::to_value(chosen.to_file(&rolled.offer)).expect("prints");
        Self { config: rolled.json, selection, at, advice }
    }

    fn term(&self) -> &str {
        text(&self.selection, "term")
    }

    fn edition(&self) -> &Value {
        edition(&self.config, text(&self.selection, "edition"))
    }

    /// The total of a selection for a term at the prices of a kind.
    fn total(&self, selection: &Value, kind: &str, term: &str) -> i128 {
        let price = instance_price(&self.config, selection, kind, Some(term)).expect("within the limits");
        price * int(selection, "count")
    }

    fn asked_total(&self) -> i128 {
        self.total(&self.selection, "new", self.term())
    }

    /// Where a term from a state of the chain on leads to: its end and anchor.
    fn after(&self, (unix, anchor): (i64, Option<i64>), term: &str) -> (i64, Option<i64>) {
        let start = Moment { unix, ..Moment::read(&self.at.to_string()) };
        let (end, anchor) =
            end(start, anchor, term, gift_days(&self.config, term), self.config["day_count"] == "fixed");
        (end, Some(anchor))
    }

    fn begin(&self) -> (i64, Option<i64>) {
        (self.at.unix(), None)
    }

    /// What is least paid for any sequence of two or more terms with the asked months whose service is not shorter.
    fn cheapest_sequence(&self) -> Option<i128> {
        let sold: Vec<&str> = list(self.edition(), "terms").iter().map(|term| term.as_str().expect("a term")).collect();
        let price = |kind| -> Vec<i128> { sold.iter().map(|term| self.total(&self.selection, kind, term)).collect() };
        let (new, renew) = (price("new"), price("renew"));
        let wanted = months(self.term());
        // Sequences that have come to the same months, end and anchor go on alike: only the cheapest is followed.
        let mut reached: BTreeMap<i64, BTreeMap<(i64, Option<i64>), i128>> = BTreeMap::new();
        reached.entry(0).or_default().insert(self.begin(), 0);
        for so_far in 0..wanted {
            for (state, cost) in reached.remove(&so_far).unwrap_or_default() {
                let prices = if so_far == 0 { &new } else { &renew };
                for (term, price) in sold.iter().zip(prices) {
                    let months = so_far + months(term);
                    if months > wanted || (so_far == 0 && months == wanted) {
                        continue;
                    }
                    let best = reached.entry(months).or_default().entry(self.after(state, term)).or_insert(i128::MAX);
                    *best = (*best).min(cost + price);
                }
            }
        }
        let (asked_end, _) = self.after(self.begin(), self.term());
        let long_enough = reached.remove(&wanted)?.into_iter().filter(|((end, _), _)| *end >= asked_end);
        long_enough.map(|(_, cost)| cost).min()
    }
}

/// How many products are tried.
fn cases() -> u64 {
    u64::from(runs().cases) * 12
}

fn yuan(amount: impl serde::Serialize) -> i128 {
    fen(&serde_json::to_value(amount).expect("prints"))
}

#[test]
fn more_for_less_is_the_cheapest_of_all_larger_quantities() {
    let mut advised = 0;
    for seed in 0..cases() {
        let asked = Asked::roll(&mut Dice::seeded(seed));
        for charge in list(asked.edition(), "charges").iter().filter(|charge| charge["kind"] == "quantity") {
            let key = text(charge, "key");
            let wanted = int(&asked.selection["quantities"], key);
            let total_of = |n: i128| {
                let mut selection = asked.selection.clone();
                selection["quantities"][key] = json!(i64::try_from(n).expect("small"));
                asked.total(&selection, "new", asked.term())
            };
            let cheapest = (wanted..=int(charge, "max")).map(total_of).min().expect("the asked one");
            let given = asked.advice.iter().find_map(|advice| match advice {
                Advice::BuyMore { charge, asked, buy, total, saves } if charge == key => {
                    assert_eq!(i128::from(*asked), wanted);
                    Some((i128::from(*buy), yuan(total), yuan(saves)))
                }
                _ => None,
            });
            if cheapest < asked.asked_total() {
                let (buy, total, saves) =
                    given.unwrap_or_else(|| panic!("{key} of {} {}", asked.selection, asked.config));
                assert_eq!(
                    (total, total_of(buy)),
                    (cheapest, cheapest),
                    "{key} of {} {}",
                    asked.selection,
                    asked.config
                );
                assert_eq!(saves, asked.asked_total() - cheapest);
                assert!(wanted < buy && buy <= int(charge, "max"), "never less than was asked for");
                advised += 1;
            } else {
                assert_eq!(given, None, "{} {}", asked.selection, asked.config);
            }
        }
    }
    assert!(advised > cases() / 50, "{advised}");
}

#[test]
fn split_terms_are_the_cheapest_of_all_sequences_of_the_same_length() {
    let (mut split, mut longer) = (0, 0);
    for seed in 0..cases() {
        let asked = Asked::roll(&mut Dice::seeded(seed));
        let context = || format!("seed {seed}: {} at {} of {}", asked.selection, asked.at, asked.config);
        let cheapest = asked.cheapest_sequence().filter(|cost| *cost < asked.asked_total());
        let given = asked.advice.iter().find_map(|advice| match advice {
            Advice::SplitTerm { terms, total, saves } => Some((terms, yuan(total), yuan(saves))),
            _ => None,
        });
        assert_eq!(given.map(|(_, total, _)| total), cheapest, "{given:?} {}", context());
        if let Some((terms, total, saves)) = given {
            split += 1;
            assert_eq!(saves, asked.asked_total() - total);
            let sum: i64 = terms.iter().map(|term| months(term.as_str())).sum();
            assert_eq!(sum, months(asked.term()), "{}", context());
            let cost = |(i, term): (usize, &shared::calendar::Term)| {
                asked.total(&asked.selection, if i == 0 { "new" } else { "renew" }, term.as_str())
            };
            assert_eq!(terms.iter().enumerate().map(cost).sum::<i128>(), total, "{}", context());
            let end = terms.iter().fold(asked.begin(), |state, term| asked.after(state, term.as_str())).0;
            assert!(end >= asked.after(asked.begin(), asked.term()).0, "never less than was asked for: {}", context());
        }
        longer += u64::from(asked.advice.iter().any(|advice| longer_pays(&asked, advice)));
    }
    assert!(split > cases() / 50 && longer > cases() / 50, "{split} {longer}");
}

/// Whether the advice is that the asked term pays; then its figures are held against the rulebook.
fn longer_pays(asked: &Asked, advice: &Advice) -> bool {
    let Advice::LongerPays { than, times, total, saves } = advice else { return false };
    let times = i128::from(*times);
    assert_eq!(i128::from(months(than.as_str())) * times, i128::from(months(asked.term())));
    let price = |kind| asked.total(&asked.selection, kind, than.as_str());
    assert_eq!(yuan(total), price("new") + price("renew") * (times - 1));
    assert!(yuan(saves) > 0);
    assert_eq!(yuan(saves), yuan(total) - asked.asked_total());
    true
}

//! Everything that holds for a quote, whatever was asked: its sums, its explanation, its amounts and its end.

use serde_json::{Value, json};

use super::calendar::{Moment, end, read_offset};
use super::money::{LIMIT, ceil, exact_fen, fen, floor};
use super::price::{gift_days, instance_price, list_amounts};
use super::{int, list, text, why};

/// Holds a quote against the request that it answers.
///
/// # Panics
/// Where something does not add up.
pub fn check(request: &Value, quote: &Value) {
    let quote = Checked { request, quote };
    quote.sums();
    quote.explanation();
    match text(request, "op") {
        "purchase" => quote.purchase(),
        "renew" => quote.renew(),
        _ if request["mode"] == "co_term" => quote.co_term(),
        _ => quote.re_term(),
    }
}

/// What is left of a subscription at `at`, in fen (rule L6).
pub fn remaining(subscription: &Value, at: i64) -> i128 {
    list(subscription, "segments").iter().map(|segment| credit(segment, at)).sum()
}

fn credit(segment: &Value, at: i64) -> i128 {
    let (start, end) = ends(segment);
    floor(fen(&segment["paid"]) * i128::from(left(segment, at)), i128::from(end - start))
}

fn left(segment: &Value, at: i64) -> i64 {
    let (start, end) = ends(segment);
    (end - start.max(at)).max(0)
}

fn ends(segment: &Value) -> (i64, i64) {
    (Moment::read(text(segment, "start")).unix, Moment::read(text(segment, "end")).unix)
}

struct Checked<'v> {
    request: &'v Value,
    quote: &'v Value,
}

impl Checked<'_> {
    fn amount(&self, name: &str) -> i128 {
        exact_fen(&self.quote[name])
    }

    /// The instant of the request, in the marketplace's offset.
    fn at(&self) -> Moment {
        let offset = self.request["offset"].as_str().unwrap_or("+08:00");
        Moment { offset: read_offset(offset), ..Moment::read(text(self.request, "at")) }
    }

    fn config(&self) -> &Value {
        &self.request["config"]
    }

    fn paid(&self) -> i128 {
        if self.request["paid"].is_null() { self.amount("due") } else { fen(&self.request["paid"]) }
    }

    fn lines(&self, kinds: &[&str]) -> Vec<i128> {
        let lines = list(self.quote, "lines").iter().filter(|line| kinds.contains(&text(line, "kind")));
        lines.map(|line| exact_fen(&line["amount"])).collect()
    }

    fn sums(&self) {
        let lines: i128 = list(self.quote, "lines").iter().map(|line| exact_fen(&line["amount"])).sum();
        let (instance, total, credit) = (self.amount("instance_price"), self.amount("total"), self.amount("credit"));
        assert_eq!(lines, instance - credit, "lines add up to the instance price less the credit");
        assert_eq!(total, instance * int(self.quote, "count"), "total");
        assert_eq!(self.amount("due"), (total - credit).max(0), "due");
        assert_eq!(self.amount("forfeited"), (credit - total).max(0), "forfeited");
        assert!((0..=LIMIT).contains(&total), "within the limits");
        for (kind, sign) in [("discount", -1), ("cap", -1), ("edition", 1), ("quantity", 1), ("option", 1)] {
            for amount in self.lines(&[kind]) {
                assert!(amount * sign >= 0 && (sign > 0 || amount != 0), "{kind} {amount}");
            }
        }
    }

    fn explanation(&self) {
        let mut before = 0;
        for line in list(self.quote, "lines") {
            let amount = exact_fen(&line["amount"]);
            assert_eq!(why::amount(line, before), amount, "{line}");
            before += amount;
        }
    }

    /// The lines of a term (or a one-time purchase) at the prices of one kind.
    fn priced(&self, chosen: &Value, kind: &str, term: Option<&str>) {
        let listed = list_amounts(self.config(), chosen, kind, term).expect("within the limits");
        assert_eq!(self.lines(&["edition", "quantity", "option"]), listed, "list amounts");
        let price = instance_price(self.config(), chosen, kind, term).expect("within the limits");
        assert_eq!(self.amount("instance_price"), price, "instance price");
    }

    fn after(&self) -> &[Value] {
        let (after, at) = (list(self.quote, "after"), self.at().unix);
        for subscription in after {
            let mut reached = i64::MIN;
            for segment in list(subscription, "segments") {
                let (start, end) = ends(segment);
                assert!(start >= reached && end > start && end > at, "in order and not ended: {subscription}");
                assert!(end - start <= int(segment, "term_seconds").try_into().expect("seconds"), "{segment}");
                reached = end;
            }
            let last = list(subscription, "segments").last().expect("a segment");
            assert_eq!(last["end"], self.quote["end"], "the service ends with its last segment");
        }
        after
    }

    /// A segment just bought, by the calendar.
    fn new_segment(&self, subscription: &Value, start: Moment, anchor: Option<i64>, term: &str, kind: &str) {
        let segment = list(subscription, "segments").last().expect("a segment");
        let gift = gift_days(self.config(), term);
        let (end, anchor) = end(start, anchor, term, gift, self.config()["day_count"] == "fixed");
        assert_eq!(ends(segment), (start.unix, end), "{segment}");
        assert_eq!(int(subscription, "anchor_day"), i128::from(anchor), "anchor");
        assert_eq!(int(segment, "term_seconds"), i128::from(end - start.unix), "{segment}");
        assert_eq!((text(segment, "kind"), text(segment, "term")), (kind, term), "{segment}");
        assert_eq!((int(segment, "gift_days"), int(self.quote, "gift_days")), (gift.into(), gift.into()), "{segment}");
        assert_eq!(Moment::read(text(self.quote, "start")), start, "start");
        assert_eq!(Moment::read(text(self.quote, "end")).offset, start.offset, "written in the market's offset");
    }

    fn purchase(&self) {
        let selection = &self.request["selection"];
        let term = selection["term"].as_str();
        self.priced(selection, "new", term);
        let Some(term) = term else {
            assert!(self.quote["end"].is_null() && self.quote["renewal_total"].is_null());
            assert!(list(self.quote, "after").is_empty());
            return;
        };
        let count = int(self.quote, "count");
        let renewal = instance_price(self.config(), selection, "renew", Some(term)).expect("within the limits");
        assert_eq!(self.amount("renewal_total"), renewal * count, "renewal");
        let after = self.after();
        assert_eq!(i128::try_from(after.len()), Ok(count));
        for (i, subscription) in (0..).zip(after) {
            self.new_segment(subscription, self.at(), None, term, "new");
            let share = self.paid() / count + i128::from(i < self.paid() % count);
            assert_eq!(fen(&subscription["segments"][0]["paid"]), share, "an even share, the first get a fen more");
            assert_eq!(list(subscription, "segments").len(), 1);
            assert_eq!(with_choice(selection, subscription), *subscription);
        }
    }

    fn renew(&self) {
        let (before, term) = (&self.request["subscription"], text(self.request, "term"));
        self.priced(before, "renew", Some(term));
        assert_eq!(self.amount("renewal_total"), self.amount("instance_price"), "renewal");
        let [after] = self.after() else { panic!("one subscription") };
        let old_end = Moment::read(text(list(before, "segments").last().expect("a segment"), "end")).unix;
        let late = self.at().unix > old_end;
        let start = Moment { unix: if late { self.at().unix } else { old_end }, ..self.at() };
        let anchor = (!late).then(|| before["anchor_day"].as_i64().expect("a day"));
        self.new_segment(after, start, anchor, term, "renew");
        let new = list(after, "segments").last().expect("a segment");
        assert_eq!(fen(&new["paid"]), self.paid());
        let (kept, known) = (list(after, "segments").len() - 1, running(before, self.at().unix));
        assert_eq!(kept, known.len(), "what has not ended stays");
        for (segment, known) in list(after, "segments").iter().zip(known) {
            assert_eq!((ends(segment), fen(&segment["paid"])), (ends(known), fen(&known["paid"])), "as it was");
        }
        assert_eq!(with_choice(before, after), *after);
    }

    /// P′new and P′old for a segment's term (rule L7).
    fn difference(&self, segment: &Value) -> i128 {
        let (old, new) = (&self.request["subscription"], &self.request["selection"]);
        let left = i128::from(left(segment, self.at().unix));
        let difference = |kind: &str| {
            let price = |chosen| {
                instance_price(self.config(), chosen, kind, segment["term"].as_str()).expect("within the limits")
            };
            ceil((price(new) - price(old)) * left, int(segment, "term_seconds"))
        };
        let as_renewal = if segment["kind"] == "renew" { difference("renew") } else { 0 };
        difference("new").max(as_renewal).max(0)
    }

    fn co_term(&self) {
        let (before, selection, at) = (&self.request["subscription"], &self.request["selection"], self.at());
        let known = running(before, at.unix);
        let differences: Vec<i128> = known.iter().map(|segment| self.difference(segment)).collect();
        assert_eq!(self.lines(&["difference"]), differences, "differences");
        let keys: Vec<_> = list(self.quote, "lines").iter().map(|line| &line["key"]).collect();
        assert_eq!(keys, known.iter().map(|segment| &segment["start"]).collect::<Vec<_>>(), "keys");
        let last = known.last().expect("a segment");
        let renewal = instance_price(self.config(), selection, "renew", last["term"].as_str()).expect("in limits");
        assert_eq!(self.amount("renewal_total"), renewal, "renewal");
        let [after] = self.after() else { panic!("one subscription") };
        let shares = share(self.paid(), &differences);
        assert_eq!(list(after, "segments").len(), known.len());
        for ((segment, known), share) in list(after, "segments").iter().zip(known).zip(shares) {
            assert_eq!(fen(&segment["paid"]), credit(known, at.unix) + share, "credit and its share: {segment}");
            let (start, end) = ends(known);
            assert_eq!(ends(segment), (start.max(at.unix), end), "the end stays");
            for kept in ["kind", "term", "gift_days", "term_seconds"] {
                assert_eq!(segment[kept], known[kept], "{kept} stays");
            }
        }
        assert_eq!(after["anchor_day"], before["anchor_day"]);
        assert_eq!(Moment::read(text(self.quote, "start")), at);
        assert_eq!(with_choice(selection, after), *after);
    }

    fn re_term(&self) {
        let (before, selection, at) = (&self.request["subscription"], &self.request["selection"], self.at());
        let term = text(selection, "term");
        let price = |kind| instance_price(self.config(), selection, kind, Some(term)).expect("within the limits");
        let renewed = before["edition"] == selection["edition"] && price("renew") > price("new");
        let kind = if renewed { "renew" } else { "new" };
        self.priced(selection, kind, Some(term));
        assert_eq!(self.amount("renewal_total"), price("renew"), "renewal");
        let known = running(before, at.unix);
        let credits: Vec<i128> = known.iter().map(|segment| -credit(segment, at.unix)).collect();
        assert_eq!(self.lines(&["credit"]), credits, "credits");
        assert_eq!(self.amount("credit"), remaining(before, at.unix), "credit");
        let [after] = self.after() else { panic!("one subscription") };
        assert_eq!(list(after, "segments").len(), 1);
        self.new_segment(after, at, before["anchor_day"].as_i64(), term, kind);
        let kept = self.amount("credit") - self.amount("forfeited") + self.paid();
        assert_eq!(fen(&after["segments"][0]["paid"]), kept, "what the new segment was paid with");
        assert_eq!(with_choice(selection, after), *after);
    }
}

/// The segments with time left.
fn running(subscription: &Value, at: i64) -> Vec<&Value> {
    list(subscription, "segments").iter().filter(|segment| left(segment, at) > 0).collect()
}

/// By largest remainder, ties to the earlier; all on the last where every weight is 0 (rule L9).
fn share(total: i128, weights: &[i128]) -> Vec<i128> {
    let sum: i128 = weights.iter().sum();
    if sum == 0 {
        let mut shares = vec![0; weights.len()];
        *shares.last_mut().expect("a segment") = total;
        return shares;
    }
    let mut shares: Vec<i128> = weights.iter().map(|weight| floor(total * weight, sum)).collect();
    for _ in 0..total - shares.iter().sum::<i128>() {
        // The share that lacks most of what is exactly its own: total × weight − share × sum.
        let lacking = |i: usize| total * weights[i] - shares[i] * sum;
        let most = (0..weights.len()).max_by_key(|&i| (lacking(i), core::cmp::Reverse(i))).expect("a segment");
        shares[most] += 1;
    }
    shares
}

/// `subscription` with what `chosen` says about edition, quantities and options; no trial.
fn with_choice(chosen: &Value, subscription: &Value) -> Value {
    let given = |name: &str| chosen.get(name).filter(|value| !value.is_null()).cloned().unwrap_or_else(|| json!({}));
    let mut subscription = subscription.clone();
    subscription["edition"] = chosen["edition"].clone();
    subscription["quantities"] = given("quantities");
    subscription["options"] = given("options");
    subscription["trial"] = json!(false);
    subscription
}

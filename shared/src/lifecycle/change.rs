//! Changing a running service: expanding it, or upgrading it to another edition (rules L7–L12).

use serde::{Deserialize, Serialize};

use super::{Quote, Segment, SegmentKind, Subscription};
use crate::calendar::{Term, Timestamp, span};
use crate::catalog::{Basis, ChargeKind, Edition, Offer, PriceKind, SubscriptionRules};
use crate::json::At;
use crate::money::{Fen, Overflow, share};
use crate::pricing::{
    InstancePrice, Line, LineKind, Pick, PricePair, PriceTable, RawSelection, Selection, SelectionRules, Why, lines,
    named_picks, priced_like,
};
use crate::violation::{Problem, Report, Violation};

/// The two ways to change (rule S17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeMode {
    /// The end stays, the difference is paid (补差价).
    CoTerm,
    /// A new term starts now, what is left is credited (变更付费方案).
    ReTerm,
}

/// The quote for changing `subscription` to `selection` at `at`, written in the marketplace's offset.
///
/// `paid` is what is really paid, after repricing; without it, what is due. Violations stand at the evaluator's
/// request: `/selection/…`, `/subscription/…`, `/mode`, `/at`.
pub fn change(
    offer: &Offer,
    subscription: &Subscription,
    selection: &RawSelection<'_>,
    mode: ChangeMode,
    at: Timestamp,
    paid: Option<Fen>,
) -> Result<Quote, Vec<Violation>> {
    let root = At::ROOT;
    let refuse = |place: &At<'_>, problem| Err(vec![Violation::new(place, &problem)]);
    let (selection_at, subscription_at) = (root.key("selection"), root.key("subscription"));
    if subscription.trial {
        return refuse(&subscription_at.key("trial"), Problem::TrialMustPurchase);
    }
    if !subscription.active(at) {
        return refuse(&root.key("at"), Problem::SubscriptionNotActive);
    }
    let offered = offer.subscription_rules().filter(|rules| match mode {
        ChangeMode::CoTerm => rules.change_modes.co_term,
        ChangeMode::ReTerm => rules.change_modes.re_term,
    });
    let Some(rules) = offered else { return refuse(&root.key("mode"), Problem::ChangeModeNotOffered) };

    let mut report = Report::default();
    let term_at = selection_at.key("term");
    let wanted = SelectionRules {
        at: &selection_at,
        term_at: (mode == ChangeMode::ReTerm).then_some(&term_at),
        hidden_allowed: false,
        limits: true,
    };
    let new = Selection::check(offer, selection, wanted, &mut report);
    // What the service has was bought under earlier limits; it only has to be priceable today.
    let stored = SelectionRules { at: &subscription_at, term_at: None, hidden_allowed: false, limits: false };
    let old = Selection::check(offer, &subscription.as_raw(), stored, &mut report);
    let (new, old) = report.unless_any(new.zip(old))?;

    let change = Change { offer, rules, subscription, old: &old, new: &new, at, paid };
    let overflow = |Overflow| vec![Violation::new(selection_at, &Problem::AmountOverflow)];
    change.check_allowed(mode, &selection_at).map_err(overflow)??;
    match mode {
        ChangeMode::CoTerm => change.co_term(),
        ChangeMode::ReTerm => change.re_term(),
    }
    .map_err(overflow)
}

/// A change that is right in itself.
struct Change<'a> {
    offer: &'a Offer,
    rules: &'a SubscriptionRules,
    subscription: &'a Subscription,
    old: &'a Selection,
    new: &'a Selection,
    at: Timestamp,
    paid: Option<Fen>,
}

impl Change<'_> {
    fn editions(&self) -> (&Edition, &Edition) {
        (&self.offer.editions[self.old.edition], &self.offer.editions[self.new.edition])
    }

    fn same_edition(&self) -> bool {
        self.old.edition == self.new.edition
    }

    /// Holds the new selection against the old one (rules L10, L11).
    fn check_allowed(&self, mode: ChangeMode, at: &At<'_>) -> Result<Result<(), Vec<Violation>>, Overflow> {
        let mut report = Report::default();
        let (old_edition, new_edition) = self.editions();
        let allowed = |from, to| self.rules.upgrades.iter().any(|rule| rule.from == from && rule.to == to);
        if !self.same_edition() && !allowed(self.old.edition, self.new.edition) {
            let (from, to) = (old_edition.name.clone(), new_edition.name.clone());
            report.add(&at.key("edition"), Problem::UpgradeNotAllowed { from, to });
        }
        for (charge_index, (charge, pick)) in new_edition.charges.iter().zip(&self.new.picks).enumerate() {
            let before = old_edition.charges.iter().zip(&self.old.picks).find(|(old, _)| old.key == charge.key);
            match (&charge.kind, pick, before) {
                (_, Pick::Quantity(wanted), Some((_, Pick::Quantity(now)))) if wanted < now => {
                    let problem = Problem::QuantityShrinks { name: charge.name.clone(), now: *now };
                    report.add(&at.key("quantities").key(&charge.key), problem);
                }
                (ChargeKind::Option(values), Pick::Value(wanted), Some((_, Pick::Value(now))))
                    if wanted != now && self.same_edition() =>
                {
                    for term in self.terms_to_compare(mode) {
                        let table = PriceTable::new(self.offer, new_edition, Basis::Term(PriceKind::New, term));
                        let price = |index| table.charge(charge_index, Pick::Value(index));
                        let (now_price, wanted_price) = (price(*now)?, price(*wanted)?);
                        if wanted_price < now_price {
                            let (name, now) = (charge.name.clone(), values[*now].value.clone());
                            let problem = Problem::OptionCheaper { name, now, now_price, wanted_price };
                            report.add(&at.key("options").key(&charge.key), problem);
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
        if mode == ChangeMode::CoTerm && self.same_edition() && self.old.picks == self.new.picks {
            report.add(at, Problem::NothingChanges);
        }
        Ok(report.unless_any(Some(())))
    }

    /// The terms for which an option's prices are compared (rule L10).
    fn terms_to_compare(&self, mode: ChangeMode) -> Vec<Term> {
        match mode {
            ChangeMode::ReTerm => self.new.term.into_iter().collect(),
            ChangeMode::CoTerm => self.paid_segments().map(|(_, _, term)| term).collect(),
        }
    }

    /// The segments with time left, and what they were bought as. A service that is no trial has no others.
    fn paid_segments(&self) -> impl Iterator<Item = (&Segment, PriceKind, Term)> {
        self.subscription.remaining(self.at).filter_map(|segment| match segment.kind {
            SegmentKind::Paid(kind, term) => Some((segment, kind, term)),
            SegmentKind::Trial => None,
        })
    }

    /// Old and new price for a term at the prices of one kind.
    fn price_pair(&self, kind: PriceKind, term: Term) -> Result<PricePair, Overflow> {
        let (old_edition, new_edition) = self.editions();
        Ok(PricePair {
            kind,
            new: priced_like(self.offer, new_edition, &self.new.picks, kind, term)?,
            old: priced_like(self.offer, old_edition, &self.old.picks, kind, term)?,
        })
    }

    /// The difference line of one segment (rule L7).
    fn difference(&self, segment: &Segment, kind: PriceKind, term: Term) -> Result<Line, Overflow> {
        let left = segment.left(self.at);
        let mut prices = vec![self.price_pair(PriceKind::New, term)?];
        if kind == PriceKind::Renew {
            prices.push(self.price_pair(PriceKind::Renew, term)?);
        }
        let greatest = prices.iter().map(|pair| segment.difference(pair.new - pair.old, self.at)).max();
        let amount = greatest.unwrap_or_default().within_limit()?;
        let why = Why::Difference { term, left_seconds: left, term_seconds: segment.term_seconds, prices };
        Ok(Line { kind: LineKind::Difference, key: segment.start.to_string(), amount, why })
    }

    fn co_term(&self) -> Result<Quote, Overflow> {
        let lines = self
            .paid_segments()
            .map(|(segment, kind, term)| self.difference(segment, kind, term))
            .collect::<Result<Vec<_>, _>>()?;
        let mut due = Fen::ZERO;
        for line in &lines {
            due = due.plus(line.amount)?;
        }
        let weights: Vec<i64> = lines.iter().map(|line| line.amount.fen()).collect();
        let mut after = self.subscription.at(self.at).ok_or(Overflow)?;
        for (segment, paid) in after.segments.iter_mut().zip(share(self.paid.unwrap_or(due), &weights)) {
            *segment = segment.rest(self.at, paid)?;
        }
        let (_, edition) = self.editions();
        let last = self.paid_segments().last();
        let renewal =
            last.map(|(_, _, term)| priced_like(self.offer, edition, &self.new.picks, PriceKind::Renew, term));
        let end = after.end();
        Ok(Quote {
            lines,
            instance_price: due,
            count: 1,
            total: due,
            credit: Fen::ZERO,
            forfeited: Fen::ZERO,
            due,
            renewal_total: renewal.transpose()?,
            gift_days: 0,
            start: self.at,
            end,
            after: vec![self.with_new_selection(after)],
        })
    }

    /// The table and the instance price of the new term, and the kind of price it is (rule L8).
    fn new_term_price(&self) -> Result<(PriceKind, PriceTable, InstancePrice), Overflow> {
        let priced = |kind| {
            let table = self.new.table(self.offer, kind);
            let instance = table.instance(&self.new.picks)?;
            Ok((kind, table, instance))
        };
        let new = priced(PriceKind::New)?;
        if !self.same_edition() {
            return Ok(new);
        }
        let renew = priced(PriceKind::Renew)?;
        Ok(if renew.2.price > new.2.price { renew } else { new })
    }

    fn re_term(&self) -> Result<Quote, Overflow> {
        let term = self.new.term.ok_or(Overflow)?;
        let (_, edition) = self.editions();
        let (kind, table, instance) = self.new_term_price()?;
        let mut lines = lines(edition, Basis::Term(kind, term), &table, &self.new.picks, &instance)?;
        lines.extend(self.subscription.remaining(self.at).map(|segment| self.credit_line(segment)));
        let credit = self.subscription.credit(self.at)?;
        let due = (instance.price - credit).max(Fen::ZERO);
        let forfeited = (credit - instance.price).max(Fen::ZERO);
        let gift_days = self.offer.gift_days(term);
        let anchor = Some(self.subscription.anchor_day);
        let span = span(self.at, anchor, term, gift_days, self.rules.day_count).ok_or(Overflow)?;
        let segment = Segment {
            start: span.start,
            end: span.end,
            paid: (credit - forfeited).plus(self.paid.unwrap_or(due))?,
            kind: SegmentKind::Paid(kind, term),
            gift_days,
            term_seconds: span.end.since(span.start),
        };
        let after = Subscription { anchor_day: span.anchor_day, segments: vec![segment], ..self.subscription.clone() };
        Ok(Quote {
            lines,
            instance_price: instance.price,
            count: 1,
            total: instance.price,
            credit,
            forfeited,
            due,
            renewal_total: Some(priced_like(self.offer, edition, &self.new.picks, PriceKind::Renew, term)?),
            gift_days,
            start: span.start,
            end: Some(span.end),
            after: vec![self.with_new_selection(after)],
        })
    }

    fn credit_line(&self, segment: &Segment) -> Line {
        let why =
            Why::Credit { paid: segment.paid, left_seconds: segment.left(self.at), length_seconds: segment.length() };
        let amount = -segment.credit(self.at);
        Line { kind: LineKind::Credit, key: segment.start.to_string(), amount, why }
    }

    fn with_new_selection(&self, subscription: Subscription) -> Subscription {
        let (_, edition) = self.editions();
        let (quantities, options) = named_picks(edition, &self.new.picks);
        Subscription { edition: edition.code.clone(), quantities, options, ..subscription }
    }
}

//! Every path there is, tried one after the other; only what costs more already than one that has arrived is not gone on
//! with, since no step pays anything back.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::oracle::calendar::{DAY, Moment, end};
use tests::oracle::money::{ceil, fen, floor};
use tests::oracle::{int, list, text};

use crate::market::Market;

#[derive(Clone, Copy, Debug)]
struct Segment {
    start: i64,
    end: i64,
    paid: i128,
    renewed: bool,
    term: usize,
    term_seconds: i64,
}

/// A service on its way.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    node: usize,
    at: i64,
    anchor: i64,
    segments: Vec<Segment>,
    cost: i128,
}

/// The cheapest way that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cheapest {
    pub(crate) cost: i128,
    pub(crate) steps: usize,
}

impl Segment {
    fn left(&self, at: i64) -> i128 {
        (self.end - self.start.max(at)).max(0).into()
    }

    /// Rule L6.
    fn credit(&self, at: i64) -> i128 {
        floor(self.paid * self.left(at), (self.end - self.start).into())
    }
}

impl Service {
    /// A service that there is, in the contract's JSON.
    pub(crate) fn read(market: &Market, subscription: &Value, node: usize, now: i64) -> Self {
        let segment = |segment: &Value| Segment {
            start: Moment::read(text(segment, "start")).unix,
            end: Moment::read(text(segment, "end")).unix,
            paid: fen(&segment["paid"]),
            renewed: segment["kind"] == "renew",
            term: market.term(text(segment, "term")),
            term_seconds: segment["term_seconds"].as_i64().expect("seconds"),
        };
        let segments = list(subscription, "segments").iter().map(segment).collect();
        let anchor = int(subscription, "anchor_day").try_into().expect("a day");
        Self { node, at: now, anchor, segments, cost: 0 }
    }

    fn end(&self) -> i64 {
        self.segments.last().expect("a segment").end
    }

    fn running(&self, at: i64) -> Vec<Segment> {
        self.segments.iter().filter(|segment| segment.end > at).copied().collect()
    }

    /// It runs now, and each segment begins where the one before ends.
    fn served(&self) -> bool {
        let running = self.running(self.at);
        running.first().is_some_and(|first| first.start <= self.at)
            && running.windows(2).all(|pair| pair[0].end == pair[1].start)
    }

    fn arrived(&self, market: &Market) -> bool {
        market.has_wanted[self.node] && self.served() && self.end() >= market.until
    }

    fn bought(node: usize, renewed: bool, term: usize, paid: i128, span: (i64, i64, i64)) -> Self {
        let (start, end, anchor) = span;
        let segment = Segment { start, end, paid, renewed, term, term_seconds: end - start };
        Self { node, at: start, anchor, segments: vec![segment], cost: paid }
    }
}

pub(crate) struct Enumeration<'m> {
    market: &'m Market,
    pub(crate) best: Option<Cheapest>,
    /// How many services were looked at, and at most.
    pub(crate) looked_at: u64,
    most: u64,
}

impl<'m> Enumeration<'m> {
    pub(crate) fn new(market: &'m Market, most: u64) -> Self {
        Self { market, best: None, looked_at: 0, most }
    }

    /// Whether all were tried.
    pub(crate) fn whole(&self) -> bool {
        self.looked_at < self.most
    }

    /// Rules M4, M5: start, end and anchor of a term.
    fn span(&self, start: i64, anchor: Option<i64>, term: usize) -> (i64, i64, i64) {
        let moment = Moment { unix: start, ..self.market.now };
        let gift = self.market.gift_days[term];
        let (end, anchor) = end(moment, anchor, &self.market.terms[term], gift, self.market.fixed());
        (start, end, anchor)
    }

    fn purchases(&self, node: usize) -> Vec<Service> {
        let now = self.market.now.unix;
        let mut all = Vec::new();
        for &term in self.market.sold(node) {
            if let Some((price, _)) = self.market.price(node, term) {
                all.push(Service::bought(node, false, term, price, self.span(now, None, term)));
            }
        }
        all
    }

    /// Every path of at most four steps.
    pub(crate) fn paths(&mut self, start: Option<&Service>) {
        if let Some(start) = start {
            return self.follow(start.clone(), 0);
        }
        for node in (0..self.market.all.len()).filter(|node| self.market.for_sale[*node]) {
            for bought in self.purchases(node) {
                self.follow(bought, 1);
            }
        }
    }

    fn follow(&mut self, service: Service, steps: usize) {
        self.looked_at += 1;
        let reached = Cheapest { cost: service.cost, steps };
        if self.best.is_some_and(|best| best <= reached) || !self.whole() {
            return;
        }
        if service.arrived(self.market) {
            self.best = Some(reached);
            return;
        }
        if steps == 4 {
            return;
        }
        let mut instants = vec![service.at];
        if self.market.has_wanted[service.node] && service.served() && service.end() - 1 > service.at {
            instants.push(service.end() - 1);
        }
        for at in instants {
            for next in self.next(&service, at) {
                self.follow(next, steps + 1);
            }
        }
    }

    /// Whatever can be done with the service at `at`.
    fn next(&self, service: &Service, at: i64) -> Vec<Service> {
        let mut all = self.renewals(service, at);
        if service.segments.iter().any(|segment| segment.start <= at && at < segment.end) {
            for &to in &self.market.targets[service.node] {
                all.extend(self.co_term(service, to, at));
                all.extend(self.re_terms(service, to, at));
            }
        }
        all
    }

    fn renewals(&self, service: &Service, at: i64) -> Vec<Service> {
        let mut all = Vec::new();
        let late = at > service.end();
        if !self.market.within_limits[service.node] || at - service.end() > 7 * DAY {
            return all;
        }
        for &term in self.market.sold(service.node) {
            let Some((_, price)) = self.market.price(service.node, term) else { continue };
            let (start, end, anchor) =
                if late { self.span(at, None, term) } else { self.span(service.end(), Some(service.anchor), term) };
            if end - at > 1827 * DAY {
                continue;
            }
            let mut renewed = Service { at, anchor, segments: service.running(at), ..service.clone() };
            let segment = Segment { start, end, paid: price, renewed: true, term, term_seconds: end - start };
            renewed.segments.push(segment);
            renewed.cost += price;
            all.push(renewed);
        }
        all
    }

    /// Rules L7 and L9.
    fn co_term(&self, service: &Service, to: usize, at: i64) -> Option<Service> {
        if !self.market.mode("co_term") || to == service.node {
            return None;
        }
        let mut changed = Service { node: to, at, segments: Vec::new(), ..service.clone() };
        for segment in service.running(at) {
            if !self.market.options_hold(service.node, to, segment.term) {
                return None;
            }
            let (old, new) = (self.market.price(service.node, segment.term)?, self.market.price(to, segment.term)?);
            let share = |rise: i128| ceil(rise * segment.left(at), segment.term_seconds.into()).max(0);
            let as_renewal = if segment.renewed { share(new.1 - old.1) } else { 0 };
            let due = share(new.0 - old.0).max(as_renewal);
            changed.cost += due;
            let paid = segment.credit(at) + due;
            changed.segments.push(Segment { start: segment.start.max(at), paid, ..segment });
        }
        Some(changed)
    }

    /// Rules L8 and L9.
    fn re_terms(&self, service: &Service, to: usize, at: i64) -> Vec<Service> {
        let mut all = Vec::new();
        if !self.market.mode("re_term") {
            return all;
        }
        let credit: i128 = service.running(at).iter().map(|segment| segment.credit(at)).sum();
        for &term in self.market.sold(to) {
            let Some((new, renew)) = self.market.price(to, term) else { continue };
            if !self.market.options_hold(service.node, to, term) {
                continue;
            }
            let renewed = self.market.same_edition[service.node][to] && renew > new;
            let price = if renewed { renew } else { new };
            let span = self.span(at, Some(service.anchor), term);
            let mut changed = Service::bought(to, renewed, term, price, span);
            changed.cost = service.cost + (price - credit).max(0);
            all.push(changed);
        }
        all
    }

    /// The direct way: exactly what is wanted, then renewals, each as soon as it may be.
    pub(crate) fn direct(&self, start: Option<&Service>) -> Option<i128> {
        let exact = self.market.exact();
        let mut begun = Vec::new();
        match start {
            None => {
                if let Some(exact) = exact.filter(|exact| self.market.for_sale[*exact]) {
                    begun = self.purchases(exact);
                }
            }
            Some(start) => {
                begun.push(start.clone());
                let active = start.segments.iter().any(|segment| segment.start <= start.at && start.at < segment.end);
                if let Some(to) = exact.filter(|_| active)
                    && self.market.targets[start.node].contains(&to)
                {
                    begun.extend(self.co_term(start, to, start.at));
                    begun.extend(self.re_terms(start, to, start.at));
                }
            }
        }
        let mut best = None;
        let mut places: BTreeMap<(i64, i64), Service> = BTreeMap::new();
        let keep = |service: Service, places: &mut BTreeMap<(i64, i64), Service>| {
            let place = (service.end(), service.anchor);
            if places.get(&place).is_none_or(|known| service.cost < known.cost) {
                places.insert(place, service);
            }
        };
        begun.retain(|service| self.market.has_wanted[service.node]);
        for service in begun {
            keep(service, &mut places);
        }
        while let Some((_, service)) = places.pop_first() {
            if service.arrived(self.market) {
                best = Some(best.map_or(service.cost, |best: i128| best.min(service.cost)));
                continue;
            }
            let now = self.renewals(&service, service.at);
            let later = if service.served() { self.renewals(&service, service.end() - 1) } else { Vec::new() };
            for service in now.into_iter().chain(later) {
                keep(service, &mut places);
            }
        }
        best
    }
}

//! What is about lines and prices.

use std::collections::{BTreeMap, BTreeSet};

use shared::catalog::{Basis, ChargeKind, Per, PriceKind, PriceSet, TierMode, TierPrice};
use shared::money::Fen;
use shared::pricing::{Pick, PriceTable};
use shared::warnings::{Finding, Warning};

use super::{Brute, kind_name, line, of, quantities, selections, terms_of};

fn yearly_is_monthly(price: &PriceSet, kind: PriceKind) -> bool {
    let on =
        |term: &str| price.on(Basis::Term(kind, term.parse().expect("a term"))).map(|charged| charged.amount().fen());
    on("P1Y") == on("P1M").map(|month| 12 * month)
}

impl Brute<'_> {
    pub(super) fn tier_inversions(&mut self, found: &[Warning]) {
        let mut tried = BTreeMap::new();
        for (e, edition, kind, per, basis) in self.periods() {
            for (c, charge) in edition.charges.iter().enumerate() {
                let ChargeKind::Quantity(quantity) = &charge.kind else { continue };
                if quantity.tier_mode == TierMode::Graduated {
                    continue;
                }
                let sells_months = self.periods().iter().any(|(other, _, _, per, _)| *other == e && *per == Per::Month);
                let repeats = quantity.tiers.iter().all(|tier| match &tier.price {
                    TierPrice::Unit(price) | TierPrice::Flat(price) => {
                        per == Per::Year && sells_months && yearly_is_monthly(price, kind)
                    }
                });
                if repeats {
                    continue;
                }
                let table = PriceTable::new(self.offer, edition, basis);
                let all = quantities(&charge.kind);
                let lines: BTreeMap<u32, i64> = all.iter().filter_map(|n| Some((*n, line(&table, c, *n)?))).collect();
                let inverted = |n: &u32| lines.range(n + 1..).any(|(_, more)| more < &lines[n]);
                let inverted: BTreeSet<u32> = lines.keys().copied().filter(inverted).collect();
                if !inverted.is_empty() {
                    let per = format!("{per:?}");
                    tried.insert(format!("/editions/{e}/charges/{c} {} {per}", kind_name(kind)), (inverted, lines));
                }
            }
        }
        let found = of(found, |finding| if let Finding::TierInversion(found) = finding { Some(found) } else { None });
        let mut places = Vec::new();
        for (at, inversion) in found {
            let (charge, tier) = at.split_once("/tiers/").expect("it is there");
            let place = format!("{charge} {} {:?}", kind_name(inversion.kind), inversion.per);
            let Some((inverted, lines)) = tried.get(&place) else {
                self.wrong.push(format!("{place}: no inversion"));
                continue;
            };
            places.push(place.clone());
            let line = |n: u32| Fen::new(lines[&n]);
            let named = |range: &shared::warnings::Inverted| range.quantities.from..=range.quantities.to;
            let all: Vec<u32> = inversion.ranges.iter().flat_map(named).collect();
            self.expect_all(&place, all, inverted.clone());
            for range in &inversion.ranges {
                let larger = lines.range(range.quantities.to + 1..).map(|(_, line)| *line).min();
                self.expect(&place, Some(range.costs_only.fen()), larger);
                self.expect(&place, range.costs_only, line(range.but));
                self.expect(&place, named(range).all(|n| n < range.but && line(n) > range.costs_only), true);
            }
            let plainest = inversion.buy == inversion.ranges[0].quantities.to && inversion.buy < inversion.but;
            self.expect(&place, plainest && inversion.costs > inversion.costs_only, true);
            self.expect(&place, (inversion.costs, inversion.costs_only), (line(inversion.buy), line(inversion.but)));
            let [e, c] =
                [2, 4].map(|part| at.split('/').nth(part).expect("it is there").parse::<usize>().expect("an index"));
            let ChargeKind::Quantity(quantity) = &self.offer.editions[e].charges[c].kind else { panic!("{at}") };
            let first = quantity.tiers[tier.parse::<usize>().expect("an index")].from;
            self.expect(&place, first, inversion.but);
        }
        self.expect_all("tier_inversion", places, tried.into_keys().collect());
    }

    pub(super) fn years(&mut self, found: &[Warning]) {
        let mut tried = BTreeMap::new();
        for (e, edition, kind, per, year) in self.periods() {
            let month = Basis::Term(kind, "P1M".parse().expect("a term"));
            let sells_months = self.periods().iter().any(|(other, _, _, per, _)| *other == e && *per == Per::Month);
            if per != Per::Year || !sells_months {
                continue;
            }
            let tables = [month, year].map(|basis| PriceTable::new(self.offer, edition, basis));
            let dearer = |price: &PriceSet| {
                let on = |basis| price.on(basis).expect("it is there").amount().fen();
                (on(year) > 12 * on(month)).then_some((on(year), 12 * on(month)))
            };
            if let Some(prices) = dearer(&edition.price) {
                let place = format!("/editions/{e}/price/{}", kind_name(kind));
                tried.insert((place, kind_name(kind)), (BTreeSet::new(), BTreeSet::new(), prices));
            }
            for (c, charge) in edition.charges.iter().enumerate() {
                let place = (format!("/editions/{e}/charges/{c}"), kind_name(kind));
                if let ChargeKind::Option(values) = &charge.kind {
                    let dear = values.iter().filter_map(|value| Some((value.value.clone(), dearer(&value.price)?)));
                    let dear: Vec<_> = dear.collect();
                    if let Some((_, first)) = dear.first() {
                        let names = dear.iter().map(|(name, _)| name.clone()).collect();
                        tried.insert(place, (names, BTreeSet::new(), *first));
                    }
                    continue;
                }
                let lines = quantities(&charge.kind).into_iter().filter_map(|n| {
                    let year = line(&tables[1], c, n)?;
                    let months = line(&tables[0], c, n).map_or(i64::MAX, |line| 12 * line);
                    (year > months).then_some((n, (year, months)))
                });
                let lines: Vec<_> = lines.collect();
                if let Some((_, first)) = lines.first() {
                    tried.insert(place, (BTreeSet::new(), lines.iter().map(|(n, _)| *n).collect(), *first));
                }
            }
        }
        let found =
            of(found, |finding| if let Finding::YearDearerThanMonths(found) = finding { Some(found) } else { None });
        let found: Vec<_> = found
            .into_iter()
            .map(|(at, dear)| {
                let values: BTreeSet<String> = dear.values.iter().cloned().collect();
                let quantities: BTreeSet<u32> = dear.ranges.iter().flat_map(|range| range.from..=range.to).collect();
                (
                    (at.to_owned(), kind_name(dear.kind)),
                    (values, quantities, (dear.year.fen(), dear.twelve_months.fen())),
                )
            })
            .collect();
        self.expect_all("year_dearer_than_months", found, tried.into_iter().collect());
    }

    pub(super) fn renewals(&mut self, found: &[Warning]) {
        let mut tried = BTreeMap::new();
        for (e, edition, kind, per, basis) in self.periods() {
            let Basis::Term(_, term) = basis else { continue };
            if kind == PriceKind::Renew {
                continue;
            }
            let mut prices = vec![(format!("/editions/{e}/price"), &edition.price)];
            for (c, charge) in edition.charges.iter().enumerate() {
                match &charge.kind {
                    ChargeKind::Option(values) => prices.extend(
                        values
                            .iter()
                            .enumerate()
                            .map(|(i, v)| (format!("/editions/{e}/charges/{c}/values/{i}/price"), &v.price)),
                    ),
                    ChargeKind::Quantity(quantity) => {
                        prices.extend(quantity.tiers.iter().enumerate().map(|(i, tier)| match &tier.price {
                            TierPrice::Unit(price) => (format!("/editions/{e}/charges/{c}/tiers/{i}/unit"), price),
                            TierPrice::Flat(price) => (format!("/editions/{e}/charges/{c}/tiers/{i}/flat"), price),
                        }));
                    }
                }
            }
            let sells_months = edition.terms.iter().any(|term| term.to_string().ends_with('M'));
            for (at, price) in prices {
                let on = |kind| price.on(Basis::Term(kind, term)).expect("it is there").amount();
                let repeats = per == Per::Year
                    && sells_months
                    && [PriceKind::New, PriceKind::Renew].iter().all(|kind| yearly_is_monthly(price, *kind));
                if on(PriceKind::Renew) > on(PriceKind::New) && !repeats {
                    let prices = (on(PriceKind::New), on(PriceKind::Renew));
                    tried.insert((format!("/editions/{e}"), at, format!("{per:?}")), prices);
                }
            }
        }
        let found =
            of(found, |finding| if let Finding::RenewDearerThanNew(found) = finding { Some(found) } else { None });
        let found = found.iter().flat_map(|(at, dearer)| {
            let price = |price: &shared::warnings::DearerPrice| {
                (((*at).to_owned(), price.at.clone(), format!("{:?}", price.per)), (price.new, price.renew))
            };
            dearer.prices.iter().map(price).collect::<Vec<_>>()
        });
        self.expect_all("renew_dearer_than_new", found.collect(), tried.into_iter().collect());
    }

    pub(super) fn cap_below(&mut self, found: &[Warning]) {
        let mut tried = BTreeSet::new();
        for (e, edition) in self.offer.editions.iter().enumerate() {
            for kind in self.kinds() {
                let mut capped = Vec::new();
                for term in terms_of(edition) {
                    let basis = term.map_or(Basis::Once, |term| Basis::Term(kind, term));
                    let all = selections(edition).into_iter();
                    let table = PriceTable::new(self.offer, edition, basis);
                    let all: Vec<_> = all.filter_map(|picks| table.instance(&picks).ok()).collect();
                    let before =
                        all.iter().map(|instance| instance.cap.map(|cap| cap.before)).collect::<Option<Vec<_>>>();
                    if let Some(Some(least)) = before.map(|before| before.into_iter().min()) {
                        capped.push((term, least));
                    }
                }
                if let Some((_, first)) = capped.first() {
                    let terms: Vec<_> = capped.iter().filter_map(|(term, _)| *term).collect();
                    tried.insert((format!("/editions/{e}"), kind_name(kind), *first, format!("{terms:?}")));
                }
            }
        }
        let found = of(found, |finding| if let Finding::CapBelowMinimum(found) = finding { Some(found) } else { None });
        let found = found
            .iter()
            .map(|(at, below)| ((*at).to_owned(), kind_name(below.kind), below.price, format!("{:?}", below.terms)));
        self.expect_all("cap_below_minimum", found.collect(), tried);
    }

    pub(super) fn cap_across(&mut self, found: &[Warning]) {
        let mut tried = BTreeSet::new();
        for (e, edition) in self.offer.editions.iter().enumerate() {
            let mut of_purchase = BTreeSet::new();
            for kind in self.kinds() {
                let smallest: Vec<Pick> = edition
                    .charges
                    .iter()
                    .map(|charge| match &charge.kind {
                        ChargeKind::Quantity(quantity) => Pick::Quantity(quantity.minimum()),
                        ChargeKind::Option(_) => Pick::Value(0),
                    })
                    .collect();
                let mut cases = BTreeSet::new();
                for shorter in &edition.terms {
                    for longer in edition.terms.iter().filter(|longer| longer.months() > shorter.months()) {
                        let table = |term| PriceTable::new(self.offer, edition, Basis::Term(kind, term));
                        let (short, long) = (table(*shorter), table(*longer));
                        let same = |picks: &[Pick]| {
                            let (Ok(shorter), Ok(longer)) = (short.instance(picks), long.instance(picks)) else {
                                return false;
                            };
                            longer.cap.is_some() && shorter.price == longer.price
                        };
                        let terms = format!("{shorter} {longer}");
                        if same(&smallest) {
                            cases.insert((terms, None));
                            continue;
                        }
                        for (c, charge) in edition.charges.iter().enumerate() {
                            let with = |n: u32| {
                                let mut picks = smallest.clone();
                                picks[c] = Pick::Quantity(n);
                                picks
                            };
                            let first = quantities(&charge.kind).into_iter().find(|n| same(&with(*n)));
                            cases.extend(first.map(|n| (terms.clone(), Some((charge.key.clone(), n)))));
                        }
                    }
                }
                if !cases.is_empty() && cases != of_purchase {
                    of_purchase.clone_from(&cases);
                    tried.insert((format!("/editions/{e}"), kind_name(kind), cases));
                }
            }
        }
        let found = of(found, |finding| if let Finding::CapAcrossTerms(found) = finding { Some(found) } else { None });
        let found = found.iter().map(|(at, across)| {
            let case = |case: &shared::warnings::CappedTerms| {
                let from = case.from.as_ref().map(|from| (from.charge.clone(), from.quantity));
                (format!("{} {}", case.shorter, case.longer), from)
            };
            ((*at).to_owned(), kind_name(across.kind), across.terms.iter().map(case).collect())
        });
        self.expect_all("cap_across_terms", found.collect(), tried);
    }
}

//! The selections that paths lead through, what they cost, and which may become which.

use super::{Effort, NotSearched};
use crate::calendar::Term;
use crate::catalog::{Basis, ChargeKind, Edition, Offer, PriceKind, Quantity, SubscriptionRules};
use crate::json::At;
use crate::lifecycle::{SegmentKind, Subscription};
use crate::money::Fen;
use crate::pricing::{Pick, PriceTable, Selection, SelectionRules};
use crate::violation::Report;

/// A selection, by its index in [`Grid::nodes`].
pub(super) type NodeIndex = usize;

/// A selection without its term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) edition: usize,
    pub(super) picks: Vec<Pick>,
}

/// What a term costs at purchase and at renewal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) new: Fen,
    pub(super) renew: Fen,
}

impl Pair {
    /// What it costs for a running service of the same edition to begin the term anew: the dearer, of which kind (rule L8).
    pub(super) fn dearer(self) -> (PriceKind, Fen) {
        if self.renew > self.new { (PriceKind::Renew, self.renew) } else { (PriceKind::New, self.new) }
    }
}

/// All selections of a search.
pub(super) struct Grid<'a> {
    pub(super) offer: &'a Offer,
    pub(super) rules: &'a SubscriptionRules,
    pub(super) effort: Effort,
    pub(super) nodes: Vec<Node>,
    /// What the service has.
    pub(super) held: Option<NodeIndex>,
    /// What is wanted to the unit, for a service raised to what it has and may not lose; `None` where that is not for sale.
    pub(super) exact: Option<NodeIndex>,
    /// By node: whether a service with it has what is wanted.
    has_wanted: Vec<bool>,
    /// By node: whether it is within today's limits, so that it can be bought and renewed.
    within_limits: Vec<bool>,
    /// By node: those that it may become, but for options, which depend on the term (rules L10, L11).
    targets: Vec<Vec<NodeIndex>>,
    /// By node, then by the months of a term.
    prices: Vec<[Option<Pair>; MOST_MONTHS + 1]>,
    /// By edition and the months of a term, at purchase prices: what compares options.
    tables: Vec<Vec<(Term, PriceTable)>>,
}

const MOST_MONTHS: usize = 36;

impl<'a> Grid<'a> {
    pub(super) fn new(
        offer: &'a Offer,
        rules: &'a SubscriptionRules,
        service: Option<&Subscription>,
        wanted: &Selection,
        effort: Effort,
    ) -> Result<Self, NotSearched> {
        let held = service.map(|service| held(offer, service)).transpose()?;
        let wanted = Node { edition: wanted.edition, picks: wanted.picks.clone() };
        let mut nodes = Vec::new();
        for index in 0..offer.editions.len() {
            if !offer.editions[index].hidden {
                add_edition(offer, index, &wanted, held.as_ref(), effort.selections, &mut nodes)?;
            }
        }
        if let Some(held) = held.as_ref().filter(|held| !nodes.contains(held)) {
            nodes.push(held.clone());
        }
        let find = |node: &Node| nodes.iter().position(|known| known == node);
        let exact = held.as_ref().map_or_else(|| wanted.clone(), |held| raised(offer, &wanted, held));
        let (exact, held) = (find(&exact), held.as_ref().and_then(find));
        let terms = terms(offer, service);
        let has_wanted = nodes.iter().map(|node| has(node, &wanted)).collect();
        let within_limits = nodes.iter().map(|node| within_limits(&offer.editions[node.edition], node)).collect();
        let mut grid = Self {
            offer,
            rules,
            effort,
            held,
            exact,
            has_wanted,
            within_limits,
            targets: Vec::new(),
            prices: prices(offer, &nodes, &terms),
            tables: offer.editions.iter().map(|edition| tables(offer, edition, &terms, PriceKind::New)).collect(),
            nodes,
        };
        grid.targets = (0..grid.nodes.len()).map(|node| grid.reachable(node)).collect();
        Ok(grid)
    }

    pub(super) fn edition(&self, node: NodeIndex) -> &'a Edition {
        &self.offer.editions[self.nodes[node].edition]
    }

    pub(super) fn same_edition(&self, a: NodeIndex, b: NodeIndex) -> bool {
        self.nodes[a].edition == self.nodes[b].edition
    }

    /// Whether a service with this selection has what is wanted.
    pub(super) fn has_wanted(&self, node: NodeIndex) -> bool {
        self.has_wanted[node]
    }

    /// Whether it can be renewed: hidden editions can.
    pub(super) fn renewable(&self, node: NodeIndex) -> bool {
        self.within_limits[node]
    }

    /// Whether it can be bought anew.
    pub(super) fn for_sale(&self, node: NodeIndex) -> bool {
        self.within_limits[node] && !self.edition(node).hidden
    }

    /// What it may become, itself included; options are still to be compared.
    pub(super) fn targets(&self, node: NodeIndex) -> &[NodeIndex] {
        &self.targets[node]
    }

    /// What the term costs; `None` past the limits.
    pub(super) fn price(&self, node: NodeIndex, term: Term) -> Option<Pair> {
        self.prices[node].get(term.months() as usize).copied().flatten()
    }

    /// Whether no option becomes a cheaper one, for `term` at purchase prices (rule L10).
    pub(super) fn options_hold(&self, from: NodeIndex, to: NodeIndex, term: Term) -> bool {
        if !self.same_edition(from, to) {
            return true;
        }
        let (from, to) = (&self.nodes[from], &self.nodes[to]);
        let pairs = from.picks.iter().zip(&to.picks).enumerate();
        let mut changed = pairs.filter(|(_, (a, b))| matches!(a, Pick::Value(_)) && a != b);
        let Some((_, table)) = self.tables[from.edition].iter().find(|(known, _)| *known == term) else { return false };
        changed.all(|(charge, (a, b))| {
            table.charge(charge, *a).is_ok_and(|now| table.charge(charge, *b).is_ok_and(|wanted| wanted >= now))
        })
    }

    fn reachable(&self, from: NodeIndex) -> Vec<NodeIndex> {
        let old = &self.nodes[from];
        let edition = &self.offer.editions[old.edition];
        if edition.hidden {
            return Vec::new();
        }
        let rule = |to| self.rules.upgrades.iter().any(|rule| rule.from == old.edition && rule.to == to);
        let open: Vec<bool> = (0..self.offer.editions.len()).map(|to| to == old.edition || rule(to)).collect();
        let allowed = |to: &NodeIndex| {
            let new = &self.nodes[*to];
            open[new.edition] && self.for_sale(*to) && !shrinks(edition, old, &self.offer.editions[new.edition], new)
        };
        (0..self.nodes.len()).filter(allowed).collect()
    }
}

/// Whether a quantity that both have is lower in the new one (rule L10).
fn shrinks(old_edition: &Edition, old: &Node, new_edition: &Edition, new: &Node) -> bool {
    new_edition.charges.iter().zip(&new.picks).any(|(charge, pick)| {
        let Pick::Quantity(wanted) = pick else { return false };
        quantity_of(old_edition, old, &charge.key).is_some_and(|now| now > *wanted)
    })
}

fn quantity_of(edition: &Edition, node: &Node, key: &str) -> Option<u32> {
    let known = edition.charges.iter().zip(&node.picks).find(|(charge, _)| charge.key == key);
    known.and_then(|(_, pick)| if let Pick::Quantity(n) = pick { Some(*n) } else { None })
}

/// What a service has, to be held against the offer.
fn held(offer: &Offer, service: &Subscription) -> Result<Node, NotSearched> {
    if service.trial {
        return Err(NotSearched::Trial);
    }
    let at = At::ROOT.key("subscription");
    let stored = SelectionRules { at: &at, term_at: None, hidden_allowed: true, limits: false };
    let mut report = Report::default();
    let selection = Selection::check(offer, &service.as_raw(), stored, &mut report);
    let selection = report.unless_any(selection).map_err(NotSearched::Unpriceable)?;
    Ok(Node { edition: selection.edition, picks: selection.picks })
}

/// `wanted` with no quantity below what the service has of it.
fn raised(offer: &Offer, wanted: &Node, held: &Node) -> Node {
    let (edition, held_edition) = (&offer.editions[wanted.edition], &offer.editions[held.edition]);
    let raise = |(charge, pick): (&crate::catalog::Charge, &Pick)| match pick {
        Pick::Quantity(n) => Pick::Quantity((*n).max(quantity_of(held_edition, held, &charge.key).unwrap_or(0))),
        Pick::Value(_) => *pick,
    };
    Node { edition: wanted.edition, picks: edition.charges.iter().zip(&wanted.picks).map(raise).collect() }
}

fn has(node: &Node, wanted: &Node) -> bool {
    let enough = |(pick, wanted): (&Pick, &Pick)| match (pick, wanted) {
        (Pick::Quantity(n), Pick::Quantity(wanted)) => n >= wanted,
        _ => pick == wanted,
    };
    node.edition == wanted.edition && node.picks.iter().zip(&wanted.picks).all(enough)
}

fn within_limits(edition: &Edition, node: &Node) -> bool {
    edition.charges.iter().zip(&node.picks).all(|(charge, pick)| match (&charge.kind, pick) {
        (ChargeKind::Quantity(quantity), Pick::Quantity(n)) => (quantity.minimum()..=quantity.maximum()).contains(n),
        _ => true,
    })
}

/// Adds every selection of an edition that paths may lead through.
fn add_edition(
    offer: &Offer,
    index: usize,
    wanted: &Node,
    held: Option<&Node>,
    most: usize,
    nodes: &mut Vec<Node>,
) -> Result<(), NotSearched> {
    let mut all: Vec<Vec<Pick>> = vec![Vec::new()];
    for charge in &offer.editions[index].charges {
        let picks: Vec<Pick> = match &charge.kind {
            ChargeKind::Option(values) => (0..values.len()).map(Pick::Value).collect(),
            ChargeKind::Quantity(quantity) => {
                let of = |node: &Node| quantity_of(&offer.editions[node.edition], node, &charge.key);
                let others = [of(wanted), held.and_then(of)];
                quantities(quantity, others.into_iter().flatten()).into_iter().map(Pick::Quantity).collect()
            }
        };
        if nodes.len() + all.len() * picks.len() > most {
            return Err(NotSearched::TooLarge);
        }
        let with = |chosen: &Vec<Pick>, pick: &Pick| chosen.iter().chain([pick]).copied().collect::<Vec<_>>();
        all = all.iter().flat_map(|chosen| picks.iter().map(move |pick| with(chosen, pick))).collect();
    }
    nodes.extend(all.into_iter().map(|picks| Node { edition: index, picks }));
    Ok(())
}

/// The minimum, each tier's first and last quantity, and `others`, within the limits.
fn quantities(quantity: &Quantity, others: impl Iterator<Item = u32>) -> Vec<u32> {
    let tiers = (0..quantity.tiers.len()).flat_map(|i| [Some(quantity.tiers[i].from), quantity.tier_end(i)]);
    let limits = quantity.minimum()..=quantity.maximum();
    let mut all: Vec<u32> = tiers.flatten().chain(others).filter(|n| limits.contains(n)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Every term sold by some edition, or that a segment of the service was bought for.
fn terms(offer: &Offer, service: Option<&Subscription>) -> Vec<Term> {
    let bought = service.iter().flat_map(|service| &service.segments).filter_map(|segment| match segment.kind {
        SegmentKind::Paid(_, term) => Some(term),
        SegmentKind::Trial => None,
    });
    let mut all: Vec<Term> = offer.editions.iter().flat_map(|edition| edition.terms.iter().copied()).collect();
    all.extend(bought);
    all.sort_unstable();
    all.dedup();
    all
}

fn tables(offer: &Offer, edition: &Edition, terms: &[Term], kind: PriceKind) -> Vec<(Term, PriceTable)> {
    terms.iter().map(|term| (*term, PriceTable::new(offer, edition, Basis::Term(kind, *term)))).collect()
}

fn prices(offer: &Offer, nodes: &[Node], terms: &[Term]) -> Vec<[Option<Pair>; MOST_MONTHS + 1]> {
    let mut prices = vec![[None; MOST_MONTHS + 1]; nodes.len()];
    for (index, edition) in offer.editions.iter().enumerate() {
        let [new, renew] = [PriceKind::New, PriceKind::Renew].map(|kind| tables(offer, edition, terms, kind));
        for (node, prices) in nodes.iter().zip(&mut prices).filter(|(node, _)| node.edition == index) {
            for ((term, new), (_, renew)) in new.iter().zip(&renew) {
                let pair = new.price(&node.picks).and_then(|new| Ok(Pair { new, renew: renew.price(&node.picks)? }));
                prices[term.months() as usize] = pair.ok();
            }
        }
    }
    prices
}

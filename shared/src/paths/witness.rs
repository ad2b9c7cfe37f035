//! A way, quoted step by step by the lifecycle.

use super::explore::Way;
use super::grid::Grid;
use super::state::Move;
use super::{Action, Path, Step};
use crate::lifecycle::{self, ChangeMode, Quote, Subscription};
use crate::money::Fen;
use crate::pricing::{Selection, SelectionFile};

/// The way with its quotes. Its cost is their sum, which is what the search reckoned with; `None` never, as the tests say:
/// what the search allows, the lifecycle allows.
pub(super) fn quoted(grid: &Grid<'_>, service: Option<&Subscription>, way: &Way) -> Option<Path> {
    let mut subscription = service.cloned();
    let (mut cost, mut steps) = (Fen::ZERO, Vec::with_capacity(way.moves.len()));
    for step in &way.moves {
        let node = &grid.nodes[step.node];
        let selection = Selection { edition: node.edition, term: step.term, picks: node.picks.clone(), count: 1 };
        let file = selection.to_file(grid.offer);
        let quote = quote(grid, step, subscription.as_ref(), &selection, &file)?;
        cost = cost.plus(quote.due).ok()?;
        subscription = quote.after.first().cloned();
        steps.push(Step { action: step.action, at: step.at, selection: file, quote });
    }
    debug_assert_eq!(cost, way.cost, "{steps:#?}");
    Some(Path { cost, steps })
}

fn quote(
    grid: &Grid<'_>,
    step: &Move,
    subscription: Option<&Subscription>,
    selection: &Selection,
    file: &SelectionFile,
) -> Option<Quote> {
    let (offer, at) = (grid.offer, step.at);
    let change = |mode| lifecycle::change(offer, subscription?, &file.as_raw(), mode, at, None).ok();
    match step.action {
        Action::Purchase => lifecycle::purchase(offer, selection, at, None).ok(),
        Action::Renew => lifecycle::renew(offer, subscription?, Some(step.term?.as_str()), at, None).ok(),
        Action::CoTerm => change(ChangeMode::CoTerm),
        Action::ReTerm => change(ChangeMode::ReTerm),
    }
}

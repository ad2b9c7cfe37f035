//! A quote's lines in words, of changes too: how each comes about, so that it can be computed by hand.

use shared::api::Names;
use shared::calendar::Timestamp;
use shared::catalog::PriceKind;
use shared::lifecycle::{Quote, Segment, SegmentKind};
use shared::pricing::{Line, SelectionFile};

use crate::format::term;
use crate::i18n::Lang;
use crate::storefront::lines::{LineWords, lost, words, words_about};

/// `新购 1 年`.
pub fn segment_name(segment: &Segment, lang: Lang) -> String {
    match segment.kind {
        SegmentKind::Paid(PriceKind::New, sold) => [lang.pick("新购 ", "purchase of "), &term(sold, lang)].concat(),
        SegmentKind::Paid(PriceKind::Renew, sold) => [lang.pick("续费 ", "renewal of "), &term(sold, lang)].concat(),
        SegmentKind::Trial => lang.pick("试用", "trial").to_owned(),
    }
}

/// The quote's lines in words; those about a segment are keyed by its start, which is looked for among the `segments` that the
/// service had.
pub fn lines(
    quote: &Quote,
    segments: &[Segment],
    names: &Names,
    selection: &SelectionFile,
    lang: Lang,
) -> Vec<LineWords> {
    let line = |line: &Line| {
        let start = line.key.parse::<Timestamp>().ok();
        let segment = segments.iter().find(|segment| start.is_some_and(|start| start.unix() == segment.start.unix()));
        match segment.map(|segment| segment_name(segment, lang)) {
            Some(name) => words_about(line, &name, names, selection, lang),
            None => words(line, names, selection, lang),
        }
    };
    quote.lines.iter().map(line).chain(lost(quote.forfeited, lang)).collect()
}

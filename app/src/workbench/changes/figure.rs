//! The draft's price curve over the published one.

use shared::catalog::{ChargeKind, Offer, Quantity};
use shared::differences::{Curves, curves};
use shared::pricing::{Curve, CurvePoint, smallest};

use super::model::{Changes, Msg, Place};
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::target_value;
use crate::storefront::product::figure::{Mark, Scale, corners, reach};
use crate::storefront::product::figure_view::{cliff_sentence, dot, line, percent, stretched};

/// Both curves as a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    pub(super) name: String,
    pub(super) unit: String,
    /// The corners of the published curve and of the draft's.
    pub(super) old: Option<Drawn>,
    pub(super) new: Option<Drawn>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) corners: String,
    pub(super) first: Mark,
    pub(super) last: Mark,
    /// Where one unit more makes the total fall: before and after.
    pub(super) cliffs: Vec<(Mark, Mark)>,
}

/// The drawing of a charge, its edition at its smallest otherwise, for a year or the longest term that it sells; `None` where
/// there is nothing to draw.
pub(super) fn drawing(published: &Offer, draft: &Offer, place: Place) -> Option<Drawing> {
    let edition = draft.editions.get(place.edition)?;
    let charge = edition.charges.get(place.charge)?;
    let ChargeKind::Quantity(quantity) = &charge.kind else { return None };
    let year = edition.terms.iter().find(|term| **term == shared::calendar::Term::YEAR);
    let term = year.or_else(|| edition.terms.iter().max()).copied();
    let file = smallest(draft, place.edition, term).to_file(draft);
    let until = reach(quantity, 0).max(reach_before(published, &edition.code, &charge.key));
    let Curves { before, after } = curves(published, draft, &file, &charge.key, until);
    let mut points: Vec<CurvePoint> =
        [&before, &after].into_iter().flatten().flat_map(|curve| curve.points.clone()).collect();
    points.sort_by_key(|point| point.quantity);
    let scale = Scale::of(&points)?;
    let drawn = |curve: &Curve| {
        let cliffs = curve.cliffs.iter().filter_map(|quantity| {
            let index = curve.points.iter().position(|point| point.quantity == *quantity)?;
            let before = curve.points.get(index.checked_sub(1)?)?;
            Some((scale.mark(*before), scale.mark(curve.points[index])))
        });
        Some(Drawn {
            corners: corners(&curve.points, &scale),
            first: scale.mark(*curve.points.first()?),
            last: scale.mark(*curve.points.last()?),
            cliffs: cliffs.collect(),
        })
    };
    Some(Drawing {
        name: format!("{} · {}", edition.name, charge.name),
        unit: quantity.unit.clone(),
        old: before.as_ref().and_then(drawn),
        new: after.as_ref().and_then(drawn),
    })
}

fn reach_before(published: &Offer, edition: &str, key: &str) -> u32 {
    let edition = published.edition_index(edition).map(|index| &published.editions[index]);
    let charge = edition.and_then(|edition| edition.charges.iter().find(|charge| charge.key == key));
    let far = |quantity: &Quantity| reach(quantity, 0);
    charge.map_or(0, |charge| if let ChargeKind::Quantity(quantity) = &charge.kind { far(quantity) } else { 0 })
}

pub(super) fn figure(model: &Changes, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let (published, draft) = model.both()?;
    let charges = model.charges();
    let chosen = *charges.get(model.charge).or_else(|| charges.first())?;
    let part = el("section").class("changes-part");
    let part = part.with(el("h3").with(lang.pick("价格曲线", "Price curve")));
    let options = charges.iter().enumerate().map(|(index, place)| {
        let edition = &draft.editions[place.edition];
        let name = format!("{} · {}", edition.name, edition.charges[place.charge].name);
        el("option").attr("value", index.to_string()).flag("selected", *place == chosen).with(name)
    });
    let sink = to.clone();
    let select = el("select")
        .id("changes-charge")
        .attr("aria-label", lang.pick("看哪个计费项", "Which charge"))
        .on("change", move |event| {
            if let Ok(place) = target_value(&event).parse() {
                sink.send(Msg::Charge(place));
            }
        })
        .all(options);
    let part = if charges.len() > 1 { part.with(select) } else { part };
    Some(match drawing(published, draft, chosen) {
        Some(drawing) => part.with(drawn(&drawing, lang)),
        None => part.with(
            el("p").class("fine").with(lang.pick("无论数量多少，价格都相同。", "One price, whatever the quantity.")),
        ),
    })
}

fn drawn(drawing: &Drawing, lang: Lang) -> Element {
    let Drawing { name, unit, old, new } = drawing;
    let same = old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| old == new);
    let (published, draft) = (lang.pick("已发布", "published"), lang.pick("草稿", "draft"));
    let point = |mark: &Mark| [&mark.quantity.to_string(), " ", unit, " ", &yuan(mark.total)].concat();
    let sentences: Vec<String> =
        new.iter().flat_map(|new| &new.cliffs).map(|(a, b)| cliff_sentence(a, b, unit, lang)).collect();
    let summary = |curve: &Option<Drawn>, name: &str| {
        curve.as_ref().map(|curve| format!("{name} {} – {}", point(&curve.first), point(&curve.last)))
    };
    let label = [Some(name.clone()), summary(old, published), summary(new, draft)];
    let label: Vec<String> = label.into_iter().flatten().chain(sentences.clone()).collect();
    let plot = el("svg")
        .attr("y", "28")
        .attr("width", "100%")
        .attr("height", "160")
        .attr("overflow", "visible")
        .with(line("curve-ground", (0, 1000), (1000, 1000)))
        .maybe(old.as_ref().filter(|_| !same).map(|old| stretched(&old.corners).class("changes-old")))
        .maybe(new.as_ref().map(|new| stretched(&new.corners).class("changes-new")))
        .all(
            new.iter()
                .flat_map(|new| &new.cliffs)
                .flat_map(|(before, after)| [dot("curve-cliff", before, "4"), dot("curve-cliff", after, "4")]),
        );
    let text = |class: &'static str, x: String, y: String, anchor: &'static str, words: String| {
        el("text").class(class).attr("x", x).attr("y", y).attr("text-anchor", anchor).with(words)
    };
    // Each curve is named at its end; where the ends are near, one name goes below its line.
    let ends = |curve: &Drawn, name: &str, below: bool| {
        let y = 28 + i32::from(curve.last.y) * 160 / 1000 + if below { 18 } else { -8 };
        (y, format!("{name} {}", yuan(curve.last.total)))
    };
    let new_is_above = match (old, new) {
        (Some(old), Some(new)) => new.last.y <= old.last.y,
        _ => true,
    };
    let mut labels = Vec::new();
    if let Some(new) = new {
        let words = if same { lang.pick("草稿与已发布相同", "draft and published") } else { draft };
        let (y, words) = ends(new, words, !new_is_above);
        labels.push(text("curve-label", percent(new.last.x), y.to_string(), "end", words));
    }
    if let Some(old) = old.as_ref().filter(|_| !same) {
        let (y, words) = ends(old, published, new_is_above);
        labels.push(text("curve-end changes-old-label", percent(old.last.x), y.to_string(), "end", words));
    }
    let foot = |x: &str, anchor: &'static str, mark: &Mark| {
        text("curve-end", x.to_owned(), "208".to_owned(), anchor, format!("{} {unit}", mark.quantity))
    };
    let any = new.as_ref().or(old.as_ref());
    let feet = any.into_iter().flat_map(|curve| [foot("0", "start", &curve.first), foot("100%", "end", &curve.last)]);
    let picture = el("svg")
        .attr("role", "img")
        .attr("aria-label", label.join(lang.pick("；", "; ")))
        .attr("width", "100%")
        .attr("height", "212")
        .with(plot)
        .all(labels)
        .all(feet);
    let caption = el("figcaption")
        .with(el("span").with([name.as_str(), lang.pick(" → 合计", " → total")].concat()))
        .all(sentences.into_iter().map(|sentence| el("span").with(sentence)));
    el("figure").class("curve changes-curve").with(picture).with(caption)
}

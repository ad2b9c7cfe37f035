//! What typical selections cost, published and draft.

use shared::catalog::{ChargeKind, Edition, Offer};
use shared::differences::{Row, Typical};
use shared::money::Fen;

use crate::element::{Element, el};
use crate::format::{term, yuan};
use crate::i18n::Lang;

pub(super) fn table(typical: &Typical, published: &Offer, draft: &Offer, lang: Lang) -> Element {
    let part = el("section").class("changes-part");
    let title = el("h3").id("changes-typical").with(lang.pick("典型选择的总价", "Totals of typical selections"));
    let part = part.with(title).with(el("p").class("fine").with(said(typical, lang)));
    let changed = typical.rows.iter().filter(|row| row.old != row.new);
    let rows = changed.map(|row| {
        let (edition, offer) = match draft.edition_index(&row.selection.edition) {
            Some(index) => (&draft.editions[index], draft),
            None => match published.edition_index(&row.selection.edition) {
                Some(index) => (&published.editions[index], published),
                None => return el("tr"),
            },
        };
        let money = |amount: Option<Fen>| amount.map_or_else(|| "—".to_owned(), yuan);
        el("tr")
            .with(el("th").attr("scope", "row").with(selected(edition, offer, row, lang)))
            .with(el("td").with(money(row.old)))
            .with(el("td").with(money(row.new)))
            .with(el("td").class(direction(row)).with(difference(row, lang)))
    });
    let rows: Vec<Element> = rows.collect();
    if rows.is_empty() {
        return part;
    }
    let head = |words: &'static str| el("th").attr("scope", "col").with(words);
    let heads = [
        head(lang.pick("选择", "Selection")),
        head(lang.pick("已发布", "Published")),
        head(lang.pick("草稿", "Draft")),
        head(lang.pick("变化", "Change")),
    ];
    let table =
        el("table").class("changes-table").with(el("thead").with(el("tr").all(heads))).with(el("tbody").all(rows));
    let scroll = el("div")
        .class("scroll")
        .attr("role", "region")
        .attr("aria-labelledby", "changes-typical")
        .attr("tabindex", "0")
        .with(table);
    part.with(scroll)
}

/// How many were looked at, and how many of them are shown.
fn said(typical: &Typical, lang: Lang) -> String {
    let Typical { rows, looked_at, changed, .. } = typical;
    let shown = rows.iter().filter(|row| row.old != row.new).count();
    let hidden = changed - shown;
    let mut said = match changed {
        0 => lang.pick(
            format!("查看了各档位边界上的 {looked_at} 种选择，总价都不变。"),
            format!("{looked_at} selections at the borders of all tiers looked at: every total stays."),
        ),
        _ => lang.pick(
            format!("查看了各档位边界上的 {looked_at} 种选择，其中 {changed} 种有变化，变化幅度最大的在前。"),
            format!("{looked_at} selections at the borders of all tiers looked at, of which {changed} change, the largest change in proportion first."),
        ),
    };
    if hidden > 0 {
        said += &lang.pick(format!("另外 {hidden} 种未列出。"), format!(" {hidden} of them are not shown."));
    }
    said
}

fn direction(row: &Row) -> &'static str {
    match (row.old, row.new) {
        (Some(old), Some(new)) if new > old => "is-more",
        (Some(old), Some(new)) if new < old => "is-less",
        _ => "is-other",
    }
}

fn difference(row: &Row, lang: Lang) -> String {
    match (row.old, row.new) {
        (Some(old), Some(new)) if new >= old => ["+", &yuan(new - old)].concat(),
        (Some(old), Some(new)) => yuan(new - old),
        (Some(_), None) => lang.pick("不能再买", "not for sale any more").to_owned(),
        (None, _) => lang.pick("新增", "new").to_owned(),
    }
}

/// `标准版 · 用户数 10 人 · 1 年`.
fn selected(edition: &Edition, offer: &Offer, row: &Row, lang: Lang) -> String {
    let file = &row.selection;
    let charges = edition.charges.iter().filter_map(|charge| match &charge.kind {
        ChargeKind::Quantity(quantity) => {
            file.quantities.get(&charge.key).map(|n| format!("{} {n} {}", charge.name, quantity.unit))
        }
        ChargeKind::Option(_) => file.options.get(&charge.key).map(|value| format!("{} {value}", charge.name)),
    });
    let sold = offer.subscription_rules().and(file.term).map(|sold| term(sold, lang));
    [edition.name.clone()].into_iter().chain(charges).chain(sold).collect::<Vec<_>>().join(" · ")
}

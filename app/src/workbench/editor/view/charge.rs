//! What an edition makes of a charge: tiers with their preview row by row, or values.

use shared::money::Fen;

use wasm_bindgen::JsCast;

use super::fields::{Fields, Input};
use super::prices;
use crate::element::{Element, el};
use crate::format::yuan_short;
use crate::i18n::Lang;
use crate::workbench::editor::Msg;
use crate::workbench::form::{Act, Cell, Charge, Edition, Field, Module, PriceAt, Tier, narrow};

/// The charge at `at` of an edition, which is the `place`-th in the file.
pub(super) fn view(fields: &Fields<'_>, e: usize, at: usize, place: usize) -> Element {
    let form = &fields.bench.form;
    let edition = &form.editions[e];
    let charge = &edition.charges[at];
    let Some(module) = form.module(charge.id) else { return el("div") };
    let title = match module.name.trim() {
        "" => fields.lang.pick("未命名的计费项", "A charge without a name").to_owned(),
        name => name.to_owned(),
    };
    let own = format!("charge-title-{e}-{at}");
    let body = if module.counts {
        quantity(fields, Own { e, at, place, edition, charge, module })
    } else {
        option(fields, Own { e, at, place, edition, charge, module })
    };
    // Until it has a name, key and unit, these are asked for here.
    let bare = module.name.trim().is_empty()
        || module.key.trim().is_empty()
        || (module.counts && module.unit.trim().is_empty());
    let index = form.modules.iter().position(|other| other.id == module.id).unwrap_or(0);
    let define = (bare || !known(fields, module)).then(|| super::charges::define(fields, index));
    el("section")
        .class("form-charge")
        .attr("aria-labelledby", own.clone())
        .with(el("h2").id(own).with(title))
        .maybe(define)
        .with(body)
}

/// Whether a published edition has it, so that it is not to be defined any more.
fn known(fields: &Fields<'_>, module: &Module) -> bool {
    let published = fields.bench.published.as_ref();
    published.is_some_and(|published| {
        let mut charges = published.offer.editions.iter().flat_map(|edition| &edition.charges);
        charges.any(|charge| charge.key == module.key.trim())
    })
}

/// Where a charge stands.
#[derive(Clone, Copy)]
struct Own<'a> {
    e: usize,
    at: usize,
    place: usize,
    edition: &'a Edition,
    charge: &'a Charge,
    module: &'a Module,
}

impl Own<'_> {
    fn pointer(&self) -> String {
        format!("/editions/{}/charges/{}", self.e, self.place)
    }
}

fn columns(fields: &Fields<'_>, edition: &Edition, first: [&'static str; 2], last: &'static str) -> Element {
    let head = |words: &'static str| el("th").attr("scope", "col").with(words);
    let cells = fields.cells.iter().copied();
    let priced = cells.map(|cell| head(prices::name(cell, edition.renew_same, fields.lang)));
    let end = el("th").with(el("span").class("sr").with(fields.lang.pick("操作", "Actions")));
    let named = first.into_iter().filter(|words| !words.is_empty()).map(head);
    let preview = (!last.is_empty()).then(|| head(last));
    el("thead").with(el("tr").all(named).all(priced).maybe(preview).with(end))
}

fn quantity(fields: &Fields<'_>, own: Own<'_>) -> Element {
    let lang = fields.lang;
    let Own { e, at, edition, charge, module, .. } = own;
    let pointer = own.pointer();
    let rows: Vec<Element> = charge
        .tiers
        .iter()
        .enumerate()
        .take(fields.bench.rows)
        .map(|(t, tier)| tier_row(fields, own, t, tier))
        .collect();
    fields.note(&[&pointer, "/tiers"].concat(), "x");
    let head = columns(
        fields,
        edition,
        [lang.pick("起始数量", "From"), lang.pick("计价", "Priced")],
        lang.pick("买家看到", "Buyers see"),
    );
    let table = el("table").class("form-table").with(head).with(el("tbody").all(rows));
    let max_at = [&pointer, "/max"].concat();
    let max = Input {
        at: &max_at,
        name: [module.name.as_str(), lang.pick(" 最多可购数量", ": most")].concat().into(),
        typed: &charge.max,
        class: "form-number",
        hint: lang.pick("不限", "no limit").into(),
        locked: false,
    };
    let max = fields.input(max, Field::Max(e, at));
    let add = fields
        .button(lang.pick("＋ 添加阶梯", "+ Tier").into(), move || Act::AddTier(e, at))
        .attr("title", lang.pick("在最后一行按 Enter 也可以", "Or press Enter in the last row"));
    let graduated = fields.tick(
        format!("graduated-{e}-{at}"),
        lang.pick("分段计价（每一阶梯只计自己的数量）", "Each tier prices its own units only"),
        charge.graduated,
        false,
        move |on| Act::Graduated(e, at, on),
    );
    let said = fields.said();
    let most = el("span")
        .class("form-inline")
        .with(el("span").with(lang.pick("最多", "At most")))
        .with(max)
        .with(el("span").with(module.unit.clone()));
    el("div")
        .with(el("div").class("form-scroll").with(table))
        .maybe(more_rows(fields, charge.tiers.len()))
        .with(said)
        .with(el("div").class("form-row is-low").with(add).with(most).with(graduated))
}

fn tier_row(fields: &Fields<'_>, own: Own<'_>, t: usize, tier: &Tier) -> Element {
    let lang = fields.lang;
    let Own { e, at, edition, charge, module, .. } = own;
    let pointer = format!("{}/tiers/{t}", own.pointer());
    let from_at = [&pointer, "/from"].concat();
    // What an edition was sold with from the first unit on stays (rule S13).
    let minimum = t == 0 && sold_charge(fields, own);
    let of = lang.pick(format!("{} 第 {} 档", module.name, t + 1), format!("{}, tier {}", module.name, t + 1));
    let from = Input {
        at: &from_at,
        name: [of.as_str(), " ", lang.pick("起始数量", "from")].concat().into(),
        typed: &tier.from,
        class: "form-number",
        hint: "".into(),
        locked: minimum,
    };
    let from = fields.input(from, Field::From(e, at, t));
    fields.note(&pointer, "x");
    let kinds = [
        ("unit".to_owned(), lang.pick("按单价", "per unit").to_owned()),
        ("flat".to_owned(), lang.pick("整档一口价", "flat").to_owned()),
    ];
    let kind_at = [&pointer, "/kind"].concat();
    let name = [of.as_str(), " ", lang.pick("计价方式", "priced")].concat();
    let kind =
        fields.select(&kind_at, name.into(), kinds, if tier.flat { "flat" } else { "unit" }, false, move |chosen| {
            Msg::Did(Act::Flat(e, at, t, chosen == "flat"))
        });
    let set = [pointer.as_str(), if tier.flat { "/flat" } else { "/unit" }].concat();
    let priced = prices::fields(fields, edition, &tier.price, &set, PriceAt::Tier(e, at, t), &of);
    let next = charge.tiers.get(t + 1).map(|next| next.from.as_str());
    let seen = preview(tier, next, &charge.max, module, &fields.cells, lang);
    let remove = fields.icon(
        "×",
        [lang.pick("删除 ", "Delete "), &of].concat(),
        minimum || charge.tiers.len() == 1,
        move || Act::RemoveTier(e, at, t),
    );
    let cell = |content: Element| el("td").with(content);
    let last = t + 1 == charge.tiers.len();
    on_enter(el("tr"), last, fields, move || Act::AddTier(e, at))
        .with(cell(from))
        .with(cell(kind))
        .all(priced.into_iter().map(cell))
        .with(el("td").class("form-seen").with(seen))
        .with(cell(remove))
}

/// The way to more rows, where not all are shown.
fn more_rows(fields: &Fields<'_>, all: usize) -> Option<Element> {
    let (shown, lang) = (fields.bench.rows, fields.lang);
    (all > shown).then(|| {
        let words = lang
            .pick(format!("已显示 {shown} 行，共 {all} 行。再显示一些"), format!("{shown} of {all} rows. Show more"));
        el("button").class("form-add").attr("type", "button").sends("click", fields.to, || Msg::MoreRows).with(words)
    })
}

/// The last row of a table: Enter in one of its fields begins another one.
fn on_enter(row: Element, last: bool, fields: &Fields<'_>, act: impl Fn() -> Act + 'static) -> Element {
    let to = fields.to.clone();
    row.on("keydown", move |event| {
        let field = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>());
        let enter = event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Enter");
        if last && field && enter {
            event.prevent_default();
            to.send(Msg::Did(act()));
        }
    })
}

/// Whether the published edition of this code has the charge.
fn sold_charge(fields: &Fields<'_>, own: Own<'_>) -> bool {
    let sold = fields.bench.sold(own.e);
    sold.is_some_and(|sold| sold.charges.iter().any(|charge| charge.key == own.module.key.trim()))
}

/// `5–9 人 · ¥1/人/月 · ¥12/人/年`: what a row means, from what is typed in it.
fn preview(tier: &Tier, next: Option<&str>, max: &str, module: &Module, cells: &[Cell], lang: Lang) -> String {
    let number = |text: &str| narrow(text).parse::<u32>().ok();
    let Some(from) = number(&tier.from) else { return "—".to_owned() };
    let unit = module.unit.trim();
    let to = next.map_or_else(|| number(max), |next| number(next).map(|next| next.saturating_sub(1)));
    let range = match to {
        Some(to) if to == from => format!("{from} {unit}"),
        Some(to) if to > from => format!("{from}–{to} {unit}"),
        Some(_) => format!("{from} {unit}"),
        None => format!("≥ {from} {unit}"),
    };
    let mut parts = vec![range];
    for cell in cells.iter().copied() {
        let Ok(price) = narrow(tier.price.cell(cell)).parse::<Fen>() else { continue };
        let per = match (cell, lang) {
            (Cell::NewMonth | Cell::RenewMonth, Lang::Zh) => "/月",
            (Cell::NewYear | Cell::RenewYear, Lang::Zh) => "/年",
            (Cell::NewMonth | Cell::RenewMonth, Lang::En) => "/month",
            (Cell::NewYear | Cell::RenewYear, Lang::En) => "/year",
            (Cell::Once, _) => "",
        };
        let renewal = matches!(cell, Cell::RenewMonth | Cell::RenewYear);
        let renewal = if renewal { lang.pick("续 ", "renewal ") } else { "" };
        let each = if tier.flat || unit.is_empty() { String::new() } else { ["/", unit].concat() };
        parts.push([renewal, &yuan_short(price), &each, per].concat());
    }
    parts.join(" · ")
}

fn option(fields: &Fields<'_>, own: Own<'_>) -> Element {
    let lang = fields.lang;
    let Own { e, at, edition, charge, module, .. } = own;
    let pointer = own.pointer();
    let sold = fields.bench.sold(e).and_then(|sold| {
        let charge = sold.charges.iter().find(|charge| charge.key == module.key.trim())?;
        match &charge.kind {
            shared::catalog::ChargeKind::Option(values) => Some(values),
            shared::catalog::ChargeKind::Quantity(_) => None,
        }
    });
    let rows = charge.values.iter().enumerate().take(fields.bench.rows).map(|(v, value)| {
        let place = format!("{pointer}/values/{v}");
        let value_at = [&place, "/value"].concat();
        let of = lang.pick(format!("{} 第 {} 个值", module.name, v + 1), format!("{}, value {}", module.name, v + 1));
        let locked = sold.is_some_and(|sold| sold.iter().any(|sold| sold.value == value.value.trim()));
        let input = Input {
            at: &value_at,
            name: of.clone().into(),
            typed: &value.value,
            class: "form-value",
            hint: lang.pick("枚举值", "Value").into(),
            locked,
        };
        let input = fields.input(input, Field::Value(e, at, v));
        let priced =
            prices::fields(fields, edition, &value.price, &[&place, "/price"].concat(), PriceAt::Value(e, at, v), &of);
        let remove = fields.icon(
            "×",
            [lang.pick("删除 ", "Delete "), &of].concat(),
            locked || charge.values.len() == 1,
            move || Act::RemoveValue(e, at, v),
        );
        let cell = |content: Element| el("td").with(content);
        let last = v + 1 == charge.values.len();
        on_enter(el("tr"), last, fields, move || Act::AddValue(e, at))
            .with(cell(input))
            .all(priced.into_iter().map(cell))
            .with(cell(remove))
    });
    let rows: Vec<Element> = rows.collect();
    fields.note(&[&pointer, "/values"].concat(), "x");
    let said = fields.said();
    let head = columns(fields, edition, [lang.pick("枚举值", "Value"), ""], "");
    let table = el("table").class("form-table").with(head).with(el("tbody").all(rows));
    let add = fields
        .button(lang.pick("＋ 添加枚举值", "+ Value").into(), move || Act::AddValue(e, at))
        .attr("title", lang.pick("在最后一行按 Enter 也可以", "Or press Enter in the last row"));
    el("div")
        .with(el("div").class("form-scroll").with(table))
        .with(said)
        .with(el("div").class("form-row is-low").with(add))
}

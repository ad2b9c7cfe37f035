//! What the years after the purchase cost, before it is made: as the buyer means to go on.

use shared::api::Confirmed;
use shared::calendar::{DAY, Term, Timestamp};
use shared::catalog::{Charge, ChargeKind, Edition, Offer, Quantity};
use shared::json::At;
use shared::lifetime::{Event, Expansion, Plan, Row, lifetime};
use shared::pricing::{Selection, SelectionFile, SelectionRules};
use shared::violation::{Report, Violation};

use super::intended::Intend;
use super::model::{Checkout, Msg};
use crate::element::{Element, Sink, el};
use crate::format::{date, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{Tick, target_value, tick};
use crate::storefront::product::compare::days;
use crate::storefront::product::draft::number;

/// How many renewals are shown.
const RENEWALS: u8 = 2;
/// After how many days of use there may be an expansion.
const AFTER: [u16; 5] = [30, 90, 180, 270, 360];

/// Trial, purchase, expansion and renewals as they are meant, each with its date and what it costs today; nothing of what is
/// bought once.
pub(super) fn later(
    model: &Checkout,
    quoted: &Confirmed,
    now: Timestamp,
    lang: Lang,
    to: &Sink<Msg>,
) -> Option<Element> {
    let offer = model.offer.as_deref()?;
    let sold = quoted.selection.term?;
    let edition = offer.editions.iter().find(|edition| edition.code == quoted.selection.edition)?;
    let expanded = model.intended.expanded(&quoted.selection);
    let plan = |expanded| rows(offer, model.intended.trial, expanded, model, quoted, now);
    let plain = plan(None)?.ok()?;
    let first = plain.iter().find(|row| row.event == Event::Purchase)?.due;
    // Of the same: more of it may well cost more.
    let dearer = plain.iter().any(|row| row.event == Event::Renewal && row.due > first);
    let (rows, refused) = match plan(expanded.as_ref())? {
        Ok(rows) => (rows, Vec::new()),
        Err(refused) => (plain, refused),
    };
    let lines = rows.iter().map(|row| {
        let what = match row.event {
            Event::Trial => lang.pick("免费试用", "Free trial").to_owned(),
            Event::Purchase => [lang.pick("新购 ", "Purchase, "), &term(sold, lang)].concat(),
            Event::Expansion => lang.pick("扩容，补差价", "Expansion, the difference").to_owned(),
            Event::Renewal => [lang.pick("续费 ", "Renewal, "), &term(sold, lang)].concat(),
        };
        let dear = dearer && row.event == Event::Renewal && row.due > first;
        let amount = if dear { "is-amount is-dearer" } else { "is-amount" };
        el("tr")
            .with(el("th").attr("scope", "row").with(date(row.at, lang)))
            .with(el("td").with(what))
            .with(el("td").class(amount).with(yuan(row.due)))
    });
    let table = el("table").class("segments").with(el("tbody").all(lines));
    let warning = dearer.then(|| {
        let words = lang.pick("续费比首次购买贵，请留意以后每期的费用。", "Renewals cost more than the first term.");
        el("p").class("notice").with(words)
    });
    let note = lang.pick(
        "按今天的价格，假设每次到期时续费同样时长。续费沿用数量和选项，不能减少；需要减少时，请到期后重新购买。",
        "At today's prices, renewed for the same term whenever it ends. A renewal keeps quantities and options; for fewer, let it end and buy anew.",
    );
    Some(
        el("section")
            .class("checkout-part later")
            .attr("aria-labelledby", "later-title")
            .with(el("h2").id("later-title").with(lang.pick("以后的费用", "What follows")))
            .maybe(trial(model, edition, lang, to))
            .with(table)
            .with(el("p").class("fine").with(note))
            .with(el("div").attr("role", "status").maybe(warning))
            .maybe(expansion(model, offer, edition, &refused, lang, to)),
    )
}

/// The rows, or why the expansion is refused; nothing where what was quoted is no selection any more.
fn rows(
    offer: &Offer,
    trial: bool,
    expanded: Option<&SelectionFile>,
    model: &Checkout,
    quoted: &Confirmed,
    now: Timestamp,
) -> Option<Result<Vec<Row>, Vec<Violation>>> {
    let (root, mut report) = (At::ROOT, Report::default());
    let term_at = root.key("term");
    let rules = SelectionRules { at: &root, term_at: Some(&term_at), hidden_allowed: false, limits: true };
    let selection = Selection::check(offer, &quoted.selection.as_raw(), rules, &mut report)?;
    let after_seconds = i64::from(model.intended.after) * DAY;
    let expansion = expanded.map(|expanded| Expansion { after_seconds, to: expanded.as_raw() });
    let renewals: (Term, u8) = (selection.term?, RENEWALS);
    Some(lifetime(offer, &Plan { selection: &selection, trial, expansion, renewals }, now))
}

fn trial(model: &Checkout, edition: &Edition, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let n = days(edition.trial?.days, lang);
    let words = lang.pick(format!("假如先免费试用 {n}"), format!("If it began with a free trial of {n}"));
    let words = el("span").with(words);
    let it = Tick { id: "later-trial".into(), words, ticked: model.intended.trial, missing: false };
    Some(tick(it, to, |ticked| Msg::Intend(Intend::Trial(ticked))))
}

/// When there will be more of what, and how much: one field for each quantity.
fn expansion(
    model: &Checkout,
    offer: &Offer,
    edition: &Edition,
    refused: &[Violation],
    lang: Lang,
    to: &Sink<Msg>,
) -> Option<Element> {
    let quantities = |charge: &Charge| match &charge.kind {
        ChargeKind::Quantity(quantity) => Some(field(model, charge, quantity, refused, lang, to)),
        ChargeKind::Option(_) => None,
    };
    let fields: Vec<Element> = edition.charges.iter().filter_map(quantities).collect();
    let changes = offer.subscription_rules().is_some_and(|rules| rules.change_modes.co_term);
    if !changes || fields.is_empty() {
        return None;
    }
    let choice = |after: u16| {
        let words = lang.pick(format!("购买 {after} 天后"), format!("{after} days after the purchase"));
        el("option").attr("value", after.to_string()).flag("selected", after == model.intended.after).with(words)
    };
    let sending = to.clone();
    let when = el("select")
        .id("later-after")
        .class("select")
        .on("change", move |event| {
            if let Ok(after) = target_value(&event).parse() {
                sending.send(Msg::Intend(Intend::After(after)));
            }
        })
        .all(AFTER.map(choice));
    let label = el("label").class("label").attr("for", "later-after").with(lang.pick("什么时候", "When"));
    let summary = el("summary").with(lang.pick("打算以后扩容？", "Planning to expand later?"));
    let fields = el("div").class("later-plan").with(el("div").class("entry-field").with(label).with(when)).all(fields);
    Some(el("details").class("later-more").with(summary).with(fields))
}

fn field(
    model: &Checkout,
    charge: &Charge,
    quantity: &Quantity,
    refused: &[Violation],
    lang: Lang,
    to: &Sink<Msg>,
) -> Element {
    let (id, said) = (["later-", &charge.key].concat(), ["later-said-", &charge.key].concat());
    let here = ["/selection/quantities/", &charge.key].concat();
    let typed = model.intended.more.get(&charge.key).cloned().unwrap_or_default();
    let unread = || {
        (!typed.trim().is_empty() && number(&typed).is_none())
            .then(|| lang.pick("请填写整数。", "Write a whole number.").to_owned())
    };
    let wrong = refused.iter().find(|violation| violation.at == here);
    let wrong = wrong.map(|it| lang.pick(&it.zh, &it.en).clone()).or_else(unread);
    let (name, unit) = (&charge.name, &quantity.unit);
    let label = lang.pick(format!("{name}增加到（{unit}）"), format!("{name}, as many as ({unit})"));
    let (sending, key) = (to.clone(), charge.key.clone());
    let input = el("input")
        .id(id.clone())
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("aria-describedby", said.clone())
        .state("aria-invalid", wrong.is_some())
        .typed(typed)
        .on("input", move |event| sending.send(Msg::Intend(Intend::More(key.clone(), target_value(&event)))));
    let wrong = wrong.map(|wrong| el("span").class("wrong").with(wrong));
    el("div")
        .class("entry-field")
        .with(el("label").class("label").attr("for", id).with(label))
        .with(input)
        .with(el("p").id(said).class("later-said").attr("role", "status").maybe(wrong))
}

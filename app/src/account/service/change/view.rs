//! The page: what can be done on one side, what it comes to on the other, the service's time above both.

use shared::calendar::Term;
use shared::catalog::{ChargeKind, OptionValue, Quantity, TermOffer};
use shared::lifecycle::ChangeMode;
use shared::violation::Violation;

use super::card::{beside, card, has_two_ways};
use super::choices::{Choice, choices};
use super::model::{Change, Desk, Msg};
use super::picture::picture;
use super::wish::{Outcome, What, Wish, targets};
use super::words;
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{discount, term, yuan};
use crate::i18n::Lang;
use crate::page::parts::{link, loaded, titled};
use crate::page::{Context, Shown};
use crate::storefront::product::compare::{days, price_for, tier_lines};
use crate::storefront::product::draft::{DraftPick, number};
use crate::widgets::spin::{Spin, spin};

impl Shown for Change {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.desk, context.lang, |desk| page(self, desk, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("续费与变更", "Renew or change"))
    }
}

fn page(model: &Change, desk: &Desk, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let service = &desk.service;
    let crumb =
        el("p").class("crumb").with(link(Route::Service(service.id.clone()).path(), service.product_name.clone()));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(lang.pick("续费与变更", "Renew or change")))
        .with(el("p").class("fine").with(now_has(desk, lang)));
    el("div").class("change-page").with(head).all(parts(model, desk, context, to))
}

/// What the page has below its head: the service's time, then what can be done and what it comes to.
pub fn parts(model: &Change, desk: &Desk, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let segments = &desk.service.subscription.segments;
    let outcome = desk.outcome(context.now);
    let time = picture(segments, outcome.as_ref().ok(), desk.wish.what, context.now, context.lang);
    let side = el("div").class("checkout-side").all(fields(desk, &outcome, context, to));
    let both = el("div").class("checkout").with(side).with(card(model, desk, &outcome, context, to));
    time.into_iter().chain([both]).collect()
}

/// What the service has now.
fn now_has(desk: &Desk, lang: Lang) -> String {
    let picks = crate::trade::words::service_picks(&desk.service);
    let picks = picks.into_iter().map(|(name, value)| [&name, " ", &value].concat());
    let all: Vec<String> = core::iter::once(desk.service.names.edition.clone()).chain(picks).collect();
    [lang.pick("现有：", "It has: "), &all.join(" · ")].concat()
}

fn fields(desk: &Desk, outcome: &Outcome, context: &Context, to: &Sink<Msg>) -> Vec<Element> {
    let lang = context.lang;
    let mut all = vec![part(whats(desk, context, to))];
    let what = desk.wish.what;
    let subscription = &desk.service.subscription;
    if desk.wish.why_not(what, &desk.offer, subscription, context.now).is_some() {
        return all;
    }
    if what == What::Upgrade
        && let Some(editions) = editions(desk, context, to)
    {
        all.push(part(editions));
    }
    if matches!(what, What::Expand | What::Upgrade) {
        let edition = &desk.offer.editions[desk.wish.draft.edition];
        let charges = edition.charges.iter().enumerate().map(|(index, charge)| match &charge.kind {
            ChargeKind::Quantity(limits) => quantity(desk, index, limits, outcome, lang, to),
            ChargeKind::Option(values) => option(desk, index, values, context, to),
        });
        all.extend(charges.map(part));
    }
    if has_two_ways(what) {
        all.push(part(modes(desk, context, to)));
    }
    if desk.wish.change_mode() != Some(ChangeMode::CoTerm) && desk.wish.draft.term.is_some() {
        all.push(part(terms(desk, context, to)));
    }
    if what == What::Renew {
        all.push(el("p").class("fine").with(lang.pick(
            "续费沿用现有数量和选项，不能减少。需要减少时，请到期后重新购买。",
            "A renewal keeps quantities and options. For fewer, let the service end and buy anew.",
        )));
    }
    all
}

fn part(content: Element) -> Element {
    el("section").class("checkout-part").with(content)
}

fn whats(desk: &Desk, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (offer, subscription) = (&desk.offer, &desk.service.subscription);
    let all = What::ALL.map(|what| {
        let (label, more) = words::what(what, lang);
        let why_not = desk.wish.why_not(what, offer, subscription, context.now);
        Choice {
            value: label.to_owned(),
            label: label.to_owned(),
            more: vec![more.into()],
            why_not: why_not.map(|why| words::why_not(&why, lang)),
            message: Msg::What(what),
        }
    });
    let chosen = What::ALL.iter().position(|what| *what == desk.wish.what);
    choices("what", lang.pick("要做什么", "What to do"), "choices whats", all.into(), chosen, to)
}

/// The violation of this code, in words.
fn refusal(outcome: &Outcome, code: &str, lang: Lang) -> Option<String> {
    let violations = outcome.as_ref().err()?;
    let found = violations.iter().find(|violation| violation.code == code)?;
    Some(lang.pick(&found.zh, &found.en).clone())
}

fn editions(desk: &Desk, context: &Context, to: &Sink<Msg>) -> Option<Element> {
    let lang = context.lang;
    let (offer, subscription) = (&desk.offer, &desk.service.subscription);
    let held = super::wish::held(offer, subscription)?;
    let others = || (0..offer.editions.len()).filter(|e| *e != held.edition && !offer.editions[*e].hidden);
    let open: Vec<usize> = targets(offer, held.edition).collect();
    let all = others().map(|edition| {
        let draft = held.in_edition(offer, edition);
        let price = price_for(&offer.editions[edition].price, draft.term, "", lang);
        let wish = Wish { draft, ..desk.wish.clone() };
        let outcome = || wish.outcome(offer, subscription, context.now);
        let why_not = (!open.contains(&edition)).then(|| {
            let no_rule = || lang.pick("没有升级规则", "No rule leads to it").to_owned();
            refusal(&outcome(), "upgrade_not_allowed", lang).unwrap_or_else(no_rule)
        });
        Choice {
            value: offer.editions[edition].code.clone(),
            label: offer.editions[edition].name.clone(),
            more: vec![[lang.pick("基础价 ", "Base "), &price].concat().into()],
            why_not,
            message: Msg::Edition(edition),
        }
    });
    let chosen = others().position(|edition| edition == desk.wish.draft.edition);
    Some(choices("edition", lang.pick("套餐版本", "Edition"), "choices", all.collect(), chosen, to))
}

fn option(desk: &Desk, index: usize, values: &[OptionValue], context: &Context, to: &Sink<Msg>) -> Element {
    const IDS: [&str; 6] = ["option-0", "option-1", "option-2", "option-3", "option-4", "option-5"];
    let lang = context.lang;
    let (offer, subscription) = (&desk.offer, &desk.service.subscription);
    let charge = &offer.editions[desk.wish.draft.edition].charges[index];
    let all = values.iter().enumerate().map(|(place, value)| {
        let mut wish = desk.wish.clone();
        if let Some(pick) = wish.draft.picks.get_mut(index) {
            *pick = DraftPick::Value(place);
        }
        let here = ["/selection/options/", &charge.key].concat();
        let refused = wish.outcome(offer, subscription, context.now).err();
        let cheaper = |violation: &&Violation| violation.at == here && violation.code == "downgrade_not_allowed";
        let why_not = refused.as_ref().and_then(|all| all.iter().find(cheaper));
        Choice {
            value: value.value.clone(),
            label: value.value.clone(),
            more: vec![price_for(&value.price, desk.wish.draft.term, "", lang).into()],
            why_not: why_not.map(|violation| lang.pick(&violation.zh, &violation.en).clone()),
            message: Msg::Value(index, place),
        }
    });
    let chosen = match desk.wish.draft.picks.get(index) {
        Some(DraftPick::Value(place)) => Some(*place),
        _ => None,
    };
    // Six options of one edition are many; beyond that two groups share an id, but never a name.
    choices(IDS[index % IDS.len()], &charge.name, "choices", all.collect(), chosen, to)
}

fn quantity(desk: &Desk, index: usize, limits: &Quantity, outcome: &Outcome, lang: Lang, to: &Sink<Msg>) -> Element {
    let offer = &desk.offer;
    let charge = &offer.editions[desk.wish.draft.edition].charges[index];
    let typed = match desk.wish.draft.picks.get(index) {
        Some(DraftPick::Quantity(typed)) => typed.as_str(),
        _ => "",
    };
    let had = desk.service.subscription.quantities.get(&charge.key).copied();
    let least = had.unwrap_or(0).max(limits.minimum());
    let here = ["/selection/quantities/", &charge.key].concat();
    let wrong = outcome.as_ref().err().and_then(|all| all.iter().find(|violation| violation.at == here));
    let reached = number(typed).and_then(|n| limits.tiers.iter().rposition(|tier| i64::from(tier.from) <= n));
    let tiers =
        tier_lines(limits, desk.wish.draft.term, lang).into_iter().enumerate().map(|(place, (range, price))| {
            let current = (reached == Some(place)).then_some("true");
            let range = el("span").class("tier-range").with(range);
            el("li").maybe_attr("aria-current", current).with(range).with(" ").with(price)
        });
    let unit = &limits.unit;
    let limits_said = match had {
        Some(had) => lang.pick(format!("现有 {had} {unit}，不能减少"), format!("has {had} {unit}, not fewer")),
        None => lang.pick(format!("{least} {unit}起"), format!("from {least} {unit}")),
    };
    let input = Spin {
        id: format!("quantity-{index}"),
        name: charge.key.clone(),
        label: charge.name.clone(),
        limits: limits_said,
        unit: unit.clone(),
        least,
        most: limits.max,
        typed,
        wrong: wrong.is_some(),
        note: wrong.map(|wrong| el("p").class("wrong").with(lang.pick(&wrong.zh, &wrong.en).clone())),
        beside: Some(el("ul").class("tiers").all(tiers)),
    };
    spin(input, to, move |event| Msg::Quantity(index, event), lang)
}

/// The two ways beside each other, each with what it costs now and until when it lasts.
fn modes(desk: &Desk, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (offer, subscription) = (&desk.offer, &desk.service.subscription);
    let ways = [ChangeMode::CoTerm, ChangeMode::ReTerm];
    let all = ways.map(|mode| {
        let outcome = desk.wish.changed(offer, subscription, mode, context.now);
        let name = words::mode(mode, lang);
        Choice {
            value: name.to_owned(),
            label: name.to_owned(),
            more: beside(&outcome, subscription.end(), lang).into_iter().map(Into::into).collect(),
            why_not: refusal(&outcome, "change_mode_not_offered", lang),
            message: Msg::Mode(mode),
        }
    });
    let chosen = ways.iter().position(|mode| *mode == desk.wish.mode);
    choices("mode", lang.pick("怎样计费", "How it is charged"), "choices ways", all.into(), chosen, to)
}

fn terms(desk: &Desk, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (offer, subscription) = (&desk.offer, &desk.service.subscription);
    let sold = &offer.editions[desk.wish.draft.edition].terms;
    let all = sold.iter().map(|sold: &Term| {
        let mut wish = desk.wish.clone();
        wish.draft.term = Some(*sold);
        let outcome = wish.outcome(offer, subscription, context.now);
        let gift = match offer.term_offer(*sold) {
            Some(TermOffer::Discount(_, rate)) => Some(discount(rate, lang)),
            Some(TermOffer::Gift(_, n)) => Some(lang.pick("赠 ", "+ ").to_owned() + &days(n, lang)),
            None => None,
        };
        let due = outcome.as_ref().ok().map(|quote| yuan(quote.due));
        let more = due.into_iter().chain(gift).map(|words| el("span").with(words).into());
        let why_not = ["renewal_too_far", "amount_overflow"].iter().find_map(|code| refusal(&outcome, code, lang));
        Choice {
            value: sold.as_str().to_owned(),
            label: term(*sold, lang),
            more: more.collect(),
            why_not,
            message: Msg::Term(*sold),
        }
    });
    let chosen = sold.iter().position(|sold| Some(*sold) == desk.wish.draft.term);
    let name = match desk.wish.what {
        What::Renew => lang.pick("续费时长", "Term"),
        _ => lang.pick("新一期时长", "The new term"),
    };
    choices("term", name, "choices", all.collect(), chosen, to)
}

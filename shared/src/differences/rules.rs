//! What holds for the whole product: how it is sold, upgrades, offers, the cap.

use super::Changes;
use super::align::align;
use super::words::{Both, both, days, discount, list, nothing, same, yuan};
use crate::calendar::{DayCount, Term};
use crate::catalog::{ChangeModes, Offer, Sale, SubscriptionRules, TermOffers};

pub(super) fn compare(before: &Offer, after: &Offer, changes: &mut Changes) {
    match (&before.sale, &after.sale) {
        (Sale::OneTime, Sale::OneTime) => {}
        (Sale::Subscription(old), Sale::Subscription(new)) => {
            subscription(old, new, changes);
            upgrades(before, after, changes);
        }
        (_, sale) => {
            let ways = (both("按周期", "by subscription"), both("按次", "once"));
            let (old, new) = if matches!(sale, Sale::OneTime) { ways } else { (ways.1, ways.0) };
            changes.turned("/sale_mode", both("售卖方式", "How it is sold"), old, new);
        }
    }
    if before.price_cap != after.price_cap {
        let cap = |offer: &Offer| offer.price_cap.map_or_else(nothing, |cap| same(yuan(cap)));
        changes.turned("/price_cap", both("总价上限", "Price cap"), cap(before), cap(after));
    }
}

fn subscription(before: &SubscriptionRules, after: &SubscriptionRules, changes: &mut Changes) {
    if before.day_count != after.day_count {
        let said = |rules: &SubscriptionRules| match rules.day_count {
            DayCount::Calendar => both("自然月", "calendar months"),
            DayCount::Fixed => both("固定天数（每月 31 天，每年 365 天）", "fixed days (31 a month, 365 a year)"),
        };
        changes.turned("/day_count", both("时长计算", "How terms are counted"), said(before), said(after));
    }
    if before.change_modes != after.change_modes {
        let what = both("变更方式", "Ways to change a service");
        changes.turned("/change_modes", what, modes(before.change_modes), modes(after.change_modes));
    }
    term_offers(&before.term_offers, &after.term_offers, changes);
}

fn modes(modes: ChangeModes) -> Both {
    let co_term = modes.co_term.then(|| both("补差价", "pay the difference"));
    let re_term = modes.re_term.then(|| both("重新起算", "begin a new term"));
    list(co_term.into_iter().chain(re_term))
}

/// Rules are known by the codes of their editions: indexes change with the order of editions.
fn upgrades(before: &Offer, after: &Offer, changes: &mut Changes) {
    let rules = |offer: &Offer| -> Vec<(String, String)> {
        let code = |index: usize| offer.editions[index].code.clone();
        let rules = offer.subscription_rules().map_or(&[][..], |rules| &rules.upgrades);
        rules.iter().map(|rule| (code(rule.from), code(rule.to))).collect()
    };
    let (old, new) = (rules(before), rules(after));
    let aligned = align(&old, &new, |rule| (rule.0.as_str(), rule.1.as_str()));
    let name = |code: &str| {
        let of = |offer: &Offer| offer.edition_index(code).map(|index| offer.editions[index].name.clone());
        of(after).or_else(|| of(before)).unwrap_or_default()
    };
    let said = |(from, to): &(String, String)| format!("{} → {}", name(from), name(to));
    for index in aligned.added {
        let rule = said(&new[index]);
        changes.add(format!("/upgrades/{index}"), both(format!("开放升级：{rule}"), format!("New upgrade: {rule}")));
    }
    for index in aligned.gone {
        let rule = said(&old[index]);
        changes.add("/upgrades", both(format!("取消升级：{rule}"), format!("No upgrade any more: {rule}")));
    }
    for (_, index) in aligned.moved {
        let rule = said(&new[index]);
        let said = both(format!("升级规则的排列有变：{rule}"), format!("Another place for the upgrade: {rule}"));
        changes.add(format!("/upgrades/{index}"), said);
    }
}

/// A term offer: from which term on, whether days are given, and how much in words.
struct OfferWords {
    from: Term,
    gift: bool,
    earns: Both,
}

fn offer_words(offers: &TermOffers) -> Vec<OfferWords> {
    match offers {
        TermOffers::Discounts(all) => {
            all.iter().map(|(from, rate)| OfferWords { from: *from, gift: false, earns: discount(*rate) }).collect()
        }
        TermOffers::Gifts(all) => {
            let gift = |n: u32| both(format!("赠 {}", days(n).0), format!("+ {}", days(n).1));
            all.iter().map(|(from, n)| OfferWords { from: *from, gift: true, earns: gift(*n) }).collect()
        }
    }
}

fn term_offers(before: &TermOffers, after: &TermOffers, changes: &mut Changes) {
    let (old, new) = (offer_words(before), offer_words(after));
    let aligned = align(&old, &new, |offer| offer.from);
    let what = |offer: &OfferWords| {
        let (zh, en) = offer.from.words();
        both(format!("购买优惠（满 {zh}）"), format!("Offer from {en}"))
    };
    for index in aligned.added {
        changes.turned(format!("/term_offers/{index}"), what(&new[index]), nothing(), new[index].earns.clone());
    }
    for (was, index) in aligned.kept {
        let (was, is) = (&old[was], &new[index]);
        if was.earns != is.earns {
            let field = if is.gift { "gift_days" } else { "discount" };
            changes.turned(format!("/term_offers/{index}/{field}"), what(is), was.earns.clone(), is.earns.clone());
        }
    }
    for index in aligned.gone {
        changes.turned("/term_offers", what(&old[index]), old[index].earns.clone(), nothing());
    }
    for (was, index) in aligned.moved {
        let (zh, en) = what(&new[index]);
        let at = format!("/term_offers/{index}");
        let what = both(format!("{zh}的排列"), format!("{en}, place"));
        changes.turned(at, what, super::words::place(was), super::words::place(index));
    }
}

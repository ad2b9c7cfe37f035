//! The page.

use std::collections::{BTreeMap, BTreeSet};

use shared::api::{Role, Settlement, SettlementQuery};
use shared::settlement::Month;

use super::model::{Msg, Settlements};
use super::words::{month, next, state as stands, states};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{empty, loaded, state, target_value, titled};
use crate::page::search::{Search, Searched};
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_state, found, none, stale, tools};

impl Shown for Settlements {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("结算", "Settlement"))
    }
}

/// Who may see it, for those who may not.
pub(in crate::console) fn not_for_you(lang: Lang) -> Element {
    let sentence = lang.pick(
        "结算单由服务商负责人查看。需要数据时，请联系贵公司的负责人。",
        "Only the vendor's owner sees what is settled. Ask them for what you need.",
    );
    el("div").class("table-page").with(el("h1").with(lang.pick("结算", "Settlement"))).with(empty(sentence, None))
}

fn view(model: &Settlements, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    if !super::model::sees(context.role()) {
        return not_for_you(lang);
    }
    // An ISV has no other months than its own.
    let own = context.role() == Some(Role::IsvOwner);
    loaded(&search.found, lang, |months| {
        let name = lang.pick("结算", "Settlement");
        let page = el("div").class("table-page").with(el("h1").with(name)).with(lead(own, lang));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有结算单。订单完成（服务全部开通）后计入当月，月份结束一小时后自动结账。",
                "Nothing to settle yet. An order counts in the month in which all of it was opened; a month closes by itself an hour after its end.",
            );
            return page.with(empty(sentence, None));
        }
        let columns = columns(lang);
        let rows = months.iter().map(|month| one(month, own, &columns, lang));
        let shown: Vec<Column> = columns.into_iter().filter(|(_, class)| !(own && *class == "is-who")).collect();
        let sentence = lang.pick("没有符合条件的结算单。", "No month matches.");
        page.with(fields(search, months, own, lang, to))
            .with(stale(search, lang, to))
            .with(table(name, &shown, rows, search.busy).flag("hidden", months.is_empty()))
            .with(none(months.is_empty(), sentence, lang.pick("查看全部结算单", "See all months"), to))
    })
}

fn lead(own: bool, lang: Lang) -> Element {
    let words = if own {
        lang.pick(
            "每月完成的订单减去退款，最迟次月底付给贵公司；结账后的退款从以后的月份扣除。",
            "Each month's fulfilled orders less refunds are paid to you by the end of the next month. A refund after closing is deducted later.",
        )
    } else {
        lang.pick(
            "每月每个服务商一张：完成的订单减去退款，最迟次月底付清；结账后的退款从以后的月份扣除。",
            "One for each vendor and month: fulfilled orders less refunds, payable by the end of the next month. A refund after closing is deducted later.",
        )
    };
    el("p").class("lead-fine").with(words)
}

fn fields(search: &Search<SettlementQuery>, months: &[Settlement], own: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let SettlementQuery { month: wanted, isv, state } = &search.query;
    let of_month = by_month(*wanted, months, lang, to);
    let whose = if own { Vec::new() } else { by_isv(isv.as_ref(), months, lang, to).into() };
    let states = by_state(states(lang), state.as_deref().unwrap_or_default(), lang, to);
    let found = found(months.len(), "month", lang.pick("张结算单", "months"), lang);
    tools(of_month.into_iter().chain(whose).chain([states]), found)
}

/// A choice of the months that are there, the newest first.
fn by_month(chosen: Option<Month>, months: &[Settlement], lang: Lang, to: &Sink<Msg>) -> [Element; 2] {
    let Some(offset) = months.first().map(|month| month.payable_by.offset()) else {
        let choices = chosen.map(|month| (month.to_string(), month.to_string(), true));
        return choice("month", lang.pick("月份", "Month"), lang.pick("全部月份", "All months"), choices, to);
    };
    let there: BTreeSet<Month> = months.iter().map(|month| month.month).chain(chosen).collect();
    let choices = there.into_iter().rev().map(|it| (it.to_string(), month(it, offset, lang), chosen == Some(it)));
    choice("month", lang.pick("月份", "Month"), lang.pick("全部月份", "All months"), choices, to)
}

/// A choice of the ISVs whose months are there.
fn by_isv(chosen: Option<&String>, months: &[Settlement], lang: Lang, to: &Sink<Msg>) -> [Element; 2] {
    let mut isvs: BTreeMap<&str, &str> =
        months.iter().map(|month| (month.isv.id.as_str(), month.isv.name.as_str())).collect();
    if let Some(isv) = chosen {
        isvs.entry(isv).or_insert(isv);
    }
    let choices =
        isvs.into_iter().map(|(id, name)| (id.to_owned(), name.to_owned(), chosen.is_some_and(|chosen| chosen == id)));
    choice("isv", lang.pick("服务商", "Vendor"), lang.pick("全部服务商", "All vendors"), choices, to)
}

/// A choice to search by: the values with their words, and whether they are chosen; none of them is all.
fn choice(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    choices: impl IntoIterator<Item = (String, String, bool)>,
    to: &Sink<Msg>,
) -> [Element; 2] {
    let choices: Vec<_> = choices.into_iter().collect();
    let none = choices.iter().all(|(.., chosen)| !chosen);
    let all = el("option").attr("value", "").flag("selected", none).with(all);
    let choices = choices
        .into_iter()
        .map(|(value, words, chosen)| el("option").attr("value", value).flag("selected", chosen).with(words));
    let to = to.clone();
    let select = el("select")
        .id(name)
        .class("select")
        .on("change", move |event| to.send(Searched::By(name, target_value(&event))))
        .with(all)
        .all(choices);
    [el("label").class("sr").attr("for", name).with(label), select]
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("月份", "is-what"),
            ("服务商", "is-who"),
            ("状态", "is-state is-long"),
            ("已完成订单", "is-amount is-part"),
            ("退款与扣除", "is-amount is-part"),
            ("应付", "is-amount"),
        ],
        Lang::En => [
            ("Month", "is-what"),
            ("Vendor", "is-who"),
            ("State", "is-state is-long"),
            ("Fulfilled", "is-amount is-part"),
            ("Refunds and deductions", "is-amount is-part"),
            ("Payable", "is-amount"),
        ],
    }
}

fn one(settlement: &Settlement, own: bool, columns: &[Column; 6], lang: Lang) -> Element {
    let [when, who, stands_at, fulfilled, less, payable] = *columns;
    let (class, words) = stands(settlement, lang);
    let next = next(settlement, lang).map(|next| el("span").class("row-what").with(next));
    let name = month(settlement.month, settlement.payable_by.offset(), lang);
    let whose = (!own).then(|| cell(who, settlement.isv.name.clone()));
    let taken = settlement.refunded + settlement.deducted;
    let cells =
        [leading(when, Route::Settlement(settlement.id.clone()).path(), name)].into_iter().chain(whose).chain([
            cell(stands_at, el("span").with(state(class, words)).with(" ").maybe(next)),
            cell(fulfilled, yuan(settlement.fulfilled)),
            cell(less, yuan(-taken)),
            cell(payable, yuan(settlement.payable)),
        ]);
    row(cells)
}

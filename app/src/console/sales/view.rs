//! The page.

use shared::api::{self, MonthSales, ProductSales};
use shared::money::Fen;
use shared::settlement::Month;

use super::picture::bar;
use super::{Msg, Sales};
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, titled};
use crate::page::{Context, Shown};

impl Shown for Sales {
    fn view(&self, context: &Context, _: &Sink<Msg>) -> Element {
        let lang = context.lang;
        loaded(&self.sales, lang, |sales| {
            let page = el("div").class("table-page sales").with(el("h1").with(lang.pick("销售", "Sales")));
            if sales.products.is_empty() && sales.months.iter().all(|month| month.refunded == Fen::ZERO) {
                let sentence = lang.pick(
                    "近 12 个月还没有销售。有订单付款后，这里按月、按商品画出销售额。",
                    "Nothing was sold in the last twelve months. Once an order is paid, this page draws sales by month and by product.",
                );
                return page.with(empty(sentence, None));
            }
            page.with(whole(sales, lang)).with(months(&sales.months, lang)).with(products(&sales.products, lang))
        })
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("销售", "Sales"))
    }
}

fn paid(month: &MonthSales) -> Fen {
    month.purchases + month.renewals + month.changes
}

fn sum(amounts: impl Iterator<Item = Fen>) -> Fen {
    amounts.fold(Fen::ZERO, |sum, amount| sum + amount)
}

/// The year in one number, and what it is made of.
fn whole(sales: &api::Sales, lang: Lang) -> Element {
    let of = |amount: fn(&MonthSales) -> Fen| sum(sales.months.iter().map(amount));
    let total = of(paid);
    let figure = el("output").class("sales-total").attr("aria-labelledby", "sales-name").with(yuan(total));
    let name =
        el("span").class("quote-name").id("sales-name").with(lang.pick("近 12 个月销售额", "Sold in twelve months"));
    let parts = parts(of(|m| m.purchases), of(|m| m.renewals), of(|m| m.changes), of(|m| m.refunded), lang);
    let part = |(name, amount): (&'static str, Fen)| {
        el("li").with(name).with(" ").with(el("span").class("figure").with(yuan(amount)))
    };
    el("section")
        .class("sales-whole")
        .with(name)
        .with(figure)
        .with(el("ul").class("meta").all(parts.into_iter().map(part)))
}

/// What an amount is made of, as far as there is any of it.
fn parts(purchases: Fen, renewals: Fen, changes: Fen, refunded: Fen, lang: Lang) -> Vec<(&'static str, Fen)> {
    let parts = [
        (lang.pick("新购", "new"), purchases),
        (lang.pick("续费", "renewals"), renewals),
        (lang.pick("扩容与升级", "expansions and upgrades"), changes),
        (lang.pick("退款", "refunded"), -refunded),
    ];
    parts.into_iter().filter(|(_, amount)| *amount != Fen::ZERO).collect()
}

/// `2026年11月`, `2026-11`.
fn month_name(month: Month, lang: Lang) -> String {
    let text = month.to_string();
    match (lang, text.split_once('-')) {
        (Lang::Zh, Some((year, month))) => format!("{year}年{}月", month.trim_start_matches('0')),
        _ => text,
    }
}

fn months(months: &[MonthSales], lang: Lang) -> Element {
    let longest = months.iter().map(paid).max().unwrap_or_default();
    let one = |month: &MonthSales| {
        let MonthSales { purchases, renewals, changes, refunded, orders, .. } = month;
        let mut note = Vec::new();
        if *orders > 0 {
            note.push(match (lang, orders) {
                (Lang::En, 1) => "1 order".to_owned(),
                _ => format!("{orders} {}", lang.pick("个订单", "orders")),
            });
        }
        let parts = parts(*purchases, *renewals, *changes, *refunded, lang);
        // Of one kind it is what stands beside the bar.
        if parts.len() > 1 {
            note.extend(parts.into_iter().map(|(name, amount)| [name, " ", &yuan(amount)].concat()));
        }
        line(el("span").with(month_name(month.month, lang)), bar(paid(month), longest), paid(month), note.join(" · "))
    };
    // Before the first sale there is nothing to compare with.
    let nothing = |month: &&MonthSales| month.orders == 0 && month.refunded == Fen::ZERO;
    let since = months.iter().skip_while(nothing);
    part(lang.pick("每月", "By month")).with(el("ol").class("bars").all(since.map(one)))
}

fn products(products: &[ProductSales], lang: Lang) -> Element {
    let longest = products.iter().map(|product| product.paid).max().unwrap_or_default();
    let one = |product: &ProductSales| {
        let ProductSales { slug, name, paid, refunded, orders, services } = product;
        let mut note = match lang {
            Lang::Zh => format!("{orders} 个订单 · {services} 项服务使用中"),
            Lang::En => format!("{orders} orders · {services} services running"),
        };
        if *refunded > Fen::ZERO {
            note = [note.as_str(), lang.pick(" · 退款 ", " · refunded "), &yuan(-*refunded)].concat();
        }
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("product", slug).finish();
        let name = link(["/console/orders?", &query].concat(), name.clone());
        line(name, bar(*paid, longest), *paid, note)
    };
    part(lang.pick("按商品", "By product")).with(el("ol").class("bars is-named").all(products.iter().map(one)))
}

fn part(title: &'static str) -> Element {
    el("section").class("part").with(el("h2").with(title))
}

fn line(name: Element, bar: Element, amount: Fen, note: String) -> Element {
    let amount = el("span").class("bar-amount figure").with(yuan(amount));
    el("li").with(name.class("bar-name")).with(bar).with(amount).with(el("span").class("bar-note").with(note))
}

//! The home page.

use shared::api::ProductCard;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::model::{Model, Msg, from_price};
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::route::Route;
use crate::storefront::product::compare::days;
use crate::storefront::product::view::rating;

/// Shows the page.
pub fn view(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let title = lang.pick("企业应用市场", "Apps for your company");
    let lead =
        lang.pick("选好配置，价格立即算清，精确到分。", "Choose a configuration and see its exact price at once.");
    let head = el("header").class("home-head").with(el("h1").with(title)).with(el("p").class("lead").with(lead));
    let cards = model.cards.iter().map(|product| card(product, !model.shows(product), lang));
    el("div")
        .class("home")
        .with(head)
        .with(tools(model, lang, to))
        .with(el("ul").class("cards").all(cards))
        .maybe((model.shown() == 0).then(|| none(model, lang)))
}

fn tools(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let typing = to.clone();
    let search = el("input")
        .id("search")
        .class("search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", lang.pick("按名称、用途或服务商搜索", "Search by name, purpose or vendor"))
        .typed(model.search.clone())
        .on("input", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                typing.send(Msg::Search(input.value()));
            }
        });
    let all = (None, lang.pick("全部", "All").to_owned());
    let named = model.categories.iter().enumerate().map(|(index, name)| (Some(index), name.clone()));
    let filters = [all].into_iter().chain(named).map(|(index, name)| {
        el("button")
            .class("filter")
            .attr("type", "button")
            .state("aria-pressed", model.category == index)
            .sends("click", to, move || Msg::Category(index))
            .with(name)
    });
    let shown = match model.shown() {
        1 => lang.pick("1 个应用", "1 app").to_owned(),
        n => lang.pick(format!("{n} 个应用"), format!("{n} apps")),
    };
    let categories = lang.pick("类目", "Categories");
    el("form")
        .class("home-tools")
        .attr("role", "search")
        .on("submit", |event| event.prevent_default())
        .with(el("label").class("sr").attr("for", "search").with(lang.pick("搜索应用", "Search apps")))
        .with(search)
        .with(el("div").class("filters").attr("role", "group").attr("aria-label", categories).all(filters))
        .with(el("p").class("home-count").attr("role", "status").with(shown))
}

fn card(card: &ProductCard, hidden: bool, lang: Lang) -> Element {
    let text = &card.text;
    let (price, per) = from_price(card.from, lang);
    let trial = card.trial_days.map(|n| {
        let days = days(n, lang);
        el("span").class("badge").with(lang.pick(format!("可试用 {days}"), format!("{days} trial")))
    });
    let meta = [text.vendor.clone(), rating(text, lang)].map(|fact| el("span").with(fact));
    let price = el("p").class("card-price").with(el("strong").with(price)).with(el("span").with(per)).maybe(trial);
    let link = el("a")
        .class("card")
        .attr("href", Route::Product(card.slug.clone()).path())
        .with(el("h2").with(text.name.clone()))
        .with(el("p").class("card-intro").with(text.intro.clone()))
        .with(el("p").class("card-meta").all(meta))
        .with(price);
    el("li").flag("hidden", hidden).with(link)
}

/// What stands where nothing was found, and the way back.
fn none(model: &Model, lang: Lang) -> Element {
    if model.cards.is_empty() {
        let sentence =
            lang.pick("还没有应用上架。上架后会出现在这里。", "No app is listed yet. Listed apps appear here.");
        return el("div").class("empty").with(el("p").with(sentence));
    }
    let sentence = lang
        .pick("没有符合条件的应用。换个词试试，或查看全部。", "No app matches. Try another word, or see all of them.");
    let all = el("a").class("link").attr("href", "/").with(lang.pick("查看全部应用", "See all apps"));
    el("div").class("empty").with(el("p").with(sentence)).with(all)
}

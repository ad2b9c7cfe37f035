//! The product page.

use std::rc::Rc;

use shared::api::ProductText;

use super::compare::days;
use super::model::{Model, Msg};
use super::reviews::PART;
use super::{config_view, figure_view, quote_view, table_view};
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;

/// Shows the page.
pub fn view(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    painted(model, lang, to, Vec::new())
}

/// The page as the server paints it, with what buyers say of the product.
pub fn painted(model: &Model, lang: Lang, to: &Sink<Msg>, reviews: Vec<Element>) -> Element {
    let more = about(&model.text, lang).into_iter().chain([said(reviews, lang)]);
    el("article").class("product").with(head(model, lang)).with(desk(model, lang, to, true, more.collect()))
}

/// The configurator and the quote card alone, for a frame on somebody else's site.
pub fn embedded(model: &Model, lang: Lang, to: &Sink<Msg>) -> Element {
    let shown = Rc::new(model.clone());
    let to_config = to.clone();
    let main = el("div").class("desk-main").after_all(move || config_view::view(&shown, lang, &to_config));
    let desk = el("div").class("desk").with(main).with(quote_view::view(model, lang, to));
    el("article").class("product").with(el("h1").class("sr").with(model.text.name.clone())).with(desk)
}

/// The configurator with its curve, and the comparison of the editions if it is wanted; the quote card beside them; `more`
/// stands below.
pub fn desk(model: &Model, lang: Lang, to: &Sink<Msg>, compare: bool, more: Vec<Element>) -> Element {
    let shown = Rc::new(model.clone());
    let (configured, drawn, compared, to_config) = (shown.clone(), shown.clone(), shown, to.clone());
    let main = el("div")
        .class("desk-main")
        .after_all(move || config_view::view(&configured, lang, &to_config))
        .after_all_inert(move || figure_view::view(&drawn, lang));
    let main = if compare { main.after_all_inert(move || table_view::view(&compared, lang)) } else { main };
    let main = main.all(more);
    el("div").class("desk").with(main).with(quote_view::view(model, lang, to))
}

fn head(model: &Model, lang: Lang) -> Element {
    let text = &model.text;
    let visible = model.offer.editions.iter().filter(|edition| !edition.hidden);
    let trial = visible.filter_map(|edition| edition.trial).map(|trial| trial.days).max().map(|n| {
        let days = days(n, lang);
        let words = lang.pick(format!("免费试用 {days}"), format!("Try it free for {days}"));
        el("li").with(el("a").class("link").attr("href", ["/trial/", &model.slug].concat()).with(words))
    });
    let home = el("a").attr("href", "/").with(lang.pick("全部应用", "All apps"));
    let crumb = el("p").class("crumb").with(home).with(" / ").with(text.category.clone());
    let facts = [text.vendor.clone(), rating(text, lang), users(text.users, lang)];
    el("header")
        .class("product-head")
        .with(crumb)
        .with(el("h1").with(text.name.clone()))
        .with(el("p").class("lead").with(text.intro.clone()))
        .with(el("ul").class("meta").all(facts.map(|fact| el("li").with(fact))).maybe(trial))
}

/// What it is rated, or that nobody has rated it yet.
pub fn rating(text: &ProductText, lang: Lang) -> String {
    match &text.rating {
        Some(rating) => lang.pick(format!("评分 {rating} / 5"), format!("Rated {rating} of 5")),
        None => lang.pick("暂无评分", "No ratings yet").to_owned(),
    }
}

fn users(n: u32, lang: Lang) -> String {
    match n {
        1 => lang.pick("1 家企业在用", "Used by 1 company").to_owned(),
        n => lang.pick(format!("{n} 家企业在用"), format!("Used by {n} companies")),
    }
}

fn about(text: &ProductText, lang: Lang) -> Vec<Element> {
    let part = |title: &'static str| el("section").class("part").with(el("h2").with(title));
    let paragraph = |text: &String| el("p").with(text.clone());
    let mut parts = Vec::new();
    if !text.details.is_empty() {
        parts.push(part(lang.pick("详情", "Details")).all(text.details.iter().map(paragraph)));
    }
    if !text.tutorial.is_empty() {
        let steps = text.tutorial.iter().map(|step| el("li").with(step.clone()));
        parts.push(part(lang.pick("使用教程", "Getting started")).with(el("ol").all(steps)));
    }
    if !text.stories.is_empty() {
        let stories = text.stories.iter().map(|story| el("blockquote").with(paragraph(story)));
        parts.push(part(lang.pick("成功案例", "Success stories")).all(stories));
    }
    if !text.support.is_empty() {
        parts.push(part(lang.pick("服务支持", "Support")).with(paragraph(&text.support)));
    }
    parts
}

fn said(reviews: Vec<Element>, lang: Lang) -> Element {
    let painted = el("div").keeps_painted().all(reviews);
    el("section").id(PART).class("part").with(el("h2").with(lang.pick("用户评价", "Reviews"))).with(painted)
}

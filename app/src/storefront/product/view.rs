//! The product page.

use leptos::prelude::*;
use shared::api::ProductText;

use super::model::Model;
use super::{Store, config_view, figure_view, quote_view, table_view};
use crate::i18n::Lang;
use crate::widgets::bind::Shown;

/// Shows the page.
pub fn view(store: Store, lang: Lang) -> AnyView {
    // The words change only when the configuration is fetched anew.
    let text = Memo::new(move |_| store.model.with(|model| model.text.clone()));
    let words = move || head(&text.get(), lang);
    let more = move || about(&text.get(), lang);
    view! {
        <article class="product">
            {words}
            <div class="desk">
                <div class="desk-main">
                    {config_view::view(store, lang)}
                    {store.block(move |model: &Model| figure_view::view(model, lang))}
                    {table_view::view(store, lang)}
                    {more}
                </div>
                {quote_view::view(store, lang)}
            </div>
        </article>
    }
    .into_any()
}

fn head(text: &ProductText, lang: Lang) -> AnyView {
    view! {
        <header class="product-head">
            <p class="crumb"><a href="/">{lang.pick("全部应用", "All apps")}</a>" / "{text.category.clone()}</p>
            <h1>{text.name.clone()}</h1>
            <p class="lead">{text.intro.clone()}</p>
            <ul class="meta">
                <li>{text.vendor.clone()}</li>
                <li>{rating(text, lang)}</li>
                <li>{users(text.users, lang)}</li>
            </ul>
        </header>
    }
    .into_any()
}

/// `4.6 分`, or that nobody has rated yet.
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

fn about(text: &ProductText, lang: Lang) -> AnyView {
    let paragraphs = |texts: &[String]| texts.iter().map(|text| view! { <p>{text.clone()}</p> }).collect::<Vec<_>>();
    let section = |title: &'static str, content: AnyView| {
        view! { <section class="part"><h2>{title}</h2>{content}</section> }.into_any()
    };
    let mut parts = Vec::new();
    if !text.details.is_empty() {
        parts.push(section(lang.pick("详情", "Details"), paragraphs(&text.details).into_any()));
    }
    if !text.tutorial.is_empty() {
        let steps: Vec<_> = text.tutorial.iter().map(|step| view! { <li>{step.clone()}</li> }).collect();
        parts.push(section(lang.pick("使用教程", "Getting started"), view! { <ol>{steps}</ol> }.into_any()));
    }
    if !text.stories.is_empty() {
        let stories: Vec<_> =
            text.stories.iter().map(|story| view! { <blockquote><p>{story.clone()}</p></blockquote> }).collect();
        parts.push(section(lang.pick("成功案例", "Success stories"), stories.into_any()));
    }
    if !text.support.is_empty() {
        parts.push(section(lang.pick("服务支持", "Support"), view! { <p>{text.support.clone()}</p> }.into_any()));
    }
    let none = lang.pick(
        "暂无评价。购买并使用后，即可在这里评价。",
        "No reviews yet. Buyers can leave one here once they use the app.",
    );
    parts.push(section(lang.pick("用户评价", "Reviews"), view! { <p class="quiet">{none}</p> }.into_any()));
    parts.into_any()
}

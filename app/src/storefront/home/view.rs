//! The home page.

use leptos::prelude::*;
use shared::api::ProductCard;

use super::model::{Model, from_price};
use crate::i18n::Lang;
use crate::storefront::product::compare::days;
use crate::storefront::product::view::rating;
use crate::widgets::bind::{Shown, nothing};

/// Shows the page.
pub fn view(model: RwSignal<Model>, lang: Lang) -> AnyView {
    let (cards, categories) = model.with_untracked(|model| (model.cards.clone(), model.categories.clone()));
    let cards: Vec<AnyView> = (0..cards.len()).map(|index| card(model, &cards[index], index, lang)).collect();
    let all = [(None, lang.pick("全部", "All").to_owned())];
    let choices = all.into_iter().chain(categories.into_iter().enumerate().map(|(index, name)| (Some(index), name)));
    let filters: Vec<AnyView> = choices.map(|(index, name)| filter(model, index, name)).collect();
    let count = model.text(move |model| match model.shown() {
        1 => lang.pick("1 个应用", "1 app").to_owned(),
        n => lang.pick(format!("{n} 个应用"), format!("{n} apps")),
    });
    let empty = model.block(move |model: &Model| if model.shown() == 0 { none(model, lang) } else { nothing() });
    let typed = move |event: leptos::ev::Event| {
        let search = event_target_value(&event);
        model.update(|model| model.search = search);
    };
    view! {
        <header class="home-head">
            <h1>{lang.pick("企业应用市场", "Apps for your company")}</h1>
            <p class="lead">{lang.pick("选好配置，价格立即算清，精确到分。", "Choose a configuration and see its exact price at once.")}</p>
        </header>
        <form class="home-tools" role="search" on:submit=|event| event.prevent_default()>
            <label class="sr" for="search">{lang.pick("搜索应用", "Search apps")}</label>
            <input
                id="search"
                class="search"
                type="search"
                autocomplete="off"
                placeholder=lang.pick("按名称、用途或服务商搜索", "Search by name, purpose or vendor")
                prop:value=model.text(|model| model.search.clone())
                on:input=typed
            />
            <div class="filters" role="group" aria-label=lang.pick("类目", "Categories")>{filters}</div>
            <p class="home-count" role="status">{count}</p>
        </form>
        <ul class="cards">{cards}</ul>
        {empty}
    }
    .into_any()
}

fn filter(model: RwSignal<Model>, index: Option<usize>, name: String) -> AnyView {
    let pressed = model.text(move |model| (model.category == index).to_string());
    let pick = move |_| model.update(|model| model.category = index);
    view! { <button class="filter" type="button" aria-pressed=pressed on:click=pick>{name}</button> }.into_any()
}

fn card(model: RwSignal<Model>, card: &ProductCard, index: usize, lang: Lang) -> AnyView {
    let text = &card.text;
    let (price, per) = from_price(card.from, lang);
    let trial = card.trial_days.map(|n| {
        let days = days(n, lang);
        view! { <span class="badge">{lang.pick(format!("可试用 {days}"), format!("{days} trial"))}</span> }
    });
    let hidden = model.is(move |model| model.cards.get(index).is_some_and(|card| !model.shows(card)));
    view! {
        <li hidden=hidden>
            <a class="card" href=["/p/", &card.slug].concat()>
                <h2>{text.name.clone()}</h2>
                <p class="card-intro">{text.intro.clone()}</p>
                <p class="card-meta">{text.vendor.clone()}" · "{rating(text, lang)}</p>
                <p class="card-price"><strong>{price}</strong>{per}{trial}</p>
            </a>
        </li>
    }
    .into_any()
}

/// What stands where nothing was found, and the way back.
fn none(model: &Model, lang: Lang) -> AnyView {
    if model.cards.is_empty() {
        let sentence =
            lang.pick("还没有应用上架。上架后会出现在这里。", "No app is listed yet. Listed apps appear here.");
        return view! { <p class="empty">{sentence}</p> }.into_any();
    }
    let sentence = lang
        .pick("没有符合条件的应用。换个词试试，或查看全部。", "No app matches. Try another word, or see all of them.");
    view! {
        <div class="empty">
            <p>{sentence}</p>
            <a class="link" href="/">{lang.pick("查看全部应用", "See all apps")}</a>
        </div>
    }
    .into_any()
}

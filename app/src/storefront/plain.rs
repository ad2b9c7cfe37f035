//! Pages without content of their own: on the way, and not to be had.

use leptos::prelude::*;

use crate::browser;
use crate::client::Failure;
use crate::i18n::Lang;
use crate::route::Route;
use crate::widgets::bind::nothing;

/// A page on its way: its outline, in its dimensions.
pub fn loading(route: &Route, lang: Lang) -> AnyView {
    let class = match route {
        Route::Product(_) => "skeleton is-product",
        Route::Quotation(_) => "skeleton is-sheet",
        Route::Home | Route::Unknown => "skeleton is-home",
    };
    view! {
        <div class=class aria-busy="true">
            <p class="sr" role="status">{lang.pick("正在载入…", "Loading…")}</p>
            <span class="bone is-title"></span>
            <span class="bone is-line"></span>
            <div class="bones">
                <span class="bone is-block"></span>
                <span class="bone is-block"></span>
                <span class="bone is-block"></span>
            </div>
        </div>
    }
    .into_any()
}

/// What went wrong, and the way on.
pub fn failed(failure: &Failure, lang: Lang) -> AnyView {
    let gone = match failure {
        Failure::NotFound => true,
        Failure::Refused(refusal) => refusal.status == 404,
        Failure::Unreachable | Failure::Unreadable => false,
    };
    let title = if gone {
        lang.pick("没有这个页面", "No such page")
    } else {
        lang.pick("页面没有载入", "The page did not load")
    };
    let retry = if gone {
        nothing()
    } else {
        view! {
            <button class="button" type="button" on:click=move |_| browser::reload()>{lang.pick("重试", "Try again")}</button>
        }
        .into_any()
    };
    view! {
        <div class="plain">
            <h1>{title}</h1>
            <p class="lead">{failure.sentence(lang)}</p>
            <p class="plain-ways">{retry}<a class="link" href="/">{lang.pick("查看全部应用", "See all apps")}</a></p>
        </div>
    }
    .into_any()
}

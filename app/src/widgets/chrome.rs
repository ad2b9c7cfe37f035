//! What surrounds every page: skip link, header with the two switches, footer.

use leptos::prelude::*;

use crate::app::App;
use crate::i18n::Lang;

/// `content` inside the page's frame.
pub fn framed(app: App, lang: Lang, content: AnyView) -> AnyView {
    let other = lang.other();
    let switch_language = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        app.set_lang(other);
    };
    view! {
        <a class="skip" href="#main">{lang.pick("跳到正文", "Skip to content")}</a>
        <header class="top">
            <div class="wrap top-row">
                <a class="brand" href="/">"Quotient"</a>
                <nav class="top-nav" aria-label=lang.pick("商店", "Store")>
                    <a href="/">{lang.pick("全部应用", "All apps")}</a>
                </nav>
                <div class="top-tools">
                    <a
                        id="language"
                        class="tool"
                        href=["?lang=", other.code()].concat()
                        lang=other.tag()
                        hreflang=other.tag()
                        on:click=switch_language
                    >
                        {lang.pick("English", "中文")}
                    </a>
                    <button
                        id="theme"
                        class="tool tool-icon"
                        type="button"
                        aria-label=lang.pick("切换深浅主题", "Switch between light and dark")
                        on:click=move |_| app.switch_theme()
                    >
                        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                            <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.5" />
                            <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
                        </svg>
                    </button>
                </div>
            </div>
        </header>
        <main id="main" class="wrap" tabindex="-1">{content}</main>
        <footer class="foot">
            <div class="wrap">
                <p>
                    {lang.pick(
                        "价格精确到分，含税；页面与服务器用同一份规则计算。",
                        "Prices are exact to the fen and include tax; page and server compute them by the same rules.",
                    )}
                </p>
            </div>
        </footer>
    }
    .into_any()
}

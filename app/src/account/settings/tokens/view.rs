//! The page: the tokens that there are, and making one.

use shared::api::Token;
use shared::calendar::Timestamp;

use super::make_view::make;
use super::model::{Msg, Tokens};
use super::words::scope;
use crate::account::route::Route;
use crate::account::settings::tabs::under_tabs;
use crate::element::{Element, Sink, el};
use crate::format::{date, date_time};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, loaded, said, titled};
use crate::page::{Context, Shown};

impl Shown for Tokens {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        let lang = context.lang;
        let content = if self.may() {
            loaded(&self.tokens, lang, |tokens| page(self, tokens, context, to))
        } else {
            let why = lang.pick(
                "访问令牌只对管理员开放：令牌能以您的身份下单和读取数据。需要时请联系本组织的管理员。",
                "API tokens are for administrators: a token reads and orders in their name. Ask your organisation's.",
            );
            el("p").class("notice").with(why)
        };
        under_tabs(&Route::Tokens, el("div").class("settings").with(content), context)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("访问令牌", "API tokens"))
    }
}

fn page(model: &Tokens, tokens: &[Token], context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let lead = lang.pick(
        "供程序调用接口使用，权限不会超过您的角色。每个用途单独建一个，泄露时只需吊销那一个。",
        "For programs that call the API; never for more than your role. Make one for each use, so that one can be revoked alone.",
    );
    let described = el("a").class("link").attr("href", shared::api::OPENAPI);
    let lead =
        el("p").class("fine").with(lead).with(" ").with(described.with(lang.pick("接口说明", "The API's description")));
    let list = if tokens.is_empty() {
        el("p").class("quiet").with(lang.pick("还没有访问令牌。", "No tokens yet."))
    } else {
        el("ul").class("rows").all(tokens.iter().map(|token| row(model, token, context.now, lang, to)))
    };
    let here = el("section")
        .class("settings-part")
        .attr("aria-labelledby", "tokens-title")
        .with(el("h2").id("tokens-title").with(lang.pick("您的令牌", "Your tokens")))
        .with(lead)
        .with(list);
    el("div").with(here).with(make(model, context, to))
}

fn row(model: &Tokens, token: &Token, now: Timestamp, lang: Lang, to: &Sink<Msg>) -> Element {
    let scopes: Vec<_> = token.scopes.iter().map(|it| scope(*it, lang)).collect();
    let main = el("span")
        .class("row-main")
        .with(el("span").class("row-name").with(token.name.clone()))
        .with(el("span").class("row-what").with(scopes.join(lang.pick("、", ", "))));
    let used = match token.last_used_at {
        Some(at) => [lang.pick("上次使用 ", "last used "), &date_time(at, lang)].concat(),
        None => lang.pick("从未使用", "never used").to_owned(),
    };
    let side = el("span")
        .class("row-side")
        .with(el("span").class("row-left").with(ends(token, now, lang)))
        .with(el("span").class("row-what").with(used));
    let id = token.id.clone();
    let revoke = button("link", lang.pick("吊销", "Revoke"), false, to, move || Msg::Ask(Some(id.clone())))
        .attr("aria-label", [lang.pick("吊销 ", "Revoke "), &token.name].concat());
    let asked = (model.asked.as_deref() == Some(token.id.as_str())).then(|| asking(model, token, lang, to));
    el("li").with(el("div").class("row is-plain").with(main).with(side).with(revoke)).with(el("div").maybe(asked))
}

fn ends(token: &Token, now: Timestamp, lang: Lang) -> String {
    match token.expires_at {
        None => lang.pick("长期有效", "until revoked").to_owned(),
        Some(at) if at > now => {
            let at = date(at, lang);
            lang.pick(format!("{at} 到期"), format!("until {at}"))
        }
        Some(at) => {
            let at = date(at, lang);
            lang.pick(format!("已于 {at} 到期"), format!("ended on {at}"))
        }
    }
}

fn asking(model: &Tokens, token: &Token, lang: Lang, to: &Sink<Msg>) -> Element {
    let sentence = lang.pick(
        format!("吊销“{}”后，使用它的程序立即失去访问，不能恢复。", token.name),
        format!("Programs that use “{}” lose access at once. This cannot be undone.", token.name),
    );
    let keep = button("button is-quiet", lang.pick("保留", "Keep it"), false, to, || Msg::Ask(None)).id("keep-token");
    let busy = model.revoking.waits();
    let sure = button("button is-danger", lang.pick("确定吊销", "Revoke it"), busy, to, || Msg::Revoke(draw_key()));
    el("div")
        .class("ask")
        .attr("role", "group")
        .attr("aria-label", lang.pick("吊销令牌", "Revoke a token"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(keep).with(sure))
        .with(said(&model.revoking, lang.pick("正在吊销…", "Revoking…"), lang))
}

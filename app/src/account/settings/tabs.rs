//! The heading of these pages, and the way from one to another.

use shared::api::Role;

use crate::account::route::Route;
use crate::element::{Element, el};
use crate::page::Context;
use crate::page::parts::tabs;

/// Whether this role sees who the members are, as the server's table of routes has it.
pub fn sees_members(role: Role) -> bool {
    manages(role) || role == Role::Auditor
}

/// Whether this role sees to members and machines.
pub fn manages(role: Role) -> bool {
    matches!(role, Role::BuyerAdmin | Role::IsvOwner | Role::Operator)
}

/// `content` under its heading; `here` is its page.
pub(super) fn under_tabs(here: &Route, content: Element, context: &Context) -> Element {
    let lang = context.lang;
    let role = context.role();
    let pages = [
        (Route::Security, lang.pick("登录与安全", "Security"), true),
        (Route::Members, lang.pick("成员", "Members"), role.is_some_and(sees_members)),
        (Route::Tokens, lang.pick("访问令牌", "API tokens"), role.is_some_and(manages)),
    ];
    let shown = pages.into_iter().filter(|(_, _, shown)| *shown);
    let name = lang.pick("账户设置", "Settings");
    let tabs = tabs(name, shown.map(|(route, words, _)| (route.path(), words, route == *here)));
    el("div").class("settings-page").with(el("h1").with(name)).with(tabs).with(content)
}

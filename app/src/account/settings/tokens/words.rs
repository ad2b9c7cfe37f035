//! What a token is good for, in words.

use shared::api::Scope;

use crate::i18n::Lang;

/// What a scope is good for.
pub(super) fn scope(scope: Scope, lang: Lang) -> &'static str {
    match scope {
        Scope::Read => lang.pick("读取", "Read"),
        Scope::Orders => lang.pick("下单与支付", "Order and pay"),
        Scope::Services => lang.pick("服务与试用", "Services and trials"),
        Scope::Access => lang.pick("访问校验", "Access check"),
    }
}

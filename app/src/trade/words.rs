//! States in words.

use shared::api::{Names, Order, OrderStateName, Service, ServiceStateName};
use shared::calendar::{DAY, Timestamp};
use shared::orders::{CancelWhy, Method, OrderKind, OrderState, ServiceState};

use crate::format::{date, yuan};
use crate::i18n::Lang;
use crate::storefront::product::compare::days;

/// A state, and the class that colours it.
pub type State = (&'static str, &'static str);

const WAITS: &str = "state is-waiting";
const GOOD: &str = "state is-good";
const OVER: &str = "state is-over";
const DONE: &str = "state";

/// Where an order stands.
pub fn order_state(order: &Order, lang: Lang) -> State {
    match &order.state {
        OrderState::Paid { .. } if order.kind == OrderKind::Trial => (WAITS, lang.pick("开通中", "Being opened")),
        OrderState::Unpaid { .. } => (WAITS, lang.pick("待支付", "To be paid")),
        OrderState::Paid { .. } => (GOOD, lang.pick("已支付，开通中", "Paid, being opened")),
        OrderState::Fulfilled { .. } => (GOOD, lang.pick("已完成", "Fulfilled")),
        OrderState::Cancelled { why: CancelWhy::ByBuyer, .. } => (DONE, lang.pick("已取消", "Cancelled")),
        OrderState::Cancelled { .. } => (OVER, lang.pick("已关闭", "Closed")),
        OrderState::Refunded { .. } => (DONE, lang.pick("已退款", "Refunded")),
    }
}

/// What an order costs.
pub fn order_amount(order: &Order, lang: Lang) -> String {
    if order.kind == OrderKind::Trial {
        return lang.pick("免费", "Free").to_owned();
    }
    yuan(order.amount.due())
}

/// The states of an order to search by: code and words.
pub fn order_states(lang: Lang) -> [(&'static str, &'static str); 5] {
    use OrderStateName::{Cancelled, Fulfilled, Paid, Refunded, Unpaid};
    let words = |state| match state {
        Unpaid => lang.pick("待支付", "To be paid"),
        Paid => lang.pick("开通中", "Being opened"),
        Fulfilled => lang.pick("已完成", "Fulfilled"),
        Cancelled => lang.pick("已取消或关闭", "Cancelled or closed"),
        Refunded => lang.pick("已退款", "Refunded"),
    };
    [Unpaid, Paid, Fulfilled, Cancelled, Refunded].map(|state| (state.as_str(), words(state)))
}

/// Where a service stands.
pub fn service_state(state: &ServiceState, lang: Lang) -> State {
    match state {
        ServiceState::Provisioning { .. } => (WAITS, lang.pick("开通中", "Being opened")),
        ServiceState::Active { .. } => (GOOD, lang.pick("已开通", "Open")),
        ServiceState::Expired { .. } => (OVER, lang.pick("已过期", "Expired")),
        ServiceState::Closed { .. } => (DONE, lang.pick("已关闭", "Closed")),
    }
}

/// The states of a service to search by.
pub fn service_state_name(state: ServiceStateName, lang: Lang) -> &'static str {
    match state {
        ServiceStateName::Provisioning => lang.pick("开通中", "Being opened"),
        ServiceStateName::Active => lang.pick("已开通", "Open"),
        ServiceStateName::Expired => lang.pick("已过期", "Expired"),
        ServiceStateName::Closed => lang.pick("已关闭", "Closed"),
    }
}

/// The states of a service: code and words.
pub fn service_states(lang: Lang) -> [(&'static str, &'static str); 4] {
    use ServiceStateName::{Active, Closed, Expired, Provisioning};
    [Provisioning, Active, Expired, Closed].map(|state| (state.as_str(), service_state_name(state, lang)))
}

/// What an order is for.
pub fn order_kind(kind: OrderKind, lang: Lang) -> &'static str {
    match kind {
        OrderKind::Purchase => lang.pick("新购", "Purchase"),
        OrderKind::Trial => lang.pick("试用", "Trial"),
        OrderKind::Renewal => lang.pick("续费", "Renewal"),
        OrderKind::Expansion => lang.pick("扩容", "Expansion"),
        OrderKind::Upgrade => lang.pick("升级", "Upgrade"),
        OrderKind::Extension => lang.pick("重新订购", "New term"),
    }
}

/// How an order is paid.
pub fn method(method: Method, lang: Lang) -> &'static str {
    match method {
        Method::Sandbox => lang.pick("沙箱支付", "Sandbox payment"),
        Method::Transfer => lang.pick("银行转账", "Bank transfer"),
    }
}

/// Days until `end`, begun ones counted; 0 once it has come.
pub fn days_left(end: Timestamp, now: Timestamp) -> u32 {
    let seconds = end.since(now).max(0);
    u32::try_from(seconds.div_euclid(DAY) + i64::from(seconds % DAY > 0)).unwrap_or(u32::MAX)
}

/// `标准版 · 用户数 10 人 · 型号 APP+WAP`: what a selection or a service has.
pub fn picks<'a>(
    names: &Names,
    quantity: impl Fn(&str) -> Option<u32>,
    option: impl Fn(&str) -> Option<&'a str>,
) -> Vec<(String, String)> {
    let charges = names.charges.iter().filter_map(|charge| {
        let value = match (quantity(&charge.key), option(&charge.key)) {
            (Some(n), _) => format!("{n} {}", charge.unit),
            (None, Some(value)) => value.to_owned(),
            (None, None) => return None,
        };
        Some((charge.name.clone(), value))
    });
    charges.collect()
}

/// What a service has, by name.
pub fn service_picks(service: &Service) -> Vec<(String, String)> {
    let had = &service.subscription;
    picks(&service.names, |key| had.quantities.get(key).copied(), |key| had.options.get(key).map(String::as_str))
}

/// What was ordered, by name.
pub fn order_picks(order: &Order) -> Vec<(String, String)> {
    let asked = &order.selection;
    picks(&order.names, |key| asked.quantities.get(key).copied(), |key| asked.options.get(key).map(String::as_str))
}

/// How long a service runs still, in words.
pub fn remaining(service: &Service, now: Timestamp, lang: Lang) -> String {
    match (&service.state, service.end) {
        (ServiceState::Closed { at }, _) => {
            let at = date(*at, lang);
            lang.pick(format!("{at} 关闭"), format!("closed on {at}"))
        }
        (ServiceState::Expired { at }, _) => {
            let at = date(*at, lang);
            lang.pick(format!("{at} 到期"), format!("ended on {at}"))
        }
        (_, Some(end)) => {
            let (left, end) = (days(days_left(end, now), lang), date(end, lang));
            lang.pick(format!("剩余 {left} · 至 {end}"), format!("{left} left · until {end}"))
        }
        (_, None) => match service.trial {
            Some(trial) => {
                let length = days(trial.days, lang);
                lang.pick(format!("试用 {length}，开通后起算"), format!("{length} of trial, from its opening on"))
            }
            None => lang.pick("永久有效", "for good").to_owned(),
        },
    }
}

/// Why an order ended without being paid.
pub const fn order_ended(why: CancelWhy, lang: Lang) -> &'static str {
    match (why, lang) {
        (CancelWhy::ByBuyer, Lang::Zh) => "订单已由贵企业取消。",
        (CancelWhy::ByBuyer, Lang::En) => "Your enterprise cancelled the order.",
        (CancelWhy::NotPaid, Lang::Zh) => "订单逾期未付，已自动关闭。需要时可按同样配置重新购买。",
        (CancelWhy::NotPaid, Lang::En) => {
            "The order was not paid in time and closed by itself. The same can be bought again."
        }
        (CancelWhy::NoLongerAllowed, Lang::Zh) => "款项到达时所订内容已不可购买，订单已关闭，款项退回。",
        (CancelWhy::NoLongerAllowed, Lang::En) => {
            "When the money came, this could no longer be bought. The order is closed and the money goes back."
        }
        (CancelWhy::Superseded, Lang::Zh) => "同一服务有了更新的订单，本订单已由它取代并关闭。",
        (CancelWhy::Superseded, Lang::En) => {
            "A newer order on the same service took this one's place. This one is closed."
        }
        (CancelWhy::ServiceChanged, Lang::Zh) => {
            "同一服务的另一笔订单先完成了支付，本订单的报价已不适用，已关闭。如仍需要，请重新报价。"
        }
        (CancelWhy::ServiceChanged, Lang::En) => {
            "Another order on the same service was paid first, so what this one was quoted for no longer holds. It is closed; get a fresh quotation if you still want it."
        }
        (CancelWhy::RefundAsked, Lang::Zh) => "贵企业申请了该商品的退款，未支付的订单随之关闭。",
        (CancelWhy::RefundAsked, Lang::En) => {
            "Your enterprise asked for a refund of this product, so this unpaid order was closed."
        }
    }
}

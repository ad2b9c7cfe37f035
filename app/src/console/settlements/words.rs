//! Months in words.

use shared::api::Settlement;
use shared::calendar::Offset;
use shared::money::Fen;
use shared::settlement::{Month, StatementState, closes_at};

use crate::format::{date, date_time, yuan};
use crate::i18n::Lang;
use crate::trade::words::State;

/// `2026年11月`; `November 2026`.
pub(in crate::console) fn month(month: Month, offset: Offset, lang: Lang) -> String {
    // The name of its first day without the day.
    let Some(start) = month.start(offset) else { return month.to_string() };
    let first = date(start, lang);
    let name = match lang {
        Lang::Zh => first.strip_suffix("1日"),
        Lang::En => first.strip_prefix("1 "),
    };
    name.map_or_else(|| first.clone(), str::to_owned)
}

/// The states to search by: code and words.
pub(super) fn states(lang: Lang) -> [(&'static str, &'static str); 3] {
    [
        ("open", lang.pick("未结账", "Open")),
        ("closed", lang.pick("已结账", "Closed")),
        ("paid_out", lang.pick("已付款", "Paid out")),
    ]
}

/// Where it stands.
pub(in crate::console) fn state(settlement: &Settlement, lang: Lang) -> State {
    match settlement.state {
        StatementState::Open => ("state", lang.pick("未结账", "Open")),
        StatementState::Closed { .. } if settlement.payable > Fen::ZERO => {
            ("state is-waiting", lang.pick("待付款", "To be paid"))
        }
        StatementState::Closed { .. } => ("state", lang.pick("已结账，无应付", "Closed, nothing payable")),
        StatementState::PaidOut { .. } => ("state is-good", lang.pick("已付款", "Paid out")),
    }
}

/// What happens next, or what happened last, in a few words.
pub(super) fn next(settlement: &Settlement, lang: Lang) -> Option<String> {
    let offset = settlement.payable_by.offset();
    match &settlement.state {
        StatementState::Open => {
            let at = date_time(closes_at(settlement.month, offset)?, lang);
            Some(lang.pick(format!("{at} 结账"), format!("closes on {at}")))
        }
        StatementState::Closed { .. } if settlement.payable > Fen::ZERO => {
            let by = date(settlement.payable_by, lang);
            Some(lang.pick(format!("最迟 {by} 付款"), format!("payable by {by}")))
        }
        StatementState::Closed { .. } => (settlement.carried > Fen::ZERO).then(|| {
            let carried = yuan(settlement.carried);
            lang.pick(format!("{carried} 结转次月扣除"), format!("{carried} deducted from the next month"))
        }),
        StatementState::PaidOut { at, .. } => {
            let at = date(*at, lang);
            Some(lang.pick(format!("{at} 付款"), format!("paid on {at}")))
        }
    }
}

/// Where it stands and what follows, in sentences; `own`: to the ISV itself.
pub(in crate::console) fn standing(settlement: &Settlement, own: bool, lang: Lang) -> String {
    let offset = settlement.payable_by.offset();
    let payable = yuan(settlement.payable);
    let whom = match (own, lang) {
        (true, Lang::Zh) => "贵公司",
        (true, Lang::En) => "you",
        (false, Lang::Zh) => "服务商",
        (false, Lang::En) => "the vendor",
    };
    match &settlement.state {
        StatementState::Open => {
            let at = closes_at(settlement.month, offset).map(|at| date_time(at, lang)).unwrap_or_default();
            lang.pick(
                format!("本月尚未结账，金额会随订单完成和退款变化。{at} 自动结账。"),
                format!("The month is open: what it comes to changes with its orders and refunds. It closes by itself on {at}."),
            )
        }
        StatementState::Closed { at } if settlement.payable > Fen::ZERO => {
            let (at, by) = (date_time(*at, lang), date_time(settlement.payable_by, lang));
            lang.pick(
                format!("{at} 结账。平台应在 {by} 前向{whom}支付 {payable}。"),
                format!("Closed on {at}. The operator is to pay {payable} to {whom} by {by}."),
            )
        }
        StatementState::Closed { at } => {
            let at = date_time(*at, lang);
            if settlement.carried > Fen::ZERO {
                let carried = yuan(settlement.carried);
                lang.pick(
                    format!("{at} 结账。退款与扣除超过本月完成的订单，没有应付金额；差额 {carried} 从次月扣除。"),
                    format!("Closed on {at}. Refunds and deductions exceed the month's orders: nothing is payable, and {carried} is deducted from the next month."),
                )
            } else {
                lang.pick(format!("{at} 结账。没有应付金额。"), format!("Closed on {at}. Nothing is payable."))
            }
        }
        StatementState::PaidOut { at, reference, .. } => {
            let at = date_time(*at, lang);
            lang.pick(
                format!("平台已于 {at} 向{whom}支付 {payable}，付款流水号 {reference}。"),
                format!("The operator paid {payable} to {whom} on {at}; the payment's reference is {reference}."),
            )
        }
    }
}

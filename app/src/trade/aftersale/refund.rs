//! Refunds in words, and as a list that is searched (rules O4, O9).

use shared::api::{self, Refund, RefundList, RefundQuery, RefundStateName};
use shared::calendar::Timestamp;
use shared::orders::{Approval, RefundState};

use super::history;
use crate::element::{Element, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{fact, link};
use crate::page::search::Query;
use crate::trade::words::{State, method};

impl Query for RefundQuery {
    type List = RefundList;
    type Row = Refund;
    const PATH: &'static str = api::REFUNDS;

    fn rows(list: RefundList) -> Vec<Refund> {
        list.refunds
    }

    fn next(list: &RefundList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(_: &Refund) -> Option<(&str, &str)> {
        None
    }
}

/// Where a refund stands.
pub fn refund_state(state: &RefundState, lang: Lang) -> State {
    match state {
        RefundState::Reviewing { .. } => ("state is-waiting", lang.pick("审核中", "Under review")),
        RefundState::Withdrawn { .. } => ("state", lang.pick("已撤回", "Withdrawn")),
        RefundState::Refunding { .. } => ("state is-waiting", lang.pick("退款中", "Money on its way")),
        RefundState::Refunded { .. } => ("state is-good", lang.pick("退款成功", "Refunded")),
        RefundState::Rejected { .. } => ("state is-over", lang.pick("审核不通过", "Rejected")),
    }
}

/// The states to search by: code and words.
pub fn refund_states(lang: Lang) -> [(&'static str, &'static str); 5] {
    use RefundStateName::{Refunded, Refunding, Rejected, Reviewing, Withdrawn};
    let words = |state| match state {
        Reviewing => lang.pick("审核中", "Under review"),
        Withdrawn => lang.pick("已撤回", "Withdrawn"),
        Refunding => lang.pick("退款中", "On its way"),
        Refunded => lang.pick("退款成功", "Refunded"),
        Rejected => lang.pick("审核不通过", "Rejected"),
    };
    [Reviewing, Refunding, Refunded, Rejected, Withdrawn].map(|state| (state.as_str(), words(state)))
}

/// How long it is until `until`, in hours and minutes, begun minutes counted.
pub fn left(until: Timestamp, now: Timestamp, lang: Lang) -> String {
    let minutes = until.since(now).max(0).saturating_add(59) / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => lang.pick(format!("{minutes} 分钟"), format!("{minutes} min")),
        (hours, 0) => lang.pick(format!("{hours} 小时"), format!("{hours} h")),
        (hours, minutes) => lang.pick(format!("{hours} 小时 {minutes} 分"), format!("{hours} h {minutes} min")),
    }
}

/// By whom, or what, it was approved.
pub const fn approved(by: Approval, lang: Lang) -> &'static str {
    match (by, lang) {
        (Approval::Isv, Lang::Zh) => "服务商同意退款",
        (Approval::Isv, Lang::En) => "The vendor agreed to the refund",
        (Approval::NoAnswer, Lang::Zh) => "服务商 72 小时未处理，视为同意退款",
        (Approval::NoAnswer, Lang::En) => "No answer of the vendor's for 72 hours, which is a yes",
        (Approval::NotOpened, Lang::Zh) => "24 小时未全部开通，无需审核，直接退款",
        (Approval::NotOpened, Lang::En) => "Not everything opened within 24 hours: refunded without review",
    }
}

/// What it is: `under` is the address that orders stand under.
pub fn facts(refund: &Refund, under: &str, lang: Lang) -> Element {
    let order = link([under, "/orders/", &refund.order].concat(), refund.order.clone());
    let mut facts = vec![
        fact(lang.pick("退款编号", "Number"), refund.id.clone()),
        fact(lang.pick("订单", "Order"), order),
        fact(lang.pick("退回方式", "Sent back by"), method(refund.via, lang)),
        fact(lang.pick("申请人", "Asked for by"), refund.applicant.clone()),
    ];
    if let Some(customer) = &refund.customer {
        facts.push(fact(lang.pick("客户", "Customer"), customer.name.clone()));
    }
    facts.push(fact(lang.pick("申请时间", "Asked for"), date_time(refund.asked_at, lang)));
    el("section")
        .class("order-facts")
        .attr("aria-label", lang.pick("退款信息", "About the refund"))
        .with(el("dl").class("facts").all(facts))
}

/// How much, why, and what happened.
pub fn detail(refund: &Refund, lang: Lang) -> Element {
    let total = el("p")
        .class("big-total")
        .with(el("span").id("total-name").with(lang.pick("退款金额", "To come back")))
        .with(el("output").attr("aria-labelledby", "total-name").with(yuan(refund.amount)));
    let reason = el("div")
        .class("reason")
        .with(el("p").class("label").with(lang.pick("退款原因", "Why")))
        .with(el("p").with(refund.reason.clone()));
    el("div").with(total).with(reason).with(events(refund, lang))
}

fn events(refund: &Refund, lang: Lang) -> Element {
    let asked = lang.pick(
        format!("{}申请退款 {}", refund.applicant, yuan(refund.amount)),
        format!("{} asked for {} back", refund.applicant, yuan(refund.amount)),
    );
    let yes = |by| approved(by, lang).to_owned();
    let mut events = vec![(refund.asked_at, asked)];
    match &refund.state {
        RefundState::Reviewing { .. } => {}
        RefundState::Withdrawn { at } => {
            events.push((*at, lang.pick("企业撤回申请", "The enterprise withdrew it").to_owned()));
        }
        RefundState::Rejected { at, reason } => events
            .push((*at, lang.pick(format!("服务商不同意：{reason}"), format!("The vendor does not refund: {reason}")))),
        RefundState::Refunding { since, by } => events.push((*since, yes(*by))),
        RefundState::Refunded { approved_at, at, by } => {
            events.push((*approved_at, yes(*by)));
            events.push((*at, lang.pick("款项已退回", "The money was sent back").to_owned()));
        }
    }
    history(events, lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::samples::instant;

    #[test]
    fn begun_minutes_count() {
        let until = instant("2026-11-24T10:00:00+08:00");
        for (now, zh) in [
            ("2026-11-21T10:00:00+08:00", "72 小时"),
            ("2026-11-21T10:00:01+08:00", "72 小时"),
            ("2026-11-21T10:01:00+08:00", "71 小时 59 分"),
            ("2026-11-24T09:59:59+08:00", "1 分钟"),
            ("2026-11-24T10:00:01+08:00", "0 分钟"),
        ] {
            assert_eq!(left(until, instant(now), Lang::Zh), zh, "{now}");
        }
    }
}

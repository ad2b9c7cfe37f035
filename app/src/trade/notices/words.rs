//! Notices in words.

use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{NoticeKind, ReturnWhy};

use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::trade::words::order_ended;

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The order with this id.
    Order(String),
    /// The service with this id.
    Service(String),
}

/// What a notice says, and what it is about.
pub(super) fn notice(kind: &NoticeKind, lang: Lang) -> (String, About) {
    let service = |id: &String| About::Service(id.clone());
    let order = |id: &String| About::Order(id.clone());
    match kind {
        NoticeKind::ServiceEnds { service: id, end } => {
            (ends(lang.pick("服务", "The service"), *end, lang), service(id))
        }
        NoticeKind::TrialEnds { service: id, end } => (ends(lang.pick("试用", "The trial"), *end, lang), service(id)),
        NoticeKind::ServiceExpired { service: id, trial, renewable_until } => {
            let until = date_time(*renewable_until, lang);
            let sentence = if *trial {
                lang.pick(
                    format!("试用已到期，访问已停止。{until} 前购买可继续使用同一个服务。"),
                    format!(
                        "The trial has ended and access is cut. Buy before {until} to go on with the same service."
                    ),
                )
            } else {
                lang.pick(
                    format!("服务已到期，访问已停止。{until} 前仍可续费，之后服务关闭。"),
                    format!(
                        "The service has ended and access is cut. It can be renewed until {until}, then it closes."
                    ),
                )
            };
            (sentence, service(id))
        }
        NoticeKind::ServiceClosed { service: id } => (
            lang.pick("服务已关闭，不能再续费。", "The service is closed and cannot be renewed any more.").to_owned(),
            service(id),
        ),
        NoticeKind::ServiceOpened { service: id } => (
            lang.pick("服务商已开通服务，可以使用了。", "The vendor has opened the service; it can be used.")
                .to_owned(),
            service(id),
        ),
        NoticeKind::OrderRepriced { order: id, from, to, reason } => {
            let (from, to) = (yuan(*from), yuan(*to));
            let sentence = lang.pick(
                format!("服务商将订单金额由 {from} 改为 {to}。原因：{reason}"),
                format!("The vendor changed the order's amount from {from} to {to}. Reason: {reason}"),
            );
            (sentence, order(id))
        }
        NoticeKind::OrderClosed { order: id, why } => (order_ended(*why, lang).to_owned(), order(id)),
        NoticeKind::MoneyReturned { order: id, amount, why } => (returned(*amount, *why, lang), order(id)),
        NoticeKind::TransferShort { order: id, received, missing, closes_at } => {
            let (received, missing, until) = (yuan(*received), yuan(*missing), date_time(*closes_at, lang));
            let sentence = lang.pick(
                format!("收到转账 {received}，还差 {missing}。请在 {until} 前补足，否则订单关闭，已收款项退回。"),
                format!("{received} arrived by transfer, {missing} is missing. Send the rest before {until}, or the order closes and the money goes back."),
            );
            (sentence, order(id))
        }
        NoticeKind::OrderPlaced { order: id, amount } => {
            (amount_of(lang.pick("有新订单：", "A new order: "), *amount), order(id))
        }
        NoticeKind::OrderPaid { order: id, amount } => {
            let sentence =
                amount_of(lang.pick("订单已支付，请开通服务：", "An order was paid; open its services: "), *amount);
            (sentence, order(id))
        }
        NoticeKind::TrialBegun { service: id, .. } => {
            (lang.pick("有企业申请试用，请开通。", "An enterprise began a trial; open it.").to_owned(), service(id))
        }
        NoticeKind::TransferExpected { order: id, amount } => {
            (amount_of(lang.pick("有订单将以转账支付：", "An order is to be paid by transfer: "), *amount), order(id))
        }
        NoticeKind::AmountMismatch { order: id, expected, notified, .. } => {
            let (expected, notified) = (yuan(*expected), yuan(*notified));
            let sentence = lang.pick(
                format!("支付通知金额 {notified} 与订单金额 {expected} 不符，未入账，请核对。"),
                format!(
                    "A payment of {notified} was notified for an order of {expected}. It paid nothing; look into it."
                ),
            );
            (sentence, order(id))
        }
        NoticeKind::TransferToReturn { order: id, amount } => {
            (amount_of(lang.pick("须以转账退回：", "To be sent back by transfer: "), *amount), order(id))
        }
    }
}

fn ends(what: &str, end: Timestamp, lang: Lang) -> String {
    let end = date_time(end, lang);
    lang.pick(format!("{what}将于 {end} 到期。"), format!("{what} ends on {end}."))
}

fn amount_of(sentence: &str, amount: Fen) -> String {
    [sentence, &yuan(amount)].concat()
}

fn returned(amount: Fen, why: ReturnWhy, lang: Lang) -> String {
    let amount = yuan(amount);
    let why = match why {
        ReturnWhy::Over => lang.pick("到账多于应付", "more arrived than was due"),
        ReturnWhy::AlreadyPaid => lang.pick("订单此前已支付", "the order had been paid already"),
        ReturnWhy::Cancelled => lang.pick("订单已取消", "the order was cancelled"),
        ReturnWhy::Closed => lang.pick("订单已关闭", "the order had closed"),
        ReturnWhy::NoLongerAllowed => lang.pick("所订内容已不可购买", "this can no longer be bought"),
    };
    lang.pick(format!("{amount} 正在退回：{why}。"), format!("{amount} goes back: {why}."))
}

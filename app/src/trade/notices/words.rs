//! Notices in words.

use shared::aftersale::Outcome;
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{Approval, NoticeKind, ReturnWhy};

use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::trade::words::order_ended;

/// Where buyers' pages stand.
const ACCOUNT: &str = "/account";

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The order with this id.
    Order(String),
    /// The service with this id.
    Service(String),
    /// What was said of the order with this id.
    Review(String),
    /// What is complained of about the order with this id.
    Complaint(String),
    /// The refund with this id.
    Refund(String),
    /// The invoices of the order with this id.
    Invoices(String),
    /// What the months come to.
    Settlements,
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
            (expired(*trial, *renewable_until, lang), service(id))
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
        NoticeKind::NotOpenedInTime { .. }
        | NoticeKind::RefundAsked { .. }
        | NoticeKind::RefundWithdrawn { .. }
        | NoticeKind::RefundApproved { .. }
        | NoticeKind::RefundRejected { .. }
        | NoticeKind::RefundSent { .. }
        | NoticeKind::RefundToSend { .. } => refund(kind, lang),
        NoticeKind::InvoiceRequested { .. }
        | NoticeKind::InvoiceWithdrawn { .. }
        | NoticeKind::InvoiceIssued { .. }
        | NoticeKind::InvoiceRejected { .. } => invoice(kind, lang),
        NoticeKind::Reviewed { .. }
        | NoticeKind::ReviewAnswered { .. }
        | NoticeKind::ComplaintMade { .. }
        | NoticeKind::ComplaintAnswered { .. }
        | NoticeKind::ComplaintWithdrawn { .. }
        | NoticeKind::ComplaintClosed { .. } => said_of_order(kind, lang),
        NoticeKind::OfflineRecorded { .. }
        | NoticeKind::OfflineConfirmed { .. }
        | NoticeKind::OfflineDeclined { .. }
        | NoticeKind::MonthSettled { .. }
        | NoticeKind::MonthPaidOut { .. } => paid_between(kind, lang),
    }
}

/// A trial, or a paid service, has come to its end.
fn expired(trial: bool, until: Timestamp, lang: Lang) -> String {
    let until = date_time(until, lang);
    if trial {
        lang.pick(
            format!("试用已到期，访问已停止。{until} 前购买可继续使用同一个服务。"),
            format!("The trial has ended and access is cut. Buy before {until} to go on with the same service."),
        )
    } else {
        lang.pick(
            format!("服务已到期，访问已停止。{until} 前仍可续费，之后服务关闭。"),
            format!("The service has ended and access is cut. It can be renewed until {until}, then it closes."),
        )
    }
}

/// Refunds, and what allows one without review.
fn refund(kind: &NoticeKind, lang: Lang) -> (String, About) {
    let about = |id: &String| About::Refund(id.clone());
    match kind {
        NoticeKind::NotOpenedInTime { order: id } => {
            let sentence = lang.pick(
                "支付已满 24 小时，服务仍未全部开通。可以继续等待，也可以申请全额退款，无需审核。",
                "24 hours after the payment not everything has been opened. Wait on, or take a full refund without review.",
            );
            (sentence.to_owned(), About::Order(id.clone()))
        }
        NoticeKind::RefundAsked { refund: id, amount, answer_until, .. } => {
            let (amount, until) = (yuan(*amount), date_time(*answer_until, lang));
            let sentence = lang.pick(
                format!("买家申请退款 {amount}，请在 {until} 前处理，逾期视为同意。"),
                format!("The buyer asks for {amount} back. Answer before {until}; no answer is a yes."),
            );
            (sentence, about(id))
        }
        NoticeKind::RefundWithdrawn { refund: id, .. } => {
            (lang.pick("买家撤回了退款申请。", "The buyer asks for the refund no longer.").to_owned(), about(id))
        }
        NoticeKind::RefundApproved { refund: id, amount, by, .. } => (refund_approved(*amount, *by, lang), about(id)),
        NoticeKind::RefundRejected { refund: id, reason, .. } => {
            let sentence = lang.pick(
                format!("退款申请未通过。原因：{reason}"),
                format!("The order is not refunded. Reason: {reason}"),
            );
            (sentence, about(id))
        }
        NoticeKind::RefundSent { refund: id, amount, .. } => {
            (amount_of(lang.pick("退款成功，款项已退回：", "The refund has been sent back: "), *amount), about(id))
        }
        NoticeKind::RefundToSend { refund: id, amount, .. } => {
            (amount_of(lang.pick("有退款须以转账退回：", "A refund to be sent back by transfer: "), *amount), about(id))
        }
        _ => notice(kind, lang),
    }
}

/// Reviews and complaints.
fn said_of_order(kind: &NoticeKind, lang: Lang) -> (String, About) {
    let review = |id: &String| About::Review(id.clone());
    let complaint = |id: &String| About::Complaint(id.clone());
    match kind {
        NoticeKind::Reviewed { order: id, stars } => {
            let sentence = lang.pick(
                format!("企业给出了 {stars} 星评价，请查看并回复。"),
                format!("An enterprise gave {stars} of 5 stars; read and answer it."),
            );
            (sentence, review(id))
        }
        NoticeKind::ReviewAnswered { order: id } => {
            (lang.pick("服务商回复了您的评价。", "The vendor answered your review.").to_owned(), review(id))
        }
        NoticeKind::ComplaintMade { order: id } => {
            let sentence = lang.pick(
                format!("订单 {id} 收到投诉，请查看并处理。"),
                format!("There is a complaint about the order {id}; look into it."),
            );
            (sentence, complaint(id))
        }
        NoticeKind::ComplaintAnswered { order: id } => {
            let sentence = lang.pick(
                format!("服务商已回应订单 {id} 的投诉。"),
                format!("The vendor answered the complaint about the order {id}."),
            );
            (sentence, complaint(id))
        }
        NoticeKind::ComplaintWithdrawn { order: id } => {
            let sentence = lang.pick(
                format!("订单 {id} 的投诉已撤回。"),
                format!("The complaint about the order {id} was taken back."),
            );
            (sentence, complaint(id))
        }
        NoticeKind::ComplaintClosed { order: id, outcome, finding } => {
            let decided = match outcome {
                Outcome::Upheld => lang.pick("成立", "upheld"),
                Outcome::Dismissed => lang.pick("不成立", "dismissed"),
                Outcome::Settled => lang.pick("已和解", "settled between both sides"),
            };
            let sentence = lang.pick(
                format!("订单 {id} 的投诉已结案，结论：{decided}。{finding}"),
                format!("The complaint about the order {id} was decided: {decided}. {finding}"),
            );
            (sentence, complaint(id))
        }
        _ => (String::new(), About::Settlements),
    }
}

/// Refunds agreed on outside the market, and settlement.
fn paid_between(kind: &NoticeKind, lang: Lang) -> (String, About) {
    let order = |id: &String| About::Order(id.clone());
    match kind {
        NoticeKind::OfflineRecorded { order: id, amount } => {
            let amount = yuan(*amount);
            let sentence = lang.pick(
                format!("服务商登记了线下退款 {amount}，请核对是否已收到并确认。"),
                format!("The vendor recorded an offline refund of {amount}; check whether it came, and confirm it."),
            );
            (sentence, order(id))
        }
        NoticeKind::OfflineConfirmed { order: id, amount } => {
            (amount_of(lang.pick("企业已确认收到线下退款：", "The offline refund was confirmed: "), *amount), order(id))
        }
        NoticeKind::OfflineDeclined { order: id, reason } => {
            let sentence = lang.pick(
                format!("企业否认了线下退款：{reason}"),
                format!("The enterprise says that there was no such offline refund: {reason}"),
            );
            (sentence, order(id))
        }
        NoticeKind::MonthSettled { month, payable } => {
            let sentence = lang.pick(
                format!("{month} 结算单已出，应付 {}。", yuan(*payable)),
                format!("{month} is settled; {} is to be paid to you.", yuan(*payable)),
            );
            (sentence, About::Settlements)
        }
        NoticeKind::MonthPaidOut { month, amount, reference } => {
            let amount = yuan(*amount);
            let sentence = lang.pick(
                format!("{month} 结算款 {amount} 已付款，流水号 {reference}。"),
                format!("{amount} was paid to you for {month}, reference {reference}."),
            );
            (sentence, About::Settlements)
        }
        _ => (String::new(), About::Settlements),
    }
}

/// Invoices.
fn invoice(kind: &NoticeKind, lang: Lang) -> (String, About) {
    let (order, sentence) = match kind {
        NoticeKind::InvoiceRequested { order, amount } => (
            order,
            lang.pick(
                format!("订单 {order} 申请开具发票，金额 {}。", yuan(*amount)),
                format!("An invoice of {} is asked for, for the order {order}.", yuan(*amount)),
            ),
        ),
        NoticeKind::InvoiceWithdrawn { order } => (
            order,
            lang.pick(
                format!("订单 {order} 的开票申请已撤回。"),
                format!("The invoice for the order {order} is asked for no longer."),
            ),
        ),
        NoticeKind::InvoiceIssued { order, number } => (
            order,
            lang.pick(
                format!("订单 {order} 的发票已开具，号码 {number}。"),
                format!("The invoice for the order {order} was issued, its number is {number}."),
            ),
        ),
        NoticeKind::InvoiceRejected { order, reason } => (
            order,
            lang.pick(
                format!("订单 {order} 的开票申请被驳回：{reason}。可修改后重新申请。"),
                format!("The invoice for the order {order} was rejected: {reason}. Mend the request and ask again."),
            ),
        ),
        _ => return notice(kind, lang),
    };
    (sentence, About::Invoices(order.clone()))
}

/// The page under `under` that it stands on.
pub(super) fn path(about: &About, under: &str) -> String {
    match about {
        About::Order(id) => [under, "/orders/", id].concat(),
        About::Service(id) => [under, "/services/", id].concat(),
        // The console has lists of them, a buyer's account a page for each order's.
        About::Review(id) if under == ACCOUNT => [under, "/orders/", id, "/review"].concat(),
        About::Review(id) => [under, "/reviews?number=", id].concat(),
        About::Complaint(id) if under == ACCOUNT => [under, "/orders/", id, "/complaint"].concat(),
        About::Complaint(id) => [under, "/complaints?number=", id].concat(),
        About::Refund(id) => [under, "/refunds/", id].concat(),
        About::Invoices(order) => [under, "/invoices?number=", order].concat(),
        About::Settlements => [under, "/settlements"].concat(),
    }
}

/// What a notice says, and the page under `under` that it is about: for what is sent by mail.
pub fn told(kind: &NoticeKind, under: &str, lang: Lang) -> (String, String) {
    let (sentence, about) = notice(kind, lang);
    (sentence, path(&about, under))
}

fn refund_approved(amount: Fen, by: Approval, lang: Lang) -> String {
    let amount = yuan(amount);
    let why = match by {
        Approval::Isv => lang.pick("服务商已同意退款", "The vendor agreed to the refund"),
        Approval::NoAnswer => {
            lang.pick("服务商 72 小时未处理，视为同意退款", "The vendor did not answer within 72 hours, which is a yes")
        }
        Approval::NotOpened => lang.pick(
            "服务未在 24 小时内开通，退款无需审核",
            "What was bought was not opened within 24 hours, so the refund took no review",
        ),
    };
    lang.pick(
        format!("{why}：{amount} 退回中，服务已恢复到该订单之前；首次购买的服务已关闭。"),
        format!(
            "{why}: {amount} goes back. The service is as it was before the order; what the order had begun is closed."
        ),
    )
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
        ReturnWhy::Superseded => lang.pick("订单已由更新的订单取代", "a newer order had taken its place"),
        ReturnWhy::ServiceChanged => lang.pick("服务已由另一笔订单变更", "another order had changed the service first"),
        ReturnWhy::RefundAsked => lang.pick("已申请该商品的退款", "a refund of the product had been asked for"),
    };
    lang.pick(format!("{amount} 正在退回：{why}。"), format!("{amount} goes back: {why}."))
}

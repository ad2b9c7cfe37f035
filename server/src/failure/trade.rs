//! What can fail about orders, payment and services besides what their domain refuses.

use axum::http::StatusCode;

/// Why it is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Trade {
    /// No order of this id is the caller's.
    OrderNotFound,
    /// No refund of this id is the caller's.
    RefundNotFound,
    /// No service of this id is the caller's.
    ServiceNotFound,
    /// The sandbox's provider has no such payment.
    PaymentNotFound,
    /// No notice of this id is the caller's.
    NoticeNotFound,
    /// No invoice or other record of this id is the caller's.
    RecordNotFound,
    /// No month of this id is the caller's.
    SettlementNotFound,
    /// The payer has paid or refused already.
    PaymentDone,
    /// The sandbox's provider outside of a sandbox.
    PaymentMethodNotOffered,
    /// A transfer that is said to arrive later than now.
    ReceivedInFuture,
    /// A notification that the provider did not sign.
    SignatureInvalid,
    /// The ISV's note is too long.
    NoteTooLong,
    /// Neither a service, nor an enterprise and a product.
    AccessQueryInvalid,
    /// The sandbox's clock never goes back.
    ClockBackwards,
    /// The calendar ends before.
    ClockOutOfRange,
    /// The product was revised after the quotation; answered as `quote_stale` with the fresh quote.
    QuoteOutdated,
}

impl Trade {
    /// Status, code, and what happened and what to do, in Chinese and in English.
    const fn said(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::OrderNotFound => (
                StatusCode::NOT_FOUND,
                "order_not_found",
                "没有这个订单，请在“我的订单”中查找。",
                "There is no such order. Look for it in My orders.",
            ),
            Self::RefundNotFound => (
                StatusCode::NOT_FOUND,
                "refund_not_found",
                "没有这笔退款，请在订单页查看。",
                "There is no such refund. Look for it on its order's page.",
            ),
            Self::ServiceNotFound => (
                StatusCode::NOT_FOUND,
                "service_not_found",
                "没有这项服务，请在“我的服务”中查找。",
                "There is no such service. Look for it in My services.",
            ),
            Self::PaymentNotFound => (
                StatusCode::NOT_FOUND,
                "payment_not_found",
                "没有这笔支付，请从订单页重新发起支付。",
                "There is no such payment. Begin again from the order.",
            ),
            Self::NoticeNotFound => {
                (StatusCode::NOT_FOUND, "notice_not_found", "没有这条通知。", "There is no such notice.")
            }
            Self::RecordNotFound => (
                StatusCode::NOT_FOUND,
                "record_not_found",
                "没有这条记录，请在列表中查找。",
                "There is no such record. Look for it in its list.",
            ),
            Self::SettlementNotFound => (
                StatusCode::NOT_FOUND,
                "settlement_not_found",
                "没有这份结算单，请在结算列表中查找。",
                "There is no such settlement. Look for it in the list.",
            ),
            Self::PaymentDone => (
                StatusCode::CONFLICT,
                "payment_done",
                "这笔支付已经结束，请回到订单查看结果。",
                "This payment is over. Go back to the order to see what became of it.",
            ),
            Self::PaymentMethodNotOffered => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "payment_method_not_offered",
                "暂不支持该支付方式，请改用银行转账。",
                "This way to pay is not offered. Pay by bank transfer.",
            ),
            Self::ReceivedInFuture => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "received_in_future",
                "到账时间不能晚于现在，请核对银行流水。",
                "The money cannot have arrived later than now. Check the bank statement.",
            ),
            Self::SignatureInvalid => (
                StatusCode::FORBIDDEN,
                "signature_invalid",
                "通知的签名不正确，已忽略。",
                "The notification's signature is not the provider's. It was ignored.",
            ),
            Self::NoteTooLong => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "note_too_long",
                "备注最多 500 个字符。",
                "A note has at most 500 characters.",
            ),
            Self::AccessQueryInvalid => (
                StatusCode::BAD_REQUEST,
                "access_query_invalid",
                "请提供 service，或同时提供 enterprise 与 product。",
                "Ask by `service`, or by `enterprise` and `product`.",
            ),
            Self::ClockBackwards => (
                StatusCode::CONFLICT,
                "clock_backwards",
                "沙箱时钟只能向前调整。",
                "The sandbox's clock can only be set forward.",
            ),
            Self::ClockOutOfRange => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "clock_out_of_range",
                "沙箱时钟不能超过公元 9999 年。",
                "The sandbox's clock cannot go beyond the year 9999.",
            ),
            Self::QuoteOutdated => (
                StatusCode::CONFLICT,
                "quote_stale",
                "商品价格配置已更新，请按附上的新报价核对后再继续。",
                "The product's prices have been revised. Check the fresh quote attached before you go on.",
            ),
        }
    }

    /// The HTTP status.
    pub const fn status(self) -> StatusCode {
        self.said().0
    }

    /// What machines go by.
    pub const fn code(self) -> &'static str {
        self.said().1
    }

    /// What happened and what to do, in Chinese and in English.
    pub const fn sentences(self) -> (&'static str, &'static str) {
        let (_, _, zh, en) = self.said();
        (zh, en)
    }
}

//! Every way in which a request can fail, as data: a stable code, a sentence in both languages, and what belongs to it.
//!
//! How a failure looks over HTTP is said in `http/problem.rs`.

mod account;
mod editing;
mod trade;

use std::fmt;

use shared::orders::Refused;

use shared::lifecycle::Quote;
use shared::violation::{Expected, Problem, Violation};

pub use account::Account;
pub use editing::Editing;
pub use trade::Trade;

use crate::passwords::PasswordError;
use crate::store::StoreError;
use crate::store::answers::Mismatch;

/// When an outage of the store may be over, in seconds.
const SOON: i64 = 5;

/// Why a request is not answered as asked.
#[derive(Debug, strum::EnumDiscriminants)]
#[strum_discriminants(name(Kind), derive(strum::EnumIter), doc = "The kinds of failures, to go through all of them.")]
pub enum Failure {
    /// There is nothing at this address.
    NotFound,
    /// There is something at this address, but not by this method.
    MethodNotAllowed,
    /// No product of this slug is published.
    ProductNotFound,
    /// No quotation has this id.
    QuotationNotFound,
    /// The body is no JSON, or not of the form that the route takes: everything wrong with it.
    Malformed(Vec<Violation>),
    /// The body says that it is something else than plain JSON.
    UnsupportedMediaType,
    /// The body is longer than a request may be.
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The selection cannot be bought: everything wrong with it (rule Q5).
    InvalidSelection(Vec<Violation>),
    /// The buyer was shown another total; the server's quote and its revision.
    PriceMismatch(Box<Quote>, u32),
    /// The buyer was shown another revision than the published one; the fresh quote and its revision.
    QuoteStale(Box<Quote>, u32),
    /// The service has changed since it was quoted; the fresh quote and its revision.
    ServiceChanged(Box<Quote>, u32),
    /// The `Idempotency-Key` is no 1 to 200 visible ASCII characters.
    IdempotencyKeyInvalid,
    /// The `Idempotency-Key` came with another body before.
    IdempotencyMismatch,
    /// An order or a service does not allow it.
    Refused(Refused),
    /// What is kept beside an order does not allow it.
    Aftersale(shared::aftersale::Refused),
    /// It fails about who asks.
    Account(Account),
    /// It fails otherwise about orders, payment and services.
    Trade(Trade),
    /// It fails about an ISV's work on its products.
    Editing(Editing),
    /// The store cannot do it for the moment.
    Store(StoreError),
    /// It took too long.
    TimedOut,
    /// A mistake of ours: what is known of it, for the log.
    Internal(String),
}

impl From<Mismatch> for Failure {
    fn from(Mismatch: Mismatch) -> Self {
        Self::IdempotencyMismatch
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Selection(violations) => Self::refused(violations),
            refused => Self::Refused(refused),
        }
    }
}

impl From<shared::aftersale::Refused> for Failure {
    fn from(refused: shared::aftersale::Refused) -> Self {
        Self::Aftersale(refused)
    }
}

impl From<Trade> for Failure {
    fn from(trade: Trade) -> Self {
        Self::Trade(trade)
    }
}

impl From<Editing> for Failure {
    fn from(editing: Editing) -> Self {
        Self::Editing(editing)
    }
}

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(format!("no random numbers: {error}"))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Nul => Self::malformed(Expected::Text),
            error if error.is_outage() => Self::Store(error),
            error => Self::Internal(error.to_string()),
        }
    }
}

impl Failure {
    /// Sorts violations: a request that has not the right form is malformed, else its selection cannot be bought.
    pub fn refused(violations: Vec<Violation>) -> Self {
        if violations.iter().any(|violation| violation.code == "malformed") {
            Self::Malformed(violations)
        } else {
            Self::InvalidSelection(violations)
        }
    }

    /// The whole body should be something else.
    pub fn malformed(expected: Expected) -> Self {
        Self::Malformed(vec![Violation::new("", &Problem::Malformed(expected))])
    }

    /// What machines go by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::ProductNotFound => "product_not_found",
            Self::QuotationNotFound => "quotation_not_found",
            Self::Malformed(_) => "malformed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTooSlow => "body_too_slow",
            Self::InvalidSelection(_) => "invalid_selection",
            Self::PriceMismatch(..) => "price_mismatch",
            Self::QuoteStale(..) => "quote_stale",
            Self::ServiceChanged(..) => Refused::ServiceChanged.code(),
            Self::IdempotencyKeyInvalid => "idempotency_key_invalid",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::Refused(refused) => refused.code(),
            Self::Aftersale(refused) => refused.code(),
            Self::Account(account) => account.code(),
            Self::Trade(trade) => trade.code(),
            Self::Editing(editing) => editing.code(),
            Self::Store(_) => "store_unavailable",
            Self::TimedOut => "timed_out",
            Self::Internal(_) => "internal",
        }
    }

    /// After how many seconds it is worth asking again, where that is all there is to do.
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::Account(Account::TooManyAttempts(seconds)) => Some(*seconds),
            Self::Store(_) | Self::TimedOut => Some(SOON),
            _ => None,
        }
    }

    /// What happened and what to do, in Chinese and in English.
    pub fn sentences(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => (
                "这个地址没有内容，请检查链接是否完整。",
                "There is nothing at this address. Check that the link is complete.",
            ),
            Self::MethodNotAllowed => (
                "这个地址不支持该请求方法，可用的方法见响应头 Allow。",
                "This address does not take that method. The header Allow names those it takes.",
            ),
            Self::ProductNotFound => (
                "没有这个商品，或它已不再展示。请从首页查找商品。",
                "There is no such product, or it is no longer shown. Look for it on the store's home page.",
            ),
            Self::QuotationNotFound => {
                ("没有这份报价单，请检查链接是否完整。", "There is no such quotation. Check that the link is complete.")
            }
            Self::Malformed(_) => (
                "请求内容的格式不正确，请按列出的位置逐项修改。",
                "The request does not have the right form. Mend each place that is listed.",
            ),
            Self::UnsupportedMediaType => (
                "请求内容须为未压缩的 JSON，请将 Content-Type 设为 application/json。",
                "The request's body has to be plain JSON. Set Content-Type to application/json.",
            ),
            Self::BodyTooLarge => (
                "请求内容过大：草稿、发布和影响分析最多 2 MiB，其他请求最多 64 KiB。",
                "The request's body is too large: 2 MiB is the most for drafts, publishing and impact, 64 KiB otherwise.",
            ),
            Self::BodyTooSlow => (
                "请求内容未在时限内送达，请检查网络后重试。",
                "The request's body did not arrive in time. Check the network and try again.",
            ),
            Self::InvalidSelection(_) => (
                "所选内容无法购买，请按列出的问题逐项修改。",
                "What was chosen cannot be bought. Mend each point that is listed.",
            ),
            Self::PriceMismatch(..) => (
                "合计与当前价格不一致，请按附上的报价核对后再继续。",
                "The total is not the present price. Check the quote attached before you go on.",
            ),
            Self::QuoteStale(..) => (
                "商品价格配置已更新，请按附上的新报价核对后再继续。",
                "The product's prices have been revised. Check the fresh quote attached before you go on.",
            ),
            Self::ServiceChanged(..) => Refused::ServiceChanged.sentences(),
            Self::IdempotencyKeyInvalid => (
                "Idempotency-Key 须为 1 至 200 个可见的 ASCII 字符。",
                "An Idempotency-Key has 1 to 200 visible ASCII characters.",
            ),
            Self::IdempotencyMismatch => (
                "这个 Idempotency-Key 已用于内容不同的请求，请为新的请求换一个。",
                "This Idempotency-Key came with another body before. Use a new one for a new request.",
            ),
            Self::Refused(refused) => refused.sentences(),
            Self::Aftersale(refused) => refused.sentences(),
            Self::Account(account) => account.sentences(),
            Self::Trade(trade) => trade.sentences(),
            Self::Editing(editing) => editing.sentences(),
            Self::Store(_) => (
                "暂时无法读取或保存数据，请稍后重试。",
                "The data cannot be read or saved for the moment. Try again a little later.",
            ),
            Self::TimedOut => ("处理超时，请稍后重试。", "It took too long. Try again a little later."),
            Self::Internal(_) => (
                "服务器出错了，请稍后重试；如仍有问题，请将请求编号告知运营方。",
                "The server made a mistake. Try again later; if it stays, tell the operator the request id.",
            ),
        }
    }
}

/// For the log.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Internal(what) => f.write_str(what),
            _ => f.write_str(self.sentences().1),
        }
    }
}

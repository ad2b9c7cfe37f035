//! Every way in which a request can fail, as data: a stable code, a sentence in both languages, and what belongs to it.
//!
//! How a failure looks over HTTP is said in `http/problem.rs`.

use std::fmt;

use shared::lifecycle::Quote;
use shared::violation::{Expected, Problem, Violation};

use crate::passwords::PasswordError;
use crate::store::StoreError;
use crate::store::answers::Mismatch;
use crate::store::people::{self, throttle};

/// Why a request is not answered as asked.
#[derive(Debug)]
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
    /// The `Idempotency-Key` is no 1 to 200 visible ASCII characters.
    IdempotencyKeyInvalid,
    /// The `Idempotency-Key` came with another body before.
    IdempotencyMismatch,
    /// Nobody is signed in.
    SignInRequired,
    /// The address or the password is wrong; which of them is not said.
    SignInRefused,
    /// Passwords were wrong too often; so many seconds to wait.
    TooManyAttempts(i64),
    /// The header `Authorization` holds no good token.
    TokenInvalid,
    /// The token is not good for this.
    ScopeMissing,
    /// The role does not allow it.
    NotAllowed,
    /// Another site's page sent it.
    CrossSite,
    /// The present password is not that.
    CurrentPasswordWrong,
    /// The new password may not be one.
    PasswordUnfit,
    /// Another member has this mail address.
    EmailTaken,
    /// There is no such invitation, or not any more.
    InvitationNotFound,
    /// Organisations of this kind have no such role.
    RoleNotOffered,
    /// The member has no such token.
    TokenNotFound,
    /// The demo market has no such account.
    AccountNotFound,
    /// A write without an `Idempotency-Key`.
    IdempotencyKeyMissing,
    /// The store does not answer.
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

impl From<people::Refused> for Failure {
    fn from(refused: people::Refused) -> Self {
        match refused {
            people::Refused::EmailTaken => Self::EmailTaken,
            people::Refused::NoInvitation => Self::InvitationNotFound,
            people::Refused::NoToken => Self::TokenNotFound,
            people::Refused::Mismatch => Self::IdempotencyMismatch,
            people::Refused::Store(error) => Self::Store(error),
        }
    }
}

impl From<throttle::Refused> for Failure {
    fn from(refused: throttle::Refused) -> Self {
        match refused {
            throttle::Refused::TooSoon(seconds) => Self::TooManyAttempts(seconds),
            throttle::Refused::Store(error) => Self::Store(error),
        }
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
        Self::Store(error)
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
            Self::IdempotencyKeyInvalid => "idempotency_key_invalid",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::SignInRequired => "sign_in_required",
            Self::SignInRefused => "sign_in_refused",
            Self::TooManyAttempts(_) => "too_many_attempts",
            Self::TokenInvalid => "token_invalid",
            Self::ScopeMissing => "scope_missing",
            Self::NotAllowed => "not_allowed",
            Self::CrossSite => "cross_site",
            Self::CurrentPasswordWrong => "current_password_wrong",
            Self::PasswordUnfit => "password_unfit",
            Self::EmailTaken => "email_taken",
            Self::InvitationNotFound => "invitation_not_found",
            Self::RoleNotOffered => "role_not_offered",
            Self::TokenNotFound => "token_not_found",
            Self::AccountNotFound => "account_not_found",
            Self::IdempotencyKeyMissing => "idempotency_key_missing",
            Self::Store(_) => "store_unavailable",
            Self::TimedOut => "timed_out",
            Self::Internal(_) => "internal",
        }
    }

    /// What happened and what to do, in Chinese and in English.
    #[expect(clippy::too_many_lines, reason = "a table")]
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
            Self::BodyTooLarge => {
                ("请求内容过大，最多 64 KiB。", "The request's body is too large: 64 KiB is the most.")
            }
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
            Self::IdempotencyKeyInvalid => (
                "Idempotency-Key 须为 1 至 200 个可见的 ASCII 字符。",
                "An Idempotency-Key has 1 to 200 visible ASCII characters.",
            ),
            Self::IdempotencyMismatch => (
                "这个 Idempotency-Key 已用于内容不同的请求，请为新的请求换一个。",
                "This Idempotency-Key came with another body before. Use a new one for a new request.",
            ),
            Self::SignInRequired => ("请先登录。", "Sign in first."),
            Self::SignInRefused => ("邮箱或密码不正确。", "The mail address or the password is wrong."),
            Self::TooManyAttempts(_) => (
                "尝试次数过多，请按响应头 Retry-After 给出的秒数稍候再试。",
                "Too many attempts. Wait for as many seconds as the header Retry-After says.",
            ),
            Self::TokenInvalid => (
                "访问令牌无效、已过期或已吊销，请换用有效的令牌。",
                "The token is unknown, expired or revoked. Use a good one.",
            ),
            Self::ScopeMissing => (
                "这个访问令牌的权限范围不包含该操作，请使用具有所需范围的令牌。",
                "The token does not have the scope for this. Use one that has.",
            ),
            Self::NotAllowed => (
                "您的角色没有此权限，请联系本组织的管理员。",
                "Your role does not allow this. Ask your organisation's administrator.",
            ),
            Self::CrossSite => (
                "该请求来自其他网站，已被拒绝。请从本站页面操作。",
                "The request came from another site and was refused. Use this site's own pages.",
            ),
            Self::CurrentPasswordWrong => ("当前密码不正确。", "The present password is wrong."),
            Self::PasswordUnfit => (
                "密码须为 10 至 200 个字符，且不能与邮箱地址相同。",
                "A password has 10 to 200 characters and is not the mail address.",
            ),
            Self::EmailTaken => (
                "这个邮箱已有账号，请直接登录或换一个邮箱。",
                "There is an account with this mail address. Sign in to it, or use another address.",
            ),
            Self::InvitationNotFound => (
                "没有这份邀请，或它已被使用或过期。请联系邀请人重新发送。",
                "There is no such invitation, or it was used or has expired. Ask for a new one.",
            ),
            Self::RoleNotOffered => {
                ("本组织没有这种角色，请选择其他角色。", "Your organisation has no such role. Choose another one.")
            }
            Self::TokenNotFound => {
                ("没有这个访问令牌，或它已被吊销。", "There is no such token, or it was revoked already.")
            }
            Self::AccountNotFound => ("没有这个演示账号。", "There is no such demo account."),
            Self::IdempotencyKeyMissing => (
                "该请求须带有 Idempotency-Key，以便重试时不会重复执行。",
                "The request needs an Idempotency-Key, so that it can be sent again without being done twice.",
            ),
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

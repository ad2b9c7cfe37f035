//! What can fail about who asks and what they may.

use axum::http::StatusCode;

use super::Failure;
use crate::store::people::{self, throttle};

/// Why it is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Account {
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
    UnknownAccount,
    /// No enterprise's identity provider is set up here.
    OidcNotOffered,
    /// The identity provider does not answer.
    OidcUnavailable,
    /// What came back from the identity provider is not what was sent there, or is not good.
    OidcRefused,
    /// The identity provider knows no mail address of a new member.
    OidcEmailMissing,
    /// A write without an `Idempotency-Key`.
    IdempotencyKeyMissing,
}

impl Account {
    /// Status, code, and what happened and what to do, in Chinese and in English.
    #[expect(clippy::too_many_lines, reason = "a table")]
    const fn said(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::SignInRequired => (StatusCode::UNAUTHORIZED, "sign_in_required", "请先登录。", "Sign in first."),
            Self::SignInRefused => (
                StatusCode::UNAUTHORIZED,
                "sign_in_refused",
                "邮箱或密码不正确。",
                "The mail address or the password is wrong.",
            ),
            Self::TooManyAttempts(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_attempts",
                "尝试次数过多，请按响应头 Retry-After 给出的秒数稍候再试。",
                "Too many attempts. Wait for as many seconds as the header Retry-After says.",
            ),
            Self::TokenInvalid => (
                StatusCode::UNAUTHORIZED,
                "token_invalid",
                "访问令牌无效、已过期或已吊销，请换用有效的令牌。",
                "The token is unknown, expired or revoked. Use a good one.",
            ),
            Self::ScopeMissing => (
                StatusCode::FORBIDDEN,
                "scope_missing",
                "这个访问令牌的权限范围不包含该操作，请使用具有所需范围的令牌。",
                "The token does not have the scope for this. Use one that has.",
            ),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                "not_allowed",
                "您的角色没有此权限，请联系本组织的管理员。",
                "Your role does not allow this. Ask your organisation's administrator.",
            ),
            Self::CrossSite => (
                StatusCode::FORBIDDEN,
                "cross_site",
                "该请求来自其他网站，已被拒绝。请从本站页面操作。",
                "The request came from another site and was refused. Use this site's own pages.",
            ),
            Self::CurrentPasswordWrong => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "current_password_wrong",
                "当前密码不正确。",
                "The present password is wrong.",
            ),
            Self::PasswordUnfit => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "password_unfit",
                "密码须为 10 至 200 个字符，且不能与邮箱地址相同。",
                "A password has 10 to 200 characters and is not the mail address.",
            ),
            Self::EmailTaken => (
                StatusCode::CONFLICT,
                "email_taken",
                "这个邮箱已有账号，请直接登录或换一个邮箱。",
                "There is an account with this mail address. Sign in to it, or use another address.",
            ),
            Self::InvitationNotFound => (
                StatusCode::NOT_FOUND,
                "invitation_not_found",
                "没有这份邀请，或它已被使用、撤回或已过期。请联系邀请人重新发送。",
                "There is no such invitation, or it was used, revoked or has expired. Ask for a new one.",
            ),
            Self::RoleNotOffered => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "role_not_offered",
                "本组织没有这种角色，请选择其他角色。",
                "Your organisation has no such role. Choose another one.",
            ),
            Self::TokenNotFound => (
                StatusCode::NOT_FOUND,
                "token_not_found",
                "没有这个访问令牌，或它已被吊销。",
                "There is no such token, or it was revoked already.",
            ),
            Self::UnknownAccount => {
                (StatusCode::NOT_FOUND, "account_not_found", "没有这个演示账号。", "There is no such demo account.")
            }
            Self::OidcNotOffered => (
                StatusCode::NOT_FOUND,
                "oidc_not_offered",
                "本站未开通企业身份登录，请使用邮箱和密码登录。",
                "No enterprise's identity provider is set up here. Sign in with mail address and password.",
            ),
            Self::OidcUnavailable => (
                StatusCode::BAD_GATEWAY,
                "oidc_unavailable",
                "企业的身份服务暂时没有响应，请稍后重试。",
                "The enterprise's identity provider does not answer. Try again a little later.",
            ),
            Self::OidcRefused => (
                StatusCode::UNAUTHORIZED,
                "oidc_refused",
                "企业身份登录未完成或已过期，请重新登录。",
                "Signing in at the enterprise's identity provider was not completed, or too late. Sign in again.",
            ),
            Self::OidcEmailMissing => (
                StatusCode::FORBIDDEN,
                "oidc_email_missing",
                "企业的身份服务没有提供已验证的邮箱，请联系贵企业的管理员。",
                "The enterprise's identity provider gave no verified mail address. Ask your administrator.",
            ),
            Self::IdempotencyKeyMissing => (
                StatusCode::BAD_REQUEST,
                "idempotency_key_missing",
                "该请求须带有 Idempotency-Key，以便重试时不会重复执行。",
                "The request needs an Idempotency-Key, so that it can be sent again without being done twice.",
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

impl From<Account> for Failure {
    fn from(account: Account) -> Self {
        Self::Account(account)
    }
}

impl From<people::Refused> for Failure {
    fn from(refused: people::Refused) -> Self {
        match refused {
            people::Refused::EmailTaken => Account::EmailTaken.into(),
            people::Refused::NoEmail => Account::OidcEmailMissing.into(),
            people::Refused::NoInvitation => Account::InvitationNotFound.into(),
            people::Refused::NoToken => Account::TokenNotFound.into(),
            people::Refused::Mismatch => Self::IdempotencyMismatch,
            people::Refused::Store(error) => Self::Store(error),
        }
    }
}

impl From<throttle::Refused> for Failure {
    fn from(refused: throttle::Refused) -> Self {
        match refused {
            throttle::Refused::TooSoon(seconds) => Account::TooManyAttempts(seconds).into(),
            throttle::Refused::Store(error) => Self::Store(error),
        }
    }
}

//! What can fail about an ISV's work on its products.

use axum::http::StatusCode;
use shared::api::Draft;
use shared::violation::Violation;

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Editing {
    /// A product cannot be made of this: everything wrong with it.
    InvalidProduct(Vec<Violation>),
    /// Another product has this address; the violation says where.
    SlugTaken(Vec<Violation>),
    /// Somebody else has saved the draft since; it, or nothing where it was published since.
    DraftConflict(Option<Box<Draft>>),
    /// A configuration cannot be published: everything wrong with it, and what may not change any more.
    InvalidConfig(Vec<Violation>),
    /// Cases that cost something else: a violation for each.
    GoldenCaseFailed(Vec<Violation>),
    /// Another revision was published since; the published one.
    RevisionStale(Option<u32>),
    /// It is what is published.
    NothingChanges,
    /// The product has no revision of this number.
    RevisionNotFound,
    /// Some of these sites are none: everything wrong with them.
    InvalidOrigins(Vec<Violation>),
}

impl Editing {
    /// Status, code, and what happened and what to do, in Chinese and in English.
    const fn said(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::InvalidProduct(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid_product",
                "商品信息不正确，请按列出的问题逐项修改。",
                "The product cannot be made of this. Mend each point that is listed.",
            ),
            Self::SlugTaken(_) => (
                StatusCode::CONFLICT,
                "slug_taken",
                "这个商品地址已被使用，请换一个。",
                "Another product has this address. Choose another one.",
            ),
            Self::DraftConflict(_) => (
                StatusCode::CONFLICT,
                "draft_conflict",
                "在您编辑期间，其他人已保存或发布了这份草稿。您的修改没有保存，请先核对对方的版本。",
                "Somebody else has saved or published this draft since. Yours was not saved: look at theirs first.",
            ),
            Self::InvalidConfig(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid_config",
                "销售配置无法发布，请按列出的问题逐项修改。",
                "The configuration cannot be published. Mend each point that is listed.",
            ),
            Self::GoldenCaseFailed(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "golden_case_failed",
                "部分价格用例的结果与预期不符，未发布。请修改配置或用例后重试。",
                "Some cases do not cost what they should, so nothing was published. Change the configuration or the cases.",
            ),
            Self::RevisionStale(_) => (
                StatusCode::CONFLICT,
                "revision_stale",
                "在您编辑期间，这个商品已发布了新的修订。请核对后再发布。",
                "Another revision was published since. Look at it before you publish.",
            ),
            Self::NothingChanges => (
                StatusCode::CONFLICT,
                "nothing_changes",
                "与已发布的配置相同，无需再次发布。",
                "This is what is published already. There is nothing to publish.",
            ),
            Self::RevisionNotFound => (
                StatusCode::NOT_FOUND,
                "revision_not_found",
                "没有这个修订，请在修订历史中查找。",
                "There is no such revision. Look for it in the history.",
            ),
            Self::InvalidOrigins(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid_origins",
                "允许嵌入的网站不正确，请按列出的问题逐项修改。",
                "Some of the sites are not right. Mend each point that is listed.",
            ),
        }
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.said().0
    }

    /// What machines go by.
    pub const fn code(&self) -> &'static str {
        self.said().1
    }

    /// What happened and what to do, in Chinese and in English.
    pub const fn sentences(&self) -> (&'static str, &'static str) {
        let (_, _, zh, en) = self.said();
        (zh, en)
    }

    /// Everything wrong, where that is why.
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::InvalidProduct(violations)
            | Self::SlugTaken(violations)
            | Self::InvalidConfig(violations)
            | Self::GoldenCaseFailed(violations)
            | Self::InvalidOrigins(violations) => violations,
            _ => &[],
        }
    }

    /// The draft that somebody else has saved.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Self::DraftConflict(draft) => draft.as_deref(),
            _ => None,
        }
    }

    /// The published revision.
    pub const fn revision(&self) -> Option<u32> {
        match self {
            Self::RevisionStale(revision) => *revision,
            _ => None,
        }
    }
}

//! What a service is (rules L1, L4, V7).

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;

/// Where a service stands (rule L1).
///
/// ```text
/// provisioning → active → expired → closed
/// provisioning → expired      its paid term ran out before it was opened
/// expired → active            renewed, or given an extra trial, in time
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ServiceState {
    /// 开通中: to be opened by the ISV.
    Provisioning {
        /// Since when.
        since: Timestamp,
    },
    /// 已开通.
    Active {
        /// Since when, this time.
        since: Timestamp,
    },
    /// 已过期: access is cut; it can still be renewed.
    Expired {
        /// The end of its last segment.
        at: Timestamp,
    },
    /// 已关闭, for good: the ISV releases what it holds.
    Closed {
        /// When.
        at: Timestamp,
    },
}

/// Why a service cannot be used now (rule V7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum WhyNot {
    /// It has not been opened yet.
    NotOpened,
    /// It has ended.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// It has been closed for good.
    Closed {
        /// When.
        at: Timestamp,
    },
}

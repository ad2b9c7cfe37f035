//! Settlement (rule O8).

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;
use crate::money::Fen;
use crate::settlement::{Line, Month, StatementState};

/// What the market owes an ISV for a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Its id: the month, a hyphen, and the ISV's id.
    pub id: String,
    /// The ISV.
    pub isv: Isv,
    /// The month.
    pub month: Month,
    /// What its orders came to that were fulfilled.
    pub fulfilled: Fen,
    /// What was refunded.
    pub refunded: Fen,
    /// What earlier months still had to be deducted.
    pub deducted: Fen,
    /// What is paid to the ISV.
    pub payable: Fen,
    /// What the next month has to deduct.
    pub carried: Fen,
    /// The last second in which it is to be paid.
    pub payable_by: Timestamp,
    /// Where it stands.
    pub state: StatementState,
    /// Its orders; of one month, not in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<SettlementLine>>,
}

/// An ISV, as the operator and itself see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Isv {
    /// The organisation's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What an order adds to a month, or takes from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementLine {
    /// Order, kind, instant and amount.
    #[serde(flatten)]
    pub line: Line,
    /// The product's name at the time of the order.
    pub product_name: String,
    /// The enterprise.
    pub customer: String,
}

/// Months, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementList {
    /// Those that match.
    pub settlements: Vec<Settlement>,
}

/// Which months; what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementQuery {
    /// The month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// For the operator: the ISV's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isv: Option<String>,
    /// `open`, `closed` or `paid_out`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// Marks a month as paid out; by the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayOut {
    /// By which the bank knows the payment: 1 to 64 characters.
    pub reference: String,
}

/// In which language a month is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// `zh` (the default) or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// The id of an ISV's month.
pub fn settlement_id(month: Month, isv: &str) -> String {
    format!("{month}-{isv}")
}

/// The month and the ISV that such an id names.
pub fn read_settlement_id(id: &str) -> Option<(Month, &str)> {
    let (month, isv) = id.split_at_checked(7)?;
    Some((month.parse().ok()?, isv.strip_prefix('-')?))
}

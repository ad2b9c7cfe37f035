//! Settlement (结算, rule O8): what the market owes each ISV for each month.
//!
//! What an order came to counts in the month in which it was fulfilled, what was refunded of it in the month of the refund,
//! whenever that is: so a refund after settlement carries into the next. What a month's refunds exceed its orders by is
//! deducted from the months after it.
//!
//! ```text
//! open → closed → paid out
//! ```
//!
//! A month closes an hour after its end: what began within it has been written down then. What is found later all the same
//! counts in the next month; each line counts once.

mod month;

use serde::{Deserialize, Serialize};

pub use month::{Month, NotAMonth};

use crate::aftersale::Refused;
use crate::calendar::{Offset, Timestamp};
use crate::money::Fen;
use crate::orders::{Effect, NoticeKind, Order, OrderState, Step, ledger, tell};

/// How long after its end a month closes, in seconds.
const CLOSES_AFTER: i64 = 60 * 60;
/// The longest reference of a payment, in characters.
const MOST_REFERENCE: usize = 64;

/// What an order adds to a month, or takes from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The order's id.
    pub order: String,
    /// Which of the two.
    pub kind: LineKind,
    /// When it was fulfilled, or refunded.
    pub at: Timestamp,
    /// Its amount, above zero.
    pub amount: Fen,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The order was fulfilled: its amount is the ISV's.
    Fulfilled,
    /// An order that was fulfilled was refunded.
    Refunded,
}

impl LineKind {
    /// Its stable name, for the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fulfilled => "fulfilled",
            Self::Refunded => "refunded",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Fulfilled, Self::Refunded].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What lines come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    /// What was fulfilled.
    pub fulfilled: Fen,
    /// What was refunded.
    pub refunded: Fen,
}

impl Turnover {
    /// What these come to.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Self {
        let mut turnover = Self::default();
        for line in lines {
            turnover.add(line.kind, line.amount);
        }
        turnover
    }

    /// More of a kind.
    pub fn add(&mut self, kind: LineKind, amount: Fen) {
        let sum = match kind {
            LineKind::Fulfilled => &mut self.fulfilled,
            LineKind::Refunded => &mut self.refunded,
        };
        *sum = *sum + amount;
    }
}

/// What the market owes an ISV for a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The ISV's id.
    pub isv: String,
    /// The month.
    pub month: Month,
    /// What its orders came to that were fulfilled.
    pub fulfilled: Fen,
    /// What was refunded.
    pub refunded: Fen,
    /// What earlier months still had to be deducted.
    pub deducted: Fen,
    /// Where it stands.
    pub state: StatementState,
}

/// Where a month stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum StatementState {
    /// More may come.
    Open,
    /// Nothing more comes to it.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// The operator has paid it to the ISV.
    PaidOut {
        /// When it closed.
        closed_at: Timestamp,
        /// When it was paid.
        at: Timestamp,
        /// By which the bank knows the payment.
        reference: String,
    },
}

impl Statement {
    /// A month whose lines come to this, still open. `deducted`: the [`Statement::carried`] of the month before.
    pub fn open(isv: &str, month: Month, Turnover { fulfilled, refunded }: Turnover, deducted: Fen) -> Self {
        Self { isv: isv.to_owned(), month, fulfilled, refunded, deducted, state: StatementState::Open }
    }

    fn balance(&self) -> Fen {
        self.fulfilled - self.refunded - self.deducted
    }

    /// Something was fulfilled or refunded in it, or is deducted.
    pub fn is_about_anything(&self) -> bool {
        [self.fulfilled, self.refunded, self.deducted] != [Fen::ZERO; 3]
    }

    /// What is paid to the ISV.
    pub fn payable(&self) -> Fen {
        self.balance().max(Fen::ZERO)
    }

    /// What the next month has to deduct.
    pub fn carried(&self) -> Fen {
        (-self.balance()).max(Fen::ZERO)
    }

    /// The last second in which it is to be paid: that of the next month (rule O8).
    pub fn payable_by(&self, offset: Offset) -> Option<Timestamp> {
        self.month.next().end(offset)?.plus_seconds(-1)
    }

    /// Due work: closes it; nothing where it is closed.
    pub fn close(self, at: Timestamp) -> Option<Step<Self>> {
        (self.state == StatementState::Open).then_some(())?;
        let kind = NoticeKind::MonthSettled { month: self.month.to_string(), payable: self.payable() };
        let effects = vec![tell(&self.isv, at, kind)];
        Some(Step { after: Self { state: StatementState::Closed { at }, ..self }, effects })
    }

    /// The operator has paid it to the ISV; `reference`, 1 to 64 characters, is by what the bank knows the payment.
    pub fn pay_out(self, reference: &str, at: Timestamp) -> Result<Step<Self>, Refused> {
        let closed_at = match self.state {
            StatementState::Open => return Err(Refused::MonthOpen),
            StatementState::Closed { at } => at,
            StatementState::PaidOut { .. } => return Err(Refused::PaidOut),
        };
        let payable = self.payable();
        if payable == Fen::ZERO {
            return Err(Refused::NothingPayable);
        }
        let reference = reference.trim();
        if !(1..=MOST_REFERENCE).contains(&reference.chars().count()) || reference.chars().any(char::is_control) {
            return Err(Refused::ReferenceInvalid);
        }
        let reference = reference.to_owned();
        let mut effects: Vec<Effect> = ledger::paid_out(&self.isv, payable).map(Effect::Post).into_iter().collect();
        let kind =
            NoticeKind::MonthPaidOut { month: self.month.to_string(), amount: payable, reference: reference.clone() };
        effects.push(tell(&self.isv, at, kind));
        Ok(Step { after: Self { state: StatementState::PaidOut { closed_at, at, reference }, ..self }, effects })
    }
}

/// When a month closes.
pub fn closes_at(month: Month, offset: Offset) -> Option<Timestamp> {
    month.end(offset)?.plus_seconds(CLOSES_AFTER)
}

/// The lines that an order makes as it stands; none where it costs nothing.
pub fn lines(order: &Order) -> Vec<Line> {
    let line = |kind, at| Line { order: order.id.clone(), kind, at, amount: order.amount.due() };
    let lines = match order.state {
        OrderState::Fulfilled { at, .. } => vec![line(LineKind::Fulfilled, at)],
        OrderState::Refunded { fulfilled_at: Some(fulfilled), at, .. } => {
            vec![line(LineKind::Fulfilled, fulfilled), line(LineKind::Refunded, at)]
        }
        OrderState::Unpaid { .. }
        | OrderState::Paid { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Refunded { fulfilled_at: None, .. } => Vec::new(),
    };
    lines.into_iter().filter(|line| line.amount > Fen::ZERO).collect()
}

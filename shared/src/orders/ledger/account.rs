//! The accounts and whose they are.

use core::fmt;
use core::str::FromStr;

/// An account: what kind of money, and the id of the order, service or ISV whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// Order: what the buyer still owes.
    Receivable(String),
    /// Order: what was ordered, and once nothing is receivable, what was paid for it.
    Ordered(String),
    /// Order: all money that came in for it.
    Received(String),
    /// Order: money that came in and is neither used nor sent back: it waits for the rest.
    Returnable(String),
    /// Order: money that was sent back because it was not owed.
    Returned(String),
    /// Order: what its ISV refunded outside the market, as both say (O10). It moves nothing else.
    RefundedOffline(String),
    /// Order: stands against [`Account::RefundedOffline`].
    OutsideMarket(String),
    /// Service: all that was paid in for it.
    PaidIn(String),
    /// Service: what of it has not been consumed yet.
    Remaining(String),
    /// Service: what has been delivered for.
    Consumed(String),
    /// Service: what a change takes out of the service as it was, before it goes into the service as it will be (L8).
    Credit(String),
    /// Service: what was refunded (O4).
    Refunded(String),
    /// Service: what a change lost (L8).
    Forfeited(String),
    /// ISV: what its fulfilled orders came to, less what was refunded (O8).
    Payable(String),
    /// ISV: the market's money that stands against it.
    Held(String),
    /// ISV: what of it was paid to the ISV (O8).
    PaidOut(String),
}

/// Whose an account is; an entry sums to zero for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner<'a> {
    /// The order of this id.
    Order(&'a str),
    /// The service of this id.
    Service(&'a str),
    /// The ISV of this id.
    Isv(&'a str),
}

/// A text that names no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAccount;

type Make = fn(String) -> Account;

/// The accounts' stable names.
const NAMES: [(&str, Make); 16] = [
    ("receivable", Account::Receivable),
    ("ordered", Account::Ordered),
    ("received", Account::Received),
    ("returnable", Account::Returnable),
    ("returned", Account::Returned),
    ("refunded_offline", Account::RefundedOffline),
    ("outside_market", Account::OutsideMarket),
    ("paid_in", Account::PaidIn),
    ("remaining", Account::Remaining),
    ("consumed", Account::Consumed),
    ("credit", Account::Credit),
    ("refunded", Account::Refunded),
    ("forfeited", Account::Forfeited),
    ("payable", Account::Payable),
    ("held", Account::Held),
    ("paid_out", Account::PaidOut),
];

impl Account {
    /// The stable name of its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Receivable(_) => "receivable",
            Self::Ordered(_) => "ordered",
            Self::Received(_) => "received",
            Self::Returnable(_) => "returnable",
            Self::Returned(_) => "returned",
            Self::RefundedOffline(_) => "refunded_offline",
            Self::OutsideMarket(_) => "outside_market",
            Self::PaidIn(_) => "paid_in",
            Self::Remaining(_) => "remaining",
            Self::Consumed(_) => "consumed",
            Self::Credit(_) => "credit",
            Self::Refunded(_) => "refunded",
            Self::Forfeited(_) => "forfeited",
            Self::Payable(_) => "payable",
            Self::Held(_) => "held",
            Self::PaidOut(_) => "paid_out",
        }
    }

    /// Whose it is.
    pub fn owner(&self) -> Owner<'_> {
        match self {
            Self::Receivable(id)
            | Self::Ordered(id)
            | Self::Received(id)
            | Self::Returnable(id)
            | Self::Returned(id)
            | Self::RefundedOffline(id)
            | Self::OutsideMarket(id) => Owner::Order(id),
            Self::PaidIn(id)
            | Self::Remaining(id)
            | Self::Consumed(id)
            | Self::Credit(id)
            | Self::Refunded(id)
            | Self::Forfeited(id) => Owner::Service(id),
            Self::Payable(id) | Self::Held(id) | Self::PaidOut(id) => Owner::Isv(id),
        }
    }
}

impl<'a> Owner<'a> {
    /// The id.
    pub const fn id(self) -> &'a str {
        match self {
            Self::Order(id) | Self::Service(id) | Self::Isv(id) => id,
        }
    }
}

/// `paid_in:` and the owner's id.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.owner().id())
    }
}

impl FromStr for Account {
    type Err = NotAnAccount;

    fn from_str(text: &str) -> Result<Self, NotAnAccount> {
        let (kind, owner) = text.split_once(':').ok_or(NotAnAccount)?;
        let (_, make) = NAMES.iter().find(|(name, _)| *name == kind).ok_or(NotAnAccount)?;
        Ok(make(owner.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_print_as_they_parse() {
        for (name, make) in NAMES {
            for owner in ["20260101-7K2M", "", "a:b", "行"] {
                let account = make(owner.to_owned());
                assert_eq!(account.to_string(), format!("{name}:{owner}"));
                assert_eq!(account.to_string().parse(), Ok(account));
            }
        }
        for text in ["", "paid_in", "paid in:x", "Paid_in:x", " held:x", "cash:x"] {
            assert_eq!(text.parse::<Account>(), Err(NotAnAccount), "{text}");
        }
    }
}

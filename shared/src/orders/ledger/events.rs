//! One function for every business event: what it posts. Balanced by construction: an entry is made of moves, each of
//! which debits one account and credits another of the same owner.

use std::collections::BTreeMap;

use super::{Account, Entry, Event, Posting};
use crate::money::Fen;

type Make = fn(String) -> Account;

/// The moves of one entry, summed by account.
struct Moves(BTreeMap<Account, Fen>);

impl Moves {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Debits one of the owner's accounts and credits another. The two are of one kind of owner.
    fn post(mut self, owner: &str, debit: Make, credit: Make, amount: Fen) -> Self {
        for (make, fen) in [(debit, amount), (credit, -amount)] {
            let sum = self.0.entry(make(owner.to_owned())).or_default();
            *sum = *sum + fen;
        }
        self
    }

    /// The entry; `None` where nothing moves.
    fn entry(self, event: Event) -> Option<Entry> {
        let postings: Vec<Posting> = self
            .0
            .into_iter()
            .filter(|(_, fen)| *fen != Fen::ZERO)
            .map(|(account, fen)| Posting { account, fen })
            .collect();
        debug_assert!(postings.is_empty() || Entry::new(event, postings.clone()).is_ok(), "moves are balanced");
        (!postings.is_empty()).then_some(Entry { event, postings })
    }
}

/// An order was placed.
pub(in crate::orders) fn placed(order: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Receivable, Account::Ordered, amount).entry(Event::Placed)
}

/// Its ISV changed the amount.
pub(in crate::orders) fn repriced(order: &str, from: Fen, to: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Receivable, Account::Ordered, to - from).entry(Event::Repriced)
}

/// It ended unpaid.
pub(in crate::orders) fn cancelled(order: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Ordered, Account::Receivable, amount).entry(Event::Cancelled)
}

/// Money came that does not settle the order.
pub(in crate::orders) fn received(order: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Received, Account::Returnable, amount).entry(Event::Received)
}

/// Money came that, with what was kept of earlier money, settles the order; `shares` by service sum to its amount.
pub(in crate::orders) fn paid<'a>(
    order: &str,
    came: Fen,
    amount: Fen,
    shares: impl Iterator<Item = (&'a str, Fen)>,
) -> Option<Entry> {
    let moves = Moves::new().post(order, Account::Received, Account::Returnable, came).post(
        order,
        Account::Returnable,
        Account::Receivable,
        amount,
    );
    shares
        .fold(moves, |moves, (service, share)| moves.post(service, Account::PaidIn, Account::Remaining, share))
        .entry(Event::Paid)
}

/// Money that is not owed goes back.
pub(in crate::orders) fn returned(order: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Returnable, Account::Returned, amount).entry(Event::Returned)
}

/// All services of an order were opened: its amount is payable to the ISV.
pub(in crate::orders) fn fulfilled(isv: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(isv, Account::Held, Account::Payable, amount).entry(Event::Fulfilled)
}

/// What was payable to an ISV was paid to it.
pub(crate) fn paid_out(isv: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(isv, Account::Payable, Account::PaidOut, amount).entry(Event::PaidOut)
}

/// An ISV refunded something of an order outside the market.
pub(crate) fn refunded_offline(order: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::OutsideMarket, Account::RefundedOffline, amount).entry(Event::RefundedOffline)
}

/// What remained of a service has been delivered.
pub(in crate::orders) fn consumed(service: &str, amount: Fen) -> Option<Entry> {
    Moves::new().post(service, Account::Remaining, Account::Consumed, amount).entry(Event::Consumed)
}

/// Less is due as it is paid than was ordered.
pub(in crate::orders) fn reduced(order: &str, by: Fen) -> Option<Entry> {
    Moves::new().post(order, Account::Ordered, Account::Receivable, by).entry(Event::Reduced)
}

/// A change takes out what is left of a service, and what it has delivered is consumed.
pub(in crate::orders) fn credited(service: &str, credit: Fen, consumed: Fen) -> Option<Entry> {
    Moves::new()
        .post(service, Account::Remaining, Account::Credit, credit)
        .post(service, Account::Remaining, Account::Consumed, consumed)
        .entry(Event::Credited)
}

/// A change puts into the service as it will be what it took out, but for what is forfeited.
pub(in crate::orders) fn changed(service: &str, credit: Fen, forfeited: Fen) -> Option<Entry> {
    Moves::new()
        .post(service, Account::Credit, Account::Remaining, credit - forfeited)
        .post(service, Account::Credit, Account::Forfeited, forfeited)
        .entry(Event::Changed)
}

/// What a service consumed and forfeited since an order that is undone remains again.
pub(in crate::orders) fn reversed(service: &str, consumed: Fen, forfeited: Fen) -> Option<Entry> {
    Moves::new()
        .post(service, Account::Consumed, Account::Remaining, consumed)
        .post(service, Account::Forfeited, Account::Remaining, forfeited)
        .entry(Event::Reversed)
}

/// An order is undone: its amount is owed to the buyer, `shares` of it by service; `isv`: to whom it was payable.
pub(in crate::orders) fn refunded<'a>(
    order: &str,
    amount: Fen,
    shares: impl Iterator<Item = (&'a str, Fen)>,
    isv: Option<&str>,
) -> Option<Entry> {
    let moves = Moves::new().post(order, Account::Ordered, Account::Returnable, amount);
    let moves = match isv {
        Some(isv) => moves.post(isv, Account::Payable, Account::Held, amount),
        None => moves,
    };
    shares
        .fold(moves, |moves, (service, share)| moves.post(service, Account::Remaining, Account::Refunded, share))
        .entry(Event::Refunded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::ledger::NotAnEntry;

    fn text(entry: Option<Entry>) -> String {
        entry.map_or_else(String::new, |entry| entry.canonical())
    }

    fn fen(amount: i64) -> Fen {
        Fen::new(amount)
    }

    #[test]
    fn each_event_posts_what_its_table_says() {
        let shares = [("s1", fen(20_001)), ("s2", fen(20_000))];
        for (entry, expected) in [
            (placed("o", fen(208)), r#"["placed",[["receivable:o",208],["ordered:o",-208]]]"#),
            (repriced("o", fen(208), fen(200)), r#"["repriced",[["receivable:o",-8],["ordered:o",8]]]"#),
            (cancelled("o", fen(208)), r#"["cancelled",[["receivable:o",-208],["ordered:o",208]]]"#),
            (received("o", fen(100)), r#"["received",[["received:o",100],["returnable:o",-100]]]"#),
            (returned("o", fen(100)), r#"["returned",[["returnable:o",100],["returned:o",-100]]]"#),
            (fulfilled("i", fen(208)), r#"["fulfilled",[["payable:i",-208],["held:i",208]]]"#),
            (paid_out("i", fen(208)), r#"["paid_out",[["payable:i",208],["paid_out:i",-208]]]"#),
            (
                refunded_offline("o", fen(8)),
                r#"["refunded_offline",[["refunded_offline:o",-8],["outside_market:o",8]]]"#,
            ),
            (consumed("s", fen(208)), r#"["consumed",[["remaining:s",208],["consumed:s",-208]]]"#),
            (
                paid("o", fen(40_001), fen(40_001), shares.into_iter()),
                r#"["paid",[["receivable:o",-40001],["received:o",40001],["paid_in:s1",20001],["paid_in:s2",20000],["remaining:s1",-20001],["remaining:s2",-20000]]]"#,
            ),
            // 1 fen too much.
            (
                paid("o", fen(101), fen(100), [("s", fen(100))].into_iter()),
                r#"["paid",[["receivable:o",-100],["received:o",101],["returnable:o",-1],["paid_in:s",100],["remaining:s",-100]]]"#,
            ),
            // The rest of 40, after 60 were kept.
            (
                paid("o", fen(40), fen(100), [("s", fen(100))].into_iter()),
                r#"["paid",[["receivable:o",-100],["received:o",40],["returnable:o",60],["paid_in:s",100],["remaining:s",-100]]]"#,
            ),
            (placed("o", fen(0)), ""),
            (reduced("o", fen(8)), r#"["reduced",[["receivable:o",-8],["ordered:o",8]]]"#),
            (
                credited("s", fen(30), fen(178)),
                r#"["credited",[["remaining:s",208],["consumed:s",-178],["credit:s",-30]]]"#,
            ),
            // What had expired before a change that began earlier was settled: it was not consumed after all.
            (credited("s", fen(30), fen(-30)), r#"["credited",[["consumed:s",30],["credit:s",-30]]]"#),
            (
                changed("s", fen(30), fen(10)),
                r#"["changed",[["remaining:s",-20],["credit:s",30],["forfeited:s",-10]]]"#,
            ),
            (
                reversed("s", fen(178), fen(10)),
                r#"["reversed",[["remaining:s",-188],["consumed:s",178],["forfeited:s",10]]]"#,
            ),
            (
                refunded("o", fen(401), [("s1", fen(201)), ("s2", fen(200))].into_iter(), Some("i")),
                r#"["refunded",[["ordered:o",401],["returnable:o",-401],["remaining:s1",201],["remaining:s2",200],["refunded:s1",-201],["refunded:s2",-200],["payable:i",401],["held:i",-401]]]"#,
            ),
            (refunded("o", fen(0), [("s", fen(0))].into_iter(), None), ""),
        ] {
            assert_eq!(text(entry), expected);
        }
    }

    #[test]
    fn what_does_not_balance_for_each_owner_is_no_entry() {
        let posting = |account: &str, amount| Posting { account: account.parse().expect(account), fen: fen(amount) };
        let entry = |postings: &[(&str, i64)]| {
            Entry::new(Event::Paid, postings.iter().map(|(account, amount)| posting(account, *amount)).collect())
        };
        for (postings, wrong) in [
            (&[][..], NotAnEntry::Empty),
            (&[("held:i", 0), ("payable:i", 0)], NotAnEntry::Zero),
            (&[("held:i", 1), ("held:i", -1)], NotAnEntry::Twice),
            (&[("held:i", 1)], NotAnEntry::Unbalanced),
            (&[("held:i", 2), ("payable:i", -1)], NotAnEntry::Unbalanced),
            // In all it is zero, but money would pass from one service to another.
            (&[("paid_in:a", 1), ("remaining:b", -1)], NotAnEntry::Unbalanced),
            (&[("received:x", 1), ("remaining:x", -1)], NotAnEntry::Unbalanced),
            (&[("held:i", i64::MAX), ("held:j", i64::MAX), ("payable:i", 1), ("payable:j", 1)], NotAnEntry::Unbalanced),
        ] {
            assert_eq!(entry(postings), Err(wrong), "{postings:?}");
        }
        let one = entry(&[("held:i", 1), ("payable:i", -1)]).expect("an entry");
        let other = entry(&[("payable:i", -1), ("held:i", 1)]).expect("an entry");
        assert_eq!((&one, one.canonical()), (&other, other.canonical()));
    }
}

//! What becomes of money that arrives by transfer, in words: each case has its stated end (rule O3).

use core::cmp::Ordering;

use shared::api::{Transfer, TransferState};
use shared::money::Fen;

use super::model::missing;
use crate::format::yuan;
use crate::i18n::Lang;
use crate::trade::words::State;

/// The states to search by: code and words.
pub(super) fn states(lang: Lang) -> [(&'static str, &'static str); 4] {
    [
        ("expected", lang.pick("待到账", "Expected")),
        ("short", lang.pick("未到齐", "Short")),
        ("settled", lang.pick("已付清", "Settled")),
        ("ended", lang.pick("已结束", "Ended")),
    ]
}

/// The code of a state.
pub(super) const fn code(state: TransferState) -> &'static str {
    match state {
        TransferState::Expected => "expected",
        TransferState::Short => "short",
        TransferState::Settled => "settled",
        TransferState::Ended => "ended",
    }
}

/// Where it stands.
pub(super) fn state(transfer: &Transfer, lang: Lang) -> State {
    let class = match transfer.state {
        TransferState::Expected => "state is-waiting",
        TransferState::Short => "state is-over",
        TransferState::Settled => "state is-good",
        TransferState::Ended => "state",
    };
    let words = states(lang).into_iter().find(|(name, _)| *name == code(transfer.state));
    (class, words.map_or("", |(_, words)| words))
}

/// How it ends, or will.
pub(super) fn end(transfer: &Transfer, lang: Lang) -> Option<String> {
    let back = yuan(transfer.returned);
    match transfer.state {
        TransferState::Short => {
            let missing = yuan(missing(transfer));
            Some(lang.pick(
                format!("还差 {missing}。逾期未补足则关闭订单，已到款项退回。"),
                format!("{missing} is missing. Unless it comes in time, the order closes and the money goes back."),
            ))
        }
        TransferState::Settled if transfer.returned > Fen::ZERO => {
            Some(lang.pick(format!("多付的 {back} 须退回。"), format!("{back} came on top and is to be sent back.")))
        }
        TransferState::Expected | TransferState::Settled => None,
        TransferState::Ended if transfer.returned > Fen::ZERO => Some(lang.pick(
            format!("订单未付清即结束，到账的 {back} 须全部退回。"),
            format!("The order ended unpaid; all of the {back} that came is to be sent back."),
        )),
        TransferState::Ended => Some(lang.pick("订单未付清即结束。".to_owned(), "The order ended unpaid.".to_owned())),
    }
}

/// What follows if `arrived` is confirmed now.
pub(super) fn follows(transfer: &Transfer, arrived: Fen, lang: Lang) -> String {
    let all = yuan(arrived);
    match transfer.state {
        TransferState::Expected | TransferState::Short => {
            let missing = missing(transfer);
            match arrived.cmp(&missing) {
                Ordering::Less => {
                    let rest = yuan(missing - arrived);
                    lang.pick(
                        format!("确认后还差 {rest}：订单继续等待，买方会收到补足通知；逾期未补足则关闭，已到款项退回。"),
                        format!("{rest} will be missing: the order waits and the buyer is told. Unless the rest comes in time, it closes and the money goes back."),
                    )
                }
                Ordering::Equal => lang.pick(
                    "正好付清：确认后订单进入开通。".to_owned(),
                    "Exactly what is due: the order will be paid and its services opened.".to_owned(),
                ),
                Ordering::Greater => {
                    let over = yuan(arrived - missing);
                    lang.pick(
                        format!("确认后订单付清；多出的 {over} 须退回买方。"),
                        format!("The order will be paid; the {over} on top is to be sent back to the buyer."),
                    )
                }
            }
        }
        TransferState::Settled => lang.pick(
            format!("订单此前已付清：这笔 {all} 须全部退回买方。"),
            format!("The order is paid already: all of {all} is to be sent back to the buyer."),
        ),
        TransferState::Ended => lang.pick(
            format!("订单已结束，不能再支付：这笔 {all} 须全部退回买方。"),
            format!("The order has ended and cannot be paid: all of {all} is to be sent back to the buyer."),
        ),
    }
}

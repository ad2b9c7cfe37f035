//! Offline refunds in words, and as a list that is searched (rules O9, O10).

use shared::aftersale::{OfflineRefund, OfflineState};
use shared::api::{self, Filed, OfflineList};

use crate::element::{Element, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::state;
use crate::trade::records::Kind;
use crate::trade::words::State;

/// The kind of record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfflineRefunds;

impl Kind for OfflineRefunds {
    type Record = OfflineRefund;
    type List = OfflineList;
    const PATH: &'static str = api::OFFLINE_REFUNDS;

    fn rows(list: OfflineList) -> Vec<Filed<OfflineRefund>> {
        list.offline_refunds
    }

    fn next(list: &OfflineList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(record: &OfflineRefund) -> &str {
        &record.product
    }
}

/// Where an offline refund stands.
pub fn offline_state(state: &OfflineState, lang: Lang) -> State {
    match state {
        OfflineState::Recorded => ("state is-waiting", lang.pick("待企业确认", "To be confirmed")),
        OfflineState::Confirmed { .. } => ("state is-good", lang.pick("已确认收到", "Confirmed")),
        OfflineState::Declined { .. } => ("state is-over", lang.pick("企业已否认", "Denied")),
    }
}

/// The states to search by: code and words.
pub fn offline_states(lang: Lang) -> [(&'static str, &'static str); 3] {
    [
        ("recorded", lang.pick("待企业确认", "To be confirmed")),
        ("confirmed", lang.pick("已确认收到", "Confirmed")),
        ("declined", lang.pick("企业已否认", "Denied")),
    ]
}

/// What was said of it last, and when.
pub fn offline_outcome(refund: &OfflineRefund, lang: Lang) -> String {
    match &refund.state {
        OfflineState::Recorded => {
            let at = date_time(refund.at, lang);
            lang.pick(format!("{at} 登记"), format!("recorded on {at}"))
        }
        OfflineState::Confirmed { at } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 确认"), format!("confirmed on {at}"))
        }
        OfflineState::Declined { at, reason } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 否认：{reason}"), format!("denied on {at}: {reason}"))
        }
    }
}

/// One of them among what stands beside its order.
pub fn offline_entry(refund: &OfflineRefund, lang: Lang) -> Element {
    let (class, words) = offline_state(&refund.state, lang);
    el("div")
        .class("beside-entry")
        .with(el("p").with(el("strong").with(yuan(refund.amount))).with(" ").with(state(class, words)))
        .with(el("p").class("row-what").with(refund.note.clone()))
        .with(el("p").class("row-what").with(offline_outcome(refund, lang)))
}

//! Invoices in words, and as a list that is searched (rules O5, O9).

use shared::aftersale::{Invoice, InvoiceKind, InvoiceState};
use shared::api::{self, Filed, InvoiceList};

use crate::format::date_time;
use crate::i18n::Lang;
use crate::trade::records::Kind;
use crate::trade::words::State;

/// The kind of record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invoices;

impl Kind for Invoices {
    type Record = Invoice;
    type List = InvoiceList;
    const PATH: &'static str = api::INVOICES;

    fn rows(list: InvoiceList) -> Vec<Filed<Invoice>> {
        list.invoices
    }

    fn next(list: &InvoiceList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(record: &Invoice) -> &str {
        &record.product
    }
}

/// Where an invoice stands.
pub fn invoice_state(state: &InvoiceState, lang: Lang) -> State {
    match state {
        InvoiceState::Open => ("state is-waiting", lang.pick("待开具", "To be issued")),
        InvoiceState::Issued { .. } => ("state is-good", lang.pick("已开具", "Issued")),
        InvoiceState::Rejected { .. } => ("state is-over", lang.pick("已驳回", "Rejected")),
        InvoiceState::Withdrawn { .. } => ("state", lang.pick("已撤回", "Withdrawn")),
    }
}

/// The states to search by: code and words.
pub fn invoice_states(lang: Lang) -> [(&'static str, &'static str); 4] {
    [
        ("open", lang.pick("待开具", "To be issued")),
        ("issued", lang.pick("已开具", "Issued")),
        ("rejected", lang.pick("已驳回", "Rejected")),
        ("withdrawn", lang.pick("已撤回", "Withdrawn")),
    ]
}

/// Of what kind an invoice is.
pub fn invoice_kind(kind: InvoiceKind, lang: Lang) -> &'static str {
    match kind {
        InvoiceKind::Ordinary => lang.pick("普通发票", "Ordinary invoice"),
        InvoiceKind::Vat => lang.pick("增值税专用发票", "Special VAT invoice"),
    }
}

/// What became of it: its number, or why not; and when.
pub fn invoice_outcome(invoice: &Invoice, lang: Lang) -> String {
    let asked = date_time(invoice.requested_at, lang);
    match &invoice.state {
        InvoiceState::Open => lang.pick(format!("{asked} 申请"), format!("asked for on {asked}")),
        InvoiceState::Issued { at, number } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 开具，发票号码 {number}"), format!("issued on {at}, number {number}"))
        }
        InvoiceState::Rejected { at, reason } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 驳回：{reason}"), format!("rejected on {at}: {reason}"))
        }
        InvoiceState::Withdrawn { at } => {
            let at = date_time(*at, lang);
            lang.pick(format!("{at} 撤回"), format!("withdrawn on {at}"))
        }
    }
}

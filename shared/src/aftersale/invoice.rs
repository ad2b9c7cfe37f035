//! Invoices (发票, rule O5).

use serde::{Deserialize, Serialize};

use super::{Beside, Refused, TaxNumber, paid_for, said};
use crate::calendar::Timestamp;
use crate::mail;
use crate::money::Fen;
use crate::orders::{NoticeKind, Order, Step, tell};

/// The longest title, in characters.
const MOST_TITLE: usize = 100;
/// The longest reason of a rejection, in characters.
const MOST_REASON: usize = 200;
/// The longest number of an invoice; those of today have 20 digits.
const MOST_NUMBER: usize = 40;

/// What an enterprise asked to be invoiced, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its id.
    pub id: String,
    /// The order that it is for.
    pub order: String,
    /// The enterprise that asked.
    pub enterprise: String,
    /// The ISV that issues it.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// Of what kind.
    pub kind: InvoiceKind,
    /// Whom it is made out to (抬头).
    pub title: String,
    /// The buyer's tax number.
    pub tax_number: TaxNumber,
    /// Where it is sent.
    pub email: String,
    /// What was paid for the order.
    pub amount: Fen,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub state: InvoiceState,
}

/// The kinds of invoices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// 普通发票.
    Ordinary,
    /// 增值税专用发票: its tax can be deducted.
    Vat,
}

/// Where an invoice stands.
///
/// ```text
/// open → issued | rejected | withdrawn
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum InvoiceState {
    /// Asked for; the order cannot be refunded meanwhile.
    Open,
    /// Issued; the order cannot be refunded any more.
    Issued {
        /// When.
        at: Timestamp,
        /// The invoice's own number.
        number: String,
    },
    /// The ISV cannot issue it as it was asked for; it may be asked for again.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The buyer took the request back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

impl InvoiceState {
    /// Stands in the way of a refund, and of another request: open or issued (rule O5).
    pub const fn holds(&self) -> bool {
        matches!(self, Self::Open | Self::Issued { .. })
    }
}

/// What an invoice is asked for with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvoice<'a> {
    /// Its id.
    pub id: String,
    /// Of what kind.
    pub kind: InvoiceKind,
    /// Whom it is made out to.
    pub title: &'a str,
    /// The buyer's tax number.
    pub tax_number: &'a str,
    /// Where it is sent.
    pub email: &'a str,
}

/// Whether an invoice of an order can be asked for, and over which amount; the page asks here too.
pub fn may_request(order: &Order, beside: &Beside<'_, Invoice>) -> Result<Fen, Refused> {
    let amount = paid_for(order).ok_or(Refused::OrderNotPaid)?;
    if amount == Fen::ZERO {
        return Err(Refused::NothingPaid);
    }
    if beside.others.iter().any(|other| other.state.holds()) {
        return Err(Refused::InvoiceExists);
    }
    // What is invoiced cannot be refunded (rule O5), so what may be refunded is not invoiced.
    if beside.refund_reviewed { Err(Refused::RefundUnderReview) } else { Ok(amount) }
}

/// The buyer asks for an invoice of an order.
pub fn request(
    new: NewInvoice<'_>,
    order: &Order,
    beside: &Beside<'_, Invoice>,
    at: Timestamp,
) -> Result<Step<Invoice>, Refused> {
    let amount = may_request(order, beside)?;
    let one_line = |text: &String| !text.contains('\n');
    let title = said(new.title, MOST_TITLE).filter(one_line).ok_or(Refused::InvoiceTitleInvalid)?;
    let tax_number = new.tax_number.parse().map_err(|_| Refused::TaxNumberInvalid)?;
    let email = mail::address(new.email).ok_or(Refused::EmailInvalid)?;
    let invoice = Invoice {
        id: new.id,
        order: order.id.clone(),
        enterprise: order.enterprise.clone(),
        isv: order.isv.clone(),
        product: order.product.clone(),
        kind: new.kind,
        title,
        tax_number,
        email,
        amount,
        requested_at: at,
        state: InvoiceState::Open,
    };
    let kind = NoticeKind::InvoiceRequested { order: order.id.clone(), amount };
    Ok(Step { effects: vec![tell(&order.isv, at, kind)], after: invoice })
}

/// The buyer takes the request back while it is open.
pub fn withdraw(invoice: Invoice, at: Timestamp) -> Result<Step<Invoice>, Refused> {
    let kind = NoticeKind::InvoiceWithdrawn { order: invoice.order.clone() };
    let told = tell(&invoice.isv, at, kind);
    end(invoice, InvoiceState::Withdrawn { at }, told)
}

/// The ISV has issued it, with this number: 1 to 40 ASCII letters, digits and hyphens.
pub fn issue(invoice: Invoice, number: &str, at: Timestamp) -> Result<Step<Invoice>, Refused> {
    let number = number.trim().to_owned();
    let sane = number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !sane || !(1..=MOST_NUMBER).contains(&number.len()) {
        return Err(Refused::InvoiceNumberInvalid);
    }
    let kind = NoticeKind::InvoiceIssued { order: invoice.order.clone(), number: number.clone() };
    let told = tell(&invoice.enterprise, at, kind);
    end(invoice, InvoiceState::Issued { at, number }, told)
}

/// The ISV cannot issue it as it was asked for, and says why in 1 to 200 characters.
pub fn reject(invoice: Invoice, reason: &str, at: Timestamp) -> Result<Step<Invoice>, Refused> {
    let reason = said(reason, MOST_REASON).ok_or(Refused::ReasonInvalid)?;
    let kind = NoticeKind::InvoiceRejected { order: invoice.order.clone(), reason: reason.clone() };
    let told = tell(&invoice.enterprise, at, kind);
    end(invoice, InvoiceState::Rejected { at, reason }, told)
}

fn end(mut invoice: Invoice, state: InvoiceState, told: crate::orders::Effect) -> Result<Step<Invoice>, Refused> {
    if invoice.state != InvoiceState::Open {
        return Err(Refused::InvoiceNotOpen);
    }
    invoice.state = state;
    Ok(Step { after: invoice, effects: vec![told] })
}

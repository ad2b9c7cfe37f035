//! Invoices (rule O5).

use shared::aftersale::{self as domain, Beside, NewInvoice};
use shared::api::{InvoiceIssue, InvoiceList, InvoiceRequest, Part, RecordQuery, Rejection};

use super::super::form;
use super::super::market::Market;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::{Asked, Made};

impl Market {
    /// The invoices that match, the newest first.
    pub async fn invoices(&self, caller: &Caller, query: RecordQuery, part: &Part) -> Result<InvoiceList, Failure> {
        let (invoices, next) = self.records(caller, query, part).await?;
        Ok(InvoiceList { invoices, next })
    }

    /// The buyer asks for an invoice of an order.
    pub async fn request_invoice(
        &self,
        caller: &Caller,
        asked: Asked,
        order: &str,
        body: &[u8],
    ) -> Result<Made, Failure> {
        let InvoiceRequest { kind, title, tax_number, email } = form::read(body)?;
        let make = move |id, order: &_, beside: &Beside<'_, _>, now| {
            let new = NewInvoice { id, kind, title: &title, tax_number: &tax_number, email: &email };
            domain::request(new, order, beside, now)
        };
        self.make_record(caller, asked, order, Box::new(make)).await
    }

    /// The buyer takes a request back.
    pub async fn withdraw_invoice(&self, caller: &Caller, asked: Asked, id: &str) -> Result<Made, Failure> {
        self.change_record(caller, asked, id, Box::new(|invoice, _, now| domain::withdraw(invoice, now))).await
    }

    /// The ISV has issued an invoice.
    pub async fn issue_invoice(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let InvoiceIssue { number } = form::read(body)?;
        let change = move |invoice, _: &_, now| domain::issue(invoice, &number, now);
        self.change_record(caller, asked, id, Box::new(change)).await
    }

    /// The ISV cannot issue an invoice as it was asked for.
    pub async fn reject_invoice(&self, caller: &Caller, asked: Asked, id: &str, body: &[u8]) -> Result<Made, Failure> {
        let Rejection { reason } = form::read(body)?;
        let change = move |invoice, _: &_, now| domain::reject(invoice, &reason, now);
        self.change_record(caller, asked, id, Box::new(change)).await
    }
}

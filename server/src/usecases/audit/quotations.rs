//! Quotations: each is what was signed, and priced again it comes to the same.

use std::sync::Arc;

use shared::api::{Confirmed, VerifyKey};
use shared::orders::quoted_again;

use super::super::request::quote_of;
use super::{Books, Looking, Offers, PAGE, Wrong};
use crate::failure::Failure;
use crate::keys::verifies;
use crate::store::quotations::{self, Quotation};
use crate::store::{Sql, document};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    let mut before: Option<Looking<Vec<Quotation>, Wrong>> = None;
    loop {
        let page = quotations::page(sql, &after, PAGE).await?;
        if let Some((page, wrong)) = before.take().map(Looking::end) {
            for (quotation, wrong) in page.iter().zip(wrong) {
                books.report.take(format_args!("quotation {}", quotation.id), wrong);
            }
        }
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        count += page.len() as u64;
        for quotation in &page {
            books.read_offer(sql, (quotation.slug.clone(), quotation.revision)).await?;
        }
        let (keys, offers) = (Arc::clone(&books.keys), Arc::clone(&books.offers));
        let count = page.len();
        before = Some(Looking::at(page, count, move |page, n| look(&keys, &offers, &page[n])));
    }
    books.report.looked_at.push(("quotations", count));
    Ok(())
}

/// What is wrong with it.
fn look(keys: &[VerifyKey], offers: &Offers, quotation: &Quotation) -> Wrong {
    let mut wrong = Wrong::default();
    let signed = keys.iter().any(|key| key.kid == quotation.key_id && verifies(key, quotation));
    wrong.expect(signed, "its signature is not valid");
    let Ok(confirmed) = document::read::<Confirmed>(&quotation.document) else {
        wrong.add("its document cannot be read");
        return wrong;
    };
    let same = (&quotation.id, &quotation.slug, quotation.revision, quotation.total)
        == (&confirmed.id, &confirmed.product, confirmed.revision, confirmed.quote.total)
        && (quotation.issued_at, quotation.expires_at) == (confirmed.issued_at.unix(), confirmed.expires_at.unix());
    wrong.expect(same, "its columns are not what was signed");
    wrong.expect(is_priced_right(offers, &confirmed), "priced again, it is not what was quoted");
    wrong
}

/// An offer that cannot be read is reported once.
fn is_priced_right(offers: &Offers, confirmed: &Confirmed) -> bool {
    let offer = offers.get(&(confirmed.product.clone(), confirmed.revision));
    let Some(offer) = offer.and_then(Option::as_deref) else { return true };
    let again = match &confirmed.on {
        Some(on) => quoted_again(on, &confirmed.selection, offer, confirmed.issued_at),
        None => quote_of(offer, &confirmed.selection, confirmed.issued_at).ok(),
    };
    again.is_some_and(|again| again == confirmed.quote)
}

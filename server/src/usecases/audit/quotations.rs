//! Quotations: each is what was signed, and priced again it comes to the same.

use shared::api::{Confirmed, VerifyKey};
use shared::orders::quoted_again;

use super::super::request::quote_of;
use super::{Books, PAGE, Wrong, each};
use crate::failure::Failure;
use crate::keys::verifies;
use crate::store::quotations::{self, Quotation};
use crate::store::{Sql, document};

pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<(), Failure> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let page = quotations::page(sql, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        count += page.len() as u64;
        let read = each(&page, |quotation| look(&books.keys, quotation));
        for (confirmed, _) in &read {
            let Some(Confirmed { product, revision, .. }) = confirmed else { continue };
            books.read_offer(sql, (product.clone(), *revision)).await?;
        }
        let priced = each(&read, |(confirmed, _)| confirmed.as_ref().is_none_or(|it| is_priced_right(books, it)));
        for ((quotation, (_, mut wrong)), right) in page.iter().zip(read).zip(priced) {
            wrong.expect(right, "priced again, it is not what was quoted");
            books.report.take(format_args!("quotation {}", quotation.id), wrong);
        }
    }
    books.report.looked_at.push(("quotations", count));
    Ok(())
}

/// What it says, if that can be read.
fn look(keys: &[VerifyKey], quotation: &Quotation) -> (Option<Confirmed>, Wrong) {
    let mut wrong = Wrong::default();
    let signed = keys.iter().any(|key| key.kid == quotation.key_id && verifies(key, quotation));
    wrong.expect(signed, "its signature is not valid");
    let Ok(confirmed) = document::read::<Confirmed>(&quotation.document) else {
        wrong.add("its document cannot be read");
        return (None, wrong);
    };
    let same = (&quotation.id, &quotation.slug, quotation.revision, quotation.total)
        == (&confirmed.id, &confirmed.product, confirmed.revision, confirmed.quote.total)
        && (quotation.issued_at, quotation.expires_at) == (confirmed.issued_at.unix(), confirmed.expires_at.unix());
    wrong.expect(same, "its columns are not what was signed");
    (Some(confirmed), wrong)
}

/// An offer that cannot be read is reported once.
fn is_priced_right(books: &Books, confirmed: &Confirmed) -> bool {
    let offer = books.offers.get(&(confirmed.product.clone(), confirmed.revision));
    let Some(offer) = offer.and_then(Option::as_ref) else { return true };
    let again = match &confirmed.on {
        Some(on) => quoted_again(on, &confirmed.selection, offer, confirmed.issued_at),
        None => quote_of(offer, &confirmed.selection, confirmed.issued_at).ok(),
    };
    again.is_some_and(|again| again == confirmed.quote)
}

//! Quotations: each is what was signed, and priced again it comes to the same.

use shared::api::Confirmed;

use super::super::request::quote_of;
use super::{Books, PAGE};
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
        for quotation in page {
            count += 1;
            check_one(sql, books, &quotation).await?;
        }
    }
    books.report.looked_at.push(("quotations", count));
    Ok(())
}

async fn check_one(sql: &mut dyn Sql, books: &mut Books, quotation: &Quotation) -> Result<(), Failure> {
    let place = format!("quotation {}", quotation.id);
    let signed = books.keys.iter().any(|key| key.kid == quotation.key_id && verifies(key, quotation));
    books.report.expect(signed, &place, "its signature is not valid");
    let Ok(confirmed) = document::read::<Confirmed>(&quotation.document) else {
        books.report.add(&place, "its document cannot be read");
        return Ok(());
    };
    let same = (&quotation.id, &quotation.slug, quotation.revision, quotation.total)
        == (&confirmed.id, &confirmed.product, confirmed.revision, confirmed.quote.total)
        && (quotation.issued_at, quotation.expires_at) == (confirmed.issued_at.unix(), confirmed.expires_at.unix());
    books.report.expect(same, &place, "its columns are not what was signed");
    let Some(offer) = books.offer(sql, &confirmed.product, confirmed.revision).await? else { return Ok(()) };
    let again = quote_of(offer, &confirmed.selection, confirmed.issued_at);
    let same = again.is_ok_and(|again| again == confirmed.quote);
    books.report.expect(same, &place, "priced again, it is not what was quoted");
    Ok(())
}

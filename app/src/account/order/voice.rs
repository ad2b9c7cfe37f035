//! What a buyer can say of an order: to everybody, and to the operator (rules O6, O7).

use shared::aftersale::ComplaintState;
use shared::api::{FiledReview, Order};

use crate::account::review::{Next, may};
use crate::account::route::Route;
use crate::element::{Element, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{link, state};
use crate::trade::aftersale::{part, why_not};
use crate::trade::complaints::complaint_state;
use crate::trade::reviews::stars;

/// Its review and its complaints, and the ways to both; where it cannot be reviewed, why not.
pub(super) fn voice(order: &Order, lang: Lang) -> Element {
    let (reviewed, complaints) = (order.after_sale.as_deref().and_then(|it| it.review.as_ref()), &order.complaints);
    let to_review = || Route::Review(order.id.clone());
    let may = may(order, reviewed);
    let review = match (reviewed, may) {
        (Some(review), may) => {
            let more = may == Ok(Next::FollowUp);
            let zh = if more { "查看和追评" } else { "查看评价" };
            let en = if more { "See it and add to it" } else { "See the review" };
            said(review, to_review(), lang.pick(zh, en), lang)
        }
        (None, Ok(_)) => way(
            to_review(),
            lang.pick("评价", "Review what you bought"),
            lang.pick(
                "打星并写下评价，公开显示在商品页；每笔新购可评价一次、追评一次。",
                "Stars and words on the product's page: one review for each purchase, and one addition to it.",
            ),
        ),
        (None, Err(refused)) => {
            let (zh, en) = refused.sentences();
            why_not("no-review", lang.pick("评价", "Review what you bought"), lang.pick(zh, en))
        }
    };
    let to_complaint = || Route::Complaint(order.id.clone());
    let complained = complaints.iter().map(|complaint| {
        let (class, words) = complaint_state(&complaint.record, lang);
        let see = link(to_complaint().path(), lang.pick("查看投诉", "See the complaint"));
        entry(state(class, words), see, date_time(complaint.record.at, lang))
    });
    // One at a time: the next can be made once this one has ended.
    let open = complaints.iter().any(|it| it.record.state == ComplaintState::Open);
    let complain = (!open).then(|| {
        way(
            to_complaint(),
            lang.pick("投诉服务商", "Complain about the vendor"),
            lang.pick(
                "服务商可回应一次，由平台裁定，双方都会收到结论和理由。",
                "The vendor may answer once; the operator decides and says why.",
            ),
        )
    });
    el("section")
        .class("after")
        .attr("aria-labelledby", "voice-title")
        .with(el("h2").id("voice-title").with(lang.pick("评价与投诉", "Reviews and complaints")))
        .with(part("beside-review", lang.pick("评价", "Review"), [review]))
        .with(part("beside-complaint", lang.pick("投诉", "Complaint"), complained.chain(complain)))
}

/// What was written, in a line.
fn said(review: &FiledReview, to: Route, words: &'static str, lang: Lang) -> Element {
    let first = &review.record.first;
    entry(stars(first.stars.count(), lang), link(to.path(), words), date_time(first.at, lang))
}

fn entry(what: Element, way: Element, more: String) -> Element {
    el("div")
        .class("beside-entry")
        .with(el("p").with(what).with(" ").with(way))
        .with(el("p").class("row-what").with(more))
}

fn way(to: Route, words: &'static str, more: &'static str) -> Element {
    let way = el("a").class("button is-quiet").attr("href", to.path()).with(words);
    el("div").class("beside-not").with(way).with(el("p").class("fine").with(more))
}

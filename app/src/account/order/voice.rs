//! What a buyer can say of an order: to everybody, and to the operator (rules O6, O7).

use shared::api::Order;

use crate::account::review::may;
use crate::account::route::Route;
use crate::element::{Element, el};
use crate::i18n::Lang;
use crate::page::parts::link;

/// The ways to its review and to its complaints; where it cannot be reviewed, why not.
pub(super) fn voice(order: &Order, lang: Lang) -> Element {
    // Whether there is a review already is seen on its page.
    let review = match may(order, None) {
        Ok(_) => {
            let way = link(Route::Review(order.id.clone()).path(), lang.pick("评价", "Review what you bought"));
            el("p").with(way).with(" ").with(quiet(lang.pick(
                "打星并写下评价，公开显示在商品页；每笔新购可评价一次、追评一次。",
                "Stars and words on the product's page: one review for each purchase, and one addition to it.",
            )))
        }
        Err(refused) => {
            let (zh, en) = refused.sentences();
            let off = el("button")
                .class("link")
                .attr("type", "button")
                .flag("disabled", true)
                .attr("aria-describedby", "no-review")
                .with(lang.pick("评价", "Review what you bought"));
            el("p").with(off).with(" ").with(quiet(lang.pick(zh, en)).id("no-review"))
        }
    };
    let way = link(Route::Complaint(order.id.clone()).path(), lang.pick("投诉服务商", "Complain of the vendor"));
    let complaint = el("p").with(way).with(" ").with(quiet(lang.pick(
        "服务商可回应一次，由平台裁定，双方都会收到结论和理由。",
        "The vendor may answer once; the operator decides and says why.",
    )));
    el("section")
        .class("voice")
        .attr("aria-labelledby", "voice-title")
        .with(el("h2").id("voice-title").with(lang.pick("评价与投诉", "Reviews and complaints")))
        .with(review)
        .with(complaint)
}

fn quiet(words: &'static str) -> Element {
    el("span").class("fine").with(words)
}

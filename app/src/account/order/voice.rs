//! What a buyer can say of an order: to everybody, and to the operator (rules O6, O7).

use shared::api::Order;

use crate::account::review::may;
use crate::account::route::Route;
use crate::element::{Element, el};
use crate::i18n::Lang;
use crate::trade::aftersale::{part, why_not};

/// The ways to its review and to its complaints; where it cannot be reviewed, why not.
pub(super) fn voice(order: &Order, lang: Lang) -> Element {
    let words = lang.pick("评价", "Review what you bought");
    // Whether there is a review already is seen on its page.
    let review = match may(order, None) {
        Ok(_) => way(
            Route::Review(order.id.clone()),
            words,
            lang.pick(
                "打星并写下评价，公开显示在商品页；每笔新购可评价一次、追评一次。",
                "Stars and words on the product's page: one review for each purchase, and one addition to it.",
            ),
        ),
        Err(refused) => {
            let (zh, en) = refused.sentences();
            why_not("no-review", words, lang.pick(zh, en))
        }
    };
    let complaint = way(
        Route::Complaint(order.id.clone()),
        lang.pick("投诉服务商", "Complain about the vendor"),
        lang.pick(
            "服务商可回应一次，由平台裁定，双方都会收到结论和理由。",
            "The vendor may answer once; the operator decides and says why.",
        ),
    );
    el("section")
        .class("after")
        .attr("aria-labelledby", "voice-title")
        .with(el("h2").id("voice-title").with(lang.pick("评价与投诉", "Reviews and complaints")))
        .with(part("beside-review", lang.pick("评价", "Review"), [review]))
        .with(part("beside-complaint", lang.pick("投诉", "Complaint"), [complaint]))
}

fn way(to: Route, words: &'static str, more: &'static str) -> Element {
    let way = el("a").class("button is-quiet").attr("href", to.path()).with(words);
    el("div").class("beside-not").with(way).with(el("p").class("fine").with(more))
}

//! The page: what has been said, and what can still be.

use shared::api::{FiledReview, Order, Role};

use super::model::{Msg, Next, Review, may};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{draw_key, link, loaded, said, titled};
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::reviews::{MOST, opinion};
use crate::widgets::radios::{Choice, Radios, radios};

impl Shown for Review {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        loaded(&self.order, context.lang, |order| {
            loaded(&self.review, context.lang, |review| page(self, order, review.as_deref(), context, to))
        })
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("评价", "Review"))
    }
}

fn page(model: &Review, order: &Order, review: Option<&FiledReview>, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let back = Route::Order(order.id.clone()).path();
    let crumb = el("p").class("crumb").with(link(back, [lang.pick("订单 ", "Order "), &order.id].concat()));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(lang.pick("评价", "Review")))
        .with(el("p").class("lead-fine").with([&order.product_name, " · ", &order.vendor].concat()));
    let shown = ["/p/", &order.product, "#reviews"].concat();
    let done =
        model.done.then(|| {
            el("p")
                .class("notice is-done")
                .with(lang.pick(
                    "已发表，所有人都能在商品页看到。",
                    "It is published; everybody sees it on the product's page.",
                ))
                .with(" ")
                .with(link(shown, lang.pick("去看看", "See it there")))
        });
    let before = review.map(|review| {
        let first = opinion(&review.record.first, false, lang);
        let later = review.record.follow_up.as_ref().map(|later| opinion(later, true, lang));
        el("div").class("said-item").with(first).maybe(later)
    });
    let next = match may(order, review) {
        Ok(_) if context.role() != Some(Role::BuyerAdmin) => {
            let sentence = lang.pick("评价由企业管理员填写。", "The enterprise's administrator writes reviews.");
            el("p").class("notice").with(sentence)
        }
        Ok(next) => form(model, next, lang, to),
        Err(refused) => {
            let (zh, en) = refused.sentences();
            el("p").class("notice").with(lang.pick(zh, en))
        }
    };
    el("div")
        .class("said-page")
        .with(head)
        .with(el("div").id("done").attr("tabindex", "-1").attr("role", "status").maybe(done))
        .maybe(before)
        .with(next)
}

const fn stars_name(stars: u8, lang: Lang) -> &'static str {
    match (stars, lang) {
        (1, Lang::Zh) => "很差",
        (1, Lang::En) => "Bad",
        (2, Lang::Zh) => "较差",
        (2, Lang::En) => "Poor",
        (3, Lang::Zh) => "一般",
        (3, Lang::En) => "Fair",
        (4, Lang::Zh) => "满意",
        (4, Lang::En) => "Good",
        (_, Lang::Zh) => "很满意",
        (_, Lang::En) => "Excellent",
    }
}

fn form(model: &Review, next: Next, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let choice = |stars: u8| Choice {
        value: stars.to_string(),
        label: lang
            .pick(format!("{stars} 星"), if stars == 1 { "1 star".to_owned() } else { format!("{stars} stars") }),
        more: vec![stars_name(stars, lang).into()],
    };
    let missing = (model.written.tried && model.stars.is_none()).then(|| {
        el("p").class("wrong").attr("role", "alert").with(lang.pick("请选择 1 至 5 星。", "Choose 1 to 5 stars."))
    });
    let group = Radios {
        id: "stars".to_owned(),
        label: lang.pick("评分", "Stars").to_owned(),
        name: "stars".to_owned(),
        class: "choices star-choices",
        choices: (1..=5).map(choice).collect(),
        chosen: model.stars.map_or(usize::MAX, |stars| usize::from(stars.saturating_sub(1))),
        note: missing,
    };
    let (title, note) = match next {
        Next::First => (
            lang.pick("写评价", "Write a review"),
            lang.pick(
                "1 至 500 个字。公开显示在商品页，企业名称只显示开头；发表后不能修改，可以追评一次。评分只计首次评价的星级。",
                "1 to 500 characters. Public on the product's page, with only the beginning of your enterprise's name. It cannot be changed, but added to once. Ratings count first reviews only.",
            ),
        ),
        Next::FollowUp => (
            lang.pick("追加评价", "Add to it"),
            lang.pick(
                "1 至 500 个字。追评只有一次，发表后不能修改，不改变评分。",
                "1 to 500 characters. Once, it cannot be changed, and the rating stays as it is.",
            ),
        ),
    };
    let mend = lang.pick("请填写评价内容，1 至 500 个字。", "Say something, in 1 to 500 characters.");
    let text =
        Field { id: "text", name: lang.pick("评价内容", "What you have to say"), note, mend, most: MOST, lines: 5 };
    let send = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.written.submit.waits())
        .with(lang.pick("发表", "Publish"));
    el("form")
        .class("said-form")
        .attr("novalidate", "")
        .attr("aria-labelledby", "form-title")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Send(draw_key()));
        })
        .with(el("h2").id("form-title").with(title))
        .with(radios(group, to, |index| Msg::Stars(u8::try_from(index + 1).unwrap_or(5))))
        .with(written(&model.written, text, to, Msg::Typed))
        .with(el("div").class("tools").with(send))
        .with(said(&model.written.submit, lang.pick("正在发表…", "Publishing it…"), lang))
}

//! The page: reviews below each other, each with what can be answered.

use shared::aftersale::{Opinion, Which};
use shared::api::{FiledReview, RecordQuery, ReviewList, Role};

use super::model::{Answering, Msg, Reviews};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, link, loaded, said, titled};
use crate::page::search::Searched;
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::reviews::{MOST, opinion, review_states};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};

impl Shown for Reviews {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("评价", "Reviews"))
    }
}

fn view(model: &Reviews, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    let answers = matches!(context.role(), Some(Role::IsvOwner | Role::IsvSupport));
    loaded(&search.found, lang, |reviews| {
        let page =
            el("div").class("table-page").with(el("h1").with(lang.pick("评价", "Reviews"))).with(lead(answers, lang));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有评价。企业购买后可以评价一次、追评一次，会出现在这里。",
                "No reviews yet. Who has bought may write one, and add to it once; they appear here.",
            );
            return page.with(empty(sentence, None));
        }
        let in_list = through(to);
        let all = reviews.iter().map(|review| one(model, review, answers, lang, to));
        let sentence = lang.pick("没有符合条件的评价。", "No review matches.");
        page.with(fields(model, reviews.len(), lang, &in_list))
            .with(stale(search, lang, &in_list))
            .with(
                el("div").id("done").class("said-list").attr("tabindex", "-1").state("aria-busy", search.busy).all(all),
            )
            .with(none(reviews.is_empty(), sentence, lang.pick("查看全部评价", "See all reviews"), &in_list))
            .with(more(search, lang.pick("更早的评价", "Older reviews"), &in_list))
    })
}

/// Messages of the list, as the page's.
fn through(to: &Sink<Msg>) -> Sink<Searched<ReviewList>> {
    let to = to.clone();
    Sink::new(move |message| to.send(Msg::Search(message)))
}

fn lead(answers: bool, lang: Lang) -> Element {
    let words = if answers {
        lang.pick(
            "评价和回复都公开显示在商品页。每条评价、每条追评各回复一次，回复后不能修改。",
            "Reviews and answers are public on the product's page. Each review and each addition is answered once; an answer cannot be changed.",
        )
    } else {
        lang.pick(
            "全市场的评价。评价由企业填写，由服务商回复，平台在这里只读。",
            "All reviews of the market. Enterprises write them and vendors answer; the operator reads here.",
        )
    };
    el("p").class("lead-fine").with(words)
}

fn fields(model: &Reviews, count: usize, lang: Lang, to: &Sink<Searched<ReviewList>>) -> Element {
    let search = &model.search;
    let RecordQuery { number, product, state, customer } = &search.query.query;
    let label = lang.pick("订单号", "Order number");
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    let number = by_text("number", label, hint, number.as_ref(), to);
    let label = lang.pick("客户", "Customer");
    let customer = by_text("customer", label, lang.pick("客户名称", "Customer's name"), customer.as_ref(), to);
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(review_states(lang), state.as_deref().unwrap_or_default(), lang, to);
    let found = tally(search, found(count, "review", lang.pick("条评价", "reviews"), lang), lang);
    tools(number.into_iter().chain(customer).chain(product).chain([states]), found)
}

fn one(model: &Reviews, review: &FiledReview, answers: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let record = &review.record;
    let customer = review.customer.as_ref().map(|customer| customer.name.clone()).unwrap_or_default();
    let mut about = vec![review.product_name.clone()];
    if !answers {
        about.push(review.vendor.clone());
    }
    let order = link(Route::Order(record.order.clone()).path(), [lang.pick("订单 ", "Order "), &record.order].concat());
    let head = el("header")
        .class("said-head")
        .with(el("h2").with(customer))
        .with(el("p").class("row-what").with(about.join(" · ")).with(" · ").with(order));
    let later =
        record.follow_up.as_ref().map(|later| said_once(model, review, later, Which::FollowUp, answers, lang, to));
    el("article")
        .class("said-item")
        .with(head)
        .with(said_once(model, review, &record.first, Which::First, answers, lang, to))
        .maybe(later)
}

fn said_once(
    model: &Reviews,
    review: &FiledReview,
    said: &Opinion,
    which: Which,
    answers: bool,
    lang: Lang,
    to: &Sink<Msg>,
) -> Element {
    let shown = opinion(said, which == Which::FollowUp, lang);
    if !answers || said.answer.is_some() {
        return shown;
    }
    let id = review.record.id.clone();
    let answering = model.answering.as_ref().filter(|it| it.review == id && it.to == which);
    let is_open = answering.is_some();
    let customer = review.customer.as_ref().map_or("", |customer| customer.name.as_str());
    let label = lang.pick(format!("回复{customer}的评价"), format!("Answer the review of {customer}"));
    let last = (model.last.as_ref() == Some(&(id.clone(), which))).then_some("last-opened");
    let open = button("link", lang.pick("回复", "Answer"), false, to, move || {
        Msg::Open((!is_open).then(|| (id.clone(), which)))
    })
    .attr("aria-label", label)
    .state("aria-expanded", is_open)
    .maybe_attr("id", last);
    shown.with(el("p").class("opinion-step").with(open)).maybe(answering.map(|answering| form(answering, lang, to)))
}

fn form(answering: &Answering, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let text = Field {
        id: "answer",
        name: lang.pick("回复", "Your answer"),
        note: lang.pick(
            "1 至 500 个字，公开显示，发表后不能修改。",
            "1 to 500 characters. Public, and it cannot be changed.",
        ),
        mend: lang.pick("请填写回复，1 至 500 个字。", "Write an answer, in 1 to 500 characters."),
        most: MOST,
        lines: 3,
    };
    let send = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", answering.written.submit.waits())
        .with(lang.pick("发表回复", "Publish the answer"));
    let leave = button("button is-quiet", lang.pick("取消", "Leave it"), false, to, || Msg::Open(None));
    el("form")
        .class("said-form is-inside")
        .attr("novalidate", "")
        .attr("aria-label", lang.pick("回复评价", "Answer the review"))
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Send(draw_key()));
        })
        .with(written(&answering.written, text, to, Msg::Typed))
        .with(el("div").class("tools").with(send).with(leave))
        .with(said(&answering.written.submit, lang.pick("正在发表…", "Publishing it…"), lang))
}

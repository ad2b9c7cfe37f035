//! The page: complaints below each other, each with what its reader can do.

use shared::aftersale::{Complaint, ComplaintState, Outcome};
use shared::api::{ComplaintList, Filed, RecordQuery, Role};

use super::model::{Complaints, Msg, Writing};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, link, loaded, said, state, titled};
use crate::page::search::Searched;
use crate::page::written::{Field, written};
use crate::page::{Context, Shown};
use crate::trade::complaints::{MOST, complaint_state, complaint_states, outcome, thread};
use crate::trade::search::{by_product, by_state, by_text, found, more, none, stale, tally, tools};
use crate::widgets::radios::{Choice, Radios, radios};

const OUTCOMES: [Outcome; 3] = [Outcome::Upheld, Outcome::Dismissed, Outcome::Settled];

impl Shown for Complaints {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("投诉", "Complaints"))
    }
}

fn view(model: &Complaints, context: &Context, to: &Sink<Msg>) -> Element {
    let (lang, search) = (context.lang, &model.search);
    let role = context.role();
    loaded(&search.found, lang, |complaints| {
        let page =
            el("div").class("table-page").with(el("h1").with(lang.pick("投诉", "Complaints"))).with(lead(role, lang));
        if search.is_empty() {
            let sentence = lang.pick(
                "没有投诉。企业对某笔订单的服务商不满意时，可以从订单页投诉，会出现在这里。",
                "No complaints. An enterprise that is not content with an order's vendor complains from the order's page; it appears here.",
            );
            return page.with(empty(sentence, None));
        }
        let in_list = through(to);
        let all = complaints.iter().map(|complaint| one(model, complaint, role, lang, to));
        let sentence = lang.pick("没有符合条件的投诉。", "No complaint matches.");
        page.with(fields(model, complaints.len(), lang, &in_list))
            .with(stale(search, lang, &in_list))
            .with(
                el("div").id("done").class("said-list").attr("tabindex", "-1").state("aria-busy", search.busy).all(all),
            )
            .with(none(complaints.is_empty(), sentence, lang.pick("查看全部投诉", "See all complaints"), &in_list))
            .with(more(search, lang.pick("更早的投诉", "Older complaints"), &in_list))
    })
}

/// Messages of the list, as the page's.
fn through(to: &Sink<Msg>) -> Sink<Searched<ComplaintList>> {
    let to = to.clone();
    Sink::new(move |message| to.send(Msg::Search(message)))
}

fn lead(role: Option<Role>, lang: Lang) -> Element {
    let words = match role {
        Some(Role::Operator) => lang.pick(
            "企业对服务商的投诉，由平台裁定：结论和理由会发给双方，裁定后不能更改。服务商可先回应一次，也可不等回应直接裁定。",
            "Enterprises complain of vendors; the operator decides. Both sides are told the decision and why, and it is final. The vendor may answer once, which need not be waited for.",
        ),
        Some(Role::Auditor) => lang.pick(
            "审计账号只读：投诉由服务商回应、平台运营裁定。",
            "An auditor only reads: vendors answer complaints, the operator decides them.",
        ),
        _ => lang.pick(
            "企业对贵公司的投诉，由平台裁定。裁定前可以回应一次：企业和平台都会看到，发出后不能修改。",
            "Enterprises complain of your company; the operator decides. Until then you may answer once: both read it, and it cannot be changed.",
        ),
    };
    el("p").class("lead-fine").with(words)
}

fn fields(model: &Complaints, count: usize, lang: Lang, to: &Sink<Searched<ComplaintList>>) -> Element {
    let search = &model.search;
    let RecordQuery { number, product, state, customer } = &search.query.query;
    let label = lang.pick("订单号", "Order number");
    let hint = lang.pick("订单号，或开头几位", "Order number, or how it begins");
    let number = by_text("number", label, hint, number.as_ref(), to);
    let label = lang.pick("客户", "Customer");
    let customer = by_text("customer", label, lang.pick("客户名称", "Customer's name"), customer.as_ref(), to);
    let product = by_product(search, product.as_ref(), lang, to);
    let states = by_state(complaint_states(lang), state.as_deref().unwrap_or_default(), lang, to);
    let found = tally(search, found(count, "complaint", lang.pick("件投诉", "complaints"), lang), lang);
    tools(number.into_iter().chain(customer).chain(product).chain([states]), found)
}

fn one(model: &Complaints, complaint: &Filed<Complaint>, role: Option<Role>, lang: Lang, to: &Sink<Msg>) -> Element {
    let record = &complaint.record;
    let (class, words) = complaint_state(record, lang);
    let order = link(Route::Order(record.order.clone()).path(), [lang.pick("订单 ", "Order "), &record.order].concat());
    let about = [complaint.product_name.as_str(), " · ", &complaint.vendor, " · "].concat();
    let head = el("header")
        .class("said-head")
        .with(el("h2").with(complaint.customer.as_ref().map(|it| it.name.clone()).unwrap_or_default()))
        .with(el("p").class("row-what").with(about).with(order))
        .with(el("p").with(state(class, words)));
    let item = el("article").class("said-item").with(head).with(thread(complaint, lang));
    let decides = role == Some(Role::Operator);
    let answers = matches!(role, Some(Role::IsvOwner | Role::IsvSupport)) && record.answer.is_none();
    if record.state != ComplaintState::Open || !(decides || answers) {
        return item;
    }
    let writing = model.writing.as_ref().filter(|it| it.complaint == record.id);
    let (is_open, id) = (writing.is_some(), record.id.clone());
    let last = (model.last.as_ref() == Some(&id)).then_some("last-opened");
    let words = if decides { lang.pick("裁定", "Decide") } else { lang.pick("回应", "Answer") };
    let label = [words, lang.pick("：订单 ", ": order "), &record.order].concat();
    let open = button("link", words, false, to, move || Msg::Open((!is_open).then(|| id.clone())))
        .attr("aria-label", label)
        .state("aria-expanded", is_open)
        .maybe_attr("id", last);
    item.with(el("p").class("opinion-step").with(open)).maybe(writing.map(|writing| form(writing, decides, lang, to)))
}

fn form(writing: &Writing, decides: bool, lang: Lang, to: &Sink<Msg>) -> Element {
    let submit = to.clone();
    let (name, note, send, waiting) = if decides {
        (
            lang.pick("裁定理由", "Why"),
            lang.pick(
                "1 至 1000 个字，双方都会看到；裁定后不能更改。",
                "1 to 1000 characters for both sides to read. It is final.",
            ),
            lang.pick("作出裁定", "Decide"),
            lang.pick("正在提交…", "Sending it…"),
        )
    } else {
        (
            lang.pick("回应", "Your answer"),
            lang.pick(
                "1 至 1000 个字，企业和平台都会看到；发出后不能修改。",
                "1 to 1000 characters for the enterprise and the operator to read. It cannot be changed.",
            ),
            lang.pick("发出回应", "Send the answer"),
            lang.pick("正在发出…", "Sending it…"),
        )
    };
    let mend = lang.pick("请填写内容，1 至 1000 个字。", "Write something, in 1 to 1000 characters.");
    let text = Field { id: "text", name, note, mend, most: MOST, lines: 4 };
    let sure = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", writing.written.submit.waits())
        .with(send);
    let leave = button("button is-quiet", lang.pick("取消", "Leave it"), false, to, || Msg::Open(None));
    let label = if decides {
        lang.pick("裁定投诉", "Decide the complaint")
    } else {
        lang.pick("回应投诉", "Answer the complaint")
    };
    el("form")
        .class("said-form is-inside")
        .attr("novalidate", "")
        .attr("aria-label", label)
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(if decides { Msg::Decide(draw_key()) } else { Msg::Answer(draw_key()) });
        })
        .maybe(decides.then(|| outcomes(writing, lang, to)))
        .with(written(&writing.written, text, to, Msg::Typed))
        .with(el("div").class("tools").with(sure).with(leave))
        .with(said(&writing.written.submit, waiting, lang))
}

fn outcomes(writing: &Writing, lang: Lang, to: &Sink<Msg>) -> Element {
    let missing = (writing.written.tried && writing.outcome.is_none())
        .then(|| el("p").class("wrong").attr("role", "alert").with(lang.pick("请选择结论。", "Choose the decision.")));
    let choice = |it: Outcome| Choice {
        value: outcome(it, Lang::En).to_owned(),
        label: outcome(it, lang).to_owned(),
        more: Vec::new(),
    };
    let group = Radios {
        id: "outcome".to_owned(),
        label: lang.pick("结论", "Decision").to_owned(),
        name: "outcome".to_owned(),
        class: "choices",
        choices: OUTCOMES.map(choice).into(),
        chosen: OUTCOMES.iter().position(|it| Some(*it) == writing.outcome).unwrap_or(usize::MAX),
        note: missing,
    };
    radios(group, to, |index| Msg::Outcome(OUTCOMES.get(index).copied().unwrap_or(Outcome::Settled)))
}

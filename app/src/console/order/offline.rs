//! Recording what was refunded outside the market (rule O10); by the vendor.

use shared::aftersale::OfflineRefund;
use shared::api::{self, Filed, OfflineRecord, UpTo};
use shared::money::Fen;

use crate::client::Failure;
use crate::console::money::amount;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, said, target_value};
use crate::page::submit::Key;
use crate::page::written::{Field, Written, written};
use crate::page::{Effect, post};

/// The longest note, in characters (rule O10).
const MOST_NOTE: usize = 200;

/// What is being recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// The form is open.
    pub open: bool,
    /// The amount, as typed.
    pub amount: String,
    /// What was agreed on, and how far recording it has come.
    pub note: Written,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Open the form, or close it.
    Open(bool),
    /// An amount was typed.
    Amount(String),
    /// A note was typed.
    Note(String),
    /// Record it, of the order with this id, of which so much at most can be.
    Record(String, Fen, Key),
    /// The record.
    Recorded(Result<Box<Filed<OfflineRefund>>, Failure>),
}

impl Offline {
    /// The amount, if it can be one.
    pub fn fit(&self, most: Fen) -> Option<Fen> {
        amount(&self.amount).filter(|amount| *amount > Fen::ZERO && *amount <= most)
    }

    /// What `message` makes of it. Once it is recorded the order is another: its page asks for it again.
    pub(super) fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Open(open) => {
                *self = Self { open, ..Self::default() };
                return vec![Effect::Focus(if open { "offline-amount" } else { "offline-open" })];
            }
            Msg::Amount(amount) => {
                self.amount = amount;
                self.note.submit.retyped();
            }
            Msg::Note(note) => self.note.typed(note),
            Msg::Record(order, most, key) => {
                self.note.tried = true;
                let Some(amount) = self.fit(most) else { return vec![Effect::Focus("offline-amount")] };
                let path = api::of(api::ORDER_OFFLINE_REFUND, &order);
                return match self.note.send(MOST_NOTE, "offline-note", key) {
                    Ok((note, key)) => vec![post(path, &OfflineRecord { amount, note }, Some(key), Msg::Recorded)],
                    Err(instead) => instead,
                };
            }
            Msg::Recorded(Ok(_)) => *self = Self::default(),
            Msg::Recorded(Err(failure)) => self.note.submit.fail(failure),
        }
        Vec::new()
    }
}

/// Recording one; `most` can be.
pub(super) fn recording(model: &Offline, order: &str, most: UpTo, lang: Lang, to: &Sink<Msg>) -> Element {
    if !model.open {
        let words = lang.pick("登记线下退款", "Record an offline refund");
        let why = lang.pick(
            format!("已自行付给企业的款项，最多 {}；企业确认后记账，不进结算。", yuan(most.amount)),
            format!("What you have paid the enterprise by yourself, at most {}. Confirmed, it is in the books, outside settlement.", yuan(most.amount)),
        );
        let open = button("button is-quiet", words, false, to, || Msg::Open(true)).id("offline-open");
        return el("div").class("beside-not").with(open).with(el("p").class("fine").with(why));
    }
    let (typing, submit, order, most) = (to.clone(), to.clone(), order.to_owned(), most.amount);
    let amount = el("input")
        .id("offline-amount")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "offline-amount-said")
        .state("aria-invalid", model.note.tried && model.fit(most).is_none())
        .typed(model.amount.clone())
        .on("input", move |event| typing.send(Msg::Amount(target_value(&event))));
    let at_most = lang.pick(format!("大于 0，最多 {}。", yuan(most)), format!("Above 0 and at most {}.", yuan(most)));
    let amount = el("div")
        .class("entry-field")
        .with(
            el("label")
                .class("label")
                .attr("for", "offline-amount")
                .with(lang.pick("已付金额（元）", "What was paid, in yuan")),
        )
        .with(amount)
        .with(el("p").id("offline-amount-said").class("field-said").with(at_most));
    let note = Field {
        id: "offline-note",
        name: lang.pick("约定内容", "What was agreed on"),
        note: lang.pick("企业会看到，最多 200 个字。", "The enterprise reads it; at most 200 characters."),
        mend: lang.pick("请写明约定内容，最多 200 个字。", "Say what was agreed on, in at most 200 characters."),
        most: MOST_NOTE,
        lines: 2,
    };
    let sure = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.note.submit.waits())
        .with(lang.pick("登记，等企业确认", "Record it to be confirmed"));
    let leave = button("button is-quiet", lang.pick("返回", "Back"), false, to, || Msg::Open(false));
    let rule = lang.pick(
        "企业确认后不能更改，该订单也不能再申请线上退款。",
        "Once the enterprise has confirmed it, it is final, and the order cannot be refunded online any more.",
    );
    el("form")
        .class("ask is-plain")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Record(order.clone(), most, draw_key()));
        })
        .with(amount)
        .with(written(&model.note, note, to, Msg::Note))
        .with(el("p").class("fine").with(rule))
        .with(el("div").class("tools").with(sure).with(leave))
        .with(said(&model.note.submit, lang.pick("正在登记…", "Recording…"), lang))
}

//! Saying whether what the vendor recorded as refunded offline is so (rule O10).

use shared::aftersale::OfflineRefund;
use shared::api::{self, Filed, Rejection};

use crate::client::Failure;
use crate::element::{Element, Sink, el};
use crate::format::yuan;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, said};
use crate::page::submit::{Key, Submit};
use crate::page::written::{Field, Written, written};
use crate::page::{Effect, post, post_empty};

/// The longest reason, in characters (rule O10).
const MOST_REASON: usize = 200;

/// What is being said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// Which of the two is asked about.
    pub saying: Option<Saying>,
    /// How far confirming it has come.
    pub confirming: Submit,
    /// Why it is not so.
    pub reason: Written,
}

/// One of the two things that can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// The money is there.
    Confirm,
    /// It is not so.
    Decline,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Ask about one of them; about none any more.
    Say(Option<Saying>),
    /// A reason was typed.
    Reason(String),
    /// It is so: the record with this id.
    Confirm(String, Key),
    /// It is not so.
    Decline(String, Key),
    /// The record since.
    Said(Result<Box<Filed<OfflineRefund>>, Failure>),
}

impl Offline {
    /// What `message` makes of it. Once something was said the order is another: its page asks for it again.
    pub(super) fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Say(saying) => {
                *self = Self { saying, ..Self::default() };
                return vec![Effect::Focus(match saying {
                    None => "offline-confirm",
                    Some(Saying::Confirm) => "offline-sure",
                    Some(Saying::Decline) => "offline-reason",
                })];
            }
            Msg::Reason(reason) => self.reason.typed(reason),
            Msg::Confirm(id, key) => {
                if let Some(key) = self.confirming.begin(key) {
                    return vec![post_empty(api::of(api::OFFLINE_REFUND_CONFIRM, &id), key, Msg::Said)];
                }
            }
            Msg::Decline(id, key) => {
                let path = api::of(api::OFFLINE_REFUND_DECLINE, &id);
                return match self.reason.send(MOST_REASON, "offline-reason", key) {
                    Ok((reason, key)) => vec![post(path, &Rejection { reason }, Some(key), Msg::Said)],
                    Err(instead) => instead,
                };
            }
            Msg::Said(Ok(_)) => *self = Self::default(),
            Msg::Said(Err(failure)) => match self.saying {
                Some(Saying::Decline) => self.reason.submit.fail(failure),
                _ => self.confirming.fail(failure),
            },
        }
        Vec::new()
    }
}

/// What can be said of a record that waits for the buyer's word.
pub(super) fn saying(model: &Offline, refund: &OfflineRefund, lang: Lang, to: &Sink<Msg>) -> Element {
    let amount = yuan(refund.amount);
    let leave = || button("button is-quiet", lang.pick("返回", "Back"), false, to, || Msg::Say(None));
    let id = refund.id.clone();
    match model.saying {
        None => {
            let lead = lang.pick(
                format!("服务商称已在线下退给贵企业 {amount}：{}。收到了吗？", refund.note),
                format!(
                    "The vendor says that it paid {amount} back to you outside the market: {}. Did it come?",
                    refund.note
                ),
            );
            let yes =
                button("button", lang.pick("确认收到", "It came"), false, to, || Msg::Say(Some(Saying::Confirm)));
            let no = button("button is-quiet", lang.pick("没有收到", "It did not"), false, to, || {
                Msg::Say(Some(Saying::Decline))
            });
            let tools = el("div").class("tools").with(yes.id("offline-confirm")).with(no);
            el("div").class("ask is-plain").with(el("p").with(lead)).with(tools)
        }
        Some(Saying::Confirm) => {
            let lead = lang.pick(
                format!("确认后记入账目，不能更改；线上只能全额退款，所以该订单不能再申请线上退款。确定已收到 {amount}？"),
                format!("This is entered in the books and final. A refund here is of the whole amount, so this order cannot be refunded here any more. Has {amount} come?"),
            );
            let busy = model.confirming.waits();
            let sure = button("button", lang.pick("确定已收到", "It has come"), busy, to, move || {
                Msg::Confirm(id.clone(), draw_key())
            });
            el("div")
                .class("ask is-plain")
                .attr("role", "group")
                .attr("aria-label", lang.pick("确认线下退款", "Confirm the offline refund"))
                .with(el("p").with(lead))
                .with(el("div").class("tools").with(sure.id("offline-sure")).with(leave()))
                .with(said(&model.confirming, lang.pick("正在确认…", "Confirming…"), lang))
        }
        Some(Saying::Decline) => {
            let submit = to.clone();
            let field = Field {
                id: "offline-reason",
                name: lang.pick("否认原因", "Why it is not so"),
                note: lang.pick("服务商会看到，最多 200 个字。", "The vendor reads it; at most 200 characters."),
                mend: lang.pick("请填写否认的原因，最多 200 个字。", "Say why, in at most 200 characters."),
                most: MOST_REASON,
                lines: 2,
            };
            let sure = el("button")
                .class("button is-danger")
                .attr("type", "submit")
                .state("aria-busy", model.reason.submit.waits())
                .with(lang.pick("否认这笔退款", "Deny it"));
            el("form")
                .class("ask is-plain")
                .attr("novalidate", "")
                .on("submit", move |event| {
                    event.prevent_default();
                    submit.send(Msg::Decline(id.clone(), draw_key()));
                })
                .with(written(&model.reason, field, to, Msg::Reason))
                .with(el("div").class("tools").with(sure).with(leave()))
                .with(said(&model.reason.submit, lang.pick("正在提交…", "Sending it…"), lang))
        }
    }
}

//! The page's state.

use shared::api::{self, RefundRejection};

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::written::Written;
use crate::page::{Effect, Loaded, Page, get, post, post_empty};

/// The longest reason, in characters (rule O4).
pub(super) const MOST_REASON: usize = 200;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Refund {
    pub(super) id: String,
    /// The refund.
    pub refund: Loaded<Box<api::Refund>>,
    /// The step that is being asked about.
    pub asked: Option<Asked>,
    /// How far approving, or saying that it was sent, has come.
    pub doing: Submit,
    /// Why it is not refunded.
    pub reason: Written,
}

/// A step that is asked about before it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The vendor refunds.
    Approve,
    /// The vendor does not.
    Reject,
    /// The operator has sent the money.
    Sent,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The refund.
    Loaded(Result<Box<api::Refund>, Failure>),
    /// Ask about a step; about none any more.
    Ask(Option<Asked>),
    /// A reason was typed.
    Reason(String),
    /// Take the step.
    Do(Key),
    /// The refund since.
    Done(Result<Box<api::Refund>, Failure>),
}

impl Refund {
    /// The page for the refund with this id.
    pub fn new(id: String) -> Self {
        Self { id, refund: Loaded::Waiting, asked: None, doing: Submit::Idle, reason: Written::default() }
    }

    fn take(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let path = match self.asked {
            None => return Vec::new(),
            Some(Asked::Reject) => {
                let path = api::refund_reject(&self.id);
                return match self.reason.send(MOST_REASON, "reason", key) {
                    Ok((reason, key)) => vec![post(path, &RefundRejection { reason }, Some(key), Msg::Done)],
                    Err(instead) => instead,
                };
            }
            Some(Asked::Approve) => api::refund_approve(&self.id),
            Some(Asked::Sent) => api::refund_sent(&self.id),
        };
        let key = self.doing.begin(key);
        key.map(|key| post_empty(path, key, Msg::Done)).into_iter().collect()
    }
}

impl Page for Refund {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::refund(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(refund) => self.refund = refund.into(),
            Msg::Ask(asked) => {
                self.asked = asked;
                self.doing = Submit::Idle;
                return vec![Effect::Focus(match asked {
                    None => "first-step",
                    Some(Asked::Reject) => "reason",
                    Some(Asked::Approve | Asked::Sent) => "leave-step",
                })];
            }
            Msg::Reason(reason) => self.reason.typed(reason),
            Msg::Do(key) => return self.take(key),
            Msg::Done(Ok(refund)) => {
                let id = core::mem::take(&mut self.id);
                *self = Self { refund: Loaded::Here(refund), ..Self::new(id) };
                return vec![Effect::Recount];
            }
            Msg::Done(Err(failure)) => match self.asked {
                Some(Asked::Reject) => self.reason.submit.fail(failure),
                _ => self.doing.fail(failure),
            },
        }
        Vec::new()
    }
}

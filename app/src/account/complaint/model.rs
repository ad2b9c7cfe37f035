//! The page's state.

use shared::aftersale::{self, ComplaintState};
use shared::api::{self, ComplaintList, Filed, Order, Said};

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::written::Written;
use crate::page::{Effect, Loaded, Page, get, post, post_empty};
use crate::trade::complaints::MOST;

/// A complaint with the words of its order.
pub(super) type FiledComplaint = Filed<aftersale::Complaint>;

/// Everything that the page shows.
pub struct Complaint {
    pub(super) id: String,
    /// The order.
    pub order: Loaded<Box<Order>>,
    /// Its complaints, the newest first.
    pub complaints: Loaded<Vec<FiledComplaint>>,
    /// The text of a new one.
    pub written: Written,
    /// Whether to take the open one back is being asked.
    pub asked: bool,
    /// How far taking it back has come.
    pub taking_back: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Order(Result<Box<Order>, Failure>),
    /// The complaints of orders with such a number.
    Complaints(Result<ComplaintList, Failure>),
    /// A text was typed.
    Typed(String),
    /// Complain.
    Send(Key),
    /// The new complaint.
    Sent(Result<Box<FiledComplaint>, Failure>),
    /// Ask whether to take it back, or not any more.
    Ask(bool),
    /// Take it back.
    TakeBack(Key),
    /// As it is now.
    TakenBack(Result<Box<FiledComplaint>, Failure>),
}

impl Complaint {
    /// The page for the order with this id.
    pub fn new(id: String) -> Self {
        Self {
            id,
            order: Loaded::Waiting,
            complaints: Loaded::Waiting,
            written: Written::default(),
            asked: false,
            taking_back: Submit::Idle,
        }
    }

    /// The one that is to be decided.
    pub fn open(&self) -> Option<&FiledComplaint> {
        self.complaints.here()?.iter().find(|complaint| complaint.record.state == ComplaintState::Open)
    }

    fn is_now(&mut self, complaint: FiledComplaint) {
        let Loaded::Here(all) = &mut self.complaints else { return };
        match all.iter_mut().find(|it| it.record.id == complaint.record.id) {
            Some(known) => *known = complaint,
            None => all.insert(0, complaint),
        }
    }
}

impl Page for Complaint {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        let complaints = [api::COMPLAINTS, "?number=", &self.id].concat();
        vec![get(api::order(&self.id), Msg::Order), get(complaints, Msg::Complaints)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Order(order) => self.order = order.into(),
            Msg::Complaints(found) => {
                // Others may begin with the same number.
                let own =
                    |list: ComplaintList| list.complaints.into_iter().filter(|it| it.record.order == self.id).collect();
                self.complaints = found.map(own).into();
            }
            Msg::Typed(text) => self.written.typed(text),
            Msg::Send(key) => {
                let path = api::order_complaint(&self.id);
                return match self.written.send(MOST, "text", key) {
                    Ok((text, key)) => vec![post(path, &Said { text }, Some(key), Msg::Sent)],
                    Err(instead) => instead,
                };
            }
            Msg::Sent(Ok(complaint)) => {
                self.is_now(*complaint);
                self.written = Written::default();
                return vec![Effect::Focus("standing")];
            }
            Msg::Sent(Err(failure)) => self.written.submit.fail(failure),
            Msg::Ask(asked) => {
                self.asked = asked;
                self.taking_back = Submit::Idle;
                return vec![Effect::Focus(if asked { "keep" } else { "take-back" })];
            }
            Msg::TakeBack(key) => {
                let Some(id) = self.open().map(|it| it.record.id.clone()) else { return Vec::new() };
                if let Some(key) = self.taking_back.begin(key) {
                    return vec![post_empty(api::complaint_withdraw(&id), key, Msg::TakenBack)];
                }
            }
            Msg::TakenBack(Ok(complaint)) => {
                self.is_now(*complaint);
                self.asked = false;
                self.taking_back = Submit::Idle;
                return vec![Effect::Focus("standing")];
            }
            Msg::TakenBack(Err(failure)) => self.taking_back.fail(failure),
        }
        Vec::new()
    }
}

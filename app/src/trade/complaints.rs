//! Complaints as all three sides see them (rule O7).

use shared::aftersale::{Complaint, ComplaintState, Outcome};
use shared::api::{self, ComplaintList, Filed};
use shared::calendar::Timestamp;

use super::records::{Kind, Of};
use super::words::State;
use crate::element::{Element, el};
use crate::format::date_time;
use crate::i18n::Lang;

/// Complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Complaints;

/// What is searched for among them.
pub type ComplaintQuery = Of<Complaints>;

/// The longest text of a complaint, an answer or a finding, in characters.
pub const MOST: usize = 1000;

impl Kind for Complaints {
    type Record = Complaint;
    type List = ComplaintList;
    const PATH: &'static str = api::COMPLAINTS;

    fn rows(list: ComplaintList) -> Vec<Filed<Complaint>> {
        list.complaints
    }

    fn next(list: &ComplaintList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(complaint: &Complaint) -> &str {
        &complaint.product
    }
}

/// The states to search by: code and words.
pub fn complaint_states(lang: Lang) -> [(&'static str, &'static str); 4] {
    [
        ("open", lang.pick("待回应", "To be answered")),
        ("answered", lang.pick("待裁定", "To be decided")),
        ("closed", lang.pick("已结案", "Decided")),
        ("withdrawn", lang.pick("已撤回", "Taken back")),
    ]
}

/// How it was decided.
pub const fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match (outcome, lang) {
        (Outcome::Upheld, Lang::Zh) => "投诉成立",
        (Outcome::Upheld, Lang::En) => "Upheld",
        (Outcome::Dismissed, Lang::Zh) => "投诉不成立",
        (Outcome::Dismissed, Lang::En) => "Dismissed",
        (Outcome::Settled, Lang::Zh) => "双方已和解",
        (Outcome::Settled, Lang::En) => "Settled between both sides",
    }
}

/// Where it stands.
pub fn complaint_state(complaint: &Complaint, lang: Lang) -> State {
    match &complaint.state {
        ComplaintState::Open if complaint.answer.is_some() => {
            ("state is-waiting", lang.pick("待平台裁定", "To be decided"))
        }
        ComplaintState::Open => ("state is-waiting", lang.pick("待服务商回应", "The vendor is to answer")),
        ComplaintState::Withdrawn { .. } => ("state", lang.pick("已撤回", "Taken back")),
        ComplaintState::Closed { outcome: Outcome::Upheld, .. } => {
            ("state is-over", lang.pick("已结案：投诉成立", "Decided: upheld"))
        }
        ComplaintState::Closed { outcome: Outcome::Dismissed, .. } => {
            ("state", lang.pick("已结案：投诉不成立", "Decided: dismissed"))
        }
        ComplaintState::Closed { outcome: Outcome::Settled, .. } => {
            ("state is-good", lang.pick("已结案：双方和解", "Decided: settled"))
        }
    }
}

/// What everybody said, in its order.
pub fn thread(complaint: &Filed<Complaint>, lang: Lang) -> Element {
    let record = &complaint.record;
    // Whose they are is said once, above.
    let enterprise = match complaint.customer {
        None => lang.pick("贵企业投诉", "Your enterprise"),
        Some(_) => lang.pick("企业投诉", "The enterprise"),
    };
    let mut said = vec![message(enterprise, record.at, Some(&record.text), lang)];
    if let Some(answer) = &record.answer {
        said.push(message(lang.pick("服务商回应", "The vendor"), answer.at, Some(&answer.text), lang));
    }
    match &record.state {
        ComplaintState::Open => {}
        ComplaintState::Withdrawn { at } => {
            said.push(message(lang.pick("企业撤回了投诉", "The enterprise took it back"), *at, None, lang));
        }
        ComplaintState::Closed { at, outcome: how, finding } => {
            let name = [lang.pick("平台裁定：", "The operator: "), outcome(*how, lang)].concat();
            said.push(message(&name, *at, Some(finding), lang));
        }
    }
    el("ol").class("thread").all(said)
}

fn message(name: &str, at: Timestamp, text: Option<&String>, lang: Lang) -> Element {
    let when = el("time").attr("datetime", at.to_string()).with(date_time(at, lang));
    let head = el("p").class("opinion-head").with(el("strong").with(name.to_owned())).with(" ").with(when);
    el("li").with(head).maybe(text.map(|text| el("p").class("opinion-text").with(text.clone())))
}

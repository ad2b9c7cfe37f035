//! The page's state.

use shared::api::{self, Notice, NoticeList};

use crate::client::Failure;
use crate::page::submit::Key;
use crate::page::{Effect, Loaded, Method, Page, get, quiet};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Notices {
    /// Under which address the reader has orders and services.
    pub under: &'static str,
    /// The notices.
    pub notices: Loaded<Vec<Notice>>,
    /// Why one could not be marked as read.
    pub failed: Option<Failure>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The notices.
    Loaded(Result<NoticeList, Failure>),
    /// The notice with this id was read.
    Read(String, Key),
    /// Whether the server has noted that.
    Noted(String, Result<(), Failure>),
}

impl Notices {
    /// The page; the orders and services that notices are about stand under this address.
    pub fn new(under: &'static str) -> Self {
        Self { under, notices: Loaded::Waiting, failed: None }
    }

    fn mark(&mut self, id: &str, read: bool) {
        if let Loaded::Here(notices) = &mut self.notices {
            notices.iter_mut().filter(|notice| notice.id == id).for_each(|notice| notice.read = read);
        }
    }
}

impl Page for Notices {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::NOTICES.to_owned(), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(list) => self.notices = list.map(|list| list.notices).into(),
            Msg::Read(id, key) => {
                // Shown as read at once, and as unread again if the server did not note it: nothing else hangs on it.
                self.mark(&id, true);
                self.failed = None;
                let path = api::notice_read(&id);
                return vec![quiet(Method::Post, path, Some(key), move |noted| Msg::Noted(id, noted))];
            }
            Msg::Noted(_, Ok(())) => {}
            Msg::Noted(id, Err(failure)) => {
                self.mark(&id, false);
                self.failed = Some(failure);
            }
        }
        Vec::new()
    }
}

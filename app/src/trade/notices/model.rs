//! The page's state.

use shared::api::{self, Notice, NoticeList, NoticeQuery};

use crate::client::Failure;
use crate::page::search::{Query, Search, Searched};
use crate::page::submit::Key;
use crate::page::{Effect, Loaded, Method, Page, quiet};

impl Query for NoticeQuery {
    type List = NoticeList;
    type Row = Notice;
    const PATH: &'static str = api::NOTICES;

    fn rows(list: NoticeList) -> Vec<Notice> {
        list.notices
    }

    fn next(list: &NoticeList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(_: &Notice) -> Option<(&str, &str)> {
        None
    }
}

/// Everything that the page shows.
pub struct Notices {
    /// Under which address the reader has orders and services.
    pub under: &'static str,
    /// The notices.
    pub search: Search<NoticeQuery>,
    /// Why one could not be marked as read.
    pub failed: Option<Failure>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<NoticeList>),
    /// The notice with this id was read.
    Read(String, Key),
    /// Whether the server has noted that.
    Noted(String, Result<(), Failure>),
    /// All that are shown were read, and what is older.
    ReadAll(Key),
    /// Whether the server has noted that; those that were not read before.
    NotedAll(Vec<String>, Result<(), Failure>),
}

impl Notices {
    /// The page; the orders and services that notices are about stand under this address.
    pub fn new(under: &'static str) -> Self {
        Self { under, search: Search::new(""), failed: None }
    }

    fn mark(&mut self, id: &str, read: bool) {
        if let Loaded::Here(notices) = &mut self.search.found {
            notices.iter_mut().filter(|notice| notice.id == id).for_each(|notice| notice.read = read);
        }
    }
}

impl Page for Notices {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search(message) => return self.search.update(message, Msg::Search),
            Msg::Read(id, key) => {
                // Shown as read at once, and as unread again if the server did not note it: nothing else hangs on it.
                self.mark(&id, true);
                self.failed = None;
                let path = api::notice_read(&id);
                return vec![quiet(Method::Post, path, Some(key), move |noted| Msg::Noted(id, noted))];
            }
            Msg::ReadAll(key) => {
                let Some(notices) = self.search.found.here() else { return Vec::new() };
                // What was written last: the newest in the list is what came true last.
                let Some(last) = notices.iter().map(|it| &it.id).max() else { return Vec::new() };
                let path = api::notices_read(last);
                let unread: Vec<String> = notices.iter().filter(|it| !it.read).map(|it| it.id.clone()).collect();
                for id in &unread {
                    self.mark(id, true);
                }
                self.failed = None;
                return vec![quiet(Method::Post, path, Some(key), move |noted| Msg::NotedAll(unread, noted))];
            }
            Msg::Noted(_, Ok(())) | Msg::NotedAll(_, Ok(())) => {}
            Msg::NotedAll(unread, Err(failure)) => {
                for id in &unread {
                    self.mark(id, false);
                }
                self.failed = Some(failure);
            }
            Msg::Noted(id, Err(failure)) => {
                self.mark(&id, false);
                self.failed = Some(failure);
            }
        }
        Vec::new()
    }
}

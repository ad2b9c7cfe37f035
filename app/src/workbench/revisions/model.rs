//! The page's state.

use shared::api::{self, PublishedConfig, Revision, RevisionList};
use shared::catalog::Offer;
use shared::differences::{Change, differences};

use crate::client::Failure;
use crate::page::{Effect, Loaded, Page, get};

/// The page.
pub struct Revisions {
    /// The product's slug.
    pub slug: String,
    /// The revisions, the newest first.
    pub found: Loaded<Vec<Revision>>,
    /// Where older ones begin, if there are more.
    pub next: Option<String>,
    /// Older ones are on their way.
    pub adding: bool,
    /// The revision whose changes are shown.
    pub open: Option<Compared>,
}

/// A revision beside the one before it.
pub struct Compared {
    /// Its number.
    pub revision: u32,
    /// Its configuration, and the one before; of the first there is none before.
    offers: [Option<Offer>; 2],
    /// What changed; nothing is said of the first.
    pub changes: Loaded<Vec<Change>>,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The revisions.
    Found(Result<RevisionList, Failure>),
    /// Older ones are asked for.
    More,
    /// A revision's changes are to be seen, or not any more.
    Open(u32),
    /// A configuration: of which comparison, and whether of the one before.
    Config(u32, bool, Result<Box<PublishedConfig>, Failure>),
}

impl Revisions {
    /// The page for a product.
    pub fn new(slug: String) -> Self {
        Self { slug, found: Loaded::Waiting, next: None, adding: false, open: None }
    }

    fn ask(&self, after: Option<&str>) -> Effect<Msg> {
        let path = api::own_revisions(&self.slug);
        let path = after.map_or_else(|| path.clone(), |after| [&path, "?after=", after].concat());
        get(path, Msg::Found)
    }

    fn open(&mut self, revision: u32) -> Vec<Effect<Msg>> {
        if self.open.as_ref().is_some_and(|open| open.revision == revision) {
            self.open = None;
            return Vec::new();
        }
        self.open = Some(Compared { revision, offers: [None, None], changes: Loaded::Waiting });
        let of = |number: u32, before: bool| {
            get(api::own_revision(&self.slug, number), move |config| Msg::Config(revision, before, config))
        };
        if revision > 1 { vec![of(revision, false), of(revision - 1, true)] } else { vec![of(revision, false)] }
    }
}

impl Compared {
    fn take(&mut self, before: bool, config: Result<Box<PublishedConfig>, Failure>) {
        let offer = config.and_then(|config| Offer::parse(config.config.get()).map_err(|_| Failure::Unreadable));
        match offer {
            Ok(offer) => self.offers[usize::from(before)] = Some(offer),
            Err(failure) => self.changes = Loaded::Failed(failure),
        }
        match &self.offers {
            [Some(after), Some(before)] => self.changes = Loaded::Here(differences(before, after)),
            [Some(_), None] if self.revision == 1 => self.changes = Loaded::Here(Vec::new()),
            _ => {}
        }
    }
}

impl Page for Revisions {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![self.ask(None)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Found(Ok(list)) => {
                self.next = list.next;
                match &mut self.found {
                    Loaded::Here(found) if self.adding => found.extend(list.revisions),
                    found => *found = Loaded::Here(list.revisions),
                }
                self.adding = false;
            }
            Msg::Found(Err(failure)) if !self.adding => self.found = Loaded::Failed(failure),
            Msg::Found(Err(_)) => self.adding = false,
            Msg::More if !self.adding => {
                if let Some(next) = self.next.clone() {
                    self.adding = true;
                    return vec![self.ask(Some(&next))];
                }
            }
            Msg::More => {}
            Msg::Open(revision) => return self.open(revision),
            Msg::Config(revision, before, config) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.revision == revision) {
                    open.take(before, config);
                }
            }
        }
        Vec::new()
    }
}

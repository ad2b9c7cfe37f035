//! What can happen on the page.

use shared::api::{DraftMark, Origins, PublishedConfig, Revision, Workbench};

use super::part::{Part, Side};
use crate::client::Failure;
use crate::page::submit::Key;
use crate::workbench::form::{Act, Field};
use crate::workbench::{changes, findings, preview};

/// What can happen on the page.
pub enum Msg {
    /// The product.
    Bench(Result<Box<Workbench>, Failure>),
    /// What the browser has kept.
    Recalled(Option<String>),
    /// An older revision.
    Old(Result<Box<PublishedConfig>, Failure>),
    /// The person typed.
    Typed(Field, String),
    /// The person did something else.
    Did(Act),
    /// One step back.
    Undo,
    /// One step forth.
    Redo,
    /// Another part.
    Part(Part),
    /// Another edition.
    Edition(usize),
    /// Something else beside the form.
    Side(Side),
    /// More rows of the tables.
    MoreRows,
    /// To this place of the configuration.
    Jump(String),
    /// The browser keeps the form, if so much was done to it.
    Keep(u32),
    /// Saves the draft.
    Save(Key),
    /// The draft is saved.
    Saved(Result<DraftMark, Failure>),
    /// What somebody else has saved or published.
    Theirs(Result<Box<Workbench>, Failure>),
    /// Of a conflict, the other one's.
    TakeTheirs(usize),
    /// Of a conflict, mine.
    KeepMine(usize),
    /// Back to what the server has.
    Discard,
    /// Read and understood.
    Understood,
    /// A file to be imported.
    File(Vec<u8>),
    /// The form as a file.
    Export,
    /// In the preview.
    Preview(preview::Msg),
    /// Among the findings.
    Findings(findings::Msg),
    /// Among the changes.
    Changes(changes::Msg),
    /// The sites, as typed.
    Sites(String),
    /// Sets them.
    SetSites(Key),
    /// They are set.
    SitesSet(Result<Origins, Failure>),
    /// The tag is to be copied; this market's address.
    CopyTag(String),
    /// Whether it was.
    Copied(bool),
    /// The note on what is published.
    Note(String),
    /// Publishes.
    Publish(Key),
    /// It is published.
    Published(Result<Revision, Failure>),
}

//! The page's state.

use shared::api::{self, NewProduct, OwnProduct, OwnProductList, OwnProductQuery, Workbench};
use shared::violation::Violation;

use crate::client::Failure;
use crate::page::search::{Query, Search, Searched};
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Page, post};
use crate::workbench::route::Route;

impl Query for OwnProductQuery {
    type List = OwnProductList;
    type Row = OwnProduct;
    const PATH: &'static str = api::OWN_PRODUCTS;

    fn rows(list: OwnProductList) -> Vec<OwnProduct> {
        list.products
    }

    fn next(_: &OwnProductList) -> Option<&String> {
        None
    }

    fn product(_: &OwnProduct) -> Option<(&str, &str)> {
        None
    }
}

/// The page.
pub struct Products {
    /// The products.
    pub search: Search<OwnProductQuery>,
    /// One that is being made.
    pub making: Option<Making>,
}

/// A product on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// What is typed: name, slug, category, intro.
    pub fields: [String; 4],
    /// How far it has come.
    pub submit: Submit,
}

/// The names of the fields, as the server knows them.
const FIELDS: [&str; 4] = ["name", "slug", "category", "intro"];

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// In the list.
    Search(Searched<OwnProductList>),
    /// Another one is to be made, or not any more.
    Make(bool),
    /// This was typed in the field at an index.
    Typed(usize, String),
    /// Makes it.
    Send(Key),
    /// It is made.
    Made(Result<Box<Workbench>, Failure>),
}

impl Products {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), making: None }
    }
}

impl Making {
    /// What the server finds wrong with the field at an index.
    pub fn wrong(&self, index: usize) -> Option<&Violation> {
        let Some(Failure::Refused(refused)) = self.submit.failure() else { return None };
        let at = ["/", FIELDS[index]].concat();
        refused.violations.iter().find(|violation| violation.at == at)
    }
}

impl Page for Products {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match (message, &mut self.making) {
            (Msg::Search(searched), _) => return self.search.update(searched, Msg::Search),
            (Msg::Make(making), _) => {
                self.making = making.then(Making::default);
                return vec![Effect::Focus(if making { "new-name" } else { "new-product" })];
            }
            (Msg::Typed(index, text), Some(making)) => {
                if let Some(field) = making.fields.get_mut(index) {
                    *field = text;
                }
                making.submit.retyped();
            }
            (Msg::Send(key), Some(making)) => {
                let Some(key) = making.submit.begin(key) else { return Vec::new() };
                let [name, slug, category, intro] = making.fields.clone().map(|text| text.trim().to_owned());
                let new = NewProduct { slug, name, intro, category };
                return vec![post(api::OWN_PRODUCTS.to_owned(), &new, Some(key), Msg::Made)];
            }
            (Msg::Made(Ok(made)), _) => return vec![Effect::Open(Route::Editor(made.slug).path())],
            (Msg::Made(Err(failure)), Some(making)) => making.submit.fail(failure),
            _ => {}
        }
        Vec::new()
    }
}

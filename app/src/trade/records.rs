//! What is kept beside orders, as lists that are searched (rule O9): all by the same fields.

use core::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::api::{Filed, RecordQuery};

use crate::page::search::Query;

/// A kind of records.
pub trait Kind: Clone + Default + PartialEq + Send + Sync + 'static {
    /// One of them.
    type Record: Send + Sync + 'static;
    /// What the server answers.
    type List: DeserializeOwned + 'static;
    /// Where they are asked for.
    const PATH: &'static str;

    /// What was found.
    fn rows(list: Self::List) -> Vec<Filed<Self::Record>>;

    /// Where older ones begin, if there are more.
    fn next(list: &Self::List) -> Option<&String>;

    /// The slug of the product that a record is about.
    fn product(record: &Self::Record) -> &str;
}

/// What is searched for among the records of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Of<K> {
    /// The fields.
    pub query: RecordQuery,
    #[serde(skip)]
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Query for Of<K> {
    type List = K::List;
    type Row = Filed<K::Record>;
    const PATH: &'static str = K::PATH;

    fn rows(list: K::List) -> Vec<Self::Row> {
        K::rows(list)
    }

    fn next(list: &K::List) -> Option<&String> {
        K::next(list)
    }

    fn product(row: &Self::Row) -> Option<(&str, &str)> {
        Some((K::product(&row.record), &row.product_name))
    }
}

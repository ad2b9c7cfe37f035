//! Statements, as both databases take them.
//!
//! Everything above says what it wants in one SQL: parameters are `$1`, `$2` …, whole numbers are 64 bits wide, a truth
//! is 0 or 1, and a row that is read in order to be changed is read with ` FOR UPDATE`. What a database wants otherwise is
//! put right where it is spoken to.

use std::borrow::Cow;
use std::ops::ControlFlow;

use async_trait::async_trait;
use shared::money::Fen;

use super::StoreError;

/// A connection inside a transaction.
#[async_trait]
pub trait Sql: Send {
    /// Runs a statement; returns how many rows it changed.
    async fn run(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Runs a query; returns its rows in order.
    async fn rows(&mut self, query: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError>;

    /// Runs a query; hands its rows over one by one, until there are no more or no more are wanted.
    async fn each(&mut self, query: &str, take: &mut Take<'_>) -> Result<(), StoreError>;

    /// Runs several statements without values. Table definitions are written as SQLite takes them.
    async fn script(&mut self, statements: &str) -> Result<(), StoreError>;

    /// Waits until no other transaction holds `lock`, and holds it until the end of this one.
    async fn hold(&mut self, lock: Lock) -> Result<(), StoreError>;

    /// Whether a server has the store open, another than who asks.
    async fn is_served(&mut self) -> Result<bool, StoreError>;
}

/// Who takes rows, one by one.
pub type Take<'t> = dyn FnMut(Row) -> ControlFlow<()> + Send + 't;

impl dyn Sql + '_ {
    /// The first row of a query, if it has one.
    pub async fn row(&mut self, query: &str, values: &[Value<'_>]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(query, values).await?.into_iter().next())
    }
}

/// What two servers must not do at the same time, and no single row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Changing the tables.
    Migrations,
    /// Counting all anew.
    Counting,
    /// Adding products.
    Products,
    /// Doing work that time brings.
    DueWork,
    /// Taking mail that is to be sent.
    Mail,
}

/// A value that goes into a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'v> {
    /// A whole number.
    Int(Option<i64>),
    /// A text.
    Text(Option<&'v str>),
    /// Bytes.
    Bytes(Option<&'v [u8]>),
}

macro_rules! into_value {
    ($($type:ty, $value:ident => $made:expr;)*) => {$(
        impl<'v> From<$type> for Value<'v> {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )*};
}

into_value! {
    i64, value => Self::Int(Some(value));
    u32, value => Self::Int(Some(value.into()));
    bool, value => Self::Int(Some(value.into()));
    Fen, value => Self::Int(Some(value.fen()));
    Option<i64>, value => Self::Int(value);
    Option<Fen>, value => Self::Int(value.map(Fen::fen));
    &'v str, value => Self::Text(Some(value));
    &'v String, value => Self::Text(Some(value));
    Option<&'v str>, value => Self::Text(value);
    &'v Option<String>, value => Self::Text(value.as_deref());
    &'v [u8], value => Self::Bytes(Some(value));
    &'v Vec<u8>, value => Self::Bytes(Some(value));
}

/// The values of a statement, each turned into a [`Value`].
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// PostgreSQL keeps no text with a NUL in it; so neither database is asked.
pub(super) fn without_nul(values: &[Value<'_>]) -> Result<(), StoreError> {
    let nul = |value: &Value<'_>| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    if values.iter().any(nul) { Err(StoreError::Nul) } else { Ok(()) }
}

/// A value that came out of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row that came out of a query; its values are taken from the left.
#[derive(Debug)]
pub struct Row(std::vec::IntoIter<Cell>);

impl Row {
    /// A row of these values.
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    /// The next value. It is of that type, or the statement and its reader disagree.
    pub fn take<T: FromCell>(&mut self) -> Result<T, StoreError> {
        let cell = self.0.next().unwrap_or(Cell::Null);
        T::from_cell(cell).map_err(|cell| StoreError::Column(format!("{cell:?}").into()))
    }
}

/// What a column can hold.
pub trait FromCell: Sized {
    /// Reads it; what is of another type comes back.
    fn from_cell(cell: Cell) -> Result<Self, Cell>;
}

impl FromCell for Cell {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        Ok(cell)
    }
}

impl FromCell for i64 {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        if let Cell::Int(value) = cell { Ok(value) } else { Err(cell) }
    }
}

impl FromCell for u32 {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        let value = i64::from_cell(cell)?;
        Self::try_from(value).map_err(|_| Cell::Int(value))
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        Ok(i64::from_cell(cell)? != 0)
    }
}

impl FromCell for Fen {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        i64::from_cell(cell).map(Self::new)
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        if let Cell::Text(value) = cell { Ok(value) } else { Err(cell) }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        if let Cell::Bytes(value) = cell { Ok(value) } else { Err(cell) }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Result<Self, Cell> {
        if cell == Cell::Null { Ok(None) } else { T::from_cell(cell).map(Some) }
    }
}

/// A statement as SQLite takes it: its parameters are `?1`, and whoever writes is alone.
pub(super) fn for_sqlite(statement: &str) -> String {
    statement.replace('$', "?").replace(" FOR UPDATE", "")
}

/// Table definitions, which are written for SQLite, as PostgreSQL takes them. Texts are compared byte by byte, whatever
/// language the database was made for: an id that begins like another one stands beside it.
pub(super) fn tables_for_postgres(definitions: &str) -> Cow<'_, str> {
    let types = definitions.replace(" INTEGER", " BIGINT").replace(" BLOB", " BYTEA");
    let types = types.replace(" TEXT", " TEXT COLLATE \"C\"").replace(") STRICT;", ");");
    types.replace(") STRICT, WITHOUT ROWID;", ");").into()
}

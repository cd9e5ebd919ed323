//! Values as they are read from a project, also from a damaged or foreign one: one bad field does not hide the others.
//!
//! A text that is not UTF-8 is read with U+FFFD in the place of what is none. A value of the wrong kind, such as an id of
//! five bytes, makes its row unreadable: lists leave the row out and go on. Both are counted, so that whoever writes
//! something down can say so ([`flaws_in`]); `flaws.rs` finds them one by one. Deliberately absent: mending.

use rusqlite::Row;
use rusqlite::types::{FromSqlError, FromSqlResult, Type, ValueRef};
use std::cell::Cell;

/// A value that a column can hold.
pub(crate) trait Stored: Sized {
    /// Reads it.
    fn of(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

impl Stored for String {
    fn of(value: ValueRef<'_>) -> FromSqlResult<String> {
        let ValueRef::Text(bytes) = value else { return Err(FromSqlError::InvalidType) };
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => {
                count();
                Ok(String::from_utf8_lossy(bytes).into_owned())
            }
        }
    }
}

impl<T: Stored> Stored for Option<T> {
    fn of(value: ValueRef<'_>) -> FromSqlResult<Option<T>> {
        if matches!(value, ValueRef::Null) { Ok(None) } else { T::of(value).map(Some) }
    }
}

/// Values that are read as rusqlite reads them.
macro_rules! as_they_are {
    ($($kind:ty),*) => { $(
        impl Stored for $kind {
            fn of(value: ValueRef<'_>) -> FromSqlResult<$kind> {
                rusqlite::types::FromSql::column_result(value)
            }
        }
    )* };
}
as_they_are!(i64, u32, f64, bool, Vec<u8>, rusqlite::types::Value);
as_they_are!(
    crate::ids::DocumentId,
    crate::ids::VersionId,
    crate::ids::HighlightId,
    crate::ids::TagId,
    crate::ids::RelationId,
    crate::ids::LinkId,
    crate::ids::ChangeId
);

/// A row of a project.
pub(crate) trait StoredRow {
    /// The value of a column.
    fn read<T: Stored>(&self, at: usize) -> rusqlite::Result<T>;
}

impl StoredRow for Row<'_> {
    fn read<T: Stored>(&self, at: usize) -> rusqlite::Result<T> {
        let value = self.get_ref(at)?;
        T::of(value).map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, value.data_type(), Box::new(error)))
    }
}

/// Rows that were read, one after the other.
pub(crate) trait StoredRows<T> {
    /// All that can be read.
    fn readable<C: FromIterator<T>>(self) -> rusqlite::Result<C>;
}

impl<T, I: Iterator<Item = rusqlite::Result<T>>> StoredRows<T> for I {
    fn readable<C: FromIterator<T>>(self) -> rusqlite::Result<C> {
        self.filter_map(|row| if_readable(row).transpose()).collect()
    }
}

/// Gives the values that were read, or nothing where the row is unreadable. Any other error stays one.
pub(crate) fn if_readable<T>(read: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..),
        ) => {
            count();
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

thread_local! {
    /// Flaws that this thread has met.
    static MET: Cell<u32> = const { Cell::new(0) };
}

/// Counts something that could not be read as it is.
pub(crate) fn count() {
    MET.set(MET.get().saturating_add(1));
}

/// Runs something, and says how many flaws it met.
pub(crate) fn flaws_in<T>(run: impl FnOnce() -> T) -> (T, u32) {
    let before = MET.replace(0);
    let answer = run();
    let met = MET.replace(before);
    (answer, met)
}

/// The kind of a value in words.
pub(crate) fn kind(value: ValueRef<'_>) -> &'static str {
    match value.data_type() {
        Type::Null => "nothing",
        Type::Integer | Type::Real => "a number",
        Type::Text => "a text",
        Type::Blob => "bytes",
    }
}

//! Columns of a batch by name, where a missing one is empty.

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, BooleanArray, ListArray, PrimitiveArray, RecordBatch, StringArray};

/// A column of texts.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a>(Option<&'a StringArray>);

/// The column of texts called `name`.
pub(super) fn text<'a>(batch: &'a RecordBatch, name: &str) -> Texts<'a> {
    Texts(batch.column_by_name(name).and_then(|column| column.as_string_opt()))
}

impl<'a> Texts<'a> {
    /// The text in `row`; the empty text where there is none.
    pub(super) fn get(self, row: usize) -> &'a str {
        match self.0 {
            Some(column) if column.is_valid(row) => column.value(row),
            _ => "",
        }
    }

    /// Whether something stands in `row`.
    pub(super) fn has(self, row: usize) -> bool {
        !self.get(row).is_empty()
    }
}

/// A column of instants, in microseconds.
#[derive(Clone, Copy)]
pub(super) struct Times<'a>(Option<&'a PrimitiveArray<TimestampMicrosecondType>>);

/// The column of instants called `name`.
pub(super) fn times<'a>(batch: &'a RecordBatch, name: &str) -> Times<'a> {
    Times(batch.column_by_name(name).and_then(|column| column.as_primitive_opt()))
}

impl Times<'_> {
    /// The instant in `row`, where there is one.
    pub(super) fn get(self, row: usize) -> Option<i64> {
        self.0.filter(|column| column.is_valid(row)).map(|column| column.value(row))
    }
}

/// The column of truth values called `name`.
pub(super) fn flag<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a BooleanArray> {
    batch.column_by_name(name).and_then(|column| column.as_boolean_opt())
}

/// The column of lists called `name`.
pub(super) fn list<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a ListArray> {
    batch.column_by_name(name).and_then(|column| column.as_list_opt())
}

/// The texts of the list in `row`.
pub(super) fn items(lists: &ListArray, row: usize) -> impl Iterator<Item = &str> {
    let texts = lists.values().as_string_opt::<i32>();
    let offsets = lists.value_offsets();
    let bound = |at: usize| offsets.get(at).and_then(|at| usize::try_from(*at).ok());
    let range = match (bound(row), bound(row + 1), lists.is_valid(row)) {
        (Some(from), Some(to), true) => from..to,
        _ => 0..0,
    };
    texts.into_iter().flat_map(move |texts| {
        range.clone().filter(|at| texts.is_valid(*at)).map(|at| texts.value(at))
    })
}

/// How many rows of `column` say something: no null, no empty text, no empty list.
pub(super) fn filled(column: &dyn Array) -> u64 {
    let rows = 0..column.len();
    let count = if let Some(texts) = column.as_string_opt::<i32>() {
        rows.filter(|row| texts.is_valid(*row) && !texts.value(*row).is_empty()).count()
    } else if let Some(lists) = column.as_list_opt::<i32>() {
        rows.filter(|row| lists.is_valid(*row) && lists.value_length(*row) > 0).count()
    } else {
        column.len() - column.null_count()
    };
    count as u64
}

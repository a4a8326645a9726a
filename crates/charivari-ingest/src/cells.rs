//! Cells of typed columns, as Parquet files have them.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use charivari_model::Timestamp;
use charivari_model::time::MICROS_PER_SECOND;

use crate::post::Str;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing stands there.
    Null,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// Any other value, written as text.
    Other(String),
    /// An instant.
    Time(Timestamp),
    /// Bytes that are no text.
    Bytes(&'a [u8]),
    /// Several texts.
    List(Vec<Str<'a>>),
}

impl<'a> Cell<'a> {
    /// The cell as text; a list is joined by spaces.
    pub fn into_text(self) -> Option<Str<'a>> {
        match self {
            Self::Null | Self::Bytes(_) => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Int(value) => Some(Cow::Owned(value.to_string())),
            Self::Other(text) => Some(Cow::Owned(text)),
            Self::Time(time) => Some(Cow::Owned(time.to_string())),
            Self::List(values) => Some(Cow::Owned(values.join(" "))),
        }
    }
}

/// The cell of `array` at `row`.
pub(crate) fn cell(array: &ArrayRef, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return Cell::Null;
    }
    match array.data_type() {
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cell::Text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Cell::Text(array.as_string_view().value(row)),
        DataType::Int8 => Cell::Int(array.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => Cell::Int(array.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => Cell::Int(array.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Cell::Int(array.as_primitive::<Int64Type>().value(row)),
        DataType::UInt8 => Cell::Int(array.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Cell::Int(array.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => Cell::Int(array.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => unsigned(array.as_primitive::<UInt64Type>().value(row)),
        DataType::Float32 => float(array.as_primitive::<Float32Type>().value(row).into()),
        DataType::Float64 => float(array.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => {
            Cell::Text(if array.as_boolean().value(row) { "true" } else { "false" })
        }
        DataType::Date32 => {
            let days = i64::from(array.as_primitive::<Date32Type>().value(row));
            Cell::Time(Timestamp::from_seconds(days.saturating_mul(86_400)))
        }
        DataType::Timestamp(unit, _) => Cell::Time(timestamp(array, *unit, row)),
        DataType::FixedSizeBinary(_) => Cell::Bytes(array.as_fixed_size_binary().value(row)),
        DataType::Dictionary(..) => dictionary(array, row),
        DataType::List(_) => list(&array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row)),
        _ => Cell::Null,
    }
}

fn unsigned(value: u64) -> Cell<'static> {
    i64::try_from(value).map_or_else(|_| Cell::Other(value.to_string()), Cell::Int)
}

/// A float that holds an id or a time is a whole number; its fraction tells if it was more.
pub(crate) fn float(value: f64) -> Cell<'static> {
    Cell::Other(if value.fract() == 0.0 { format!("{value:.1}") } else { value.to_string() })
}

fn timestamp(array: &ArrayRef, unit: TimeUnit, row: usize) -> Timestamp {
    Timestamp(match unit {
        TimeUnit::Second => {
            array.as_primitive::<TimestampSecondType>().value(row).saturating_mul(MICROS_PER_SECOND)
        }
        TimeUnit::Millisecond => {
            array.as_primitive::<TimestampMillisecondType>().value(row).saturating_mul(1_000)
        }
        TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().value(row),
        TimeUnit::Nanosecond => {
            array.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000)
        }
    })
}

fn dictionary(array: &ArrayRef, row: usize) -> Cell<'_> {
    let dictionary = array.as_any_dictionary();
    let keys = dictionary.keys();
    let key = match keys.data_type() {
        DataType::Int8 => usize::try_from(keys.as_primitive::<Int8Type>().value(row)).ok(),
        DataType::Int16 => usize::try_from(keys.as_primitive::<Int16Type>().value(row)).ok(),
        DataType::Int32 => usize::try_from(keys.as_primitive::<Int32Type>().value(row)).ok(),
        DataType::UInt8 => Some(keys.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Some(keys.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => usize::try_from(keys.as_primitive::<UInt32Type>().value(row)).ok(),
        _ => None,
    };
    key.map_or(Cell::Null, |key| cell(dictionary.values(), key))
}

/// A list inside a cell is taken out of its column, so its texts are owned.
fn list(values: &ArrayRef) -> Cell<'static> {
    let texts = (0..values.len())
        .filter_map(|at| cell(values, at).into_text().map(|text| Cow::Owned(text.into_owned())));
    Cell::List(texts.collect())
}

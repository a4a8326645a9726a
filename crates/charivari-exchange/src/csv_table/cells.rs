//! One column's cells as text.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, BooleanArray, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};
use charivari_model::Timestamp;

use super::guard::is_formula;
use crate::error::ExchangeError;
use crate::instant::{append, write_count, write_instant, write_integer, write_real};

/// A column, its type known, so that a cell costs one branch.
pub(super) struct Column<'a> {
    values: Values<'a>,
    nulls: Option<NullBuffer>,
}

enum Values<'a> {
    Nothing,
    Text(&'a StringArray),
    LargeText(&'a LargeStringArray),
    TextView(&'a StringViewArray),
    Boolean(&'a BooleanArray),
    /// Whole numbers of every width but the two below.
    Integer(Vec<i64>),
    LongInteger(&'a [i64]),
    LongCount(&'a [u64]),
    Single(&'a [f32]),
    Real(&'a [f64]),
    Instant(&'a [i64]),
    /// A dictionary: for each row the row of `values`.
    Coded(Vec<usize>, Box<Column<'a>>),
    List(&'a [i32], Box<Column<'a>>),
}

impl<'a> Column<'a> {
    pub(super) fn new(name: &str, array: &'a dyn Array) -> Result<Self, ExchangeError> {
        let refuse = || ExchangeError::ColumnType {
            format: "CSV",
            column: name.to_owned(),
            met: array.data_type().to_string(),
        };
        let values = match array.data_type() {
            DataType::Null => Values::Nothing,
            DataType::Utf8 => Values::Text(array.as_string()),
            DataType::LargeUtf8 => Values::LargeText(array.as_string()),
            DataType::Utf8View => Values::TextView(array.as_string_view()),
            DataType::Boolean => Values::Boolean(array.as_boolean()),
            DataType::Int8 => Values::Integer(widened::<Int8Type>(array)),
            DataType::Int16 => Values::Integer(widened::<Int16Type>(array)),
            DataType::Int32 => Values::Integer(widened::<Int32Type>(array)),
            DataType::UInt8 => Values::Integer(widened::<UInt8Type>(array)),
            DataType::UInt16 => Values::Integer(widened::<UInt16Type>(array)),
            DataType::UInt32 => Values::Integer(widened::<UInt32Type>(array)),
            DataType::Int64 => Values::LongInteger(array.as_primitive::<Int64Type>().values()),
            DataType::UInt64 => Values::LongCount(array.as_primitive::<UInt64Type>().values()),
            DataType::Float32 => Values::Single(array.as_primitive::<Float32Type>().values()),
            DataType::Float64 => Values::Real(array.as_primitive::<Float64Type>().values()),
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                Values::Instant(array.as_primitive::<TimestampMicrosecondType>().values())
            }
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary_opt().ok_or_else(refuse)?;
                let values = dictionary.values();
                if values.is_empty() {
                    Values::Nothing
                } else {
                    let values = Self::new(name, values.as_ref())?;
                    Values::Coded(dictionary.normalized_keys(), Box::new(values))
                }
            }
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                let items = Self::new(name, list.values().as_ref())?;
                Values::List(list.value_offsets(), Box::new(items))
            }
            _ => return Err(refuse()),
        };
        Ok(Self { values, nulls: array.nulls().cloned() })
    }

    /// Appends the cell of `row`, guarded and quoted; nothing where it is null.
    pub(super) fn write(&self, row: usize, out: &mut Vec<u8>) {
        if self.is_null(row) {
            return;
        }
        match &self.values {
            Values::Coded(codes, values) => values.write(codes[row], out),
            Values::List(..) => {
                let mut joined = Vec::new();
                self.write_raw(row, &mut joined);
                write_text(&String::from_utf8_lossy(&joined), out);
            }
            values => match values.text(row) {
                Some(text) => write_text(text, out),
                None => self.write_raw(row, out),
            },
        }
    }

    fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }

    /// Appends a value that is not null as it is, neither guarded nor quoted.
    fn write_raw(&self, row: usize, out: &mut Vec<u8>) {
        match &self.values {
            Values::Boolean(values) => {
                out.extend_from_slice(if values.value(row) { b"true" } else { b"false" });
            }
            Values::Integer(values) => write_integer(values[row], out),
            Values::LongInteger(values) => write_integer(values[row], out),
            Values::LongCount(values) => write_count(values[row], out),
            Values::Single(values) => append(out, values[row]),
            Values::Real(values) => write_real(values[row], out),
            Values::Instant(values) => write_instant(Timestamp(values[row]), out),
            Values::Coded(codes, values) => values.write_item(codes[row], out),
            Values::List(offsets, items) => {
                let (from, to) = (offsets[row], offsets[row + 1]);
                for (position, item) in (from..to).enumerate() {
                    if position > 0 {
                        out.push(b'|');
                    }
                    // Arrow keeps offsets non-negative and within the items.
                    items.write_item(usize::try_from(item).unwrap_or_default(), out);
                }
            }
            values => out.extend_from_slice(values.text(row).unwrap_or_default().as_bytes()),
        }
    }

    /// Appends one item of a list, its separators escaped.
    fn write_item(&self, row: usize, out: &mut Vec<u8>) {
        if self.is_null(row) {
            return;
        }
        let Some(text) = self.values.text(row) else {
            self.write_raw(row, out);
            return;
        };
        for byte in text.bytes() {
            if matches!(byte, b'|' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
    }
}

impl Values<'_> {
    /// The text of a cell, where the column holds text.
    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(values) => Some(values.value(row)),
            Self::LargeText(values) => Some(values.value(row)),
            Self::TextView(values) => Some(values.value(row)),
            _ => None,
        }
    }
}

fn widened<T: ArrowPrimitiveType>(array: &dyn Array) -> Vec<i64>
where
    i64: From<T::Native>,
{
    array.as_primitive::<T>().values().iter().map(|&value| i64::from(value)).collect()
}

/// Appends `text` as a cell: guarded against formulas, quoted where RFC 4180 asks for it.
///
/// Semicolons and tabs are quoted as well: some locales take them for the separator.
pub(super) fn write_text(text: &str, out: &mut Vec<u8>) {
    let guarded = is_formula(text);
    if !text.is_empty() && !text.bytes().any(needs_quotes) {
        if guarded {
            out.push(b'\'');
        }
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    if guarded {
        out.push(b'\'');
    }
    let mut rest = text.as_bytes();
    while let Some(quote) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        out.push(b'"');
        rest = &rest[quote + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

const fn needs_quotes(byte: u8) -> bool {
    matches!(byte, b'"' | b',' | b'\n' | b'\r' | b';' | b'\t')
}

//! Builders that turn posts, traces and accounts into Arrow columns.

use arrow_array::builder::{
    BooleanBuilder, FixedSizeBinaryBuilder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder, UInt32Builder, UInt64Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use charivari_model::Timestamp;
use std::sync::Arc;

/// One growing column of any type that our tables have.
pub(crate) enum Column {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Time(TimestampMicrosecondBuilder),
    Count(Int64Builder),
    Flag(BooleanBuilder),
    Index(UInt32Builder),
    Row(UInt64Builder),
    Digest(FixedSizeBinaryBuilder),
}

impl Column {
    fn new(data_type: &DataType) -> Self {
        match data_type {
            DataType::List(item) => {
                Self::Texts(ListBuilder::new(StringBuilder::new()).with_field(Arc::clone(item)))
            }
            DataType::Timestamp(..) => {
                Self::Time(TimestampMicrosecondBuilder::new().with_data_type(data_type.clone()))
            }
            DataType::Int64 => Self::Count(Int64Builder::new()),
            DataType::Boolean => Self::Flag(BooleanBuilder::new()),
            DataType::UInt32 => Self::Index(UInt32Builder::new()),
            DataType::UInt64 => Self::Row(UInt64Builder::new()),
            DataType::FixedSizeBinary(16) => Self::Digest(FixedSizeBinaryBuilder::new(16)),
            _ => Self::Text(StringBuilder::new()),
        }
    }

    pub(crate) fn text(&mut self, value: Option<&str>) {
        if let Self::Text(builder) = self {
            builder.append_option(value);
        }
    }

    pub(crate) fn texts<'v>(&mut self, values: Option<impl Iterator<Item = &'v str>>) {
        if let Self::Texts(builder) = self {
            let present = values.is_some();
            for value in values.into_iter().flatten() {
                builder.values().append_value(value);
            }
            builder.append(present);
        }
    }

    pub(crate) fn time(&mut self, value: Option<Timestamp>) {
        if let Self::Time(builder) = self {
            builder.append_option(value.map(|time| time.0));
        }
    }

    pub(crate) fn count(&mut self, value: Option<i64>) {
        if let Self::Count(builder) = self {
            builder.append_option(value);
        }
    }

    pub(crate) fn flag(&mut self, value: Option<bool>) {
        if let Self::Flag(builder) = self {
            builder.append_option(value);
        }
    }

    pub(crate) fn index(&mut self, value: Option<u32>) {
        if let Self::Index(builder) = self {
            builder.append_option(value);
        }
    }

    pub(crate) fn digest(&mut self, value: Option<[u8; 16]>) {
        if let Self::Digest(builder) = self {
            // Sixteen bytes fit a column of sixteen.
            if value.is_none_or(|value| builder.append_value(value).is_err()) {
                builder.append_null();
            }
        }
    }

    pub(crate) fn row(&mut self, value: u64) {
        if let Self::Row(builder) = self {
            builder.append_value(value);
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Texts(builder) => Arc::new(builder.finish()),
            Self::Time(builder) => Arc::new(builder.finish()),
            Self::Count(builder) => Arc::new(builder.finish()),
            Self::Flag(builder) => Arc::new(builder.finish()),
            Self::Index(builder) => Arc::new(builder.finish()),
            Self::Row(builder) => Arc::new(builder.finish()),
            Self::Digest(builder) => Arc::new(builder.finish()),
        }
    }
}

/// A table under construction: all columns of a schema, of which only the wanted ones are kept.
pub(crate) struct Table {
    schema: SchemaRef,
    columns: Vec<Option<Column>>,
    rows: usize,
}

impl Table {
    /// A table of `schema` that fills the columns for which `wants` holds.
    pub(crate) fn new(schema: &Schema, wants: impl Fn(&str) -> bool) -> Self {
        let kept = |name: &str| wants(name) || matches!(name, "input" | "row");
        let columns = schema.fields().iter();
        Self {
            columns: columns
                .clone()
                .map(|field| kept(field.name()).then(|| Column::new(field.data_type())))
                .collect(),
            schema: Arc::new(Schema::new(
                columns.filter(|field| kept(field.name())).cloned().collect::<Vec<_>>(),
            )),
            rows: 0,
        }
    }

    /// Appends one row: `fill` gets each column by its place in the whole schema.
    pub(crate) fn append(&mut self, mut fill: impl FnMut(usize, &mut Column)) {
        for (place, column) in self.columns.iter_mut().enumerate() {
            if let Some(column) = column {
                fill(place, column);
            }
        }
        self.rows += 1;
    }

    /// The rows so far as one batch, or none where there are none.
    pub(crate) fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.rows == 0 {
            return Ok(None);
        }
        self.rows = 0;
        let arrays = self.columns.iter_mut().flatten().map(Column::finish).collect();
        RecordBatch::try_new(Arc::clone(&self.schema), arrays).map(Some)
    }
}

//! The beginning of an input, looked at once, from which formats recognise themselves.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::records::{csv, json};

/// How much of an input is looked at to tell its format, in bytes.
pub const HEAD_BYTES: usize = 256 << 10;

/// How many lines or rows of the head are looked at.
const SAMPLES: usize = 50;

/// The kind of container that the records lie in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Rows of fields with a header.
    Csv {
        /// The byte between fields.
        delimiter: u8,
    },
    /// One JSON value a line.
    JsonLines,
    /// JSON values that may span lines: a document, an array, or several of them.
    Json,
    /// Apache Parquet.
    Parquet,
}

impl Shape {
    /// The container in words.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Csv { delimiter: b'\t' } => "TSV",
            Self::Csv { .. } => "CSV",
            Self::JsonLines => "JSON lines",
            Self::Json => "JSON",
            Self::Parquet => "Parquet",
        }
    }
}

/// What the beginning of an input shows.
#[derive(Clone, Debug)]
pub struct Head {
    /// The container.
    pub shape: Shape,
    /// The column names of a table, as they stand.
    pub header: Vec<String>,
    /// The first rows of a table.
    pub rows: Vec<Vec<String>>,
    /// The paths at which JSON values stand, such as `messages[].from_id`; one set for all samples.
    pub paths: BTreeSet<String>,
    /// The first values of JSON lines, or the first whole value of a JSON file that fits the head.
    pub values: Vec<Value>,
    /// The key-value metadata of a Parquet file.
    pub metadata: Vec<(String, String)>,
}

impl Head {
    /// Looks at the first bytes of an input, already unpacked and decoded to UTF-8.
    ///
    /// `complete` says whether these bytes are the whole input.
    pub fn of_text(bytes: &[u8], complete: bool) -> Self {
        let first = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace());
        if matches!(first, Some(b'{' | b'[')) {
            Self::of_json(bytes, complete)
        } else {
            Self::of_csv(bytes)
        }
    }

    /// The head of a Parquet file with these columns.
    pub fn of_parquet(header: Vec<String>, metadata: Vec<(String, String)>) -> Self {
        Self { header, metadata, ..Self::empty(Shape::Parquet) }
    }

    fn empty(shape: Shape) -> Self {
        Self {
            shape,
            header: Vec::new(),
            rows: Vec::new(),
            paths: BTreeSet::new(),
            values: Vec::new(),
            metadata: Vec::new(),
        }
    }

    fn of_csv(bytes: &[u8]) -> Self {
        let delimiter = csv::sniff_delimiter(bytes);
        let mut rows = csv::sample(bytes, delimiter, SAMPLES + 1);
        let mut head = Self::empty(Shape::Csv { delimiter });
        if !rows.is_empty() {
            head.header = rows.remove(0).iter().map(|name| name.trim().to_owned()).collect();
        }
        head.rows = rows;
        head
    }

    fn of_json(bytes: &[u8], complete: bool) -> Self {
        let lines = whole_lines(bytes, complete);
        let parsed: Vec<Value> = lines
            .iter()
            .take(SAMPLES)
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect();
        let several = lines.len().min(SAMPLES);
        // A pretty-printed document has lines too, but hardly any of them is a value by itself.
        let objects = parsed.iter().filter(|value| value.is_object()).count();
        let is_lines = objects * 2 > several;
        let mut head = Self::empty(if is_lines { Shape::JsonLines } else { Shape::Json });
        head.paths = if is_lines {
            parsed.iter().flat_map(json::paths_of).collect()
        } else {
            json::paths_in(bytes)
        };
        head.values =
            if is_lines { parsed } else { serde_json::from_slice(bytes).into_iter().collect() };
        head
    }

    /// The place of the column called `name`, whatever its case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The place of a column that the analyst named.
    ///
    /// # Errors
    /// `E0108`: there is no such column.
    pub(crate) fn require(&self, name: &str) -> Result<usize> {
        self.column(name).ok_or_else(|| Error::Columns {
            met: name.to_owned(),
            expected: format!("the columns are {}", self.header.join(", ")),
        })
    }

    /// Whether all of these columns are there.
    pub fn has_columns(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(name).is_some())
    }

    /// Whether values stand at all of these JSON paths.
    pub fn has_paths(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.paths.contains(*path))
    }

    /// Whether a value stands at this JSON path, at the top or in the elements of a top array.
    pub fn has_path(&self, path: &str) -> bool {
        self.paths.contains(path) || self.paths.contains(&format!("[].{path}"))
    }

    /// Whether this is a JSON container.
    pub fn is_json(&self) -> bool {
        matches!(self.shape, Shape::Json | Shape::JsonLines)
    }

    /// Whether this is a table with a header.
    pub fn is_table(&self) -> bool {
        matches!(self.shape, Shape::Csv { .. } | Shape::Parquet)
    }
}

/// The lines of the head that are whole, empty ones left out.
fn whole_lines(bytes: &[u8], complete: bool) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if !complete {
        lines.pop();
    }
    lines.retain(|line| !line.trim_ascii().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_container_is_told_by_its_content() {
        for (bytes, shape) in [
            ("a,b\n1,2\n", Shape::Csv { delimiter: b',' }),
            ("a\tb\n1,5\t2\n", Shape::Csv { delimiter: b'\t' }),
            ("a;b\n1;2\n", Shape::Csv { delimiter: b';' }),
            ("{\"a\":1}\n{\"a\":2}\n", Shape::JsonLines),
            ("{\"a\":1}", Shape::JsonLines),
            ("[{\"a\":1},\n{\"a\":2}]", Shape::Json),
            ("{\n \"a\": {\n  \"b\": 1\n }\n}\n", Shape::Json),
            ("{\"a\":1}\nnull\n{\"a\":2}\n", Shape::JsonLines),
        ] {
            assert_eq!(Head::of_text(bytes.as_bytes(), true).shape, shape, "{bytes}");
        }
    }

    #[test]
    fn a_cut_document_still_shows_its_paths() {
        let cut = br#"{"name":"c","messages":[{"id":1,"date_unixtime":"1"},{"id":2,"da"#;
        let head = Head::of_text(cut, false);
        assert!(head.has_paths(&["name", "messages[].id", "messages[].date_unixtime"]));
    }
}

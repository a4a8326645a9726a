//! JSON objects whose keys have usual names, or names that the analyst gives: posts, or traces.
//!
//! **What it is.** An array of flat or nested objects, or one a line: one post each (`json`), or one
//! trace each (`traces-json`).
//!
//! **How it is recognised.** As tables are: posts by an account and a time under one of the names in
//! [`crate::field::Field::NAMES`], traces by the columns of [`super::traces`]. A key inside another
//! object is only taken when it is named: `--columns account=author.id`.
//!
//! **Fields.** As for tables; see [`super::generic_table`]. A list may be an array, of words or of
//! objects that name a word; or one text, as in a table.
//!
//! **Traps.** As for tables. Numbers are taken as ids, but a number that a float has rounded is told
//! from a whole one, and the record is set aside.
//!
//! **Source.** The names that exports and their users' scripts give.

use serde_json::Value;

use super::generic_table::{self, GenericTable};
use super::traces::Traces;
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::{Head, Shape};
use crate::json;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::Row;

/// Posts with usual keys.
pub(super) struct Posts;

/// Traces.
pub(super) struct TraceObjects;

/// The fields that make a post; in them nothing else than text or a number may stand.
const WORDS: &[Field] = &[Field::Post, Field::Account, Field::Time, Field::Text, Field::RepostOf];

impl Format for Posts {
    fn id(&self) -> &'static str {
        "json"
    }

    fn title(&self) -> &'static str {
        "JSON objects of posts"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let seen = GenericTable.recognise(&as_table(head)?)?;
        Some(Recognition::new(Certainty::Usual, seen.reason.replace("columns", "keys")))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let table = as_table(head).unwrap_or_else(|| head.clone());
        let rows = GenericTable.mapper(name, &table, options)?;
        let places = generic_table::places(&table, options);
        let words = places.into_iter().filter(|(field, _)| WORDS.contains(field));
        let words = words.map(|(_, place)| place).collect();
        Ok(Box::new(Objects { keys: table.header, words, rows }))
    }
}

impl Format for TraceObjects {
    fn id(&self) -> &'static str {
        "traces-json"
    }

    fn title(&self) -> &'static str {
        "JSON objects of traces"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let seen = Traces.recognise(&as_table(head)?)?;
        Some(Recognition::new(Certainty::Likely, seen.reason.replace("columns", "keys")))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let table = as_table(head).unwrap_or_else(|| head.clone());
        let rows = Traces.mapper(name, &table, options)?;
        let words = rows.columns().unwrap_or_default();
        Ok(Box::new(Objects { keys: table.header, words, rows }))
    }
}

/// JSON as the table that it could be: its columns are the paths outside arrays, but not those at
/// which only objects stand.
fn as_table(head: &Head) -> Option<Head> {
    if !head.is_json() {
        return None;
    }
    let paths = head.paths.iter().filter(|path| !has_inside(head, path));
    let found = paths.map(|path| path.strip_prefix("[].").unwrap_or(path).to_owned());
    let header = found.filter(|path| !path.contains("[]")).collect();
    Some(Head { shape: Shape::Csv { delimiter: b',' }, header, ..head.clone() })
}

/// Whether objects stand at `path` and, as far as the head shows, nothing else.
fn has_inside(head: &Head, path: &str) -> bool {
    let inside = format!("{path}.");
    let next = head.paths.range(inside.clone()..).next();
    if !next.is_some_and(|next| next.starts_with(&inside)) {
        return false;
    }
    let path = path.strip_prefix("[].").unwrap_or(path);
    let samples = head.values.iter().flat_map(|value| match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    });
    let mut found = samples.filter_map(|sample| json::at_key(sample, path));
    !found.any(|value| matches!(value, Value::String(_) | Value::Number(_)))
}

/// Hands objects on as rows.
struct Objects {
    keys: Vec<String>,
    /// The columns in which text or a number has to stand.
    words: Vec<usize>,
    rows: Box<dyn Mapper>,
}

impl Mapper for Objects {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Json { value, .. } = record else { return Ok(()) };
        if !value.is_object() {
            return Err(json::wrong("", value));
        }
        for place in &self.words {
            let Some(key) = self.keys.get(*place) else { continue };
            let met = json::at_key(value, key);
            if let Some(Value::Array(_) | Value::Object(_) | Value::Bool(_)) = met {
                let fault = json::wrong("", met.unwrap_or(&Value::Null));
                return Err(Fault { field: key.clone().into(), ..fault });
            }
        }
        self.rows.map(Record::Row(Row::of_object(value, &self.keys)), rows)
    }
}

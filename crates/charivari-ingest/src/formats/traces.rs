//! Trace tables: one account touched one object once.
//!
//! **What it is.** The input table of CooRTweet, and our own trace tables: `object_id`,
//! `account_id`, `content_id`, `timestamp_share`, in CSV, TSV or Parquet.
//!
//! **How it is recognised.** Columns for the object, the account, the post and the time, under the
//! names above; `post_id` and `time` are understood too.
//!
//! **Fields.** Ids are native and taken as given; a column `behaviour` names the layer.
//!
//! **Traps.** One post may stand in many rows, once for each object. Times are Unix seconds, often
//! written as floats (`1623881091.0`).
//!
//! **Source.** CooRTweet 2.1.3, `prep_data` and `detect_groups`.

use super::sheet::require;
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::{Columns, Dialect};

/// See the module's documentation.
pub(super) struct Traces;

/// The names of each column, the usual one first.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Object, &["object_id", "object"]),
    (Field::Account, &["account_id", "account"]),
    (Field::Post, &["content_id", "post_id", "post"]),
    (Field::Time, &["timestamp_share", "time", "timestamp"]),
    (Field::Behaviour, &["behaviour", "behavior"]),
];

impl Traces {
    fn columns(head: &Head, options: &Options) -> Columns {
        let mut names = Vec::new();
        for (field, known) in NAMES {
            let is_there = |name: &&str| head.column(name).is_some();
            let given = options.columns.get(field).map(String::as_str).filter(is_there);
            let found = known.iter().copied().find(is_there);
            if let Some(name) = given.or(found) {
                names.push((*field, name));
            }
        }
        Columns::named(head, &names, Dialect::PLAIN).with_options(options)
    }
}

impl Format for Traces {
    fn id(&self) -> &'static str {
        "traces"
    }

    fn title(&self) -> &'static str {
        "trace table (CooRTweet)"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let needed = NAMES.iter().take(4);
        let found: Option<Vec<&str>> = needed
            .map(|(_, known)| known.iter().copied().find(|name| head.column(name).is_some()))
            .collect();
        let found = found.filter(|_| head.is_table())?;
        Some(Recognition::new(Certainty::Sure, format!("it has the columns {}", found.join(", "))))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let columns = Self::columns(head, options);
        let needed = [Field::Object, Field::Account, Field::Post, Field::Time];
        require(&columns, &needed, name, head)?;
        Ok(Box::new(TraceMapper(columns)))
    }
}

struct TraceMapper(Columns);

impl Mapper for TraceMapper {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let trace = self.0.trace(row, rows)?;
        rows.trace(&trace)
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.0.places().collect())
    }
}

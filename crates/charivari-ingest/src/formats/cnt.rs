//! The input table of the Coordination Network Toolkit.
//!
//! **What it is.** A CSV of posts: `message_id, user_id, username, repost_id, reply_id, message,
//! timestamp, urls`.
//!
//! **How it is recognised.** All eight column names.
//!
//! **Fields.** `urls` are separated by spaces; empty `repost_id` and `reply_id` mean none;
//! `timestamp` is in Unix seconds. The toolkit was made for Twitter, and so is the platform unless
//! `--platform` names another.
//!
//! **Traps.** Hashtags and mentions have no column: they are read from the message.
//!
//! **Source.** Coordination Network Toolkit 1.5.2, `preprocess.py`.

use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::lists::ListStyle;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::{Columns, Dialect};

/// See the module's documentation.
pub(super) struct Cnt;

const COLUMNS: &[(Field, &str)] = &[
    (Field::Post, "message_id"),
    (Field::Account, "user_id"),
    (Field::Handle, "username"),
    (Field::RepostOf, "repost_id"),
    (Field::ReplyTo, "reply_id"),
    (Field::Text, "message"),
    (Field::Time, "timestamp"),
    (Field::Links, "urls"),
];

impl Format for Cnt {
    fn id(&self) -> &'static str {
        "cnt"
    }

    fn title(&self) -> &'static str {
        "Coordination Network Toolkit table"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let names: Vec<&str> = COLUMNS.iter().map(|(_, name)| *name).collect();
        (head.is_table() && head.has_columns(&names))
            .then(|| Recognition::new(Certainty::Sure, "it has the toolkit's eight columns"))
    }

    fn mapper(&self, _name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let dialect = Dialect { lists: ListStyle::Space, platform: "x", ..Dialect::default() };
        Ok(Box::new(TableMapper::new(Columns::named(head, COLUMNS, dialect), options)))
    }
}

/// Maps a table whose columns say everything: one row, one post.
pub(crate) struct TableMapper(Columns);

impl TableMapper {
    pub(crate) fn new(columns: Columns, options: &Options) -> Self {
        Self(columns.with_options(options))
    }
}

impl Mapper for TableMapper {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let post = self.0.post(row, rows)?;
        rows.post(post)
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.0.places().collect())
    }
}

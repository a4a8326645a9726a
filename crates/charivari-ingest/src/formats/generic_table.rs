//! Any table of posts whose columns have usual names, or names that the analyst gives.
//!
//! **What it is.** CSV, TSV or Parquet with one post a row.
//!
//! **How it is recognised.** An account and a time under one of the names in
//! [`crate::field::Field::NAMES`], or under names given with `--columns account=…,time=…`, and at
//! least one thing a post can carry.
//!
//! **Fields.** Every column with a usual name; lists may be in brackets or separated by `|`, `;`,
//! `,` or white space.
//!
//! **Traps.** Without a column for the post's id, posts are known by account, time and text. A
//! column of handles serves as the account where no id column is there. A bare `id` is the post's.
//!
//! **Source.** The names that the exports listed in this folder and their users' scripts give.

use super::sheet::{OF_ACCOUNTS, TableMapper, require, unchanged};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::options::Options;
use crate::table::{Columns, Dialect};

/// See the module's documentation.
pub(super) struct GenericTable;

/// Fields of which one column can be one only; the first to claim it has it.
const ORDER: &[Field] = &[
    Field::Platform,
    Field::Account,
    Field::Time,
    Field::Text,
    Field::Post,
    Field::Observed,
    Field::Language,
    Field::RepostOf,
    Field::RepostOfAccount,
    Field::IsRepost,
    Field::QuoteOf,
    Field::QuoteOfAccount,
    Field::ReplyTo,
    Field::ReplyToAccount,
    Field::Thread,
    Field::Hashtags,
    Field::Links,
    Field::Mentions,
    Field::Media,
    Field::Handle,
    Field::Name,
    Field::Client,
    Field::Url,
    Field::Likes,
    Field::Reposts,
    Field::Replies,
    Field::Views,
];

/// Which column holds which field: what the analyst named, then usual names.
pub(crate) fn places(head: &Head, options: &Options) -> Vec<(Field, usize)> {
    let mut places: Vec<(Field, usize)> = Vec::new();
    for (field, name) in &options.columns {
        if let Some(place) = head.column(name) {
            places.push((*field, place));
        }
    }
    for field in ORDER.iter().chain(&OF_ACCOUNTS) {
        if places.iter().any(|(known, _)| known == field) {
            continue;
        }
        let free = |place: &usize| places.iter().all(|(_, taken)| taken != place);
        let found = field.synonyms().iter().find_map(|name| head.column(name).filter(free));
        if let Some(place) = found {
            places.push((*field, place));
        }
    }
    places
}

fn has(places: &[(Field, usize)], field: Field) -> bool {
    places.iter().any(|(known, _)| *known == field)
}

impl Format for GenericTable {
    fn id(&self) -> &'static str {
        "table"
    }

    fn title(&self) -> &'static str {
        "table of posts"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        if !head.is_table() {
            return None;
        }
        let places = places(head, &Options::default());
        let needed = has(&places, Field::Account) && has(&places, Field::Time);
        let names: Vec<&str> =
            places.iter().map(|(_, place)| head.header[*place].as_str()).collect();
        needed.then(|| {
            Recognition::new(
                Certainty::Usual,
                format!("its columns {} have usual names", names.join(", ")),
            )
        })
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        for column in options.columns.values() {
            head.require(column)?;
        }
        let dialect = Dialect { ids_may_be_made: true, ..Dialect::PLAIN };
        let columns = Columns::at(places(head, options), dialect);
        require(&columns, &[Field::Account, Field::Time], name, head)?;
        Ok(Box::new(TableMapper::new(columns, Vec::new(), unchanged, options)))
    }
}

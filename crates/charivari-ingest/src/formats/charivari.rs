//! Our own tables of posts, accounts and traces, as `charivari convert` writes them.
//!
//! **What it is.** Apache Parquet with the columns of [`charivari_model::schema`].
//!
//! **How it is recognised.** The key `charivari.table` in the metadata of the file, with the value
//! `posts`, `accounts` or `traces`.
//!
//! **Fields.** By the names of the schema; a column that is missing is null. Everything is taken as
//! it stands: a null stays null, an empty text stays empty.
//!
//! Digests of texts are read, and no texts where they will do, if the key `charivari.text_rule`
//! says that they were made by the rule of this program.
//!
//! **Traps.** `input` and `row` point into the inputs of the run that wrote the file. Here the
//! evidence is the row of this file; the provenance beside it leads further back.
//!
//! **Source.** `charivari_model::schema`.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{FieldRef, SchemaRef};
use charivari_model::{Timestamp, schema};

use super::{Certainty, Format, Mapper, Recognition};
use crate::cells::Cell;
use crate::error::{Error, Result};
use crate::head::Head;
use crate::options::Options;
use crate::post::{Account, Post, Str, TextKey, Trace};
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::Row;

/// The key in the metadata of the file that names the table.
const KEY: &str = "charivari.table";

/// See the module's documentation.
pub(super) struct Charivari;

#[derive(Clone, Copy)]
enum Kind {
    Posts,
    Accounts,
    Traces,
}

impl Kind {
    fn of(head: &Head) -> Option<Self> {
        let (_, value) = head.metadata.iter().find(|(key, _)| key == KEY)?;
        match value.as_str() {
            "posts" => Some(Self::Posts),
            "accounts" => Some(Self::Accounts),
            "traces" => Some(Self::Traces),
            _ => None,
        }
    }

    fn schema(self) -> SchemaRef {
        match self {
            Self::Posts => schema::posts(),
            Self::Accounts => schema::accounts(),
            Self::Traces => schema::traces(),
        }
    }
}

impl Format for Charivari {
    fn id(&self) -> &'static str {
        "charivari"
    }

    fn title(&self) -> &'static str {
        "table of Charivari"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        Kind::of(head)?;
        Some(Recognition::new(Certainty::Sure, format!("its metadata has the key {KEY}")))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        let kind = Kind::of(head).ok_or_else(|| Error::MissingColumn {
            input: name.to_owned(),
            field: KEY,
            met: head.header.join(", "),
        })?;
        let keys = match kind {
            Kind::Posts if options.wants_digests() => text_keys(head),
            _ => None,
        };
        let is_read = |column: &str| match kind {
            Kind::Posts if column == "text" && keys.is_some() => options.wants_texts_too(),
            Kind::Posts => is_read(column, options),
            Kind::Accounts | Kind::Traces => true,
        };
        let schema = kind.schema();
        let places = schema.fields().iter().map(|field| {
            let name = field.name().as_str();
            let is_ours = !matches!(name, "input" | "row");
            head.column(name).filter(|_| is_ours && is_read(name))
        });
        Ok(Box::new(TableReader { kind, places: places.collect(), keys }))
    }
}

/// Where what is known of the texts stands, if it was made by our rule.
fn text_keys(head: &Head) -> Option<[usize; 2]> {
    let (_, rule) = head.metadata.iter().find(|(key, _)| key == schema::TEXT_RULE_KEY)?;
    let [digest, significant] = schema::text_keys();
    let places = [head.column(digest.name())?, head.column(significant.name())?];
    (*rule == charivari_text::normalise::rule()).then_some(places)
}

/// Whether a column of posts is needed where only some are wanted.
fn is_read(column: &str, options: &Options) -> bool {
    match column {
        "platform" | "post_id" | "account_id" | "handle" | "time" => true,
        "text" => ["text", "hashtags", "links", "mentions"].iter().any(|own| options.wants(own)),
        "repost_of" => options.wants("repost_of") || options.wants("is_repost"),
        _ => options.wants(column),
    }
}

/// Maps by the places of the schema's columns, in the schema's order.
struct TableReader {
    kind: Kind,
    places: Arc<[Option<usize>]>,
    /// The columns of digests that are read, most often in place of the text.
    keys: Option<[usize; 2]>,
}

impl Mapper for TableReader {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let cells = Cells { row, places: &self.places };
        match self.kind {
            Kind::Posts => rows.post(Post { text_key: self.text_key(row), ..cells.post() }),
            Kind::Accounts => rows.account(&cells.account()),
            Kind::Traces => rows.trace(&cells.trace()),
        }
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.places.iter().flatten().copied().chain(self.keys.into_iter().flatten()).collect())
    }

    fn reads_digests(&self) -> bool {
        self.keys.is_some()
    }

    fn whole(
        &self,
        columns: &RecordBatch,
        place: &dyn Fn(usize) -> Option<usize>,
        options: &Options,
    ) -> Option<Vec<(FieldRef, ArrayRef)>> {
        if !matches!(self.kind, Kind::Posts) {
            return None;
        }
        let mut whole = Vec::new();
        let mut take = |field: &FieldRef, own: Option<usize>| {
            let array = columns.column(own.and_then(place)?);
            let is_usable = array.data_type() == field.data_type()
                && (field.is_nullable() || array.null_count() == 0);
            is_usable.then(|| whole.push((Arc::clone(field), Arc::clone(array))))
        };
        for (field, own) in schema::posts().fields().iter().zip(self.places.iter()) {
            let is_wanted = match field.name().as_str() {
                "input" | "row" => false,
                "text" if self.keys.is_some() => options.wants_texts_too(),
                name => options.wants(name),
            };
            if is_wanted {
                take(field, *own)?;
            }
        }
        for (field, own) in schema::text_keys().into_iter().zip(self.keys.into_iter().flatten()) {
            take(&Arc::new(field), Some(own))?;
        }
        are_kept(&whole).then_some(whole)
    }
}

impl TableReader {
    /// What is known of the text in `row`, where that is read.
    fn text_key(&self, row: Row<'_>) -> Option<TextKey> {
        let [digest, significant] = self.keys?;
        match (row.cell(digest), row.cell(significant)) {
            (Cell::Bytes(digest), Cell::Int(significant)) => Some(TextKey {
                digest: digest.try_into().ok()?,
                significant: significant.try_into().ok()?,
            }),
            _ => None,
        }
    }
}

/// Whether every row would be kept as it stands: ids are there and whole, and no list is still to
/// be read from the text.
fn are_kept(columns: &[(FieldRef, ArrayRef)]) -> bool {
    let column =
        |name: &str| columns.iter().find(|(field, _)| field.name() == name).map(|(_, array)| array);
    let ids = ["post_id", "account_id"].into_iter().filter_map(column);
    let are_whole = ids
        .filter_map(|array| array.as_string_opt::<i32>())
        .all(|ids| ids.iter().flatten().all(|id| !id.is_empty() && !crate::id::is_damaged(id)));
    let text = column("text").or_else(|| column("text_digest"));
    let has_text = |row: usize| text.is_some_and(|text| text.is_valid(row));
    let lists = ["hashtags", "links", "mentions"].into_iter().filter_map(column);
    let are_read = lists
        .filter(|list| list.null_count() > 0)
        .all(|list| (0..list.len()).all(|row| list.is_valid(row) || !has_text(row)));
    are_whole && are_read
}

/// One row, by the places of the schema's columns.
struct Cells<'a, 'm> {
    row: Row<'a>,
    places: &'m [Option<usize>],
}

impl<'a> Cells<'a, '_> {
    fn cell(&self, column: usize) -> Cell<'a> {
        self.places.get(column).copied().flatten().map_or(Cell::Null, |place| self.row.cell(place))
    }

    fn text(&self, column: usize) -> Option<Str<'a>> {
        self.cell(column).into_text()
    }

    fn id(&self, column: usize) -> Str<'a> {
        self.text(column).unwrap_or_default()
    }

    fn time(&self, column: usize) -> Option<Timestamp> {
        match self.cell(column) {
            Cell::Time(time) => Some(time),
            _ => None,
        }
    }

    fn count(&self, column: usize) -> Option<i64> {
        match self.cell(column) {
            Cell::Int(count) => Some(count),
            _ => None,
        }
    }

    fn flag(&self, column: usize) -> Option<bool> {
        self.text(column).map(|flag| flag == "true")
    }

    fn list(&self, column: usize) -> Option<Vec<Str<'a>>> {
        match self.cell(column) {
            Cell::List(values) => Some(values),
            _ => None,
        }
    }

    fn post(&self) -> Post<'a> {
        Post {
            platform: self.id(0),
            id: self.id(1),
            account: self.id(2),
            handle: self.text(3),
            name: self.text(4),
            time: self.time(5),
            observed: self.time(6),
            text: self.text(7),
            language: self.text(8),
            repost_of: self.text(9),
            repost_of_account: self.text(10),
            is_repost: self.flag(11).unwrap_or_default(),
            quote_of: self.text(12),
            quote_of_account: self.text(13),
            reply_to: self.text(14),
            reply_to_account: self.text(15),
            thread_id: self.text(16),
            hashtags: self.list(17),
            links: self.list(18),
            mentions: self.list(19),
            media: self.list(20),
            client: self.text(21),
            url: self.text(22),
            likes: self.count(23),
            reposts: self.count(24),
            replies: self.count(25),
            views: self.count(26),
            text_key: None,
        }
    }

    fn account(&self) -> Account<'a> {
        Account {
            platform: self.id(0),
            id: self.id(1),
            handle: self.text(2),
            name: self.text(3),
            description: self.text(4),
            location: self.text(5),
            language: self.text(6),
            link: self.text(7),
            picture: self.text(8),
            created: self.time(9),
            followers: self.count(10),
            following: self.count(11),
            posts: self.count(12),
            verified: self.flag(13),
        }
    }

    fn trace(&self) -> Trace<'a> {
        Trace {
            behaviour: self.text(0),
            object: self.id(1),
            account: self.id(2),
            post: self.id(3),
            time: self.time(4),
        }
    }
}

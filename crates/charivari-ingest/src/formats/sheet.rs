//! Formats that are tables: their columns, how cells are written, and what has to be mended.
//!
//! This is no format of its own but the frame of most that are. A table that describes authors
//! beside their posts (followers, profile text) gives accounts too, each once a chunk.

use std::borrow::Cow;

use charivari_text::links::links_in;

use super::{Certainty, Format, Mapper, Recognition};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::head::Head;
use crate::options::Options;
use crate::post::{Account, Post, Str};
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::{Columns, Dialect, Row};

/// A format whose records are rows of a table, one post each.
pub(super) struct Sheet {
    /// The stable name.
    pub(super) id: &'static str,
    /// The name for people.
    pub(super) title: &'static str,
    /// How certain the signature makes the format.
    pub(super) certainty: Certainty,
    /// The columns by which it is recognised.
    pub(super) signature: &'static [&'static str],
    /// Which column holds which field; of several for one field, see [`Columns`].
    pub(super) columns: &'static [(Field, &'static str)],
    /// How cells are written.
    pub(super) dialect: Dialect,
    /// Columns that only `mend` looks at.
    pub(super) extra: &'static [&'static str],
    /// What no column says by itself.
    pub(super) mend: Mend,
}

/// Completes a post from the extra columns of its row.
pub(super) type Mend = for<'a> fn(&mut Post<'a>, &Extra<'a, '_>, &Rows<'_>);

/// Nothing has to be mended.
pub(super) fn unchanged<'a>(_: &mut Post<'a>, _: &Extra<'a, '_>, _: &Rows<'_>) {}

/// The extra columns of one row, in the order in which the format lists them.
pub(super) struct Extra<'a, 'm> {
    row: Row<'a>,
    places: &'m [Option<usize>],
}

impl<'a> Extra<'a, '_> {
    /// The text of the extra column at `place`; `None` where nothing stands.
    pub(super) fn text(&self, place: usize) -> Option<Str<'a>> {
        self.row.text((*self.places.get(place)?)?)
    }
}

/// Adds the links in the text that `keep` holds for to those that columns give.
pub(super) fn add_links_of_text(post: &mut Post<'_>, rows: &Rows<'_>, keep: fn(&str) -> bool) {
    if !rows.options().wants("links") {
        return;
    }
    let mut links = post.links.take().unwrap_or_default();
    let mut add = |link: Str<'_>| {
        if keep(&link) && !links.contains(&link) {
            links.push(Cow::Owned(link.into_owned()));
        }
    };
    links_in(post.text.as_deref().unwrap_or_default()).for_each(|link| add(Cow::Borrowed(link)));
    post.links = Some(links);
}

impl Format for Sheet {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let fits = head.is_table() && head.has_columns(self.signature);
        let reason = || format!("it has the columns {}", self.signature.join(", "));
        fits.then(|| Recognition::new(self.certainty, reason()))
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        // Names given with --columns are for tables that nobody knows; these columns are known.
        let columns = Columns::named(head, self.columns, self.dialect);
        require(&columns, &[Field::Account, Field::Time], name, head)?;
        let extra = self.extra.iter().map(|name| head.column(name)).collect();
        Ok(Box::new(TableMapper::new(columns, extra, self.mend, options)))
    }
}

/// Refuses a table that lacks one of `fields`.
pub(super) fn require(columns: &Columns, fields: &[Field], name: &str, head: &Head) -> Result<()> {
    match fields.iter().find(|field| !columns.has(**field)) {
        None => Ok(()),
        Some(field) => Err(Error::MissingColumn {
            input: name.to_owned(),
            field: field.name(),
            met: head.header.join(", "),
        }),
    }
}

/// What only a table that describes authors has.
pub(super) const OF_ACCOUNTS: [Field; 9] = [
    Field::Description,
    Field::Location,
    Field::Link,
    Field::Picture,
    Field::Created,
    Field::Followers,
    Field::Following,
    Field::Posts,
    Field::Verified,
];

/// Maps a table: one row, one post.
pub(super) struct TableMapper {
    columns: Columns,
    extra: Vec<Option<usize>>,
    mend: Mend,
    describes_accounts: bool,
}

impl TableMapper {
    pub(super) fn new(
        columns: Columns,
        extra: Vec<Option<usize>>,
        mend: Mend,
        options: &Options,
    ) -> Self {
        let columns = columns.with_options(options);
        let describes_accounts = OF_ACCOUNTS.iter().any(|field| columns.has(*field));
        Self { columns, extra, mend, describes_accounts }
    }
}

impl Mapper for TableMapper {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let mut post = self.columns.post(row, rows)?;
        (self.mend)(&mut post, &Extra { row, places: &self.extra }, rows);
        if !self.describes_accounts {
            return rows.post(post);
        }
        let (id, handle, name) = (post.account.clone(), post.handle.clone(), post.name.clone());
        rows.post(post)?;
        rows.account_of_post(&id.clone(), |rows| {
            let described = self.columns.account(row, rows);
            // The language is the post's, not the account's.
            Account { id, handle, name, language: None, ..described }
        })
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.columns.places().chain(self.extra.iter().flatten().copied()).collect())
    }
}

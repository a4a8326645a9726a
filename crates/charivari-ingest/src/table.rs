//! Rows of tables, and formats that are tables: a list of columns is all they need.

use std::borrow::Cow;

use arrow_array::RecordBatch;
use charivari_model::{Code, Timestamp};
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::cells::{self, Cell};
use crate::field::Field;
use crate::head::Head;
use crate::json;
use crate::lists::{self, ListStyle};
use crate::options::DateOrder;
use crate::post::{Account, Post, Str, Trace};
use crate::rows::{Fault, Note, Rows};
use crate::time::{self, Clock};

/// One row of a table. Columns are named by their place in the header.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    cells: Cells<'a>,
}

#[derive(Clone, Copy)]
enum Cells<'a> {
    /// Text fields: their text, where they end in it, and where the first one starts.
    Text { text: &'a str, ends: &'a [usize], start: usize },
    /// Typed columns, by place in the header; `None` where a column was not read.
    Columns { batch: &'a RecordBatch, places: &'a [Option<usize>], row: usize },
    /// A JSON object, and the path of each column in it.
    Object { object: &'a Value, paths: &'a [String] },
}

impl<'a> Row<'a> {
    /// A row of text fields: `data` holds its fields, which end at `ends`, counted from `start`
    /// bytes before `data`.
    ///
    /// # Errors
    /// The row is not UTF-8; the fault names the first field that is not.
    pub(crate) fn of_text(
        data: &'a [u8],
        ends: &'a [usize],
        start: usize,
        header: &[String],
    ) -> Result<Self, Fault> {
        match std::str::from_utf8(data) {
            Ok(text) => Ok(Self { cells: Cells::Text { text, ends, start } }),
            Err(error) => {
                let at = start + error.valid_up_to();
                let place = ends.iter().take_while(|end| **end <= at).count();
                let field = header.get(place).cloned().unwrap_or_default();
                let end = ends.get(place).map_or(data.len(), |end| end - start);
                let met = String::from_utf8_lossy(data.get(at - start..end).unwrap_or_default());
                Err(Fault::new(Code::Encoding, field, &met))
            }
        }
    }

    pub(crate) fn of_columns(
        batch: &'a RecordBatch,
        places: &'a [Option<usize>],
        row: usize,
    ) -> Self {
        Self { cells: Cells::Columns { batch, places, row } }
    }

    /// A JSON object as a row whose columns stand at `paths` in it.
    pub(crate) fn of_object(object: &'a Value, paths: &'a [String]) -> Self {
        Self { cells: Cells::Object { object, paths } }
    }

    /// How many fields the row has.
    pub(crate) fn len(&self) -> usize {
        match self.cells {
            Cells::Text { ends, .. } => ends.len(),
            Cells::Columns { places, .. } => places.len(),
            Cells::Object { paths, .. } => paths.len(),
        }
    }

    /// The cell in `column`, typed where the table is.
    pub fn cell(&self, column: usize) -> Cell<'a> {
        match self.cells {
            Cells::Text { text, ends, start } => {
                let Some(end) = ends.get(column) else { return Cell::Null };
                let from = if column == 0 { start } else { ends[column - 1] };
                // A field that splits a character is not text; it is as good as absent.
                text.get(from - start..end - start).map_or(Cell::Null, Cell::Text)
            }
            Cells::Columns { batch, places, row } => {
                let Some(Some(place)) = places.get(column) else { return Cell::Null };
                cells::cell(batch.column(*place), row)
            }
            Cells::Object { object, paths } => {
                let value = paths.get(column).and_then(|path| json::at_key(object, path));
                value.map_or(Cell::Null, json::cell)
            }
        }
    }

    /// The text in `column`; `None` where it is empty or absent.
    pub fn text(&self, column: usize) -> Option<Str<'a>> {
        self.cell(column).into_text().filter(|text| !text.is_empty())
    }
}

/// How a table writes its cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// How several values share a cell.
    pub(crate) lists: ListStyle,
    /// Whether the order of values in a list means nothing: then they are sorted, and that is said.
    pub(crate) unordered: bool,
    /// Whether times without a zone are in UTC by definition; otherwise the options say.
    pub(crate) utc: bool,
    /// The order of day and month in slashed dates; otherwise the options say.
    pub(crate) order: Option<DateOrder>,
    /// Words that stand where nothing does. The text of a post may be such a word, and is kept.
    pub(crate) blanks: &'static [&'static str],
    /// The platform of posts where no column names one.
    pub(crate) platform: &'static str,
    /// Whether an id that is missing may be made from account, time and text.
    pub(crate) ids_may_be_made: bool,
}

impl Dialect {
    /// Nothing particular is known.
    pub(crate) const PLAIN: Self = Self {
        lists: ListStyle::Any,
        unordered: false,
        utc: false,
        order: None,
        blanks: &[],
        platform: "unknown",
        ids_may_be_made: false,
    };
}

/// Which column holds which field, and how its cells are written.
///
/// A field may have several columns: the first that says something counts, but lists take all.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// The first column of each field, by the field's number.
    first: Vec<Option<usize>>,
    /// Further columns.
    more: Vec<(Field, usize)>,
    dialect: Dialect,
    clock: Clock,
    assumes_zone: bool,
}

impl Columns {
    /// The columns of `head` that `names` lists, found whatever their case.
    pub(crate) fn named(head: &Head, names: &[(Field, &str)], dialect: Dialect) -> Self {
        let places = names
            .iter()
            .filter_map(|(field, name)| head.column(name).map(|place| (*field, place)))
            .collect();
        Self::at(places, dialect)
    }

    /// Columns whose places are known.
    pub(crate) fn at(places: Vec<(Field, usize)>, dialect: Dialect) -> Self {
        let (mut first, mut more) = (vec![None; Field::NAMES.len()], Vec::new());
        for (field, place) in places {
            match &mut first[field as usize] {
                empty @ None => *empty = Some(place),
                Some(_) => more.push((field, place)),
            }
        }
        let clock = Clock { zone: dialect.utc.then_some(TimeZone::UTC), order: dialect.order };
        Self { first, more, dialect, clock, assumes_zone: !dialect.utc }
    }

    /// Lets the options of the run fill what the format leaves open, and forgets the columns that
    /// they do not ask for.
    #[must_use]
    pub(crate) fn with_options(mut self, options: &crate::Options) -> Self {
        if self.clock.zone.is_none() {
            self.clock.zone.clone_from(&options.timezone);
        }
        self.clock.order = self.clock.order.or(options.date_order);
        let made = self.dialect.ids_may_be_made && !self.has(Field::Post);
        let needed = |field: Field| field.is_needed(options, made);
        for (field, _, _) in Field::NAMES {
            if !needed(*field) {
                self.first[*field as usize] = None;
            }
        }
        self.more.retain(|(field, _)| needed(*field));
        self
    }

    /// The places of all columns that hold something.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let more = self.more.iter().map(|(_, place)| *place);
        self.first.iter().flatten().copied().chain(more)
    }

    /// Whether a column holds `field`.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    fn place(&self, field: Field) -> Option<usize> {
        self.first.get(field as usize).copied().flatten()
    }

    /// The columns of `field` after the first.
    fn further(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        let more = self.more.iter().filter(move |(known, _)| *known == field);
        more.map(|(_, place)| *place)
    }

    /// The first cell of `field` that says something, and its place.
    fn cell<'a>(&self, row: Row<'a>, field: Field) -> Option<(usize, Cell<'a>)> {
        let place = self.place(field)?;
        let cell = row.cell(place);
        if !self.is_blank(&cell, field) {
            return Some((place, cell));
        }
        let mut further = self.further(field).map(|place| (place, row.cell(place)));
        further.find(|(_, cell)| !self.is_blank(cell, field))
    }

    fn is_blank(&self, cell: &Cell<'_>, field: Field) -> bool {
        match cell {
            Cell::Null | Cell::Bytes(_) => true,
            Cell::Text(text) => {
                text.is_empty() || (field != Field::Text && self.dialect.blanks.contains(text))
            }
            _ => false,
        }
    }

    /// The text of `field` in `row`; `None` where nothing stands.
    pub(crate) fn text<'a>(&self, row: Row<'a>, field: Field) -> Option<Str<'a>> {
        self.cell(row, field)?.1.into_text().filter(|text| !text.is_empty())
    }

    /// The instant of `field` in `row`, and whether its zone was assumed.
    ///
    /// # Errors
    /// Something stands there that is no instant.
    pub(crate) fn time(
        &self,
        row: Row<'_>,
        field: Field,
    ) -> Result<Option<(Timestamp, bool)>, Fault> {
        let Some((place, cell)) = self.cell(row, field) else { return Ok(None) };
        let instant = match cell {
            Cell::Time(time) => Some((time, true)),
            Cell::Int(value) => Some((time::from_number(value), true)),
            Cell::Text(text) if text.trim().is_empty() => return Ok(None),
            cell => {
                let text = cell.into_text().unwrap_or_default();
                time::parse(&text, &self.clock).map(|instant| (instant.time, instant.zoned))
            }
        };
        if let Some((time, zoned)) = instant {
            return Ok(Some((time, !zoned && self.assumes_zone)));
        }
        let met = row.text(place).unwrap_or_default();
        Err(Fault::new(Code::UnreadableTime, field.name(), &met))
    }

    /// The count in `field`, thousands separators allowed.
    pub(crate) fn count(&self, row: Row<'_>, field: Field) -> Option<i64> {
        match self.cell(row, field)?.1 {
            Cell::Int(value) => Some(value),
            cell => parse_count(&cell.into_text()?),
        }
    }

    /// Whether `field` says yes.
    pub(crate) fn flag(&self, row: Row<'_>, field: Field) -> Option<bool> {
        parse_flag(&self.text(row, field)?)
    }

    /// The values in all columns of `field`; `None` where the table has no such column.
    pub(crate) fn list<'a>(&self, row: Row<'a>, field: Field) -> Option<Vec<Str<'a>>> {
        let mut values = self.values(row.cell(self.place(field)?), field);
        for place in self.further(field) {
            values.extend(self.values(row.cell(place), field));
        }
        Some(values)
    }

    fn values<'a>(&self, cell: Cell<'a>, field: Field) -> Vec<Str<'a>> {
        if self.is_blank(&cell, field) {
            return Vec::new();
        }
        match cell {
            Cell::List(values) => values,
            cell => cell
                .into_text()
                .map_or_else(Vec::new, |text| lists::split(text, self.dialect.lists)),
        }
    }

    /// Sorts the lists of a table that does not keep their order.
    fn sort_lists(&self, post: &mut Post<'_>, rows: &mut Rows<'_>) {
        if !self.dialect.unordered {
            return;
        }
        let mut several = false;
        let lists = [&mut post.hashtags, &mut post.links, &mut post.mentions, &mut post.media];
        for list in lists.into_iter().flatten() {
            several |= list.len() > 1;
            list.sort_unstable();
        }
        if several {
            rows.note(Note::UnorderedLists);
        }
    }

    /// The post in `row`, as far as its columns say.
    ///
    /// # Errors
    /// The time cannot be read.
    pub(crate) fn post<'a>(&self, row: Row<'a>, rows: &mut Rows<'_>) -> Result<Post<'a>, Fault> {
        let time = self.time(row, Field::Time)?;
        if time.is_some_and(|(_, assumed)| assumed) {
            rows.note(Note::UnzonedTime);
        }
        let text = |field| self.text(row, field);
        let id = |field| self.text(row, field).map(without_fraction);
        let mut post = Post {
            platform: self.platform(row, rows),
            id: id(Field::Post).unwrap_or_default(),
            account: id(Field::Account).unwrap_or_default(),
            handle: text(Field::Handle),
            name: text(Field::Name),
            time: time.map(|(time, _)| time),
            // A time of collection that cannot be read says no more than none.
            observed: self.time(row, Field::Observed).ok().flatten().map(|(time, _)| time),
            text: text(Field::Text),
            language: text(Field::Language),
            repost_of: id(Field::RepostOf),
            repost_of_account: id(Field::RepostOfAccount),
            is_repost: self.flag(row, Field::IsRepost).unwrap_or_default(),
            quote_of: id(Field::QuoteOf),
            quote_of_account: id(Field::QuoteOfAccount),
            reply_to: id(Field::ReplyTo),
            reply_to_account: id(Field::ReplyToAccount),
            thread_id: id(Field::Thread),
            hashtags: self.list(row, Field::Hashtags),
            links: self.list(row, Field::Links),
            mentions: self.list(row, Field::Mentions),
            media: self.list(row, Field::Media),
            client: text(Field::Client),
            url: text(Field::Url),
            likes: self.count(row, Field::Likes),
            reposts: self.count(row, Field::Reposts),
            replies: self.count(row, Field::Replies),
            views: self.count(row, Field::Views),
            text_key: None,
        };
        self.sort_lists(&mut post, rows);
        self.make_id(&mut post, rows);
        Ok(post)
    }

    fn platform<'a>(&self, row: Row<'a>, rows: &Rows<'_>) -> Str<'a> {
        let named = self.text(row, Field::Platform).map(|name| Cow::Owned(name.to_lowercase()));
        named
            .or_else(|| rows.options().platform.clone().map(Cow::Owned))
            .unwrap_or(Cow::Borrowed(self.dialect.platform))
    }

    /// A post without an id is known by its account, time and text.
    fn make_id(&self, post: &mut Post<'_>, rows: &mut Rows<'_>) {
        if self.dialect.ids_may_be_made && post.id.is_empty() && !self.has(Field::Post) {
            let time = post.time.map_or(0, |time| time.0);
            let text = post.text.as_deref().unwrap_or_default();
            let links = post.links.as_deref().unwrap_or_default().join(" ");
            let parts = [post.account.as_ref(), &time.to_string(), text, &links];
            post.id = Cow::Owned(lists::digest(&parts));
            rows.note(Note::NoPostIds);
        }
    }

    /// The trace in `row`.
    ///
    /// # Errors
    /// The time cannot be read.
    pub(crate) fn trace<'a>(&self, row: Row<'a>, rows: &mut Rows<'_>) -> Result<Trace<'a>, Fault> {
        let time = self.time(row, Field::Time)?;
        if time.is_some_and(|(_, assumed)| assumed) {
            rows.note(Note::UnzonedTime);
        }
        let text = |field| self.text(row, field);
        Ok(Trace {
            behaviour: text(Field::Behaviour),
            object: text(Field::Object).unwrap_or_default(),
            account: text(Field::Account).unwrap_or_default(),
            post: text(Field::Post).unwrap_or_default(),
            time: time.map(|(time, _)| time),
        })
    }

    /// The account in `row`, as far as its columns say.
    pub(crate) fn account<'a>(&self, row: Row<'a>, rows: &Rows<'_>) -> Account<'a> {
        let text = |field| self.text(row, field);
        // Exporters write -1 where they do not know.
        let count = |field| self.count(row, field).filter(|count| *count >= 0);
        Account {
            platform: self.platform(row, rows),
            id: text(Field::Account).map(without_fraction).unwrap_or_default(),
            handle: text(Field::Handle),
            name: text(Field::Name),
            description: text(Field::Description),
            location: text(Field::Location),
            language: text(Field::Language),
            link: text(Field::Link),
            picture: text(Field::Picture),
            created: self.time(row, Field::Created).ok().flatten().map(|(time, _)| time),
            followers: count(Field::Followers),
            following: count(Field::Following),
            posts: count(Field::Posts),
            verified: self.flag(row, Field::Verified),
        }
    }
}

/// The id in `990000001.0`, which a column of floats makes of it without loss.
fn without_fraction(id: Str<'_>) -> Str<'_> {
    let whole = id.strip_suffix(".0").unwrap_or_default();
    let is_exact = (1..=15).contains(&whole.len()) && whole.bytes().all(|b| b.is_ascii_digit());
    match id {
        Cow::Borrowed(id) if is_exact => Cow::Borrowed(&id[..id.len() - 2]),
        Cow::Owned(id) if is_exact => Cow::Owned(id[..id.len() - 2].to_owned()),
        id => id,
    }
}

/// A whole number, with or without thousands separators or a zero fraction.
pub(crate) fn parse_count(text: &str) -> Option<i64> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole.parse().ok().or_else(|| whole.replace(',', "").parse().ok())
}

/// Yes or no, in the words that exports use.
pub(crate) fn parse_flag(text: &str) -> Option<bool> {
    let yes = ["true", "1", "1.0", "yes", "y", "t"];
    let no = ["false", "0", "0.0", "no", "n", "f"];
    let is = |word: &&str| text.trim().eq_ignore_ascii_case(word);
    if yes.iter().any(is) { Some(true) } else { no.iter().any(is).then_some(false) }
}

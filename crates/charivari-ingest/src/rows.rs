//! Where formats put what they read: posts, traces, accounts, and rows set aside.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use charivari_model::{Code, SetAside, Timestamp, schema};

use crate::columns::Table;
use crate::entities::Entities;
use crate::error::{Error, Result};
use crate::id;
use crate::options::Options;
use crate::post::{Account, Post, Str, Trace};

/// How much of a faulty field is kept for the report, in characters.
const MET_CHARS: usize = 80;

/// Why one record could not be used: the code, the field and what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub code: Code,
    /// The field at fault.
    pub field: Cow<'static, str>,
    /// What stood there, shortened.
    pub met: String,
}

impl Fault {
    /// A fault in `field`, where `met` stood.
    pub fn new(code: Code, field: impl Into<Cow<'static, str>>, met: &str) -> Self {
        Self { code, field: field.into(), met: met.chars().take(MET_CHARS).collect() }
    }
}

/// What one chunk of one part held.
#[derive(Debug, Default)]
pub struct Batch {
    /// Which part of the inputs.
    pub part: u32,
    /// Posts, with the wanted columns of [`schema::posts`].
    pub posts: Option<RecordBatch>,
    /// Traces, as [`schema::traces`].
    pub traces: Option<RecordBatch>,
    /// Accounts, as [`schema::accounts`].
    pub accounts: Option<RecordBatch>,
    /// Rows that could not be used, each counted once.
    pub set_aside: Vec<SetAside>,
    /// Records read, whether kept or not.
    pub records: u64,
    /// Records of which something was kept.
    pub kept: u64,
    /// Things worth telling about kept rows, with how often each was met.
    pub notes: BTreeMap<Note, u64>,
}

/// Something about kept rows that a reader of the result has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// A time named no zone and was taken as the zone of the options.
    UnzonedTime,
    /// The source has no post id: the post is known by its account, time and text.
    NoPostIds,
    /// An id that is not the post's own was rounded by a spreadsheet and left empty.
    DamagedReference,
    /// The account's id was rounded by a spreadsheet; the handle stands in its place.
    DamagedAccountId,
    /// Hashtags, links and mentions were taken from the text, as the source has no fields for them.
    EntitiesFromText,
    /// The text of a repost was cut by the platform.
    TruncatedText,
    /// The source gave no time: it was read from the post's id, which holds it.
    TimeFromId,
    /// The time that the author's program claimed was missing or far off: the time at which the
    /// network saw the post stands in its place.
    ObservedTime,
    /// The source does not keep the order of hashtags, links and the like: they were sorted.
    UnorderedLists,
    /// The rest of the file could not be read.
    Unreadable,
}

impl Note {
    /// The note as a sentence for a reader.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UnzonedTime => "times name no zone",
            Self::NoPostIds => {
                "the source has no post ids: posts are known by account, time and text, so equal \
                 ones count once"
            }
            Self::DamagedReference => {
                "an id of another post or account was rounded by a spreadsheet and left empty"
            }
            Self::DamagedAccountId => {
                "the account's id was rounded by a spreadsheet: the handle stands in its place"
            }
            Self::EntitiesFromText => {
                "the source has no fields for hashtags, links or mentions: they were read from the text"
            }
            Self::TruncatedText => "the platform had cut the text of a repost",
            Self::TimeFromId => "the source gave no time: it was read from the post's id",
            Self::ObservedTime => {
                "the time that the author claimed was missing or far from when the network saw the \
                 post, which stands in its place"
            }
            Self::UnorderedLists => {
                "the source does not keep the order of hashtags, links, mentions and media: they \
                 were sorted"
            }
            Self::Unreadable => "the rest of the file could not be read",
        }
    }
}

/// The sink that a format fills while it reads one chunk.
pub struct Rows<'o> {
    options: &'o Options,
    part: u32,
    row: u64,
    kept_here: bool,
    /// The notes of the record at hand.
    noted: Vec<Note>,
    posts: Table,
    traces: Table,
    accounts: Table,
    /// The accounts that posts of this chunk have described.
    described: BTreeSet<String>,
    batch: Batch,
}

/// The columns of posts, and those of what is known of texts that are not read.
fn posts_with_text_keys() -> Schema {
    let posts = schema::posts();
    let keys = schema::text_keys().into_iter().map(Arc::new);
    Schema::new(posts.fields().iter().cloned().chain(keys).collect::<Vec<_>>())
}

impl<'o> Rows<'o> {
    /// An empty sink for `part`. With `digests` it takes digests of texts as well, or in their place.
    pub fn new(part: u32, options: &'o Options, digests: bool) -> Self {
        let accounts = options.wants("accounts");
        let wants = |column: &str| match column {
            "text" if digests => options.wants_texts_too(),
            "text_digest" | "text_significant" => digests,
            _ => options.wants(column),
        };
        Self {
            options,
            part,
            row: 0,
            kept_here: false,
            noted: Vec::new(),
            posts: Table::new(&posts_with_text_keys(), wants),
            traces: Table::new(&schema::traces(), |_| true),
            accounts: Table::new(&schema::accounts(), |_| accounts),
            described: BTreeSet::new(),
            batch: Batch { part, ..Batch::default() },
        }
    }

    /// The options of the run.
    pub fn options(&self) -> &'o Options {
        self.options
    }

    /// Reads one record: `map` puts its posts here, or says why it cannot.
    ///
    /// A record is kept when something of it was kept, and set aside with its fault otherwise.
    pub(crate) fn record(
        &mut self,
        row: u64,
        map: impl FnOnce(&mut Self) -> std::result::Result<(), Fault>,
    ) {
        if !self.is_wanted(row) {
            return;
        }
        self.row = row;
        self.kept_here = false;
        self.batch.records += 1;
        self.noted.clear();
        let aside = self.batch.set_aside.len();
        if let Err(fault) = map(self) {
            self.set_aside(fault);
        } else if !self.kept_here && self.batch.set_aside.len() == aside {
            // A page without posts, or a container that the format named with --format never has.
            self.set_aside(Fault::new(Code::OtherKind, "", "nothing that this format reads"));
        }
        if self.kept_here {
            self.batch.kept += 1;
            for note in self.noted.drain(..) {
                *self.batch.notes.entry(note).or_default() += 1;
            }
        }
    }

    fn is_wanted(&self, row: u64) -> bool {
        let Some(rows) = &self.options.rows else { return true };
        rows.get(&self.part).is_some_and(|rows| rows.contains(&row))
    }

    /// Sets aside the record at hand, or one item in it.
    pub fn set_aside(&mut self, fault: Fault) {
        self.batch.set_aside.push(SetAside {
            input: self.part,
            row: self.row,
            code: fault.code,
            field: fault.field.into_owned(),
            met: fault.met,
        });
    }

    /// Counts something worth telling about the record at hand, if something of it is kept.
    pub fn note(&mut self, note: Note) {
        self.noted.push(note);
    }

    /// Says that the rest of the file could not be read.
    pub(crate) fn note_unreadable(&mut self) {
        *self.batch.notes.entry(Note::Unreadable).or_default() += 1;
    }

    /// Keeps a post.
    ///
    /// # Errors
    /// The post has no id, account or time, or its id is damaged.
    pub fn post(&mut self, mut post: Post<'_>) -> std::result::Result<(), Fault> {
        self.check_account(&mut post)?;
        let time = post.time.ok_or_else(|| Fault::new(Code::NoTime, "time", ""))?;
        if post.id.is_empty() {
            return Err(Fault::new(Code::NoPostId, "post", ""));
        }
        if id::is_damaged(&post.id) {
            return Err(Fault::new(Code::DamagedId, "post", &post.id));
        }
        self.drop_damaged_references(&mut post);
        self.append_post(&post, time);
        self.kept_here = true;
        Ok(())
    }

    /// The account has to be there; a damaged id gives way to the handle.
    fn check_account(&mut self, post: &mut Post<'_>) -> std::result::Result<(), Fault> {
        if post.account.is_empty() {
            return Err(Fault::new(Code::NoAccount, "account", ""));
        }
        if id::is_damaged(&post.account) {
            let usable = |handle: &Str<'_>| !handle.is_empty() && !id::is_damaged(handle);
            let Some(handle) = post.handle.clone().filter(usable) else {
                return Err(Fault::new(Code::DamagedId, "account", &post.account));
            };
            self.note(Note::DamagedAccountId);
            post.account = handle;
        }
        Ok(())
    }

    /// References that a spreadsheet rounded would join posts that have nothing in common.
    fn drop_damaged_references(&mut self, post: &mut Post<'_>) {
        let references: [&mut Option<Str<'_>>; 6] = [
            &mut post.repost_of,
            &mut post.repost_of_account,
            &mut post.quote_of,
            &mut post.quote_of_account,
            &mut post.reply_to,
            &mut post.reply_to_account,
        ];
        let mut damaged = 0;
        for reference in references {
            if reference.as_deref().is_some_and(id::is_damaged) {
                *reference = None;
                damaged += 1;
            }
            if reference.as_deref().is_some_and(str::is_empty) {
                *reference = None;
            }
        }
        if damaged > 0 {
            self.note(Note::DamagedReference);
        }
    }

    fn append_post(&mut self, post: &Post<'_>, time: Timestamp) {
        let entities = Entities::of(post, self.options);
        if entities.from_text {
            self.note(Note::EntitiesFromText);
        }
        let (part, row) = (self.part, self.row);
        self.posts.append(|place, column| match place {
            0 => column.text(Some(&post.platform)),
            1 => column.text(Some(&post.id)),
            2 => column.text(Some(&post.account)),
            3 => column.text(present(post.handle.as_ref())),
            4 => column.text(present(post.name.as_ref())),
            5 => column.time(Some(time)),
            6 => column.time(post.observed),
            7 => column.text(post.text.as_deref()),
            8 => column.text(present(post.language.as_ref())),
            9 => column.text(post.repost_of.as_deref()),
            10 => column.text(post.repost_of_account.as_deref()),
            11 => column.flag(Some(post.is_repost || post.repost_of.is_some())),
            12 => column.text(post.quote_of.as_deref()),
            13 => column.text(post.quote_of_account.as_deref()),
            14 => column.text(post.reply_to.as_deref()),
            15 => column.text(post.reply_to_account.as_deref()),
            16 => column.text(present(post.thread_id.as_ref())),
            17 => column.texts(list(entities.hashtags.as_deref().or(post.hashtags.as_deref()))),
            18 => column.texts(list(entities.links.as_deref().or(post.links.as_deref()))),
            19 => column.texts(list(entities.mentions.as_deref().or(post.mentions.as_deref()))),
            20 => column.texts(list(post.media.as_deref())),
            21 => column.text(present(post.client.as_ref())),
            22 => column.text(present(post.url.as_ref())),
            23 => column.count(post.likes),
            24 => column.count(post.reposts),
            25 => column.count(post.replies),
            26 => column.count(post.views),
            27 => column.index(Some(part)),
            28 => column.row(row),
            29 => column.digest(post.text_key.map(|key| key.digest)),
            _ => column.index(post.text_key.map(|key| key.significant)),
        });
    }

    /// Keeps a trace; ids are taken as given.
    ///
    /// # Errors
    /// The trace has no object, account, post or time.
    pub fn trace(&mut self, trace: &Trace<'_>) -> std::result::Result<(), Fault> {
        for (value, code, field) in [
            (&trace.object, Code::NoObject, "object"),
            (&trace.account, Code::NoAccount, "account"),
            (&trace.post, Code::NoPostId, "post"),
        ] {
            if value.is_empty() {
                return Err(Fault::new(code, field, ""));
            }
            if id::is_damaged(value) {
                return Err(Fault::new(Code::DamagedId, field, value));
            }
        }
        let time = trace.time.ok_or_else(|| Fault::new(Code::NoTime, "time", ""))?;
        let (part, row) = (self.part, self.row);
        self.traces.append(|place, column| match place {
            0 => column.text(trace.behaviour.as_deref()),
            1 => column.text(Some(&trace.object)),
            2 => column.text(Some(&trace.account)),
            3 => column.text(Some(&trace.post)),
            4 => column.time(Some(time)),
            5 => column.index(Some(part)),
            _ => column.row(row),
        });
        self.kept_here = true;
        Ok(())
    }

    /// Keeps an account as the export describes it.
    ///
    /// # Errors
    /// The account has no id, or a damaged one.
    pub fn account(&mut self, account: &Account<'_>) -> std::result::Result<(), Fault> {
        if account.id.is_empty() {
            return Err(Fault::new(Code::NoAccount, "account", ""));
        }
        if id::is_damaged(&account.id) {
            return Err(Fault::new(Code::DamagedId, "account", &account.id));
        }
        self.kept_here = true;
        if !self.options.wants("accounts") {
            return Ok(());
        }
        let (part, row) = (self.part, self.row);
        self.accounts.append(|place, column| match place {
            0 => column.text(Some(&account.platform)),
            1 => column.text(Some(&account.id)),
            2 => column.text(present(account.handle.as_ref())),
            3 => column.text(present(account.name.as_ref())),
            4 => column.text(present(account.description.as_ref())),
            5 => column.text(present(account.location.as_ref())),
            6 => column.text(present(account.language.as_ref())),
            7 => column.text(present(account.link.as_ref())),
            8 => column.text(present(account.picture.as_ref())),
            9 => column.time(account.created),
            10 => column.count(account.followers),
            11 => column.count(account.following),
            12 => column.count(account.posts),
            13 => column.flag(account.verified),
            14 => column.index(Some(part)),
            _ => column.row(row),
        });
        Ok(())
    }

    /// Keeps the account that a post describes, once a chunk: most posts repeat what others said.
    ///
    /// # Errors
    /// As [`Rows::account`].
    pub(crate) fn account_of_post<'a>(
        &mut self,
        id: &str,
        account: impl FnOnce(&Self) -> Account<'a>,
    ) -> std::result::Result<(), Fault> {
        let is_new = !self.described.contains(id) && !id::is_damaged(id);
        if !is_new || !self.options.wants("accounts") {
            return Ok(());
        }
        self.described.insert(id.to_owned());
        let account = account(self);
        self.account(&account)
    }

    /// What was read.
    pub(crate) fn finish(mut self, input: &str) -> Result<Batch> {
        let table = |met: arrow_schema::ArrowError| Error::Table {
            input: input.to_owned(),
            met: met.to_string(),
        };
        self.batch.posts = self.posts.finish().map_err(table)?;
        self.batch.traces = self.traces.finish().map_err(table)?;
        self.batch.accounts = self.accounts.finish().map_err(table)?;
        Ok(self.batch)
    }
}

/// An optional text, where the empty text says nothing.
fn present<'v>(value: Option<&'v Str<'_>>) -> Option<&'v str> {
    value.map(AsRef::as_ref).filter(|value| !value.is_empty())
}

fn list<'v>(values: Option<&'v [Str<'_>]>) -> Option<impl Iterator<Item = &'v str>> {
    values.map(|values| values.iter().map(AsRef::as_ref).filter(|value| !value.is_empty()))
}

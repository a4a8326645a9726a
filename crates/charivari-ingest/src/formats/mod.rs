//! Every format that is read, one file each, in one static list.
//!
//! A format recognises itself from the content of a file, never from its name, and turns records
//! into posts, traces and accounts. Its file's doc comment has the fixed headings *What it is ·
//! How it is recognised · Fields · Traps · Source*. To add one, write its file, declare it and put
//! it into [`FORMATS`]: that is all (see CONTRIBUTING.md).

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::FieldRef;

use crate::Result;
use crate::head::Head;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};

mod bluesky;
mod bluesky_jetstream;
mod charivari;
mod cnt;
mod crowdtangle;
mod fivethirtyeight;
mod fourcat;
mod fourcat_ndjson;
mod fourcat_telegram;
mod generic_accounts;
mod generic_table;
mod items;
mod mastodon;
mod objects;
mod sheet;
mod telegram_desktop;
mod tiktok_research;
mod traces;
mod x_api_v2;
mod x_archive;
mod zeeschuimer;

/// All formats, the most particular first: of equal certainty, the earlier wins.
pub static FORMATS: &[&dyn Format] = &[
    &charivari::Charivari,
    &traces::Traces,
    &cnt::CNT,
    &x_archive::POSTS,
    &x_archive::Users,
    &fivethirtyeight::FIVE_THIRTY_EIGHT,
    &crowdtangle::Facebook,
    &crowdtangle::INSTAGRAM,
    &fourcat::X,
    &fourcat_telegram::TELEGRAM,
    &fourcat::BLUESKY,
    &fourcat::TIKTOK,
    &fourcat::INSTAGRAM,
    &fourcat::FACEBOOK,
    &fourcat::ANY,
    &x_api_v2::XApiV2,
    &telegram_desktop::TelegramDesktop,
    &bluesky_jetstream::BlueskyJetstream,
    &bluesky::Bluesky,
    &mastodon::Mastodon,
    &tiktok_research::TikTokResearch,
    &fourcat_ndjson::FourCatNdjson,
    &zeeschuimer::Zeeschuimer,
    &objects::TraceObjects,
    &objects::Posts,
    &generic_accounts::GenericAccounts,
    &generic_table::GenericTable,
];

/// How a format knows a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// How certain: the highest wins.
    pub certainty: Certainty,
    /// What it was recognised by, as a sentence fragment for a reader.
    pub reason: String,
}

impl Recognition {
    /// A recognition with its reason.
    pub fn new(certainty: Certainty, reason: impl Into<String>) -> Self {
        Self { certainty, reason: reason.into() }
    }
}

/// How certain a format is of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Usual column names: it can be read, whatever it is.
    Usual,
    /// Fields that this format has and few others do.
    Likely,
    /// Fields or values that only this format has.
    Sure,
}

/// One format of platform exports.
pub trait Format: Sync {
    /// The stable name, for `--format` and for reports.
    fn id(&self) -> &'static str;

    /// The name for people.
    fn title(&self) -> &'static str;

    /// Whether the content is of this format, and how that shows.
    fn recognise(&self, head: &Head) -> Option<Recognition>;

    /// Where records stand in JSON documents: paths such as `messages[]`, or the empty path for a
    /// whole document. JSON lines always hold one record a line.
    fn elements(&self) -> &'static [&'static str] {
        &["", "[]"]
    }

    /// The mapper for one file, which resolves its columns once.
    ///
    /// # Errors
    /// A column without which nothing can be read is missing, or the options do not fit.
    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>>;
}

/// Turns the records of one file into posts, traces and accounts.
pub trait Mapper: Send + Sync {
    /// Puts what `record` holds into `rows`.
    ///
    /// # Errors
    /// The record cannot be used; it is set aside with the fault.
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault>;

    /// The posts in `columns` as they stand, where the table is canonical already and every row of
    /// it can be kept; otherwise the rows are mapped one by one. `place` finds the columns.
    fn whole(
        &self,
        _columns: &RecordBatch,
        _place: &dyn Fn(usize) -> Option<usize>,
        _options: &Options,
    ) -> Option<Vec<(FieldRef, ArrayRef)>> {
        None
    }

    /// Whether digests of texts are read, be it as well or in place of the texts.
    fn reads_digests(&self) -> bool {
        false
    }

    /// Which columns of a Parquet file are needed, by place; all without it.
    fn columns(&self) -> Option<Vec<usize>> {
        None
    }
}

/// The format with this stable name.
pub fn by_id(id: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.id() == id)
}

/// The format that is most certain of `head`, the earlier of equals.
pub fn recognise(head: &Head) -> Option<(&'static dyn Format, Recognition)> {
    let mut best: Option<(&'static dyn Format, Recognition)> = None;
    for format in FORMATS {
        if let Some(recognition) = format.recognise(head)
            && best.as_ref().is_none_or(|(_, other)| other.certainty < recognition.certainty)
        {
            best = Some((*format, recognition));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_fit_a_command_line() {
        let mut ids: Vec<_> = FORMATS.iter().map(|format| format.id()).collect();
        assert!(ids.iter().all(|id| {
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        }));
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

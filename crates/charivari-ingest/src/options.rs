//! How inputs are read: what the analyst said, and the caps against hostile files.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::Encoding;
use jiff::tz::TimeZone;

use crate::field::Field;

/// What the analyst said about the inputs. The default asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The zone of times that name none; without it they are taken as UTC, and that is said.
    pub timezone: Option<TimeZone>,
    /// The order of day and month in dates such as `3/7/2018`.
    pub date_order: Option<DateOrder>,
    /// The encoding of text that has no byte order mark; UTF-8 without it.
    pub encoding: Option<&'static Encoding>,
    /// Columns by field, for tables whose names are not known.
    pub columns: BTreeMap<Field, String>,
    /// The format to use, whatever the content looks like.
    pub format: Option<String>,
    /// The platform of posts whose source does not name one.
    pub platform: Option<String>,
    /// The columns of the posts table that are wanted; all without it.
    pub wanted: Option<BTreeSet<&'static str>>,
    /// The rows that are wanted, by part; all without it.
    pub rows: Option<BTreeMap<u32, BTreeSet<u64>>>,
    /// The caps.
    pub limits: Limits,
}

impl Options {
    /// Whether a column of the posts table is to be filled.
    ///
    /// Whoever wants `text_digest` gets the text where the input has no digests that hold.
    pub fn wants(&self, column: &str) -> bool {
        let is_wanted = |wanted: &BTreeSet<&str>| {
            wanted.contains(column) || column == "text" && wanted.contains("text_digest")
        };
        self.wanted.as_ref().is_none_or(is_wanted)
    }

    /// Whether digests of texts are wanted where the input has some that hold.
    pub(crate) fn wants_digests(&self) -> bool {
        self.wanted.as_ref().is_some_and(|wanted| wanted.contains("text_digest"))
    }

    /// Whether texts are wanted where there are digests of them.
    pub(crate) fn wants_texts_too(&self) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains("text"))
    }
}

/// The order of day and month in slashed dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2018`
    DayFirst,
    /// `12/31/2018`
    MonthFirst,
}

/// Caps that keep a hostile file from taking all memory or time.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The longest row, line or element, in bytes; longer ones are set aside.
    pub row: usize,
    /// The most bytes that one compressed file may unpack to.
    pub unpacked: u64,
    /// The largest ratio of unpacked to packed bytes, held beyond [`Limits::ratio_from`].
    pub ratio: u64,
    /// How many unpacked bytes are let through before the ratio counts.
    pub ratio_from: u64,
    /// The most members of one archive.
    pub members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            row: 16 << 20,
            unpacked: 1 << 40,
            ratio: 1_000,
            ratio_from: 256 << 20,
            members: 10_000,
        }
    }
}

//! The log of a case as people read it, and the head that stands for all of it.

use std::ops::RangeInclusive;

use charivari_model::Timestamp;
use charivari_model::case::{Entry, Head, Kind, Ref, Signed};
use sqlx::sqlite::SqliteRow;

use crate::canonical::{hex, netstrings};
use crate::db::{bytes, count, integer, integer_or_none, sql, text, text_or_none};
use crate::writer::{GENESIS, last, signed};
use crate::{Case, Error, Result, schema};

/// What a key signs. A seal's manifest is signed as it is; it begins with `{`, a head with a figure,
/// so that a signature under one is never one under the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature;

impl Signature {
    /// The bytes that are signed for a head: netstrings of `charivari head 1`, the case's id, the
    /// number of entries, and the hash of the last one.
    #[must_use]
    pub fn of_head(uuid: &str, entries: u64, head: &str) -> Vec<u8> {
        netstrings(&["charivari head 1", uuid, &entries.to_string(), head])
    }
}

impl Case {
    /// What the case is and how far its log has come, signed where the case was given its keys.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn head(&mut self) -> Result<Head> {
        let (entries, hash) = last(&mut self.db)?;
        let edge = sql("SELECT time, by FROM log WHERE number IN (1, ?) ORDER BY number");
        let rows = self.db.rows(edge.bind(signed(entries)?))?;
        let (Some(first), Some(latest)) = (rows.first(), rows.last()) else {
            return Err(Error::damaged("the log", "no first entry"));
        };
        let log_head = hex(&hash);
        let message = Signature::of_head(&self.opening.uuid, entries, &log_head);
        let opening = &self.opening;
        Ok(Head {
            uuid: opening.uuid.clone(),
            title: opening.title.clone(),
            question: opening.question.clone(),
            tlp: opening.tlp,
            opened: Timestamp(integer(first, 0)?),
            opened_by: text(first, 1)?,
            synthetic: opening.synthetic.clone(),
            schema: schema::SCHEMA,
            log_entries: entries,
            log_head,
            changed: Timestamp(integer(latest, 0)?),
            signed: self.keys.as_ref().and_then(|keys| keys.sign(&message)),
            tool: crate::TOOL.to_owned(),
        })
    }

    /// Signs bytes with the case's key, where it was given one.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Signed> {
        self.keys.as_ref().and_then(|keys| keys.sign(message))
    }

    /// The entries of the log with these numbers, as far as there are any; at most a million at once.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn log(&mut self, numbers: RangeInclusive<u64>) -> Result<Vec<Entry>> {
        let (from, to) = (*numbers.start(), *numbers.end());
        let to = to.min(from.saturating_add(999_999));
        // The entry before gives the hash that the first one builds on.
        let statement =
            sql("SELECT number, time, by, action, letter, record, digest, hash FROM log \
                             WHERE number BETWEEN ? AND ? ORDER BY number");
        let statement = statement.bind(signed(from.saturating_sub(1))?);
        let rows = self.db.rows(statement.bind(i64::try_from(to).unwrap_or(i64::MAX)))?;
        let mut entries = Vec::with_capacity(rows.len());
        let mut previous = hex(&GENESIS);
        for row in &rows {
            let entry = entry(row, &previous)?;
            previous.clone_from(&entry.hash);
            if entry.number >= from {
                entries.push(entry);
            }
        }
        Ok(entries)
    }
}

/// An entry from its row: number, time, by, action, letter, record, digest, hash.
pub(crate) fn entry(row: &SqliteRow, previous: &str) -> Result<Entry> {
    let number = count(row, 0)?;
    let record = match (text_or_none(row, 4)?, integer_or_none(row, 5)?) {
        (Some(letter), Some(place)) => {
            let kind = Kind::ALL.into_iter().find(|kind| letter == kind.letter().to_string());
            let kind = kind.ok_or_else(|| Error::damaged(format!("log entry {number}"), letter))?;
            Some(Ref::new(kind, place.unsigned_abs()))
        }
        _ => None,
    };
    Ok(Entry {
        number,
        time: Timestamp(integer(row, 1)?),
        by: text(row, 2)?,
        action: text(row, 3)?,
        record,
        digest: hex(&bytes(row, 6)?),
        previous: previous.to_owned(),
        hash: hex(&bytes(row, 7)?),
    })
}

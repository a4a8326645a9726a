//! One write: entries of the log with their contents, and the state that follows, in one transaction.

use std::collections::BTreeMap;

use charivari_model::case::{Kind, Ref};
use serde::Serialize;

use crate::canonical::{hex, json, netstrings, sha256, unhex};
use crate::db::{Db, Statement, bytes, count, sql, sql_of, text};
use crate::objects::Shelf;
use crate::{Error, Result, Stamp, schema};

/// Rows that one statement inserts; `SQLite` takes at most 32,766 values at once.
const AT_ONCE: usize = 500;

/// The hash before the first entry.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// An open transaction that adds to the log.
pub(crate) struct Writer<'c> {
    pub(crate) db: &'c mut Db,
    pub(crate) stamp: &'c Stamp,
    number: u64,
    hash: [u8; 32],
    next: BTreeMap<Kind, u64>,
    waiting: Vec<Row>,
}

/// An entry that is not yet in the database.
struct Row {
    number: u64,
    action: &'static str,
    record: Option<Ref>,
    digest: [u8; 32],
    hash: [u8; 32],
    body: String,
}

/// What the hash of an entry covers, besides the hash of the entry before.
pub(crate) struct Fields<'f> {
    pub(crate) number: u64,
    pub(crate) time: i64,
    pub(crate) by: &'f str,
    pub(crate) action: &'f str,
    pub(crate) record: &'f str,
    pub(crate) digest: &'f str,
}

/// The hash of an entry: SHA-256 over netstrings of its fields, in this order.
pub(crate) fn entry_hash(fields: &Fields<'_>, previous: &str) -> String {
    sha256(&netstrings(&[
        "charivari log entry 1",
        &fields.number.to_string(),
        &fields.time.to_string(),
        fields.by,
        fields.action,
        fields.record,
        fields.digest,
        previous,
    ]))
}

/// Does `work` in one transaction: all of it stays, or nothing.
pub(crate) fn transaction<T>(
    db: &mut Db,
    stamp: &Stamp,
    work: impl FnOnce(&mut Writer<'_>) -> Result<T>,
) -> Result<T> {
    if stamp.by.trim().is_empty() {
        return Err(Error::invalid("the analyst", "a name", &stamp.by));
    }
    db.run_all("BEGIN IMMEDIATE".to_owned())?;
    let done = within(db, stamp, work);
    let done = done.and_then(|done| db.run_all("COMMIT".to_owned()).map(|()| done));
    if done.is_err() {
        // The failure that is told is the first one; some of them end the transaction themselves.
        let _ = db.run_all("ROLLBACK".to_owned());
    }
    done
}

fn within<T>(
    db: &mut Db,
    stamp: &Stamp,
    work: impl FnOnce(&mut Writer<'_>) -> Result<T>,
) -> Result<T> {
    let (number, hash) = last(db)?;
    let first = number + 1;
    let (next, waiting) = (BTreeMap::new(), Vec::new());
    let mut writer = Writer { db, stamp, number, hash, next, waiting };
    let done = work(&mut writer)?;
    writer.flush()?;
    writer.db.run_all(schema::derive("main", first))?;
    Ok(done)
}

/// The number and hash of the last entry.
pub(crate) fn last(db: &mut Db) -> Result<(u64, [u8; 32])> {
    let row = db.row(sql("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1"))?;
    let Some(row) = row else { return Ok((0, GENESIS)) };
    let hash = bytes(&row, 1)?;
    let hash = hash.try_into().map_err(|_| Error::damaged("the head of the log", "no SHA-256"))?;
    Ok((count(&row, 0)?, hash))
}

/// The content of an entry.
pub(crate) fn body(db: &mut Db, entry: u64) -> Result<Option<String>> {
    let statement = sql("SELECT body FROM content WHERE entry = ?").bind(signed(entry)?);
    db.row(statement)?.map(|row| text(&row, 0)).transpose()
}

/// The content of the record, if there is one of that number.
pub(crate) fn record(db: &mut Db, record: Ref) -> Result<Option<String>> {
    let statement = sql("SELECT body FROM made JOIN content USING (entry) \
                         WHERE letter = ? AND made.number = ?");
    let statement = statement.bind(record.kind.letter().to_string()).bind(signed(record.number)?);
    db.row(statement)?.map(|row| text(&row, 0)).transpose()
}

/// Whether a file on a shelf belongs to some record.
pub(crate) fn is_registered(db: &mut Db, shelf: Shelf, sha256: &str) -> Result<bool> {
    let statement: Statement = match shelf {
        Shelf::Evidence => sql("SELECT 1 FROM evidence WHERE sha256 = ? AND custody = 'kept'"),
        Shelf::Tables => sql("SELECT 1 FROM log JOIN content ON entry = number, \
                              json_each(body, '$.tables') AS one \
                              WHERE action = 'record run' AND one.value ->> '$.sha256' = ?"),
        Shelf::Encrypted => sql("SELECT 1 FROM log JOIN content ON entry = number \
                                 WHERE action = 'add evidence' AND body ->> '$.custody.sha256' = ?"),
    };
    Ok(db.row(statement.bind(sha256.to_owned()))?.is_some())
}

/// A number as the database keeps it.
pub(crate) fn signed(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| Error::NoRecord { what: format!("record {number}") })
}

impl Writer<'_> {
    /// The next record of a kind.
    pub(crate) fn make(&mut self, kind: Kind) -> Result<Ref> {
        let next = if let Some(next) = self.next.get(&kind) {
            *next
        } else {
            let statement = sql("SELECT max(number) FROM made WHERE letter = ?");
            let most = self.db.number(statement.bind(kind.letter().to_string()))?;
            most.unsigned_abs() + 1
        };
        self.next.insert(kind, next + 1);
        Ok(Ref::new(kind, next))
    }

    /// Adds an entry that says `content` of `record`.
    pub(crate) fn append(
        &mut self,
        action: &'static str,
        record: Option<Ref>,
        content: &impl Serialize,
    ) -> Result<()> {
        let body = json(content)?;
        let digest = sha256(body.as_bytes());
        let name = record.map(|record| record.to_string()).unwrap_or_default();
        let fields = Fields {
            number: self.number + 1,
            time: self.stamp.now.0,
            by: &self.stamp.by,
            action,
            record: &name,
            digest: &digest,
        };
        let hash = entry_hash(&fields, &hex(&self.hash));
        let binary = |text: &str| unhex::<32>(text).unwrap_or(GENESIS);
        let (digest, hash) = (binary(&digest), binary(&hash));
        self.number += 1;
        self.hash = hash;
        self.waiting.push(Row { number: self.number, action, record, digest, hash, body });
        if self.waiting.len() >= AT_ONCE { self.flush() } else { Ok(()) }
    }

    /// Makes sure that a record is there that another one speaks of.
    pub(crate) fn must_have(&mut self, named: Ref) -> Result<()> {
        // What this transaction makes itself is not in the state yet.
        if self.next.get(&named.kind).is_some_and(|next| named.number < *next) && named.number > 0 {
            return Ok(());
        }
        match record(self.db, named)? {
            Some(_) => Ok(()),
            None => Err(Error::NoRecord { what: format!("{} {named}", named.kind.word()) }),
        }
    }

    fn flush(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return Ok(());
        }
        let places = |one: &str| vec![one; rows.len()].join(", ");
        let mut log = sql_of(format!(
            "INSERT INTO log (number, time, by, action, letter, record, digest, hash) VALUES {}",
            places("(?, ?, ?, ?, ?, ?, ?, ?)")
        ));
        let mut content =
            sql_of(format!("INSERT INTO content (entry, body) VALUES {}", places("(?, ?)")));
        for row in rows {
            let number = signed(row.number)?;
            let record = row.record.map(|record| signed(record.number)).transpose()?;
            log = log.bind(number).bind(self.stamp.now.0).bind(self.stamp.by.clone());
            log = log.bind(row.action).bind(row.record.map(|one| one.kind.letter().to_string()));
            log = log.bind(record).bind(row.digest.to_vec()).bind(row.hash.to_vec());
            content = content.bind(number).bind(row.body);
        }
        self.db.run(log)?;
        self.db.run(content)?;
        Ok(())
    }
}

//! Following a log from its first entry to its last, and naming what does not fit.

use charivari_model::case::{Entry, Ref};

use crate::canonical::{hex, sha256};
use crate::check::Problem;
use crate::writer::{Fields, GENESIS, entry_hash};

/// How far a log was followed.
#[derive(Debug)]
pub(crate) struct Chain {
    number: u64,
    hash: String,
}

impl Default for Chain {
    fn default() -> Self {
        Self { number: 0, hash: hex(&GENESIS) }
    }
}

/// What an entry speaks of, for messages: its record and its own number.
fn named(entry: &Entry) -> String {
    let record = entry.record.map(|record| format!("{record}, ")).unwrap_or_default();
    format!("{record}log entry {}", entry.number)
}

impl Chain {
    /// The number and hash of the last entry that was followed.
    pub(crate) fn head(&self) -> (u64, &str) {
        (self.number, &self.hash)
    }

    /// Follows one entry with its content.
    pub(crate) fn follow(&mut self, entry: &Entry, body: Option<&str>, found: &mut Vec<Problem>) {
        let expected = self.number + 1;
        if entry.number != expected {
            let what = if entry.number > expected + 1 {
                format!("log entries {expected} to {}", entry.number.saturating_sub(1))
            } else {
                format!("log entry {expected}")
            };
            let sentence = format!("{what}: missing; the log goes on with entry {}.", entry.number);
            found.push(Problem { code: "E0643", what, sentence });
        }
        match body {
            None => found.push(Problem {
                code: "E0645",
                what: named(entry),
                sentence: format!("{}: its content is missing.", named(entry)),
            }),
            Some(body) if sha256(body.as_bytes()) != entry.digest => found.push(Problem {
                code: "E0644",
                what: named(entry),
                sentence: format!("{}: its content is not what was logged.", named(entry)),
            }),
            Some(_) => {}
        }
        let record = entry.record.as_ref().map(Ref::to_string).unwrap_or_default();
        let fields = Fields {
            number: entry.number,
            time: entry.time.0,
            by: &entry.by,
            action: &entry.action,
            record: &record,
            digest: &entry.digest,
        };
        let follows = entry.number == expected;
        if follows && (entry.previous != self.hash || entry_hash(&fields, &self.hash) != entry.hash)
        {
            let what = named(entry);
            let sentence =
                format!("{what}: its hash does not follow from it and the entry before.");
            found.push(Problem { code: "E0642", what, sentence });
        }
        self.number = entry.number;
        self.hash.clone_from(&entry.hash);
    }
}

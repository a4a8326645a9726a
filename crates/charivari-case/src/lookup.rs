//! One record of a case by itself.

use charivari_model::case::{Kind, Ref};
use serde_json::Value;

use crate::db::{sql, text};
use crate::dossier::parse;
use crate::writer::signed;
use crate::{Case, Error, Result};

impl Case {
    /// A record as JSON: findings with what was decided of them, all others as they were recorded.
    ///
    /// # Errors
    /// `E0610` where it is not there, `E0624` where it cannot be understood.
    pub fn record_of(&mut self, record: Ref) -> Result<Value> {
        if record.kind == Kind::Finding {
            let finding = self.finding(record)?;
            return serde_json::to_value(finding).map_err(|error| Error::damaged(record, error));
        }
        let statement = sql("SELECT body FROM made JOIN content USING (entry) \
                             WHERE made.letter = ? AND made.number = ?");
        let statement = statement.bind(record.kind.letter().to_string());
        let row = self.db.row(statement.bind(signed(record.number)?))?;
        let missing = || Error::NoRecord { what: format!("{} {record}", record.kind.word()) };
        parse(&text(&row.ok_or_else(missing)?, 0)?, record)
    }
}

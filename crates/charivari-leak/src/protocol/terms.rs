//! What both sides agree on, and what is bound into every answer as public input.

use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::Fields;
use super::{Error, MAX_COLUMNS, Result};
use crate::Kind;

/// The longest name of a case or a column, in bytes.
const MAX_NAME: usize = 200;

/// A column that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// What both sides call it.
    pub name: String,
    /// What it holds, which decides how values are normalised.
    pub kind: Kind,
    /// Whether values are compared as written but for space and case, not in their canonical form.
    pub exact: bool,
}

/// What an exchange is about. Everything here is public, and is bound into the function itself: answers
/// under other terms are other answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The case.
    pub case: String,
    /// The column that says whether a row is found.
    pub key: Compared,
    /// The columns that are compared on rows that are found.
    pub columns: Vec<Compared>,
    /// The version of the rules by which both sides normalise values.
    pub normaliser: String,
    /// Where values come from, as two letters such as FR: telephone numbers without a country need it.
    pub country: Option<String>,
    /// When the commitment ends.
    #[serde(with = "when")]
    pub expires: Timestamp,
}

impl Terms {
    /// Elements for each row: the key and every column.
    #[must_use]
    pub fn slots(&self) -> usize {
        1 + self.columns.len()
    }

    /// Checks the bounds of everything in it.
    ///
    /// # Errors
    /// `E0759` for what is out of bounds or there twice.
    pub fn check(&self) -> Result<()> {
        let bounds = |what, expected: &str, met: String| {
            Err(Error::Bounds { what, expected: expected.to_owned(), met })
        };
        if self.columns.len() > MAX_COLUMNS {
            let met = self.columns.len().to_string();
            return bounds("compared columns", &format!("at most {MAX_COLUMNS}"), met);
        }
        let columns = std::iter::once(&self.key).chain(&self.columns);
        let names = columns.clone().map(|column| &column.name);
        let country = self.country.iter();
        for text in names.chain([&self.case, &self.normaliser]).chain(country) {
            if text.is_empty() || text.len() > MAX_NAME {
                let met = format!("{} bytes", text.len());
                return bounds("a name in the terms", "1 to 200 bytes", met);
            }
        }
        let mut seen: Vec<_> = columns.map(|column| (&column.name, column.exact)).collect();
        seen.sort_unstable();
        if seen.windows(2).any(|pair| pair[0] == pair[1]) {
            return bounds("a compared column", "a name of its own", "one named twice".to_owned());
        }
        Ok(())
    }

    /// The public input for a slot: 0 is the row key, 1 the first column.
    ///
    /// Each slot has its own, so that an element that is sent for a column can never be turned into a
    /// question about a row key.
    #[must_use]
    pub fn info(&self, slot: usize) -> Vec<u8> {
        self.fields("charivari leak terms 1").number(slot as u64).into_bytes()
    }

    pub(super) fn fields(&self, what: &str) -> Fields {
        let mut fields = Fields::new(what).text(&self.case).text(&self.normaliser);
        fields = fields.text(self.country.as_deref().unwrap_or_default());
        fields = fields.number(self.expires.0.cast_unsigned()).number(self.columns.len() as u64);
        for column in std::iter::once(&self.key).chain(&self.columns) {
            fields = fields.text(&column.name).text(column.kind.word());
            fields = fields.number(u64::from(column.exact));
        }
        fields
    }
}

/// Instants as RFC 3339 in files that people read before they approve them.
pub(crate) mod when {
    use charivari_model::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub(crate) fn serialize<S: Serializer>(
        time: &Timestamp,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(time)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time: Result<jiff::Timestamp, _> = text.parse();
        time.map(|time| Timestamp(time.as_microsecond()))
            .map_err(|_| serde::de::Error::custom("an instant such as 2023-01-06T10:00:00Z needed"))
    }
}

//! Whom to tell first: the one output that holds values, and therefore only encrypted.
//!
//! The list is written while the table is read again, once for each tier, so that no value waits
//! anywhere: it goes from the reader through the cipher to the file.

use std::io::Write;
use std::str::FromStr;

use charivari_model::{Cell, RowSink, TableHead};

use super::person::reveals;
use super::{Chooser, Columns, Error, Tiers};
use crate::Kind;

/// The columns of the list.
pub const COLUMNS: [&str; 12] = [
    "tier",
    "channel",
    "caution",
    "full_name",
    "given_name",
    "family_name",
    "email",
    "phone",
    "street",
    "postcode",
    "city",
    "country",
];

/// Public keys for whom the list is encrypted.
#[derive(Clone)]
pub struct Recipients(Vec<age::x25519::Recipient>);

impl Recipients {
    /// Reads public keys, `age1…`.
    ///
    /// # Errors
    /// [`Error::Recipient`] for the first that is none.
    pub fn read(keys: &[String]) -> Result<Self, Error> {
        let read = |key: &String| {
            age::x25519::Recipient::from_str(key.trim())
                .map_err(|_| Error::Recipient { met: told(key.trim()) })
        };
        keys.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// A writer that encrypts; what it is given comes out encrypted in blocks of 64 KiB.
    ///
    /// # Errors
    /// [`Error::List`] where there is no recipient, or `out` cannot be written to.
    pub fn seal<W: Write>(&self, out: W) -> Result<age::stream::StreamWriter<W>, Error> {
        let recipients = self.0.iter().map(|key| key as &dyn age::Recipient);
        let sealed = age::Encryptor::with_recipients(recipients)
            .map_err(|error| Error::List { met: error.to_string() })?;
        sealed.wrap_output(out).map_err(|error| Error::List { met: error.to_string() })
    }
}

/// What is told of a key that is none: whoever gives a secret key by mistake must not find it in a log.
fn told(key: &str) -> String {
    if key.starts_with("age1") { key.to_owned() } else { "that was given".to_owned() }
}

/// Writes the people of one tier as the table passes.
pub struct Writer<'a, W: Write> {
    out: W,
    tiers: &'a Tiers,
    wanted: u8,
    choose: Chooser<'a>,
    columns: Option<Columns>,
    place: usize,
    written: u64,
    failed: Option<std::io::Error>,
}

impl<'a, W: Write> Writer<'a, W> {
    /// Writes the people of the tier `wanted` to `out`, which is to be encrypted.
    pub fn new(out: W, tiers: &'a Tiers, wanted: u8, choose: Chooser<'a>) -> Self {
        Self { out, tiers, wanted, choose, columns: None, place: 0, written: 0, failed: None }
    }

    /// Writes the names of the columns.
    ///
    /// # Errors
    /// [`Error::List`] where `out` cannot be written to.
    pub fn head(out: &mut W) -> Result<(), Error> {
        writeln!(out, "{}", COLUMNS.join(","))
            .map_err(|error| Error::List { met: error.to_string() })
    }

    /// How many people were written.
    ///
    /// # Errors
    /// [`Error::List`] where `out` could not be written to, or the table is not the one that was
    /// analysed.
    pub fn finish(self) -> Result<u64, Error> {
        if let Some(error) = self.failed {
            return Err(Error::List { met: error.to_string() });
        }
        if self.place != self.tiers.len() {
            return Err(Error::List { met: "the table changed while it was read".to_owned() });
        }
        Ok(self.written)
    }
}

impl<W: Write> RowSink for Writer<'_, W> {
    fn table(&mut self, head: &TableHead) {
        self.columns = (self.choose)(head).filter(Columns::has_person);
    }

    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) {
        let Some(columns) = &self.columns else { return };
        let tier = self.tiers.of(self.place);
        self.place += 1;
        if tier != self.wanted || self.failed.is_some() {
            return;
        }
        let row = columns.values(cells);
        let street = if row.has(Kind::Street) { Kind::Street } else { Kind::PostalAddress };
        let channel = match (tier, row.has(Kind::Phone), row.has(Kind::Email), row.has(street)) {
            (1, true, ..) => "telephone",
            (_, _, true, _) => "e-mail",
            (_, true, ..) => "telephone",
            (_, _, _, true) => "letter",
            _ => "public communication",
        };
        let caution = match tier {
            _ if reveals(row.of(Kind::FreeText)) => "plain envelope, leave no message",
            1 => "speak to nobody else; of a minor, to the parents",
            _ => "",
        };
        let values = [
            Kind::FullName,
            Kind::GivenName,
            Kind::FamilyName,
            Kind::Email,
            Kind::Phone,
            street,
            Kind::Postcode,
            Kind::City,
            Kind::Country,
        ];
        let mut line = format!("{tier},{channel},\"{caution}\"");
        for kind in values {
            line.push(',');
            push_cell(&mut line, row.of(kind));
        }
        line.push('\n');
        match self.out.write_all(line.as_bytes()) {
            Ok(()) => self.written += 1,
            Err(error) => self.failed = Some(error),
        }
    }
}

/// A value between quotes; what a spreadsheet would take for a formula stands behind an apostrophe,
/// but a telephone number keeps its sign.
fn push_cell(line: &mut String, value: &str) {
    line.push('"');
    let is_number = value.chars().all(|sign| sign.is_ascii_digit() || "+ .-()/".contains(sign));
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        line.push('\'');
    }
    for sign in value.chars() {
        match sign {
            '"' => line.push_str("\"\""),
            '\r' | '\n' => line.push(' '),
            sign => line.push(sign),
        }
    }
    line.push('"');
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        for (value, expected) in [
            ("=1+1", "\"'=1+1\""),
            ("+33 1 99", "\"+33 1 99\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\nb", "\"a b\""),
            ("", "\"\""),
            ("@cmd", "\"'@cmd\""),
        ] {
            let mut line = String::new();
            push_cell(&mut line, value);
            assert_eq!(line, expected, "{value}");
        }
    }

    #[test]
    fn only_the_holder_of_the_key_reads_the_list() {
        let key = age::x25519::Identity::generate();
        let recipients = Recipients::read(&[key.to_public().to_string()]).unwrap();
        let mut sealed = Vec::new();
        let mut out = recipients.seal(&mut sealed).unwrap();
        out.write_all(b"zqxmarlo@example.org").unwrap();
        out.finish().unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"zqxmarlo"));
        let opened = age::Decryptor::new(&sealed[..]).unwrap();
        let mut text = String::new();
        let identity = std::iter::once(&key as &dyn age::Identity);
        opened.decrypt(identity).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "zqxmarlo@example.org");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for key in ["", "age1", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1"] {
            let error = Recipients::read(&[key.to_owned()]).err().unwrap().to_string();
            assert!(error.starts_with("E0778"), "{key}: {error}");
        }
    }
}

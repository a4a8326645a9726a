//! Keys of senders, of any time, from a file: nothing is ever looked up.
//!
//! One key a line: where it was published, when, and the record itself.
//!
//! ```text
//! # where                            when                     the record
//! news2021._domainkey.example.org    2021-01-01..2022-06-30   v=DKIM1; k=rsa; p=MIIB…
//! news2022._domainkey.example.org    2022-06-01..             v=DKIM1; k=rsa; p=MIIB…
//! ```
//!
//! A selector may have several lines: keys change. Without a period a key counts for all times.
//! A file of keys whose private half is public has a day instead of the period, since when it has
//! been so, and either the record or `*` for every key that stood at this place.

use std::collections::BTreeMap;

use charivari_model::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::dkim::{Key, host};
use crate::error::{Error, Result};

/// Longer lines and larger files are no lists of keys.
const MAX_BYTES: usize = 64 << 20;

/// One published key.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) from: Option<Timestamp>,
    /// The last instant, included.
    pub(crate) until: Option<Timestamp>,
    pub(crate) key: std::result::Result<Key, String>,
}

impl Entry {
    /// Whether the key was published at a time, as far as both are known.
    pub(crate) fn covers(&self, time: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= time) && self.until.is_none_or(|until| time <= until)
    }

    /// The period in words.
    pub(crate) fn period(&self) -> String {
        let day = |time: Option<Timestamp>| {
            time.map_or_else(String::new, |time| time.to_string().chars().take(10).collect())
        };
        format!("{}..{}", day(self.from), day(self.until))
    }
}

/// Keys by the name under which they were published.
#[derive(Clone, Debug, Default)]
pub struct KeyBook {
    entries: BTreeMap<String, Vec<Entry>>,
}

impl KeyBook {
    /// Reads a file of keys; `name` is for messages.
    ///
    /// # Errors
    /// `E0901` where a line cannot be understood. A record that is no key is no such error: it is
    /// kept, and a signature that needs it fails for that reason.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let mut book = Self::default();
        for line in lines(text, name)? {
            let (period, record) = split(line.rest);
            let (from, until, record) = match span(period) {
                Some((from, until)) => (from, until, record),
                None if period.contains('=') => (None, None, line.rest),
                None => {
                    return Err(line.wrong("a period such as 2021-01-01..2022-06-30, or a record"));
                }
            };
            if !record.contains('=') {
                return Err(line.wrong("a record such as v=DKIM1; k=rsa; p=…"));
            }
            let entry = Entry { from, until, key: Key::parse(record) };
            book.entries.entry(line.place()?).or_default().push(entry);
        }
        Ok(book)
    }

    /// The keys of a selector of a domain, in the order of the file.
    pub(crate) fn of(&self, selector: &str, domain: &str) -> &[Entry] {
        let place = format!("{selector}._domainkey.{domain}");
        self.entries.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Keys whose private half is public: whoever has it can sign anything, for any date.
#[derive(Clone, Debug, Default)]
pub struct PublishedKeys {
    entries: BTreeMap<String, Vec<(Timestamp, Option<Key>)>>,
}

impl PublishedKeys {
    /// Reads a file of published private keys; `name` is for messages.
    ///
    /// # Errors
    /// `E0901` where a line cannot be understood.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let mut book = Self::default();
        for line in lines(text, name)? {
            let (day, record) = split(line.rest);
            let since =
                instant(day, false).ok_or_else(|| line.wrong("a day such as 2022-03-01"))?;
            let key = match record {
                "*" => None,
                record => Some(Key::parse(record).map_err(|_| line.wrong("a record, or *"))?),
            };
            book.entries.entry(line.place()?).or_default().push((since, key));
        }
        Ok(book)
    }

    /// Since when the private half of a key has been public, if it is.
    pub(crate) fn since(&self, selector: &str, domain: &str, key: &Key) -> Option<Timestamp> {
        let entries = self.entries.get(&format!("{selector}._domainkey.{domain}"))?;
        let same =
            |known: &Option<Key>| known.as_ref().is_none_or(|known| known.material == key.material);
        entries.iter().filter(|(_, known)| same(known)).map(|(since, _)| *since).min()
    }
}

/// A line that says something.
struct Line<'a> {
    number: usize,
    name: &'a str,
    first: &'a str,
    rest: &'a str,
}

impl Line<'_> {
    fn wrong(&self, expected: &'static str) -> Error {
        Error::KeyLine { file: self.name.to_owned(), line: self.number, expected }
    }

    /// Where the key was published, lower case.
    fn place(&self) -> Result<String> {
        let place = host(self.first).ok().filter(|place| place.contains("._domainkey."));
        place.ok_or_else(|| self.wrong("a name such as selector._domainkey.example.org"))
    }
}

fn lines<'a>(text: &'a str, name: &'a str) -> Result<Vec<Line<'a>>> {
    if text.len() > MAX_BYTES {
        return Err(Error::KeyFile { file: name.to_owned(), met: "more than 64 MiB".to_owned() });
    }
    let mut lines = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (first, rest) = split(line);
        lines.push(Line { number: number + 1, name, first, rest });
    }
    Ok(lines)
}

/// The first word, and the rest.
fn split(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim())
}

type Bound = Option<Timestamp>;

/// A period `from..until`, either of which may be left out.
fn span(text: &str) -> Option<(Bound, Bound)> {
    let (from, until) = text.split_once("..")?;
    let bound = |text: &str, end| {
        if text.is_empty() { Some(None) } else { instant(text, end).map(Some) }
    };
    let (from, until) = (bound(from, false)?, bound(until, true)?);
    let ordered = from.zip(until).is_none_or(|(from, until)| from <= until);
    ordered.then_some((from, until))
}

/// A day, its first instant or its last, or an instant of RFC 3339.
fn instant(text: &str, end: bool) -> Option<Timestamp> {
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(time.as_microsecond()));
    }
    let day: Date = text.parse().ok()?;
    let start = day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond();
    Some(Timestamp(if end { start + 86_400_000_000 - 1 } else { start }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    #[test]
    fn several_keys_of_one_selector_are_told_apart_by_time() {
        let text = format!(
            "# keys\n\nA._domainkey.Example.org 2021-01-01..2021-12-31 {KEY}\n\
             a._domainkey.example.org  2022-01-01T00:00:00Z..  {KEY}\n\
             b._domainkey.example.org {KEY}\nc._domainkey.example.org .. p=?"
        );
        let book = KeyBook::parse(&text, "keys").unwrap();
        assert_eq!(book.len(), 4);
        let entries = book.of("a", "example.org");
        let at = |text: &str| instant(text, false).unwrap();
        let covered =
            |time: &str| entries.iter().map(|entry| entry.covers(at(time))).collect::<Vec<_>>();
        assert_eq!(covered("2020-12-31"), [false, false]);
        assert_eq!(covered("2021-12-31T23:59:59Z"), [true, false]);
        assert_eq!(covered("2022-01-01"), [false, true]);
        assert_eq!(entries[0].period(), "2021-01-01..2021-12-31");
        assert!(book.of("b", "example.org")[0].covers(at("1990-01-01")));
        assert!(book.of("c", "example.org")[0].key.is_err());
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for (line, expected) in [
            ("example.org .. p=", "a name such as"),
            ("a._domainkey.example.org", "a period such as"),
            ("a._domainkey.example.org ..", "a record such as"),
            ("a._domainkey.example.org 2022-02-30.. p=", "a period such as"),
            ("a._domainkey.example.org 2022-02-02..2021-01-01 p=", "a period such as"),
        ] {
            let error = KeyBook::parse(&format!("# x\n{line}\n"), "keys").unwrap_err().to_string();
            assert!(error.starts_with("E0901") && error.contains("line 2"), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn private_keys_that_are_public_are_found_by_place_and_key() {
        let text = format!(
            "a._domainkey.example.org 2022-03-01 *\nb._domainkey.example.org 2022-03-01 {KEY}\n"
        );
        let book = PublishedKeys::parse(&text, "published").unwrap();
        let (key, other) = (Key::parse(KEY).unwrap(), Key::parse("p=").unwrap());
        assert!(book.since("a", "example.org", &other).is_some());
        assert!(book.since("b", "example.org", &key).is_some());
        assert!(book.since("b", "example.org", &other).is_none());
        assert!(book.since("c", "example.org", &key).is_none());
    }
}

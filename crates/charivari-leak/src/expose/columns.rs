//! Which column of a table holds what.

use charivari_model::{Cell, TableHead};

use super::Error;
use crate::Kind;

/// The columns of one table that matter here, with what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Kind, usize)>);

/// One row by kinds: the first value of each that is not empty.
#[derive(Clone, Copy)]
pub(super) struct Values<'a>([&'a str; Kind::ALL.len()]);

/// The kinds that say who somebody is, or how to reach them.
const PERSON: [Kind; 9] = [
    Kind::Email,
    Kind::Phone,
    Kind::FullName,
    Kind::GivenName,
    Kind::FamilyName,
    Kind::Street,
    Kind::PostalAddress,
    Kind::UserName,
    Kind::NationalId,
];

impl Columns {
    /// Columns by their place; `kinds` has one entry a column of the table.
    pub fn of(kinds: &[Option<Kind>]) -> Self {
        let known = kinds.iter().enumerate().filter_map(|(place, kind)| Some(((*kind)?, place)));
        Self(known.filter(|(kind, _)| *kind != Kind::Other).collect())
    }

    /// Columns by name; nothing where the table lacks one of them.
    pub fn named(names: &[(Kind, String)], head: &TableHead) -> Option<Self> {
        let place = |name: &str| {
            let exact = head.columns.iter().position(|column| column.name == name);
            exact.or_else(|| {
                head.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name))
            })
        };
        let found: Option<Vec<(Kind, usize)>> =
            names.iter().map(|(kind, name)| Some((*kind, place(name)?))).collect();
        found.map(Self)
    }

    /// Reads `kind=column`.
    ///
    /// # Errors
    /// [`Error::Column`] where it is something else.
    pub fn read(text: &str) -> Result<(Kind, String), Error> {
        let wrong = |met: &str| Error::Column { column: text.to_owned(), met: met.to_owned() };
        let (kind, column) = text.split_once('=').ok_or_else(|| wrong("it has no kind"))?;
        let known = || {
            let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            wrong(&format!("there is no kind {}; the kinds are {}", kind.trim(), words.join(", ")))
        };
        let kind = Kind::of_word(kind.trim()).ok_or_else(known)?;
        Ok((kind, column.trim().to_owned()))
    }

    /// Whether a person stands in the table.
    pub fn has_person(&self) -> bool {
        self.0.iter().any(|(kind, _)| PERSON.contains(kind))
    }

    /// The kinds, each once, in their order.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.0.iter().map(|(kind, _)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    pub(super) fn values<'a>(&self, cells: &[Cell<'a>]) -> Values<'a> {
        let mut values = [""; Kind::ALL.len()];
        for (kind, place) in &self.0 {
            let value = cells.get(*place).and_then(|cell| cell.text()).unwrap_or_default().trim();
            let slot = &mut values[*kind as usize];
            if slot.is_empty() && !matches!(value, "NULL" | "null" | "-" | "N/A" | "n/a") {
                *slot = value;
            }
        }
        Values(values)
    }
}

impl<'a> Values<'a> {
    pub(super) fn of(&self, kind: Kind) -> &'a str {
        self.0[kind as usize]
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        !self.of(kind).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use charivari_model::Column;

    use super::*;

    #[test]
    fn columns_are_found_by_name_and_the_first_full_one_counts() {
        let column = |name: &str| Column { name: name.to_owned(), declared: None };
        let head = TableHead {
            columns: vec![column("Mail"), column("mail2"), column("Nom")],
            ..TableHead::default()
        };
        let names =
            [Columns::read("email=mail").unwrap(), Columns::read(" email = mail2").unwrap()];
        let columns = Columns::named(&names, &head).unwrap();
        let row = [Cell::Text("  "), Cell::Text("zqxb@example.org"), Cell::Text("Zqxmarlo")];
        assert_eq!(columns.values(&row).of(Kind::Email), "zqxb@example.org");
        assert!(!columns.values(&row[..1]).has(Kind::Email), "a short row has nothing");
        let missing = [(Kind::Phone, "tel".to_owned())];
        assert_eq!(Columns::named(&missing, &head), None);
    }

    #[test]
    fn what_is_no_column_is_refused_with_its_code() {
        for text in ["email", "mail=email", ""] {
            let error = Columns::read(text).unwrap_err().to_string();
            assert!(error.starts_with("E0772"), "{text}: {error}");
        }
    }
}

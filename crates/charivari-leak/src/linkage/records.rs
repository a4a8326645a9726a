//! Records as columns of normalised values, each value kept once.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Kind, normal};

/// The number of a value that is missing.
pub(super) const ABSENT: u32 = u32::MAX;

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As words: alike by Jaro and Winkler.
    Words,
    /// As a code: by the number of edits.
    Code,
    /// As a date.
    Date,
    /// As one of few values: the same or not.
    Same,
}

/// The columns of one table, normalised. Holds values of people; its `Debug` shows none.
pub struct Records {
    pub(super) kinds: Vec<Kind>,
    pub(super) how: Vec<How>,
    /// Values of all columns, each once.
    pub(super) values: Vec<Box<str>>,
    /// By value: the set of its letters, to rule out likeness quickly.
    pub(super) letters: Vec<u32>,
    numbers: BTreeMap<Box<str>, u32>,
    /// By column: the number of each row's value.
    pub(super) columns: Vec<Vec<u32>>,
    digests: Vec<u64>,
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("kinds", &self.kinds)
            .field("rows", &self.len())
            .finish_non_exhaustive()
    }
}

impl Records {
    /// No records yet, of columns of these kinds.
    pub fn new(kinds: &[Kind]) -> Self {
        Self {
            kinds: kinds.to_vec(),
            how: kinds.iter().map(|&kind| how(kind)).collect(),
            values: Vec::new(),
            letters: Vec::new(),
            numbers: BTreeMap::new(),
            columns: vec![Vec::new(); kinds.len()],
            digests: Vec::new(),
        }
    }

    /// Adds a row: a value for each column, missing and empty ones being nothing.
    pub fn push<'v>(
        &mut self,
        row: impl IntoIterator<Item = Option<&'v str>>,
        country: Option<&str>,
    ) {
        let mut row = row.into_iter();
        let mut digest = 0xCBF2_9CE4_8422_2325_u64;
        for at in 0..self.kinds.len() {
            let value = row.next().flatten().and_then(|value| form(self.kinds[at], value, country));
            for byte in value.as_deref().unwrap_or_default().bytes().chain([0xFF]) {
                digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
            let number = value.map_or(ABSENT, |value| self.number(value));
            self.columns[at].push(number);
        }
        // The multiplication leaves low bits poor: the high ones are folded in.
        self.digests.push(digest ^ (digest >> 29));
    }

    fn number(&mut self, value: String) -> u32 {
        let value = value.into_boxed_str();
        if let Some(&number) = self.numbers.get(&value) {
            return number;
        }
        let number = self.values.len() as u32;
        self.letters.push(letters(&value));
        self.values.push(value.clone());
        self.numbers.insert(value, number);
        number
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// A number that follows from what the row holds alone.
    pub(super) fn digest(&self, row: u32) -> u64 {
        self.digests[row as usize]
    }

    /// The value of a row in a column, with its number.
    pub(super) fn value(&self, column: usize, row: u32) -> Option<(u32, &str)> {
        let number = self.columns[column][row as usize];
        (number != ABSENT).then(|| (number, &*self.values[number as usize]))
    }
}

fn how(kind: Kind) -> How {
    match kind {
        Kind::BirthDate => How::Date,
        Kind::Country | Kind::Gender | Kind::Category => How::Same,
        Kind::Phone
        | Kind::Postcode
        | Kind::Iban
        | Kind::Card
        | Kind::NationalId
        | Kind::RowId
        | Kind::Quantity
        | Kind::Ip => How::Code,
        _ => How::Words,
    }
}

/// The form in which values are compared. A damaged date or number keeps what can be read of it.
fn form(kind: Kind, value: &str, country: Option<&str>) -> Option<String> {
    let canonical = normal::canonical(kind, value, country);
    match kind {
        Kind::BirthDate => {
            let date = canonical.unwrap_or_else(|| value.to_owned());
            let digits: String = date.chars().filter(char::is_ascii_digit).collect();
            (!digits.is_empty()).then_some(digits)
        }
        _ => canonical.or_else(|| normal::exact(kind, value)),
    }
}

/// The set of a value's letters and digits, as bits.
fn letters(value: &str) -> u32 {
    value.bytes().fold(0, |set, byte| {
        set | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'A'..=b'Z' => 1 << (byte - b'A'),
            b'0'..=b'9' => 1 << (26 + (byte - b'0') % 5),
            _ => 1 << 31,
        }
    })
}

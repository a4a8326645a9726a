//! Texts that are kept once and known by a number.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use crate::error::Error;

/// The hash of a text, the same in every run: results never depend on it, only speed does.
pub(crate) fn hash(text: &[u8]) -> u64 {
    FixedState::with_seed(0x0063_6861_7269_7661).hash_one(text)
}

/// Texts in one buffer, numbered in the order of their first appearance.
#[derive(Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    /// The number of each text, with its hash beside it so that growing needs no text.
    table: HashTable<(u32, [u32; 2])>,
}

const fn pack(hash: u64) -> [u32; 2] {
    [(hash >> 32) as u32, hash as u32]
}

const fn unpack(hash: [u32; 2]) -> u64 {
    (hash[0] as u64) << 32 | hash[1] as u64
}

impl Interner {
    /// The number of `text`, whose [`hash`] the caller has.
    ///
    /// # Errors
    /// `E0412` after 2^32 − 1 texts.
    pub(crate) fn intern(&mut self, text: &[u8], hash: u64) -> Result<u32, Error> {
        let (bytes, ends) = (&self.bytes, &self.ends);
        let same = |&(number, other): &(u32, [u32; 2])| {
            other == pack(hash) && slice(bytes, ends, number) == text
        };
        let entry = self.table.entry(hash, same, |(_, other)| unpack(*other));
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => Ok(entry.get().0),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let number =
                    u32::try_from(self.ends.len()).ok().filter(|number| *number < u32::MAX);
                let too_many = || Error::TooMany { what: "texts", limit: u32::MAX.into() };
                let number = number.ok_or_else(too_many)?;
                self.bytes.extend_from_slice(text);
                self.ends.push(self.bytes.len() as u64);
                entry.insert((number, pack(hash)));
                Ok(number)
            }
        }
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of text `number`.
    pub(crate) fn bytes(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// Text `number`; what is not UTF-8 was never put in.
    pub(crate) fn get(&self, number: u32) -> &str {
        std::str::from_utf8(self.bytes(number)).unwrap_or_default()
    }
}

fn slice<'b>(bytes: &'b [u8], ends: &[u64], number: u32) -> &'b [u8] {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] as usize };
    &bytes[start..ends[number] as usize]
}

/// Texts in one buffer, one after the other, not looked for.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u64>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u64);
    }

    pub(crate) fn bytes(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        std::str::from_utf8(self.bytes(number)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut interner = Interner::default();
        for (text, number) in [("a", 0), ("", 1), ("b", 2), ("a", 0), ("", 1)] {
            assert_eq!(interner.intern(text.as_bytes(), hash(text.as_bytes())).unwrap(), number);
        }
        assert_eq!(interner.len(), 3);
        assert_eq!((interner.get(0), interner.get(1), interner.get(2)), ("a", "", "b"));
    }

    #[test]
    fn texts_of_one_hash_stay_apart() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern(b"a", 7).unwrap(), 0);
        assert_eq!(interner.intern(b"b", 7).unwrap(), 1);
        assert_eq!(interner.intern(b"a", 7).unwrap(), 0);
    }
}

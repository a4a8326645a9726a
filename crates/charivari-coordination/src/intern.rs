//! Texts that are kept once and known by a number.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::error::Error;

/// How many texts are looked for at once: enough to hide the waiting, few enough for the cache.
pub(crate) const TOGETHER: usize = 128;

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

    /// Numbers `texts`, in their order, as [`Interner::intern`] one by one would.
    ///
    /// Nearly every look into a large table waits for memory, so each step is taken for many texts
    /// before the next: the processor then waits for all of them at once.
    ///
    /// # Errors
    /// `E0412` after 2^32 − 1 texts.
    pub(crate) fn intern_all<'t, T>(
        &mut self,
        texts: &[T],
        text_of: impl Fn(&T) -> (&'t [u8], u64),
        numbers: &mut Vec<u32>,
    ) -> Result<(), Error> {
        let mut likely: Vec<Option<u32>> = Vec::with_capacity(TOGETHER);
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(TOGETHER);
        for texts in texts.chunks(TOGETHER) {
            likely.clear();
            likely.extend(texts.iter().map(|text| {
                let hash = text_of(text).1;
                let known = self.table.find(hash, |(_, other)| *other == pack(hash));
                known.map(|(number, _)| *number)
            }));
            ranges.clear();
            let range = |number: &Option<u32>| number.map(|number| range_of(&self.ends, number));
            ranges.extend(likely.iter().map(|number| range(number).unwrap_or_default()));
            for ((text, likely), range) in texts.iter().zip(&mut likely).zip(&ranges) {
                *likely = likely.filter(|_| self.bytes[range.clone()] == *text_of(text).0);
            }
            for (text, likely) in texts.iter().zip(&likely) {
                let (text, hash) = text_of(text);
                numbers.push(match likely {
                    Some(number) => *number,
                    None => self.intern(text, hash)?,
                });
            }
        }
        Ok(())
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
    &bytes[range_of(ends, number)]
}

fn range_of(ends: &[u64], number: u32) -> Range<usize> {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] as usize };
    start..ends[number] as usize
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
    fn many_texts_at_once_get_the_numbers_that_they_would_get_one_by_one() {
        let texts: Vec<String> = (0..1_000).map(|n| format!("text {}", n * n % 389)).collect();
        // Few hashes, so that many texts share one.
        for hash_of in [|text: &str| hash(text.as_bytes()), |text: &str| text.len() as u64] {
            let (mut one, mut many) = (Interner::default(), Interner::default());
            let expected: Vec<u32> = texts
                .iter()
                .map(|text| one.intern(text.as_bytes(), hash_of(text)).unwrap())
                .collect();
            let mut met = Vec::new();
            let keyed: Vec<(&[u8], u64)> =
                texts.iter().map(|text| (text.as_bytes(), hash_of(text))).collect();
            many.intern_all(&keyed, |key| *key, &mut met).unwrap();
            assert_eq!(met, expected);
            assert_eq!(many.bytes, one.bytes);
        }
    }

    #[test]
    fn texts_of_one_hash_stay_apart() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern(b"a", 7).unwrap(), 0);
        assert_eq!(interner.intern(b"b", 7).unwrap(), 1);
        assert_eq!(interner.intern(b"a", 7).unwrap(), 0);
    }
}

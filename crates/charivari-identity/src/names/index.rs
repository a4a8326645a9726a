//! Which of the protected could an account be like? Found by keys, not by comparing with all.
//!
//! Every key is a 64-bit hash of letters of a skeleton. Those of the protected lie in one table
//! with, before it, a bitmap that says no to almost every key that is not there. An account is
//! looked up with its name and handle as they are, with words taken off, with sorted words, by
//! sound, with each letter left out, and with each part that a name could begin at.

use hashbrown::HashMap;

use charivari_text::skeleton;

use super::compare::own_order;
use super::forms::{Form, INSIDE, Names, Reads, without_digits};
use super::sound::{self, Script};
use crate::Account;

/// Bits of the bitmap: 512 KiB, which stays in a core's cache.
const BITS: usize = 1 << 22;

/// The multiplier of the polynomial that hashes letters; odd, and of no structure.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Keys of all who are protected.
#[derive(Clone, Debug)]
pub struct Index {
    bitmap: Vec<u64>,
    table: HashMap<u64, Vec<u32>, foldhash::fast::FixedState>,
    /// Whether names in other than Latin letters are protected, vowelled and not.
    other: [bool; 2],
}

impl Index {
    /// The index of these, in their order.
    pub fn new(all: &[Names]) -> Self {
        let mut index =
            Self { bitmap: vec![0; BITS / 64], table: HashMap::default(), other: [false; 2] };
        for (number, names) in all.iter().enumerate() {
            for form in &names.forms {
                index.add_form(form, number as u32);
            }
        }
        for numbers in index.table.values_mut() {
            numbers.sort_unstable();
            numbers.dedup();
        }
        index
    }

    fn add_form(&mut self, form: &Form, number: u32) {
        self.other[0] |= form.script == Script::Alphabet;
        self.other[1] |= form.script == Script::Abjad;
        self.add(hash(&form.letters), number);
        self.add(hash(&form.sorted.concat()) ^ SORTED, number);
        let core = own_order(form).concat();
        if core.len() >= 6 {
            self.add(hash(&core), number);
        }
        if !form.vowelled.is_empty() {
            self.add(hash(&form.vowelled) ^ SOUND, number);
        }
        for key in form.consonants.iter().filter(|key| !key.is_empty()) {
            self.add(hash(key) ^ CONSONANTS, number);
        }
        if form.letters.chars().count() >= INSIDE {
            let letters: Vec<char> = form.letters.chars().collect();
            for_deletions(&letters, |key| self.add(key ^ DELETED, number));
            self.add(hash(&form.letters) ^ DELETED, number);
            let first: String = letters[..INSIDE].iter().collect();
            self.add(hash(&first) ^ INNER, number);
        }
        // The longest word stands for all of them.
        let longest = form.sorted.iter().max_by_key(|word| (word.len(), *word));
        if let Some(word) = longest.filter(|word| word.len() >= 4) {
            self.add(hash(word) ^ WORD, number);
        }
    }

    fn add(&mut self, key: u64, number: u32) {
        let bit = place(key);
        self.bitmap[bit / 64] |= 1 << (bit % 64);
        self.table.entry(key).or_default().push(number);
    }

    fn look(&self, key: u64, found: &mut Vec<u32>) {
        let bit = place(key);
        if self.bitmap[bit / 64] >> (bit % 64) & 1 == 1
            && let Some(numbers) = self.table.get(&key)
        {
            found.extend_from_slice(numbers);
        }
    }

    /// Those whom the account could be like, by number; a few too many, none too few.
    pub fn candidates(&self, account: &Account<'_>) -> Vec<u32> {
        let mut found = Vec::new();
        for text in [account.name.unwrap_or_default(), account.bare_handle()] {
            if !text.is_empty() {
                self.of_text(text, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn of_text(&self, text: &str, found: &mut Vec<u32>) {
        let reads = Reads::new(text);
        self.look(hash(&reads.letters), found);
        if reads.words.len() > 1 {
            self.look(hash(&reads.sorted().concat()) ^ SORTED, found);
        }
        self.of_letters(&reads.letters, found);
        if let Some((rest, _)) = reads.stripped() {
            self.look(hash(&rest), found);
            self.neighbours(&rest, found);
        }
        if let Some(bare) = without_digits(text) {
            self.look(hash(&skeleton::letters(bare)), found);
        }
        for word in reads.words.iter().filter(|word| word.len() >= 4) {
            self.look(hash(word) ^ WORD, found);
        }
        self.of_sound(text, reads.words.len(), found);
    }

    fn of_sound(&self, text: &str, words: usize, found: &mut Vec<u32>) {
        if words < 2 {
            return;
        }
        let script = sound::script(text);
        let latin = script == Script::Latin;
        if script == Script::Alphabet || (latin && self.other[0]) {
            self.look(hash(&sound::vowelled(text)) ^ SOUND, found);
        }
        if script == Script::Abjad || (self.other[1] && script != Script::Other) {
            for soft in [false, true] {
                self.look(hash(&sound::consonants(text, soft)) ^ CONSONANTS, found);
            }
        }
    }

    /// Neighbours at one deletion on either side, and names that begin inside.
    fn of_letters(&self, letters: &str, found: &mut Vec<u32>) {
        self.neighbours(letters, found);
        let all: Vec<char> = letters.chars().collect();
        for window in all.windows(INSIDE) {
            self.look(hash_of(window.iter().copied()) ^ INNER, found);
        }
    }

    fn neighbours(&self, letters: &str, found: &mut Vec<u32>) {
        let all: Vec<char> = letters.chars().collect();
        if all.len() + 2 >= INSIDE && all.len() <= 64 {
            self.look(hash(letters) ^ DELETED, found);
            for_deletions(&all, |key| self.look(key ^ DELETED, found));
        }
    }
}

/// Keys of different kinds must not meet.
const SORTED: u64 = 1 << 40;
const SOUND: u64 = 2 << 40;
const CONSONANTS: u64 = 3 << 40;
const DELETED: u64 = 4 << 40;
const INNER: u64 = 5 << 40;
const WORD: u64 = 6 << 40;

fn hash(letters: &str) -> u64 {
    hash_of(letters.chars())
}

fn hash_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |sum: u64, c| sum.wrapping_mul(BASE).wrapping_add(u64::from(c) + 1))
}

fn place(key: u64) -> usize {
    (key.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 42) as usize % BITS
}

/// The hashes of the letters with each one left out, each from the one before.
fn for_deletions(letters: &[char], mut tell: impl FnMut(u64)) {
    let value = |c: char| u64::from(c) + 1;
    let mut powers = 1_u64;
    // From the end: the hash of what follows, and the power that lifts what stands before it.
    let mut before: Vec<u64> = Vec::with_capacity(letters.len() + 1);
    before.push(0);
    for c in letters {
        let last = before.last().copied().unwrap_or_default();
        before.push(last.wrapping_mul(BASE).wrapping_add(value(*c)));
    }
    let mut after = 0_u64;
    for (at, c) in letters.iter().enumerate().rev() {
        tell(before[at].wrapping_mul(powers).wrapping_add(after));
        after = after.wrapping_add(value(*c).wrapping_mul(powers));
        powers = powers.wrapping_mul(BASE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_deletions_are_those_of_the_rest() {
        let letters: Vec<char> = "lanterne".chars().collect();
        let mut hashes = Vec::new();
        for_deletions(&letters, |key| hashes.push(key));
        hashes.reverse();
        for (at, key) in hashes.iter().enumerate() {
            let rest: String =
                letters.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| *c).collect();
            assert_eq!(*key, hash(&rest), "{rest}");
        }
    }
}

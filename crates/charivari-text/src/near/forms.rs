//! Texts that have one near key are one form, kept once.

use hashbrown::HashTable;
use rayon::prelude::*;

use super::cluster::{Clusters, NONE, Options};
use super::key::{KeyMaker, MIN_WEIGHT};
use crate::normalise::digest_of_normalised;

/// So many characters of a near key are kept and compared; the digest is of all of them.
///
/// Comparing costs the product of the lengths, so that a single book among the posts must not
/// stop a run. The longest posts of large platforms have about 4,000 characters.
pub const COMPARED_CHARS: usize = 4_096;

/// The digest of a whole near key.
pub(super) type Digest = [u8; 16];

/// So many texts are made into keys by one thread at a time.
const CHUNK: usize = 2_048;

/// The texts to be clustered, of which only near keys are kept, each once.
///
/// Texts are numbered from 0 in the order in which they come. Memory: 4 bytes for each text, and
/// its key and some 35 bytes for each distinct one; [`Texts::cluster`] needs some 120 bytes more
/// for each distinct one while it runs.
#[derive(Clone, Debug)]
pub struct Texts {
    /// Near keys that weigh less are put aside.
    min_weight: usize,
    /// The form of each text, or [`NONE`] when it is too short.
    pub(super) form_of: Vec<u32>,
    pub(super) forms: Forms,
    maker: KeyMaker,
}

/// The distinct near keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    /// The keys, cut to [`COMPARED_CHARS`], end to end.
    pub(super) arena: String,
    /// Where each key ends in `arena`.
    pub(super) ends: Vec<usize>,
    pub(super) digests: Vec<Digest>,
    /// How many texts have this key.
    pub(super) copies: Vec<u32>,
    /// From digest to form.
    index: HashTable<u32>,
}

/// The keys of some texts, made by one thread.
#[derive(Default)]
struct Batch {
    arena: String,
    /// Where the kept part of each key ends in `arena`, and its digest; nothing when too short.
    keys: Vec<Option<(usize, Digest)>>,
}

impl Default for Texts {
    fn default() -> Self {
        Self::with_min_weight(MIN_WEIGHT)
    }
}

impl Texts {
    /// No texts yet; near keys that weigh less than [`MIN_WEIGHT`] will be put aside.
    pub fn new() -> Self {
        Self::default()
    }

    /// No texts yet; near keys of less than this [`weight`](super::weight) will be put aside.
    /// Below [`MIN_WEIGHT`] texts begin to be alike by chance.
    pub fn with_min_weight(min_weight: usize) -> Self {
        Self { min_weight, form_of: Vec::new(), forms: Forms::default(), maker: KeyMaker::new() }
    }

    /// Adds one text as it was posted.
    ///
    /// At most `u32::MAX` − 1 texts can be told apart; further ones are passed over.
    pub fn push(&mut self, text: &str) {
        let mut batch = Batch::default();
        batch.add(&mut self.maker, self.min_weight, text);
        self.take(&batch);
    }

    /// Adds many texts at once, making their keys on all threads of the current pool.
    pub fn extend<S: AsRef<str> + Sync>(&mut self, texts: &[S]) {
        let min_weight = self.min_weight;
        // Some chunks at a time, so that only their keys are in memory twice.
        for part in texts.chunks(CHUNK * 64) {
            let batches: Vec<Batch> =
                part.par_chunks(CHUNK).map(|texts| Batch::of(texts, min_weight)).collect();
            for batch in &batches {
                self.take(batch);
            }
        }
    }

    /// How many texts were added.
    pub fn len(&self) -> usize {
        self.form_of.len()
    }

    /// Whether no text was added.
    pub fn is_empty(&self) -> bool {
        self.form_of.is_empty()
    }

    /// Takes out texts that turned out not to count, as if they had been too short.
    pub fn leave_out(&mut self, left_out: impl Fn(usize) -> bool) {
        for (text, form) in self.form_of.iter_mut().enumerate() {
            if *form != NONE && left_out(text) {
                self.forms.copies[*form as usize] -= 1;
                *form = NONE;
            }
        }
        let renumbered = self.forms.compact();
        for form in self.form_of.iter_mut().filter(|form| **form != NONE) {
            *form = renumbered[*form as usize];
        }
    }

    /// Finds the clusters, on all threads of the current pool.
    pub fn cluster(self, options: Options) -> Clusters {
        super::cluster::cluster(self, options)
    }

    fn take(&mut self, batch: &Batch) {
        let mut start = 0;
        for key in &batch.keys {
            if self.form_of.len() >= NONE as usize {
                return;
            }
            let form = key.map_or(NONE, |(end, digest)| {
                let key = &batch.arena[start..end];
                start = end;
                self.forms.intern(key, digest)
            });
            self.form_of.push(form);
        }
    }
}

impl Batch {
    fn of<S: AsRef<str>>(texts: &[S], min_weight: usize) -> Self {
        let mut maker = KeyMaker::new();
        let mut batch = Self::default();
        for text in texts {
            batch.add(&mut maker, min_weight, text.as_ref());
        }
        batch
    }

    fn add(&mut self, maker: &mut KeyMaker, min_weight: usize, text: &str) {
        let start = self.arena.len();
        if maker.key_into(text, &mut self.arena) < min_weight {
            self.arena.truncate(start);
            self.keys.push(None);
            return;
        }
        let key = &self.arena[start..];
        let digest = digest_of_normalised(key);
        let kept = key.char_indices().nth(COMPARED_CHARS).map_or(key.len(), |(at, _)| at);
        self.arena.truncate(start + kept);
        self.keys.push(Some((start + kept, digest)));
    }
}

impl Forms {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn key(&self, form: usize) -> &str {
        let start = form.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.arena[start..self.ends[form]]
    }

    fn intern(&mut self, key: &str, digest: Digest) -> u32 {
        let Self { arena, ends, digests, copies, index } = self;
        let entry = index.entry(
            hash(&digest),
            |&form| digests[form as usize] == digest,
            |&form| hash(&digests[form as usize]),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => {
                let form = *entry.get();
                copies[form as usize] += 1;
                form
            }
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let form = ends.len() as u32;
                entry.insert(form);
                arena.push_str(key);
                ends.push(arena.len());
                digests.push(digest);
                copies.push(1);
                form
            }
        }
    }

    /// Drops the forms of which no text is left; gives the new number of each.
    fn compact(&mut self) -> Vec<u32> {
        let mut kept = Self::default();
        let mut renumbered = vec![NONE; self.len()];
        for (form, number) in renumbered.iter_mut().enumerate() {
            if self.copies[form] > 0 {
                *number = kept.len() as u32;
                kept.arena.push_str(self.key(form));
                kept.ends.push(kept.arena.len());
                kept.digests.push(self.digests[form]);
                kept.copies.push(self.copies[form]);
            }
        }
        *self = kept;
        renumbered
    }

    /// Frees what only adding needs.
    pub(super) fn close(&mut self) {
        self.index = HashTable::new();
    }
}

/// A cryptographic digest is its own hash.
fn hash(digest: &Digest) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(bytes)
}

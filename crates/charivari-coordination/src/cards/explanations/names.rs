//! The name that a group's posts are about: the hashtag or the account they carry most.

use std::collections::BTreeMap;

use crate::behaviours::by_name;
use crate::cards::material::Left;
use crate::store::Store;

/// The hashtag or account that most posts of a group carry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Name {
    /// `#hashtag` or `@account`.
    pub name: String,
    /// The share of the group's posts that carry it, from 0 to 1.
    pub share: f64,
    /// How many of the group's accounts used it.
    pub accounts: u32,
}

/// What one name has.
#[derive(Clone, Copy, Default)]
struct Count {
    posts: u32,
    accounts: u32,
    last_account: Option<u32>,
}

/// The most frequent name; none where the posts carry none that was read.
pub(super) fn of(store: &Store, left: &Left) -> Option<Name> {
    let layer = |name: &str| by_name(name).map(|(layer, _)| layer as u8);
    let (hashtag, mention) = (layer("hashtag"), layer("mention"));
    let sequence = layer("hashtag-sequence");
    let mut single: Vec<(u32, u32, u32)> = Vec::new();
    let mut in_sequence: BTreeMap<&str, Count> = BTreeMap::new();
    for (account, _, row) in &left.posts {
        for object in store.touches_of(*row) {
            let of_object = store.objects.bytes(*object).first().copied();
            if of_object.is_some() && (of_object == hashtag || of_object == mention) {
                single.push((*object, *account, *row));
            } else if of_object.is_some() && of_object == sequence {
                for word in words(store, *object) {
                    in_sequence.entry(word).or_default().add(*account);
                }
            }
        }
    }
    single.sort_unstable();
    let mut best: Option<(Count, String)> = None;
    for run in single.chunk_by(|a, b| a.0 == b.0) {
        let mut count = Count::default();
        for (_, account, _) in run {
            count.add(*account);
        }
        if best.as_ref().is_none_or(|(best, _)| count.posts >= best.posts) {
            let sign =
                if store.objects.bytes(run[0].0).first().copied() == hashtag { '#' } else { '@' };
            let text = store.objects.get(run[0].0).get(1..).unwrap_or_default();
            take_better(&mut best, count, format!("{sign}{text}"));
        }
    }
    for (word, count) in &in_sequence {
        if best.as_ref().is_none_or(|(best, _)| count.posts > best.posts) {
            take_better(&mut best, *count, format!("#{word}"));
        }
    }
    let (count, name) = best?;
    let share = f64::from(count.posts) / left.posts.len().max(1) as f64;
    Some(Name { name, share: share.min(1.0), accounts: count.accounts })
}

/// Of equally frequent names the first by the alphabet: numbers of objects are no content.
fn take_better(best: &mut Option<(Count, String)>, count: Count, name: String) {
    let better = best.as_ref().is_none_or(|(other, known)| {
        count.posts > other.posts || count.posts == other.posts && name < *known
    });
    if better {
        *best = Some((count, name));
    }
}

impl Count {
    /// Posts come account by account.
    fn add(&mut self, account: u32) {
        self.posts += 1;
        self.accounts += u32::from(self.last_account != Some(account));
        self.last_account = Some(account);
    }
}

/// The hashtags of a sequence, each once.
fn words(store: &Store, object: u32) -> Vec<&str> {
    let text = store.objects.get(object).get(1..).unwrap_or_default();
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

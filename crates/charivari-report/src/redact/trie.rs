//! Many strings looked for at once in one pass over a text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fold::{folded, is_word};

/// Strings, each with what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Trie<T> {
    steps: BTreeMap<(u32, char), u32>,
    ends: Vec<Option<(T, bool)>>,
}

impl<T: Clone> Trie<T> {
    /// Holds nothing yet.
    pub(super) fn new() -> Self {
        Self { steps: BTreeMap::new(), ends: vec![None] }
    }

    /// Adds a folded string; the first meaning of a string stays. `anywhere` is whether it counts
    /// inside of longer words too.
    pub(super) fn add(&mut self, folded: &str, meaning: T, anywhere: bool) {
        let mut at = 0_u32;
        for c in folded.chars() {
            let next = self.ends.len() as u32;
            let step = *self.steps.entry((at, c)).or_insert(next);
            if step == next {
                self.ends.push(None);
            }
            at = step;
        }
        if at > 0 {
            self.ends[at as usize].get_or_insert((meaning, anywhere));
        }
    }

    /// The places of all strings in a text, the longest at each start.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, T)> {
        let folded = folded(text);
        let mut found = Vec::new();
        for first in 0..folded.len() {
            let begins = first == 0 || !is_word(folded[first - 1].c) || !is_word(folded[first].c);
            let (mut at, mut longest) = (0_u32, None);
            for (offset, step) in folded[first..].iter().enumerate() {
                let Some(next) = self.steps.get(&(at, step.c)) else { break };
                at = *next;
                let Some((meaning, anywhere)) = &self.ends[at as usize] else { continue };
                let after = folded.get(first + offset + 1);
                let ends = !after.is_some_and(|after| is_word(after.c)) || !is_word(step.c);
                if *anywhere || (begins && ends) {
                    longest = Some((folded[first].start..step.end, meaning.clone()));
                }
            }
            found.extend(longest);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_string_is_found_and_words_only_whole() {
        let mut trie = Trie::new();
        for (string, anywhere) in [("news", false), ("news_7", true), ("火曜", true)] {
            trie.add(string, string, anywhere);
        }
        let found = |text| trie.find(text).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(found("the NEWS, newspaper, xnews_7x"), ["news", "news_7"]);
        assert_eq!(found("は火曜に"), ["火曜"]);
        assert!(found("").is_empty());
    }
}

//! How common the words of a name are in a file.

use charivari_text::skeleton;
use hashbrown::HashMap;

use super::forms::{Names, words};

/// The words of all protected names, to be counted.
#[derive(Debug)]
pub(crate) struct NameWords {
    places: HashMap<String, u32, foldhash::fast::FixedState>,
    /// The words of each name of each one who is protected.
    names: Vec<Vec<Vec<u32>>>,
}

impl NameWords {
    pub(crate) fn of(names: &[Names]) -> Self {
        let mut places: HashMap<String, u32, foldhash::fast::FixedState> = HashMap::default();
        let names = names.iter().map(|names| {
            let genuine = names.forms.iter().filter(|form| form.changed.is_empty());
            let number = |word: &String| {
                let next = places.len() as u32;
                *places.entry(word.clone()).or_insert(next)
            };
            let mut number = number;
            genuine.map(|form| form.sorted.iter().map(&mut number).collect()).collect()
        });
        let names = names.collect();
        Self { places, names }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Counts the words of one display name.
    pub(crate) fn count(&self, name: &str, counts: &mut [u32]) {
        let mut key = String::new();
        for word in words(name) {
            key.clear();
            skeleton::of_into(word, &mut key);
            if let Some(place) = self.places.get(&key) {
                counts[*place as usize] += 1;
            }
        }
    }

    /// How often all words of a name would meet in one account if they met by chance alone, for
    /// each one who is protected; of several names the most common.
    ///
    /// A word that was not met is taken to stand in half an account, and a small file says little:
    /// it is filled up with a thousand accounts that have none of the words.
    pub(crate) fn rates(&self, counts: &[u32], accounts: usize) -> Vec<f64> {
        let share =
            |place: &u32| (f64::from(counts[*place as usize]) + 0.5) / (accounts as f64 + 1_000.0);
        let of_name = |words: &Vec<u32>| {
            // A single word would be as common as itself: handles and one-word names are taken
            // for what simulation says of them.
            if words.len() < 2 { 0.0 } else { words.iter().map(share).product() }
        };
        self.names.iter().map(|all| all.iter().map(of_name).fold(0.0, f64::max)).collect()
    }
}

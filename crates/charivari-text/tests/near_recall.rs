//! How many edited copies of real posts are found, by how much was changed.

use std::fs::File;

use charivari_text::near::{MIN_WEIGHT, NONE, Options, Texts, near_key, similarity, weight};

const FILE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/coordination/ira_slice.csv.xz");

/// So many copies are made.
const COPIES: usize = 20_000;

/// A linear congruential generator: the same copies on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    /// The text with a twentieth to three tenths of its words dropped, put in or exchanged for
    /// words of other posts.
    fn edit(&mut self, text: &str, others: &[String]) -> String {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        for _ in 0..=words.len() * (5 + self.below(26)) / 100 {
            let other = others[self.below(others.len())].split_whitespace().next().unwrap_or("");
            let at = self.below(words.len().max(1));
            match self.below(3) {
                0 if words.len() > 3 => drop(words.remove(at)),
                1 if !words.is_empty() => words[at] = other,
                _ => words.insert(at, other),
            }
        }
        words.join(" ")
    }
}

/// The posts, or nothing where the folder is absent.
#[allow(clippy::print_stderr, reason = "what a test passes over must be seen")]
fn posts() -> Option<Vec<String>> {
    let Ok(file) = File::open(FILE) else {
        eprintln!("passed over: ../shared/data/coordination is absent");
        return None;
    };
    let mut rows = csv::Reader::from_reader(lzma_rust2::XzReader::new(file, true));
    Some(rows.records().flatten().map(|row| row[2].to_owned()).collect())
}

#[test]
fn edited_copies_among_real_posts() {
    let Some(posts) = posts() else { return };
    let mut dice = Dice(1);
    let sources: Vec<usize> = (0..COPIES).map(|_| dice.below(posts.len())).collect();
    let copies: Vec<String> =
        sources.iter().map(|&source| dice.edit(&posts[source], &posts)).collect();
    let mut texts = Texts::new();
    texts.extend(&posts);
    texts.extend(&copies);
    let clusters = texts.cluster(Options::default());
    // Similarities from 0.7 by tenths: pairs, and those in one cluster.
    let mut bands = [(0_u32, 0_u32); 3];
    for (place, (copy, &source)) in copies.iter().zip(&sources).enumerate() {
        let (copy, text) = (near_key(copy), near_key(&posts[source]));
        let alike = similarity(&copy, &text);
        if alike <= 0.7 || weight(&copy).min(weight(&text)) < MIN_WEIGHT {
            continue;
        }
        let of = clusters.of[posts.len() + place];
        let (all, found) = &mut bands[usize::from(alike > 0.8) + usize::from(alike > 0.9)];
        *all += 1;
        *found += u32::from(of != NONE && of == clusters.of[source]);
    }
    println!("{bands:?} {:?}", clusters.counts);
    for ((all, found), least) in bands.into_iter().zip([950, 985, 985]) {
        assert!(all > 1_000 && found * 1_000 >= all * least, "{found} of {all}");
    }
}

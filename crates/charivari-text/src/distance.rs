//! How alike are two strings? A thin layer that fixes units and ranges.
//!
//! All functions count Unicode code points, not bytes and not what a reader sees as one
//! character; callers who want case, invisible characters or compatibility forms disregarded
//! normalise first ([`crate::normalise`]). Similarities run from 0 (nothing in common) to 1
//! (equal; two empty strings are equal). All are symmetric.
//!
//! Time grows with the product of the lengths, divided by 64 (bit-parallel); memory with their
//! sum. A caller with hostile strings holds a maximum length.

use rapidfuzz::distance::{indel, jaro_winkler, levenshtein, osa};

/// Levenshtein distance: the least number of insertions, deletions and substitutions of a code
/// point that turn `a` into `b`; 0 to the longer length.
pub fn levenshtein(a: &str, b: &str) -> usize {
    levenshtein::distance(a.chars(), b.chars())
}

/// Levenshtein distance if it is at most `max`, else nothing; much faster for small `max`.
pub fn levenshtein_within(a: &str, b: &str, max: usize) -> Option<usize> {
    let args = levenshtein::Args::default().score_cutoff(max);
    levenshtein::distance_with_args(a.chars(), b.chars(), &args)
}

/// Levenshtein similarity: 1 − distance ÷ longer length; 0 to 1.
pub fn levenshtein_similarity(a: &str, b: &str) -> f64 {
    let longer = a.chars().count().max(b.chars().count());
    if longer == 0 { 1.0 } else { 1.0 - levenshtein(a, b) as f64 / longer as f64 }
}

/// Damerau–Levenshtein distance in its restricted form (optimal string alignment): as
/// [`levenshtein()`], and swapping two neighbours counts 1; no substring is edited twice, so it is
/// no metric. 0 to the longer length.
pub fn damerau_osa(a: &str, b: &str) -> usize {
    osa::distance(a.chars(), b.chars())
}

/// Jaro–Winkler similarity, with a prefix weight of 0.1 over at most four code points, applied
/// where the Jaro similarity is above 0.7 (Winkler 1990); 0 to 1. Meant for short names.
pub fn jaro_winkler(a: &str, b: &str) -> f64 {
    jaro_winkler::similarity(a.chars(), b.chars())
}

/// Indel ratio: 1 − (insertions + deletions) ÷ (sum of lengths), which is twice the longest
/// common subsequence ÷ sum of lengths; 0 to 1. Milder than [`levenshtein_similarity`] on texts
/// to which something was added.
pub fn indel_ratio(a: &str, b: &str) -> f64 {
    indel::normalized_similarity(a.chars(), b.chars())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(levenshtein("kitten", "sitting"), 3);
        assert_eq!(levenshtein("", "abc"), 3);
        assert_eq!(levenshtein("火事", "火山"), 1, "code points, not bytes");
        assert_eq!(levenshtein_within("kitten", "sitting", 3), Some(3));
        assert_eq!(levenshtein_within("kitten", "sitting", 2), None);
        assert_eq!(damerau_osa("abcd", "abdc"), 1);
        assert_eq!(damerau_osa("ca", "abc"), 3, "the restricted form");
        for (value, expected) in [
            (levenshtein_similarity("kitten", "sitting"), 1.0 - 3.0 / 7.0),
            (levenshtein_similarity("", ""), 1.0),
            (levenshtein_similarity("a", ""), 0.0),
            (jaro_winkler("MARTHA", "MARHTA"), 0.961_111),
            (jaro_winkler("DIXON", "DICKSONX"), 0.813_333),
            (jaro_winkler("", ""), 1.0),
            (jaro_winkler("a", "b"), 0.0),
            (indel_ratio("this is a test", "this is a test!"), 28.0 / 29.0),
            (indel_ratio("", ""), 1.0),
            (indel_ratio("a", "b"), 0.0),
        ] {
            assert!((value - expected).abs() < 1e-6, "{value} {expected}");
        }
    }

    /// The textbook's table, as the reference.
    fn plain_levenshtein(a: &str, b: &str) -> usize {
        let b: Vec<char> = b.chars().collect();
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.chars().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, &y) in b.iter().enumerate() {
                let best = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
                diagonal = row[j + 1];
                row[j + 1] = best;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn ranges_and_symmetry(a in "[abéфж火 ]{0,80}", b in "[abéфж火 ]{0,80}") {
            prop_assert_eq!(levenshtein(&a, &b), plain_levenshtein(&a, &b));
            prop_assert!(damerau_osa(&a, &b) <= levenshtein(&a, &b));
            for similarity in [levenshtein_similarity, jaro_winkler, indel_ratio] {
                let value = similarity(&a, &b);
                prop_assert!((0.0..=1.0).contains(&value));
                prop_assert!((value - similarity(&b, &a)).abs() < 1e-9);
                prop_assert!((similarity(&a, &a) - 1.0).abs() < 1e-12);
            }
        }
    }
}

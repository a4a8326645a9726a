//! Of which kind is a pair of texts that say the same: copied, reworded or translated?

use crate::distance::levenshtein;

/// Above this similarity of their near keys, two texts of one language are copies with edits.
///
/// The threshold of D3lta's published notebook; its program has 0.693 by default. At both, a
/// negation makes no difference: "the data are genuine" and "the data are not genuine" are
/// near-copies.
pub const SIMILARITY: f64 = 0.7;

/// How two texts relate that are already known to say the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PairKind {
    /// The languages are the same and the texts are alike letter by letter.
    CopyPaste,
    /// The languages are the same, the letters are not.
    Rewording,
    /// The languages differ.
    Translation,
}

impl PairKind {
    /// The name in D3lta's tables: `copy-pasta`, `rewording`, `translation`.
    pub fn d3lta_name(self) -> &'static str {
        match self {
            Self::CopyPaste => "copy-pasta",
            Self::Rewording => "rewording",
            Self::Translation => "translation",
        }
    }
}

/// The kind of a pair: `a` and `b` are near keys with the codes of their languages, `threshold`
/// is a similarity from 0 to 1 ([`SIMILARITY`]) that must be passed, not only reached.
///
/// An unknown language (the empty code) counts as the other's: without a language nothing speaks
/// for a translation. D3lta takes unknown and French for two languages.
///
/// Source: D3lta (VIGINUM), step 3 of its method.
pub fn kind(a: (&str, &str), b: (&str, &str), threshold: f64) -> PairKind {
    let ((a, a_language), (b, b_language)) = (a, b);
    if a_language != b_language && !a_language.is_empty() && !b_language.is_empty() {
        PairKind::Translation
    } else if similarity(a, b) > threshold {
        PairKind::CopyPaste
    } else {
        PairKind::Rewording
    }
}

/// How alike two near keys are: 1 − Levenshtein distance ÷ length of the longer, in characters;
/// 0 to 1, symmetric.
pub fn similarity(a: &str, b: &str) -> f64 {
    of_distance(levenshtein(a, b), a.chars().count().max(b.chars().count()))
}

/// The similarity that a distance means, where the longer text has so many characters.
pub(super) fn of_distance(distance: usize, longer: usize) -> f64 {
    if longer == 0 { 1.0 } else { 1.0 - distance as f64 / longer as f64 }
}

/// The greatest distance that still passes the threshold, where the longer text has so many
/// characters; nothing when even equal texts do not.
pub(super) fn max_distance(threshold: f64, longer: usize) -> Option<usize> {
    // The same formula as for pairs decides, so that rounding cannot tell the two apart.
    let passing = |distance: usize| of_distance(distance, longer) > threshold;
    let (mut low, mut high) = (0, longer + 1);
    while low < high {
        let middle = low.midpoint(high);
        if middle <= longer && passing(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low.checked_sub(1)
}

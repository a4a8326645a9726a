//! The statistics of letters: which sort of word a column of unknown words is made of.
//!
//! Runs of two and three letters, ends and beginnings of words above all, differ between given names,
//! family names and places of one language. One word says little; hundreds say enough.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::lexicon::{LANGUAGES, words};
use super::plain;

/// The sorts of words that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Given,
    Family,
    City,
    Common,
}

impl Sort {
    pub(crate) const ALL: [Self; 4] = [Self::Given, Self::Family, Self::City, Self::Common];
}

/// What one language's words are like.
#[derive(Default)]
struct Model {
    code: &'static str,
    /// How often a run of letters occurs in each sort.
    runs: BTreeMap<[char; 3], [f32; 4]>,
    totals: [f32; 4],
    known: BTreeMap<String, [bool; 4]>,
}

/// What the words of a column are like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Likeness {
    /// The language whose words they resemble most.
    pub(crate) language: &'static str,
    /// How likely they are of each sort, compared with the others; adds up to 1.
    pub(crate) sorts: [f64; 4],
    /// The share of words that stand in the lexicon of each sort.
    pub(crate) known: [f64; 4],
}

fn models() -> &'static [Model] {
    static MODELS: OnceLock<Vec<Model>> = OnceLock::new();
    MODELS.get_or_init(|| LANGUAGES.iter().map(model).collect())
}

fn model(language: &'static super::lexicon::Language) -> Model {
    let mut model = Model { code: language.code, ..Model::default() };
    let lists = [language.given, language.family, language.city, language.common];
    for (sort, list) in lists.into_iter().enumerate() {
        for word in words(list) {
            let word = plain(&word);
            for run in runs(&word) {
                model.runs.entry(run).or_default()[sort] += 1.0;
                model.totals[sort] += 1.0;
            }
            model.known.entry(word).or_default()[sort] = true;
        }
    }
    model
}

/// Runs of three letters and, at the edges, of two; `^` and `$` are the edges of a word.
fn runs(text: &str) -> Vec<[char; 3]> {
    let mut all = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let letters: Vec<char> =
            std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect();
        all.extend(letters.windows(3).map(|run| [run[0], run[1], run[2]]));
        all.extend(letters.windows(2).map(|run| [run[0], run[1], ' ']));
        let end = letters.len();
        if end >= 6 {
            all.push(['>', letters[end - 4], letters[end - 3]]);
        }
    }
    // What joins the words of a place or of a double name says something too.
    if text.contains('-') || text.contains(' ') {
        all.push(['+', if text.contains('-') { '-' } else { ' ' }, '+']);
    }
    all
}

impl Model {
    /// How well the runs fit each sort, each as a mean of logarithms over the runs.
    fn fit(&self, runs: &[[char; 3]]) -> [f64; 4] {
        const PRIOR: f32 = 0.4;
        const SPACE: f32 = 4_000.0;
        let mut sums = [0.0_f64; 4];
        for run in runs {
            let counts = self.runs.get(run).copied().unwrap_or_default();
            for ((sum, count), total) in sums.iter_mut().zip(counts).zip(self.totals) {
                *sum += f64::from(((count + PRIOR) / (total + PRIOR * SPACE)).ln());
            }
        }
        sums.map(|sum| sum / runs.len().max(1) as f64)
    }
}

/// What the words of a column are like; each word counts once.
pub(crate) fn likeness(distinct: &[String]) -> Likeness {
    let of_word: Vec<Vec<[char; 3]>> = distinct.iter().map(|word| runs(word)).collect();
    let mut best: Option<(f64, Likeness)> = None;
    for model in models() {
        let mut mean = [0.0_f64; 4];
        for runs in &of_word {
            for (sum, fit) in mean.iter_mut().zip(model.fit(runs)) {
                *sum += fit / of_word.len().max(1) as f64;
            }
        }
        let top = mean.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if best.as_ref().is_none_or(|(known, _)| top > *known) {
            let mut known = [0.0; 4];
            for word in distinct.iter().filter_map(|word| model.known.get(word)) {
                for (share, is_known) in known.iter_mut().zip(word) {
                    *share += f64::from(u8::from(*is_known)) / distinct.len() as f64;
                }
            }
            best = Some((top, Likeness { language: model.code, sorts: weigh(mean), known }));
        }
    }
    best.map(|(_, likeness)| likeness).unwrap_or_default()
}

/// Means of logarithms as shares. The words of a column are far from independent, so a column counts
/// like a dozen of runs and not like thousands.
fn weigh(mean: [f64; 4]) -> [f64; 4] {
    const WEIGHT: f64 = 9.0;
    let top = mean.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds = mean.map(|fit| (WEIGHT * (fit - top)).exp());
    let sum: f64 = odds.iter().sum();
    odds.map(|part| part / sum)
}

/// The sorts in whose lexicons a word stands, in any language.
pub(crate) fn known(plain_word: &str) -> [bool; 4] {
    let mut sorts = [false; 4];
    for known in models().iter().filter_map(|model| model.known.get(plain_word)) {
        for (sort, is_known) in sorts.iter_mut().zip(known) {
            *sort |= is_known;
        }
    }
    sorts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort_of(words: &str) -> (Sort, &'static str) {
        let words: Vec<String> = words.split_whitespace().map(plain).collect();
        let likeness = likeness(&words);
        let best = Sort::ALL
            .into_iter()
            .max_by(|a, b| likeness.sorts[*a as usize].total_cmp(&likeness.sorts[*b as usize]));
        (best.unwrap(), likeness.language)
    }

    #[test]
    fn words_that_no_lexicon_has_are_known_by_their_letters() {
        let cases = [
            ("Ghislaine Bérangère Clothilde Mireille Josiane Thibault Gaëtan", Sort::Given, "fr"),
            (
                "Neuville-sur-Saône Saint-Lô Brive-la-Gaillarde Saint-Priest-en-Jarez",
                Sort::City,
                "fr",
            ),
            (
                "Grünwald Ostfildern Neubrandenburg Kirchheim Waldkirchen Rothenburg",
                Sort::City,
                "de",
            ),
            ("Huddleston Pemberton Atkinson Dickinson Ferguson Hodgson", Sort::Family, "en"),
        ];
        for (words, sort, language) in cases {
            assert_eq!(sort_of(words), (sort, language), "{words}");
        }
    }
}

//! Texts that mean the same, by a tiny model of invented words that the tests write themselves.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::fmt::Write as _;

use charivari_text::meaning::{Model, NONE, Options, cluster};

/// Invented words of two languages: those of one row mean the same.
const WORDS: [[&str; 2]; 6] = [
    ["vol", "tarn"],
    ["ket", "pello"],
    ["sur", "mova"],
    ["brin", "quade"],
    ["oth", "ulu"],
    ["nim", "zeko"],
];

/// A model in which each row of words has a direction of its own.
fn model() -> Model {
    let (mut vocabulary, mut numbers) = (String::from(r#""[UNK]": 0"#), vec![0.0_f32; 8]);
    let words = WORDS.iter().enumerate().flat_map(|(row, pair)| pair.map(|word| (row, word)));
    for (id, (row, word)) in (1..).zip(words) {
        write!(vocabulary, r#", "{word}": {id}"#).unwrap();
        // Translations lie close, not on each other.
        let column = |column| {
            if column == row {
                1.0
            } else if column == 7 {
                0.05 * (id % 2) as f32
            } else {
                0.0
            }
        };
        numbers.extend((0..8).map(column));
    }
    let tokenizer = format!(
        r#"{{"normalizer": null, "pre_tokenizer": {{"type": "Whitespace"}},
            "model": {{"type": "WordPiece", "unk_token": "[UNK]", "vocab": {{{vocabulary}}}}}}}"#
    );
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let head = format!(
        r#"{{"embeddings":{{"dtype":"F32","shape":[{},8],"data_offsets":[0,{}]}}}}"#,
        numbers.len() / 8,
        bytes.len()
    );
    let mut file = (head.len() as u64).to_le_bytes().to_vec();
    file.extend(head.bytes());
    file.extend(bytes);
    Model::read(tokenizer.as_bytes(), file).unwrap()
}

#[test]
fn rewordings_and_translations_are_joined_and_others_are_not() {
    let texts = [
        "vol ket sur",
        "sur vol ket",
        "tarn pello mova",
        "brin oth nim",
        "zeko quade ulu",
        "nobody knows these",
        "vol brin",
        "vol ket sur",
    ];
    let clusters = cluster(&model(), &texts, Options::default());
    assert_eq!(clusters.of[0], clusters.of[1]);
    assert_eq!(clusters.of[0], clusters.of[2]);
    assert_eq!(clusters.of[0], clusters.of[7]);
    assert_eq!(clusters.of[3], clusters.of[4]);
    assert_ne!(clusters.of[0], clusters.of[3]);
    assert_eq!(clusters.of[5..7], [NONE, NONE]);
    assert_eq!((clusters.keys.len(), clusters.counts.unknown), (2, 1));
}

#[test]
fn the_order_of_the_texts_does_not_change_the_clusters() {
    let texts = ["vol ket sur", "tarn pello mova", "brin oth nim", "zeko quade ulu"];
    let turned: Vec<&str> = texts.iter().rev().copied().collect();
    let name = |texts: &[&str]| {
        let clusters = cluster(&model(), texts, Options::default());
        clusters.of.iter().map(|of| clusters.keys[*of as usize]).collect::<Vec<_>>()
    };
    let mut back = name(&turned);
    back.reverse();
    assert_eq!(name(&texts), back);
}

#[test]
fn clusters_are_no_chains() {
    // Each shares four of five words with the next, the ends none with each other.
    let words: Vec<&str> = WORDS.iter().map(|pair| pair[0]).collect();
    let texts = [
        words[0].repeat_words(4, words[1], 1),
        words[0].repeat_words(3, words[1], 2),
        words[0].repeat_words(2, words[1], 3),
        words[0].repeat_words(1, words[1], 4),
    ];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let clusters = cluster(&model(), &texts, Options { similarity: 0.85 });
    assert_ne!(clusters.of[0], clusters.of[3]);
}

#[test]
fn without_texts_there_is_nothing() {
    assert!(cluster(&model(), &[], Options::default()).keys.is_empty());
}

/// Builds a text of two words, each several times.
trait RepeatWords {
    fn repeat_words(&self, times: usize, other: &str, others: usize) -> String;
}

impl RepeatWords for str {
    fn repeat_words(&self, times: usize, other: &str, others: usize) -> String {
        let words = std::iter::repeat_n(self, times).chain(std::iter::repeat_n(other, others));
        words.collect::<Vec<_>>().join(" ")
    }
}

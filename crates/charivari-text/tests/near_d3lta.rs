//! Near-copies held against D3lta's published synthetic set and its result.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::collections::HashMap;

use charivari_text::near::{
    KeyMaker, MIN_WEIGHT, NONE, Options, SIMILARITY, Texts, kind, similarity, weight,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/near-duplicates/");

struct Document {
    id: u32,
    language: String,
    text: String,
    grapheme: String,
}

struct Pair {
    a: usize,
    b: usize,
    kind: String,
    score: Option<f64>,
}

/// The documents and the pairs by the documents' places, or nothing where the folder is absent.
#[allow(clippy::print_stderr, reason = "what a test passes over must be seen")]
fn published() -> Option<(Vec<Document>, Vec<Pair>)> {
    let Ok(mut documents) =
        csv::Reader::from_path(format!("{FOLDER}synthetic_docs_with_grapheme.csv"))
    else {
        eprintln!("passed over: ../shared/data/near-duplicates is absent");
        return None;
    };
    let documents: Vec<Document> = documents
        .records()
        .map(|row| {
            let row = row.unwrap();
            Document {
                id: row[0].parse().unwrap(),
                language: row[3].to_owned(),
                text: row[4].to_owned(),
                grapheme: row[5].to_owned(),
            }
        })
        .collect();
    let places: HashMap<u32, usize> =
        documents.iter().enumerate().map(|(place, document)| (document.id, place)).collect();
    let mut pairs = csv::Reader::from_path(format!("{FOLDER}d3lta_notebook_pairs.csv")).unwrap();
    let pairs = pairs
        .records()
        .map(|row| {
            let row = row.unwrap();
            let place = |field: &str| places[&field.parse::<u32>().unwrap()];
            let score = row[4].parse().ok();
            Pair { a: place(&row[0]), b: place(&row[1]), kind: row[2].to_owned(), score }
        })
        .collect();
    Some((documents, pairs))
}

#[test]
fn every_pair_has_the_published_type() {
    let Some((documents, pairs)) = published() else { return };
    assert_eq!(pairs.len(), 10_516);
    for pair in &pairs {
        let (a, b) = (&documents[pair.a], &documents[pair.b]);
        let kind = kind((&a.grapheme, &a.language), (&b.grapheme, &b.language), SIMILARITY);
        assert_eq!(kind.d3lta_name(), pair.kind, "{} {}", a.id, b.id);
        if let Some(score) = pair.score {
            let own = similarity(&a.grapheme, &b.grapheme);
            assert!((own - score).abs() < 1e-12, "{} {}: {own} {score}", a.id, b.id);
        }
    }
}

#[test]
fn near_keys_do_what_the_published_graphemes_do() {
    let Some((documents, pairs)) = published() else { return };
    let mut maker = KeyMaker::new();
    let keys: Vec<String> = documents
        .iter()
        .map(|document| {
            let mut key = String::new();
            maker.key_into(&document.text, &mut key);
            key
        })
        .collect();
    let equal = documents.iter().zip(&keys).filter(|(document, key)| {
        document.grapheme.replace('ß', "ss").replace('œ', "oe").replace('_', "") == **key
    });
    let equal = equal.count();
    let typed = pairs.iter().filter(|pair| {
        let (a, b) = (&documents[pair.a], &documents[pair.b]);
        let kind = kind((&keys[pair.a], &a.language), (&keys[pair.b], &b.language), SIMILARITY);
        kind.d3lta_name() == pair.kind
    });
    let typed = typed.count();
    println!("{equal} of {} keys equal, {typed} of {} pairs typed alike", keys.len(), pairs.len());
    // The rest: Turkish dotless i; Japanese voicing, which D3lta drops; hashtags behind a quotation
    // mark or in texts without spaces, which it leaves in or of which it eats the text.
    assert!(equal * 100 > keys.len() * 94, "{equal}");
    assert!(typed * 1_000 > pairs.len() * 998, "{typed}");
}

#[test]
fn copies_are_found_without_a_model() {
    let Some((documents, pairs)) = published() else { return };
    let mut texts = Texts::new();
    for document in &documents {
        texts.push(&document.text);
    }
    let clusters = texts.cluster(Options::default());
    let copies: Vec<&Pair> = pairs.iter().filter(|pair| pair.kind == "copy-pasta").collect();
    assert_eq!(copies.len(), 4_252);
    let together =
        |pair: &&&Pair| clusters.of[pair.a] != NONE && clusters.of[pair.a] == clusters.of[pair.b];
    let found = copies.iter().filter(together).count();
    let short = copies.iter().filter(|pair| {
        [pair.a, pair.b].iter().any(|&place| weight(&documents[place].grapheme) < MIN_WEIGHT)
    });
    println!("{found} of {} pairs found; {} have a short text", copies.len(), short.count());
    println!("{:?}", clusters.counts);
    assert!(found * 100 >= copies.len() * 97, "{found}");
    for (a, of_a) in clusters.of.iter().enumerate() {
        for (b, of_b) in clusters.of.iter().enumerate().skip(a + 1) {
            if *of_a != NONE && of_a == of_b {
                let (a, b) = (&documents[a], &documents[b]);
                assert_eq!(a.id / 10, b.id / 10, "{}\n{}", a.text, b.text);
            }
        }
    }
}

//! Clusters of near-copies: what they promise whatever the texts are.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use charivari_text::near::{Clusters, NONE, Options, SIMILARITY, Texts, near_key, similarity};
use charivari_text::normalise::digest_of_normalised;
use proptest::prelude::*;

fn cluster<S: AsRef<str> + Sync>(texts: &[S]) -> Clusters {
    let mut all = Texts::new();
    all.extend(texts);
    all.cluster(Options::default())
}

/// What each text is called, which must depend on nothing but the texts.
fn names(clusters: &Clusters) -> Vec<Option<[u8; 16]>> {
    (0..clusters.of.len()).map(|text| clusters.object(text)).collect()
}

const WORDS: &[&str] = &[
    "newspaper",
    "stolen",
    "readers",
    "nothing",
    "genuine",
    "sample",
    "months",
    "утечка",
    "данные",
    "газета",
    "بيانات",
    "مسروقة",
    "数据",
    "真实",
    "读者",
    "데이터",
    "ข้อมูล",
    "harbour",
    "#leak",
    "🔥",
];

/// Texts of a few sentences each, some of which share most of their words.
fn crowd() -> impl Strategy<Value = Vec<String>> {
    let sentence = proptest::collection::vec(0..WORDS.len(), 4..12);
    let edit = (0..12_usize, 0..WORDS.len(), 0..3_u8);
    proptest::collection::vec((sentence, proptest::collection::vec(edit, 0..4)), 1..8)
        .prop_flat_map(|families| {
            let mut texts = Vec::new();
            for (words, edits) in families {
                let mut words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
                texts.push(words.join(" "));
                for (at, word, what) in edits {
                    let at = at % words.len();
                    match what {
                        0 if words.len() > 3 => drop(words.remove(at)),
                        1 => words.insert(at, WORDS[word]),
                        _ => words[at] = WORDS[word],
                    }
                    texts.push(words.join(" "));
                }
            }
            Just(texts).prop_shuffle()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn members_are_like_their_representative(texts in crowd()) {
        let clusters = cluster(&texts);
        let mut sizes = vec![0; clusters.sizes.len()];
        for (text, &of) in texts.iter().zip(&clusters.of) {
            let Some(&representative) = clusters.representatives.get(of as usize) else { continue };
            sizes[of as usize] += 1;
            let key = near_key(&texts[representative as usize]);
            prop_assert_eq!(digest_of_normalised(&key), clusters.keys[of as usize]);
            prop_assert!(similarity(&near_key(text), &key) > SIMILARITY, "{text}");
        }
        prop_assert_eq!(&sizes, &clusters.sizes);
        prop_assert!(sizes.iter().all(|&size| size > 1));
        prop_assert!(clusters.sizes.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn neither_order_nor_threads_matter(texts in crowd(), seed in any::<u64>()) {
        let expected = names(&cluster(&texts));
        // Another order, told by hashes of the places.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&at| (at as u64 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let shuffled: Vec<&str> = order.iter().map(|&at| texts[at].as_str()).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let names = names(&pool.install(|| cluster(&shuffled)));
        for (place, &at) in order.iter().enumerate() {
            prop_assert_eq!(names[place], expected[at]);
        }
        // One at a time is the same as all at once.
        let mut one_by_one = Texts::new();
        for text in &texts {
            one_by_one.push(text);
        }
        prop_assert_eq!(one_by_one.cluster(Options::default()), cluster(&texts));
    }

    #[test]
    fn similarity_is_symmetric(a in ".{0,60}", b in ".{0,60}") {
        let (a, b) = (near_key(&a), near_key(&b));
        let value = similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&value));
        prop_assert!((value - similarity(&b, &a)).abs() < 1e-12);
        prop_assert!((similarity(&a, &a) - 1.0).abs() < 1e-12);
        prop_assert_eq!(near_key(&a), a, "a key is its own key");
    }
}

#[test]
fn short_texts_and_lonely_texts_have_no_cluster() {
    let texts = [
        "good morning everyone",
        "good morning everyone",
        "🔥🔥🔥 https://example.org/a/very/long/address/that/does/not/count",
        "nobody else has ever written anything like this sentence here",
        "they knew for months that the data had been stolen and said nothing",
        "THEY KNEW for months that the data had been stolen, and said nothing! @you",
    ];
    let clusters = cluster(&texts);
    assert_eq!(clusters.of, [NONE, NONE, NONE, NONE, 0, 0]);
    assert_eq!(clusters.object(0), None, "too short");
    assert_eq!(clusters.object(3), Some(digest_of_normalised(&near_key(texts[3]))), "its own");
    assert_eq!(clusters.object(4), Some(clusters.keys[0]));
    assert_eq!(clusters.object(4), clusters.object(5));
    assert_eq!(clusters.object(6), None, "never added");
    assert_eq!((clusters.counts.texts, clusters.counts.short), (6, 3));
    assert_eq!((clusters.counts.forms, clusters.counts.clustered), (2, 2));
    assert!(cluster::<&str>(&[]).of.is_empty());
}

#[test]
fn the_minimum_is_the_callers() {
    for (min_weight, expected) in [(19, [0, 0]), (20, [NONE, NONE])] {
        let mut texts = Texts::with_min_weight(min_weight);
        texts.extend(&["good morning, everyone", "Good morning everyone!"]);
        assert_eq!(texts.cluster(Options::default()).of, expected, "{min_weight}");
    }
}

#[test]
fn a_negation_is_a_near_copy_as_the_documentation_says() {
    let clusters = cluster(&[
        "the sample of the stolen data is genuine, says the newspaper",
        "the sample of the stolen data is not genuine, says the newspaper",
    ]);
    assert_eq!(clusters.of, [0, 0]);
}

#[test]
fn chains_do_not_join_what_has_nothing_in_common() {
    let from: Vec<&str> = "the newspaper has checked the sample of stolen data and says it is real"
        .split(' ')
        .collect();
    let to: Vec<&str> =
        "our ministers closed every coastal road because heavy rain fell last night"
            .split(' ')
            .collect();
    // Each text differs from the one before by one word.
    let chain: Vec<String> =
        (0..=to.len()).map(|done| [&to[..done], &from[done..]].concat().join(" ")).collect();
    let keys: Vec<String> = chain.iter().map(|text| near_key(text)).collect();
    assert!(keys.windows(2).all(|pair| similarity(&pair[0], &pair[1]) > SIMILARITY));
    let clusters = cluster(&chain);
    let last = clusters.of.len() - 1;
    assert!(clusters.of[0] != clusters.of[last] || clusters.of[0] == NONE);
    assert!(clusters.keys.len() > 1);
}

#[test]
fn a_bucket_of_very_many_is_compared_in_linear_time_and_said() {
    const MANY: usize = 20_000;
    let texts: Vec<String> = (0..MANY)
        .map(|n| format!("They knew for months that the data had been stolen and told nobody {n}"))
        .collect();
    let clusters = cluster(&texts);
    assert!(clusters.of.iter().all(|&of| of == 0), "{:?}", clusters.sizes);
    assert!(clusters.counts.pairs_compared < 40 * MANY as u64);
    assert!(clusters.counts.pairs_capped > 100 * MANY as u64);
}

#[test]
fn thresholds_out_of_range_do_no_harm() {
    let texts = [
        "they knew for months that the data had been stolen and said nothing",
        "they knew for months that the data had been stolen, and said nothing",
        "they knew for months that the data had been stolen and said a word",
    ];
    for (similarity, expected) in
        [(f64::NAN, [0, 0, NONE]), (1.0, [0, 0, NONE]), (7.0, [0, 0, NONE]), (-1.0, [0, 0, 0])]
    {
        let mut all = Texts::new();
        all.extend(&texts);
        assert_eq!(all.cluster(Options { similarity }).of, expected, "{similarity}");
    }
}

#[test]
fn huge_texts_made_to_hurt() {
    for unit in ["a", "#a", "#a ", "@", "é", "\u{301}", "看", "\u{640}", "e\u{301}\u{200b}", "ﷺ "]
    {
        let text = unit.repeat(100_000 / unit.len());
        let clusters = cluster(&[text.clone(), text.clone() + "b", text]);
        assert_eq!(clusters.of[0], clusters.of[2], "{unit:?}");
    }
}

//! What sentences mention, against other people's synthetic sentences with marked spans.
//!
//! The set may not lie in the project: it is looked for beside the checkout, and the test says aloud
//! when it passes over it. `cargo test -p charivari-leak --test sentences -- --nocapture` prints the
//! figures of `docs/leak-inspect.md`.

use std::path::Path;

use charivari_leak::inspect::{Mention, mentions};

#[test]
fn mentions_are_found_in_sentences_that_others_marked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = "shared/data/leak/presidio/synth_dataset_v2.json";
    let path = root.ancestors().map(|folder| folder.join(name)).find(|path| path.exists());
    let Some(path) = path else {
        println!("PASSED OVER: {name} is not beside the checkout");
        return;
    };
    let sentences: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    // The least that is accepted, so that a change that loses some is seen.
    let kinds = [
        (Mention::Email, "EMAIL_ADDRESS", 0.95, 0.95),
        (Mention::Phone, "PHONE_NUMBER", 0.60, 0.60),
        (Mention::Card, "CREDIT_CARD", 0.95, 0.80),
        (Mention::Iban, "IBAN_CODE", 0.95, 0.95),
        (Mention::Ssn, "US_SSN", 0.90, 0.90),
        (Mention::Ip, "IP_ADDRESS", 0.95, 0.95),
    ];
    for (mention, label, least_precision, least_recall) in kinds {
        let (mut right, mut met, mut marked) = (0_u32, 0_u32, 0_u32);
        for sentence in &sentences {
            let text = sentence["full_text"].as_str().unwrap_or_default();
            let chars: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let place = |span: &serde_json::Value, key: &str| {
                chars.get(span[key].as_u64().unwrap_or(0) as usize).copied().unwrap_or(text.len())
            };
            let spans: Vec<(usize, usize)> = sentence["spans"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|span| span["entity_type"] == label)
                .map(|span| (place(span, "start_position"), place(span, "end_position")))
                .collect();
            let found: Vec<_> = mentions(text)
                .into_iter()
                .filter(|(kind, _)| *kind == mention)
                .map(|(_, range)| range)
                .collect();
            marked += spans.len() as u32;
            met += found.len() as u32;
            let overlaps = |range: &&std::ops::Range<usize>| {
                spans.iter().any(|(start, end)| range.start < *end && *start < range.end)
            };
            let hits = found.iter().filter(overlaps).count() as u32;
            right += hits;
            if std::env::var_os("CHARIVARI_WHY").is_some()
                && (hits < spans.len() as u32 || hits < found.len() as u32)
            {
                println!("{label}: {spans:?} {found:?} {text}");
            }
        }
        let (precision, recall) =
            (f64::from(right) / f64::from(met.max(1)), f64::from(right) / f64::from(marked.max(1)));
        println!(
            "{label}: {marked} marked, {met} found, precision {precision:.3}, recall {recall:.3}"
        );
        assert!(precision >= least_precision && recall >= least_recall, "{label}");
    }
}

//! How often the guessed language is right, on documents outside the project.

use charivari_text::language::guess;

/// The first characters of each document that are looked at, like those of a post.
const POST_CHARS: usize = 140;

#[test]
fn guesses_on_documents_in_ten_languages() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/near-duplicates/synthetic_docs_with_grapheme.csv"
    );
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        eprintln!("passed over: ../shared/data/near-duplicates is absent");
        return;
    };
    let (mut all, mut answered, mut right) = (0_u32, 0_u32, 0_u32);
    for row in reader.records() {
        let row = row.unwrap();
        let post: String = row[4].chars().take(POST_CHARS).collect();
        all += 1;
        if let Some(guess) = guess(&post) {
            answered += 1;
            right += u32::from(guess.code == &row[3]);
        }
    }
    println!("{all} documents, {answered} answered, {right} right");
    assert!(f64::from(answered) > 0.8 * f64::from(all));
    assert!(f64::from(right) > 0.985 * f64::from(answered));
}

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
    let documents: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[4].to_owned(), row[3].to_owned()))
        .collect();
    for (chars, least_answered, least_right) in [(POST_CHARS, 0.8, 0.985), (usize::MAX, 0.93, 0.99)]
    {
        let (mut answered, mut right) = (0_u32, 0_u32);
        for (text, language) in &documents {
            let post: String = text.chars().take(chars).collect();
            if let Some(guess) = guess(&post) {
                answered += 1;
                right += u32::from(guess.code == language);
            }
        }
        println!("{} documents, {answered} answered, {right} right", documents.len());
        assert!(f64::from(answered) > least_answered * documents.len() as f64);
        assert!(f64::from(right) > least_right * f64::from(answered));
    }
}

//! Huge texts made to hurt: everything must stay linear, or these tests take minutes.

use charivari_text::address::{canonical_url, registrable_domain};
use charivari_text::hashtag::{hashtags_in, normalise_hashtag};
use charivari_text::language::guess;
use charivari_text::links::links_in;
use charivari_text::mention::mentions_in;
use charivari_text::show::{defang, defang_text, shorten, visible};

const BYTES: usize = 100_000;

#[test]
fn repeated_pieces() {
    let units = [
        "a",
        "a.",
        ".",
        "@",
        "@a",
        "#",
        "#a",
        "＃",
        "/#a",
        "www.",
        "t.co/",
        "http://",
        "https://(",
        "://",
        "[.]",
        "x@y.",
        "a-",
        "é",
        "\u{301}",
        "\u{200d}",
        "👨\u{200d}",
        "\u{202e}",
        "\u{1b}[",
        "\n",
        "%",
        "%41",
        "&a=1",
        "?",
        "xn--a.",
        "看",
        "e\u{301}\u{200b}\u{302}",
    ];
    for unit in units {
        let text = unit.repeat(BYTES / unit.len());
        let counts =
            (hashtags_in(&text).count(), mentions_in(&text).count(), links_in(&text).count());
        assert!(counts.0 + counts.1 + counts.2 <= BYTES, "{unit:?}");
        assert!(visible(&text).len() <= BYTES * 8);
        assert!(defang(&text).len() <= BYTES * 3 && defang_text(&text).len() <= BYTES * 3);
        assert!(shorten(&text, 50).chars().count() <= 50);
        assert!(normalise_hashtag(&text).is_none_or(|tag| tag.len() <= BYTES));
        assert_eq!(canonical_url(&text), None, "{unit:?}");
        assert_eq!(canonical_url(&format!("https://{text}")), None, "{unit:?}");
        assert!(registrable_domain(&text).is_none_or(|domain| domain.len() <= BYTES));
        assert!(guess(&text).is_none_or(|guess| guess.confidence <= 1.0));
    }
}

//! The rule "the same text after normalising case, space, mentions and links", case by case.

use charivari_text::normalise::{
    Normaliser, digest, digest_of_normalised, hex, normalise_text, normalise_text_into, rule,
    significant_chars,
};
use proptest::prelude::*;

#[test]
fn table_of_rules() {
    let cases = [
        ("case", "BREAKING News", "breaking news"),
        ("case, Russian", "СРОЧНО: Ёлка", "срочно: ёлка"),
        ("case, Greek with final sigma", "ΟΔΟΣ οδός Οδοσ", "οδοσ οδόσ οδοσ"),
        ("case, German sharp s", "Straße STRASSE STRAẞE", "strasse strasse strasse"),
        ("case, Turkish dotted capital", "İstanbul", "i\u{307}stanbul"),
        ("full-width letters", "ＢＲＥＡＫＩＮＧ　１２３", "breaking 123"),
        ("half-width katakana", "ﾊﾞﾝｸﾞ", "バング"),
        ("composed and decomposed", "cafe\u{301} caf\u{e9}", "caf\u{e9} caf\u{e9}"),
        ("Hangul jamo", "\u{1112}\u{1161}\u{11ab}국", "한국"),
        ("ligature", "ﬁnal ﷺ", "final صلى الله عليه وسلم"),
        ("white space of all kinds", " a\t\r\n b\u{a0}\u{3000}c\u{2028}d ", "a b c d"),
        ("zero-width inside a word", "le\u{200b}a\u{feff}k\u{ad}ed", "leaked"),
        ("bidirectional controls", "\u{202e}abc\u{202c} \u{2066}d\u{2069}", "abc d"),
        ("control characters", "a\u{0}b\u{1b}[31mc\u{9b}", "ab[31mc"),
        ("variation selector", "❤\u{fe0f} 👨\u{200d}👩", "❤ 👨👩"),
        ("Persian non-joiner", "می\u{200c}روم", "میروم"),
        ("Arabic marks stay", "مُحَمَّد", "مُحَمَّد"),
        ("Thai", "ประเทศไทยน้ำ", "ประเทศไทยน\u{e49}\u{e4d}า"),
        ("Hindi", "हिन्दी में", "हिन्दी में"),
        ("link", "look https://t.co/AbC123 here", "look here"),
        ("link at the end with stop", "look https://example.org/a.", "look ."),
        ("link in brackets", "(see http://example.org/a_(b))", "(see )"),
        ("www", "go WWW.Example.org now", "go now"),
        ("bare t.co", "see t.co/AbC", "see"),
        ("no t.co in reddit.co", "reddit.co/a", "reddit.co/a"),
        ("link hidden by zero-width", "x ht\u{200b}tps://example.org/a y", "x y"),
        ("full-width link", "ｈｔｔｐｓ：／／example.org／a b", "b"),
        ("link in Chinese", "看https://t.co/abc看这里", "看 看这里"),
        ("link in Chinese, host only", "看https://example.org看这里", "看 看这里"),
        ("link in Korean", "여기https://t.co/abc에서", "여기 에서"),
        ("link before full-width comma", "看 https://t.co/abc，好", "看 ,好"),
        ("link with Cyrillic path", "вот https://example.org/Россия тут", "вот тут"),
        ("link to an international host", "https://例え.テスト/a b", "b"),
        ("joined links", "ahttps://t.co/xhttps://t.co/y", "a"),
        ("link cut by an ellipsis", "text https://t.co/ab…", "text ..."),
        ("archived link is one", "https://a.example/web/2020/https://b.example/c d", "d"),
        ("mention", "hello @User_1!", "hello !"),
        ("mention, full-width", "你好＠user你好", "你好 你好"),
        ("mention with host", "by @user.bsky.social and @user@example.social ok", "by and ok"),
        ("mention with hyphened host", "@my-name.example.org hi", "hi"),
        ("mention with compound", "@paper-owned", "-owned"),
        ("dot mention", ".@user hi", ". hi"),
        ("two mentions joined", "@a@b x", "x"),
        ("not an e-mail address", "Mail user@example.org", "mail user@example.org"),
        ("lone at sign", "3 @ 4 @@ x", "3 @ 4 @@ x"),
        ("repost prefix", "RT @user: text", "text"),
        ("repost prefix twice", "RT @a: RT @b.c: text", "text"),
        ("repost prefix without space", "RT@user text", "text"),
        ("repost prefix, French colon", "RT @user : texte", "texte"),
        ("repost prefix only", "RT @user:", ""),
        ("reply then repost", "@a RT @b: text", "text"),
        ("rt inside", "start rt @b: text", "start rt : text"),
        ("rt alone", "RT if you agree", "rt if you agree"),
        ("art is not rt", "art@user", "art@user"),
        ("hashtags stay", "#Leak ＃Leak", "#leak #leak"),
        ("emoji stay", "🔥🔥 1️⃣", "🔥🔥 1\u{20e3}"),
        ("lone marks", "\u{301}\u{301} a", "\u{301}\u{301} a"),
        ("nothing", "", ""),
        ("only space", " \t\n", ""),
        ("only link and mention", "@a https://t.co/b", ""),
    ];
    for (name, text, expected) in cases {
        assert_eq!(normalise_text(text), expected, "{name}");
        assert_eq!(normalise_text(expected), expected, "{name}, again");
    }
}

#[test]
fn appends_and_counts() {
    let mut out = String::from("kept ");
    assert_eq!(normalise_text_into("@a Пожар, 火事! 🔥 x1", &mut out), 9);
    assert_eq!(out, "kept пожар, 火事! 🔥 x1");
    assert_eq!(normalise_text_into("@a", &mut out), 0);
    assert_eq!(significant_chars("ก็ ไทย"), 4, "dependent signs that are not letters do not count");
}

#[test]
fn digest_is_the_published_hash_of_the_normalised_text() {
    // SHA-256 of "abc" is ba7816bf 8f01cfea 414140de 5dae2223 … (FIPS 180-2, appendix B.1).
    assert_eq!(hex(&digest("ABC https://t.co/x")), "ba7816bf8f01cfea414140de5dae2223");
    assert_eq!(digest("@x  Abc"), digest_of_normalised("abc"));
    assert_ne!(digest("abc"), digest("abd"));
}

/// Digests are kept in files. Where one of these changes, so must the number in `rule()`: else what
/// was kept by an older version would be taken for what this one makes.
#[test]
fn digests_that_were_kept_still_hold() {
    assert!(rule().starts_with("1, Unicode "), "{}", rule());
    for (text, kept) in [
        ("", "e3b0c44298fc1c149afbf4c8996fb924"),
        (
            "RT @Bob: BREAKING: Straße ＡＢＣ https://t.co/Ab1 #Leaks!",
            "4d4fccb6d173fc6e7f80635885d8c409",
        ),
        (
            "Срочно: ﾊﾞﾝｸﾞ 火事! 🔥\u{fe0f} www.example.org/a_(b), می\u{200c}روم",
            "f54288645f43c67047f46d21726333a0",
        ),
        (
            "@a@b.example İstanbul ΟΔΟΣ\u{202e} ﬁnal t.co/x. ก็ ไทย\t\n",
            "7426fca4dba00fa74585e44333c01224",
        ),
    ] {
        assert_eq!(hex(&digest(text)), kept, "{text}");
    }
}

#[test]
fn huge_and_hostile_texts_are_handled_in_linear_time() {
    for unit in [
        "@",
        "@a",
        "a.",
        "www.",
        "http://",
        "https://(",
        "#",
        "\u{301}",
        "\u{200d}",
        "rt @a:",
        "e\u{301}\u{200b}",
        ":",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let once = normalise_text(&text);
        assert_eq!(normalise_text(&once), once, "{unit:?}");
    }
}

/// Pieces that meet in unlucky ways.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "@",
        "＠",
        "a",
        "B",
        "user",
        "_",
        ".",
        "-",
        ":",
        "/",
        "//",
        "://",
        "http",
        "https",
        "HTTP",
        "www",
        "www.",
        "t.co/",
        "t",
        "co",
        "rt",
        "RT ",
        " ",
        "\u{200b}",
        "\u{3000}",
        "看",
        "에",
        "é",
        "\u{301}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "…",
        "!",
        "#",
        "＃",
        "1",
        "example.org",
        "https://t.co/a",
        "@user",
        "?",
        "=",
        "&",
        "*",
        "'",
        "．",
        "：",
        "／",
        "😀",
        "\u{fe0f}",
    ]);
    let any = any::<char>().prop_map(String::from);
    let part = prop_oneof![12 => piece.prop_map(String::from), 1 => any];
    proptest::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn twice_is_once(text in pieces()) {
        let once = normalise_text(&text);
        prop_assert_eq!(&normalise_text(&once), &once);
        prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
    }

    #[test]
    fn arbitrary_text_is_handled(text in any::<String>()) {
        let once = normalise_text(&text);
        prop_assert_eq!(&normalise_text(&once), &once);
        prop_assert!(!once.chars().any(char::is_control));
    }

    #[test]
    fn scratch_space_leaves_no_trace(texts in proptest::collection::vec(pieces(), 0..4)) {
        let mut normaliser = Normaliser::new();
        for text in texts {
            let mut out = String::new();
            normaliser.normalise_into(&text, &mut out);
            prop_assert_eq!(out, normalise_text(&text));
        }
    }
}

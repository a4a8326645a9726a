use proptest::prelude::*;

use super::*;

/// (what it shows, one, the other, alike)
const CASES: [(&str, &str, &str, bool); 41] = [
    ("Cyrillic letters", "paypal", "раураl", true),
    ("rn for m", "rnicrosoft", "microsoft", true),
    ("full width", "Ｃharlie", "Charlie", true),
    ("capital I for l", "CharIie", "Charlie", true),
    ("mathematical bold", "𝐂𝐡𝐚𝐫𝐥𝐢𝐞", "Charlie", true),
    ("zero-width space", "Char\u{200b}lie", "Charlie", true),
    ("zero and capital O", "hebdO", "hebd0", true),
    ("digit one", "Charl1e", "Charlie", true),
    ("capital letters", "CHARLIE", "charlie", true),
    ("accent", "café", "cafe", true),
    ("accent in parts", "cafe\u{301}", "café", true),
    ("zero for o", "hebd0", "hebdo", true),
    ("vv for w", "vvatch", "watch", true),
    ("cl for d", "clara", "dara", true),
    ("circled letter", "Ⓒharlie", "charlie", true),
    ("black circle", "🅒harlie", "charlie", true),
    ("black square", "🅲harlie", "charlie", true),
    ("squared", "🄲harlie", "charlie", true),
    ("copyright sign", "©harlie", "charlie", true),
    ("regional indicators", "🇨harlie", "charlie", true),
    ("small capitals", "ᴄʜᴀʀʟɪᴇ", "charlie", true),
    ("script letters", "𝓒𝓱𝓪𝓻𝓵𝓲𝓮", "Charlie", true),
    ("double-struck", "ℂ𝕙𝕒𝕣𝕝𝕚𝕖", "Charlie", true),
    ("dollar for s", "hebdo$", "hebdos", true),
    ("at for a", "ch@rlie", "charlie", true),
    ("three for e", "h3bdo", "hebdo", true),
    ("right-to-left override", "\u{202e}eilrahc\u{202c}", "charlie", true),
    ("soft hyphen", "char\u{ad}lie", "charlie", true),
    ("dotless i", "charlıe", "charlie", true),
    ("stroke through o", "hebdø", "hebdo", true),
    ("Greek omicron", "hebdο", "hebdo", true),
    ("Cyrillic capitals", "СНАRLIЕ", "CHARLIE", true),
    ("Arabic and Persian yeh", "علي", "علی", true),
    ("Arabic and Persian kaf", "كريم", "کریم", true),
    ("alef with hamza", "أحمد", "احمد", true),
    ("Hebrew points", "שָׁלוֹם", "שלום", true),
    ("another word", "charlotte", "charlie", false),
    ("another ending", "hebdos", "hebdo", false),
    ("a word more", "charlie hebdo", "charlie", false),
    ("other letters", "paul", "pavl", false),
    ("other Arabic letters", "سعيد", "سعاد", false),
];

#[test]
fn look_alikes_meet_and_others_do_not_both_ways() {
    for (name, left, right, expected) in CASES {
        assert_eq!(of(left) == of(right), expected, "{name}: {} {}", of(left), of(right));
        assert_eq!(of(right) == of(left), expected, "{name}, the other way");
        assert_eq!(why(left, right).is_some(), expected, "{name}, why");
        assert_eq!(why(right, left).is_some(), expected, "{name}, why the other way");
    }
}

#[test]
fn the_standard_s_skeleton_is_the_standard_s() {
    let cases = [
        ("Cyrillic", "paypal", "раураl", true),
        ("capital I", "CharIie", "Charlie", true),
        ("case", "CHARLIE", "charlie", false),
        ("accent", "café", "cafe", false),
        ("digit", "hebd0", "hebdo", false),
    ];
    for (name, left, right, expected) in cases {
        assert_eq!(raw(left) == raw(right), expected, "{name}");
    }
    // The example of UTS #39, section 4: in the order seen, both read alike.
    assert_eq!(bidi("A1<ש"), bidi("Αש>1"));
    assert_ne!(raw("A1<ש"), raw("Αש>1"));
}

#[test]
fn reasons_are_sentences() {
    let cases = [
        (
            "Charlie Hebdo",
            "Charlie Hebd0",
            "`Hebd0` reads as `Hebdo`: a digit or sign for a letter",
        ),
        ("charlie", "сharlie", "`сharlie` reads as `charlie`: a letter of another script"),
        (
            "charlie",
            "char\u{200b}lie",
            "`char\\u{200b}lie` reads as `charlie`: characters that are not seen",
        ),
        (
            "microsoft",
            "rnicrosoft",
            "`rnicrosoft` reads as `microsoft`: two letters that look like one (`rn`, `vv`, `cl`)",
        ),
        ("Charlie", "Ⓒharlie", "`Ⓒharlie` reads as `Charlie`: decorated letters"),
        ("café", "cafe", "`cafe` reads as `café`: accents added or left out"),
        ("Charlie", "CHARLIE", "`CHARLIE` reads as `Charlie`: capital letters"),
        (
            "Charlie Hebdo",
            "charlie_hebdo",
            "`charlie_hebdo` reads as `Charlie Hebdo`: other spaces or signs between words",
        ),
        (
            "Charlie",
            "CharIie",
            "`CharIie` reads as `Charlie`: upright strokes (`l`, `I`, `1`) for one another",
        ),
    ];
    for (genuine, seen, expected) in cases {
        assert_eq!(describe(genuine, seen).as_deref(), Some(expected));
    }
}

#[test]
fn ascii_by_the_short_way_is_ascii_by_the_long_way() {
    for byte in 0..128_u8 {
        let one = char::from(byte).to_string();
        let (mut short, mut long) = (String::new(), String::new());
        of_into(&one, &mut short);
        for c in plain(&one).chars() {
            fold_ascii(u8::try_from(c).unwrap(), &mut long);
        }
        assert_eq!(short, long, "{one:?}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_skeleton_that_case_does_not_change(text in any::<String>()) {
        let _ = (raw(&text), bidi(&text), letters(&text), describe(&text, &text));
        if text.is_ascii() && !text.contains('I') {
            prop_assert_eq!(of(&text), of(&text.to_ascii_uppercase().replace('I', "i")));
        }
    }

    #[test]
    fn a_skeleton_of_ascii_is_its_own(text in "[a-zA-Z0-9_. ]{0,30}") {
        let once = of(&text);
        prop_assert_eq!(of(&once), once);
    }
}

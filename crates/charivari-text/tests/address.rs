//! Canonical addresses and registrable domains, rule by rule.

use charivari_text::address::{
    MAX_URL_BYTES, canonical_url, canonical_url_into, registrable_domain, sites,
};
use proptest::prelude::*;

fn url(raw: &str) -> Option<String> {
    canonical_url(raw).map(|canonical| canonical.url)
}

#[test]
fn table_of_rules() {
    let cases = [
        ("scheme", "http://example.org/a", "https://example.org/a"),
        ("scheme, upper case", "HTTP://EXAMPLE.org/A", "https://example.org/A"),
        ("root", "https://example.org", "https://example.org/"),
        ("root with slashes", "https://example.org//", "https://example.org/"),
        ("trailing slashes", "https://example.org/a//", "https://example.org/a"),
        ("double slash inside stays", "https://example.org/a//b", "https://example.org/a//b"),
        ("www", "https://www.Example.org/", "https://example.org/"),
        ("www twice", "https://www.www.example.org/", "https://example.org/"),
        ("www is the domain", "https://www.com/", "https://www.com/"),
        ("www before a suffix", "https://www.co.uk/", "https://www.co.uk/"),
        ("final dot", "https://example.org./a", "https://example.org/a"),
        ("default ports", "http://example.org:443/", "https://example.org/"),
        ("default port of http", "https://example.org:80/", "https://example.org/"),
        ("other port", "http://example.org:8080/", "https://example.org:8080/"),
        ("user and password", "https://bank.example@evil.example/", "https://evil.example/"),
        ("fragment", "https://example.org/a#part", "https://example.org/a"),
        ("route in the fragment", "https://example.org/#!/a%2fb", "https://example.org/#!/a%2Fb"),
        ("international host", "https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("Cyrillic host", "http://пример.рф/я", "https://xn--e1afmkfd.xn--p1ai/%D1%8F"),
        ("full-width host", "https://ｅｘａｍｐｌｅ．org/", "https://example.org/"),
        ("ideographic stop", "https://example。org/", "https://example.org/"),
        ("percent, unreserved", "https://e.example/%7Ea%2d%41", "https://e.example/~a-A"),
        ("percent, case", "https://e.example/%c3%bc%2F", "https://e.example/%C3%BC%2F"),
        ("percent, alone", "https://e.example/100%/%zz", "https://e.example/100%25/%25zz"),
        ("percent, hidden escape", "https://e.example/%%34%31", "https://e.example/%2541"),
        ("path beyond ASCII", "https://e.example/ü b", "https://e.example/%C3%BC%20b"),
        ("dot segments", "https://e.example/a/./b/../%2e%2E/c", "https://e.example/c"),
        ("backslash", "https://e.example\\a\\b", "https://e.example/a/b"),
        ("tab and line feed inside", "https://e.exa\nmple/a\tb", "https://e.example/ab"),
        ("space around", " \u{200b}https://e.example/a\u{a0}\n", "https://e.example/a"),
        ("AMP stays", "https://e.example/a/amp/", "https://e.example/a/amp"),
        ("sorted", "https://e.example/?b=2&a=1&b=1", "https://e.example/?a=1&b=1&b=2"),
        ("names before values", "https://e.example/?a-b=1&a=2", "https://e.example/?a=2&a-b=1"),
        ("duplicates stay", "https://e.example/?a=1&a=1", "https://e.example/?a=1&a=1"),
        ("empty parameters", "https://e.example/?&&a=&b&", "https://e.example/?a=&b"),
        ("empty query", "https://e.example/a?", "https://e.example/a"),
        ("encoded names meet", "https://e.example/?%62=1&a=%2b", "https://e.example/?a=%2B&b=1"),
        ("utm", "https://e.example/a?utm_source=x&UTM_Medium=y&id=3", "https://e.example/a?id=3"),
        ("encoded utm", "https://e.example/a?%75tm_source=x", "https://e.example/a"),
        ("click ids", "https://e.example/?fbclid=1&gclid=2&yclid=3&igsh=4", "https://e.example/"),
        (
            "s stays elsewhere",
            "https://e.example/?s=word&t=1&si=2",
            "https://e.example/?s=word&si=2&t=1",
        ),
        (
            "post",
            "https://twitter.com/A/status/1?s=20&t=Zz&lang=en",
            "https://x.com/A/status/1?lang=en",
        ),
        (
            "search on the same site",
            "https://twitter.com/search?q=a&t=1",
            "https://x.com/search?q=a&t=1",
        ),
        ("mobile post", "http://mobile.twitter.com/A/status/1", "https://x.com/A/status/1"),
        ("www and mobile", "http://www.m.facebook.com/a/?mibextid=1", "https://facebook.com/a"),
        (
            "brackets in names",
            "https://facebook.com/a?__cft__[0]=x&__cft__%5b0%5d=y",
            "https://facebook.com/a",
        ),
        (
            "video",
            "https://youtu.be/dQw4w9WgXcQ?si=abc&t=30",
            "https://youtube.com/watch?t=30&v=dQw4w9WgXcQ",
        ),
        (
            "same video",
            "http://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be",
            "https://youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("no video", "https://youtu.be/about", "https://youtu.be/about"),
        (
            "mobile encyclopaedia",
            "https://de.m.wikipedia.org/wiki/A",
            "https://de.wikipedia.org/wiki/A",
        ),
        ("messenger", "https://telegram.me/canal/3", "https://t.me/canal/3"),
        ("no scheme", "Example.org/a", "https://example.org/a"),
        ("no scheme, www", "www.example.co.uk", "https://example.co.uk/"),
        ("no scheme, port", "example.org:8080/a", "https://example.org:8080/a"),
        ("no scheme, international", "пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
        ("IPv4 in odd forms", "http://0x7f.1/", "https://127.0.0.1/"),
        ("IPv6", "http://[::1]:8080/a", "https://[::1]:8080/a"),
        ("host without dot", "http://intranet/a", "https://intranet/a"),
        (
            "nested address stays",
            "https://a.example/?u=https://b.example/",
            "https://a.example/?u=https://b.example/",
        ),
    ];
    for (name, raw, expected) in cases {
        assert_eq!(url(raw).as_deref(), Some(expected), "{name}");
        assert_eq!(url(expected).as_deref(), Some(expected), "{name}, again");
    }
}

#[test]
fn what_is_no_web_address() {
    let long = format!("https://example.org/{}", "a".repeat(MAX_URL_BYTES));
    let grows = format!("https://example.org/{}", "é".repeat(MAX_URL_BYTES / 4));
    for raw in [
        "",
        " ",
        "word",
        "a word.com",
        "no.suffixlikethis",
        "co.uk",
        "user@example.org",
        "mailto:user@example.org",
        "javascript:alert(1)",
        "ftp://example.org/",
        "data:text/html,x.com",
        "//example.org/a",
        "/relative/path.html",
        "1.2.3.4/a",
        "https://",
        "https://exa mple.org/",
        "https://a..b/",
        "https://.a.example/",
        "https://999.1.1.1/",
        "https://xn--a/",
        "example.org:port/",
        long.as_str(),
        grows.as_str(),
    ] {
        assert_eq!(url(raw), None, "{raw:.60}");
        let mut out = String::from("kept");
        assert_eq!(canonical_url_into(raw, &mut out), None);
        assert_eq!(out, "kept", "{raw:.60}");
    }
}

#[test]
fn shorteners_are_unresolved() {
    for (raw, unresolved) in [
        ("https://t.co/AbC", true),
        ("http://www.bit.ly/3x?utm_source=a", true),
        ("https://bit.ly/", false),
        ("https://vm.tiktok.com/Zx/", true),
        ("https://youtu.be/dQw4w9WgXcQ", false),
        ("https://example.org/t.co", false),
        ("https://bit.ly.example/a", false),
    ] {
        let canonical = canonical_url(raw).unwrap();
        assert_eq!(canonical.unresolved, unresolved, "{raw}");
        assert_eq!(sites::is_shortener(&canonical.host), unresolved || raw == "https://bit.ly/");
    }
}

#[test]
fn host_is_part_of_the_address() {
    for (raw, host) in [
        ("http://www.Example.org:8080/a", "example.org"),
        ("http://[2001:DB8::1]/", "[2001:db8::1]"),
        ("youtu.be/dQw4w9WgXcQ", "youtube.com"),
    ] {
        assert_eq!(canonical_url(raw).unwrap().host, host);
    }
}

#[test]
fn registrable_domains() {
    for (host, expected) in [
        ("example.org", Some("example.org")),
        ("a.b.example.org.", Some("example.org")),
        ("News.Example.CO.UK", Some("Example.CO.UK")),
        ("someone.blogspot.com", Some("someone.blogspot.com")),
        ("x.someone.github.io", Some("someone.github.io")),
        ("www.city.kawasaki.jp", Some("city.kawasaki.jp")),
        ("a.b.xn--p1ai", Some("b.xn--p1ai")),
        ("a.пример.рф", Some("пример.рф")),
        ("a.b.unlisted", Some("b.unlisted")),
        ("127.0.0.1", Some("127.0.0.1")),
        ("[::1]", Some("[::1]")),
        ("2001:db8::1", Some("2001:db8::1")),
        ("com", None),
        ("co.uk", None),
        ("github.io", None),
        ("localhost", None),
        ("", None),
        (".", None),
        (".com", None),
        ("..com", None),
        ("a..com", None),
    ] {
        assert_eq!(registrable_domain(host), expected, "{host:?}");
    }
}

/// Addresses with everything the rule touches, and some that nobody should write.
fn addresses() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "www.",
        "m.",
        "example",
        ".org",
        ".co.uk",
        "twitter.com",
        "youtu.be",
        "youtube.com",
        "/dQw4w9WgXcQ",
        "/status/1",
        "bit.ly",
        ".",
        "..",
        "xn--",
        "0x1",
        "1",
        "é",
        "рф",
        "。",
        "\u{ad}",
        "\u{200d}",
        "/",
        "//",
        "/./",
        "/../",
        "%2e",
        "%",
        "%2",
        "%41",
        "%C3%bc",
        "%2F",
        "?",
        "&",
        "=",
        "a",
        "B",
        "utm_x=1",
        "s=2",
        "t=3",
        "si=4",
        "v=5",
        "fbclid",
        "#",
        "#!",
        "!",
        ":",
        ":80",
        ":443",
        ":8443",
        "@",
        "[",
        "]",
        "[::1]",
        "\\",
        "|",
        "'",
        "\"",
        "<",
        "+",
        " ",
        "\t",
        "\u{0}",
        "^",
        "`",
        "{",
    ]);
    let start = proptest::sample::select(vec!["", "http://", "https://", "HTTPS://", "http:"]);
    (start, proptest::collection::vec(piece, 0..12))
        .prop_map(|(start, pieces)| String::from(start) + &pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn twice_is_once(raw in addresses()) {
        if let Some(once) = canonical_url(&raw) {
            prop_assert_eq!(canonical_url(&once.url), Some(once.clone()), "{}", raw);
            prop_assert!(once.url.is_ascii());
            prop_assert!(once.url[8..].starts_with(&once.host));
        }
    }

    #[test]
    fn arbitrary_text_is_handled(raw in any::<String>(), host in "\\PC{0,20}") {
        for raw in [raw.clone(), format!("https://{raw}"), format!("https://{host}/{raw}")] {
            if let Some(once) = canonical_url(&raw) {
                prop_assert_eq!(canonical_url(&once.url), Some(once));
            }
        }
        if let Some(domain) = registrable_domain(&host) {
            prop_assert!(host.contains(domain));
        }
    }
}

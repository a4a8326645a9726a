//! Values made alike: tables of cases for each kind, and what must hold for any value.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use charivari_leak::Kind;
use charivari_leak::normal::{canonical, exact};
use proptest::prelude::*;

#[test]
fn values_that_are_the_same_become_the_same() {
    for (name, kind, country, value, expected) in [
        ("case and white space", Kind::Email, "", " Zqxmarlo@Example.ORG ", "zqxmarlo@example.org"),
        (
            "a domain with accents",
            Kind::Email,
            "",
            "zqxmarlo@exämple.org",
            "zqxmarlo@xn--exmple-cua.org",
        ),
        (
            "dots and tag of a provider",
            Kind::Email,
            "",
            "zqx.mar.lo+news@googlemail.com",
            "zqxmarlo@gmail.com",
        ),
        (
            "dots elsewhere matter",
            Kind::Email,
            "",
            "zqx.marlo+news@example.org",
            "zqx.marlo+news@example.org",
        ),
        ("a tag after a hyphen", Kind::Email, "", "zqxmarlo-shop@yahoo.com", "zqxmarlo@yahoo.com"),
        ("domains of one mailbox", Kind::Email, "", "zqxmarlo@me.com", "zqxmarlo@icloud.com"),
        (
            "a link to write to",
            Kind::Email,
            "",
            "mailto:zqxmarlo@example.org",
            "zqxmarlo@example.org",
        ),
        ("a French number", Kind::Phone, "FR", "06 39 98 00 01", "+33639980001"),
        ("the same abroad", Kind::Phone, "", "0033 639.98.00.01", "+33639980001"),
        ("with the zero in brackets", Kind::Phone, "FR", "+33 (0)6 39 98 00 01", "+33639980001"),
        ("out of a spreadsheet", Kind::Phone, "FR", "639980001.0", "+33639980001"),
        ("a British number", Kind::Phone, "gb", "07700 900123", "+447700900123"),
        ("accents and hyphens", Kind::GivenName, "", "Zoé-Anne", "zoe anne"),
        ("a particle", Kind::FamilyName, "", "de La Zqxrivière", "zqxriviere"),
        ("only particles", Kind::FamilyName, "", "Le", "le"),
        ("an apostrophe", Kind::FamilyName, "", "O’Zqxbrien", "ozqxbrien"),
        ("titles and order", Kind::FullName, "", "Mme ZQXMARLO, Lena", "lena zqxmarlo"),
        ("a street in French", Kind::Street, "", "12, r. de l'Église", "12 rue eglise"),
        ("an avenue", Kind::Street, "", "3bis av. du Gal Leclerc", "3bis avenue general leclerc"),
        ("a street in English", Kind::Street, "", "12 St John St.", "12 saint john street"),
        ("a street in German", Kind::Street, "", "Lindenstr. 5", "lindenstrasse 5"),
        ("the same written out", Kind::Street, "", "Lindenstraße 5", "lindenstrasse 5"),
        ("a saint", Kind::City, "", "St-Étienne", "saint etienne"),
        ("a post office", Kind::City, "", "PARIS CEDEX 13", "paris"),
        ("a district", Kind::City, "", "Lyon 3e", "lyon"),
        ("a post code", Kind::Postcode, "", " sw1a 1aa", "SW1A1AA"),
        ("a post code out of a spreadsheet", Kind::Postcode, "", "75011.0", "75011"),
        ("day first", Kind::BirthDate, "FR", "03/04/1980", "1980-04-03"),
        ("month first", Kind::BirthDate, "US", "03/04/1980", "1980-03-04"),
        ("as it can only be", Kind::BirthDate, "FR", "04/25/1980", "1980-04-25"),
        ("with a time", Kind::BirthDate, "", "1980-04-03 00:00:00", "1980-04-03"),
        ("without signs", Kind::BirthDate, "", "19800403", "1980-04-03"),
        ("an account number", Kind::Iban, "", "fr76 3000 6000 0112", "FR76300060000112"),
        ("Persian letters", Kind::City, "", "كرمان", "کرمان"),
    ] {
        let country = Some(country).filter(|country| !country.is_empty());
        assert_eq!(canonical(kind, value, country).as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn values_that_are_none_of_their_kind_become_nothing() {
    for (name, kind, value) in [
        ("no domain", Kind::Email, "zqxmarlo@"),
        ("no dot", Kind::Email, "zqxmarlo@localhost"),
        ("no number", Kind::Phone, "call me"),
        ("no country", Kind::Phone, "06 39 98 00 01"),
        ("no month", Kind::BirthDate, "1980-14-03"),
        ("two digits of a year", Kind::BirthDate, "03/04/80"),
        ("only signs", Kind::GivenName, "--"),
        ("invisible", Kind::Other, " \u{200B}\u{202E} "),
    ] {
        assert_eq!(canonical(kind, value, None), None, "{name}");
    }
}

#[test]
fn the_exact_form_takes_away_only_what_never_matters() {
    for (kind, value, expected) in [
        (Kind::Email, " Zqx.Marlo+News@GoogleMail.com", "zqx.marlo+news@googlemail.com"),
        (Kind::FamilyName, "De  La Zqxrivie\u{300}re", "de la zqxrivière"),
        (Kind::Password, "PassWort ", "PassWort"),
    ] {
        assert_eq!(exact(kind, value).as_deref(), Some(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]
    #[test]
    fn any_value_twice_is_the_value_once(value in "\\PC{0,40}", at in 0..Kind::ALL.len()) {
        let kind = Kind::ALL[at];
        if let Some(once) = exact(kind, &value) {
            prop_assert_eq!(exact(kind, &once), Some(once.clone()), "exact {:?}", kind);
        }
        if let Some(once) = canonical(kind, &value, Some("FR")) {
            prop_assert_eq!(canonical(kind, &once, Some("FR")), Some(once.clone()), "canonical {:?}", kind);
        }
    }

    #[test]
    fn likely_values_twice_are_the_value_once(
        value in "(st|ste|r|av|rue|de|la|cedex|mme|[a-zé]{1,6}|[0-9]{1,4}|str|[a-z]{3}str|,|-|'|@|\\.| ){1,9}",
        at in 0..Kind::ALL.len(),
    ) {
        let kind = Kind::ALL[at];
        if let Some(once) = canonical(kind, &value, Some("FR")) {
            prop_assert_eq!(canonical(kind, &once, Some("FR")), Some(once.clone()), "canonical {:?}", kind);
        }
    }
}

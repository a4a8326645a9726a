use std::collections::BTreeMap;

use super::*;
use crate::Account;
use crate::protected::{Kind, Protected};

fn lanterne() -> Protected {
    Protected {
        id: "lanterne".to_owned(),
        names: vec!["La Lanterne du Port".to_owned()],
        handles: BTreeMap::from([("x".to_owned(), vec!["lanterneduport".to_owned()])]),
        ..Protected::default()
    }
}

fn person(names: &[&str]) -> Protected {
    Protected {
        id: "person".to_owned(),
        kind: Kind::Person,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Protected::default()
    }
}

fn account<'a>(name: &'a str, handle: &'a str) -> Account<'a> {
    Account { platform: "x", id: "1", name: Some(name), handle: Some(handle), ..Account::default() }
}

#[test]
fn each_level_is_recognised_and_found_by_the_index() {
    let cases = [
        ("same", "La Lanterne du Port", "q", Some(Level::Same)),
        ("case and accents", "LA LANTERNÉ DU PORT", "q", Some(Level::Same)),
        ("handle with a separator", "q", "lanterne_du_port", Some(Level::Same)),
        ("digit", "La Lantern3 du Port", "q", Some(Level::Disguised)),
        ("Cyrillic letter", "La L\u{430}nterne du Port", "q", Some(Level::Disguised)),
        ("pair in a handle", "q", "lantemedup0rt", Some(Level::Disguised)),
        ("zero width", "La Lanterne\u{200b} du Port", "q", Some(Level::Disguised)),
        ("other order", "Port du La Lanterne", "q", Some(Level::Variant)),
        ("official", "La Lanterne du Port officiel", "q", Some(Level::Affixed)),
        ("real in a handle", "q", "reallanterneduport", Some(Level::Affixed)),
        ("country", "q", "lanterneduport_fr", Some(Level::Affixed)),
        ("number", "q", "lanterneduport2023", Some(Level::Affixed)),
        ("a letter less", "q", "lanternduport", Some(Level::Near)),
        ("two letters exchanged", "La Lantenre du Port", "q", Some(Level::Near)),
        ("more words", "Vive La Lanterne du Port mon amour", "q", Some(Level::Contains)),
        ("inside a handle", "q", "vivelanterneduportxyz", Some(Level::Contains)),
        ("one word of it", "La Lanterne", "lanterne", None),
        ("another port", "La Gazette du Port", "gazetteduport", None),
        ("nothing", "", "", None),
    ];
    let names = Names::new(&lanterne());
    let index = Index::new(std::slice::from_ref(&names));
    for (case, name, handle, expected) in cases {
        let account = account(name, handle);
        let found = compare(&names, &account);
        assert_eq!(found.first().map(|like| like.level), expected, "{case}: {found:?}");
        if expected.is_some() {
            assert_eq!(index.candidates(&account), [0], "{case}, by the index");
        }
    }
}

#[test]
fn people_are_known_in_other_letters_and_by_short_names() {
    let cases = [
        ("Cyrillic for Latin", "Natalia Zhuravleva", "Наталья Журавлёва", Some(Level::Variant)),
        ("Latin for Cyrillic", "Наталья Журавлёва", "Natalya Juravleva", Some(Level::Variant)),
        ("Latin for Persian", "سهراب خرسندی", "Suhrab Khorsandi", Some(Level::Variant)),
        ("Arabic for Persian letters", "سهراب خرسندی", "سهراب خرسندي", Some(Level::Same)),
        ("Latin for Hebrew", "דניאל רוזנפלד", "Daniel Rozenfeld", Some(Level::Variant)),
        ("Latin for Greek", "Νίκος Παπασταύρου", "Nikos Papastavrou", None),
        ("short name", "Daniel Rosenfeld", "Danny Rosenfeld", Some(Level::Variant)),
        ("order with a comma", "Hollis Wexcombe", "Wexcombe, Hollis", Some(Level::Variant)),
        ("same surname", "Hollis Wexcombe", "Mara Wexcombe", None),
        ("same first name", "Hollis Wexcombe", "Hollis Brandthof", None),
    ];
    for (case, genuine, name, expected) in cases {
        let names = Names::new(&person(&[genuine]));
        let account = account(name, "");
        let found = compare(&names, &account);
        assert_eq!(found.first().map(|like| like.level), expected, "{case}: {found:?}");
        if expected.is_some() {
            let index = Index::new(std::slice::from_ref(&names));
            assert_eq!(index.candidates(&account), [0], "{case}, by the index");
        }
    }
}

#[test]
fn reasons_read_like_sentences() {
    let names = Names::new(&lanterne());
    let cases = [
        ("La Lanterne du P0rt", "`P0rt` reads as `Port`: a digit or sign for a letter"),
        (
            "La Lanterne du Port Officiel",
            "`La Lanterne du Port Officiel` is `La Lanterne du Port` with a word that claims to be the genuine, as in official",
        ),
        (
            "Fans de La Lanterne du Port",
            "`Fans de La Lanterne du Port` is `La Lanterne du Port` with a word of admirers",
        ),
    ];
    for (name, expected) in cases {
        assert_eq!(compare(&names, &account(name, ""))[0].reason, expected);
    }
}
